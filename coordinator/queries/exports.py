"""What exports need to know of the register."""

from __future__ import annotations

from datetime import date

from coordinator.domain.events import EventKind
from coordinator.exchange.exports import Located
from coordinator.queries.household import load_households
from coordinator.session import Session
from db import queries, stores


def located_households(session: Session) -> list[Located]:
    """All households that stand for themselves, in the order of their numbers."""
    with session.reading() as db:
        ids = [brief.id for brief in queries.households_with_places(db)]
        households = load_households(db, ids)
        places = {row.id: row for row in stores.settlements.all(db)}
        events = stores.events.where(db, voided=False)
        plates = queries.plate_by_trip(db)
    left_on: dict[str, date] = {}
    carrier: dict[str, str] = {}
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at)):
        if event.kind == EventKind.RETURNED:
            left_on.pop(event.person_id, None)
            carrier.pop(event.person_id, None)
        else:
            left_on[event.person_id] = event.occurred_on
            carrier[event.person_id] = event.organisation or plates.get(event.trip_id or "", "")
    found = []
    for household in households:
        place = places.get(household.settlement_id or "")
        name, hromada, code = (place.name, place.hromada, place.katottg or "") if place else ("", "", "")
        found.append(Located(household, name or household.settlement_text, hromada, code, left_on, carrier))
    return found
