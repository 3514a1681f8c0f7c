"""What belongs to a decision: day, reason, form, obstacles, what would change it, who spoke, when to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from coordinator.domain.decision import GONE, Again, Decision, Obstacle, Said
from coordinator.domain.events import EventKind
from coordinator.domain.names import clean
from resources.i18n import N_, _
from ui import texts, theme
from ui.widgets.again_fields import AgainFields
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField
from ui.widgets.household.section import caption

WHEN: Mapping[Decision, str] = {
    Decision.WANTS_PICKUP: N_("On or before"),
    Decision.LEFT_THEMSELVES: N_("Left on"),
    Decision.RETURNED: N_("Came back on"),
    Decision.EVACUATED: N_("Taken out on"),
}
"""Decisions with a day, and what the day is called."""
HAPPENED = frozenset({Decision.LEFT_THEMSELVES, Decision.RETURNED, Decision.EVACUATED})
_NOT_TOLD = -1
NARROW = 400
"""Below this width captions stand above their fields."""


class Obstacles(QWidget):
    """One box a kind of obstacle."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What holds them back"))
        self.boxes = {one: QCheckBox(texts.label(one)) for one in Obstacle}
        flow = FlowLayout(self, gap=6)
        for box in self.boxes.values():
            flow.addWidget(box)

    def chosen(self) -> tuple[Obstacle, ...]:
        return tuple(one for one, box in self.boxes.items() if box.isChecked())

    def choose(self, obstacles: tuple[Obstacle, ...]) -> None:
        for one, box in self.boxes.items():
            box.setChecked(one in obstacles)


class Details(QWidget):
    """`fields`: the fields by name, for a draft. Shown are only those that belong to the decision."""

    def __init__(self, near: date, today: date, who: str) -> None:
        super().__init__()
        self.day = DayField(_("Day"), near, empty=_("as soon as possible"))
        self.reason, self.note, self.organisation = QLineEdit(), QLineEdit(), QLineEdit()
        self.would_change, self.spoke = QLineEdit(), QLineEdit()
        self.spoke.setPlaceholderText(who)
        self.form = QCheckBox(_("Form signed"))
        self.children = QSpinBox()
        self.children.setRange(_NOT_TOLD, 30)
        self.children.setSpecialValueText(_("not told"))
        self.children.setValue(_NOT_TOLD)
        theme.inset(self.children)
        self.by = QComboBox()
        for kind in (EventKind.OTHER_ORGANISATION, EventKind.BY_US):
            self.by.addItem(texts.label(kind), kind.value)
        self.obstacles, self.again = Obstacles(), AgainFields(today)
        self._refusal = self._across(self.form, caption(_("Children who stay"), self.children), self.children)
        self._form = self._lay_out()
        self.fields: dict[str, QWidget] = {
            "day": self.day, "reason": self.reason, "note": self.note, "by": self.by, "organisation": self.organisation,
            "would_change": self.would_change, "spoke": self.spoke, "form": self.form, "children": self.children,
            "again_day": self.again.day, "again_time": self.again.time, "again_by": self.again.by,
            **{one.value: box for one, box in self.obstacles.boxes.items()},
        }  # fmt: skip

    def said(self, decision: Decision) -> Said:
        """What stands here, as the word of `decision`; what does not belong to it is left out."""
        refused = decision is Decision.REFUSED
        told = self.children.value()
        return Said(
            decision,
            wants_on=self.day.day() if decision is Decision.WANTS_PICKUP else None,
            reason=clean(self.reason.text()) if refused else "",
            note=clean(self.note.text()),
            on=self.day.day() if decision in HAPPENED else None,
            form_signed=refused and self.form.isChecked(),
            children_stay=told if refused and told != _NOT_TOLD else None,
            holds_back=None if decision in GONE else self.obstacles.chosen(),
            would_change=None if decision in GONE else clean(self.would_change.text()),
        )

    def again_said(self, decision: Decision) -> Again | None:
        """None for those who are gone: nobody asks them. UserError where day or time cannot be read."""
        return None if decision in GONE else self.again.again()

    def show_for(self, decision: Decision) -> None:
        """The fields that belong to a decision, and no others."""
        away, happened = decision in GONE, decision in HAPPENED
        for field, on in (
            (self.by, decision is Decision.EVACUATED), (self.organisation, decision is Decision.EVACUATED),
            (self.day, decision in WHEN), (self.reason, decision is Decision.REFUSED),
            (self._refusal, decision is Decision.REFUSED), (self.obstacles, not away),
            (self.would_change, not away), (self.note, decision is not Decision.EVACUATED),
            (self.spoke, decision is not Decision.EVACUATED), (self.again, not away),
        ):  # fmt: skip
            self._form.setRowVisible(field, on)
        if decision in WHEN:
            self._form.labelForField(self.day).setText(_(WHEN[decision]))
        self.day.say_empty(_("the working date") if happened else _("as soon as possible"))
        if happened:
            self.day.set_day(None)

    def first_field(self) -> QWidget:
        """Where somebody goes on who has chosen by a digit."""
        fields = (self.by, self.day, self.reason, self.obstacles.boxes[Obstacle.CANNOT_BE_MOVED], self.note)
        return next(field for field in fields if field.isVisible())

    def shows(self, field: QWidget) -> bool:
        return self._form.isRowVisible(field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the captions stand above the fields."""
        super().resizeEvent(event)
        wrap, beside = QFormLayout.RowWrapPolicy.WrapAllRows, QFormLayout.RowWrapPolicy.DontWrapRows
        self._form.setRowWrapPolicy(wrap if self.width() < theme.unit(NARROW) else beside)

    def _across(self, *parts: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(10))
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        return box

    def _lay_out(self) -> QFormLayout:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in (
            (_("Taken out by"), self.by), (_("Organisation"), self.organisation), (_("On or before"), self.day),
            (_("Reason"), self.reason), (_("Refusal"), self._refusal), (_("What holds them back"), self.obstacles),
            (_("What would change it"), self.would_change), (_("What was said"), self.note),
            (_("Who spoke with them"), self.spoke), (_("Ask again"), self.again),
        ):  # fmt: skip
            form.addRow(name, field)
            if isinstance(field, QLineEdit | QComboBox):
                field.setAccessibleName(name)
        self.children.setAccessibleName(_("Children who stay"))
        return form
