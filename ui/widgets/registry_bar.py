"""Above the registry's table: search, filters, a chip for each active one, and how many are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.filtering import Condition, keys_of
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import RegistryFilter
from resources.i18n import _
from ui import actions, theme
from ui.tables.filtering.popup import FilterPopup
from ui.tables.filtering.values import entries
from ui.tables.model import TableModel
from ui.tables.registry_columns import COLUMNS, NUMBERS
from ui.tables.registry_filter import chips, counted, flag_values
from ui.tables.view import TableView
from ui.widgets.chips import ChipRow
from ui.widgets.filter_button import FilterButton, Value, drop_button
from ui.widgets.search_field import SearchField
from ui.widgets.view_strip import save_button

QUICK = ("settlement", "decision", "needs")
"""Columns whose filter has a button of its own here: it can be reached where the column is out of sight."""


class RegistryBar(QWidget):
    """Drives the search and the filters of the table. `first_row` has room for the page's own buttons.

    `day` gives the working date, from which some filters count their days. `save_wanted`: what is shown is to be
    kept as a view.
    """

    save_wanted = Signal()

    def __init__(self, table: TableView, rows: TableModel[RegistryRow], day: Callable[[], date]) -> None:
        super().__init__()
        self._table, self._rows, self._day = table, rows, day
        self.filter = RegistryFilter()
        self.popup: FilterPopup | None = None
        self.search = SearchField(_("Name, phone, address, settlement"))
        self.quick = {key: self._quick_button(key) for key in QUICK}
        self.more = FilterButton(_("More filters"), self._flag_values)
        self.details = QPushButton(_("Details"))
        self.details.setCheckable(True)
        self.details.setToolTip(actions.tooltip("household.details"))
        self.chips = ChipRow()
        self.save = save_button()
        self.count = QLabel()
        theme.dress(self.count, "muted")
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._connect()

    def set_filter(self, wanted: RegistryFilter) -> None:
        """Filter the table, and show the filter in the header, on the buttons and as chips."""
        self.filter = wanted
        for key, button in self.quick.items():
            button.setChecked(key in wanted.columns)
        self.more.choose(wanted.flags)
        self._table.header.set_filtered(frozenset(NUMBERS[key] for key in wanted.columns))
        self.apply()
        self.chips.set_chips(chips(wanted, self._rows.data_shown.records))

    def apply(self) -> None:
        """Filter again: another working date may show other rows."""
        self._rows.set_filters(self.filter.tests(self._day()))

    def clear_filters(self) -> None:
        self.set_filter(RegistryFilter())

    def clear_all(self) -> None:
        """Show all households."""
        self.search.clear()
        self.clear_filters()

    def open_filter(self, number: int, below: QWidget | None = None) -> None:
        """Open the filter of a column of the table, below its title or below this button."""
        column = COLUMNS[number]
        if column.filter is None:
            return
        condition = self.filter.columns.get(column.key, Condition())
        tests = self.filter.tests(self._day(), but=column.key)
        popup = FilterPopup(
            self._rows.titles[number], column.filter.field.kind,
            entries(self._rows, number, tests, condition), condition, self._day(), self,
        )  # fmt: skip
        popup.changed.connect(lambda chosen: self.set_filter(self.filter.with_column(column.key, chosen)))
        popup.sort_wanted.connect(lambda backwards: self._table.sort_by(column.key, backwards))
        popup.destroyed.connect(self._popup_gone)
        self.popup = popup
        popup.show_at(self._corner(number, below), self.screen().availableGeometry())

    def filter_like(self, index: QModelIndex) -> None:
        """Only the rows that have the value of this cell."""
        column, row = COLUMNS[index.column()], self._rows.record(index.row())
        if column.filter is not None and row is not None:
            field = column.filter.field
            keys = frozenset(keys_of(field.kind, field.value(row)))
            self.set_filter(self.filter.with_column(column.key, Condition(only=keys)))

    def _corner(self, number: int, below: QWidget | None) -> QPoint:
        if below is not None:
            return below.mapToGlobal(QPoint(0, below.height() + 2))
        header = self._table.header
        left = max(0, header.sectionViewportPosition(number))
        return header.mapToGlobal(QPoint(left, header.height()))

    def _popup_gone(self) -> None:
        self.popup = None

    def _open_current(self) -> None:
        """Alt+Down: the column where the cursor is; with no row in sight one that is filtered, else the first."""
        index = self._table.currentIndex()
        filtered = [NUMBERS[key] for key in self.filter.columns]
        self.open_filter(index.column() if index.isValid() else next(iter(filtered), 0))

    def _flag_values(self) -> list[Value]:
        rest = replace(self.filter, flags=frozenset())
        found = self._rows.passing(rest.tests(self._day()))
        return flag_values([self._rows.data_shown.records[place] for place in found])

    def _quick_button(self, key: str) -> QPushButton:
        button = drop_button(_(COLUMNS[NUMBERS[key]].title))
        button.setCheckable(True)
        button.clicked.connect(lambda: self._open_quick(key))
        return button

    def _open_quick(self, key: str) -> None:
        self.quick[key].setChecked(key in self.filter.columns)
        self.open_filter(NUMBERS[key], self.quick[key])

    def _say_count(self, _shown: int, total: int) -> None:
        self.count.setText(counted(self._rows.records(), total))
        self.save.setVisible(bool(self.filter or self.search.text().strip()))

    def _connect(self) -> None:
        self.search.searched.connect(self._rows.set_search)
        self.more.picked.connect(lambda flags: self.set_filter(replace(self.filter, flags=flags)))
        self.save.clicked.connect(self.save_wanted)
        self.chips.removed.connect(lambda key: self.set_filter(self.filter.without(key)))
        self.chips.cleared.connect(self.clear_filters)
        self._rows.counted.connect(self._say_count)
        self._table.header.doors = True
        self._table.header.filter_wanted.connect(self.open_filter)
        actions.make(self._table, "table.filter", self._open_current)

    def _lay_out(self) -> None:
        self.first_row, below = QHBoxLayout(), QHBoxLayout()
        for row in (self.first_row, below):
            row.setSpacing(theme.unit(8))
        self.first_row.addWidget(self.search, 1)
        for part in (*self.quick.values(), self.more, self.details):
            self.first_row.addWidget(part)
        below.addWidget(self.count)
        below.addWidget(self.save)
        below.addWidget(self.chips, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(6))
        column.addLayout(self.first_row)
        column.addLayout(below)
