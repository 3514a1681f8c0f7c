"""History: the log of everything that was done in the register, newest first, and the way to undo one action."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.outcome import Change
from coordinator.queries.journal import ActionDetail, LogKind, action_detail, journal_authors
from coordinator.services import history
from resources.i18n import N_, _
from ui import actions, theme
from ui.pages.base import Page, PageContext
from ui.pages.history_rows import COLUMNS, LogReader, LogRow, Part
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.undoing import tell
from ui.undone_words import redone_words, undone_words
from ui.widgets.action_detail import ActionDetailView
from ui.widgets.chips import FlowLayout
from ui.widgets.empty_state import EmptyState
from ui.widgets.filter_button import FilterButton, Value
from ui.widgets.search_field import SearchField

KINDS: Mapping[LogKind, str] = {
    LogKind.ALL: N_("Everything"),
    LogKind.CHANGES: N_("Changes"),
    LogKind.IMPORTS: N_("Imports"),
    LogKind.OUT: N_("Prints and exports"),
    LogKind.KEYS: N_("Keys and safety"),
}
FIRST_SPLIT = (830, 310)
CALM_MS = 150
"""How long typing rests before the log is searched."""


class HistoryPage(Page):
    name = "history"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._rows: TableModel[LogRow] = TableModel(COLUMNS)
        self.table = TableView(self._rows, _("Log of the register"))
        self.search = SearchField(_("Search in the history"))
        self.detail = ActionDetailView()
        self.people = FilterButton(_("Who"), self._author_values)
        self.kinds = {kind: QPushButton(_(words)) for kind, words in KINDS.items()}
        self.reader = LogReader(context, self)
        self._kind = LogKind.ALL
        self._authors: dict[str, int] = {}
        self._wanted, self._read_once = "", False
        self._wait = QTimer(self, interval=CALM_MS, singleShot=True)
        self._wait.timeout.connect(self._ask)
        self._empty = EmptyState("refresh", "", step=_("Clear search and filters"), then=self.clear)
        self.table.set_empty(self._empty)
        self._lay_out()
        self._connect()
        self._say_empty()

    def title(self) -> str:
        return _("History")

    def refresh(self, change: Change | None) -> None:
        tasks, session = self.context.tasks, self.context.session
        tasks.run_query(journal_authors, session, done=self._use_authors, key=(self, "authors"))
        if change is None:
            self._ask()
        else:
            self.reader.again()
        self._read_detail(self.table.current_id())

    def state(self) -> dict[str, Any]:
        return {
            "kind": self._kind.value, "authors": sorted(self.people.chosen), "search": self.search.text(),
            "action": self.table.current_id() or self._wanted,
        }  # fmt: skip

    def restore(self, state: Mapping[str, Any]) -> None:
        self._kind = LogKind(state.get("kind", LogKind.ALL))
        self._show_kind()
        self.people.choose(frozenset(state.get("authors", ())))
        self.search.setText(state.get("search", ""))
        self._wanted = state.get("action", "")

    def show_target(self, **what: Any) -> None:
        """navigate("history", action=id): that action in full, or with kind="out" the log of one kind."""
        action_id = str(what.get("action", ""))
        self.clear(LogKind(what.get("kind", LogKind.ALL)))
        self._wanted = action_id
        if action_id:
            self._read_detail(action_id)

    def come_into_view(self) -> None:
        super().come_into_view()
        self.table.setFocus()

    def focus_search(self) -> bool:
        self.search.take_focus()
        return True

    def clear(self, kind: LogKind = LogKind.ALL) -> None:
        """All filters away, or all but one kind."""
        self.search.clear()
        self.people.choose(frozenset())
        self.show_kind(kind)

    def show_kind(self, kind: LogKind) -> None:
        self._kind = kind
        self._show_kind()
        self._ask()

    def undo(self) -> None:
        """Undo the chosen action, or do again what the chosen undo took back: as the button says."""
        if self.detail.button.isVisible() and self.detail.button.isEnabled():
            self.detail.button.click()

    def _ask(self) -> None:
        self.reader.ask(self._kind, self.people.chosen, self.search.text())

    def _take(self, part: Part) -> None:
        self._read_once = True
        self._rows.set_rows(part.data)
        self._say_empty()
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif not self.table.current_id() and not self._wanted and self._rows.rowCount():
            self.table.select_id(self._rows.row_id(0))
        if part.before is not None and self.table.verticalScrollBar().maximum() == 0:
            self.reader.more()

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if self._rows.rowCount() and value >= bar.maximum() - bar.pageStep():
            self.reader.more()

    def _current(self, action_id: str) -> None:
        if action_id or not self._wanted:
            self._read_detail(action_id)

    def _read_detail(self, action_id: str) -> None:
        if not action_id:
            self.detail.show_nothing()
            return
        self.context.tasks.run_query(
            action_detail, self.context.session, action_id, done=self._show_detail,
            failed=lambda _error: self.detail.show_nothing(), key=(self, "detail"),
        )  # fmt: skip

    def _show_detail(self, detail: ActionDetail) -> None:
        self.detail.show_detail(detail)

    def _undo(self, action_id: str) -> None:
        self.context.tasks.run_verb(
            history.undo_action, self.context.session, action_id, done=partial(self._done, undone_words),
            label=_("Undoing"), progress=True,
        )  # fmt: skip

    def _redo(self, action_id: str) -> None:
        self.context.tasks.run_verb(
            history.redo_action, self.context.session, action_id, done=partial(self._done, redone_words),
            label=_("Doing again"), progress=True,
        )  # fmt: skip

    def _done(self, words: Any, undone: history.Undone) -> None:
        tell(self.context.show_notice, self.context.navigate, words(undone), undone)

    def _use_authors(self, authors: dict[str, int]) -> None:
        self._authors = authors

    def _author_values(self) -> list[Value]:
        return [Value(name, name or _("nobody named"), count) for name, count in self._authors.items()]

    def _show_kind(self) -> None:
        for kind, button in self.kinds.items():
            button.setChecked(kind is self._kind)

    def _say_empty(self) -> None:
        filtered = bool(self.search.text() or self.people.chosen or self._kind is not LogKind.ALL)
        if not self._read_once:
            self._empty.say("refresh", _("Reading the history…"))
        elif filtered:
            self._empty.say("search", _("Nothing matches"), _("Try fewer words, or clear the filters."))
        else:
            self._empty.say("history", _("Nothing was done yet"), _("Every change will stand here, with who and when."))
        self._empty.button.setVisible(self._read_once and filtered)

    def _connect(self) -> None:
        self.reader.read.connect(self._take)
        self.search.searched.connect(lambda _text: self._wait.start())
        self.search.left_down.connect(self.table.take_focus)
        self.people.picked.connect(lambda _keys: self._ask())
        self.table.current_changed.connect(self._current)
        self.table.opened.connect(lambda _id: self.detail.button.setFocus(Qt.FocusReason.TabFocusReason))
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.detail.undo_wanted.connect(self._undo)
        self.detail.redo_wanted.connect(self._redo)
        self.detail.household_wanted.connect(lambda one: self.context.navigate("registry", household=one))
        actions.make(self, "filter.clear", self.clear)

    def _lay_out(self) -> None:
        # Only a part of the log is in the table: sorting that part by another column would tell a wrong order.
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSectionsClickable(False)
        filters = QWidget()
        flow = FlowLayout(filters)
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            theme.dress(button, "quiet")
            button.clicked.connect(lambda _checked, kind=kind: self.show_kind(kind))
            flow.addWidget(button)
        flow.addWidget(self.people)
        self._show_kind()
        above = QHBoxLayout()
        above.addWidget(filters, 1)
        above.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.table)
        parts.addWidget(self.detail)
        parts.setCollapsible(0, False)
        parts.setCollapsible(1, False)
        parts.setStretchFactor(0, 1)
        parts.setSizes([theme.unit(size) for size in FIRST_SPLIT])
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        column.addLayout(above)
        column.addWidget(parts, 1)
