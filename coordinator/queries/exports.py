"""What exports need to know of the register."""

from __future__ import annotations

from datetime import date

from coordinator.collecting import without_collecting
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.exchange.exports import Located
from coordinator.queries.household import load_households
from coordinator.session import Session
from db import queries, stores
from db.connection import Ask, nobody

_AT_ONCE = 500
"""Households that are read between two questions whether to go on."""


def located_households(session: Session, ask: Ask = nobody) -> list[Located]:
    """All households that stand for themselves, in the order of their numbers.

    `ask` is called again and again meanwhile; what it raises ends it.
    """
    with session.reading() as db, db.asked_meanwhile(ask), without_collecting():
        ids = [brief.id for brief in queries.households_with_places(db)]
        households: list[Household] = []
        for start in range(0, len(ids), _AT_ONCE):
            ask()
            households += load_households(db, ids[start : start + _AT_ONCE])
        places = {row.id: row for row in stores.settlements.all(db)}
        events = stores.events.where(db, voided=False)
        plates = queries.plate_by_trip(db)
    left_on: dict[str, date] = {}
    carrier: dict[str, str] = {}
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at)):
        if event.kind == EventKind.RETURNED:
            left_on.pop(event.person_id, None)
            carrier.pop(event.person_id, None)
        elif event.kind != EventKind.TRANSFERRED or event.person_id not in left_on:
            left_on[event.person_id] = event.occurred_on
            carrier[event.person_id] = event.organisation or plates.get(event.trip_id or "", "")
    found = []
    for household in households:
        place = places.get(household.settlement_id or "")
        name, hromada, code = (place.name, place.hromada, place.katottg or "") if place else ("", "", "")
        found.append(Located(household, name or household.settlement_text, hromada, code, left_on, carrier))
    return found
