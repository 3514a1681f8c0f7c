"""Who of a household is still at home on a day, told from events and from the trips that are on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.domain.trip import TripStatus
from db import stores
from db.connection import Database
from db.rows import EventRow


@dataclass(frozen=True, slots=True)
class Presence:
    """For one day: the last event of each person until then, and the trip that carries them right now.

    `later`: the day after this one on which a person left or boarded, where no return stands between.
    """

    last: dict[str, EventRow]
    carried: dict[str, str]
    later: dict[str, date]

    @classmethod
    def on(cls, db: Database, person_ids: Iterable[str] | None, day: date) -> Presence:
        """Of these persons; None: of everybody in the register."""
        wanted = {} if person_ids is None else {"person_id": list(person_ids)}
        last: dict[str, EventRow] = {}
        following: dict[str, EventRow] = {}
        events = stores.events.where(db, voided=False, **wanted)
        for event in sorted(events, key=lambda e: (e.occurred_on, e.recorded_at, e.id)):
            if event.occurred_on <= day:
                last[event.person_id] = event
            elif event.kind != EventKind.TRANSFERRED:
                following.setdefault(event.person_id, event)
        boarded = stores.passengers.where(db, **wanted)
        trips = {trip.id: trip for trip in stores.trips.where(db, id={p.trip_id for p in boarded})}
        carried = {
            p.person_id: p.trip_id
            for p in boarded
            if trips[p.trip_id].status != TripStatus.ARRIVED and trips[p.trip_id].work_on <= day
        }
        later = {one: e.occurred_on for one, e in following.items() if e.kind != EventKind.RETURNED}
        for p in boarded:
            trip = trips[p.trip_id]
            if trip.status != TripStatus.ARRIVED and trip.work_on > day and p.person_id not in following:
                later[p.person_id] = trip.work_on
        return cls(last, carried, later)

    def is_there(self, person_id: str, trip_id: str | None = None) -> bool:
        """At home, as seen from a trip: what that trip itself has moved was at home before it came."""
        if self.carried.get(person_id, trip_id) != trip_id:
            return False
        event = self.last.get(person_id)
        return event is None or event.kind == EventKind.RETURNED or (trip_id is not None and event.trip_id == trip_id)

    def of(self, household: Household, trip_id: str | None = None) -> tuple[Person, ...]:
        """The members who can be picked up."""
        return tuple(person for person in household.people if self.is_there(person.id, trip_id))
