"""The header of every table: in which order it is sorted, by several columns, and the door to a column's filter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader, QToolTip, QWidget

from resources.i18n import _
from ui import actions, theme
from ui.tables.model import TableModel

SIGN = 13
DOOR = 22
EDGE = 5
"""Pixels at normal size: a sign, the place that a click on the funnel may hit, the handle of the width."""


class Header(QHeaderView):
    """`filter_wanted(column)` by a click on a funnel. Shift while clicking a title sorts by one more column.

    `filtered` are the columns that have a filter now; where `doors` is True each column with values offers one.
    """

    filter_wanted = Signal(int)
    sort_changed = Signal()
    """Several keys were set at once."""

    def __init__(self, model: TableModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self.doors, self.lines = False, 1
        """`lines`: into how many a long title may break, where the column is too narrow for it."""
        self.filtered: frozenset[int] = frozenset()
        self._pressed_door = -1
        self._under_mouse = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)

    def set_filtered(self, columns: frozenset[int]) -> None:
        self.filtered = columns
        self.viewport().update()

    def has_door(self, column: int) -> bool:
        return self.doors and 0 <= column < len(self._rows.columns) and self._rows.columns[column].filter is not None

    def door(self, column: int) -> QRect:
        """Where the funnel of a column stands, in the coordinates of the header."""
        section = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())
        return QRect(self._signs_left(section, column) + self._order_width(column), 0, theme.unit(DOOR), self.height())

    def signs_width(self, column: int) -> int:
        """The room that the signs of a column take from its title."""
        return (theme.unit(DOOR) if self.has_door(column) else 0) + self._order_width(column)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_door = self._door_at(event.position().toPoint())
        if self._pressed_door < 0 or event.button() != Qt.MouseButton.LeftButton:
            self._pressed_door = -1
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_door = self._pressed_door, -1
        if pressed >= 0:
            if self._door_at(event.position().toPoint()) == pressed:
                self.filter_wanted.emit(pressed)
            return
        self._rows.adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)
        self._rows.adding = False

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            column = self.logicalIndexAt(event.pos())
            at_door = self._door_at(event.pos()) >= 0
            QToolTip.showText(event.globalPos(), self._tip(column, at_door) if column >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, column: int) -> None:
        """The ground and the lines are the style's; title and signs are painted here, each with its room."""
        super().initStyleOptionForIndex(option, column)
        self._under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
        option.text = ""

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.save()
        super().paintSection(painter, rect, column)
        painter.restore()
        painter.save()
        self._paint_title(painter, rect, column)
        self._paint_signs(painter, rect, column)
        painter.restore()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self._title_height() + theme.unit(14)))

    def _title_height(self) -> int:
        """Of the tallest title, in the lines that it needs and may have."""
        metrics = QFontMetrics(self._title_font())
        tallest = self.fontMetrics().height()
        if self.lines > 1:
            for column, title in enumerate(self._rows.titles):
                room = QRect(0, 0, max(1, self.sectionSize(column) - 2 * theme.unit(8)), 10_000)
                needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), title).height()
                tallest = max(tallest, needed if not self.isSectionHidden(column) else 0)
        return min(tallest, metrics.height() + (self.lines - 1) * metrics.lineSpacing())

    def _paint_title(self, painter: QPainter, rect: QRect, column: int) -> None:
        pad, signs = theme.unit(8), self.signs_width(column)
        at_left = self._at_left(column)
        room = rect.adjusted(pad + (signs if at_left else 0), 0, -(pad if at_left else max(pad, signs + EDGE)), 0)
        painter.setFont(self._title_font())
        painter.setPen(theme.color("text" if self._under_mouse or column in self.filtered else "muted"))
        title = self._rows.titles[column]
        way = Qt.AlignmentFlag.AlignRight if at_left else Qt.AlignmentFlag.AlignLeft
        if self.lines > 1:
            painter.drawText(room, int(way | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), title)
            return
        title = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(way | Qt.AlignmentFlag.AlignVCenter), title)

    def _paint_signs(self, painter: QPainter, rect: QRect, column: int) -> None:
        size, middle = theme.unit(SIGN), rect.center().y()
        left = self._signs_left(rect, column)
        order = self._order(column)
        if order is not None:
            place, backwards = order
            sign = theme.pixmap("chevron-down" if backwards else "chevron-up", "accent", SIGN)
            painter.drawPixmap(QPoint(left, middle - size // 2), sign)
            if len(self._rows.sorted_by) > 1:
                painter.setPen(theme.color("accent"))
                painter.setFont(self._title_font())
                number = QRect(left + size, rect.top(), theme.unit(9), rect.height())
                painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
            left += self._order_width(column)
        if self.has_door(column):
            role = "accent" if column in self.filtered else "edge"
            name = "filter-on" if column in self.filtered else "filter"
            painter.drawPixmap(
                QPoint(left + (theme.unit(DOOR) - size) // 2, middle - size // 2), theme.pixmap(name, role, SIGN)
            )

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setBold(True)
        return font

    def _order(self, column: int) -> tuple[int, bool] | None:
        """Which key this column is, from 0, and whether it goes backwards."""
        for place, (number, backwards) in enumerate(self._rows.sorted_by):
            if number == column:
                return place, backwards
        return None

    def _order_width(self, column: int) -> int:
        if self._order(column) is None:
            return 0
        return theme.unit(SIGN + (10 if len(self._rows.sorted_by) > 1 else 2))

    def _signs_left(self, section: QRect, column: int) -> int:
        return section.left() + EDGE if self._at_left(column) else section.right() - self.signs_width(column) - EDGE

    def _at_left(self, column: int) -> bool:
        """Titles of numbers stand at the right, over the numbers; their signs stand before them."""
        return self._rows.columns[column].right

    def _door_at(self, point: QPoint) -> int:
        column = self.logicalIndexAt(point)
        return column if self.has_door(column) and self.door(column).contains(point) else -1

    def _tip(self, column: int, at_door: bool) -> str:
        title = self._rows.titles[column]
        if at_door:
            return _("Filter: {name}").format(name=title) + f" ({actions.key_text('table.filter')})"
        return "\n".join((title, _("Click sorts; Shift+click sorts by this column as well")))
