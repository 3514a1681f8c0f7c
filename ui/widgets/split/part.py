"""What one part of a split family says and takes along: its head, its decision, its animals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from coordinator.domain.decision import Decision, Said
from coordinator.domain.names import clean
from coordinator.domain.person import Person
from resources.i18n import _
from ui import texts, theme
from ui.signs import DECISION_SIGNS
from ui.widgets.day_field import DayField
from ui.widgets.decide.choices import ORDER
from ui.widgets.decide.details import HAPPENED
from ui.widgets.household.escorts import person_name

AS_NOW = ""


class PartFields(QWidget):
    """`changed` when head or decision is another."""

    changed = Signal()

    def __init__(self, name: str, near: date, pets: str) -> None:
        super().__init__()
        self.head, self.choice = QComboBox(), QComboBox()
        self._picked = ""
        self.day = DayField(_("Day"), near, empty=_("as soon as possible"))
        self.reason, self.pets = QLineEdit(), QLineEdit(pets)
        self.reason.setPlaceholderText(_("reason"))
        self.choice.addItem(_("As it is now"), AS_NOW)
        for one in ORDER:
            if one not in HAPPENED:
                icon, role = DECISION_SIGNS[one]
                self.choice.addItem(theme.icon(icon, role), texts.label(one), one.value)
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for caption, field in (
            (_("Head"), self.head), (_("Decision"), self.choice), (_("On or before"), self.day),
            (_("Reason"), self.reason), (_("Pets"), self.pets),
        ):  # fmt: skip
            form.addRow(caption, field)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMinimumContentsLength(12)
            if isinstance(field, QComboBox | QLineEdit):
                field.setAccessibleName(f"{name}: {caption}")
        self.choice.currentIndexChanged.connect(lambda _place: self._show())
        self.head.activated.connect(self._pick)
        self._show()

    def said(self) -> Said | None:
        code = self.choice.currentData()
        if code == AS_NOW:
            return None
        decision = Decision(code)
        wants = self.day.day() if decision is Decision.WANTS_PICKUP else None
        return Said(decision, wants, clean(self.reason.text()) if decision is Decision.REFUSED else "")

    def choose(self, said: Said) -> None:
        self.choice.setCurrentIndex(max(0, self.choice.findData(said.decision.value)))
        self.day.set_day(said.wants_on)
        self.reason.setText(said.reason)

    def offer_heads(self, people: Sequence[Person], proposed: str | None) -> None:
        """Who can be the head; whoever was chosen stays it while they are here."""
        chosen = self._picked
        self.head.clear()
        for person in people:
            self.head.addItem(person_name(person), person.id)
        kept = self.head.findData(chosen)
        self.head.setCurrentIndex(kept if kept >= 0 else max(0, self.head.findData(proposed)))

    def _pick(self) -> None:
        self._picked = self.head.currentData()
        self.changed.emit()

    def _show(self) -> None:
        code = self.choice.currentData()
        self._form.setRowVisible(self.day, code == Decision.WANTS_PICKUP.value)
        self._form.setRowVisible(self.reason, code == Decision.REFUSED.value)
        self.changed.emit()
