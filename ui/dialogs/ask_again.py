"""When to ask again, and who: a day, a time, a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from coordinator.domain.days import moment_of, read_clock, split_turn
from coordinator.domain.decision import Again
from coordinator.domain.names import clean
from coordinator.errors import UserError
from resources.i18n import _
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.widgets.day_field import DayField

MORNING = "09:00"


class AskAgainDialog(QDialog):
    """`then(Again)` with what was chosen; call `accept()` once it is saved, or `refuse(error)`."""

    def __init__(self, context: PageContext, households: int, then: Callable[[Again], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(_("Ask again"))
        heading = QLabel(_("Ask again: {households}").format(households=texts.households(households)))
        theme.dress(heading, "heading")
        self.day = DayField(_("Day"), context.session.today(), empty=_("no date: the list decides"))
        self.time, self.by = QLineEdit(MORNING), QLineEdit()
        self.time.setAccessibleName(_("Time, Kyiv"))
        self.by.setAccessibleName(_("Who"))
        self.by.setPlaceholderText(_("anyone"))
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        theme.dress(self.fault, "notice", "warning")
        self.fault.hide()
        form = QFormLayout()
        for name, field in ((_("Day"), self.day), (_("Time, Kyiv"), self.time), (_("Who"), self.by)):
            form.addRow(name, field)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(380))
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(self._buttons())
        actions.make(self, "form.save", self.save)
        self.day.edit.setText("+1")
        self.day.edit.selectAll()
        self.day.setFocus()

    def save(self) -> None:
        try:
            self._then(self._read())
        except UserError as error:
            self.refuse(error)

    def refuse(self, error: UserError) -> None:
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _read(self) -> Again:
        day = self.day.day()
        if day is None and self.day.edit.text().strip():
            raise UserError("setting.day", value=self.day.edit.text().strip())
        if day is None:
            return Again()
        text, turn = split_turn(self.time.text())
        minutes = read_clock(text)
        if minutes is None:
            raise UserError("time.unreadable", value=text)
        return Again(moment_of(day, minutes, turn), clean(self.by.text()))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box
