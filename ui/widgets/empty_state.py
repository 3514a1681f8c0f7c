"""What an empty view shows: what would stand here, and the next step as a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme

ICON = 44


class EmptyState(QWidget):
    """An icon, a heading, one sentence and, where there is a next step, its button. Texts are translated already."""

    def __init__(
        self,
        icon: str,
        heading: str,
        text: str = "",
        *,
        step: str = "",
        then: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.unit(12), 0, theme.unit(12), 0)
        column.setSpacing(theme.unit(8))
        column.addStretch(1)
        self._mark, self._heading, self._text = QLabel(), QLabel(), QLabel()
        theme.dress(self._heading, "heading")
        theme.dress(self._text, "muted")
        for label in (self._mark, self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._mark)
            column.addWidget(label)
        self.button = QPushButton(step)
        theme.dress(self.button, "primary")
        if then is not None:
            self.button.clicked.connect(lambda: then())
        column.addSpacing(theme.unit(6))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._has_step = bool(step)
        self.button.setVisible(self._has_step)
        self.say(icon, heading, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the icon goes first, then the sentence; heading and button stay whole."""
        super().resizeEvent(event)
        room = self.height() - self._height_of(self._heading) - 4 * theme.unit(8)
        room -= self._height_of(self.button) if self._has_step else 0
        self._text.setVisible(bool(self._text.text()) and room >= self._height_of(self._text))
        room -= self._height_of(self._text) if self._text.text() else 0
        self._mark.setVisible(room >= self._height_of(self._mark))

    def _height_of(self, part: QWidget) -> int:
        wraps = part.heightForWidth(self.width() - 2 * theme.unit(12)) if part.hasHeightForWidth() else -1
        return max(wraps, part.sizeHint().height()) + theme.unit(8)

    def say(self, icon: str, heading: str, text: str = "") -> None:
        """Change the words, for example from "nothing recorded yet" to "nothing matches the filter"."""
        self._mark.setPixmap(theme.pixmap(icon, "muted", ICON))
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
