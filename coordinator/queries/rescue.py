"""Stops that come free during the day, found a place on what still drives: the fewest changes to printed lists first.

Worked out over a day that was read before, without a connection. Other vehicles keep the order of their stops; what
has left, is pinned or has no driver on it takes nobody. Nobody is lost: who finds no place is left over with the
reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.schedule import (
    Breach,
    DayProblem,
    LeftOver,
    LeftReason,
    Pickup,
    PlannedTrip,
    VehicleDay,
    Window,
)
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.planning.reasons import urgency
from coordinator.planning.solve import Progress, plan_day
from coordinator.planning.timing import Timetable
from coordinator.queries.draft import DayDraft, DraftStop, DraftTrip
from coordinator.queries.problem import free_vehicles, longest_gap
from db.ids import new_id

QUICK = 3.0
"""Seconds to plan those for whom there is no room on the trips there are."""
TRIES = 12
"""Places looked at by the checker for one household, the best first."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What changes for a household: trip and minute of arrival before and after; None after: it is left over."""

    household_id: str
    trip_before: str
    arrive_before: int
    trip_after: str | None
    arrive_after: int | None


@dataclass(frozen=True, slots=True)
class Rescue:
    """A proposal. `freed`: trips whose open stops come free, from `minute` on; `base` is the day it was made for.

    `on_board`: people who sit in the vehicle and wait for another one. `changed`: other trips that say something else
    now, `new` those that do not exist yet.
    """

    day: date
    minute: int
    freed: tuple[str, ...]
    base: DayDraft
    draft: DayDraft
    moved: tuple[Moved, ...]
    left: tuple[LeftOver, ...]
    on_board: int
    changed: tuple[str, ...]
    new: tuple[str, ...]
    vehicle_id: str | None = None
    reason: str = ""

    @property
    def void(self) -> tuple[str, ...]:
        """Printed lists that say something else afterwards, those of the freed trips among them."""
        return tuple(one for one in (*self.freed, *self.changed) if one in self.base.printed)


def rescue_vehicle(
    base: DayDraft, vehicle_id: str, minute: int, reason: str, progress: Progress | None = None
) -> Rescue:  # fmt: skip
    """The vehicle broke down at `minute`: its open stops are replanned from then on. UserError "vehicle.gone"."""
    if vehicle_id not in base.records.vehicles:
        raise UserError("vehicle.gone")
    freed = [trip.id for trip in base.lane(vehicle_id) if not trip.arrived and _later(trip, minute)]
    return _Rescuing(base, freed, minute, vehicle_id).rescue(reason, progress)


def rescue_trip(base: DayDraft, trip_id: str, minute: int, progress: Progress | None = None) -> Rescue:
    """The open stops of one trip go elsewhere. UserError "plan.trip_gone", "plan.trip_arrived"."""
    if trip_id not in base.trips:
        raise UserError("plan.trip_gone")
    if base.trips[trip_id].arrived:
        raise UserError("plan.trip_arrived", number=base.records.trip(trip_id).number)
    return _Rescuing(base, [trip_id], minute).rescue("", progress)


def _later(trip: DraftTrip, minute: int) -> bool:
    return trip.times is None or trip.times.back > minute or bool(trip.households)


class _Rescuing:
    def __init__(self, base: DayDraft, freed: Sequence[str], minute: int, broken: str | None = None) -> None:
        self.base, self.minute, self.broken = base, minute, broken
        self.freed = tuple(freed)
        self.draft = base.copy()
        self.stops = [(trip_id, stop) for trip_id in freed for stop in self._take_open(trip_id)]
        self.known = {key: {(f.breach, f.household_id) for f in found} for key, found in base.as_read().items()}

    def _take_open(self, trip_id: str) -> list[DraftStop]:
        trip = self.draft.trips[trip_id]
        taken = [stop for stop in trip.stops if stop.active and self.base.result_of(stop.id) is StopResult.OPEN]
        trip.stops = [stop for stop in trip.stops if stop not in taken]
        self.draft.keep_times(trip_id)
        return taken

    def rescue(self, reason: str, progress: Progress | None) -> Rescue:
        pickups = sorted((self._pickup(stop.household_id) for _trip, stop in self.stops), key=urgency)
        rest = [pickup for pickup in pickups if not self._insert(pickup)]
        left = self._plan(rest, progress) if rest else ()
        moved = tuple(self._moved(trip_id, stop.household_id) for trip_id, stop in self.stops)
        return Rescue(
            self.base.records.day, self.minute, self.freed, self.base, self.draft, (*moved, *self._shifted()), left,
            self._on_board(), tuple(sorted(self.draft.changed - set(self.freed) - self._new())),
            tuple(sorted(self._new())), self.broken, reason,
        )  # fmt: skip

    def _new(self) -> set[str]:
        return set(self.draft.trips) - set(self.base.trips)

    def _pickup(self, household_id: str) -> Pickup:
        records = self.base.records
        household = records.households[household_id]
        pickup = self.base.scene.pickup(household, records.asked(household_id))
        start = max(pickup.window.start, self.minute)
        return replace(pickup, window=Window(start, max(start, pickup.window.end)))

    def _insert(self, pickup: Pickup) -> bool:
        """Into the trips there are: where the fewest printed minutes change, then where it costs the least time."""
        tries = sorted(self._tries(pickup), key=lambda one: one[0])
        for _cost, trip_id, position, times in tries[:TRIES]:
            before = self.draft
            self.draft = before.copy()
            trip = self.draft.trips[trip_id]
            trip.stops.insert(position, DraftStop(new_id(), pickup.household_id))
            trip.times = times
            self.draft.changed = before.changed | {trip_id}
            if not self._breaks(trip_id, pickup.household_id):
                return True
            self.draft = before
        return False

    def _breaks(self, trip_id: str, household_id: str) -> bool:
        """Whether the checker has something to say that it did not say before."""
        found, known = self.draft.findings().get(trip_id, ()), self.known.get(trip_id, set())
        return any(
            not one.warning and (one.breach, one.household_id) not in known
            and not (one.breach is Breach.OPEN_RESULT and one.household_id == household_id)
            for one in found
        )  # fmt: skip

    def _tries(self, pickup: Pickup) -> Iterator[tuple[tuple[int, bool, int], str, int, PlannedTrip]]:
        """(cost, trip, position, its times) of each place where time and vehicle allow one more."""
        timetable = Timetable(self._problem(pickup))
        for vehicle in timetable.problem.vehicles:
            lane = [trip for trip in self.draft.lane(vehicle.vehicle_id) if trip.runs]
            for place, trip in enumerate(lane):
                if vehicle.vehicle_id == self.broken or not self._open(trip) or trip.times is None:
                    continue
                before = lane[place - 1] if place else None
                after = lane[place + 1] if place + 1 < len(lane) else None
                yield from self._in_trip(timetable, vehicle, (before, trip, after), pickup)

    def _in_trip(
        self, timetable: Timetable, vehicle: VehicleDay, around: tuple[DraftTrip | None, DraftTrip, DraftTrip | None],
        pickup: Pickup,
    ) -> Iterator[tuple[tuple[int, bool, int], str, int, PlannedTrip]]:  # fmt: skip
        """`around`: the trip between the one before and the one after it."""
        before, trip, after = around
        assert trip.times is not None
        pause, plate = timetable.problem.rules.start_service, vehicle.vehicle_id
        came, to = before.destination_id if before else "", trip.destination_id
        back = before.times.back + pause if before and before.times else 0
        latest = min(vehicle.window.end, after.times.depart - pause if after and after.times else vehicle.window.end)
        earliest = max(timetable.ready(vehicle), self.minute, back)
        told = {stop.household_id: stop.arrive for stop in trip.times.stops}
        printed = trip.id in self.base.printed
        for position in range(len(trip.stops) + 1):
            ids = [stop.household_id for stop in trip.stops if stop.active]
            ids.insert(sum(1 for stop in trip.stops[:position] if stop.active), pickup.household_id)
            for times in (
                timetable.leaving(plate, ids, max(earliest, trip.times.depart), before is None, came, to),
                timetable.trip(plate, ids, earliest, before is None, came, to),
            ):
                if times.back <= latest:
                    others = sum(told.get(stop.household_id, stop.arrive) != stop.arrive for stop in times.stops)
                    cost = (others if printed else 0, printed, times.back - times.depart)
                    yield cost, trip.id, position, replace(times, driver_id=trip.driver_id)

    def _problem(self, pickup: Pickup) -> DayProblem:
        problem = self.draft.problem()
        return replace(problem, pickups=(*problem.pickups, pickup))

    def _open(self, trip: DraftTrip) -> bool:
        """It has not left, is not pinned, and is not one of those that are given up."""
        row = next((row for row in self.base.records.trips if row.id == trip.id), None)
        planned = row is None or row.status == TripStatus.PLANNED
        leaves = trip.times is not None and trip.times.depart >= self.minute
        return planned and leaves and not trip.pinned and trip.id not in self.freed

    def _plan(self, rest: Sequence[Pickup], progress: Progress | None) -> tuple[LeftOver, ...]:
        """New trips for the others, in the time that vehicles have left; every trip there is stays."""
        problem = self.draft.problem([])
        hop = self.base.scene.hop()
        problem = replace(problem, pickups=tuple(rest), vehicles=tuple(self._free(hop)))
        plan = plan_day(problem, QUICK, progress)
        left = list(plan.left_over)
        for times in sorted(plan.trips, key=lambda trip: trip.depart):
            before = self.draft
            self.draft = before.copy()
            stops = [DraftStop(new_id(), stop.household_id) for stop in times.stops]
            trip = DraftTrip(
                new_id(), times.vehicle_id, times.driver_id, False, stops, times, destination_id=times.destination_id
            )
            self.draft.trips[trip.id] = trip
            self.draft.changed = before.changed | {trip.id}
            if any(self._breaks(trip.id, stop.household_id) for stop in stops):
                self.draft = before
                left += [LeftOver(stop.household_id, LeftReason.NO_PLACE) for stop in stops]
        return tuple(left)

    def _free(self, hop: int) -> Iterator[VehicleDay]:
        """Vehicles in their longest free stretch from now on, beside the trips that stay."""
        for vehicle in free_vehicles(self.base.records, (), hop):
            trips = [
                trip.times
                for trip in self.draft.trips.values()
                if trip.times is not None and trip.runs and _shares(trip, vehicle)
            ]
            start = max(vehicle.window.start, self.minute)
            if vehicle.vehicle_id == self.broken or start >= vehicle.window.end:
                continue
            taken = [Window(times.depart - hop, times.back + hop) for times in trips]
            window = longest_gap(Window(start, vehicle.window.end), taken)
            used = sum(times.back - times.depart for times in trips)
            most = vehicle.most_minutes
            if window is not None:
                yield replace(vehicle, window=window, most_minutes=None if most is None else max(0, most - used))

    def _moved(self, trip_before: str, household_id: str) -> Moved:
        times = self.base.trips[trip_before].times
        arrive = next((s.arrive for s in times.stops if s.household_id == household_id), 0) if times else 0
        for trip in self.draft.trips.values():
            for stop in trip.times.stops if trip.times else ():
                if stop.household_id == household_id and trip.id not in self.freed:
                    return Moved(household_id, trip_before, arrive, trip.id, stop.arrive)
        return Moved(household_id, trip_before, arrive, None, None)

    def _shifted(self) -> Iterator[Moved]:
        """Those of other trips to whom the vehicle comes at another minute now."""
        freed = {stop.household_id for _trip, stop in self.stops}
        for trip_id in sorted(self.draft.changed & set(self.base.trips)):
            before, after = self.base.trips[trip_id].times, self.draft.trips[trip_id].times
            minutes = {stop.household_id: stop.arrive for stop in before.stops} if before else {}
            for stop in after.stops if after else ():
                old = minutes.get(stop.household_id)
                if old is not None and old != stop.arrive and stop.household_id not in freed:
                    yield Moved(stop.household_id, trip_id, old, trip_id, stop.arrive)

    def _on_board(self) -> int:
        records = self.base.records
        return sum(len(records.passengers.get(trip_id, ())) for trip_id in self.freed)


def _shares(trip: DraftTrip, vehicle: VehicleDay) -> bool:
    return trip.vehicle_id == vehicle.vehicle_id or (trip.driver_id is not None and trip.driver_id == vehicle.driver_id)
