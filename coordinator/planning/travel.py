"""How far and how long between two places: great circle x detour, at a speed that the settings give.

Whole minutes (rounded up, so that a plan never promises more than the rules allow) and hectometres
(100 m, rounded). There is no road network here: the detour factor stands for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coordinator.domain.schedule import DayProblem, Point, TravelRules

EARTH_KM = 6371.0088
"""Mean earth radius (IUGG)."""
_HAIR = 1e-6
"""Minutes that rounding may add to an exact figure; without it 12.0000000001 would become 13."""

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


def leg_matrices(points: Sequence[Point], rules: TravelRules) -> tuple[IntMatrix, IntMatrix]:
    """Minutes and hectometres between each two addresses, in the order of `points`.

    Two addresses of one settlement share its coordinates and are `local_minutes` apart; the diagonal is 0.
    Raises ValueError for a speed or a detour that is not positive.
    """
    if rules.speed_kmh <= 0 or rules.detour <= 0:
        raise ValueError("speed and detour must be positive")
    road = great_circle_km(points) * rules.detour
    minutes = np.ceil(road * 60.0 / rules.speed_kmh - _HAIR).astype(np.int64)
    minutes = np.maximum(minutes, rules.local_minutes)
    np.fill_diagonal(minutes, 0)
    return minutes, np.rint(road * 10).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Roads:
    """The legs of one day. Row 0 is the base, row 1 the transit centre, then the pickups in their order.

    Plain lists: looked up one leg at a time they are several times faster than an array.
    `row` gives the row of a household that has usable coordinates.
    """

    minutes: list[list[int]]
    hectometres: list[list[int]]
    row: dict[str, int]
    local_minutes: int

    BASE = 0
    TRANSIT = 1

    @classmethod
    def of(cls, problem: DayProblem) -> Roads:
        """Measure the day: hubs first, then every pickup whose place is known."""
        places = [problem.base.point, problem.transit.point]
        row: dict[str, int] = {}
        for pickup in problem.pickups:
            if pickup.point is not None and is_usable(pickup.point):
                row[pickup.household_id] = len(places)
                places.append(pickup.point)
        minutes, hectometres = leg_matrices(places, problem.rules)
        if problem.base.point == problem.transit.point:
            minutes[0, 1] = minutes[1, 0] = 0
        return cls(minutes.tolist(), hectometres.tolist(), row, problem.rules.local_minutes)

    def leg(self, start: int, end: int) -> int:
        """Minutes from one row's place to another; the same row twice is two addresses of one place."""
        return self.local_minutes if start == end else self.minutes[start][end]
