"""A line under a new passphrase that says in words how good it is. Nothing is looked up anywhere."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from coordinator.domain.passphrase import strength
from coordinator.register import MIN_PASSPHRASE
from ui import key_words, theme
from ui.widgets.passphrase_field import PassphraseField


class PassphraseHint(QLabel):
    def __init__(self, field: PassphraseField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setObjectName("strength")
        theme.dress(self, "small")
        field.line.textChanged.connect(self._look)
        self._look("")

    def _look(self, text: str) -> None:
        self.setText(key_words.strength_words(strength(text, MIN_PASSPHRASE)))
