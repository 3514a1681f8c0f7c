"""The model of the board: a column for each vehicle. `data()` is a look-up and never raises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from coordinator.domain.searching import search_words
from ui.widgets.board.cards import Card, CardKind, Lane
from ui.widgets.schedule.model import MIME, household_mime

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class BoardModel(QAbstractTableModel):
    """`show_lane` puts one lane as it would be in the place of the lane as it is; None shows the day as it is.

    There are always two rows more than cards, so that a lane may grow by the card in hand and a trip for it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self._instead: Lane | None = None
        self._words: list[str] = []
        self.moving = ""
        """The household in hand: its card is pale where it stands now."""

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        self.beginResetModel()
        self.lanes, self._instead, self.moving = tuple(lanes), None, ""
        self.endResetModel()

    def set_search(self, text: str) -> None:
        """Cards that do not fit are pale: a lane is never torn apart."""
        self._words = search_words(text)
        self._repaint()

    def show_lane(self, lane: Lane | None, moving: str) -> None:
        before = self._touched()
        self._instead, self.moving = lane, moving
        for column in before | self._touched():
            self._repaint(column)

    def lane(self, column: int) -> Lane | None:
        """As shown: the one that was tried instead of the one that stands."""
        if not 0 <= column < len(self.lanes):
            return None
        standing = self.lanes[column]
        instead = self._instead
        return instead if instead is not None and instead.vehicle_id == standing.vehicle_id else standing

    def card(self, index: Index) -> Card | None:
        lane = self.lane(index.column()) if index.isValid() else None
        return lane.cards[index.row()] if lane is not None and index.row() < len(lane.cards) else None

    def pale(self, card: Card) -> bool:
        if self.moving and card.household_id == self.moving and not card.held:
            return True
        return bool(self._words) and not all(word in card.search for word in self._words)

    def index_of(self, key: str) -> QModelIndex:
        return self._find(lambda card: card.key == key)

    def index_of_household(self, household_id: str) -> QModelIndex:
        """Where it stands, not where it is tried."""
        return self._find(lambda card: card.household_id == household_id and not card.held)

    def held_index(self) -> QModelIndex:
        return self._find(lambda card: card.held)

    def column_of(self, vehicle_id: str) -> int:
        return next((place for place, lane in enumerate(self.lanes) if lane.vehicle_id == vehicle_id), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or not self.lanes else 2 + max(len(lane.cards) for lane in self.lanes)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lanes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.card(index)
        if card is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return card.top
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal or not 0 <= section < len(self.lanes):
            return None
        lane = self.lanes[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return lane.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return lane.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        card = self.card(index)
        if card is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsDragEnabled if card.movable else flags

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        cards = (self.card(index) for index in indexes)
        return household_mime(next((card.household_id for card in cards if card is not None), ""))

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def _find(self, wanted: Any) -> QModelIndex:
        for column in range(len(self.lanes)):
            lane = self.lane(column)
            for row, card in enumerate(lane.cards if lane is not None else ()):
                if card.kind is not CardKind.NEW and wanted(card):
                    return self.index(row, column)
        return QModelIndex()

    def _touched(self) -> set[int]:
        """The columns that do not show the day as it is."""
        tried = {self.column_of(self._instead.vehicle_id)} if self._instead is not None else set()
        stands = self.index_of_household(self.moving).column() if self.moving else -1
        return (tried | {stands}) - {-1}

    def _repaint(self, column: int | None = None) -> None:
        if self.lanes:
            first, last = (0, self.columnCount() - 1) if column is None else (column, column)
            self.dataChanged.emit(self.index(0, first), self.index(self.rowCount() - 1, last))
