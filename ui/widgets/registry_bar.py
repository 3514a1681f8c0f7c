"""Above the registry's table: search, filters, a chip for each active one, and how many are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.queries.registry import RegistryRow
from resources.i18n import _
from ui import actions, theme
from ui.tables.model import TableModel
from ui.tables.registry_filter import (
    FLAGS,
    RegistryFilter,
    counted,
    decision_values,
    flag_values,
    need_values,
    settlement_key,
    settlement_values,
)
from ui.widgets.chips import ChipRow
from ui.widgets.filter_button import FilterButton, Value
from ui.widgets.search_field import SearchField

Rows = Sequence[RegistryRow]


class RegistryBar(QWidget):
    """Drives the search and the filter of the table's model. `first_row` has room for the page's own buttons."""

    def __init__(self, rows: TableModel[RegistryRow]) -> None:
        super().__init__()
        self._rows = rows
        self.filter = RegistryFilter()
        self.search = SearchField(_("Name, phone, address, settlement"))
        self.settlements = self._button(_("Settlement"), "settlements", settlement_values)
        self.decisions = self._button(_("Decision"), "decisions", decision_values)
        self.needs = self._button(_("Needs"), "needs", need_values)
        self.more = self._button(_("More filters"), "", flag_values)
        self.details = QPushButton(_("Details"))
        self.details.setCheckable(True)
        self.details.setToolTip(actions.tooltip("household.details"))
        self.chips = ChipRow()
        self.count = QLabel()
        theme.dress(self.count, "muted")
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.search.searched.connect(rows.set_search)
        self.chips.removed.connect(lambda key: self.set_filter(self.filter.without(key)))
        self.chips.cleared.connect(self.clear_filters)
        rows.counted.connect(self._say_count)

    def set_filter(self, wanted: RegistryFilter) -> None:
        """Filter the table, and show the filter on the buttons and as chips."""
        self.filter = wanted
        for button, part in ((self.settlements, "settlements"), (self.decisions, "decisions"), (self.needs, "needs")):
            button.choose(getattr(wanted, part))
        self.more.choose(frozenset(name for name in FLAGS if getattr(wanted, name)))
        self._rows.set_filter(wanted.test())
        self.chips.set_chips(wanted.chips(self._settlement_name))

    def clear_filters(self) -> None:
        self.set_filter(RegistryFilter())

    def clear_all(self) -> None:
        """Show all households."""
        self.search.clear()
        self.clear_filters()

    def _button(self, words: str, part: str, values: Callable[[Rows], list[Value]]) -> FilterButton:
        button = FilterButton(words, lambda: values(self._others(part)))
        button.picked.connect(lambda keys: self._picked(part, keys))
        return button

    def _others(self, part: str) -> Rows:
        """The rows that pass every filter but this one: what its values would leave."""
        rest = replace(self.filter, **{part: frozenset()}) if part else self.filter
        return rest.rows(self._rows.data_shown.records)

    def _picked(self, part: str, keys: frozenset[str]) -> None:
        if part:
            self.set_filter(replace(self.filter, **{part: keys}))
        else:
            self.set_filter(replace(self.filter, **{name: name in keys for name in FLAGS}))

    def _settlement_name(self, key: str) -> str:
        found = next((row.settlement for row in self._rows.data_shown.records if settlement_key(row) == key), "")
        return found or key.removeprefix("text:") or _("no settlement")

    def _say_count(self, _shown: int, total: int) -> None:
        self.count.setText(counted(self._rows.records(), total))

    def _lay_out(self) -> None:
        self.first_row, below = QHBoxLayout(), QHBoxLayout()
        for row in (self.first_row, below):
            row.setSpacing(theme.unit(8))
        self.first_row.addWidget(self.search, 1)
        for part in (self.settlements, self.decisions, self.needs, self.more, self.details):
            self.first_row.addWidget(part)
        below.addWidget(self.count)
        below.addWidget(self.chips, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(6))
        column.addLayout(self.first_row)
        column.addLayout(below)
