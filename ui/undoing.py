"""Ctrl+Z and Ctrl+Shift+Z: what they would do is said beforehand, and what was kept is told afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from coordinator.services import history
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import actions
from ui.action_words import name_words
from ui.pages.base import Navigate, ShowNotice
from ui.tasks import Tasks
from ui.undone_words import redone_words, undone_words, with_kept
from ui.widgets.notice_bar import Kind

LOG = "history"
"""The page that shows the log of all actions."""


class Undoing(QObject):
    """Gives the two actions their names after each change; without anything to take back they say so."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        undo: QAction,
        redo: QAction,
        show_notice: ShowNotice,
        navigate: Navigate | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._undo, self._redo = undo, redo
        self._show_notice, self._navigate = show_notice, navigate
        self._long = ""
        self._under_way = False
        tasks.writing.connect(self._written_soon)
        tasks.idle.connect(self._all_written)

    def undo(self) -> None:
        self._take_back(history.undo, undone_words, self._long)

    def redo(self) -> None:
        self._take_back(history.redo, redone_words, self._long)

    def _written_soon(self) -> None:
        """A key pressed before the edit is written, or the new names are read, is not lost: it waits behind it."""
        self._under_way = True
        for action in (self._undo, self._redo):
            action.setEnabled(True)

    def _all_written(self) -> None:
        if self._under_way:
            self._under_way = False
            self.ask()

    def ask(self) -> None:
        self._tasks.run_query(history.next_both, self._session, done=self._name, key="undo.next")

    def _take_back(self, verb: Callable[..., Any], words: Callable[[history.Undone], str], label: str) -> None:
        def said(undone: history.Undone) -> None:
            tell(self._show_notice, self._navigate, words(undone), undone)

        self._tasks.run_verb(verb, self._session, done=said, label=label, progress=True)

    def _name(self, found: tuple[history.Target | None, history.Target | None]) -> None:
        back, again = found
        imports = "import" in [target.label for target in found if target is not None]
        self._long = _("Undoing or redoing an import") if imports else ""
        undo = _("Undo: {what}").format(what=_words(back)) if back else ""
        redo = _("Do again: {what}").format(what=_words(again)) if again else ""
        _say(self._undo, "undo", undo, _("Nothing to undo yet"), self._under_way)
        _say(self._redo, "redo", redo, _("Nothing was undone that could be done again"), self._under_way)


def _words(target: history.Target) -> str:
    return name_words(target.label, target.facts)


def _say(action: QAction, name: str, words: str, nothing: str, under_way: bool) -> None:
    action.setText(words or _(actions.ACTIONS[name].text))
    action.setToolTip(actions.tooltip(name, words) if words else nothing)
    action.setEnabled(bool(words) or under_way)


def tell(show_notice: ShowNotice, navigate: Navigate | None, words: str, undone: history.Undone) -> None:
    """Say what was taken back; where later work was kept, how much and of whom, and the way to the whole list.

    Also which lists have more people than places by it: nobody was asked for a reason.
    """
    if not undone.kept and not undone.overloaded:
        show_notice(words, Kind.SUCCESS)
        return
    text = with_kept(words.removesuffix("."), undone) if undone.kept else words
    if undone.overloaded:
        text = f"{text.removesuffix('.')}. {_too_full(undone.overloaded)}"
    if undone.households and navigate is not None:
        show_notice(
            text, Kind.WARNING, step=_("Show what stays"), then=lambda: navigate(LOG, action=undone.action_id)
        )  # fmt: skip
    else:
        show_notice(text, Kind.WARNING)


def _too_full(lists: tuple[str, ...]) -> str:
    text = ngettext(
        "List {lists} has more people than places now; see the schedule.",
        "Lists {lists} have more people than places now; see the schedule.",
        len(lists),
    )
    return text.format(lists=", ".join(lists))
