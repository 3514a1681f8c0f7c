"""Which phone goes with which part of the family: each may have both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from coordinator.domain.household import Contact
from coordinator.domain.phones import show_phone
from resources.i18n import _
from ui import theme


class PhoneBoxes(QWidget):
    def __init__(self, contacts: Sequence[Contact]) -> None:
        super().__init__()
        self.leave: list[QCheckBox] = []
        self.stay: list[QCheckBox] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.unit(16))
        grid.setColumnStretch(3, 1)
        for row, contact in enumerate(contacts):
            shown = show_phone(contact.e164) if contact.e164 else contact.raw
            label = QLabel(f"{shown} ({contact.note})" if contact.note else shown)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            grid.addWidget(label, row, 0)
            for column, (boxes, words) in enumerate(((self.leave, _("leave")), (self.stay, _("stay"))), start=1):
                box = QCheckBox(words)
                box.setChecked(True)
                box.setAccessibleName(f"{shown}: {words}")
                boxes.append(box)
                grid.addWidget(box, row, column)

    def chosen(self) -> tuple[frozenset[int], frozenset[int]]:
        """Places of the phones of those who leave, and of those who stay."""
        return _ticked(self.leave), _ticked(self.stay)


def _ticked(boxes: Sequence[QCheckBox]) -> frozenset[int]:
    return frozenset(place for place, box in enumerate(boxes) if box.isChecked())
