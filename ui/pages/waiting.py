"""Stands in the window while there is no register to show: a sentence, a moving bar, and why it takes long."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from ui import theme

BAR_WIDTH = 260
WORDS_WIDTH = 520


class WaitingPage(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        theme.dress(self, "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        label, bar, self.why = QLabel(text), QProgressBar(), QLabel()
        theme.dress(label, "heading")
        for words in (label, self.why):
            words.setWordWrap(True)
            words.setFixedWidth(theme.unit(WORDS_WIDTH))
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(theme.unit(BAR_WIDTH))
        bar.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(14))
        column.addStretch(1)
        for part in (label, bar, self.why):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say_held(self, text: str) -> None:
        """Why it takes so long; "" takes it away."""
        self.why.setText(text)
