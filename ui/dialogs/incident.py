"""Shelling, as it is reported: where, when, how bad. Tab goes on, Enter saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.days import kyiv, moment_of, read_clock, split_turn
from coordinator.domain.names import clean
from coordinator.domain.shelling import MOST_HOUSES, Incident, Severity
from coordinator.errors import UserError
from coordinator.queries.incidents import incidents
from coordinator.queries.streets import KnownStreet, streets
from coordinator.services.incidents import correct_incident, record_incident
from coordinator.words import label
from resources.i18n import _
from ui import actions, ask, texts, theme
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.widgets import typed_values
from ui.widgets.day_field import DayField
from ui.widgets.settlement_field import Chosen, Places, SettlementField, load_places
from ui.widgets.street_field import StreetField

NOT_COUNTED = -1


class IncidentDialog(QDialog):
    """`saved(settlement id)` once it is written. Without an `incident.id` it is a new one."""

    saved = Signal(str)
    draft_kind = "incident"
    under_way = False

    def __init__(self, context: PageContext, places: Places, incident: Incident | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._incident = context, incident or _blank(context)
        self.setWindowTitle(_("Evacuation Coordinator"))
        self.settlement = SettlementField(_("first letters are enough"))
        self.settlement.use(places)
        self.street = StreetField(_("empty: the whole settlement"))
        self.day = DayField(_("Day"), context.session.today())
        self.time = QLineEdit()
        self.severity, self.houses = QComboBox(), QSpinBox()
        self.house, self.source, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.known, self.fault = QLabel(), QLabel()
        self._make_fields()
        self._fill(self._incident, places)
        self._lay_out()
        self.settlement.settled.connect(self._settled)
        self.street.weighed.connect(self._say_street)
        actions.make(self, "form.save", self.save)
        names = ("settlement", "street", "day", "time", "severity", "houses", "house", "source", "note")
        self._fields: dict[str, QWidget] = {name: getattr(self, name) for name in names}
        self._before = typed_values.read(self._fields)
        self._read_streets(self._incident.settlement_id)
        (self.street if self._incident.settlement_id else self.settlement).setFocus()

    def draft(self) -> dict[str, Any]:
        typed = {name: value for name, value in typed_values.read(self._fields).items() if value != self._before[name]}
        return {"incident": self._incident.id or "", "typed": typed} if typed else {}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        typed_values.write(self._fields, fields["typed"])
        self._read_streets(self.settlement.value().id or "")

    def save(self) -> None:
        chosen = self.settlement.value()
        if chosen.id is None:
            self._refuse_field(self.settlement, chosen.remark or _("Choose a settlement from the list."))
            return
        try:
            incident = self._read(chosen.id)
        except UserError as error:
            self._refuse_field(self.time, texts.error_text(error))
            return
        verb = record_incident if incident.id is None else correct_incident
        self.under_way = True
        self._context.tasks.run_verb(
            verb, self._context.session, incident, done=lambda _id: self._done(incident), failed=self._refused
        )

    def _read(self, settlement_id: str) -> Incident:
        """What stands in the fields. UserError where there is no such moment."""
        text, turn = split_turn(self.time.text())
        minutes, day = read_clock(text), self.day.day()
        if minutes is None:
            raise UserError("time.unreadable", value=self.time.text().strip())
        if day is None:
            raise UserError("setting.day", value=self.day.edit.text().strip())
        houses = self.houses.value()
        return replace(
            self._incident,
            settlement_id=settlement_id,
            street=self.street.value(),
            occurred_at=moment_of(day, minutes, turn),
            severity=Severity(self.severity.currentData()),
            houses_hit=None if houses == NOT_COUNTED else houses,
            house=clean(self.house.text()),
            source=clean(self.source.text()),
            note=clean(self.note.text()),
        )

    def _done(self, incident: Incident) -> None:
        self.saved.emit(incident.settlement_id)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.under_way = False
        self._say(texts.error_text(error))

    def _refuse_field(self, field: QWidget, why: str) -> None:
        self._say(why)
        field.setFocus()

    def _say(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()

    def _settled(self, chosen: Chosen) -> None:
        self.fault.hide()
        self._read_streets(chosen.id or "")

    def _read_streets(self, settlement_id: str) -> None:
        self.street.use(())
        if settlement_id:
            self._context.tasks.run_query(
                streets, self._context.session, settlement_id, done=self.street.use, key=(self, "streets")
            )

    def _say_street(self, known: KnownStreet | None) -> None:
        """Whether the register knows what is being typed."""
        if known is not None:
            words = _("{street}: {households}").format(street=known.name, households=texts.households(known.households))
        elif self.street.text().strip():
            words = _("No household is known in this street. It is kept as typed.")
        else:
            words = _("Without a street the whole settlement counts.")
        self.known.setText(words)
        self.street.setAccessibleDescription(words)

    def _make_fields(self) -> None:
        for severity in Severity:
            self.severity.addItem(label(severity), int(severity))
        self.houses.setRange(NOT_COUNTED, MOST_HOUSES)
        self.houses.setSpecialValueText(_("not counted"))
        theme.inset(self.houses)
        self.time.setPlaceholderText("22:40")
        self.time.setFixedWidth(self.time.fontMetrics().horizontalAdvance("00:00 (0)") + theme.unit(30))
        self.house.setPlaceholderText(_("for example 12, 14а; 16-20"))
        self.source.setPlaceholderText(_("who reported it"))
        theme.dress(self.known, "muted")
        self.known.setWordWrap(True)
        self.fault.setWordWrap(True)
        theme.dress(self.fault, "notice", "warning")
        self.fault.hide()
        for field, name in (
            (self.time, _("Time, Kyiv")), (self.severity, _("Severity")), (self.houses, _("Houses hit")),
            (self.house, _("House numbers")), (self.source, _("Source")), (self.note, _("Note")),
        ):  # fmt: skip
            field.setAccessibleName(name)

    def _fill(self, incident: Incident, places: Places) -> None:
        if incident.settlement_id:
            self.settlement.set_value(incident.settlement_id, places.name(incident.settlement_id))
        at = kyiv(incident.occurred_at)
        self.street.setText(incident.street)
        self.day.set_day(at.date())
        self.time.setText(f"{at:%H:%M}")
        self.severity.setCurrentIndex(self.severity.findData(int(incident.severity)))
        self.houses.setValue(NOT_COUNTED if incident.houses_hit is None else incident.houses_hit)
        self.house.setText(incident.house)
        self.source.setText(incident.source)
        self.note.setText(incident.note)

    def _lay_out(self) -> None:
        heading = QLabel(_("Shelling") if self._incident.id is None else _("Correct the shelling"))
        theme.dress(heading, "heading")
        when = QHBoxLayout()
        when.addWidget(self.day, 1)
        when.addWidget(QLabel(_("at")))
        when.addWidget(self.time)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in (
            (_("Settlement"), self.settlement), (_("Street"), self.street), ("", self.known),
            (_("When, Kyiv time"), when), (_("Severity"), self.severity), (_("Houses hit"), self.houses),
            (_("House numbers"), self.house), (_("Source"), self.source), (_("Note"), self.note),
        ):  # fmt: skip
            form.addRow(name, field)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(460))
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box


def _blank(context: PageContext) -> Incident:
    """Now, nowhere yet."""
    return Incident(None, "", "", context.session.clock())


def report(
    context: PageContext, parent: QWidget, places: Places, settlement_id: str = "", street: str = "", house: str = ""
) -> None:
    """Open the form of a new incident, its place known as far as it is; without `places` once these are read."""
    incident = replace(_blank(context), settlement_id=settlement_id, street=street, house=house)

    def show(found: Places) -> None:
        ask.show(IncidentDialog(context, found, incident, parent))

    if len(places):
        show(places)
    else:
        context.tasks.run_query(load_places, context.session, done=show)


@reopens("incident")
def reopen(again: Reopening) -> None:
    """Over the list of incidents, with the incident that was being corrected."""
    page, context = again.page("next"), again.context

    def show(places: Places, found: Sequence[Any]) -> None:
        wanted = again.fields["incident"]
        incident = next((line.incident for line in found if line.id == wanted), None)
        if wanted and incident is None:
            again.gone()
            return
        dialog = IncidentDialog(context, places, incident, page)
        ask.show(dialog)
        again.opened(dialog)

    def read(session: Any) -> tuple[Places, Sequence[Any]]:
        return load_places(session), incidents(session)

    context.tasks.run_query(read, context.session, done=lambda both: show(*both), failed=again.gone)
