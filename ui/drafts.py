"""Half-typed forms become drafts inside the encrypted file, every few seconds and when the register is locked.

A form is a widget with a `draft_kind`; `draft()` gives its text as plain values, {} where nothing was typed, and
`take_draft` puts them back. The module of each form says with `reopens(kind)` how it is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any, NamedTuple, Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from coordinator.errors import UserError
from coordinator.services.drafts import Draft, drafts, keep_drafts, keeps_drafts, new_draft_id
from coordinator.session import Session
from resources.i18n import N_, _
from ui.pages.base import PageContext
from ui.tasks import Tasks

LOOK_MS = 3000
"""What a power cut may cost of a half-typed form."""
LOGOUT_SECONDS = 3.0
"""How long a logout waits for the drafts to be written."""
RETRY_SECONDS = 0.5
HELD = frozenset({"register.busy", "register.busy_held", "register.busy_unnamed"})
"""Another program is writing to the file: that passes."""
_ID = "draft_id"

TITLES: Mapping[str, str] = {
    "call": N_("Take a call"),
    "decide": N_("Record the decision"),
    "split": N_("Split the family"),
    "person": N_("Person"),
    "household": N_("Details of a household"),
    "cell": N_("Cell of the registry"),
    "record": N_("Fleet and places"),
    "results": N_("Enter results"),
    "met": N_("People met on the way"),
    "move": N_("Move to another trip"),
    "incident": N_("Shelling"),
}


class Form(Protocol):
    """`under_way`: the register is being asked to save it right now."""

    draft_kind: str
    under_way: bool

    def draft(self) -> dict[str, Any]: ...

    def take_draft(self, fields: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Reopening:
    """What opens a form again is given: `page(name)` goes to a page; `opened(form)` or `gone()` says how it went."""

    fields: Mapping[str, Any]
    context: PageContext
    page: Callable[[str], Any]
    opened: Callable[[Any], None]
    gone: Callable[..., None]


Opener = Callable[[Reopening], None]
OPENERS: dict[str, Opener] = {}


def reopens(kind: str) -> Callable[[Opener], Opener]:
    """The decorated function opens the form of this kind again."""

    def known(opener: Opener) -> Opener:
        OPENERS[kind] = opener
        return opener

    return known


def title(kind: str) -> str:
    return _(TITLES[kind]) if kind in TITLES else kind


class Typed(NamedTuple):
    id: str
    kind: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LastWords:
    """What is half-typed at the moment of closing. `saving`: the forms whose text is among the last writes."""

    typed: tuple[Typed, ...] = ()
    saving: tuple[Typed, ...] = ()
    gone: tuple[str, ...] = ()

    def write(self, session: Session, went_wrong: bool, patience: Patience) -> None:
        """On any thread, after the last writes: a form that was saved leaves no draft. UserError where it fails.

        Tried again while another program holds the file, until it is written or `patience` ends.
        """
        saved = () if went_wrong else tuple(one.id for one in self.saving)
        typed, gone = (*self.typed, *(self.saving if went_wrong else ())), (*self.gone, *saved)
        while True:
            try:
                return keep_drafts(session, typed, gone)
            except UserError as error:
                if error.code not in HELD or not patience.wait(error):
                    raise


class Patience:
    """How long the last words of a register wait for another program: until `end` is called. `told` hears why."""

    def __init__(self, told: Callable[[UserError], object]) -> None:
        self._told, self._over = told, Event()

    def wait(self, why: UserError) -> bool:
        """On any thread: rest before the next try; False once nothing is waited for any more."""
        if not self._over.is_set():
            self._told(why)
        return not self._over.wait(RETRY_SECONDS)

    def end(self) -> None:
        self._over.set()


class DraftKeeper(QObject):
    """Belongs to an open register. `unfinished(list)`: drafts that wait to be continued, after each change."""

    unfinished = Signal(list)

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._writes = keeps_drafts(session)
        self._in_pages: list[QWidget] = []
        self._kept: dict[str, dict[str, Any]] = {}
        self._busy = False
        self.waiting: list[Draft] = []
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """The register was unlocked: ask what is unfinished, and keep from now on what is typed."""
        if self._writes:
            self._tasks.run_query(drafts, self._session, done=self._found)
            self._timer.start()

    def watch(self, desk: QWidget) -> None:
        """Forms that are part of a page are found once; dialogs whenever they are open."""
        self._in_pages = [widget for widget in desk.findChildren(QWidget) if hasattr(widget, "draft_kind")]

    def look(self) -> None:
        """Write what has changed since the last look, off this thread; where that fails the next look tries again."""
        if self._busy or not self._writes:
            return
        found = list(self._typed())
        open_ids = {one.id for one, _saving in found}
        typed = [one for one, saving in found if not saving and self._kept.get(one.id) != one.fields]
        waiting = {draft.id for draft in self.waiting}
        gone = [known for known in self._kept if known not in open_ids | waiting]
        if typed or gone:
            self._write(typed, gone)

    def look_soon(self) -> None:
        QTimer.singleShot(0, self, self.look)

    def save_now(self) -> None:
        """At a logout, which goes on when this returns: wait for the write, but not for ever."""
        self._busy, written = False, Event()
        self.look()
        self._tasks.run_verb(written.set)
        written.wait(LOGOUT_SECONDS)

    def set_aside(self) -> None:
        """The desk is made anew (another language, theme or font size): what is half-typed is opened again after it.

        A call goes its own way, with the state of its page.
        """
        aside = [Draft(one.id, one.kind, one.fields, self._session.clock())
                 for one, saving in self._typed() if not saving and one.kind != "call"]  # fmt: skip
        self.waiting += aside

    def last_words(self) -> LastWords:
        """What is half-typed now. The keeper stops: nothing typed after this counts."""
        self._timer.stop()
        if not self._writes:
            return LastWords()
        found = list(self._typed())
        open_ids = {one.id for one, _saving in found}
        return LastWords(
            tuple(one for one, saving in found if not saving), tuple(one for one, saving in found if saving),
            tuple(known for known in self._kept if known not in open_ids | {draft.id for draft in self.waiting}),
        )  # fmt: skip

    def adopt(self, form: QWidget, draft: Draft) -> None:
        """The form of a draft is open again: from now on both change and go together."""
        self._name(form, draft.id)
        self._kept[draft.id] = dict(draft.fields)
        self._drop(draft)

    def discard(self, draft: Draft) -> None:
        self._drop(draft)
        self._tasks.run_verb(keep_drafts, self._session, [], [draft.id])

    def _drop(self, draft: Draft) -> None:
        self.waiting = [one for one in self.waiting if one.id != draft.id]
        self.unfinished.emit(self.waiting)

    def _found(self, found: list[Draft]) -> None:
        self.waiting = [draft for draft in found if draft.id not in self._kept]
        self.unfinished.emit(self.waiting)

    def _typed(self) -> Iterator[tuple[Typed, bool]]:
        """Each open form with text in it, and whether it is being saved."""
        for form in self._open_forms():
            fields = form.draft()
            if fields:
                known = form.property(_ID) or self._name(form, new_draft_id())
                yield Typed(known, form.draft_kind, fields), form.under_way

    def _open_forms(self) -> Iterator[Any]:
        yield from (form for form in self._in_pages if shiboken6.isValid(form))
        for widget in QApplication.topLevelWidgets():
            if hasattr(widget, "draft_kind") and widget.isVisible():
                yield widget

    def _name(self, form: QWidget, draft_id: str) -> str:
        form.setProperty(_ID, draft_id)
        if isinstance(form, QDialog):
            form.finished.connect(self.look_soon)
        return draft_id

    def _write(self, typed: list[Typed], gone: list[str]) -> None:
        self._busy = True

        def kept(_nothing: object) -> None:
            self._kept.update({one.id: one.fields for one in typed})
            for known in gone:
                self._kept.pop(known, None)

        def tried() -> None:
            self._busy = False

        self._tasks.run_verb(
            keep_drafts, self._session, typed, gone, done=kept, failed=lambda _error: None, ended=tried
        )
