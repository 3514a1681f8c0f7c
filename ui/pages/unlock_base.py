"""What the forms of the first page share: a calm sentence, a main button that can wait, and a way back."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.register import MIN_PASSPHRASE
from resources.i18n import _, ngettext
from ui import key_words, theme
from ui.widgets.passphrase_field import PassphraseField


class Form(QWidget):
    """`other` asks for the other form. After wrong tries the main button counts down (`wait_for`)."""

    other = Signal()

    def __init__(self, action: str, other: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.unit(10))
        self.message = QLabel()
        self.message.setWordWrap(True)
        theme.dress(self.message, "hint", "warning")
        self.caps = QLabel(_("Caps Lock is on"))
        theme.dress(self.caps, "small")
        self._action, self._until = action, 0.0
        self._ticking = QTimer(self, interval=250)
        self._ticking.timeout.connect(self._tick)
        self.button, self.switch = QPushButton(action), QPushButton(other)
        theme.dress(self.button, "primary")
        theme.dress(self.switch, "link")
        self.button.setDefault(True)
        self.button.clicked.connect(self.submit)
        self.switch.clicked.connect(self.other)

    def finish(self) -> None:
        """Put the foot of the form under what was added to `column`."""
        buttons = QHBoxLayout()
        buttons.addWidget(self.switch)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        self.column.addWidget(self.caps)
        self.column.addWidget(self.message)
        self.column.addSpacing(theme.unit(4))
        self.column.addLayout(buttons)
        self.caps.hide()
        self.say("")

    def passphrase_field(self, name: str) -> PassphraseField:
        field = PassphraseField(name)
        field.caps_seen.connect(self.caps.setVisible)
        field.submitted.connect(self.enter)
        return field

    def labelled(self, words: str, field: QWidget, row: QHBoxLayout | None = None) -> QLabel:
        """A field (or the row it stands in) with its label close above."""
        together, label = QVBoxLayout(), QLabel(words)
        together.setSpacing(theme.unit(3))
        label.setBuddy(field)
        together.addWidget(label)
        if row is None:
            together.addWidget(field)
        else:
            together.addLayout(row)
        if isinstance(field, QLineEdit):
            field.setAccessibleName(words)
        self.column.addLayout(together)
        return label

    def wipe(self) -> None:
        """Forget the secrets that were typed."""
        for field in self.findChildren(PassphraseField):
            field.line.clear()

    def submit(self) -> None:
        raise NotImplementedError

    def enter(self) -> None:
        """The Enter key does what the button does, and waits as it does."""
        if self.button.isEnabled():
            self.submit()

    def begin(self) -> None:
        self.say("")

    def wrong_passphrase(self, passphrase: PassphraseField, again: PassphraseField) -> tuple[QWidget, str] | None:
        """Which of a new passphrase and its repetition cannot be used, and what to do about it."""
        if len(passphrase.text().strip()) < MIN_PASSPHRASE:
            return passphrase, key_words.at_least()
        if passphrase.text() != again.text():
            return again, _("The two passphrases differ. Type the second one again.")
        return None

    def say(self, text: str) -> None:
        """A calm sentence above the buttons; "" takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        if text:
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """With large text on a small screen the page scrolls: what was just said comes into view."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.message.isVisible():
            area.ensureWidgetVisible(self.message)

    def try_again(self) -> None:
        """After a refusal: put the cursor where the mistake probably is."""

    def busy(self, words: str) -> None:
        """Say what is under way; "" ends it. Nothing can be submitted twice."""
        self.setEnabled(not words)
        self.button.setText(words or self._action)
        if words:
            self.say("")

    def name_action(self, words: str) -> None:
        """What the main button does now."""
        self._action = words
        self._tick()

    def wait_for(self, seconds: float) -> None:
        """Let nothing be tried for so many seconds; the button counts them down."""
        self._until = time.monotonic() + seconds
        self._tick()

    def _tick(self) -> None:
        left = math.ceil(self._until - time.monotonic())
        self.button.setEnabled(left <= 0)
        if left > 0:
            self.button.setText(ngettext("Try again in {n} s", "Try again in {n} s", left).format(n=left))
            self._ticking.start()
        else:
            self.button.setText(self._action)
            self._ticking.stop()
