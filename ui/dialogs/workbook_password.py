"""The password of a protected workbook: asked calmly, used once, kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import theme
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.safety.card import words

WIDTH = 460
TRIES = 3


class WorkbookPasswordDialog(QDialog):
    """`submitted(password)`. The owner reads the file, then calls `accept`, or `refuse` while tries are left."""

    submitted = Signal(str)

    def __init__(self, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._file, self.tried = file, 0
        self.setWindowTitle(_("Password of a workbook"))
        self.setMinimumWidth(theme.unit(WIDTH))
        self.field = PassphraseField(_("Password"))
        self.message, self._caps = words("hint"), words("hint", _("Caps Lock is on"))
        self.open_button = QPushButton(_("Open the workbook"))
        theme.dress(self.message, "hint", "warning")
        theme.dress(self.open_button, "primary")
        self._lay_out(sentence("import.password", {"file": file}))
        self.field.line.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text)))
        self.field.caps_seen.connect(self._tell_caps)
        self.field.setFocus()

    @property
    def spent(self) -> bool:
        """No try is left."""
        return self.tried >= TRIES

    def submit(self) -> None:
        if self.field.text() and self.field.isEnabled():
            self.wait(True)
            self.submitted.emit(self.field.text())

    def wait(self, waiting: bool) -> None:
        """While the file is read nothing can be typed; Cancel stays."""
        self.field.setEnabled(not waiting)
        self.open_button.setEnabled(not waiting and bool(self.field.text()))

    def refuse(self) -> None:
        """The password was wrong: say so and how many tries are left."""
        self.tried += 1
        left = TRIES - self.tried
        more = ngettext("{n} try is left.", "{n} tries are left.", left).format(n=left)
        self.message.setText(f"{sentence('import.wrong_password', {'file': self._file})} {more}")
        self.message.show()
        self.wait(False)
        self._grow()
        self.field.line.selectAll()
        self.field.setFocus()

    def done(self, result: int) -> None:
        self.field.line.clear()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grow()

    def _tell_caps(self, on: bool) -> None:
        self._caps.setVisible(on)
        self._grow()

    def _grow(self) -> None:
        """Room for all the words; a dialog does not take it by itself when a line that wraps appears."""
        column = self.layout()
        if column is not None:
            column.activate()
            self.resize(self.width(), max(self.height(), column.totalHeightForWidth(self.width())))

    def _lay_out(self, asked: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addWidget(words("", asked))
        label = QLabel(_("Password"))
        label.setBuddy(self.field.line)
        for part in (label, self.field, self._caps, self.message):
            column.addWidget(part)
        self._caps.hide()
        self.message.hide()
        column.addWidget(words("muted", _("It is used for this reading only and is not saved.")))
        box = QDialogButtonBox()
        box.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        self.open_button.setDefault(True)
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self.submit)
        box.rejected.connect(self.reject)
        column.addWidget(box)
