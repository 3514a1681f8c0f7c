"""An editor over a cell and the sentence beside it. Both stay with their cell while the table scrolls or is reread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme
from ui.tables.sheet.view import Cell, SheetView

LEAST_WIDTH = 120
LEAST_LIST = 240
SENTENCE = 340
READ_MS = 6000
"""How long a sentence stays beside a cell that is not being edited."""


class Bubble(QLabel):
    """A sentence under a cell."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view.viewport())
        self.setWordWrap(True)
        self.setMargin(theme.unit(5))
        self.hide()
        self._wait = QTimer(self, interval=READ_MS, singleShot=True)
        self._wait.timeout.connect(self.hide)

    def say(self, text: str, kind: str, over: QRect, *, passing: bool = False) -> None:
        """`kind` as a badge has it. `over`: the cell or its editor, in the viewport. `passing`: gone after a while."""
        self._wait.stop()
        if not text:
            self.hide()
            return
        theme.dress(self, "bubble", kind)
        self.setText(text)
        self.setFixedWidth(min(theme.unit(SENTENCE), self.fontMetrics().horizontalAdvance(text) + theme.unit(24)))
        self.adjustSize()
        self.stand_by(over)
        self.show()
        self.raise_()
        if passing:
            self._wait.start()

    def stand_by(self, over: QRect) -> None:
        """Below the cell, or above it where there is no room."""
        room = self.parentWidget().rect()
        below = over.bottom() + 2
        top = below if below + self.height() <= room.bottom() else over.top() - self.height() - 2
        left = max(0, min(over.left(), room.right() - self.width()))
        self.move(left, max(0, top))


class CellFrame(QObject):
    """Keeps `editor` over `cell`. The cell may be sorted elsewhere or filtered out meanwhile: the editor then stays."""

    def __init__(self, view: SheetView, cell: Cell, editor: Any, height: int = 0) -> None:
        super().__init__(view)
        self.cell, self.editor = cell, editor
        self._view, self._height = view, height
        self._last = QRect()
        bars = view.verticalScrollBar(), view.horizontalScrollBar()
        self._watched = [bar.valueChanged for bar in bars]
        self._watched += [view.rows.modelReset, view.header.sectionResized, view.header.sectionMoved]
        for signal in self._watched:
            signal.connect(self.place)
        self.place()

    def place(self, *_what: object) -> None:
        index = self._view.place(self.cell)
        if index.isValid():
            self._last = self._view.visualRect(index)
        room = self._view.viewport().rect()
        width = max(self._last.width(), theme.unit(LEAST_LIST if self._height else LEAST_WIDTH))
        height = max(self._height, self._last.height())
        left = max(0, min(self._last.left(), room.right() - width))
        top = self._last.top() if self._last.top() + height <= room.bottom() else max(0, room.bottom() - height)
        self.editor.setGeometry(left, top, width, height)

    def rect(self) -> QRect:
        """Where the editor stands, in the viewport."""
        return QRect(self.editor.geometry())

    def close(self) -> None:
        for signal in self._watched:
            signal.disconnect(self.place)
        editor: QWidget = self.editor
        editor.blockSignals(True)
        if editor.hasFocus():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()
        self.deleteLater()
