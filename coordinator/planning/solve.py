"""One day's pickups to trips: take out whom nobody can serve, search, time, check, and say why who is left.

Nothing leaves here that the checker refuses, and nobody is lost: each household of the problem is in
exactly one of the trips and the left over.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from coordinator.domain.schedule import DayPlan, DayProblem, LeftOver, LeftReason, Load, Pickup, VehicleDay
from coordinator.planning import adapter
from coordinator.planning.check import check
from coordinator.planning.goals import Goals, Scale, measure
from coordinator.planning.hosting import Berths, party
from coordinator.planning.insertion import Fleet, Runs, VehicleRuns
from coordinator.planning.reasons import explain, pin_broken, sort_out, urgency, usable_vehicles
from coordinator.planning.remedies import Remedies
from coordinator.planning.timing import Timetable

log = logging.getLogger("coordinator.planning")

Progress = Callable[[float, DayPlan | None], bool]
"""Called with the part of the time that is used and the best plan so far; False cancels."""

LEAST_SECONDS, MOST_SECONDS = 1.0, 120.0
_SOFT, _STALE = 0.75, 2500
"""Part of the time for searches that may weigh goals against each other; steps without a better plan that end one."""
_REPORT_EVERY = 0.25
_PATIENCE, _PATIENCE_EACH, _MOST_PATIENCE = 0.2, 0.01, 2.0
"""Seconds (and more for each household) without an improvement: a plan that serves everybody is then good enough."""


def plan_day(
    problem: DayProblem,
    seconds: float,
    progress: Progress | None = None,
    *,
    max_iterations: int | None = None,
    seed: int = 1,
) -> DayPlan:
    """The best plan found in `seconds` (1 to 120), or until `progress` returns False.

    Runs in a thread: the search goes in steps of a few milliseconds, between which others run.
    `max_iterations` ends it after so many steps, for runs that have to repeat exactly.
    Raises ValueError for rules without a speed.
    """
    day = _Day(problem)
    if day.ready:
        watch = _Watch(day, min(max(seconds, LEAST_SECONDS), MOST_SECONDS), progress, max_iterations)
        candidates = [day.search(watch, seed), day.simple]
    else:
        candidates = []
    plans = [plan for plan in map(day.plan, candidates) if plan is not None]
    best = min(plans, key=lambda plan: measure(problem, plan.trips).key, default=None)
    return day.with_help(best or day.empty_plan())


class _Day:
    """A problem with those taken out whom no plan could serve, and a simple plan for the others."""

    def __init__(self, problem: DayProblem) -> None:
        self.problem = problem
        self.timetable = Timetable(replace(problem, vehicles=usable_vehicles(problem)))
        self.never, self.ready = sort_out(self.timetable)
        fleet = Fleet(self.timetable)
        at = {pickup.household_id: pickup.pinned.arrive for pickup in self.ready if pickup.pinned is not None}
        pinned = [pickup for pickup in self.ready if pickup.household_id in at]
        broken = fleet.insert_all(sorted(pinned, key=lambda one: at[one.household_id]))
        self.never += [pin_broken(pickup) for pickup in broken]
        self.ready = [pickup for pickup in self.ready if pickup not in broken]
        self.by_urgency = sorted(self.ready, key=self._first)
        self.searched = self._hosted_at_all(fleet.berths)
        fleet.insert_all(pickup for pickup in self.by_urgency if pickup.pinned is None)
        self.simple = min((fleet.runs, self._standing()), key=lambda runs: self._goals(runs).key)

    def _hosted_at_all(self, berths: Berths) -> list[Pickup]:
        """For the solver, which knows no destinations: no more people than there are places, the first first."""
        room = berths.room()
        if room is None:
            return self.ready
        found = []
        for pickup in self.by_urgency:
            if pickup.load.people <= room:
                found.append(pickup)
                room -= pickup.load.people
        return found

    def _standing(self) -> Runs:
        """The plan before as far as it can still be driven, with whoever fits in beside."""
        days: dict[str, dict[int, list[Pickup]]] = {}
        for pickup in self.ready:
            if pickup.stands is not None:
                trips = days.setdefault(pickup.stands.vehicle_id, {})
                trips.setdefault(pickup.stands.trip, []).append(pickup)
        runs = {}
        for vehicle_id, trips in days.items():
            run = [
                [one.household_id for one in sorted(trip, key=_arrives)] for trip in sorted(trips.values(), key=_begins)
            ]
            vehicle = self.timetable.vehicles.get(vehicle_id)
            if vehicle is not None and VehicleRuns(self.timetable, vehicle, run).sound:
                runs[vehicle_id] = run
        fleet = Fleet(self.timetable, runs)
        placed = {key for own in runs.values() for trip in own for key in trip}
        left = fleet.insert_all(pickup for pickup in self.by_urgency if pickup.household_id not in placed)
        return {} if any(pickup.pinned for pickup in left) else fleet.runs

    def _goals(self, runs: Runs) -> Goals:
        runs, ends = self._hosted(self._within_layouts(runs))
        return measure(self.problem, Fleet(self.timetable, runs, ends).trips)

    @staticmethod
    def _first(pickup: Pickup) -> tuple[bool, int, int]:
        return pickup.pinned is None, *urgency(pickup)

    def search(self, watch: _Watch, seed: int) -> Runs:
        """Orders of stops by the solver; the simple plan where the solver fails on odd input.

        A few times from the simple plan with goals that may outbid each other (where a minute has its price, room for
        more people is found sooner; each search ends elsewhere), then from the best with the goals in their order.
        """
        best, key = self.simple, self._goals(self.simple).key
        try:
            scales = Scale.soft(self.timetable.problem), None
            soft, strict = (adapter.build(self.timetable, self.searched, scale) for scale in scales)
            number = 0
            while watch.begin(_SOFT, _STALE):
                found = adapter.search(soft, self.simple, watch, watch.on_best, seed + number)
                number += 1
                if self._goals(found).key < key:
                    best, key = found, self._goals(found).key
            watch.begin(1.0)
            found = adapter.search(strict, best, watch, watch.on_best, seed)
            return min((found, best), key=lambda runs: self._goals(runs).key)
        except (ValueError, RuntimeError):
            log.exception("the solver failed; a simple plan is used")
            return best

    def plan(self, runs: Runs) -> DayPlan | None:
        """Trips with times, and a reason for everybody else; None where the checker refuses them."""
        runs, ends = self._hosted(self._within_layouts(runs))
        fleet = Fleet(self.timetable, runs, ends)
        served = {key for own in fleet.runs.values() for trip in own for key in trip}
        left = fleet.insert_all(pickup for pickup in self.by_urgency if pickup.household_id not in served)
        trips = fleet.trips
        breaches = Counter(finding.breach for finding in check(self.problem, trips) if not finding.warning)
        if breaches:
            log.error("a plan was refused by the checker: %s", dict(breaches))
            return None
        reasons = [explain(fleet, pickup) if pickup.pinned is None else pin_broken(pickup) for pickup in left]
        return DayPlan(trips, self._in_order(reasons), self._estimated())

    def with_help(self, plan: DayPlan) -> DayPlan:
        """The same plan; everybody left over is told what would help."""
        runs: Runs = {}
        ends: dict[str, list[str]] = {}
        for trip in plan.trips:
            runs.setdefault(trip.vehicle_id, []).append([stop.household_id for stop in trip.stops])
            ends.setdefault(trip.vehicle_id, []).append(trip.destination_id)
        remedies = Remedies(Fleet(self.timetable, runs, ends))
        return replace(plan, left_over=tuple(remedies.told(left) for left in plan.left_over))

    def _hosted(self, runs: Runs) -> tuple[Runs, dict[str, list[str]]]:
        """A destination for each trip; whoever has no place there, or makes the way there too long, gets off."""
        berths = Berths(self.timetable.problem)
        if berths.easy:
            return runs, {}
        kept: Runs = {}
        ends: dict[str, list[str]] = {}
        for key, trips in runs.items():
            hosted = [self._host(berths, trip) for trip in trips]
            own, to = [trip for trip, _end in hosted], [end for _trip, end in hosted]
            while not VehicleRuns(self.timetable, self.timetable.vehicles[key], own, to).in_time:
                last = max((one for trip in own for one in trip), key=lambda one: self._first(self._pickup(one)))
                own = [[one for one in trip if one != last] for trip in own]
            kept[key] = [trip for trip in own if trip]
            ends[key] = [end for trip, end in zip(own, to, strict=True) if trip]
        return kept, ends

    def _host(self, berths: Berths, trip: Sequence[str]) -> tuple[list[str], str]:
        """Who of a trip goes where; the least urgent get off until one place takes the others, who are counted."""
        staying = sorted(trip, key=lambda one: self._first(self._pickup(one)))
        while staying:
            whole = party(map(self._pickup, staying))
            end = berths.first(whole)
            if end is not None:
                berths.taken[end] += whole.people
                return [one for one in trip if one in staying], end
            staying.pop()
        return [], ""

    def _pickup(self, household_id: str) -> Pickup:
        return self.timetable.pickups[household_id]

    def _within_layouts(self, runs: Runs) -> Runs:
        """The solver knows layouts only as sums: who is one too many in each of them gets off, the least first."""
        kept: Runs = {}
        for key, trips in runs.items():
            vehicle = self.timetable.vehicles[key]
            kept[key] = [self._fitting(vehicle, trip) for trip in trips]
        return kept

    def _fitting(self, vehicle: VehicleDay, trip: Sequence[str]) -> list[str]:
        pickups = self.timetable.pickups
        staying, total = set[str](), Load()
        for household_id in sorted(trip, key=lambda one: self._first(pickups[one])):
            if vehicle.takes(total + pickups[household_id].load):
                total += pickups[household_id].load
                staying.add(household_id)
        return [household_id for household_id in trip if household_id in staying]

    def empty_plan(self) -> DayPlan:
        """No trip; whoever could have been served is left over without a sharper reason."""
        left = [LeftOver(pickup.household_id, LeftReason.NO_PLACE) for pickup in self.ready]
        return DayPlan((), self._in_order(left), self._estimated())

    def _in_order(self, left: Sequence[LeftOver]) -> tuple[LeftOver, ...]:
        pickups = self.timetable.pickups
        return tuple(sorted([*self.never, *left], key=lambda one: urgency(pickups[one.household_id])))

    def _estimated(self) -> tuple[str, ...]:
        return tuple(pickup.household_id for pickup in self.problem.pickups if pickup.estimated)


def _arrives(pickup: Pickup) -> int:
    return pickup.stands.arrive if pickup.stands else 0


def _begins(trip: Sequence[Pickup]) -> int:
    return min(map(_arrives, trip))


class _Watch:
    """Ends the search: out of time, cancelled, or everybody served and nothing better for a while."""

    def __init__(self, day: _Day, seconds: float, progress: Progress | None, max_iterations: int | None) -> None:
        self._day = day
        self._seconds = seconds
        self._progress = progress
        self._max_iterations = max_iterations
        self._iterations = 0
        self._began = self._improved = monotonic()
        self._reported = float("-inf")
        self._served = sum(len(trip) for trips in day.simple.values() for trip in trips)
        self._news: Callable[[], Runs] | None = lambda: day.simple
        self._best: DayPlan | None = None
        self._until, self._cancelled = 1.0, False
        self._stale: int | None = None
        self._last_best = 0

    def _part(self) -> float:
        """Of the time, or of the steps where those are given."""
        part = (monotonic() - self._began) / self._seconds
        if self._max_iterations is None:
            return part
        return max(part, (self._iterations - 1) / max(1, self._max_iterations))

    def begin(self, until: float, stale: int | None = None) -> bool:
        """A search that ends at this part of the time, or after so many steps without a better plan.

        False where there is no time for it, or nobody is left to be found.
        """
        self._until, self._stale, self._improved = until, stale, monotonic()
        self._last_best = self._iterations
        return self._served < len(self._day.ready) and self._part() < until and not self._cancelled

    def on_best(self, served: int, runs: Callable[[], Runs]) -> None:
        self._news = runs
        self._served = served
        self._improved, self._last_best = monotonic(), self._iterations

    def __call__(self, best_cost: int) -> bool:
        now = monotonic()
        self._iterations += 1
        part = self._part()
        patience = min(_PATIENCE + _PATIENCE_EACH * len(self._day.ready), _MOST_PATIENCE, self._seconds / 4)
        settled = self._served == len(self._day.ready) and now - self._improved > patience
        stale = self._stale is not None and self._iterations - self._last_best > self._stale
        if part >= self._until or settled or stale or self._cancelled:
            return True
        if self._progress is None or now - self._reported < _REPORT_EVERY:
            return False
        self._reported = now
        self._cancelled = not self._progress(part, self._latest())
        return self._cancelled

    def _latest(self) -> DayPlan | None:
        """The best of all searches so far."""
        if self._news is not None:
            found, self._news = self._day.plan(self._news()), None
            plans = [plan for plan in (self._best, found) if plan is not None]
            self._best = min(plans, key=lambda plan: measure(self._day.problem, plan.trips).key, default=None)
        return self._best
