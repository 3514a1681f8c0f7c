"""Who of each household is at home, read in bulk, and whether a family is parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.priority import Behind
from coordinator.queries.presence import Presence
from db.next_queries import Asked, Member, SplitHalf

READY = frozenset({Decision.PACKED, Decision.WANTS_PICKUP})


@dataclass(frozen=True, slots=True)
class Home:
    """Those of a household who are at home, and how many others of it have left."""

    there: tuple[Member, ...] = ()
    away: int = 0


def homes_of(people: Iterable[Member], presence: Presence) -> dict[str, Home]:
    """Household id -> who is at home, by events and by their own word; households without people are absent."""
    there: dict[str, list[Member]] = {}
    away: Counter[str] = Counter()
    for one in people:
        said_gone = bool(one.decision) and Decision(one.decision) in GONE
        if presence.is_there(one.id) and not said_gone:
            there.setdefault(one.household_id, []).append(one)
        else:
            away[one.household_id] += 1
    return {key: Home(tuple(there.get(key, ())), away[key]) for key in there.keys() | away.keys()}


def other_halves(found: Iterable[SplitHalf]) -> dict[str, list[SplitHalf]]:
    """Household -> the households that it parted from or that parted from it, each with where it stands."""
    halves: dict[str, list[SplitHalf]] = {}
    for half in found:
        halves.setdefault(half.other_id, []).append(SplitHalf(half.other_id, half.id, half.decision))
    return halves


def behind(row: Asked, home: Home, halves: Mapping[str, list[SplitHalf]]) -> Behind | None:
    """How those at home are parted from the rest of their family; None where they are not."""
    decision = Decision(row.decision)
    others = {Decision(half.decision) for half in halves.get(row.id, ())}
    if others & GONE or (home.there and home.away):
        return Behind.REST_LEFT
    if others & READY and decision not in READY:
        return Behind.REST_LEAVES
    own = {Decision(one.decision or row.decision) for one in home.there}
    return Behind.PART_STAYS if row.part_stays or (Decision.REFUSED in own and own & READY) else None
