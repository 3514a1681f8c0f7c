"""The list of a table's columns: which are shown and in which order, all by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from resources.i18n import _
from ui import theme
from ui.tables.model import TableModel

WIDTH = 260
ROWS_SEEN = 14
_COLUMN = Qt.ItemDataRole.UserRole


class ColumnChooser(QFrame):
    """Works on the header at once: Space shows or hides, Alt+Up and Alt+Down move, Enter or Escape close."""

    changed = Signal()

    def __init__(self, header: QHeaderView, rows: TableModel[Any], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, "card")
        self._header, self._rows = header, rows
        self.list = _List()
        self.list.setAccessibleName(_("Columns"))
        heading, hint = QLabel(_("Columns")), QLabel(_("Space shows or hides, Alt+↑ and Alt+↓ move, Enter closes"))
        theme.dress(heading, "strong")
        theme.dress(hint, "small")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(10)] * 4)
        column.setSpacing(theme.unit(6))
        for part in (heading, self.list, hint):
            column.addWidget(part)
        self._fill()
        self.list.itemChanged.connect(self._shown)
        self.list.move_wanted.connect(self._move)
        self.list.done.connect(self.close)

    def show_at(self, corner: QPoint, room: QRect) -> None:
        """Open below `corner` (global), or where there is room on the screen."""
        rows = min(ROWS_SEEN, self.list.count())
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), theme.unit(28)) + theme.unit(6))
        size = self.sizeHint()
        width, height = max(size.width(), theme.unit(WIDTH)), min(size.height(), room.height())
        left = max(room.left(), min(corner.x(), room.right() - width))
        self.setGeometry(left, max(room.top(), min(corner.y(), room.bottom() - height)), width, height)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        for place in range(self._header.count()):
            number = self._header.logicalIndex(place)
            item = QListWidgetItem(self._rows.titles[number])
            item.setData(_COLUMN, number)
            shown = not self._header.isSectionHidden(number)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            if self._rows.columns[number].always:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setToolTip(_("This column is always shown"))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _shown(self, item: QListWidgetItem) -> None:
        self._header.setSectionHidden(item.data(_COLUMN), item.checkState() == Qt.CheckState.Unchecked)
        self.changed.emit()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        to = row + step
        if not 0 <= to < self.list.count():
            return
        self.list.blockSignals(True)
        self.list.insertItem(to, self.list.takeItem(row))
        self.list.blockSignals(False)
        self.list.setCurrentRow(to)
        self._header.moveSection(row, to)
        self.changed.emit()


class _List(QListWidget):
    move_wanted = Signal(int)
    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit()
        else:
            super().keyPressEvent(event)
