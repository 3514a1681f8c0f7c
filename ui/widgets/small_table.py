"""A table of a few dozen lines at most: read with the arrow keys, ticked with Space, and with cells to type into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui import theme
from ui.tables.view import ROW_AIR


@dataclass(frozen=True, slots=True)
class Part:
    """One cell. `icon` and `role` (of the theme) give its mark, `tip` says it in words. `typed`: may be typed into.

    `ticked`: None where there is nothing to tick. `wide`: it takes the whole line.
    """

    text: str
    icon: str = ""
    role: str = ""
    tip: str = ""
    typed: bool = False
    ticked: bool | None = None
    strong: bool = False
    wide: bool = False


class SmallTable(QTableWidget):
    """`ticked(line, on)` when somebody ticks one; `edited(line, column, text)` when they typed something new."""

    ticked = Signal(int, bool)
    edited = Signal(int, int, str)

    def __init__(self, titles: Sequence[str], widths: Sequence[int], name: str, parent: QWidget | None = None) -> None:
        """`widths` in characters; the last column takes what is left."""
        super().__init__(0, len(titles), parent)
        self._shown: list[Sequence[Part]] = []
        self._widths = tuple(widths)
        self._later: Sequence[Sequence[Part]] | None = None
        self._showing = False
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(self._changed)
        self._fit_to_font()

    def show_lines(self, lines: Sequence[Sequence[Part]]) -> None:
        """Show these lines; the current place stays. While somebody types in a cell, they wait for the end of it."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._later = lines
            return
        self._later = None
        at = (self.currentRow(), self.currentColumn())
        self._showing, self._shown = True, list(lines)
        self.clearSpans()
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            if line[0].wide:
                self.setSpan(row, 0, 1, self.columnCount())
            for column, part in enumerate(line):
                self.setItem(row, column, _item(part))
        self._showing = False
        if lines and at[0] >= 0:
            self.setCurrentCell(min(at[0], len(lines) - 1), max(0, at[1]))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._later is not None:
            self.show_lines(self._later)

    def toggle(self) -> None:
        """Tick or untick the current line."""
        row = self.currentRow()
        if 0 <= row < len(self._shown) and self._shown[row][0].ticked is not None:
            self.ticked.emit(row, not self._shown[row][0].ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not editing:
            self.type_into_line()
        else:
            super().keyPressEvent(event)

    def type_into_line(self) -> None:
        """Into the current cell, or into the one of its line that can be typed into."""
        row = self.currentRow()
        if not 0 <= row < len(self._shown):
            return
        typed = [column for column, part in enumerate(self._shown[row]) if part.typed]
        if typed and self.currentColumn() not in typed:
            self.setCurrentCell(row, typed[0])
        if typed:
            self.edit(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_to_font()

    def _changed(self, item: QTableWidgetItem) -> None:
        """What was typed is told, and shown again as it was: whoever hears of it shows what became of it."""
        if self._showing:
            return
        row, column = item.row(), item.column()
        part = self._shown[row][column]
        if part.ticked is not None and (item.checkState() is Qt.CheckState.Checked) != part.ticked:
            self.ticked.emit(row, not part.ticked)
        elif part.typed and item.text() != part.text:
            self.edited.emit(row, column, item.text())

    def _fit_to_font(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.unit(ROW_AIR - 4))
        letter = self.fontMetrics().averageCharWidth()
        for column, width in enumerate(self._widths):
            title = self.horizontalHeader().sectionSizeHint(column)
            self.setColumnWidth(column, max(width * letter + theme.unit(14), title))


def _item(part: Part) -> QTableWidgetItem:
    item = QTableWidgetItem(part.text)
    flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
    if part.typed:
        flags |= Qt.ItemFlag.ItemIsEditable
    item.setFlags(flags)
    if part.ticked is not None:
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if part.ticked else Qt.CheckState.Unchecked)
    if part.icon:
        item.setIcon(theme.icon(part.icon, part.role or "muted"))
    if part.role:
        item.setForeground(theme.color(part.role))
    if part.strong:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
    item.setToolTip(part.tip or part.text)
    if part.tip:
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, part.tip)
    return item
