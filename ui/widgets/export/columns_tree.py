"""Which columns leave, in which order and under which headers: ticked, moved and renamed by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from coordinator.exchange.wanted import Chosen
from coordinator.exchange.writing import Column
from resources.i18n import _
from ui import theme

_KEY = Qt.ItemDataRole.UserRole
_NAME, _HEADER = 0, 1


class ColumnsTree(QTreeWidget):
    """Space ticks, Alt+Up and Alt+Down move, F2 or Enter renames the header. `changed` after each."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual: list[str] = []
        self.setHeaderLabels([_("Column"), _("Header for the recipient")])
        self.setAccessibleName(_("Columns, in the order in which they leave"))
        self.setToolTip(_("Space ticks, Alt+Up and Alt+Down move, F2 gives the column another header"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_HEADER, QHeaderView.ResizeMode.Stretch)
        self.header().setMinimumSectionSize(theme.unit(90))
        self.itemChanged.connect(lambda *_what: self.changed.emit())
        self.itemDoubleClicked.connect(lambda item, _column: self.editItem(item, _HEADER))

    def show_columns(self, columns: Sequence[Column], usual: Sequence[str], chosen: Sequence[Chosen]) -> None:
        """All columns of a kind, those chosen ticked and first; none chosen: the usual ones ticked in their places."""
        self._usual = list(usual)
        headers = {one.key: one.header for one in chosen} if chosen else dict.fromkeys(usual, "")
        by_key = {column.key: column for column in columns}
        first = [by_key[one.key] for one in chosen if one.key in by_key]
        rest = [column for column in columns if column not in first]
        self.blockSignals(True)
        self.clear()
        for column in [*first, *rest]:
            item = QTreeWidgetItem([column.words, headers.get(column.key, "")])
            item.setData(_NAME, _KEY, column.key)
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
            ticked = column.key in headers
            item.setCheckState(_NAME, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.addTopLevelItem(item)
        if self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(0))
        self.blockSignals(False)
        self.changed.emit()

    def chosen(self) -> tuple[Chosen, ...]:
        """The ticked columns in their order; () where they are the usual ones under our own words."""
        found = tuple(
            Chosen(item.data(_NAME, _KEY), item.text(_HEADER).strip())
            for item in self._items()
            if item.checkState(_NAME) == Qt.CheckState.Checked
        )
        return () if found == tuple(Chosen(key) for key in self._usual) else found

    def none_ticked(self) -> bool:
        return all(item.checkState(_NAME) != Qt.CheckState.Checked for item in self._items())

    def move(self, step: int) -> None:
        """The current column one place up (-1) or down (1)."""
        item = self.currentItem()
        if item is None:
            return
        place = self.indexOfTopLevelItem(item)
        if 0 <= place + step < self.topLevelItemCount():
            self.blockSignals(True)
            self.takeTopLevelItem(place)
            self.insertTopLevelItem(place + step, item)
            self.setCurrentItem(item)
            self.blockSignals(False)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        item = self.currentItem()
        if alt and step is not None:
            self.move(step)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.editItem(item, _HEADER)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.changed.emit()

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]
