"""A plan by plain insertion: each household goes where it costs the fewest minutes, if it fits at all.

It is the solver's first plan, its fallback, and the proof behind "no place": what is left over after
`insert_all` fits nowhere unless somebody else is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coordinator.domain.schedule import Load, Pickup, VehicleDay
from coordinator.planning.timing import Timetable, Visit, backward, forward
from coordinator.planning.travel import Roads

Runs = dict[str, list[list[str]]]
"""Vehicle id -> its trips in order -> household ids in order."""


def minus(offered: Load, taken: Load) -> Load:
    """Places still free (negative where too many were taken)."""
    return Load(
        offered.seats - taken.seats,
        offered.wheelchair - taken.wheelchair,
        offered.stretcher - taken.stretcher,
        offered.space - taken.space,
    )


def room(vehicle: VehicleDay, taken: Load) -> Load:
    """The most places of each kind still free in any layout that takes what is on board already.

    Not all at once: a seat may be where the wheelchair would stand.
    """
    left = [minus(offered, taken) for offered in vehicle.layouts if taken.fits(offered)]
    if not left:
        return minus(vehicle.capacity, taken)
    return Load(*(max(getattr(free, kind) for free in left) for kind in ("seats", "wheelchair", "stretcher", "space")))


@dataclass(slots=True)
class Trip:
    """A trip under construction, with the earliest and latest times of its stops."""

    start: int
    vehicle: VehicleDay
    taken: Load = Load()
    visits: list[Visit] = field(default_factory=list)
    depart: int = 0
    arrivals: list[int] = field(default_factory=list)
    latest: list[int] = field(default_factory=list)
    end_latest: int = 0

    @property
    def free(self) -> Load:
        return room(self.vehicle, self.taken)

    def takes(self, load: Load) -> bool:
        return self.vehicle.takes(self.taken + load)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one more household: before stop `position` of trip `trip` (a new one if past the last).

    `new`: in a trip of its own before trip `trip`.
    """

    cost: int
    trip: int
    position: int
    new: bool = False


def _cost_of(slot: Slot) -> int:
    return slot.cost


class VehicleRuns:
    """One vehicle's day under construction; always feasible when built by `best_slot` and `insert` alone."""

    def __init__(self, timetable: Timetable, vehicle: VehicleDay, runs: Iterable[Sequence[str]] = ()) -> None:
        self.timetable = timetable
        self.vehicle = vehicle
        self.roads = timetable.roads_of(vehicle.vehicle_id)
        self.trips: list[Trip] = []
        self._rebuild(runs)

    @property
    def runs(self) -> list[list[str]]:
        return [[visit.household_id for visit in trip.visits] for trip in self.trips if trip.visits]

    def best_slot(self, pickup: Pickup, visit: Visit) -> Slot | None:
        """The cheapest place in minutes of driving, in the trips there are or else in one of their own."""
        if pickup.pinned is not None and pickup.pinned.vehicle_id != self.vehicle.vehicle_id:
            return None
        if not self.vehicle.takes(pickup.load):
            return None
        return self._cheapest(self._in_trips(pickup, visit), pickup) or self._cheapest(self._own_trip(visit), pickup)

    def _cheapest(self, slots: Sequence[Slot], pickup: Pickup) -> Slot | None:
        """Of those within the driver's hours."""
        if self.vehicle.most_minutes is None:
            return min(slots, key=_cost_of, default=None)
        return next((slot for slot in sorted(slots, key=_cost_of) if self._within_hours(slot, pickup)), None)

    def _in_trips(self, pickup: Pickup, visit: Visit) -> list[Slot]:
        found = []
        for index, trip in enumerate(self.trips):
            if trip.takes(pickup.load):
                for position in range(len(trip.visits) + 1):
                    cost = self._detour(trip, position, visit)
                    if cost is not None:
                        found.append(Slot(cost, index, position))
        return found

    def _own_trip(self, visit: Visit) -> list[Slot]:
        """At the end; before a trip that waits for a pinned minute one may fit as well."""
        own = self._new_trip(visit) or self._earlier_trip(visit)
        return [own] if own else []

    def _within_hours(self, slot: Slot, pickup: Pickup) -> bool:
        """Whether the driver is on the road no longer than he may with one more household at `slot`."""
        trial = VehicleRuns(self.timetable, self.vehicle, self.runs)
        trial.insert(slot, pickup.household_id)
        return trial.on_the_road <= (self.vehicle.most_minutes or 0)

    @property
    def on_the_road(self) -> int:
        """Minutes of the driver, all trips together, as they will be timed."""
        return sum(trip.back - trip.depart for trip in self.timetable.day(self.vehicle.vehicle_id, self.runs))

    def insert(self, slot: Slot, household_id: str) -> None:
        if slot.new:
            self._rebuild([*self.runs[: slot.trip], [household_id], *self.runs[slot.trip :]])
            return
        if slot.trip == len(self.trips):
            self._open()
        self._put(self.trips[slot.trip], slot.position, household_id)
        self._refresh()

    def _detour(self, trip: Trip, position: int, visit: Visit) -> int | None:
        """Minutes of driving that the visit adds, or None where somebody would be late."""
        roads, visits = self.roads, trip.visits
        before = visits[position - 1] if position else None
        row = before.row if before else trip.start
        leave = trip.arrivals[position - 1] + before.service if before else trip.depart
        arrive = max(leave + roads.leg(row, visit.row), visit.start)
        if arrive > visit.last:
            return None
        at_end = position == len(visits)
        after = Roads.TRANSIT if at_end else visits[position].row
        onward = roads.leg(visit.row, after)
        if arrive + visit.service + onward > (trip.end_latest if at_end else trip.latest[position]):
            return None
        return roads.leg(row, visit.row) + onward - roads.leg(row, after)

    def _new_trip(self, visit: Visit) -> Slot | None:
        roads, rules, transit = self.roads, self.timetable.problem.rules, self.timetable.problem.transit
        start, depart = Roads.BASE, self.timetable.ready(self.vehicle)
        if self.trips:
            _, end = forward(roads, self.trips[-1].start, self.trips[-1].visits, self.trips[-1].depart)
            start, depart = Roads.TRANSIT, end + transit.unloading + rules.start_service
        arrivals, end = forward(roads, start, [visit], depart)
        if arrivals[0] > visit.last or end + transit.unloading > self.vehicle.window.end:
            return None
        return Slot(roads.leg(start, visit.row) + roads.leg(visit.row, Roads.TRANSIT), len(self.trips), 0)

    def _earlier_trip(self, visit: Visit) -> Slot | None:
        if not any(other.start == other.last for trip in self.trips for other in trip.visits):
            return None
        runs = self.runs
        for index in range(len(runs)):
            trial = VehicleRuns(self.timetable, self.vehicle, [*runs[:index], [visit.household_id], *runs[index:]])
            if trial.in_time:
                roads, start = self.roads, trial.trips[index].start
                return Slot(roads.leg(start, visit.row) + roads.leg(visit.row, Roads.TRANSIT), index, 0, new=True)
        return None

    @property
    def sound(self) -> bool:
        """In time, and each trip within one of the vehicle's layouts and with those alone who may be on it."""
        own, pickups = self.vehicle, self.timetable.pickups
        known = [pickups[visit.household_id] for trip in self.trips for visit in trip.visits]
        rightly = all(one.pinned is None or one.pinned.vehicle_id == own.vehicle_id for one in known)
        most = own.most_minutes
        rested = most is None or self.on_the_road <= most
        return rightly and rested and self.in_time and all(own.takes(trip.taken) for trip in self.trips)

    @property
    def in_time(self) -> bool:
        """Nobody is late, and the vehicle is back in its hours."""
        pairs = ((at, last) for trip in self.trips for at, last in zip(trip.arrivals, trip.latest, strict=True))
        return all(at <= last for at, last in pairs)

    def _rebuild(self, runs: Iterable[Sequence[str]]) -> None:
        self.trips.clear()
        for run in runs:
            self._open()
            for household_id in run:
                self._put(self.trips[-1], len(self.trips[-1].visits), household_id)
        self._refresh()

    def _open(self) -> None:
        self.trips.append(Trip(Roads.TRANSIT if self.trips else Roads.BASE, self.vehicle))

    def _put(self, trip: Trip, position: int, household_id: str) -> None:
        trip.visits.insert(position, self.timetable.visit(household_id))
        trip.taken = trip.taken + self.timetable.pickups[household_id].load

    def _refresh(self) -> None:
        """Earliest times from the first trip on, latest times from the last one back."""
        timetable = self.timetable
        pause = timetable.problem.transit.unloading + timetable.problem.rules.start_service
        depart = timetable.ready(self.vehicle)
        for trip in self.trips:
            trip.depart = depart
            trip.arrivals, end = forward(self.roads, trip.start, trip.visits, depart)
            depart = end + pause
        end = self.vehicle.window.end - timetable.problem.transit.unloading
        for trip in reversed(self.trips):
            trip.end_latest = end
            trip.latest, departure = backward(self.roads, trip.start, trip.visits, end)
            end = departure - pause


class Fleet:
    """All vehicles' days under construction."""

    def __init__(self, timetable: Timetable, runs: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self.timetable = timetable
        self.days = [
            VehicleRuns(timetable, vehicle, (runs or {}).get(vehicle.vehicle_id, ()))
            for vehicle in timetable.problem.vehicles
        ]

    @property
    def runs(self) -> Runs:
        return {day.vehicle.vehicle_id: day.runs for day in self.days if day.runs}

    def insert_all(self, pickups: Iterable[Pickup]) -> list[Pickup]:
        """Insert what fits, in the given order; returns those for whom there is no place.

        Whoever had no place is tried again while others found one: a trip that was opened for one who came later, or
        the hours that a driver is on the road anyway, may have room for them.
        """
        left = list(pickups)
        while True:
            rest = [pickup for pickup in left if not self._insert(pickup)]
            if not rest or len(rest) == len(left):
                return rest
            left = rest

    def _insert(self, pickup: Pickup) -> bool:
        visit = self.timetable.visit(pickup.household_id)
        slots = ((day.best_slot(pickup, visit), day) for day in self.days)
        found = [(_cost(day.vehicle, pickup, slot), slot, day) for slot, day in slots if slot is not None]
        if not found:
            return False
        _, slot, day = min(found, key=lambda item: item[0])
        day.insert(slot, pickup.household_id)
        return True


def _cost(vehicle: VehicleDay, pickup: Pickup, slot: Slot) -> tuple[bool, int, int]:
    """A vehicle without a driver comes last, whatever the way."""
    return vehicle.driver_id is None, slot.cost, _spare(vehicle, pickup)


def _spare(vehicle: VehicleDay, pickup: Pickup) -> int:
    """Wheelchair and stretcher places of a vehicle that this household has no use for."""
    unused = room(vehicle, pickup.load)
    return max(0, unused.wheelchair) + max(0, unused.stretcher)
