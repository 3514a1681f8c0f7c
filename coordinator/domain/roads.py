"""What the centre knows of the ways between places: measured minutes and kilometres, and what is closed.

There is no map here, so a way is a statement about two places that somebody made, both ways alike. A closed one stands
for itself: nobody is sent another way that nobody has confirmed. Whoever knows a way round says how long it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from coordinator.domain.schedule import EVERYWHERE, Way


class RoadClass(StrEnum):
    """LOCAL: the village roads at both ends of a way. MAIN: what lies between them."""

    LOCAL = "local"
    MAIN = "main"


def holds_on(from_on: date | None, until_on: date | None, day: date) -> bool:
    """Whether what is dated so counts on `day`; both ends included, None is open."""
    return (from_on is None or from_on <= day) and (until_on is None or day <= until_on)


class Ways:
    """The ways of one day, asked by two places. A place goes by all its ids: a base by its own and its settlement's."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self._by_pair: dict[frozenset[str], list[Way]] = {}
        for way in ways:
            self._by_pair.setdefault(frozenset((way.first, way.second)), []).append(way)

    def __bool__(self) -> bool:
        return bool(self._by_pair)

    @property
    def vehicles(self) -> frozenset[str]:
        """Vehicles of which something is said that does not hold for all."""
        return frozenset(way.vehicle_id for ways in self._by_pair.values() for way in ways if way.vehicle_id)

    def between(self, one: Iterable[str], other: Iterable[str], vehicle_id: str = "") -> Way | None:
        """What counts for this vehicle; None: nothing is said, or both are addresses of one place.

        A closure goes before a measured way, what is said of the vehicle before what is said of all, and the two
        places themselves before a place that is cut off.
        """
        here, there = [key for key in one if key], [key for key in other if key]
        if not self._by_pair or set(here) & set(there):
            return None
        told = [way for a in here for b in there for way in self._said(a, b, vehicle_id)]
        if not told:
            told = [way for key in (*here, *there) for way in self._said(key, EVERYWHERE, vehicle_id)]
        return min(told, key=_precedence, default=None)

    def _said(self, one: str, other: str, vehicle_id: str) -> list[Way]:
        found = self._by_pair.get(frozenset((one, other)), ())
        return [way for way in found if way.vehicle_id in ("", vehicle_id)]


def _precedence(way: Way) -> tuple[bool, bool, bool, float]:
    """Of two closures the one without a way round; of two measures the longer one."""
    longest = -(way.minutes if way.minutes is not None else math.inf)
    return (not way.closed, not way.vehicle_id, way.passable, longest)
