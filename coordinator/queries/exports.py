"""What exports need to know of the register."""

from __future__ import annotations

from coordinator.collecting import without_collecting
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.exchange.exports import Leaving, Located
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
    away: dict[str, Leaving] = {}
    leavings: dict[str, list[Leaving]] = {}
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at)):
        if event.kind == EventKind.RETURNED:
            away.pop(event.person_id, None)
        elif event.kind != EventKind.TRANSFERRED or event.person_id not in away:
            left = Leaving(event.occurred_on, event.organisation or plates.get(event.trip_id or "", ""))
            away[event.person_id] = left
            leavings.setdefault(event.person_id, []).append(left)
    found = []
    for household in households:
        place = places.get(household.settlement_id or "")
        name, hromada, code = (place.name, place.hromada, place.katottg or "") if place else ("", "", "")
        found.append(Located(household, name or household.settlement_text, hromada, code, away, leavings))
    return found
