"""The ticks of a column's filter: a list that stays quick with 30,000 values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coordinator.domain.filtering import Condition
from coordinator.domain.memory import remembered
from coordinator.domain.names import fold
from resources.i18n import _
from ui import texts, theme
from ui.tables.filtering.values import Entry, all_keys

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_folded = remembered(fold, 100_000)


class ValueModel(QAbstractListModel):
    """Values that can be ticked. `ticked` after each change by hand; what is ticked is in `only` and `but`."""

    ticked = Signal()

    def __init__(self, entries: Sequence[Entry], condition: Condition) -> None:
        super().__init__()
        self._entries = list(entries)
        self._seen = list(range(len(self._entries)))
        self.only, self.but = condition.only, condition.but

    def narrow(self, text: str) -> None:
        """Show the values in which every word occurs."""
        self.beginResetModel()
        self._seen = list(range(len(self._entries)))
        for word in fold(text).split():
            self._seen = [place for place in self._seen if word in _folded(self._entries[place].text)]
        self.endResetModel()

    def seen_keys(self) -> frozenset[str]:
        """The keys of the values that are in sight."""
        return all_keys(self._entries[place] for place in self._seen)

    def is_on(self, key: str) -> bool:
        return key in self.only if self.only is not None else key not in self.but

    def state(self) -> Qt.CheckState:
        """Of all values in sight together."""
        on = sum(self.is_on(self._entries[place].key) for place in self._seen)
        if on == len(self._seen):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if on else Qt.CheckState.Unchecked

    def set_seen(self, on: bool) -> None:
        """Tick all values in sight, or none of them."""
        seen = self.seen_keys()
        if len(self._seen) == len(self._entries):
            self.only, self.but = (None if on else frozenset()), frozenset()
        elif self.only is not None:
            self.only = self.only | seen if on else self.only - seen
        else:
            self.but = self.but - seen if on else self.but | seen
        self._told()

    def choose_only(self, keys: frozenset[str]) -> None:
        """Tick these values and no others."""
        self.only, self.but = keys, frozenset()
        self._told()

    def toggle(self, row: int) -> None:
        if not 0 <= row < len(self._seen):
            return
        key = frozenset({self._entries[self._seen[row]].key})
        if self.only is not None:
            self.only = self.only ^ key
        else:
            self.but = self.but ^ key
        self._told()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._seen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._seen):
            return None
        entry = self._entries[self._seen[index.row()]]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _("{value} · {count}").format(value=entry.text, count=texts.number(entry.count))
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_on(entry.key) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole:
            return theme.icon(entry.icon, entry.role) if entry.icon else None
        if role == Qt.ItemDataRole.ForegroundRole and not entry.count:
            return theme.color("muted")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def _told(self) -> None:
        """All ticked, one by one, is no filter."""
        everything = all_keys(self._entries)
        if self.only is not None and self.only and everything <= self.only:
            self.only = None
        if self._seen:
            self.dataChanged.emit(self.index(0), self.index(len(self._seen) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()


class ValueList(QListView):
    """Space ticks, Enter is `done`, Up from the first value is `left_up`."""

    done = Signal()
    left_up = Signal()

    def __init__(self, model: ValueModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Ticking(self))

    def take_focus(self) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.values.index(0))
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


class _Ticking(QStyledItemDelegate):
    """A click on the words ticks as one on the box does."""

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent):
            released = event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton
            return released and model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
        return super().editorEvent(event, model, option, index)
