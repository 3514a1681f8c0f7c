"""How many copies of each list, and for whom: the first is the driver's."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from resources.i18n import _
from ui import theme

MOST = 5


class CopiesRow(QWidget):
    """A number, and for more than one copy a line for whom the others are, divided by commas."""

    def __init__(self) -> None:
        super().__init__()
        self.number = QSpinBox()
        self.number.setRange(1, MOST)
        self.number.setAccessibleName(_("Copies of each list"))
        self.whom = QLineEdit()
        self.whom.setAccessibleName(_("For whom the other copies are"))
        self.whom.setPlaceholderText(_("For whom the others are, divided by commas"))
        self.whom.setEnabled(False)
        self.whom.setToolTip(_("With one copy: the driver's"))
        self.number.valueChanged.connect(self._numbered)
        label = QLabel(_("Copies of each list"))
        label.setBuddy(self.number)
        theme.dress(label, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.number)
        row.addWidget(self.whom, 1)

    def copies(self) -> tuple[str, ...]:
        """ "" for the driver, and where nobody is named."""
        named = [part.strip() for part in self.whom.text().split(",") if part.strip()]
        others = self.number.value() - 1
        return ("", *(named + [""] * others)[:others])

    def _numbered(self, number: int) -> None:
        self.whom.setEnabled(number > 1)
        self.whom.setToolTip("" if number > 1 else _("With one copy: the driver's"))
