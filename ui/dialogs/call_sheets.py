"""How many households go onto call sheets, and for how many callers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from resources.i18n import _, ngettext
from ui import actions, theme

MOST_CALLERS = 30
A_MORNING = 25
"""Households that one caller reaches in a morning, to begin with."""


class CallSheetsDialog(QDialog):
    """`wanted(ids, callers)`. `chosen` are the ids selected, `shown` all that the list shows, in its order."""

    wanted = Signal(object, int)

    def __init__(self, chosen: Sequence[str], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        several = len(chosen) > 1
        self._ids = list(chosen if several else shown)
        self.setWindowTitle(_("Call sheets"))
        chosen_words, top_words = _("Call sheets of the selected households"), _("Call sheets from the top of the list")
        heading = QLabel(chosen_words if several else top_words)
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        self.callers, self.each = QSpinBox(), QSpinBox()
        self.callers.setRange(1, MOST_CALLERS)
        self.each.setRange(1, max(1, len(self._ids)))
        self.each.setValue(len(self._ids) if several else A_MORNING)
        for box, name in ((self.callers, _("Callers")), (self.each, _("Households for each"))):
            box.setAccessibleName(name)
            theme.inset(box)
        self.words = QLabel()
        theme.dress(self.words, "muted")
        form = QFormLayout()
        form.addRow(_("Callers"), self.callers)
        form.addRow(_("Households for each, at most"), self.each)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(380))
        for part in (heading, form, self.words, self._buttons()):
            column.addLayout(part) if isinstance(part, QFormLayout) else column.addWidget(part)
        for box in (self.callers, self.each):
            box.valueChanged.connect(lambda _value: self._say())
        actions.make(self, "form.save", self.save)
        self._say()
        self.callers.setFocus()
        self.callers.selectAll()

    def ids(self) -> list[str]:
        """Those who go onto the sheets."""
        return self._ids[: self.callers.value() * self.each.value()]

    def save(self) -> None:
        self.wanted.emit(self.ids(), self.callers.value())
        self.accept()

    def _say(self) -> None:
        sheets = ngettext("{n} sheet", "{n} sheets", self.callers.value()).format(n=self.callers.value())
        n = len(self.ids())
        households = ngettext("{n} household, dealt out in turn", "{n} households, dealt out in turn", n).format(n=n)
        self.words.setText(_("{sheets}: {households}").format(sheets=sheets, households=households))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        preview = box.addButton(_("Preview"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(preview, "primary")
        preview.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box
