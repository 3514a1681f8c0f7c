"""Verbs on the plan of a day: computed without a connection, checked, then written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.schedule import DayPlan, DayProblem, LeftOver, PlannedTrip
from coordinator.domain.trip import TripStatus
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.planning.check import check, lost
from coordinator.planning.solve import Progress, plan_day
from coordinator.planning.worth import households_in, people_in, worth
from coordinator.queries.day_records import DayRecords, read_day
from coordinator.queries.plan_before import planned_before
from coordinator.queries.problem import build_problem, planning_problem, rules_of
from coordinator.services.trip_writing import (
    change_times,
    close_trip,
    drop_stop,
    is_printed,
    new_trip_row,
    next_trip_number,
    write_stops,
)
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import LeftOverRow, TripRow

_Key = tuple[str, tuple[str, ...]]
"""Vehicle and households in their order."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What was written: the plan as it stands now, and its counts. `moved_on`: households that were planned but
    changed while the plan was computed (refused, boarded elsewhere), so they were left out. `void_lists`: numbers of
    printed lists that were given up or say other times now.

    `stays`: people of the plan before, where that one serves more and so stays. Nothing was written then, and the
    other figures are those of the plan found.
    """

    plan: DayPlan
    trips: int
    households: int
    people: int
    left_over: int
    moved_on: tuple[str, ...] = ()
    void_lists: tuple[int, ...] = ()
    stays: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A plan found beside the one that stands: people that each serves, and by how much the one found is worth more."""

    found: int
    before: int
    gain: int


def plan_day_for(
    session: Session,
    day: date,
    seconds: float,
    progress: Progress | None = None,
    confirmed: frozenset[str] = frozenset(),
    problem: DayProblem | None = None,
) -> Outcome[SavedPlan]:
    """Plan `day` in `seconds` and save it, unless the plan before serves more (`SavedPlan.stays`).

    `progress` hears the share done and the best plan so far. Where it answers False, the search ends and its best so
    far is taken. `problem`: as `build_problem` gave it, where somebody looked at it already. UserError as in its parts.
    """
    problem = problem or build_problem(session, day, confirmed)
    plan = plan_day(problem, seconds, progress)
    weighed = weigh(session, day, plan, problem)
    if weighed.gain < 0:
        return Outcome(replace(_saved(plan, problem, (), ()), stays=weighed.before))
    return save_plan(session, day, plan, problem, confirmed)


def weigh(session: Session, day: date, plan: DayPlan, problem: DayProblem) -> Weighed:
    """Compare `plan`, found for `problem`, with the open trips that it would replace."""
    found, before = households_in(plan), planned_before(session, day)
    gain = worth(problem, found) - worth(problem, before)
    return Weighed(people_in(problem, found), people_in(problem, before), gain)


def save_plan(
    session: Session, day: date, plan: DayPlan, problem: DayProblem, confirmed: frozenset[str] = frozenset()
) -> Outcome[SavedPlan]:
    """Replace the open trips of `day` by those of `plan`, computed for `problem` (both with the same `confirmed`).

    Trips on the road, back, or with results stay. A trip that comes out as it was keeps its number; one whose
    list was printed and that is given up is cancelled and its number is not used again. Left-over rows are
    written anew. UserError "plan.broken": the plan breaks a rule; "plan.outdated": the day has changed so much
    meanwhile that it breaks one now. Either way the old plan stays.
    """
    if lost(problem, plan) or any(not finding.warning for finding in check(problem, plan.trips)):
        raise UserError("plan.broken")
    rules = rules_of(session)
    with session.act("save_plan", day=day.isoformat(), trips=len(plan.trips)) as act:
        now = planning_problem(act.db, day, rules, confirmed)
        trips, moved_on = _still_true(plan.trips, now)
        if any(not finding.warning for finding in check(now, trips)):
            raise UserError("plan.outdated")
        void = _replace_trips(act, day, trips, now.transit.destination_id)
        known = {pickup.household_id for pickup in now.pickups}
        left = tuple(entry for entry in plan.left_over if entry.household_id in known)
        _replace_left_over(act, day, left)
        act.touch(Touched.SCHEDULE)
    return act.outcome(_saved(DayPlan(tuple(trips), left, plan.estimated), now, moved_on, void))


def _still_true(trips: Iterable[PlannedTrip], now: DayProblem) -> tuple[list[PlannedTrip], tuple[str, ...]]:
    """The trips without households that are no longer to be picked up; the others keep their times."""
    known = {pickup.household_id for pickup in now.pickups}
    gone = tuple(stop.household_id for trip in trips for stop in trip.stops if stop.household_id not in known)
    kept = [replace(trip, stops=tuple(s for s in trip.stops if s.household_id in known)) for trip in trips]
    return [trip for trip in kept if trip.stops], gone


def _saved(plan: DayPlan, problem: DayProblem, moved_on: tuple[str, ...], void_lists: tuple[int, ...]) -> SavedPlan:
    planned = households_in(plan)
    return SavedPlan(
        plan, len(plan.trips), len(planned), people_in(problem, planned), len(plan.left_over), moved_on, void_lists
    )


def _replace_trips(act: Act, day: date, planned: list[PlannedTrip], destination_id: str) -> tuple[int, ...]:
    """Numbers of the printed lists that are void by it."""
    records = read_day(act.db, day)
    before = {
        (trip.vehicle_id, tuple(stop.household_id for stop in records.stops[trip.id])): trip
        for trip in records.trips
        if trip.status == TripStatus.PLANNED and not records.stays(trip)
    }
    kept = {key: before.pop(key) for key in map(_key, planned) if key in before}
    pinned = {stop.household_id for trip in before.values() for stop in records.stops[trip.id] if stop.pinned}
    rewritten = _pinned_rows(records, before, [trip for trip in planned if _key(trip) not in kept])
    void = [trip.number for trip in before.values() if is_printed(act.db, trip.id)]
    for trip in before.values():
        close_trip(act, trip)
    for key, trip in rewritten.items():
        for stop in records.stops[trip.id]:
            if stop.household_id not in key[1]:
                drop_stop(act, stop)
    number = next_trip_number(act.db, day)
    for times in sorted(planned, key=lambda trip: (trip.depart, trip.back, trip.vehicle_id)):
        old = kept.get(_key(times))
        if old is not None:
            if _retime(act, old, times, destination_id) and is_printed(act.db, old.id):
                void.append(old.number)
            continue
        old = rewritten.get(_key(times))
        trip_id = old.id if old else new_id()
        if old is not None:
            if is_printed(act.db, old.id):
                void.append(old.number)
            change_times(act, old.id, times, destination_id)
        else:
            to = times.destination_id or destination_id
            stores.trips.add(act.db, [new_trip_row(trip_id, day, number, times, times.driver_id, to)])
            number += 1
        write_stops(act, trip_id, day, times, pinned)
    return tuple(sorted(void))


def _pinned_rows(records: DayRecords, before: dict[_Key, TripRow], planned: list[PlannedTrip]) -> dict[_Key, TripRow]:
    """Trips with pinned stops keep their row and number, though others on them change; taken out of `before`."""
    found: dict[_Key, TripRow] = {}
    for times in planned:
        on_it = {stop.household_id for stop in times.stops}
        for key, trip in before.items():
            stops = records.stops[trip.id]
            if trip.vehicle_id == times.vehicle_id and any(s.pinned and s.household_id in on_it for s in stops):
                found[_key(times)] = before.pop(key)
                break
    return found


def _key(trip: PlannedTrip) -> _Key:
    return trip.vehicle_id, tuple(stop.household_id for stop in trip.stops)


def _retime(act: Act, trip: TripRow, times: PlannedTrip, transit: str) -> bool:
    """Whether the driver's list says something else now."""
    to = times.destination_id or transit
    before = trip.depart, trip.back, trip.driver_id, trip.destination_id
    changed = before != (times.depart, times.back, times.driver_id, to)
    change_times(act, trip.id, times, transit)
    rows = sorted(stores.stops.where(act.db, trip_id=trip.id, freed=False), key=lambda stop: stop.position)
    for row, stop in zip(rows, times.stops, strict=True):
        changed = changed or (row.arrive, row.leave) != (stop.arrive, stop.leave)
        stores.stops.change(act.db, row.id, arrive=stop.arrive, leave=stop.leave)
    return changed


def _replace_left_over(act: Act, day: date, left: Iterable[LeftOver]) -> None:
    stores.left_overs.remove(act.db, [row.id for row in stores.left_overs.where(act.db, work_on=day)])
    rows = [LeftOverRow(new_id(), day, one.household_id, one.reason.value, one.facts or None) for one in left]
    stores.left_overs.add(act.db, rows)


def confirm_pair_for_day(session: Session, pair_id: str, day: date) -> Outcome[None]:
    """Both households of an undecided pair may be planned on `day`: two families, or one in two places.

    UserError "pair.gone" where the pair was decided or taken back meanwhile.
    """
    with session.act("confirm_pair_for_day", day=day.isoformat()) as act:
        pair = stores.pairs.get(act.db, pair_id)
        if pair is None or pair.state != "open":
            raise UserError("pair.gone")
        numbers = sorted(row.number for row in stores.households.where(act.db, id=[pair.first_id, pair.second_id]))
        act.describe(day=day.isoformat(), number=numbers[0], other=numbers[-1])
        stores.pairs.change(act.db, pair_id, both_on=day)
        act.touch(Touched.SCHEDULE | Touched.DUPLICATES, pair.first_id, pair.second_id)
    return act.outcome(None)
