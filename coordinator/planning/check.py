"""The checker: which rules do these trips break? For plans of the solver and for trips edited by hand.

It trusts nothing that the planner computed and shares no code with it, not even the distance formula:
an error there must not hide itself here. Everything is read from the trips' own times and the problem.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordinator.domain.schedule import (
    EVERYWHERE,
    LICENCE_SEATS,
    Breach,
    DayPlan,
    DayProblem,
    Finding,
    Hub,
    LeftReason,
    Load,
    Pickup,
    PlannedTrip,
    Point,
    VehicleDay,
    Way,
    clock,
)

_EARTH_KM = 6371.0088
_PLACES = {
    "seats": Breach.SEATS,
    "wheelchair": Breach.WHEELCHAIR,
    "stretcher": Breach.STRETCHER,
    "space": Breach.SPACE,
}
_STRONGER_THAN_A_PIN = frozenset(
    {
        LeftReason.PINNED,
        LeftReason.NOBODY,
        LeftReason.OPEN_RESULT,
        LeftReason.POSSIBLE_DUPLICATE,
        LeftReason.NO_FLEET,
        LeftReason.NO_COORDINATES,
        LeftReason.DESTINATION,
    }
)
"""Reasons for which even a pinned household is on no trip: its pin cannot be kept, or nobody can be fetched at all."""
_SLACK_MINUTES = 0.01
"""Rounding that is forgiven on a leg: less than a second."""


def check(problem: DayProblem, trips: Sequence[PlannedTrip]) -> list[Finding]:
    """All breaches, in the order of the trips; an empty list is a sound plan. Never raises for odd trips.

    A finding with `warning` does not make the plan unsound: licence against seats (a reason is recorded),
    driving times that cannot be checked because a place is unknown, and a driver who is still to be found.
    """
    return sorted(_Checker(problem, trips).findings(), key=lambda finding: finding.trip)


def lost(problem: DayProblem, plan: DayPlan) -> list[str]:
    """Households that a plan forgets or names twice: each stands on one trip, or among the left over with a reason.

    One that is pinned is left over only because of its pin.
    """
    stopped = Counter(stop.household_id for trip in plan.trips for stop in trip.stops)
    left = Counter(one.household_id for one in plan.left_over)
    out = {one.household_id: one.reason for one in plan.left_over}
    wanted = Counter(pickup.household_id for pickup in problem.pickups)
    pinned = {pickup.household_id for pickup in problem.pickups if pickup.pinned is not None}
    unkept = {key for key in pinned if out.get(key, LeftReason.PINNED) not in _STRONGER_THAN_A_PIN}
    return sorted(((wanted - stopped - left) + (stopped + left - wanted)).keys() | unkept)


class _Checker:
    def __init__(self, problem: DayProblem, trips: Sequence[PlannedTrip]) -> None:
        self.problem = problem
        self.trips = trips
        self.pickups = {pickup.household_id: pickup for pickup in problem.pickups}
        self.vehicles = {vehicle.vehicle_id: vehicle for vehicle in problem.vehicles}
        self.by_vehicle: dict[str, list[int]] = defaultdict(list)
        for index in sorted(range(len(trips)), key=lambda i: (trips[i].depart, trips[i].back)):
            self.by_vehicle[trips[index].vehicle_id].append(index)

    def findings(self) -> Iterator[Finding]:
        for index, trip in enumerate(self.trips):
            vehicle = self.vehicles.get(trip.vehicle_id)
            if vehicle is None:
                yield Finding(Breach.UNKNOWN, index, facts={"detail": "vehicle"})
            else:
                yield from self._places(index, trip, vehicle)
                yield from self._hours(index, trip, vehicle)
                yield from _out(index, trip, vehicle)
                yield from _licence(index, vehicle)
            yield from self._stops(index, trip)
            yield from self._legs(index, trip)
        yield from self._one_after_the_other()
        yield from self._drivers()
        yield from self._driver_hours()
        yield from self._destinations()
        yield from self._twice()

    def _plate(self, trip: PlannedTrip) -> str:
        vehicle = self.vehicles.get(trip.vehicle_id)
        return vehicle.plate if vehicle else "–"

    def _number(self, household_id: str) -> object:
        pickup = self.pickups.get(household_id)
        return pickup.number if pickup else "–"

    def _places(self, index: int, trip: PlannedTrip, vehicle: VehicleDay) -> Iterator[Finding]:
        """People only get on, so the load of a trip is the sum of its stops; one layout has to take all of it."""
        loads = [self.pickups[key].load for key in dict.fromkeys(_ids(trip)) if key in self.pickups]
        taken = {kind: sum(getattr(load, kind) for load in loads) for kind in _PLACES}
        lacking = [_lacking(offered, taken) for offered in (vehicle.capacity, *vehicle.others)]
        if any(not lack for lack in lacking):
            return
        # Told against the layout with the places that only some people can use.
        for kind in min(lacking, key=lambda lack: (len(lack.keys() & {"wheelchair", "stretcher"}), sum(lack.values()))):
            places = max(getattr(offered, kind) for offered in (vehicle.capacity, *vehicle.others))
            facts: dict[str, object] = {"plate": vehicle.plate, "taken": taken[kind], "places": places}
            if taken[kind] <= places:
                facts["detail"] = "layout"
            yield Finding(_PLACES[kind], index, facts=facts)

    def _hours(self, index: int, trip: PlannedTrip, vehicle: VehicleDay) -> Iterator[Finding]:
        opens = vehicle.window.start + self.problem.rules.start_service
        if trip.depart < opens or trip.back > vehicle.window.end or trip.back < trip.depart:
            facts: dict[str, object] = {"plate": vehicle.plate, "depart": clock(trip.depart), "back": clock(trip.back)}
            facts |= {"start": clock(opens), "end": clock(vehicle.window.end)}
            yield Finding(Breach.VEHICLE_HOURS, index, facts=facts)

    def _stops(self, index: int, trip: PlannedTrip) -> Iterator[Finding]:
        for stop in trip.stops:
            key, pickup = stop.household_id, self.pickups.get(stop.household_id)
            if pickup is None:
                yield Finding(Breach.UNKNOWN, index, key)
                continue
            if stop.arrive < pickup.window.start or stop.leave > pickup.window.end:
                facts: dict[str, object] = {"number": pickup.number}
                facts |= {"arrive": clock(stop.arrive), "leave": clock(stop.leave)}
                facts |= {"start": clock(pickup.window.start), "end": clock(pickup.window.end)}
                yield Finding(Breach.WINDOW, index, key, facts)
            if stop.leave - stop.arrive < pickup.service:
                facts = {"number": pickup.number, "given": stop.leave - stop.arrive, "needed": pickup.service}
                yield Finding(Breach.STOP_TIME, index, key, facts)
            pin = pickup.pinned
            if pin is not None and (trip.vehicle_id, stop.arrive) != (pin.vehicle_id, pin.arrive):
                plate = self.vehicles[pin.vehicle_id].plate if pin.vehicle_id in self.vehicles else "–"
                yield Finding(
                    Breach.PINNED, index, key, {"number": pickup.number, "plate": plate, "at": clock(pin.arrive)}
                )
            if pickup.open_list:
                facts = {"number": pickup.number, "list": pickup.open_list}
                yield Finding(Breach.OPEN_RESULT, index, key, facts)
            if _place(pickup) is None:
                yield Finding(Breach.NO_COORDINATES, index, key, {"number": pickup.number}, warning=True)

    def _legs(self, index: int, trip: PlannedTrip) -> Iterator[Finding]:
        """Each leg between two known places is at least as long as the rules say; times never run back."""
        first = self.by_vehicle[trip.vehicle_id][0] == index
        lane = self.by_vehicle[trip.vehicle_id]
        came = self.problem.base if first else self._end(self.trips[lane[lane.index(index) - 1]])
        here: _Spot | None = _hub_spot(came)
        home = _hub_spot(self._end(trip))
        left, since = trip.depart, trip.depart
        for stop in trip.stops:
            pickup = self.pickups.get(stop.household_id)
            there = _spot(pickup) if pickup else None
            needed = 0.0
            if here and there:
                needed = self._minutes(here, there, trip.vehicle_id)
                yield from self._closed(index, trip, (here, there), stop.household_id)
            if stop.arrive - left < needed - _SLACK_MINUTES or stop.arrive < since:
                facts: dict[str, object] = {"number": self._number(stop.household_id)}
                facts |= {"needed": math.ceil(needed), "given": stop.arrive - left}
                yield Finding(Breach.TRAVEL_TIME, index, stop.household_id, facts)
            since = stop.leave
            if there:
                here, left = there, stop.leave
        if trip.stops and here:
            yield from self._closed(index, trip, (here, home))
            needed = self._minutes(here, home, trip.vehicle_id) + self.problem.transit.unloading
            if trip.back - left < needed - _SLACK_MINUTES or trip.back < since:
                facts = {"detail": "back", "needed": math.ceil(needed), "given": trip.back - left}
                yield Finding(Breach.TRAVEL_TIME, index, facts=facts)

    def _closed(
        self, index: int, trip: PlannedTrip, ends: tuple[_Spot, _Spot], key: str | None = None
    ) -> Iterator[Finding]:
        """A leg that this vehicle may not drive."""
        way = self._way(*ends, trip.vehicle_id)
        if way is not None and way.closed and way.minutes is None:
            facts: dict[str, object] = {"way": way.name, "plate": self._plate(trip)}
            if way.vehicle_id:
                facts["detail"] = "vehicle"
            yield Finding(Breach.ROAD, index, key, facts)

    def _one_after_the_other(self) -> Iterator[Finding]:
        for indexes in self.by_vehicle.values():
            busy_until = None
            for index in indexes:
                trip = self.trips[index]
                if busy_until is not None and trip.depart < busy_until + self.problem.rules.start_service:
                    facts = {"plate": self._plate(trip), "depart": clock(trip.depart), "back": clock(busy_until)}
                    yield Finding(Breach.OVERLAP, index, facts=dict(facts))
                busy_until = max(trip.back, busy_until or trip.back)

    def _drivers(self) -> Iterator[Finding]:
        """No driver, or one in two vehicles at once; two trips of one vehicle are told by the overlap."""
        by_driver: dict[str, list[int]] = defaultdict(list)
        for index, trip in enumerate(self.trips):
            if trip.driver_id:
                by_driver[trip.driver_id].append(index)
            elif trip.vehicle_id in self.vehicles:
                yield Finding(Breach.NO_DRIVER, index, facts={"plate": self._plate(trip)}, warning=True)
        for indexes in by_driver.values():
            for index in indexes:
                trip = self.trips[index]
                others = (self.trips[other] for other in indexes if other != index)
                clash = next((o for o in others if o.vehicle_id != trip.vehicle_id and _meet(o, trip)), None)
                if clash:
                    facts: dict[str, object] = {"plate": self._plate(trip), "other": self._plate(clash)}
                    yield Finding(Breach.DRIVER, index, facts=facts)

    def _driver_hours(self) -> Iterator[Finding]:
        """A driver's minutes between leaving and being unloaded again, all trips of the day together."""
        worked: dict[str, int] = defaultdict(int)
        for index in sorted(range(len(self.trips)), key=lambda i: (self.trips[i].depart, self.trips[i].back)):
            trip, vehicle = self.trips[index], self.vehicles.get(self.trips[index].vehicle_id)
            if trip.driver_id is None or vehicle is None:
                continue
            worked[trip.driver_id] += trip.back - trip.depart
            most = vehicle.most_minutes if vehicle.driver_id == trip.driver_id else None
            if most is not None and worked[trip.driver_id] > most:
                facts: dict[str, object] = {"plate": vehicle.plate, "hours": clock(worked[trip.driver_id])}
                yield Finding(Breach.DRIVER_HOURS, index, facts=facts | {"most": clock(most)})

    def _destinations(self) -> Iterator[Finding]:
        """Free places of a destination over all trips of the day, and whom it takes at all."""
        arrived: dict[str, int] = defaultdict(int)
        for index in sorted(range(len(self.trips)), key=lambda i: (self.trips[i].back, self.trips[i].depart)):
            end = self._end(self.trips[index])
            aboard = [self.pickups[key] for key in dict.fromkeys(_ids(self.trips[index])) if key in self.pickups]
            arrived[end.destination_id] += sum(pickup.load.people for pickup in aboard)
            facts: dict[str, object] = {"destination": end.name or "–"}
            if end.places is not None and aboard and arrived[end.destination_id] > end.places:
                counts = {"people": arrived[end.destination_id], "places": end.places}
                yield Finding(Breach.DESTINATION, index, facts=facts | counts)
            for pickup in aboard:
                if pickup.load.wheelchair and not end.wheelchairs:
                    said = facts | {"detail": "wheelchairs", "number": pickup.number}
                    yield Finding(Breach.DESTINATION, index, pickup.household_id, said)
                if pickup.pets and not end.pets:
                    said = facts | {"detail": "pets", "number": pickup.number}
                    yield Finding(Breach.DESTINATION, index, pickup.household_id, said)

    def _end(self, trip: PlannedTrip) -> Hub:
        known = {other.destination_id: other for other in self.problem.others}
        return known.get(trip.destination_id, self.problem.transit)

    def _twice(self) -> Iterator[Finding]:
        """A household in two stops, or both of an undecided possible pair."""
        seen: set[str] = set()
        numbers = {self._number(key) for trip in self.trips for key in _ids(trip)}
        for index, trip in enumerate(self.trips):
            for key in _ids(trip):
                pickup = self.pickups.get(key)
                if key in seen:
                    yield Finding(Breach.TWICE, index, key, {"number": self._number(key)})
                elif pickup and pickup.held_by is not None and pickup.held_by in numbers:
                    facts: dict[str, object] = {"number": pickup.number, "other": pickup.held_by}
                    yield Finding(Breach.POSSIBLE_DUPLICATE, index, key, facts)
                seen.add(key)

    def _minutes(self, a: _Spot, b: _Spot, vehicle_id: str) -> float:
        way = self._way(a, b, vehicle_id)
        if way is not None and way.minutes is not None:
            return way.minutes
        rules, straight = self.problem.rules, _kilometres(a.point, b.point)
        local = min(straight, rules.local_km)
        hours = local * rules.local_detour / rules.local_speed_kmh + (straight - local) * rules.detour / rules.speed_kmh
        return max(float(rules.local_minutes), hours * 60)

    def _way(self, a: _Spot, b: _Spot, vehicle_id: str) -> Way | None:
        """What is known of this leg for this vehicle, the strictest of it: read anew from the problem's list."""
        if a.ids & b.ids:
            return None
        ways = [way for way in self.problem.ways if way.vehicle_id in ("", vehicle_id)]
        between = [
            way
            for way in ways
            if (way.first in a.ids and way.second in b.ids) or (way.first in b.ids and way.second in a.ids)
        ]
        cut_off = [way for way in ways if way.second == EVERYWHERE and way.first in a.ids | b.ids]
        found = between or cut_off
        closed = [way for way in found if way.closed] or found
        own = [way for way in closed if way.vehicle_id] or closed
        barred = [way for way in own if way.minutes is None and way.closed]
        return next(iter(barred), None) or max(own, key=lambda way: way.minutes or 0.0, default=None)


@dataclass(frozen=True, slots=True)
class _Spot:
    point: Point
    ids: frozenset[str]


def _hub_spot(hub: Hub) -> _Spot:
    return _Spot(hub.point, frozenset({hub.destination_id, hub.settlement_id} - {""}))


def _spot(pickup: Pickup) -> _Spot | None:
    point = _place(pickup)
    return _Spot(point, frozenset({pickup.settlement_id} - {""})) if point else None


def _lacking(offered: Load, taken: dict[str, int]) -> dict[str, int]:
    """The places of each kind that are too few in a layout."""
    return {kind: count - getattr(offered, kind) for kind, count in taken.items() if count > getattr(offered, kind)}


def _ids(trip: PlannedTrip) -> list[str]:
    return [stop.household_id for stop in trip.stops]


def _place(pickup: Pickup) -> Point | None:
    point = pickup.point
    return point if point and math.isfinite(point.lat) and math.isfinite(point.lon) else None


def _meet(one: PlannedTrip, other: PlannedTrip) -> bool:
    return one.depart < other.back and other.depart < one.back


def _out(index: int, trip: PlannedTrip, vehicle: VehicleDay) -> Iterator[Finding]:
    """The vehicle or the driver dropped out before the trip is back."""
    for out in vehicle.outs:
        theirs = out.driver_id in ("", trip.driver_id)
        if theirs and trip.stops and trip.depart < out.window.end and out.window.start < trip.back:
            facts: dict[str, object] = {"plate": vehicle.plate, "at": clock(out.window.start), "reason": out.reason}
            if out.driver_id:
                facts["detail"] = "driver"
            yield Finding(Breach.OUT, index, facts=facts)


def _licence(index: int, vehicle: VehicleDay) -> Iterator[Finding]:
    """Seats of the vehicle against the driver's category; an unknown category says nothing."""
    allowed = LICENCE_SEATS.get(vehicle.licence)
    if allowed is not None and vehicle.capacity.seats > allowed:
        facts: dict[str, object] = {"plate": vehicle.plate, "licence": vehicle.licence}
        facts |= {"seats": vehicle.capacity.seats, "allowed": allowed}
        yield Finding(Breach.LICENCE, index, facts=facts, warning=True)


def _kilometres(a: Point, b: Point) -> float:
    """Great circle by the angle between two unit vectors."""
    one, two = _vector(a), _vector(b)
    cross = math.hypot(
        one[1] * two[2] - one[2] * two[1], one[2] * two[0] - one[0] * two[2], one[0] * two[1] - one[1] * two[0]
    )
    return _EARTH_KM * math.atan2(cross, sum(x * y for x, y in zip(one, two, strict=True)))


def _vector(point: Point) -> tuple[float, float, float]:
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
