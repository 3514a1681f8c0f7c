"""Drawing of rows that span all columns: a trip with its load bars, a remark, a vehicle that stands still."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ui import theme
from ui.widgets.schedule.model import TripsModel, given_up
from ui.widgets.schedule.rows import Bar, Cell, Head, Kind

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
GROUNDS = {
    "": ("surface", "text", "line"),
    "info": ("accent_soft", "on_accent_soft", "accent"),
    "success": ("success_soft", "on_success_soft", "success"),
    "warning": ("warning_soft", "on_warning_soft", "warning"),
    "danger": ("danger_soft", "on_danger_soft", "danger"),
}
"""Ground, text and border of a badge, as badges of the style sheet have them."""


class RowDelegate(QStyledItemDelegate):
    """Stops are drawn as table cells; the other rows are drawn here."""

    width = 700
    """Of the view, for texts that wrap."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = cast(TripsModel, index.model()).row(index)
        line = option.fontMetrics.height()
        if row is None or row.head is None:
            return QSize(0, 2 * line + theme.unit(9))
        if row.kind is Kind.TRIP:
            return QSize(0, 2 * line + theme.unit(26))
        if row.kind is Kind.REMARK:
            room = self.width - theme.unit(70)
            text = option.fontMetrics.boundingRect(QRect(0, 0, room, 1000), WRAP, row.head.title)
            return QSize(0, text.height() + theme.unit(8))
        return QSize(0, line + theme.unit(11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = cast(TripsModel, index.model()).row(index)
        if row is None or (row.head is not None and index.column()):
            return
        if row.head is None:
            self._cell(painter, option, index, row.cells[index.column()], faint=given_up(row))
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = _has_focus(option, index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if row.kind is Kind.TRIP:
            _trip(painter, option, row.head, row.trip.number if row.trip else 0, selected=selected, focused=focused)
        else:
            _line(painter, option, row.head, selected=selected, focused=focused)
        painter.restore()

    def _cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, cell: Cell, *, faint: bool) -> None:
        """Two lines over the ground that the style sheet gives the row."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text, ground.icon = "", QIcon()
        ground.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        painter.save()
        if _has_focus(option, index.siblingAtColumn(0)):
            _row_focus(painter, option.rect)
        line = option.fontMetrics.height()
        rect = option.rect.adjusted(theme.unit(6), theme.unit(4), -theme.unit(4), 0)
        role = "muted" if faint else "text"
        _words(painter, QRect(rect.left(), rect.top(), rect.width(), line), cell.top, cell.top_icon, option.font, role)
        below = QRect(rect.left(), rect.top() + line, rect.width(), line)
        _words(painter, below, cell.below, cell.below_icon, small_font(option.font), "muted")
        painter.restore()


def _has_focus(option: QStyleOptionViewItem, index: Index) -> bool:
    """Is this the first cell of the current row, while the keys go to the view? The whole row is marked then."""
    view = option.widget
    return isinstance(view, QTreeView) and view.hasFocus() and view.currentIndex().siblingAtColumn(0) == index


def _row_focus(painter: QPainter, rect: QRect) -> None:
    """This cell's part of the mark around the current row."""
    painter.setPen(QPen(theme.color("focus"), 2))
    painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
    painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())


def _words(
    painter: QPainter, rect: QRect, text: str, icon: tuple[str, str], font: QFont, role: str
) -> None:  # fmt: skip
    left = rect.left()
    if icon[0]:
        size = theme.unit(14)
        theme.icon(*icon).paint(painter, QRect(left, rect.top() + (rect.height() - size) // 2, size, size))
        left += size + theme.unit(5)
    painter.setFont(font)
    painter.setPen(theme.color(role))
    room = rect.right() - left
    painter.drawText(QRect(left, rect.top(), room, rect.height()), LEFT, elided(QFontMetrics(font), text, room))


def _trip(
    painter: QPainter, option: QStyleOptionViewItem, head: Head, number: int, *, selected: bool, focused: bool
) -> None:
    card = option.rect.adjusted(0, theme.unit(4), -theme.unit(2), -theme.unit(2))
    _ground(painter, card, "selection" if selected else "sunken", focused=focused)
    pad, font = theme.unit(9), option.font
    strong = QFont(font)
    strong.setBold(True)
    metrics, line = QFontMetrics(strong), option.fontMetrics.height()
    top = card.top() + theme.unit(5)
    mark = QRect(card.left() + pad, top + theme.unit(3), theme.unit(34), theme.unit(34))
    _box(painter, mark, "info", str(number), strong, theme.unit(8))
    left = mark.right() + pad
    right = _badge(painter, card.right() - pad, top, head.badge, font)
    painter.setFont(strong)
    painter.setPen(theme.color("text"))
    time = metrics.horizontalAdvance(head.time)
    painter.drawText(QRect(right - time, top, time, line + 2), LEFT, head.time)
    room = right - time - pad - left
    painter.drawText(QRect(left, top, room, line + 2), LEFT, elided(metrics, head.title, room))
    _second_line(painter, QRect(left, top + line + theme.unit(4), card.right() - pad - left, line), head, font)


def _second_line(painter: QPainter, rect: QRect, head: Head, font: QFont) -> None:
    small = small_font(font)
    metrics = QFontMetrics(small)
    painter.setFont(small)
    left = rect.left()
    for bar in head.bars:
        width = metrics.horizontalAdvance(bar.words)
        over = bar.taken > bar.offered
        painter.setPen(theme.color("danger" if over else "text"))
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height() - theme.unit(2)), LEFT, bar.words)
        load_bar(painter, QRect(left, rect.bottom() - theme.unit(1), width, theme.unit(4)), bar)
        left += width + theme.unit(16)
    painter.setPen(theme.color("muted"))
    room = rect.right() - left
    text = elided(metrics, head.detail, room)
    painter.drawText(QRect(left, rect.top(), room, rect.height() - theme.unit(2)), LEFT, text)


def load_bar(painter: QPainter, rect: QRect, bar: Bar) -> None:
    """The share of the places that is taken; a place type that the vehicle does not have has no bar."""
    if not bar.offered and not bar.taken:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRoundedRect(rect, 2, 2)
    share = 1.0 if bar.taken > bar.offered else bar.taken / bar.offered
    painter.setBrush(theme.color("danger" if bar.taken > bar.offered else "accent"))
    if share:
        painter.drawRoundedRect(QRect(rect.left(), rect.top(), round(rect.width() * share), rect.height()), 2, 2)


def _line(painter: QPainter, option: QStyleOptionViewItem, head: Head, *, selected: bool, focused: bool) -> None:
    """An icon, the words in full, and what belongs to them in a muted colour."""
    rect = option.rect.adjusted(0, 1, -theme.unit(2), -1)
    if selected or focused:
        _ground(painter, rect, "selection" if selected else "surface", focused=focused)
    left, (icon, role) = rect.left() + theme.unit(4), head.icon
    if icon:
        size = theme.unit(15)
        top = rect.top() + (min(rect.height(), option.fontMetrics.height() + theme.unit(8)) - size) // 2
        theme.icon(icon, role).paint(painter, QRect(left, top, size, size))
        left += size + theme.unit(7)
    painter.setFont(option.font)
    painter.setPen(theme.color(role if role in ("danger", "warning") else "text"))
    if not head.detail:
        painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), WRAP, head.title)
        return
    width = option.fontMetrics.horizontalAdvance(head.title)
    painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), LEFT, head.title)
    painter.setPen(theme.color("muted"))
    left += width + theme.unit(12)
    text = elided(option.fontMetrics, head.detail, rect.right() - left)
    painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), LEFT, text)


def _ground(painter: QPainter, rect: QRect, role: str, *, focused: bool) -> None:
    painter.setBrush(theme.color(role))
    painter.setPen(QPen(theme.color("focus" if focused else "line"), 2 if focused else 1))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.unit(7), theme.unit(7))


def _badge(painter: QPainter, right: int, top: int, badge: tuple[str, str], font: QFont) -> int:
    """Draw the badge so that it ends at `right`; returns where there is room to its left."""
    text, kind = badge
    small = small_font(font)
    small.setBold(True)
    metrics = QFontMetrics(small)
    width, height = metrics.horizontalAdvance(text) + theme.unit(16), metrics.height() + theme.unit(3)
    _box(painter, QRect(right - width, top, width, height), kind, text, small, height // 2)
    return right - width - theme.unit(12)


def _box(painter: QPainter, rect: QRect, kind: str, text: str, font: QFont, radius: int) -> None:
    ground, words, border = GROUNDS[kind]
    painter.setBrush(theme.color(ground))
    painter.setPen(theme.color(border))
    painter.drawRoundedRect(rect, radius, radius)
    painter.setFont(font)
    painter.setPen(theme.color(words))
    painter.drawText(rect, CENTRE, text)


def small_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    return small


def elided(metrics: QFontMetrics, text: str, room: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
