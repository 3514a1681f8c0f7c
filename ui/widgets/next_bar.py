"""Above "who is next": search, filters, a chip for each active one, and how many are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coordinator.queries.who_next import NextRow
from resources.i18n import _
from ui import theme
from ui.tables.model import TableModel
from ui.tables.next_filter import (
    NextFilter,
    counted,
    decision_values,
    flag_values,
    settlement_key,
    settlement_values,
)
from ui.widgets.chips import ChipRow
from ui.widgets.filter_button import FilterButton, Value
from ui.widgets.search_field import SearchField

Rows = Sequence[NextRow]


class NextBar(QWidget):
    """Drives the search and the filter of the table's model."""

    def __init__(self, rows: TableModel[NextRow]) -> None:
        super().__init__()
        self._rows = rows
        self.filter = NextFilter()
        self.search = SearchField(_("Name, phone, address, settlement"))
        self.search.setMinimumWidth(theme.unit(100))
        self.buttons = {
            "settlements": self._button(_("Settlement"), "settlements", settlement_values),
            "decisions": self._button(_("Decision"), "decisions", decision_values),
            "flags": self._button(_("More filters"), "flags", flag_values),
        }
        self.chips, self.count = ChipRow(), QLabel()
        theme.dress(self.count, "muted")
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.search.searched.connect(rows.set_search)
        self.chips.removed.connect(lambda key: self.set_filter(self.filter.without(key)))
        self.chips.cleared.connect(self.clear_filters)
        rows.counted.connect(self._say_count)
        self.set_filter(self.filter)

    def set_filter(self, wanted: NextFilter) -> None:
        """Filter the table, and show the filter on the buttons and as chips."""
        self.filter = wanted
        for part, button in self.buttons.items():
            button.choose(getattr(wanted, part))
        self._rows.set_filters(wanted.tests())
        self.chips.set_chips(wanted.chips(self._settlement_name))

    def name_again(self) -> None:
        """Settlements are named by the rows, which may have come after the filter."""
        if self.filter.settlements:
            self.chips.set_chips(self.filter.chips(self._settlement_name))

    def clear_filters(self) -> None:
        self.set_filter(NextFilter(flags=frozenset()))

    def clear_all(self) -> None:
        """Show all households."""
        self.search.clear()
        self.clear_filters()

    def _button(self, words: str, part: str, values: Callable[[Rows], list[Value]]) -> FilterButton:
        button = FilterButton(words, lambda: values(self._others(part)))
        button.picked.connect(lambda keys: self.set_filter(replace(self.filter, **{part: keys})))
        return button

    def _others(self, part: str) -> Rows:
        """The rows that pass every filter but this one: what its values would leave."""
        return replace(self.filter, **{part: frozenset()}).rows(self._rows.data_shown.records)

    def _settlement_name(self, key: str) -> str:
        found = next((row.settlement for row in self._rows.data_shown.records if settlement_key(row) == key), "")
        return found or key.removeprefix("text:") or _("no settlement")

    def _say_count(self, _shown: int, total: int) -> None:
        self.count.setText(counted(self._rows.records(), total))

    def _lay_out(self) -> None:
        first, below = QHBoxLayout(), QHBoxLayout()
        for row in (first, below):
            row.setSpacing(theme.unit(8))
        first.addWidget(self.search, 1)
        for button in self.buttons.values():
            first.addWidget(button)
        below.addWidget(self.count)
        below.addWidget(self.chips, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(6))
        column.addLayout(first)
        column.addLayout(below)
