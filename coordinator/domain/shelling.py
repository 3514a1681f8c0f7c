"""Shelling incidents, and how near each of them is to a household's door.

A street is known by its key (addresses.street_key). Which streets lie next to each other the centre says itself:
there is no map. Where it has said nothing of a street, the rest of the settlement is near "a little".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from coordinator.domain.addresses import house_key

MOST_HOUSES = 500


class Severity(IntEnum):
    """How bad it was, as the centre sees at once."""

    NEAR = 1
    DAMAGED = 2
    DESTROYED = 3


class Nearness(StrEnum):
    """From the nearest to the farthest. NEXT: a street that was linked to theirs. SETTLEMENT: no street was named.

    ELSEWHERE: another street of the settlement, while no street next to theirs is known.
    """

    HOUSE = "house"
    STREET = "street"
    NEXT = "next"
    SETTLEMENT = "settlement"
    ELSEWHERE = "elsewhere"


CLOSE = frozenset({Nearness.HOUSE, Nearness.STREET, Nearness.NEXT})
"""What people feel at their own door: rings on the board, and a refusal is asked about again."""


@dataclass(frozen=True, slots=True)
class Incident:
    """`street` "": the whole settlement. `house`: numbers as they were told. `houses_hit` None: nobody has counted.

    `id` None: not yet in the register. `occurred_at` in UTC.
    """

    id: str | None
    settlement_id: str
    street: str
    occurred_at: datetime
    severity: Severity = Severity.DAMAGED
    houses_hit: int | None = None
    house: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An incident as it is compared: `key` of its street, `count` of hits, the `houses` that are named."""

    key: str
    street: str
    occurred_at: datetime
    severity: Severity
    count: int
    houses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NearHit:
    nearness: Nearness
    street: str
    occurred_at: datetime
    severity: Severity
    count: int


def hits_of(houses_hit: int | None, house: str) -> int:
    """How many hits one incident counts for: its houses; one where none was counted or none was hit."""
    return max(1, houses_hit or len(houses_named(house)))


_SEVERAL = re.compile(r"[,;]|\s(?:і|й|та|и|and)\s")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")
_LONGEST_RANGE = 100


def houses_named(text: str) -> frozenset[str]:
    """Keys of the houses in "12, 14а; 16-20": a range names the houses of one side of the street."""
    found: set[str] = set()
    for part in _SEVERAL.split(text):
        span = _RANGE.fullmatch(part.strip())
        if span and 0 < (last := int(span[2])) - (first := int(span[1])) <= _LONGEST_RANGE:
            found.update(str(number) for number in range(first, last + 1, 2 if (last - first) % 2 == 0 else 1))
        elif key := house_key(part):
            found.add(key)
    return frozenset(found)


class Shelled:
    """The recent hits of each settlement, asked by street and house.

    `links`: settlement id -> street key -> the keys of the streets next to it.
    """

    def __init__(
        self, hits: Mapping[str, Iterable[Hit]], links: Mapping[str, Mapping[str, frozenset[str]]] | None = None
    ) -> None:
        self._hits = {place: tuple(found) for place, found in hits.items()}
        self._links = links or {}
        self._known: dict[tuple[str, str], tuple[tuple[NearHit, Hit], ...]] = {}

    def near(self, settlement_id: str | None, street: str, house: str = "") -> tuple[NearHit, ...]:
        """The hits near a door, the nearest first, of equal ones the newest. `street` and `house` are keys."""
        if not settlement_id or settlement_id not in self._hits:
            return ()
        place = settlement_id, street
        if place not in self._known:
            self._known[place] = self._near_street(*place)
        at_door = [
            near if not (house and near.nearness is Nearness.STREET and house in hit.houses) else _at_house(near)
            for near, hit in self._known[place]
        ]
        return tuple(sorted(at_door, key=lambda one: _ORDER[one.nearness]))

    def linked(self, settlement_id: str | None, street: str) -> bool:
        """Whether the centre has said which streets lie next to this one."""
        return bool(street and self._links.get(settlement_id or "", {}).get(street))

    def _near_street(self, settlement_id: str, street: str) -> tuple[tuple[NearHit, Hit], ...]:
        beside = self._links.get(settlement_id, {}).get(street, frozenset())
        found = []
        for hit in self._hits[settlement_id]:
            nearness = _nearness(hit.key, street, beside)
            if nearness is not None:
                found.append((NearHit(nearness, hit.street, hit.occurred_at, hit.severity, hit.count), hit))
        return tuple(sorted(found, key=lambda pair: pair[1].occurred_at, reverse=True))


_ORDER = {nearness: place for place, nearness in enumerate(Nearness)}


def _nearness(hit: str, street: str, beside: frozenset[str]) -> Nearness | None:
    if not hit:
        return Nearness.SETTLEMENT
    if hit == street:
        return Nearness.STREET
    if hit in beside:
        return Nearness.NEXT
    return None if beside else Nearness.ELSEWHERE


def _at_house(near: NearHit) -> NearHit:
    return NearHit(Nearness.HOUSE, near.street, near.occurred_at, near.severity, near.count)
