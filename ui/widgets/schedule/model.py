"""The model of the day's trips: ready rows in a tree. `data()` is a look-up and never raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from coordinator.domain.searching import search_words
from coordinator.domain.trip import StopResult, TripStatus
from resources.i18n import _
from ui.widgets.schedule.rows import COLUMNS, Kind, Row

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MIME = "application/x-coordinator-household"
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_FOUND_BY = frozenset({Kind.STOP, Kind.MET, Kind.VEHICLE})


@dataclass(slots=True)
class _Node:
    row: Row
    parent: int
    place: int
    children: list[int] = field(default_factory=list)


class TripsModel(QAbstractItemModel):
    """Trips, and under each its remarks and stops; a search leaves those that fit with their trips."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles = tuple(_(title) for title in COLUMNS)
        self._rows: tuple[Row, ...] = ()
        self._words: list[str] = []
        self._nodes: list[_Node] = []
        self._top: list[int] = []
        self._places: dict[str, int] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)
        self._build()

    def set_search(self, text: str) -> None:
        words = search_words(text)
        if words != self._words:
            self._words = words
            self._build()

    def row(self, index: Index) -> Row | None:
        return self._nodes[index.internalId()].row if index.isValid() else None

    def index_of(self, key: str) -> QModelIndex:
        """Where a row is shown; an invalid index where it is not."""
        number = self._places.get(key)
        return ROOT if number is None else self.createIndex(self._nodes[number].place, 0, number)

    def found(self) -> int:
        """How many households are shown."""
        return sum(1 for node in self._nodes if node.row.kind in (Kind.STOP, Kind.MET))

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        numbers = self._nodes[parent.internalId()].children if parent.isValid() else self._top
        if not (0 <= row < len(numbers) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self.createIndex(row, column, numbers[row])

    def parent(self, child: Index | None = None) -> Any:
        if child is None:
            return super().parent()
        above = self._nodes[child.internalId()].parent if child.isValid() else -1
        return QModelIndex() if above < 0 else self.createIndex(self._nodes[above].place, 0, above)

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return len(self._top)
        return len(self._nodes[parent.internalId()].children) if parent.column() == 0 else 0

    def columnCount(self, _parent: Index = ROOT) -> int:
        return len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.row(index), index.column()
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if row.head is not None:
                return row.head.title if column == 0 else ""
            return row.cells[column].text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if can_move(row):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if row.kind is Kind.VEHICLE or (row.trip or row.stop):
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        moved = next((row.household_id for row in map(self.row, indexes) if row is not None), "")
        return household_mime(moved)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def trip_of(self, index: Index) -> Row | None:
        """The trip that a row belongs to."""
        row = self.row(index)
        if row is None or row.kind in (Kind.TRIP, Kind.FREE, Kind.VEHICLE):
            return row if row is not None and row.kind is Kind.TRIP else None
        return self.row(self.parent(index))

    def _build(self) -> None:
        self.beginResetModel()
        self._nodes, self._top, self._places = [], [], {}
        for row in self._rows:
            kept = self._kept(row)
            if kept or self._fits(row) or not self._words:
                number = self._add(row, -1, self._top)
                for child in kept:
                    self._add(child, number, self._nodes[number].children)
        self.endResetModel()

    def _add(self, row: Row, parent: int, siblings: list[int]) -> int:
        number = len(self._nodes)
        self._nodes.append(_Node(row, parent, len(siblings)))
        siblings.append(number)
        self._places[row.key] = number
        return number

    def _kept(self, row: Row) -> list[Row]:
        """The children that a search leaves: all where the trip itself fits."""
        if not self._words or self._fits(row):
            return list(row.children)
        return [child for child in row.children if child.kind in _FOUND_BY and self._fits(child)]

    def _fits(self, row: Row) -> bool:
        return bool(row.search) and all(word in row.search for word in self._words)


def given_up(row: Row) -> bool:
    """A stop that came to nothing keeps its line, but takes no place."""
    came_to_nothing = (StopResult.NOT_HOME, StopResult.REFUSED, StopResult.OTHER)
    return row.stop is not None and row.stop.result in came_to_nothing


def can_move(row: Row) -> bool:
    """A household that is not on board can be put elsewhere."""
    return row.stop is not None and row.stop.result is StopResult.OPEN


def takes_households(row: Row | None) -> bool:
    """A trip that is not back yet and was not given up."""
    over = (TripStatus.ARRIVED, TripStatus.CANCELLED)
    return row is not None and row.trip is not None and row.trip.status not in over


def household_mime(household_id: str) -> QMimeData:
    content = QMimeData()
    content.setData(MIME, household_id.encode())
    return content


def household_in(content: QMimeData) -> str:
    """The household that is being dragged; "" for anything else."""
    return bytes(content.data(MIME).data()).decode() if content.hasFormat(MIME) else ""
