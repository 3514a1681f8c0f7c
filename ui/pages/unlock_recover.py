"""The form for a forgotten passphrase: the recovery code from paper, whose passphrase is set anew, and the new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from coordinator.recovery_code import complete
from coordinator.register import SUFFIX
from resources.i18n import _
from ui import key_words, theme
from ui.pages.unlock_base import Form
from ui.widgets.passphrase_hint import PassphraseHint


class RecoverForm(Form):
    """First `code_given(Path, code)`; once `show_people` was called, `recovered(Path, code, user id, passphrase)`."""

    code_given = Signal(object, str)
    recovered = Signal(object, str, str, str)

    def __init__(self) -> None:
        super().__init__(_("Check the code"), _("Back"))
        self._folder = Path()
        heading = QLabel(_("Forgotten passphrase"))
        theme.dress(heading, "heading")
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.code = QLineEdit()
        self.code.setPlaceholderText("7K2M-…")
        self.code.returnPressed.connect(self.enter)
        # Another code may belong to another paper: what was found with the first one no longer counts.
        self.code.textEdited.connect(lambda _text: self._show_second_half(False))
        hint = QLabel(_("Six groups of four. Spaces, dashes and small letters do not matter."))
        hint.setWordWrap(True)
        theme.dress(hint, "small")
        self.column.addWidget(heading)
        self.column.addWidget(self.about)
        self.labelled(_("Recovery code"), self.code)
        self.column.addWidget(hint)
        self.column.addWidget(self._second_half())
        self.finish()
        self._show_second_half(False)

    def start(self, folder: Path) -> None:
        """Begin anew for this register."""
        self._folder = folder
        name = folder.name.removesuffix(SUFFIX)
        self.about.setText(
            _("The recovery code of the register “{name}” stands on the paper that was printed for it.").format(
                name=name
            )
        )
        for line in (self.code, self.passphrase.line, self.again.line):
            line.clear()
        self._show_second_half(False)
        self.wait_for(0)

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """The code fits: ask whose passphrase is set anew."""
        self.people.clear()
        for user_id, name in people:
            self.people.addItem(key_words.person_name(name), user_id)
        self._show_second_half(True)
        (self.people if len(people) > 1 else self.passphrase).setFocus()

    def submit(self) -> None:
        if self._half.isHidden():
            self._give_code()
            return
        wrong = self.wrong_passphrase(self.passphrase, self.again)
        if wrong is None:
            self.recovered.emit(self._folder, self.code.text(), self.people.currentData(), self.passphrase.text())
        else:
            field, words = wrong
            self.say(words)
            field.setFocus()

    def begin(self) -> None:
        super().begin()
        self.code.setFocus()

    def try_again(self) -> None:
        self.code.setFocus()
        self.code.selectAll()

    def wipe(self) -> None:
        super().wipe()
        self.code.clear()

    def _give_code(self) -> None:
        if complete(self.code.text()):
            self.code_given.emit(self._folder, self.code.text())
        else:
            self.say(_("The code has six groups of four signs. Compare it with the paper."))
            self.code.setFocus()

    def _second_half(self) -> QWidget:
        """Shown once the code fits. Its fields stand in a column of their own."""
        whole, self._half = self.column, QWidget()
        self.column = QVBoxLayout(self._half)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(whole.spacing())
        self.people = QComboBox()
        self.people.setAccessibleName(_("Whose passphrase is set anew"))
        self.passphrase = self.passphrase_field(_("New passphrase"))
        self.again = self.passphrase_field(_("Passphrase once more"))
        self.labelled(_("Whose passphrase is set anew"), self.people)
        self.labelled(_("New passphrase"), self.passphrase)
        self.column.addWidget(PassphraseHint(self.passphrase))
        self.labelled(_("Passphrase once more"), self.again)
        self.column = whole
        return self._half

    def _show_second_half(self, on: bool) -> None:
        self._half.setVisible(on)
        self.name_action(_("Set the passphrase and open") if on else _("Check the code"))
