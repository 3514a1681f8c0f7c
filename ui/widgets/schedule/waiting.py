"""The list of those who are left over. Drag one onto a trip, or Ctrl+M; drop one here to take it off its trip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from coordinator.domain.searching import search_words
from resources.i18n import _
from ui.widgets.schedule.dropping import TakesHouseholds
from ui.widgets.schedule.model import MIME, household_mime
from ui.widgets.schedule.rows import Place
from ui.widgets.schedule.waiting_painting import WaitingDelegate
from ui.widgets.schedule.waiting_rows import WaitingRow

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class WaitingModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[WaitingRow, ...] = ()
        self._shown: list[WaitingRow] = []
        self._words: list[str] = []

    def set_rows(self, rows: Sequence[WaitingRow]) -> None:
        self._all = tuple(rows)
        self._search()

    def set_search(self, text: str) -> None:
        self._words = search_words(text)
        self._search()

    def row(self, index: Index) -> WaitingRow | None:
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def index_of(self, household_id: str) -> QModelIndex:
        for place, row in enumerate(self._shown):
            if row.household_id == household_id:
                return self.index(place, 0)
        return ROOT

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.who
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row(index) is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return household_mime(next((row.household_id for row in map(self.row, indexes) if row is not None), ""))

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def _search(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if all(word in row.search for word in self._words)]
        self.endResetModel()


class WaitingView(TakesHouseholds, QListView):
    """`current_changed(WaitingRow | None)`, `opened(WaitingRow)`; `hovered` and `dropped` as the trips have them.

    `carry_wanted` on Space: onto the board, by the arrows.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    carry_wanted = Signal()
    hovered = Signal(str, object)
    dropped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = WaitingModel(self)
        self._painter = WaitingDelegate(self)
        self._kept, self._kept_top, self._told = "", 0, ""
        self._empty: QWidget | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Ready, in no trip"))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.rows.modelAboutToBeReset.connect(self._keep)
        self.rows.modelReset.connect(self._bring_back)
        self.doubleClicked.connect(self._open)

    def current(self) -> WaitingRow | None:
        return self.rows.row(self.currentIndex())

    def select_household(self, household_id: str) -> bool:
        index = self.rows.index_of(household_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def set_empty(self, widget: QWidget) -> None:
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_empty()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and self.current() and self.dragEnabled() and not event.modifiers():
            self.carry_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._painter.width != self.viewport().width():
            self._painter.width = self.viewport().width()
            self.scheduleDelayedItemsLayout()
        self._show_empty()

    def place_for(self, household: str, point: QPoint) -> Place | None:
        """Only one that stands on a trip comes back to the list."""
        return Place(None) if household and not self.rows.index_of(household).isValid() else None

    def _open(self, index: Index) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.opened.emit(row)

    def _keep(self) -> None:
        row = self.current()
        if row is not None:
            self._kept = row.household_id
        if self.rows.rowCount():
            self._kept_top = self.verticalScrollBar().value()

    def _bring_back(self) -> None:
        found = self.rows.index_of(self._kept)
        if found.isValid():
            self.setCurrentIndex(found)
        self.verticalScrollBar().setValue(self._kept_top)
        self._tell(again=True)
        self._show_empty()

    def _tell(self, *, again: bool = False) -> None:
        row = self.current()
        key = row.household_id if row is not None else ""
        if again or key != self._told:
            self._told = key
            self.current_changed.emit(row)

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(QRect(QPoint(0, 0), self.viewport().size()))
            self._empty.setVisible(self.rows.rowCount() == 0)
