"""The model of every table: ready tuples and a list of indices. `data()` is a look-up and never raises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from coordinator.domain.searching import search_words
from resources.i18n import _
from ui import theme
from ui.tables.columns import BLANK, Column, TableData, ranks

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a cell shows in place of its record's value. `why`: the sentence of a refusal, "" for text on its way."""

    text: str
    why: str = ""

    def data(self, role: int, title: str) -> Any:
        """None: as the record has it."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.why or self.text
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("danger" if self.why else "muted")
        if role == Qt.ItemDataRole.DecorationRole:
            return theme.icon("warning", "danger") if self.why else theme.icon("clock", "muted")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (f"{title}: {self.text}", self.why) if part)
        return None


class TableModel(QAbstractTableModel, Generic[R]):
    """Sorted and filtered rows of a TableData. `counted(shown, total)` after each change of what is shown."""

    counted = Signal(int, int)

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.titles = tuple(_(column.title) for column in columns)
        self.data_shown: TableData[R] = TableData()
        self.sorted_by: tuple[tuple[int, bool], ...] = ()
        """(column, backwards), the first key first."""
        self.adding = False
        """While True `sort` adds a further key in place of sorting by one alone."""
        self._words: list[str] = []
        self._tests: Sequence[Callable[[R], bool]] = ()
        self._overlays: dict[tuple[str, int], Overlay] = {}
        self._order: list[int] = []
        self._passing: list[int] = []
        self._rows: list[int] = []
        self._place: dict[str, int] | None = None

    def set_rows(self, data: TableData[R], *, resort: bool = True) -> None:
        """Show these rows, sorted and filtered as before.

        Without `resort` rows stay where they are as long as none came or went: a cell that is edited does not run
        away under the cursor.
        """
        self.beginResetModel()
        same = not resort and data.ids == self.data_shown.ids
        self.data_shown = data
        if not same:
            self._order = list(range(len(data.ids)))
            self._sort()
        self._filter()
        self._search()
        self.endResetModel()
        self._count()

    def set_search(self, text: str) -> None:
        """Show the rows in which every word occurs, in any order; "" shows all."""
        words = search_words(text)
        if words != self._words:
            self._words = words
            self._again(self._search)

    def set_filter(self, wanted: Callable[[R], bool] | None) -> None:
        """Show the records for which `wanted` is true; None shows all. Works together with the search."""
        self.set_filters([wanted] if wanted else [])

    def set_filters(self, tests: Sequence[Callable[[R], bool]]) -> None:
        """Show the records that pass every test."""
        self._tests = tuple(tests)
        self._again(self._filter, self._search)

    def passing(self, tests: Sequence[Callable[[R], bool]]) -> list[int]:
        """The places in `data_shown` of what the search and these tests would show, in the order sorted by."""
        return self._found(self._tested(tests))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows that are equal in it keep the order they had.

        As a further key (`adding`) a column that is one already turns round.
        """
        if not 0 <= column < len(self.columns):
            return
        if self.adding and self.sorted_by:
            keys = {**dict(self.sorted_by), column: not dict(self.sorted_by).get(column, True)}
        else:
            keys = {column: order == Qt.SortOrder.DescendingOrder}
        self.sort_by(tuple(keys.items()))

    def sort_by(self, keys: Sequence[tuple[int, bool]]) -> None:
        """Sort by several columns, (column, backwards), the first key first."""
        self.sorted_by = tuple(keys)
        self._again(self._sort, self._filter, self._search)

    @property
    def sort_key(self) -> str:
        """The key of the column that is sorted by first, for `prepare`."""
        return self.columns[self.sorted_by[0][0]].key if self.sorted_by else ""

    def record(self, row: int) -> R | None:
        """The record of a row that is shown."""
        return self.data_shown.records[self._rows[row]] if 0 <= row < len(self._rows) else None

    def records(self) -> list[R]:
        """All records that are shown, in the order shown."""
        return [self.data_shown.records[index] for index in self._rows]

    def row_id(self, row: int) -> str:
        return self.data_shown.ids[self._rows[row]] if 0 <= row < len(self._rows) else ""

    def row_of(self, row_id: str) -> int | None:
        """Where a record is shown; None where it is filtered out or gone."""
        if self._place is None:
            ids = self.data_shown.ids
            self._place = {ids[index]: row for row, index in enumerate(self._rows)}
        return self._place.get(row_id)

    def text(self, row: int, column: int) -> str:
        return self.data_shown.cells[self._rows[row]][column]

    def lay_over(self, row_id: str, column: int, overlay: Overlay | None) -> None:
        """Show something else in a cell than its record has: text that is on its way, or was refused. None ends it."""
        if overlay is None:
            self._overlays.pop((row_id, column), None)
        else:
            self._overlays[row_id, column] = overlay
        row = self.row_of(row_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def overlay(self, row_id: str, column: int) -> Overlay | None:
        return self._overlays.get((row_id, column))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if not (0 <= row < len(self._rows) and 0 <= column < len(self.columns)):
            return None
        place, data = self._rows[row], self.data_shown
        if self._overlays and (over := self._overlays.get((data.ids[place], column))) is not None:
            shown = over.data(role, self.titles[column])
            if shown is not None:
                return shown
        if role == Qt.ItemDataRole.DisplayRole:
            return data.cells[place][column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[column].right else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return data.tooltips[column][place] if column in data.tooltips else data.cells[place][column]
        if role == Qt.ItemDataRole.ForegroundRole and column in data.marks:
            mark = data.marks[column][place]
            return theme.color(mark) if mark else None
        if role == Qt.ItemDataRole.DecorationRole and column in data.icons:
            name = data.icons[column][place]
            return theme.icon(name, self._icon_role(column, place)) if name else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.titles[column]}: {data.cells[place][column]}"
        if role == Qt.ItemDataRole.UserRole:
            return data.ids[place]
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].right else _LEFT
        return None

    def _icon_role(self, column: int, place: int) -> str:
        marks = self.data_shown.marks.get(column)
        return (marks[place] if marks else "") or "muted"

    def _again(self, *steps: Callable[[], None]) -> None:
        self.beginResetModel()
        for step in steps:
            step()
        self.endResetModel()
        self._count()

    def _sort(self) -> None:
        for column, backwards in reversed(self.sorted_by):
            rank = self.rank(column)
            present = [index for index in self._order if rank[index] != BLANK]
            present.sort(key=rank.__getitem__, reverse=backwards)
            self._order = present + [index for index in self._order if rank[index] == BLANK]

    def rank(self, column: int) -> list[int]:
        """The place of each row in this column's order, BLANK where it has no value."""
        known = self.data_shown.ranks
        if column not in known:
            known[column] = ranks(self.columns[column], column, self.data_shown)
        return known[column]

    def _filter(self) -> None:
        self._passing = self._tested(self._tests)

    def _search(self) -> None:
        self._rows = self._found(self._passing)
        self._place = None

    def _tested(self, tests: Sequence[Callable[[R], bool]]) -> list[int]:
        records, found = self.data_shown.records, self._order
        for test in tests:
            found = [index for index in found if test(records[index])]
        return found

    def _found(self, among: list[int]) -> list[int]:
        texts = self.data_shown.search
        for word in self._words:
            among = [index for index in among if word in texts[index]]
        return among

    def _count(self) -> None:
        self.counted.emit(len(self._rows), len(self.data_shown.ids))
