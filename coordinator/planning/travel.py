"""How far and how long between two places, for the planner: what the centre recorded, else a rule of thumb.

Whole minutes (rounded up, so that a plan never promises more than the rules allow) and hectometres (100 m, rounded).
`Travel` is all that the planner asks. `Geometric` answers by great circle x detour x speed, `Recorded` puts the ways
and closures of the register over another one. An engine that knows the road network would be a third: it answers the
same question for the same places, and closures still go over it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from coordinator.domain.roads import RoadClass, Ways
from coordinator.domain.schedule import DayProblem, Hub, Pickup, Point, TravelRules, Way

EARTH_KM = 6371.0088
"""Mean earth radius (IUGG)."""
_HAIR = 1e-6
"""Minutes that rounding may add to an exact figure; without it 12.0000000001 would become 13."""
NO_WAY = 100_000
"""Minutes where there is no way: past every hour of a day, and small enough to be added up."""

IntMatrix = npt.NDArray[np.int64]


def is_usable(point: Point | None) -> bool:
    """Whether a point can be measured to: finite degrees within their limits."""
    if point is None or not (math.isfinite(point.lat) and math.isfinite(point.lon)):
        return False
    return abs(point.lat) <= 90 and abs(point.lon) <= 180


def great_circle_km(points: Sequence[Point]) -> npt.NDArray[np.float64]:
    """The n x n matrix of haversine distances in kilometres; zero where coordinates are equal."""
    lat = np.radians(np.array([point.lat for point in points], dtype=np.float64))
    lon = np.radians(np.array([point.lon for point in points], dtype=np.float64))
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2)
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2)
    chord = half_lat**2 + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lon**2
    distance: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return distance


class Place(NamedTuple):
    """Where a way begins or ends: its point, and the ids by which recorded ways may know it."""

    point: Point
    ids: tuple[str, ...] = ()


class Legs(NamedTuple):
    """n x n, in the order of the places; the diagonal is 0. `minutes` is NO_WAY where nobody can drive."""

    minutes: IntMatrix
    hectometres: IntMatrix


class Travel(Protocol):
    """Whoever can tell how long the ways of a day take."""

    def legs(self, places: Sequence[Place], vehicle_id: str = "") -> Legs:
        """Between each two places, for one vehicle; "" for any of which nothing special is known."""
        ...


@dataclass(frozen=True, slots=True)
class Geometric:
    """Great circle x detour x speed per road class. Raises ValueError for a speed or a detour that is not positive."""

    rules: TravelRules

    def legs(self, places: Sequence[Place], vehicle_id: str = "") -> Legs:
        """Two addresses of one settlement share its coordinates and are `local_minutes` apart."""
        rules, straight = self.rules, great_circle_km([place.point for place in places])
        road, hours = np.zeros_like(straight), np.zeros_like(straight)
        for part, detour, speed in _classes(rules, straight).values():
            if speed <= 0 or detour <= 0:
                raise ValueError("speed and detour must be positive")
            road += part * detour
            hours += part * detour / speed
        minutes = np.maximum(np.ceil(hours * 60.0 - _HAIR).astype(np.int64), rules.local_minutes)
        np.fill_diagonal(minutes, 0)
        return Legs(minutes, np.rint(road * 10).astype(np.int64))


_Kilometres = npt.NDArray[np.float64]


def _classes(rules: TravelRules, straight: _Kilometres) -> dict[RoadClass, tuple[_Kilometres, float, float]]:
    """Straight kilometres on each class of road, with its detour and speed."""
    local = np.minimum(straight, rules.local_km)
    return {
        RoadClass.LOCAL: (local, rules.local_detour, rules.local_speed_kmh),
        RoadClass.MAIN: (straight - local, rules.detour, rules.speed_kmh),
    }


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the register knows of ways, over `under` for all of which it knows nothing."""

    ways: Ways
    under: Travel

    def legs(self, places: Sequence[Place], vehicle_id: str = "") -> Legs:
        legs = self.under.legs(places, vehicle_id)
        if not self.ways:
            return legs
        minutes, hectometres = legs.minutes.copy(), legs.hectometres.copy()
        rows: dict[tuple[str, ...], list[int]] = {}
        for row, place in enumerate(places):
            rows.setdefault(place.ids, []).append(row)
        for one, other in combinations(rows, 2):
            way = self.ways.between(one, other, vehicle_id)
            if way is not None:
                for pairs in (np.ix_(rows[one], rows[other]), np.ix_(rows[other], rows[one])):
                    _record(way, minutes, hectometres, pairs)
        return Legs(minutes, hectometres)


def _record(way: Way, minutes: IntMatrix, hectometres: IntMatrix, pairs: tuple[IntMatrix, ...]) -> None:
    if not way.passable:
        minutes[pairs] = NO_WAY
    elif way.minutes is not None:
        minutes[pairs] = math.ceil(way.minutes - _HAIR)
    if way.km is not None:
        hectometres[pairs] = round(way.km * 10)


def travel_of(problem: DayProblem) -> Travel:
    """The ways of a day as the register knows them."""
    return Recorded(Ways(problem.ways), Geometric(problem.rules))


def hub_place(hub: Hub) -> Place:
    return Place(hub.point, (hub.destination_id, hub.settlement_id))


def pickup_place(pickup: Pickup) -> Place | None:
    """None where nobody knows where it is."""
    if pickup.point is None or not is_usable(pickup.point):
        return None
    return Place(pickup.point, (pickup.settlement_id,))


@dataclass(frozen=True, slots=True)
class Roads:
    """The legs of one day for one vehicle. Row 0 is the base, row 1 the transit centre, then the pickups in order.

    Plain lists: looked up one leg at a time they are several times faster than an array.
    `row` gives the row of a household that has usable coordinates, `ends` that of a destination besides the transit
    centre; these come last.
    """

    minutes: list[list[int]]
    hectometres: list[list[int]]
    row: dict[str, int]
    local_minutes: int
    ends: dict[str, int] = field(default_factory=dict)

    BASE = 0
    TRANSIT = 1

    @classmethod
    def of(cls, problem: DayProblem, vehicle_id: str = "", travel: Travel | None = None) -> Roads:
        """Measure the day: hubs first, then every pickup whose place is known; by the register unless `travel` says."""
        places = [hub_place(problem.base), hub_place(problem.transit)]
        row: dict[str, int] = {}
        for pickup in problem.pickups:
            place = pickup_place(pickup)
            if place is not None:
                row[pickup.household_id] = len(places)
                places.append(place)
        ends = {other.destination_id: len(places) + number for number, other in enumerate(problem.others)}
        places += [hub_place(other) for other in problem.others]
        minutes, hectometres = (travel or travel_of(problem)).legs(places, vehicle_id)
        if problem.base.point == problem.transit.point:
            minutes[0, 1] = minutes[1, 0] = 0
        return cls(minutes.tolist(), hectometres.tolist(), row, problem.rules.local_minutes, ends)

    @classmethod
    def as_if_open(cls, problem: DayProblem) -> Roads:
        """As though nothing were closed: times for a trip that the checker then says it may not drive."""
        return cls.of(replace(problem, ways=tuple(way for way in problem.ways if way.passable)))

    def end(self, destination_id: str) -> int:
        """The row of a destination; of one that the day does not know that of the transit centre."""
        return self.ends.get(destination_id, self.TRANSIT)

    def leg(self, start: int, end: int) -> int:
        """Minutes from one row's place to another; the same row twice is two addresses of one place."""
        return self.local_minutes if start == end else self.minutes[start][end]


class DayRoads:
    """The roads of a day for each vehicle, measured once: most vehicles share them."""

    def __init__(self, problem: DayProblem, travel: Travel | None = None) -> None:
        self._problem, self._travel = problem, travel
        self._own = Ways(problem.ways).vehicles
        self._known: dict[str, Roads] = {}
        self._open: Roads | None = None

    def key(self, vehicle_id: str) -> str:
        """What tells vehicles apart on the road: "" for all of which nothing special is known."""
        return vehicle_id if vehicle_id in self._own else ""

    def of(self, vehicle_id: str = "") -> Roads:
        key = self.key(vehicle_id)
        if key not in self._known:
            self._known[key] = Roads.of(self._problem, key, self._travel)
        return self._known[key]

    def as_if_open(self, vehicle_id: str) -> Roads:
        """For times that have to be given although there is no way; see Roads.as_if_open."""
        roads = self.of(vehicle_id)
        if not any(NO_WAY in row for row in roads.minutes):
            return roads
        if self._open is None:
            self._open = Roads.as_if_open(self._problem)
        return self._open
