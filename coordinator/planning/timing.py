"""From an order of stops to minutes: when a trip leaves, arrives, and is back.

Two passes over the stops do it: `forward` gives the earliest times, `backward` the latest that still keep
the end. A trip leaves as late as keeps its end, so that a driver waits at home and not at a stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coordinator.domain.schedule import DayProblem, PlannedStop, PlannedTrip, VehicleDay
from coordinator.planning.travel import DayRoads, Roads, Travel

_NEVER = 10**6
_Driven = tuple[tuple[tuple[str, ...], str], ...]
"""Households in order, and where each trip ends."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A household as timing sees it: its row in the roads, arrival from `start` to `last`, minutes there."""

    household_id: str
    row: int
    start: int
    last: int
    service: int


def forward(
    roads: Roads, start: int, visits: Sequence[Visit], depart: int, to: int = Roads.TRANSIT
) -> tuple[list[int], int]:
    """Arrival at each stop and at row `to` for a trip that leaves row `start` at `depart`.

    Waits where it is early; where it is late it goes on, and the checker tells.
    """
    arrivals: list[int] = []
    row, now = start, depart
    for visit in visits:
        now = max(now + roads.leg(row, visit.row), visit.start)
        arrivals.append(now)
        now += visit.service
        row = visit.row
    return arrivals, now + (roads.leg(row, to) if visits else 0)


def backward(
    roads: Roads, start: int, visits: Sequence[Visit], end: int, to: int = Roads.TRANSIT
) -> tuple[list[int], int]:
    """Latest arrival at each stop, and latest departure, for a trip at row `to` by the minute `end`."""
    latest: list[int] = []
    row, limit = to, end
    for visit in reversed(visits):
        limit = min(visit.last, limit - roads.leg(visit.row, row) - visit.service)
        latest.append(limit)
        row = visit.row
    latest.reverse()
    return latest, limit - (roads.leg(start, row) if visits else 0)


class Timetable:
    """The clock of one day: the problem's roads, households and vehicles, looked up by id.

    `roads` are those of a vehicle of which nothing special is known; each vehicle's own by `roads_of`.
    """

    def __init__(self, problem: DayProblem, travel: Travel | None = None) -> None:
        """`travel`: who tells how long the ways take, where that is not the register."""
        self.problem = problem
        self._day_roads = DayRoads(problem, travel)
        self.roads = self._day_roads.of()
        self.pickups = {pickup.household_id: pickup for pickup in problem.pickups}
        self.vehicles = {vehicle.vehicle_id: vehicle for vehicle in problem.vehicles}

    def roads_of(self, vehicle_id: str) -> Roads:
        """The ways that this vehicle may drive; the rows are the same for all."""
        return self._day_roads.of(vehicle_id)

    def roads_key(self, vehicle_id: str) -> str:
        """Vehicles with the same key drive the same roads."""
        return self._day_roads.key(vehicle_id)

    def visit(self, household_id: str, unknown_row: int = Roads.BASE) -> Visit:
        """The visit of a household; one that the problem does not know takes no time."""
        row = self.roads.row.get(household_id, unknown_row)
        pickup = self.pickups.get(household_id)
        if pickup is None:
            return Visit(household_id, row, 0, _NEVER, 0)
        if pickup.pinned is not None:
            return Visit(household_id, row, pickup.pinned.arrive, pickup.pinned.arrive, pickup.service)
        window = pickup.window
        return Visit(household_id, row, window.start, window.end - pickup.service, pickup.service)

    def visits(self, household_ids: Sequence[str]) -> list[Visit]:
        """Visits in order. One without coordinates is taken to be where its neighbour on the list is."""
        known = [self.roads.row[key] for key in household_ids if key in self.roads.row]
        nearest = known[0] if known else Roads.BASE
        found: list[Visit] = []
        for key in household_ids:
            found.append(self.visit(key, nearest))
            nearest = found[-1].row
        return found

    def ready(self, vehicle: VehicleDay) -> int:
        """The first minute at which a vehicle can leave the base."""
        return vehicle.window.start + self.problem.rules.start_service

    def trip(
        self, vehicle_id: str, household_ids: Sequence[str], earliest: int, first: bool, came: str = "", to: str = ""
    ) -> PlannedTrip:
        """Time one trip that leaves no sooner than `earliest`, from the base if it is the first.

        Otherwise from the destination `came`; it ends at `to`, "" being the transit centre.

        A closed road is timed as if it were open: the checker says that it is not.
        """
        roads, visits = self._day_roads.as_if_open(vehicle_id), self.visits(household_ids)
        start, home = Roads.BASE if first else roads.end(came), roads.end(to)
        soonest, end = forward(roads, start, visits, earliest, home)
        no_later = [replace(v, last=max(v.last, at)) for v, at in zip(visits, soonest, strict=True)]
        _, latest = backward(roads, start, no_later, end, home)
        return self.leaving(vehicle_id, household_ids, max(earliest, latest), first, came, to)

    def leaving(
        self, vehicle_id: str, household_ids: Sequence[str], depart: int, first: bool, came: str = "", to: str = ""
    ) -> PlannedTrip:
        """A trip that leaves at `depart`."""
        roads = self._day_roads.as_if_open(vehicle_id)
        start, home = Roads.BASE if first else roads.end(came), roads.end(to)
        vehicle, visits = self.vehicles.get(vehicle_id), self.visits(household_ids)
        arrivals, end = forward(roads, start, visits, depart, home)
        return PlannedTrip(
            vehicle_id,
            vehicle.driver_id if vehicle else None,
            depart,
            end + (self.problem.transit.unloading if visits else 0),
            tuple(
                PlannedStop(visit.household_id, at, at + visit.service)
                for visit, at in zip(visits, arrivals, strict=True)
            ),
            _kilometres(roads, start, visits, home),
            to,
        )

    def day(self, vehicle_id: str, runs: Sequence[Sequence[str]], ends: Sequence[str] = ()) -> tuple[PlannedTrip, ...]:
        """Time all trips of a vehicle one after the other, from its first hour on; empty runs are left out.

        `ends`: the destination of each run; without them all end at the transit centre.
        """
        vehicle = self.vehicles.get(vehicle_id)
        driven = tuple((tuple(run), to) for run, to in zip(runs, ends or [""] * len(runs), strict=True) if run)
        trips = self._in_turn(vehicle_id, driven, self.ready(vehicle) if vehicle else 0)
        return self._as_printed(vehicle, driven, trips) if vehicle else tuple(trips)

    def _in_turn(
        self, vehicle_id: str, runs: _Driven, earliest: int, before: PlannedTrip | None = None
    ) -> tuple[PlannedTrip, ...]:
        trips: list[PlannedTrip] = []
        for run, to in runs:
            came = before.destination_id if before else ""
            before = self.trip(vehicle_id, run, earliest, before is None, came, to)
            trips.append(before)
            earliest = before.back + self.problem.rules.start_service
        return tuple(trips)

    def _as_printed(
        self, vehicle: VehicleDay, runs: _Driven, trips: tuple[PlannedTrip, ...]
    ) -> tuple[PlannedTrip, ...]:
        """The same trips, moved to the minutes that printed lists say where nothing dearer is lost by it."""
        for index in range(len(trips)):
            for shift in self._shifts(trips[index]):
                moved = self._moved(vehicle, runs, trips, index, trips[index].depart + shift)
                if moved is not None and self._kept(moved) > self._kept(trips):
                    trips = moved
                    break
        return trips

    def _shifts(self, trip: PlannedTrip) -> list[int]:
        """Minutes by which the stops of a trip differ from their printed lists, each once."""
        found = (stop.arrive - self._printed(trip.vehicle_id, stop) for stop in trip.stops)
        return [-shift for shift in dict.fromkeys(found) if shift]

    def _printed(self, vehicle_id: str, stop: PlannedStop) -> int:
        """The minute that the household's printed list names for this vehicle; else that of the stop."""
        pickup = self.pickups.get(stop.household_id)
        stands = pickup.stands if pickup else None
        return stands.arrive if stands and stands.printed and stands.vehicle_id == vehicle_id else stop.arrive

    def _kept(self, trips: Sequence[PlannedTrip]) -> int:
        return sum(self._printed(trip.vehicle_id, stop) == stop.arrive for trip in trips for stop in trip.stops)

    def _moved(
        self, vehicle: VehicleDay, runs: _Driven, trips: tuple[PlannedTrip, ...], index: int, depart: int
    ) -> tuple[PlannedTrip, ...] | None:
        """One trip leaving at `depart` and those behind it in turn; None where it costs time or comes too late."""
        pause, before = self.problem.rules.start_service, trips[index - 1] if index else None
        if depart < (before.back + pause if before else self.ready(vehicle)):
            return None
        (run, to), came = runs[index], before.destination_id if before else ""
        one = self.leaving(vehicle.vehicle_id, run, depart, before is None, came, to)
        rest = self._in_turn(vehicle.vehicle_id, runs[index + 1 :], one.back + pause, one)
        moved = (*trips[:index], one, *rest)
        pairs = zip(moved[index:], trips[index:], strict=True)
        shorter = all(new.back - new.stops[0].arrive <= old.back - old.stops[0].arrive for new, old in pairs)
        return moved if shorter and self._in_time(vehicle, moved[index:]) else None

    def _in_time(self, vehicle: VehicleDay, trips: Sequence[PlannedTrip]) -> bool:
        stops = (stop for trip in trips for stop in trip.stops)
        door = all(stop.arrive <= self.visit(stop.household_id).last for stop in stops)
        return door and all(trip.back <= vehicle.window.end for trip in trips)


def _kilometres(roads: Roads, start: int, visits: Sequence[Visit], home: int) -> float:
    rows = [start, *(visit.row for visit in visits), home] if visits else []
    return sum(roads.hectometres[a][b] for a, b in pairwise(rows)) / 10


def retime(
    problem: DayProblem, vehicle_id: str, household_ids: Sequence[str], earliest: int, first: bool = True,
    came: str = "", to: str = "",
) -> PlannedTrip:  # fmt: skip
    """New times for a trip that was changed by hand, leaving at `earliest` (minute of the day) or later.

    `first`: the vehicle's first trip of the day, which leaves from the base; otherwise it leaves from the destination
    `came`. It ends at `to`. Never refuses: what does not fit is shown by the checker.
    """
    timetable = Timetable(problem)
    vehicle = timetable.vehicles.get(vehicle_id)
    soonest = max(earliest, timetable.ready(vehicle)) if vehicle else earliest
    return timetable.trip(vehicle_id, household_ids, soonest, first, came, to)
