"""Trips on which the household stands, and what has happened to its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coordinator.domain.events import EventKind
from coordinator.queries.household import HouseholdCard, TripOfHousehold
from resources.i18n import N_, _
from ui import texts, theme
from ui.widgets.household.section import Editing, Section, empty_layout

RESULTS: Mapping[str, str] = {
    "open": N_("no result yet"),
    "boarded": N_("boarded"),
    "not_home": N_("not at home"),
    "refused": N_("refused"),
    "other": N_("other result"),
}


class EventsSection(Section):
    """Hidden while nothing is planned and nothing has happened."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("Trips and evacuations"))

    def show_card(self, card: HouseholdCard) -> None:
        empty_layout(self.body)
        for trip in card.trips:
            self._add(trip_line(trip))
        for line in event_lines(card):
            self._add(line)
        self.setVisible(bool(card.trips or card.events))

    def _add(self, text: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        theme.dress(label, "plain")
        self.body.addWidget(label)


def trip_line(trip: TripOfHousehold) -> str:
    return _("{day}: trip {number} at {time}, {plate}, {result}").format(
        day=texts.day_short(trip.work_on),
        number=trip.number,
        time=texts.minute(trip.arrive),
        plate=trip.plate,
        result=_(RESULTS.get(trip.result, trip.result)),
    )


def event_lines(card: HouseholdCard) -> list[str]:
    """One line a day and kind with how many people; those taken back are marked, never hidden."""
    counted: Counter[tuple[object, str, str, bool]] = Counter()
    for event in card.events:
        counted[(event.occurred_on, event.kind, event.organisation, event.voided)] += 1
    lines = []
    for (day, kind, organisation, voided), people in counted.items():
        what = texts.label(EventKind(kind))
        if organisation:
            what = _("{what} ({organisation})").format(what=what, organisation=organisation)
        line = _("{day}: {what}, {people}").format(day=texts.shown(day), what=what, people=texts.people(people))
        lines.append(_("{line} – corrected since, not counted").format(line=line) if voided else line)
    return lines
