"""The list of "who is next": filters above it, the chosen household beside it, what can be done below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.outcome import Change
from coordinator.queries.who_next import NextRow
from resources.i18n import _
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.pages.bulk import Bulk
from ui.pages.next_reader import next_reader
from ui.rights import allowed, needs
from ui.tables.columns import TableData
from ui.tables.model import TableModel
from ui.tables.next_columns import columns_on
from ui.tables.next_filter import NextFilter, from_state
from ui.tables.view import TableView
from ui.widgets.chips import FlowLayout
from ui.widgets.empty_state import EmptyState
from ui.widgets.next_bar import NextBar
from ui.widgets.next_detail import NextDetail

FIRST_SPLIT = (800, 320)
WIDE = 800
"""Narrower than this the chosen household is not shown beside the list."""
TABLE = "next"
_ACTIONS = {
    "decide": "household.decide", "again": "next.again", "schedule": "next.schedule", "sheets": "next.sheets",
}  # fmt: skip
"""Button -> the action that has its key."""


class NextList(QWidget):
    """`weights_wanted`: somebody asks what weighs how much."""

    weights_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = ""
        self._read_once = False
        self.reader = next_reader(context, self)
        self.rows: TableModel[NextRow] = TableModel(columns_on(date.min))
        self.table = TableView(self.rows, _("Households to call next"), lines=2)
        self.table.lists_people(TABLE, lambda row: row.people)
        self.bar, self.detail, self.bulk = NextBar(self.rows), NextDetail(), Bulk(context, self)
        self.chosen = QLabel()
        self.empty = EmptyState("refresh", _("Reading the households…"), step=_("Clear search and filters"))
        self.buttons: dict[str, QPushButton] = {}
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._say_chosen()

    def refresh(self, change: Change | None) -> None:
        if change is None:
            self.reader.read_all()
        else:
            self.reader.hear(change)

    def state(self) -> dict[str, Any]:
        self.keep_columns()
        return {
            "search": self.bar.search.text(),
            "filter": self.bar.filter.state(),
            "household": self.table.current_id() or self._wanted,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self.bar.set_filter(from_state(state.get("filter", {})))
        self.bar.search.setText(state.get("search", ""))
        self._wanted = state.get("household", "")

    def show_only(self, wanted: NextFilter) -> None:
        """Another page sent the person here."""
        self.bar.search.clear()
        self.bar.set_filter(wanted)
        self.table.take_focus()

    def chosen_ids(self) -> list[str]:
        """The households that are selected, in the order of the list."""
        return self.table.selected_ids()

    def shown_ids(self) -> list[str]:
        return [self.rows.row_id(row) for row in range(self.rows.rowCount())]

    def make_sheets(self) -> None:
        self.bulk.make_sheets(self.chosen_ids(), self.shown_ids())

    def ask_again(self) -> None:
        self._with_chosen(self.bulk.ask_again)

    def decide(self) -> None:
        self._with_chosen(lambda ids: self.bulk.decide(ids, self._below("decide")))

    def into_schedule(self) -> None:
        self._with_chosen(lambda ids: self.bulk.into_schedule(ids, self._below("schedule")))

    def open(self, household_id: str) -> None:
        self._context.navigate("registry", household=household_id)

    def keep_columns(self) -> None:
        self._context.preferences.tables[TABLE] = self.table.columns_state()

    def _with_chosen(self, work: Callable[[list[str]], object]) -> None:
        ids = self.chosen_ids()
        if ids and allowed(self):
            work(ids)

    def _below(self, name: str) -> QPoint:
        button = self.buttons[name]
        return button.mapToGlobal(QPoint(0, button.height()))

    def _take(self, data: TableData[NextRow]) -> None:
        self._read_once = True
        self.rows.set_rows(data)
        self.bar.name_again()
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        self._show_current()

    def _show_current(self) -> None:
        row = self.rows.row_of(self.table.current_id())
        self.detail.show_row(None if row is None else self.rows.record(row), self._context.session.today())

    def _counted(self, shown: int, _total: int) -> None:
        self._say_empty()
        if shown and self._read_once and not self.table.current_id():
            self.table.select_id(self.rows.row_id(0))
        self._say_chosen()

    def _say_empty(self) -> None:
        none_yet = not self.rows.data_shown.ids
        self.empty.button.setVisible(self._read_once)
        self.empty.button.setText(_("Import a list") if none_yet else _("Clear search and filters"))
        if not self._read_once:
            self.empty.say("refresh", _("Reading the households…"))
        elif none_yet:
            hint = _("No household that is still there is in the register. Take a call with Ctrl+N, or import a list.")
            self.empty.say("registry", _("Nobody to call"), hint)
        else:
            self.empty.say("search", _("Nobody else to call"), _("All others are filtered out: called, or on a trip."))

    def _empty_step(self) -> None:
        if self.rows.data_shown.ids:
            self.bar.clear_all()
        else:
            self._context.navigate("import")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the list has it; Enter opens the household."""
        super().resizeEvent(event)
        self.detail.setVisible(self.width() >= theme.unit(WIDE))

    def _say_chosen(self) -> None:
        n = len(self.chosen_ids())
        self.chosen.setText(_("Selected: {households}").format(households=texts.households(n)) if n else "")
        for name, button in self.buttons.items():
            on = n > 0 or (name == "sheets" and self.rows.rowCount() > 0)
            button.setEnabled(on)
            button.setToolTip(actions.tooltip(_ACTIONS[name]) if on else _("Select households in the list first"))

    def _make_buttons(self) -> None:
        for name, words, icon, work in (
            ("decide", _("Record a decision…"), "check", self.decide),
            ("again", _("Ask again…"), "clock", self.ask_again),
            ("schedule", _("Into the day's schedule…"), "schedule", self.into_schedule),
            ("sheets", _("Call sheets…"), "print", self.make_sheets),
        ):
            button = self.buttons[name] = QPushButton(theme.icon(icon), words)
            button.clicked.connect(work)
            if name != "sheets":
                needs(button)

    def _connect(self) -> None:
        self.reader.read.connect(self._take)
        self.rows.counted.connect(self._counted)
        self.bar.search.left_down.connect(self.table.take_focus)
        self.table.current_changed.connect(lambda _id: self._show_current())
        self.table.selectionModel().selectionChanged.connect(lambda *_what: self._say_chosen())
        self.table.opened.connect(self.open)
        self.detail.open_wanted.connect(self.open)
        self.detail.weights_wanted.connect(self.weights_wanted)
        self.empty.button.clicked.connect(self._empty_step)
        header = self.table.horizontalHeader()
        for changed in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            changed.connect(lambda *_what: self.keep_columns())

    def _lay_out(self) -> None:
        theme.dress(self.chosen, "muted")
        self.table.set_empty(self.empty)
        self.table.sort_by("score", True)
        self.table.restore_columns(self._context.preferences.tables.get(TABLE, {}))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setCollapsible(0, False)
        split.setStretchFactor(0, 1)
        split.setSizes([theme.unit(size) for size in FIRST_SPLIT])
        below = QWidget()
        flow = FlowLayout(below)
        for button in self.buttons.values():
            flow.addWidget(button)
        self.chosen.setMinimumHeight(self.buttons["sheets"].sizeHint().height())
        flow.addWidget(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(10), 0, 0)
        column.setSpacing(theme.unit(8))
        column.addWidget(self.bar)
        column.addWidget(split, 1)
        column.addWidget(below)
