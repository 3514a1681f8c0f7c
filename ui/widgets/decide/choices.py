"""All decisions in a list, each with a digit."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from coordinator.domain.decision import Decision
from resources.i18n import _
from ui import texts, theme
from ui.signs import DECISION_SIGNS

ORDER = (
    Decision.NOT_ASKED, Decision.UNDECIDED, Decision.PREPARING, Decision.PACKED, Decision.WANTS_PICKUP,
    Decision.REFUSED, Decision.UNREACHABLE, Decision.LEFT_THEMSELVES, Decision.RETURNED, Decision.EVACUATED,
)  # fmt: skip
"""The digit of each is its place; the tenth has 0."""

_CODE = Qt.ItemDataRole.UserRole


class Choices(QListWidget):
    """`picked` when a digit has chosen one. `without`: what cannot be chosen here; the digits stay."""

    picked = Signal()

    def __init__(self, current: Decision, without: Collection[Decision] = ()) -> None:
        super().__init__()
        self.order = tuple(one for one in ORDER if one not in without)
        self.setAccessibleName(_("Decision"))
        self.setIconSize(QSize(theme.unit(17), theme.unit(17)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for decision in self.order:
            icon, role = DECISION_SIGNS[decision]
            key = (ORDER.index(decision) + 1) % 10
            words = _("{key}  {decision}").format(key=key, decision=texts.label(decision))
            item = QListWidgetItem(theme.icon(icon, role), words, self)
            item.setData(_CODE, decision.value)
        self.choose(current)
        rows = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth()
        self.setFixedHeight(rows + theme.unit(6))
        self.setMinimumWidth(self.sizeHintForColumn(0) + theme.unit(30))

    def decision(self) -> Decision:
        item = self.currentItem()
        return Decision(item.data(_CODE)) if item is not None else Decision.NOT_ASKED

    def choose(self, decision: Decision) -> None:
        self.setCurrentRow(self.order.index(decision) if decision in self.order else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and len(event.text()) == 1:
            decision = ORDER[(int(event.text()) - 1) % len(ORDER)]
            if decision in self.order:
                self.choose(decision)
                self.picked.emit()
        else:
            super().keyPressEvent(event)
