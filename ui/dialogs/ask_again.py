"""When to ask again, and who: a day, a time, a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from coordinator.domain.decision import Again
from coordinator.errors import UserError
from resources.i18n import _
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.widgets.again_fields import AgainFields


class AskAgainDialog(QDialog):
    """`then(Again)` with what was chosen; call `accept()` once it is saved, or `refuse(error)`."""

    def __init__(self, context: PageContext, households: int, then: Callable[[Again], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(_("Ask again"))
        heading = QLabel(_("Ask again: {households}").format(households=texts.households(households)))
        theme.dress(heading, "heading")
        self.fields = AgainFields(context.session.today())
        self.day, self.time, self.by = self.fields.day, self.fields.time, self.fields.by
        self.day.say_empty(_("no date: the list decides"))
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
            self._then(self.fields.again())
        except UserError as error:
            self.refuse(error)

    def refuse(self, error: UserError) -> None:
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box
