"""People on board and what follows from it: events once the trip has arrived, stops elsewhere that come free.

Used inside an action; opens none itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.outcome import Touched
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.services.standing import settle_decision
from coordinator.services.trip_writing import free_elsewhere, set_left_over
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import EventRow, PassengerRow, TripRow


def live_trip(act: Act, trip_id: str) -> TripRow:
    """UserError "plan.trip_gone", "results.trip_cancelled"."""
    trip = stores.trips.get(act.db, trip_id)
    if trip is None:
        raise UserError("plan.trip_gone")
    if trip.status == TripStatus.CANCELLED:
        raise UserError("results.trip_cancelled", list=list_number(trip.work_on, trip.number))
    return trip


def household_of(act: Act, household_id: str) -> Household:
    """UserError "household.gone", also for one that was merged into another."""
    row, found = stores.households.get(act.db, household_id), load_households(act.db, [household_id])
    if row is None or row.merged_into is not None or not found:
        raise UserError("household.gone")
    return found[0]


def presence_of(act: Act, household: Household, day: date) -> Presence:
    return Presence.on(act.db, [person.id for person in household.people], day)


def refuse_carried(act: Act, people: Iterable[Person], presence: Presence, trip_id: str) -> None:
    """Nobody is on two trips, or leaves a place that they left on a later day without having come back.

    UserError "results.on_another_trip", "departure.left_later".
    """
    aboard = {row.person_id for row in stores.passengers.where(act.db, trip_id=trip_id)}
    for person in people:
        if person.id in presence.later and person.id not in aboard:
            raise UserError("departure.left_later", name=person.name.full or "–", day=presence.later[person.id])
        other = presence.carried.get(person.id, trip_id)
        if other != trip_id:
            trip = stores.trips.get(act.db, other)
            number = list_number(trip.work_on, trip.number) if trip else "–"
            raise UserError("results.on_another_trip", name=person.name.full, list=number)


def set_passengers(
    act: Act, trip: TripRow, household: Household, stop_id: str | None, people: Collection[Person]
) -> None:
    """Make `people` those of the household who are on board through this stop (None: met on the way).

    On a trip that has arrived the events follow: of those taken off they are voided, never deleted.
    """
    rows = stores.passengers.where(act.db, trip_id=trip.id, household_id=household.id)
    before = {row.person_id: row.id for row in rows if row.stop_id == stop_id}
    wanted = {person.id for person in people}
    off, on = before.keys() - wanted, [person for person in people if person.id not in before]
    stores.passengers.remove(act.db, [before[person_id] for person_id in off])
    met = stop_id is None
    fresh = [PassengerRow(new_id(), trip.id, stop_id, person.id, household.id, met) for person in on]
    stores.passengers.add(act.db, fresh)
    act.touch(Touched.SCHEDULE, household.id)
    if trip.status == TripStatus.ARRIVED and (off or on):
        void_events(act, trip, off)
        record_events(act, trip, household, [person.id for person in on])
        otherwise = Decision.NOT_ASKED if met else Decision.WANTS_PICKUP
        settle_decision(act, household.id, trip.work_on, otherwise)


def record_events(act: Act, trip: TripRow, household: Household, person_ids: Iterable[str]) -> None:
    """Evacuated by us on the trip's own date, whenever it is typed in."""
    events = [
        EventRow(
            new_id(), person_id, household.id, EventKind.BY_US.value, trip.work_on, act.now, trip.id,
            household.settlement_id, trip.destination_id,
        )
        for person_id in person_ids
    ]  # fmt: skip
    stores.events.add(act.db, events)
    act.touch(Touched.EVENTS, household.id)


def void_events(act: Act, trip: TripRow, person_ids: Iterable[str]) -> None:
    ids = set(person_ids)
    for event in stores.events.where(act.db, trip_id=trip.id, voided=False) if ids else ():
        if event.person_id in ids:
            stores.events.change(act.db, event.id, voided=True)
            act.touch(Touched.EVENTS, event.household_id)


def free_other_stops(act: Act, trip: TripRow, household: Household, *, whole_day: bool) -> tuple[str, ...]:
    """Open stops of people who are on board now come free; returns the numbers of those lists.

    Where a part is still at home its stops stay, but on the same day only if `whole_day` is False.
    """
    at_home = presence_of(act, household, trip.work_on).of(household)
    last = trip.work_on if at_home else None
    if at_home and not whole_day:
        return ()
    freed = free_elsewhere(act, household.id, trip.work_on, last, keep_trip=trip.id)
    if not at_home:
        set_left_over(act, trip.work_on, household.id, None)
    trips = (stores.trips.get(act.db, trip_id) for trip_id in freed)
    return tuple(list_number(other.work_on, other.number) for other in trips if other is not None)


def refuse_second_stop(act: Act, trip: TripRow, household: Household, stop_id: str) -> None:
    """A household takes one place a day: UserError "results.planned_elsewhere"."""
    for stop in stores.stops.where(act.db, household_id=household.id, work_on=trip.work_on, freed=False):
        if stop.id != stop_id and stop.result in (StopResult.OPEN, StopResult.BOARDED):
            other = stores.trips.get(act.db, stop.trip_id)
            number = list_number(other.work_on, other.number) if other else "–"
            raise UserError("results.planned_elsewhere", number=household.number, list=number)
