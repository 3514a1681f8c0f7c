"""One figure of the dashboard: what it is, the number, its unit; a click opens the rows behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import texts, theme


class Figure(QFrame):
    """A card that works like a button: click, Enter or Space. `low` stands in half the height."""

    def __init__(
        self, title: str, *, then: Callable[[], object], low: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.dress(self, "card", "figure")
        self._title, self._then = title, then
        self._number, self._unit = QLabel("–"), QLabel()
        heading = QLabel(title)
        theme.dress(heading, "small")
        theme.dress(self._number, "title" if low else "figure")
        theme.dress(self._unit, "small")
        heading.setWordWrap(True)
        self._unit.setWordWrap(True)
        self._lay_out(heading, low)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)

    def _lay_out(self, heading: QLabel, low: bool) -> None:
        if not low:
            column = QVBoxLayout(self)
            column.setContentsMargins(*[theme.unit(12)] * 4)
            column.setSpacing(theme.unit(1))
            for part in (heading, self._number, self._unit):
                column.addWidget(part)
            column.addStretch(1)
            return
        row, words = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(theme.unit(12), theme.unit(7), theme.unit(12), theme.unit(7))
        row.setSpacing(theme.unit(12))
        words.setSpacing(0)
        words.addWidget(heading)
        words.addWidget(self._unit)
        row.addWidget(self._number)
        row.addLayout(words, 1)

    def say(self, number: int, unit: str) -> None:
        self._number.setText(texts.number(number))
        self._unit.setText(unit)
        self.setAccessibleDescription(f"{texts.number(number)} {unit}")

    def text(self) -> str:
        return self._number.text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._then()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._then()
        else:
            super().keyPressEvent(event)
