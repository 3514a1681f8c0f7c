"""Drawing of those who are left over: nothing about why somebody stays may be cut."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets.schedule.waiting_rows import WaitingRow

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
PAD = 9
ICON = 15


class WaitingDelegate(QStyledItemDelegate):
    """Three lines, and the reason over as many as it takes."""

    width = 380
    """Of the view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = _row(index)
        line = option.fontMetrics.height()
        if row is None:
            return QSize(0, line)
        lines = 3 * (line + theme.unit(1))
        return QSize(self.width - 2, lines + self._reason_height(option.font, row) + theme.unit(2 * PAD - 2))

    def _reason_height(self, font: QFont, row: WaitingRow) -> int:
        room = self.width - theme.unit(2 * PAD + ICON + 10)
        return QFontMetrics(font).boundingRect(QRect(0, 0, room, 1000), WRAP, row.reason).height()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        rect = option.rect.adjusted(1, 1, -1, -1)
        if selected or focused:
            painter.setBrush(theme.color("selection" if selected else "surface"))
            painter.setPen(QPen(theme.color("focus"), 2) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.unit(6), theme.unit(6))
        elif index.row():
            painter.setPen(theme.color("line"))
            between = rect.adjusted(theme.unit(PAD), -1, -theme.unit(PAD), 0)
            painter.drawLine(between.topLeft(), between.topRight())
        self._words(painter, option, rect.adjusted(theme.unit(PAD), theme.unit(PAD - 2), -theme.unit(PAD), 0), row)
        painter.restore()

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: WaitingRow) -> None:
        line = option.fontMetrics.height() + theme.unit(1)
        strong = QFont(option.font)
        strong.setBold(True)
        top = rect.top()
        self._pair(painter, QRect(rect.left(), top, rect.width(), line), row.who, row.waits, strong, option.font)
        left = rect.left()
        if row.icon:
            size = theme.unit(ICON)
            icon = theme.icon(row.icon, "warning" if row.first or row.held else "muted")
            icon.paint(painter, QRect(left, top + line + (line - size) // 2, size, size))
            left += size + theme.unit(6)
        painter.setFont(option.font)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, top + line, rect.right() - left, line), LEFT, row.people)
        below = QRect(rect.left(), top + 2 * line, rect.width(), line)
        self._pair(painter, below, row.where, row.phone, option.font, option.font, muted_left=True)
        self._reason(painter, option.font, QRect(rect.left(), top + 3 * line, rect.width(), rect.bottom()), row)

    def _pair(
        self, painter: QPainter, rect: QRect, left: str, right: str, font: QFont, right_font: QFont, *,
        muted_left: bool = False,
    ) -> None:  # fmt: skip
        metrics = QFontMetrics(right_font)
        right = metrics.elidedText(right, Qt.TextElideMode.ElideRight, round(rect.width() * 0.55))
        width = metrics.horizontalAdvance(right)
        painter.setFont(right_font)
        painter.setPen(theme.color("text" if muted_left else "muted"))
        painter.drawText(rect, RIGHT, right)
        room = rect.width() - width - theme.unit(10)
        painter.setFont(font)
        painter.setPen(theme.color("muted" if muted_left else "text"))
        text = QFontMetrics(font).elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(rect.left(), rect.top(), room, rect.height()), LEFT, text)

    def _reason(self, painter: QPainter, font: QFont, rect: QRect, row: WaitingRow) -> None:
        size = theme.unit(ICON)
        line = QFontMetrics(font).height()
        theme.icon("warning", "warning").paint(painter, QRect(rect.left(), rect.top() + (line - size) // 2, size, size))
        left = rect.left() + size + theme.unit(6)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), WRAP, row.reason)


def _row(index: Index) -> WaitingRow | None:
    model: Any = index.model()
    row = model.row(index)
    return row if isinstance(row, WaitingRow) else None
