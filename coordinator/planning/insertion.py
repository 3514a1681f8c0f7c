"""A plan by plain insertion: each household goes where it costs the fewest minutes, if it fits at all.

It is the solver's first plan, its fallback, and the proof behind "no place": what is left over after
`insert_all` fits nowhere unless somebody else is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coordinator.domain.schedule import Load, Pickup, PlannedTrip, VehicleDay
from coordinator.planning.hosting import Berths, Party
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
    party: Party = Party()
    end: str = ""
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

    `new`: in a trip of its own before trip `trip`. `end`: where that trip ends then, None: where it ended before.
    """

    cost: int
    trip: int
    position: int
    new: bool = False
    end: str | None = None


def _cost_of(slot: Slot) -> int:
    return slot.cost


class VehicleRuns:
    """One vehicle's day under construction; always feasible when built by `best_slot` and `insert` alone."""

    def __init__(
        self,
        timetable: Timetable,
        vehicle: VehicleDay,
        runs: Sequence[Sequence[str]] = (),
        ends: Sequence[str] = (),
        berths: Berths | None = None,
    ) -> None:
        """`ends`: the destinations of `runs`; `berths`: the places there, None: of no concern."""
        self.timetable = timetable
        self.berths = None if berths is None or berths.easy else berths
        self.vehicle = vehicle
        self.roads = timetable.roads_of(vehicle.vehicle_id)
        self.trips: list[Trip] = []
        self._rebuild(runs, ends)

    @property
    def ends(self) -> list[str]:
        """The destinations of `runs`."""
        return [trip.end for trip in self.trips if trip.visits]

    @property
    def runs(self) -> list[list[str]]:
        return [[visit.household_id for visit in trip.visits] for trip in self.trips if trip.visits]

    def best_slot(self, pickup: Pickup, visit: Visit) -> Slot | None:
        """The cheapest place in minutes of driving, in the trips there are or else in one of their own."""
        if pickup.pinned is not None and pickup.pinned.vehicle_id != self.vehicle.vehicle_id:
            return None
        if not self.vehicle.takes(pickup.load):
            return None
        in_trips = self._cheapest(self._in_trips(pickup, visit), pickup)
        return in_trips or self._cheapest(self._own_trip(pickup, visit), pickup)

    def _cheapest(self, slots: Sequence[Slot], pickup: Pickup) -> Slot | None:
        """Of those within the driver's hours."""
        if self.vehicle.most_minutes is None:
            return min(slots, key=_cost_of, default=None)
        return next((slot for slot in sorted(slots, key=_cost_of) if self._within_hours(slot, pickup)), None)

    def _in_trips(self, pickup: Pickup, visit: Visit) -> list[Slot]:
        found = []
        for index, trip in enumerate(self.trips):
            if not trip.takes(pickup.load):
                continue
            more = Party.of(pickup.load, pickup.pets)
            if self.berths is None or self.berths.takes(self.berths.hub(trip.end), more, trip.party):
                found += self._beside(index, visit)
            else:
                found += self._elsewhere(index, more, visit)
        return found

    def _beside(self, index: int, visit: Visit) -> list[Slot]:
        trip = self.trips[index]
        costs = ((self._detour(trip, position, visit), position) for position in range(len(trip.visits) + 1))
        return [Slot(cost, index, position) for cost, position in costs if cost is not None]

    def _elsewhere(self, index: int, more: Party, visit: Visit) -> list[Slot]:
        """In a trip that would end at another destination for it, the first that takes them all and is in time."""
        ends = self.ends
        for key in self._hosts(self.trips[index].party + more):
            if key != ends[index]:
                trial = self._like(self.runs, [*ends[:index], key, *ends[index + 1 :]])
                slots = trial._beside(index, visit) if trial.in_time else []
                if slots:
                    return [replace(slot, end=key) for slot in slots]
        return []

    def _hosts(self, whole: Party) -> list[str]:
        """Destinations that take a new trip with these people."""
        if self.berths is None:
            return [""]
        return [self.berths.key(hub) for hub in self.berths.ends if self.berths.takes(hub, whole, Party())]

    def _own_trip(self, pickup: Pickup, visit: Visit) -> list[Slot]:
        """At the end; before a trip that waits for a pinned minute one may fit as well."""
        for end in self._hosts(Party.of(pickup.load, pickup.pets)):
            own = self._new_trip(visit, end) or self._earlier_trip(visit, end)
            if own:
                return [own]
        return []

    def _like(self, runs: Sequence[Sequence[str]], ends: Sequence[str]) -> VehicleRuns:
        return VehicleRuns(self.timetable, self.vehicle, runs, ends)

    def _within_hours(self, slot: Slot, pickup: Pickup) -> bool:
        """Whether the driver is on the road no longer than he may with one more household at `slot`."""
        trial = self._like(self.runs, self.ends)
        trial.insert(slot, pickup.household_id)
        return trial.on_the_road <= (self.vehicle.most_minutes or 0)

    @property
    def on_the_road(self) -> int:
        """Minutes of the driver, all trips together, as they will be timed."""
        return sum(trip.back - trip.depart for trip in self.timed)

    @property
    def timed(self) -> tuple[PlannedTrip, ...]:
        """The trips with their times."""
        return self.timetable.day(self.vehicle.vehicle_id, self.runs, self.ends)

    def insert(self, slot: Slot, household_id: str) -> None:
        if slot.new:
            at, ends = slot.trip, self.ends
            self._rebuild([*self.runs[:at], [household_id], *self.runs[at:]], [*ends[:at], slot.end or "", *ends[at:]])
            return
        if slot.trip == len(self.trips):
            self._open()
        if slot.end is not None:
            self.trips[slot.trip].end = slot.end
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
        after = roads.end(trip.end) if at_end else visits[position].row
        onward = roads.leg(visit.row, after)
        if arrive + visit.service + onward > (trip.end_latest if at_end else trip.latest[position]):
            return None
        return roads.leg(row, visit.row) + onward - roads.leg(row, after)

    def _new_trip(self, visit: Visit, to: str) -> Slot | None:
        roads, rules, transit = self.roads, self.timetable.problem.rules, self.timetable.problem.transit
        start, depart = Roads.BASE, self.timetable.ready(self.vehicle)
        home = roads.end(to)
        if self.trips:
            last = self.trips[-1]
            _, end = forward(roads, last.start, last.visits, last.depart, roads.end(last.end))
            start, depart = roads.end(last.end), end + transit.unloading + rules.start_service
        arrivals, end = forward(roads, start, [visit], depart, home)
        if arrivals[0] > visit.last or end + transit.unloading > self.vehicle.window.end:
            return None
        return Slot(roads.leg(start, visit.row) + roads.leg(visit.row, home), len(self.trips), 0, end=to)

    def _earlier_trip(self, visit: Visit, to: str) -> Slot | None:
        if not any(other.start == other.last for trip in self.trips for other in trip.visits):
            return None
        runs, ends = self.runs, self.ends
        for index in range(len(runs)):
            longer = [*runs[:index], [visit.household_id], *runs[index:]]
            trial = self._like(longer, [*ends[:index], to, *ends[index:]])
            if trial.in_time:
                roads, start = self.roads, trial.trips[index].start
                cost = roads.leg(start, visit.row) + roads.leg(visit.row, roads.end(to))
                return Slot(cost, index, 0, new=True, end=to)
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

    def _rebuild(self, runs: Sequence[Sequence[str]], ends: Sequence[str]) -> None:
        self.trips.clear()
        for run, end in zip(runs, ends or [""] * len(runs), strict=True):
            if not run:
                continue
            self._open()
            self.trips[-1].end = end
            for household_id in run:
                self._put(self.trips[-1], len(self.trips[-1].visits), household_id)
        self._refresh()

    def _open(self) -> None:
        self.trips.append(Trip(Roads.TRANSIT if self.trips else Roads.BASE, self.vehicle))

    def _put(self, trip: Trip, position: int, household_id: str) -> None:
        trip.visits.insert(position, self.timetable.visit(household_id))
        pickup = self.timetable.pickups[household_id]
        trip.taken = trip.taken + pickup.load
        trip.party = trip.party + Party.of(pickup.load, pickup.pets)

    def _refresh(self) -> None:
        """Earliest times from the first trip on, latest times from the last one back."""
        timetable = self.timetable
        pause = timetable.problem.transit.unloading + timetable.problem.rules.start_service
        depart, start = timetable.ready(self.vehicle), Roads.BASE
        for trip in self.trips:
            trip.depart, trip.start = depart, start
            start = self.roads.end(trip.end)
            trip.arrivals, end = forward(self.roads, trip.start, trip.visits, depart, start)
            depart = end + pause
        end = self.vehicle.window.end - timetable.problem.transit.unloading
        for trip in reversed(self.trips):
            trip.end_latest = end
            trip.latest, departure = backward(self.roads, trip.start, trip.visits, end, self.roads.end(trip.end))
            end = departure - pause


class Fleet:
    """All vehicles' days under construction."""

    def __init__(
        self,
        timetable: Timetable,
        runs: Mapping[str, Sequence[Sequence[str]]] | None = None,
        ends: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.timetable = timetable
        self.berths, own, to = Berths(timetable.problem), runs or {}, ends or {}
        self.days = [
            VehicleRuns(timetable, one, own.get(one.vehicle_id, ()), to.get(one.vehicle_id, ()), self.berths)
            for one in timetable.problem.vehicles
        ]
        self._count()

    def _count(self) -> None:
        """People on all trips by destination."""
        if not self.berths.easy:
            self.berths.taken.clear()
            for day in self.days:
                for trip in day.trips:
                    self.berths.taken[trip.end] += trip.party.people

    @property
    def trips(self) -> tuple[PlannedTrip, ...]:
        """All trips with their times."""
        return tuple(trip for day in self.days for trip in day.timed)

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
        self._count()
        return True


def _cost(vehicle: VehicleDay, pickup: Pickup, slot: Slot) -> tuple[bool, int, int]:
    """A vehicle without a driver comes last, whatever the way."""
    return vehicle.driver_id is None, slot.cost, _spare(vehicle, pickup)


def _spare(vehicle: VehicleDay, pickup: Pickup) -> int:
    """Wheelchair and stretcher places of a vehicle that this household has no use for."""
    unused = room(vehicle, pickup.load)
    return max(0, unused.wheelchair) + max(0, unused.stretcher)
