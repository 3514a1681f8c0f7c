"""One settlement for several households."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from resources.i18n import _
from ui import texts, theme
from ui.widgets.settlement_field import Chosen, Places, SettlementField

WIDTH = 380


class ChooseSettlementDialog(QDialog):
    """`then(Chosen)` with what stands in the field; text that is not in the gazetteer is said to be so before."""

    def __init__(self, places: Places, households: int, then: Callable[[Chosen], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(_("Settlement"))
        heading = QLabel(_("Settlement of {households}").format(households=texts.households(households)))
        theme.dress(heading, "heading")
        self.field = SettlementField(_("Choose the settlement"))
        self.field.use(places)
        self.remark = QLabel()
        self.remark.setWordWrap(True)
        theme.dress(self.remark, "muted")
        self.field.weighed.connect(lambda chosen: self.remark.setText(chosen.remark))
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(WIDTH))
        for part in (heading, self.field, self.remark, box):
            column.addWidget(part)

    def save(self) -> None:
        chosen = self.field.value()
        if not (chosen.id or chosen.text):
            self.remark.setText(_("Choose the settlement"))
            self.field.setFocus()
            return
        self._then(chosen)
