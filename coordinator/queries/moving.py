"""Moving a household by hand: what would become of it, shown at once before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.household import ready_people
from coordinator.domain.schedule import Breach, Finding, PlannedTrip
from coordinator.domain.trip import CallOutcome
from coordinator.errors import UserError
from coordinator.queries.day_records import read_day
from coordinator.queries.draft import DayDraft, DraftStop
from coordinator.queries.problem import Rules, Scene, rules_of
from coordinator.session import Session
from db.connection import Database
from db.ids import new_id


@dataclass(frozen=True, slots=True)
class NewTrip:
    """A trip that does not exist yet, of this vehicle."""

    vehicle_id: str


Target = str | NewTrip | None
"""Where a household goes: the id of a trip, a new trip of a vehicle, or None: off its trip."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a change by hand comes to. `trip_id` is the trip that takes the household (or was changed).

    `findings` are those of that trip and the new ones on later trips of its vehicle; `later` are other trips that
    break a rule by it. A warning never blocks.
    """

    draft: DayDraft
    trip_id: str | None
    findings: tuple[Finding, ...] = ()
    later: tuple[str, ...] = ()

    @property
    def breaches(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.warning)

    @property
    def blocked(self) -> bool:
        """It needs a reason to be done all the same."""
        return bool(self.breaches)

    @property
    def times(self) -> PlannedTrip | None:
        """The new times of the trip."""
        return self.draft.trips[self.trip_id].times if self.trip_id else None


def preview_move(session: Session, day: date, household_id: str, target: Target, position: int | None = None) -> Move:
    """What `move_household` would do. `position` counts from 0 among the trip's other stops; None: at the end.

    UserError where it can never be done: "plan.trip_arrived", "plan.has_boarded", "plan.not_ready", "plan.nobody_home".
    """
    return propose_move(read_draft(session, day, household_id), household_id, target, position)


def preview_vehicle(session: Session, day: date, trip_id: str, vehicle_id: str) -> Move:
    """What giving a trip to another vehicle would come to."""
    return propose_vehicle(read_draft(session, day), trip_id, vehicle_id)


def read_draft(session: Session, day: date, *household_ids: str) -> DayDraft:
    """The day as it is, with all who are ready for it. Read once, it answers many proposals while one is dragged."""
    rules = rules_of(session)
    with session.reading() as db:
        return load_draft(db, day, rules, *household_ids)


def load_draft(db: Database, day: date, rules: Rules, *household_ids: str) -> DayDraft:
    """As `read_draft`, on the connection given. UserError "household.gone"."""
    records = read_day(db, day, household_ids)
    if any(household_id not in records.households for household_id in household_ids):
        raise UserError("household.gone")
    return DayDraft.of(db, records, Scene.of(db, records, rules))


def propose_move(base: DayDraft, household_id: str, target: Target, position: int | None = None) -> Move:
    """As `preview_move`, on a day read before; `base` stays as it is."""
    draft = base.copy()
    source, stop = draft.take_off(household_id) or (None, DraftStop(new_id(), household_id))
    if target is None:
        _close_gap(draft, source)
        return Move(draft, source)
    _check_can_go(draft, household_id, source)
    trip = draft.add_trip(target.vehicle_id) if isinstance(target, NewTrip) else draft.trip(target)
    if trip.id != source:
        stop = DraftStop(new_id(), household_id)
        _close_gap(draft, source)
    trip.stops.insert(len(trip.stops) if position is None else position, stop)
    draft.settle([trip.id])
    return _judged(draft, trip.id)


def propose_vehicle(base: DayDraft, trip_id: str, vehicle_id: str) -> Move:
    """As `preview_vehicle`, on a day read before."""
    draft = base.copy()
    trip, vehicle = draft.trip(trip_id), draft.records.vehicles.get(vehicle_id)
    if vehicle is None:
        raise UserError("vehicle.gone")
    trip.vehicle_id, trip.driver_id = vehicle.id, vehicle.driver_id
    draft.settle([trip_id])
    return _judged(draft, trip_id)


def propose_driver(base: DayDraft, trip_id: str, driver_id: str | None) -> Move:
    """What another driver would come to: the minutes stay."""
    draft = base.copy()
    trip = draft.trip(trip_id)
    trip.driver_id = driver_id
    if trip.times is not None:
        trip.times = replace(trip.times, driver_id=driver_id)
    return _judged(draft, trip_id)


def _check_can_go(draft: DayDraft, household_id: str, source: str | None) -> None:
    records = draft.records
    household = records.households[household_id]
    at_home = records.presence.of(household)
    if source is None and household_id not in records.ready:
        away = not at_home and ready_people(household, household.people, records.day)
        raise UserError("plan.nobody_home" if away else "plan.not_ready", number=household.number)
    if not at_home:
        raise UserError("plan.nobody_home", number=household.number)


def _close_gap(draft: DayDraft, trip_id: str | None) -> None:
    """A trip that lost a stop is timed anew, unless its paper is out or somebody was told an hour."""
    if trip_id is None:
        return
    calls = (draft.records.notices.get(household_id) for household_id in draft.trips[trip_id].households)
    promised = any(call is not None and call.outcome == CallOutcome.TOLD for call in calls)
    if promised or trip_id in draft.printed:
        draft.keep_times(trip_id)
    else:
        draft.settle([trip_id])


def _judged(draft: DayDraft, trip_id: str) -> Move:
    """The findings that a change has to answer for."""
    before, after = draft.as_read(), draft.findings()
    answered = {f.household_id for all_of in before.values() for f in all_of if f.breach is Breach.OPEN_RESULT}
    found = [f for f in after.get(trip_id, ()) if f.breach is not Breach.OPEN_RESULT or f.household_id not in answered]
    later = []
    for trip in draft.trips.values():
        if trip.id != trip_id:
            known = {(f.breach, f.household_id) for f in before.get(trip.id, ())}
            fresh = [f for f in after.get(trip.id, ()) if (f.breach, f.household_id) not in known]
            found += fresh if trip.vehicle_id == draft.trips[trip_id].vehicle_id else []
            later += [trip.id] if any(not one.warning for one in fresh) else []
    return Move(draft, trip_id, tuple(found), tuple(later))
