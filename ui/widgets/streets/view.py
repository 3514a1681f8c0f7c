"""The street board on the screen: only what is visible is painted; arrows go from house to house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from coordinator.queries.street_board import Board, BoardHouse, BoardStreet
from resources.i18n import _
from ui import theme
from ui.widgets.streets import words
from ui.widgets.streets.layout import Cell, Layout, Sizes
from ui.widgets.streets.painting import paint_heading, paint_house

CELL_WIDTH = 150
_STEPS = {
    Qt.Key.Key_Left: (Layout.along, -1), Qt.Key.Key_Right: (Layout.along, 1),
    Qt.Key.Key_Up: (Layout.across, -1), Qt.Key.Key_Down: (Layout.across, 1),
    Qt.Key.Key_PageUp: (Layout.street_along, -1), Qt.Key.Key_PageDown: (Layout.street_along, 1),
}  # fmt: skip


class BoardView(QAbstractScrollArea):
    """`current_changed` when another house is current, `opened(household id)` on Enter or a double click.

    Page Up and Page Down go from street to street, Home and End to the first and last house.
    """

    current_changed = Signal()
    opened = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._board: Board | None = None
        self._empty: QWidget | None = None
        self._current: Cell | None = None
        self._layout = Layout((), self._sizes(), 1)
        self.setAccessibleName(_("Street board"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    def show_board(self, board: Board | None) -> None:
        """Another state of the same settlement keeps the current house and what is in sight."""
        kept, top = self.household_id(), self.verticalScrollBar().value()
        same = board is not None and self._board is not None and board.place.id == self._board.place.id
        self._board = board
        self._lay_out()
        self._current = self._layout.find(kept) if same else None
        if self._current is None:
            self._current = self._layout.first()
        self.verticalScrollBar().setValue(top if same else 0)
        self._tell()

    def set_empty(self, widget: QWidget) -> None:
        """What lies over the board while it shows no house."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_empty()

    def household_id(self) -> str:
        return self._layout.house(self._current).id if self._current else ""

    def current(self) -> tuple[BoardStreet, BoardHouse] | None:
        """The street and the house that are current."""
        if self._current is None:
            return None
        return self._layout.streets[self._current.street], self._layout.house(self._current)

    def in_words(self) -> str:
        """What is current, in full."""
        found = self.current()
        return words.in_full(*found, self._today()) if found else ""

    def choose(self, household_id: str) -> bool:
        """Make a household current and bring it into sight; False where it is not on this board."""
        cell = self._layout.find(household_id)
        if cell is not None:
            self._go(cell)
        return cell is not None

    def choose_street(self, key: str) -> None:
        """Go to the first house of a street."""
        for number, street in enumerate(self._layout.streets):
            if street.key == key and street.houses:
                self._go(Cell(number, 0))
                self.verticalScrollBar().setValue(self._layout.heading(number).top() - theme.unit(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.color("window"))
        shift = self.verticalScrollBar().value()
        painter.translate(0, -shift)
        top, bottom = event.rect().top() + shift, event.rect().bottom() + shift
        for street in self._layout.streets_between(top, bottom):
            paint_heading(painter, self._layout.heading(street), self._layout.streets[street], self._today())
            for cell in self._layout.cells_between(street, top, bottom):
                current = cell == self._current
                focused = current and self.hasFocus()
                paint_house(
                    painter, self._layout.rect(cell), self._layout.house(cell), current=current, focused=focused
                )
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._current is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.household_id())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._layout.first() if key == Qt.Key.Key_Home else self._layout.last())
        elif key in _STEPS:
            step, way = _STEPS[key]
            self._go(step(self._layout, self._current, way))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event)
        if cell is not None:
            self._go(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event)
        if cell is not None:
            self.opened.emit(self._layout.house(cell).id)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._layout.at(event.x(), event.y() + self.verticalScrollBar().value())
            text = ""
            if cell is not None:
                street, house = self._layout.streets[cell.street], self._layout.house(cell)
                text = words.in_full(street, house, self._today()).replace(" · ", "\n")
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The house that is current stays in sight, though the lines are others now."""
        super().resizeEvent(event)
        before = self._layout.columns
        self._lay_out()
        if self._current is not None and before != self._layout.columns:
            self._bring_into_sight(self._current)
        self._show_empty()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    def _go(self, cell: Cell | None) -> None:
        if cell is None:
            return
        self._current = cell
        self._bring_into_sight(cell)
        self._tell()

    def _bring_into_sight(self, cell: Cell) -> None:
        """With the heading, where it is the first line of its street."""
        bar, rect, air = self.verticalScrollBar(), self._layout.rect(cell), theme.unit(10)
        top = self._layout.heading(cell.street).top() if cell.house < self._layout.columns else rect.top()
        if top - air < bar.value():
            bar.setValue(top - air)
        elif rect.bottom() + air > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() + air - self.viewport().height())

    def _tell(self) -> None:
        """The words of the current house are what a screen reader says."""
        self.setAccessibleDescription(self.in_words())
        self.viewport().update()
        self._show_empty()
        self.current_changed.emit()

    def _cell_at(self, event: QMouseEvent) -> Cell | None:
        point = event.position().toPoint()
        return self._layout.at(point.x(), point.y() + self.verticalScrollBar().value())

    def _lay_out(self) -> None:
        streets = self._board.streets if self._board else ()
        self._layout = Layout(streets, self._sizes(), max(1, self.viewport().width()))
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._layout.sizes.cell_height // 2)
        self.viewport().update()

    def _sizes(self) -> Sizes:
        line = self.fontMetrics().height()
        return Sizes(
            theme.unit(CELL_WIDTH), 2 * line + theme.unit(12), line + theme.unit(14), theme.unit(6), theme.unit(10),
            theme.unit(12),
        )  # fmt: skip

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(QRect(0, 0, self.viewport().width(), self.viewport().height()))
            self._empty.setVisible(self._current is None)
