"""What the centre knows of the ways between places: measured minutes and kilometres, and what is closed.

There is no map here, so a way is a statement about two places that somebody made, both ways alike. A closed one stands
for itself: nobody is sent another way that nobody has confirmed. Whoever knows a way round says how long it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
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


MOST_MINUTES, MOST_KM = 24 * 60, 2000
"""More than any way of a day takes; past it a figure was typed wrongly."""


@dataclass(frozen=True, slots=True)
class Road:
    """A recorded way as people see it. `id` None: not yet in the register. See `domain.schedule.Way`.

    `second_id` EVERYWHERE: all other ways into `first`. `plate`: of the only vehicle that it is said of, "" for all.
    """

    id: str | None
    first_id: str
    second_id: str
    first: str = ""
    second: str = ""
    minutes: float | None = None
    km: float | None = None
    closed: bool = False
    vehicle_id: str = ""
    plate: str = ""
    from_on: date | None = None
    until_on: date | None = None
    source: str = ""

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.first_id, self.second_id))


class Fault(StrEnum):
    """What is wrong with a road as it was typed."""

    SAME = "same"
    EMPTY = "empty"
    MINUTES = "minutes"
    KM = "km"
    DATES = "dates"


def fault_of(road: Road) -> Fault | None:
    """What keeps a road from being recorded. A closure may come without figures, a measured way needs one."""
    if road.first_id == road.second_id:
        return Fault.SAME
    if road.minutes is not None and not 0 < road.minutes <= MOST_MINUTES:
        return Fault.MINUTES
    if road.km is not None and not 0 <= road.km <= MOST_KM:
        return Fault.KM
    if not road.closed and road.minutes is None and road.km is None:
        return Fault.EMPTY
    if road.from_on and road.until_on and road.until_on < road.from_on:
        return Fault.DATES
    return None


def meet(one: Road, other: Road) -> bool:
    """Whether both say something of the same way, vehicle and day, closed or measured alike."""
    same = one.pair == other.pair and one.vehicle_id == other.vehicle_id and one.closed == other.closed
    begins = max(one.from_on or date.min, other.from_on or date.min)
    return same and begins <= min(one.until_on or date.max, other.until_on or date.max)
