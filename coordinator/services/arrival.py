""" "Trip arrived": those on board become evacuated people, on the trip's own date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.household import load_households
from coordinator.services.boarding import live_trip, record_events
from coordinator.services.standing import settle_decision
from coordinator.session import Act, Session
from db import stores


@dataclass(frozen=True, slots=True)
class Arrival:
    """`open_stops`: stops without a result; they stand on the open list until somebody enters one."""

    people: int
    households: int
    open_stops: int


def trip_arrived(session: Session, trip_id: str, at: datetime | None = None) -> Outcome[Arrival]:
    """The trip is at its destination: one evacuation event for each person on board, dated by the trip.

    Households that have left whole are evacuated; of the others a part stays and they keep their decision. Undo
    takes it back whole. UserError "results.already_arrived", "results.trip_cancelled", "plan.trip_gone".
    """
    with session.reading() as db:
        trip = stores.trips.get(db, trip_id)
    if trip is None:
        raise UserError("plan.trip_gone")
    with session.act("trip_arrived", list=list_number(trip.work_on, trip.number)) as act:
        arrival = enter_arrival(act, trip_id, at)
    return act.outcome(arrival)


def enter_arrival(act: Act, trip_id: str, at: datetime | None = None) -> Arrival:
    """As `trip_arrived`, inside an action."""
    trip = live_trip(act, trip_id)
    if trip.status == TripStatus.ARRIVED:
        raise UserError("results.already_arrived", list=list_number(trip.work_on, trip.number))
    aboard: dict[str, list[str]] = {}
    for row in stores.passengers.where(act.db, trip_id=trip_id):
        aboard.setdefault(row.household_id, []).append(row.person_id)
    stores.trips.change(act.db, trip_id, status=TripStatus.ARRIVED.value, arrived_at=at or act.now)
    for household in load_households(act.db, list(aboard)):
        record_events(act, trip, household, aboard[household.id])
        settle_decision(act, household.id, trip.work_on)
    still_open = stores.stops.where(act.db, trip_id=trip_id, result=StopResult.OPEN.value, freed=False)
    act.touch(Touched.SCHEDULE | Touched.EVENTS, *aboard)
    return Arrival(sum(map(len, aboard.values())), len(aboard), len(still_open))
