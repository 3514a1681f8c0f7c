"""A field for a passphrase: hidden at first, an eye shows it, and a word when Caps Lock seems to be on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from resources.i18n import _
from ui import theme


class PassphraseField(QWidget):
    """`caps_seen(bool)` at each typed letter: capital without Shift, or small with it, means Caps Lock is on."""

    caps_seen = Signal(bool)
    submitted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line(self.caps_seen)
        self.line.setAccessibleName(name)
        self.line.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.line)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        theme.dress(self.eye, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(4))
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        self._show(False)

    def text(self) -> str:
        return self.line.text()

    def _show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.eye.setIcon(theme.icon("eye-off" if on else "eye", "muted"))
        words = _("Hide the passphrase") if on else _("Show the passphrase")
        self.eye.setAccessibleName(words)
        self.eye.setToolTip(words)


class _Line(QLineEdit):
    def __init__(self, caps_seen: SignalInstance) -> None:
        super().__init__()
        self._caps_seen = caps_seen
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps_seen.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)
