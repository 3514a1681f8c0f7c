"""Somebody shows a confirmation, or reads it out over the phone: is it ours, and does it hold?"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.queries.confirmations import Checked, Standing, check_confirmation
from resources.i18n import _
from ui import theme
from ui.confirmation_words import checked_words
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip


class CheckConfirmationDialog(QDialog):
    """Nothing is written, and a wrong code is told no name."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("Check a confirmation"))
        self.number, self.code = QLineEdit(), QLineEdit()
        self.answer = Strip(Kind.INFO)
        self.check = QPushButton(_("Check"))
        theme.dress(self.check, "primary")
        self.check.setDefault(True)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self.check.clicked.connect(self.ask)
        self.number.setAccessibleName(_("Number of the confirmation"))
        self.code.setAccessibleName(_("Code of the confirmation"))
        self.code.setPlaceholderText("ABCD-EFGH")
        form, below, column = QFormLayout(), QHBoxLayout(), QVBoxLayout(self)
        form.addRow(_("Number of the confirmation"), self.number)
        form.addRow(_("Code of the confirmation"), self.code)
        below.addStretch(1)
        below.addWidget(close)
        below.addWidget(self.check)
        column.addLayout(form)
        column.addWidget(self.answer)
        column.addLayout(below)
        self.setMinimumWidth(theme.unit(460))

    def ask(self) -> None:
        digits = "".join(sign for sign in self.number.text() if sign.isdecimal())
        if not digits or not self.code.text().strip():
            self.answer.say(_("Enter the number and the code, as they stand in the frame on the paper."), Kind.INFO)
            return
        # A number of more digits than any that is given is simply not known.
        self._context.tasks.run_query(
            check_confirmation, self._context.session, int(digits[:15]), self.code.text(), done=self._show,
            key=(self, "check"),
        )  # fmt: skip

    def _show(self, found: Checked) -> None:
        kind = Kind.SUCCESS if found.standing is Standing.VALID else Kind.WARNING
        self.answer.say(checked_words(found), kind)
