"""A strip of signs along a line, newest at the top: what was decided, when and by whom. Walked by arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from resources.i18n import _
from ui import theme
from ui.widgets.decide.line import Entry

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_ENTRY = Qt.ItemDataRole.UserRole
SIGN, LEFT, GAP = 16, 30, 5
SMALL = 0.86


class Timeline(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("How it came to this decision"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Drawing(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget { background: transparent; border: none; }")

    def show_entries(self, entries: Sequence[Entry]) -> None:
        row = self.currentRow()
        self.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title, self)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.spoken)
        self.setCurrentRow(min(row, self.count() - 1))
        self.setVisible(bool(entries))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        """As high as its entries at this width: the panel scrolls, not the strip."""
        self.scheduleDelayedItemsLayout()
        heights = (self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(sum(heights) + theme.unit(2))


class _Drawing(QStyledItemDelegate):
    def __init__(self, view: Timeline) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        room = QRect(0, 0, max(self._view.viewport().width() - theme.unit(LEFT + 4), theme.unit(80)), 4000)
        height = sum(
            QFontMetrics(font).boundingRect(room, WRAP, words).height() for font, words in _lines(option.font, index)
        )
        return QSize(0, max(height, theme.unit(SIGN)) + theme.unit(2 * GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, box = _entry(index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = box.left() + theme.unit(2) + theme.unit(SIGN) // 2, box.top() + theme.unit(GAP)
        painter.setPen(QPen(theme.color("line"), theme.unit(2)))
        if index.row() > 0:
            painter.drawLine(middle, box.top(), middle, top)
        if index.row() < index.model().rowCount() - 1:
            painter.drawLine(middle, top + theme.unit(SIGN), middle, box.bottom() + 1)
        picture = theme.pixmap(entry.sign[0], entry.sign[1], SIGN)
        painter.drawPixmap(box.left() + theme.unit(2), top, picture)
        room = QRect(box.left() + theme.unit(LEFT), top, box.width() - theme.unit(LEFT + 4), box.height())
        for font, words in _lines(option.font, index):
            painter.setFont(font)
            painter.setPen(theme.color("muted" if words is entry.when else "text"))
            taken = painter.boundingRect(room, WRAP, words)
            painter.drawText(room, WRAP, words)
            room.setTop(room.top() + taken.height())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 1, -1, -1), theme.unit(5), theme.unit(5))
        painter.restore()


def _entry(index: Index) -> Entry:
    return cast(Entry, index.data(_ENTRY))


def _lines(font: QFont, index: Index) -> list[tuple[QFont, str]]:
    """What was decided, what was said with it, and when by whom; each in its font."""
    entry = _entry(index)
    strong, small = QFont(font), QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    if font.pixelSize() > 0:
        small.setPixelSize(round(font.pixelSize() * SMALL))
    else:
        small.setPointSizeF(font.pointSizeF() * SMALL)
    lines = ((strong, entry.title), (font, entry.told), (small, entry.when))
    return [(one, words) for one, words in lines if words]
