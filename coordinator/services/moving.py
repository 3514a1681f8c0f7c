"""Verbs that change a day's trips by hand. What breaks a rule is refused, or done with a recorded reason."""

from __future__ import annotations

from datetime import date

from coordinator.domain.names import clean
from coordinator.domain.schedule import Breach, LeftReason
from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.day_records import read_day
from coordinator.queries.moving import Move, Target, load_draft, propose_driver, propose_move, propose_vehicle
from coordinator.queries.problem import rules_of
from coordinator.services.crews import forget_departure, write_departure
from coordinator.services.trip_writing import close_trip, drop_stop, set_left_over, write_draft
from coordinator.session import Act, Session
from db import stores
from db.rows import TripRow


def move_household(
    session: Session, day: date, household_id: str, target: Target, position: int | None = None, reason: str = ""
) -> Outcome[str | None]:
    """Put a household onto a trip, a new trip of a vehicle, or (None) off its trip; returns the trip's id.

    `position` counts from 0 among the trip's other stops; None: at the end. UserError "plan.breach" where a rule
    would be broken and no reason is given; its fact `findings` has them all. Warnings never block. Further
    codes: "plan.trip_arrived", "plan.has_boarded", "plan.not_ready", "plan.nobody_home".
    """
    rules, reason = rules_of(session), reason.strip()
    with session.act("move_household", day=day.isoformat(), number=_number(session, household_id)) as act:
        draft = load_draft(act.db, day, rules, household_id)
        move = propose_move(draft, household_id, target, position)
        if target is None and move.trip_id is None:
            raise UserError("plan.not_on_a_trip", number=_number(session, household_id))
        _refuse(move, reason)
        _drop_from_others(act, move, household_id)
        write_draft(act, move.draft, move.draft.changed)
        set_left_over(act, day, household_id, LeftReason.TAKEN_OFF if target is None else None)
        if target is not None:
            _record_override(act, move, reason)
            _record_at_stop(act, move, household_id, reason)
            _confirm_pairs(act, move, household_id)
    return act.outcome(move.trip_id if target is not None else None)


def _number(session: Session, household_id: str) -> int:
    with session.reading() as db:
        row = stores.households.get(db, household_id)
    if row is None or row.merged_into is not None:
        raise UserError("household.gone")
    return row.number


def _refuse(move: Move, reason: str) -> None:
    if move.blocked and not reason:
        first = move.breaches[0]
        raise UserError("plan.breach", breach=first.breach, count=len(move.breaches), findings=move.breaches)


def _drop_from_others(act: Act, move: Move, household_id: str) -> None:
    """Its line on the trip that it leaves."""
    drafted = {stop.id for trip in move.draft.trips.values() for stop in trip.stops}
    for stop in stores.stops.where(act.db, household_id=household_id, work_on=move.draft.records.day, freed=False):
        if stop.id not in drafted:
            drop_stop(act, stop)


def _record_override(act: Act, move: Move, reason: str) -> None:
    """The reason stays with the trip, behind earlier ones, and with later ones that break a rule by it."""
    for trip_id in (move.trip_id or "", *move.later) if move.blocked else ():
        trip = stores.trips.get(act.db, trip_id)
        if trip is not None and reason not in trip.override_reason:
            said = "; ".join(part for part in (trip.override_reason, reason) if part)
            stores.trips.change(act.db, trip.id, override_reason=said)


def _record_at_stop(act: Act, move: Move, household_id: str, reason: str) -> None:
    """And with the stop that it was given for; moved to where it fits, the household needs none any more."""
    for stop in stores.stops.where(act.db, household_id=household_id, work_on=move.draft.records.day, freed=False):
        if stop.trip_id == move.trip_id:
            stores.stops.change(act.db, stop.id, override_reason=reason if move.blocked else "")


def _confirm_pairs(act: Act, move: Move, household_id: str) -> None:
    """Done with a reason although it may be the same family: that is the confirmation for the day."""
    if not any(finding.breach is Breach.POSSIBLE_DUPLICATE for finding in move.breaches):
        return
    standing = {one for trip in move.draft.trips.values() for one in trip.households}
    pairs = stores.pairs.where(act.db, first_id=household_id, state="open")
    pairs += stores.pairs.where(act.db, second_id=household_id, state="open")
    for pair in pairs:
        if {pair.first_id, pair.second_id} <= standing:
            stores.pairs.change(act.db, pair.id, both_on=move.draft.records.day)
            act.touch(Touched.DUPLICATES, pair.first_id, pair.second_id)


def new_trip(session: Session, day: date, vehicle_id: str) -> Outcome[str]:
    """Add an empty trip at the end of a vehicle's day. UserError "vehicle.gone"."""
    rules = rules_of(session)
    with session.act("new_trip", day=day.isoformat()) as act:
        draft = load_draft(act.db, day, rules)
        vehicle = stores.vehicles.get(act.db, vehicle_id)
        act.describe(day=day.isoformat(), plate=vehicle.plate if vehicle else "")
        trip = draft.add_trip(vehicle_id)
        draft.settle([trip.id])
        write_draft(act, draft, [trip.id])
        act.touch(Touched.SCHEDULE)
    return act.outcome(trip.id)


def remove_trip(session: Session, trip_id: str) -> Outcome[None]:
    """Give up a trip; its households are ready again. UserError "plan.has_results" where something came back."""
    trip = _trip(session, trip_id)
    with session.act("remove_trip", list=_list(trip)) as act:
        records = read_day(act.db, trip.work_on)
        if records.fixed(records.trip(trip_id)):
            raise UserError("plan.has_results", number=trip.number)
        if trip.pinned or any(stop.pinned for stop in records.stops[trip_id]):
            raise UserError("plan.trip_pinned", number=trip.number)
        open_households = [stop.household_id for stop in records.stops[trip_id]]
        close_trip(act, trip)
        for household_id in open_households:
            set_left_over(act, trip.work_on, household_id, LeftReason.TAKEN_OFF)
    return act.outcome(None)


def set_trip_vehicle(session: Session, trip_id: str, vehicle_id: str, reason: str = "") -> Outcome[None]:
    """Give a trip to another vehicle and its driver; times are computed anew. UserError as `move_household`."""
    trip, rules, reason = _trip(session, trip_id), rules_of(session), reason.strip()
    with session.act("set_trip_vehicle", list=_list(trip)) as act:
        move = propose_vehicle(load_draft(act.db, trip.work_on, rules), trip_id, vehicle_id)
        _refuse(move, reason)
        write_draft(act, move.draft, move.draft.changed)
        _record_override(act, move, reason)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def set_trip_driver(session: Session, trip_id: str, driver_id: str | None, reason: str = "") -> Outcome[None]:
    """Another driver for a trip.

    UserError "plan.driver_busy" where he drives another trip at that time, and as `move_household`.
    """
    trip, rules, reason = _trip(session, trip_id), rules_of(session), clean(reason)
    with session.act("set_trip_driver", list=_list(trip)) as act:
        if driver_id is not None and stores.drivers.get(act.db, driver_id) is None:
            raise UserError("driver.gone")
        other = _other_trip_of(act, trip, driver_id)
        if other is not None and not reason:
            raise UserError("plan.driver_busy", list=_list(other))
        move = propose_driver(load_draft(act.db, trip.work_on, rules), trip_id, driver_id)
        _refuse(move, reason)
        stores.trips.change(act.db, trip_id, driver_id=driver_id)
        _record_override(act, move, reason)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def _other_trip_of(act: Act, trip: TripRow, driver_id: str | None) -> TripRow | None:
    """A live trip of the driver that overlaps."""
    if driver_id is None:
        return None
    others = stores.trips.where(act.db, work_on=trip.work_on, driver_id=driver_id)
    clashing = (
        other
        for other in others
        if other.id != trip.id
        and other.status != TripStatus.CANCELLED
        and other.depart < trip.back
        and trip.depart < other.back
    )
    return next(clashing, None)


def set_departed(session: Session, trip_id: str, departed: bool = True, reason: str = "") -> Outcome[None]:
    """The trip is on the road, so planning leaves it alone; False takes that back while nothing came back yet.

    A step backwards needs a reason, which the history keeps. UserError "plan.trip_arrived", "plan.results_came",
    "plan.departed_needs_reason".
    """
    trip, reason = _trip(session, trip_id), clean(reason)
    backwards = not departed and trip.status == TripStatus.DEPARTED
    if backwards and not reason:
        raise UserError("plan.departed_needs_reason", list=_list(trip))
    facts = {"reason": reason} if backwards else {"departed": departed}
    with session.act("take_back_departed" if backwards else "set_departed", list=_list(trip), **facts) as act:
        if trip.status in (TripStatus.ARRIVED, TripStatus.CANCELLED):
            raise UserError("plan.trip_arrived", number=trip.number)
        if not departed and _has_results(act, trip_id):
            raise UserError("plan.results_came", list=_list(trip))
        if not departed:
            forget_departure(act, trip_id)
        elif trip.status == TripStatus.PLANNED:
            write_departure(act, trip_id, act.now)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def _has_results(act: Act, trip_id: str) -> bool:
    stops = stores.stops.where(act.db, trip_id=trip_id)
    return bool(stores.passengers.where(act.db, trip_id=trip_id)) or any(s.result != StopResult.OPEN for s in stops)


def _trip(session: Session, trip_id: str) -> TripRow:
    with session.reading() as db:
        trip = stores.trips.get(db, trip_id)
    if trip is None:
        raise UserError("plan.trip_gone")
    return trip


def _list(trip: TripRow) -> str:
    return list_number(trip.work_on, trip.number)
