"""What did they decide? One digit, then what belongs to it, Enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.services.decisions import decide, record_departure
from resources.i18n import N_, _
from ui import actions, ask, texts, theme
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.signs import DECISION_SIGNS
from ui.widgets import typed_values
from ui.widgets.day_field import DayField

ORDER = (
    Decision.NOT_ASKED, Decision.UNDECIDED, Decision.PREPARING, Decision.PACKED, Decision.WANTS_PICKUP,
    Decision.REFUSED, Decision.UNREACHABLE, Decision.LEFT_THEMSELVES, Decision.RETURNED, Decision.EVACUATED,
)  # fmt: skip
"""The digit of each is its place; the tenth has 0."""

_CODE = Qt.ItemDataRole.UserRole
_WHEN = {
    Decision.WANTS_PICKUP: N_("On or before"),
    Decision.LEFT_THEMSELVES: N_("Left on"),
    Decision.RETURNED: N_("Came back on"),
    Decision.EVACUATED: N_("Taken out on"),
}
_HAPPENED = frozenset({Decision.LEFT_THEMSELVES, Decision.RETURNED, Decision.EVACUATED})


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands in the dialog. `day`: the wished day, or the day on which it happened."""

    decision: Decision
    day: date | None = None
    reason: str = ""
    note: str = ""
    by: EventKind = EventKind.OTHER_ORGANISATION
    organisation: str = ""


class DecideDialog(QDialog):
    draft_kind = "decide"
    under_way = False

    def __init__(self, context: PageContext, card: HouseholdCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._card = context, card
        household = card.household
        head = next((one.name.full for one in household.people if one.id == household.head_id), "")
        self.setWindowTitle(_("Record the decision"))
        heading = QLabel(_("Household {number}: {name}").format(number=household.number, name=head or _("No name")))
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        self.choices = _Choices(household.decision)
        self.day = DayField(_("Day"), context.day, empty=_("as soon as possible"))
        self.reason, self.note, self.organisation = QLineEdit(), QLineEdit(), QLineEdit()
        self.by = QComboBox()
        for kind in (EventKind.OTHER_ORGANISATION, EventKind.BY_US):
            self.by.addItem(texts.label(kind), kind.value)
        self._form = self._make_form()
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setStyleSheet(f"color: {theme.color('danger').name()}")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(420))
        column.addWidget(heading)
        column.addWidget(self.choices)
        column.addLayout(self._form)
        column.addWidget(self.fault)
        column.addWidget(self._buttons())
        self.day.set_day(household.wants_on)
        self.choices.currentRowChanged.connect(self._chosen)
        self.choices.picked.connect(self._go_on)
        self._chosen()
        actions.make(self, "form.save", self.save)
        names = ("day", "reason", "note", "by", "organisation")
        self._fields: dict[str, QWidget] = {name: getattr(self, name) for name in names}
        self._blank = typed_values.read(self._fields)
        self.choices.setFocus()

    def ruling(self) -> Ruling:
        return Ruling(
            self.choices.decision(), self.day.day(), clean(self.reason.text()), clean(self.note.text()),
            EventKind(self.by.currentData()), clean(self.organisation.text()),
        )  # fmt: skip

    def draft(self) -> dict[str, Any]:
        """What was typed for a decision, with the decision that is chosen; nothing where nothing was typed."""
        typed = {name: value for name, value in typed_values.read(self._fields).items() if value != self._blank[name]}
        if not typed:
            return {}
        return {"household": self._card.household.id, "decision": self.choices.decision().value, "typed": typed}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        self.choices.setCurrentRow(ORDER.index(Decision(fields["decision"])))
        typed_values.write(self._fields, fields["typed"])

    def save(self) -> None:
        if not self.day.valid() and self._form.isRowVisible(self.day):
            self.day.setFocus()
            return
        ruling, session, household_id = self.ruling(), self._context.session, self._card.household.id
        if ruling.decision is Decision.EVACUATED:
            work = partial(
                record_departure, session, household_id, ruling.by, ruling.day or self._past_day(),
                ruling.organisation,
            )  # fmt: skip
        else:
            happened = ruling.decision in _HAPPENED
            work = partial(
                decide, session, household_id, ruling.decision, reason=ruling.reason, note=ruling.note,
                wants_on=ruling.day if ruling.decision is Decision.WANTS_PICKUP else None,
                on=(ruling.day or self._past_day()) if happened else None,
            )  # fmt: skip
        self.under_way = True
        self._context.tasks.run_verb(work, done=lambda _value: self.accept(), failed=self._refused)

    def _past_day(self) -> date:
        """The working date, or today where that lies ahead: nobody has left tomorrow."""
        return min(self._context.day, self._context.session.today())

    def _refused(self, error: UserError) -> None:
        self.under_way = False
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _chosen(self) -> None:
        """Show the fields that belong to the choice, and no others."""
        decision = self.choices.decision()
        self._form.setRowVisible(self.day, decision in _WHEN)
        self._form.setRowVisible(self.reason, decision is Decision.REFUSED)
        self._form.setRowVisible(self.note, decision is not Decision.EVACUATED)
        self._form.setRowVisible(self.by, decision is Decision.EVACUATED)
        self._form.setRowVisible(self.organisation, decision is Decision.EVACUATED)
        if decision in _WHEN:
            self._form.labelForField(self.day).setText(_(_WHEN[decision]))
        happened = decision in _HAPPENED
        self.day.say_empty(_("the working date") if happened else _("as soon as possible"))
        if happened:
            self.day.set_day(None)
        self.adjustSize()

    def _go_on(self) -> None:
        """A digit was pressed: on to the first field that belongs to the choice."""
        for field in (self.by, self.day, self.reason, self.note):
            if self._form.isRowVisible(field):
                field.setFocus()
                return

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.addRow(_("Taken out by"), self.by)
        form.addRow(_("Organisation"), self.organisation)
        form.addRow(_("On or before"), self.day)
        form.addRow(_("Reason"), self.reason)
        form.addRow(_("What was said"), self.note)
        for field, name in (
            (self.by, _("Taken out by")), (self.organisation, _("Organisation")), (self.reason, _("Reason")),
            (self.note, _("What was said")),
        ):  # fmt: skip
            field.setAccessibleName(name)
        return form

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box


@reopens("decide")
def reopen(again: Reopening) -> None:
    """Over the registry at that household."""

    def found(card: HouseholdCard) -> None:
        page = again.page("registry")
        page.show_target(household=card.household.id)
        ask.show(dialog := DecideDialog(again.context, card, page.panel))
        again.opened(dialog)

    context = again.context
    context.tasks.run_query(household_card, context.session, again.fields["household"], done=found, failed=again.gone)


class _Choices(QListWidget):
    """All decisions with their digits. `picked` when a digit has chosen one."""

    picked = Signal()

    def __init__(self, current: Decision) -> None:
        super().__init__()
        self.setAccessibleName(_("Decision"))
        self.setIconSize(QSize(theme.unit(17), theme.unit(17)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place, decision in enumerate(ORDER, start=1):
            icon, role = DECISION_SIGNS[decision]
            words = _("{key}  {decision}").format(key=place % 10, decision=texts.label(decision))
            item = QListWidgetItem(theme.icon(icon, role), words, self)
            item.setData(_CODE, decision.value)
        self.setCurrentRow(ORDER.index(current))
        rows = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth()
        self.setFixedHeight(rows + theme.unit(6))

    def decision(self) -> Decision:
        item = self.currentItem()
        return Decision(item.data(_CODE)) if item is not None else Decision.NOT_ASKED

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and len(event.text()) == 1:
            self.setCurrentRow((int(event.text()) - 1) % len(ORDER))
            self.picked.emit()
        else:
            super().keyPressEvent(event)
