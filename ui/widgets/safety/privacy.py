"""What is kept of people: the term after which their data are due, who that is now, locking, and erasing it all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Change
from coordinator.queries.retention import DueHousehold, RetentionPreview, preview
from coordinator.services import erasing, old_copies, retention
from coordinator.services.erasing import Erased
from coordinator.services.old_copies import LetGo, OldCopy
from coordinator.services.retention import Removed
from coordinator.session import Session, change_setting
from coordinator.settings import LOCK_MINUTES
from resources.i18n import N_, _, ngettext
from ui import ask, privacy_words, texts, theme
from ui.dialogs.erase import EraseDialog, leave_erased
from ui.pages.base import PageContext
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import allow
from ui.widgets.safety.privacy_cards import EraseCard, LockCard, TermCard

LEAST_TABLE = 180

DUE_COLUMNS: list[Column[DueHousehold]] = [
    Column("number", N_("No."), lambda one: str(one.number), sort=lambda one: one.number, width=7, right=True),
    Column("head", N_("Head of household"), lambda one: one.head or "–", width=30, always=True),
    Column("settlement", N_("Settlement"), lambda one: one.settlement, width=22),
    Column("people", N_("People"), lambda one: str(one.people), sort=lambda one: one.people, width=8, right=True),
    Column("delivered_on", N_("Delivered"), lambda one: texts.day_short(one.delivered_on),
           sort=lambda one: one.delivered_on, width=12),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tab shows."""

    shown: RetentionPreview
    table: TableData[DueHousehold]
    copies: tuple[OldCopy, ...]
    minutes: int


class PrivacyTab(QWidget):
    """Everybody may look; removing and erasing are for coordinators. Nothing is ever removed by itself."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.term, self.lock, self.erasing = TermCard(), LockCard(), EraseCard(self._ask_erase)
        self.model: TableModel[DueHousehold] = TableModel(DUE_COLUMNS)
        self.table = TableView(self.model, _("Households whose data are due"))
        self.table.lists_people("retention.due", lambda one: one.people)
        empty = EmptyState("shield", _("Nothing is due"), _("Who is due stands here before anything is removed."))
        self.table.set_empty(empty)
        self._seen: Seen | None = None
        self._lay_out()
        self._connect()

    def refresh(self, _change: Change | None) -> None:
        self.context.tasks.run_query(
            _look, self.context.session, self.model.sort_key, done=self._show, key="safety.privacy"
        )  # fmt: skip

    def first_focus(self) -> None:
        self.term.days.setFocus()

    def _lay_out(self) -> None:
        content, side = QWidget(), QVBoxLayout()
        theme.dress(content, "plain")
        side.setSpacing(theme.unit(12))
        side.addWidget(self.lock)
        side.addWidget(self.erasing, 1)
        cards = QHBoxLayout()
        cards.setSpacing(theme.unit(12))
        cards.addWidget(self.term, 3)
        cards.addLayout(side, 2)
        heading = QLabel(_("Who is due"))
        theme.dress(heading, "heading")
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.unit(4)] * 4)
        column.setSpacing(theme.unit(12))
        column.addLayout(cards)
        column.addWidget(heading)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(theme.unit(LEAST_TABLE))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self.term.term_chosen.connect(self._set_term)
        self.term.remove_wanted.connect(self._ask_remove)
        self.term.finish_wanted.connect(self._finish)
        self.lock.chosen.connect(self._set_minutes)
        self.table.opened.connect(lambda household: self.context.navigate("registry", household=household))

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.model.set_rows(seen.table)
        self.term.show_term(seen.shown, self._why_not(Right.ANONYMISE, _("Only a coordinator can remove data.")))
        self.term.copies.setText(_copies_words(seen.copies))
        self.term.copies.setVisible(bool(seen.copies))
        self.term.drop.setVisible(bool(seen.copies))
        looks = _("You may look at this register, not change it.")
        self.lock.show_minutes(seen.minutes, self._why_not(Right.WRITE, looks))
        allow(self.erasing.erase, self._why_not(Right.ERASE, _("Only a coordinator can erase a register.")))

    def _why_not(self, right: Right, refused: str) -> str:
        held = self.context.session.read_only
        if held is not None:
            return texts.error_text(UserError(held.code, **held.facts))
        return "" if self.context.session.may(right) else refused

    def _set_term(self, days: int, names: bool) -> None:
        words = _("Saved. Nothing is removed by itself.")
        self._run(retention.set_term, days, names, done=lambda _none: self._said(words))

    def _set_minutes(self, minutes: int) -> None:
        self._run(change_setting, LOCK_MINUTES, minutes, done=lambda _value: self._said(_("Saved.")))

    def _ask_remove(self) -> None:
        if self._seen is None:
            return
        shown = self._seen.shown
        ask.confirm(
            self,
            _("Remove personal data?"),
            detail="\n\n".join([privacy_words.due(shown), privacy_words.what_goes(shown.names), _never_back()]),
            yes=_("Remove"),
            danger=True,
            then=lambda: self._remove(shown),
        )  # fmt: skip

    def _remove(self, shown: RetentionPreview) -> None:
        self.context.tasks.run_verb(
            retention.anonymise, self.context.session, shown.ids, done=self._removed,
            label=_("Removing personal data"), progress=True,
        )  # fmt: skip

    def _removed(self, removed: Removed) -> None:
        self._said(privacy_words.removed(removed))
        if not removed.overwritten:
            self._unfinished()
        elif self.term.drop.isChecked():
            self._drop_copies()
        else:
            self.refresh(None)

    def _finish(self) -> None:
        self._run(retention.finish, done=self._finished)

    def _finished(self, done: bool) -> None:
        if done:
            self._said(_("The removal is finished."))
            self.refresh(None)
        else:
            self._unfinished()

    def _unfinished(self) -> None:
        self.context.show_notice(texts.error_text(UserError("retention.unfinished")), Kind.WARNING)
        self.refresh(None)

    def _drop_copies(self) -> None:
        self.context.tasks.run_verb(
            old_copies.let_go, self.context.session, done=self._dropped, label=_("Making a new copy"),
            ended=partial(self.refresh, None),
        )  # fmt: skip

    def _dropped(self, what: LetGo) -> None:
        self.context.show_notice(privacy_words.let_go(what), Kind.WARNING if what.left else Kind.SUCCESS)

    def _ask_erase(self) -> None:
        dialog = EraseDialog(self.context.session.name, self)
        dialog.submitted.connect(partial(self._erase, dialog))
        ask.show(dialog)
        self.context.tasks.run_query(
            old_copies.worked_in, self.context.session, done=dialog.name_others, key="safety.others"
        )  # fmt: skip

    def _erase(self, dialog: EraseDialog, typed: str) -> None:
        """No copy is begun any more, and one under way is waited for: it would keep its own keys."""
        work = partial(self._erase_now, dialog, typed)
        if self.context.copies is None:
            work()
        else:
            self.context.copies.pause(work)

    def _erase_now(self, dialog: EraseDialog, typed: str) -> None:
        self.context.tasks.run_verb(
            erasing.erase, self.context.session, typed, done=partial(self._erased, dialog),
            failed=partial(self._not_erased, dialog), label=_("Erasing the register"),
        )  # fmt: skip

    def _not_erased(self, dialog: EraseDialog, error: UserError) -> None:
        if self.context.copies is not None:
            self.context.copies.resume()
        dialog.refuse(error)

    def _erased(self, dialog: EraseDialog, erased: Erased) -> None:
        dialog.accept()
        self.context.preferences.forget(self.context.session.folder)
        leave_erased(self.window(), erased)

    def _run(self, verb: object, *args: object, done: object) -> None:
        self.context.tasks.run_verb(verb, self.context.session, *args, done=done)  # type: ignore[arg-type]

    def _said(self, text: str) -> None:
        self.context.show_notice(text, Kind.SUCCESS)


def _look(session: Session, sort_by: str) -> Seen:
    shown = preview(session)
    table = prepare(DUE_COLUMNS, shown.households, lambda one: one.household_id, sort_by=sort_by)
    return Seen(shown, table, old_copies.old_copies(session), session.setting(LOCK_MINUTES))


def _never_back() -> str:
    return _("The counts stay as they are. This cannot be undone. In a large register it takes a few minutes.")


def _copies_words(copies: tuple[OldCopy, ...]) -> str:
    """Which copies still hold what is removed now, and until when."""
    if not copies:
        return ""
    n = len(copies)
    held = ngettext(
        "{n} copy made before still holds these data, of {day}.",
        "{n} copies made before still hold these data, the oldest of {day}.",
        n,
    )
    until = _("Old copies are let go by themselves, the last ones after eight weeks in which copies were made.")
    return f"{held.format(n=n, day=texts.moment(copies[-1].made_at))} {until}"
