"""A card of the page "Safety": a heading, what there is to say, and a row of buttons that say why they are off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QVBoxLayout

from ui import theme
from ui.widgets.chips import FlowLayout

EDGE = 40
"""Pixels of the screen that a dialog leaves free."""


class Card(QFrame):
    """Words and strips go into `body`; buttons stand below them and wrap where there is no room."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        theme.dress(self, "card")
        title = QLabel(heading)
        theme.dress(title, "heading")
        self.body, self._buttons = QVBoxLayout(), FlowLayout(gap=8)
        self.body.setSpacing(theme.unit(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        column.addWidget(title)
        column.addLayout(self.body)
        column.addStretch(1)
        column.addLayout(self._buttons)

    def add_words(self, role: str = "") -> QLabel:
        """A label that wraps; its text can be selected and copied."""
        label = words(role)
        self.body.addWidget(label)
        return label

    def add_button(self, name: str, then: Callable[[], object], icon: str = "") -> QPushButton:
        button = QPushButton(name)
        if icon:
            button.setIcon(theme.icon(icon))
        button.clicked.connect(lambda: then())
        self._buttons.addWidget(button)
        return button


def words(role: str = "", text: str = "") -> QLabel:
    """A label that wraps, in plain text that can be selected by the mouse."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        theme.dress(label, role)
    return label


def allow(button: QPushButton, why_not: str) -> None:
    """Let it be pressed, or say in its tooltip why it cannot be."""
    button.setEnabled(not why_not)
    button.setToolTip(why_not)
    button.setAccessibleDescription(why_not)


def fit(dialog: QDialog, width: int, height: int) -> None:
    """So large at normal font size, grown with the font as far as the screen has room."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(theme.unit(width), room.width() - EDGE), min(theme.unit(height), room.height() - EDGE))
