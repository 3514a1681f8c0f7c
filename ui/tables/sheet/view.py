"""The view of a table whose cells are edited: keys as in a spreadsheet, cells selected, the current row marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import actions, theme
from ui.tables.clipboard import put_on_clipboard
from ui.tables.model import TableModel
from ui.tables.view import TableView

Index = QModelIndex | QPersistentModelIndex
SEMICOLONS = frozenset({Qt.Key.Key_Semicolon, ord("Ж")})
"""One key on both keyboards."""
_FLAGS = QItemSelectionModel.SelectionFlag


class Cell(NamedTuple):
    """A cell by what stays the same when the table is sorted: the id of its record and the key of its column."""

    row_id: str
    column: str


class SheetView(TableView):
    """`edit_wanted(text)`: the current cell is to be edited, with this text where one began to type, else None.

    `clear_wanted`, `fill_wanted`, `today_wanted`, `paste_wanted` are about the selected cells. Enter and Tab move the
    cursor.
    """

    draft_kind = "cell"
    under_way = False
    edit_wanted = Signal(object)
    clear_wanted = Signal()
    fill_wanted = Signal()
    today_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, model: TableModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._whole = _FLAGS.NoUpdate
        self.draft_of: Callable[[], dict[str, Any]] = dict
        """Gives text that is being typed into a cell; set by whoever edits."""
        self._draft_waits: Mapping[str, Any] = {}
        model.modelReset.connect(self._go_on)
        self.setItemDelegate(_RowMarking(self))
        self.doubleClicked.disconnect()
        self.doubleClicked.connect(lambda _index: self.edit_wanted.emit(None))
        actions.make(self, "cell.fill", self.fill_wanted.emit)
        actions.make(self, "cell.today", self.today_wanted.emit)
        actions.make(self, "cell.paste", self.paste_wanted.emit)
        actions.make(self, "cell.clear", self.clear_wanted.emit)
        actions.make(self, "cell.row", self.select_rows)
        actions.make(self, "table.copy_rows", self.copy_rows)

    def draft(self) -> dict[str, Any]:
        return dict(self._draft_waits) or self.draft_of()

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        """Text of this cell was not finished: it is typed into it again, as soon as its row is there."""
        self._draft_waits = fields
        self._go_on()

    def _go_on(self) -> None:
        fields = self._draft_waits
        index = self.place(Cell(fields["household"], fields["column"])) if fields else QModelIndex()
        if index.isValid():
            self._draft_waits = {}
            self.go_to(index)
            self.edit_wanted.emit(fields["text"])

    def visible_columns(self) -> list[int]:
        """In the order in which they stand."""
        found = [self.header.logicalIndex(place) for place in range(self.header.count())]
        return [column for column in found if not self.isColumnHidden(column)]

    def cell(self, index: Index) -> Cell:
        return Cell(self.rows.row_id(index.row()), self.rows.columns[index.column()].key)

    def place(self, cell: Cell) -> QModelIndex:
        """Where a cell is shown; invalid where it is not."""
        row = self.rows.row_of(cell.row_id)
        column = next((n for n, one in enumerate(self.rows.columns) if one.key == cell.column), -1)
        if row is None or column < 0 or self.isColumnHidden(column):
            return QModelIndex()
        return self.rows.index(row, column)

    def block(self) -> tuple[list[int], list[int]]:
        """Rows and visible columns of the smallest block that holds all selected cells; empty without any."""
        ranges = self.selectionModel().selection().toList()
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        chosen = {column for one in ranges for column in range(one.left(), one.right() + 1)}
        return rows, [column for column in self.visible_columns() if column in chosen]

    def move(self, down: int = 0, right: int = 0) -> bool:
        """Move the cursor by cells that are seen; False where there is no further one."""
        index = self.currentIndex()
        columns = self.visible_columns()
        if not index.isValid() or index.column() not in columns:
            return False
        row, place = index.row() + down, columns.index(index.column()) + right
        if not (0 <= row < self.rows.rowCount() and 0 <= place < len(columns)):
            return False
        self.go_to(self.rows.index(row, columns[place]))
        return True

    def go_to(self, index: QModelIndex) -> None:
        """Make this cell current and the only one that is selected."""
        self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect)
        self.scrollTo(index)

    def select_rows(self) -> None:
        """The whole rows of the selected cells."""
        self.selectionModel().select(self.selectionModel().selection(), _FLAGS.Select | _FLAGS.Rows)

    def copy(self) -> None:
        """The selected cells as they are shown, without titles: pasted here or in a worksheet they keep their place."""
        rows, columns = self.block()
        lines = [[self.rows.text(row, column) for column in columns] for row in rows]
        self._give_out(rows, lambda: put_on_clipboard(lines))

    def copy_rows(self) -> None:
        """The selected rows with all visible columns and their titles, for a new worksheet."""
        super().copy()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell, and out of the table behind the last column or before the first."""
        return (self.hasFocus() and self.move(right=1 if forward else -1)) or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.move(down=-1 if shifted else 1)
        elif event.key() == Qt.Key.Key_Backspace and plain:
            self.edit_wanted.emit("")
        elif plain and event.text() and event.text().isprintable() and not event.text().isspace():
            self.edit_wanted.emit(event.text())
        elif event.key() in SEMICOLONS and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.today_wanted.emit()
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.doubleClicked.emit(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()


class _RowMarking(QStyledItemDelegate):
    """The row of the cursor has a ground of its own: the panel beside the table shows that record."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if index.row() == self._view.currentIndex().row() and not selected:
            painter.fillRect(option.rect, theme.color("accent_soft"))
        super().paint(painter, option, index)
