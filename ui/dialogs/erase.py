"""Erasing the register: said plainly, and done only when its name was typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.services.erasing import Erased
from resources.i18n import _
from ui import privacy_words, texts, theme
from ui.widgets.safety.card import words

WIDTH = 520


class EraseDialog(QDialog):
    """`submitted(typed name)`. Close it with `accept` once it is done, or `refuse`."""

    submitted = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setWindowTitle(_("Erase this register"))
        self.setMinimumWidth(theme.unit(WIDTH))
        self.typed, self.message, self.others = QLineEdit(), words("hint"), words("strong")
        self.typed.setAccessibleName(_("The register's name"))
        self.erase = QPushButton(_("Erase for ever"))
        theme.dress(self.message, "hint", "warning")
        self.message.hide()
        self.others.hide()
        self._lay_out(name)
        self.typed.textChanged.connect(lambda _text: self._allow())
        self.typed.setFocus()
        self._allow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window does not ask how high its wrapped sentences are; this one must not cut any."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.layout().heightForWidth(self.width()))

    def refuse(self, error: UserError) -> None:
        """It was not done: say why. Nothing is changed."""
        self.message.setText(texts.error_text(error))
        self.message.show()
        self._allow()

    def name_others(self, folders: Sequence[Path]) -> None:
        """Registers that the same passphrases open and that will stay."""
        stay = _("These stay, since somebody works or has worked in them:")
        self.others.setText("\n".join([stay, *map(str, folders)]))
        self.others.setVisible(bool(folders))

    def _lay_out(self, name: str) -> None:
        heading = QLabel(_("Erase the register “{name}” for ever?").format(name=name))
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addWidget(heading)
        goes = _("Its keys are destroyed first, then the data, its copies here and those in the second place.")
        column.addWidget(words("", goes))
        column.addWidget(words("", _("Nobody can open it afterwards: no passphrase, no recovery code, no repair.")))
        column.addWidget(self.others)
        column.addWidget(words("muted", limits()))
        label = QLabel(_("Type its name, {name}, to go on:").format(name=name))
        label.setWordWrap(True)
        label.setBuddy(self.typed)
        column.addWidget(label)
        column.addWidget(self.typed)
        column.addWidget(self.message)
        column.addStretch(1)
        box = QDialogButtonBox()
        stay = box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        # Enter does nothing until the whole name stands there.
        stay.setAutoDefault(False)
        self.erase.setDefault(True)
        box.addButton(self.erase, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self._submit)
        box.rejected.connect(self.reject)
        column.addWidget(box)

    def _allow(self) -> None:
        right = self.typed.text().strip() == self._name
        self.erase.setEnabled(right)
        self.erase.setToolTip("" if right else _("Type the name first."))
        theme.dress(self.erase, "danger" if right else "")

    def _submit(self) -> None:
        self.erase.setEnabled(False)
        self.message.hide()
        self.submitted.emit(self.typed.text())


def limits() -> str:
    """What erasing cannot do."""
    return _(
        "Not reached are copies in other places, a stick that is not plugged in, papers and exported workbooks. "
        "A disk may keep old blocks, also of the keys: where somebody has the passphrase too, only destroying the "
        "disk is certain."
    )


@runtime_checkable
class _Lockable(Protocol):
    """The window, as far as it is needed here."""

    def lock(self) -> object: ...


def leave_erased(window: QWidget, erased: Erased) -> None:
    """Go where registers are opened, and say there what became of it."""
    if isinstance(window, _Lockable):
        window.lock()
    page = getattr(window, "unlock_page", None)
    if page is not None:
        page.say(erased_words(erased))


def erased_words(erased: Erased) -> str:
    return "\n".join(privacy_words.erased(erased))
