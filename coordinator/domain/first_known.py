"""The running total as it was first reported for each day: as known at the end of the day its report came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import NamedTuple

from coordinator.domain.ledger import Fact, Kinds, Ledger
from coordinator.domain.person import AgeGroup
from coordinator.domain.shelves import Shelves

_NOBODY = (0, 0)
Bits = tuple[int, int]
"""The days (bit n is the n-th with a report) for which somebody was reported, and reported as a child."""


class _Told(NamedTuple):
    """`days`: (day, the day its report came in) in order. `bits`: of everybody who was ever reported. `totals`: per
    day the persons and the children reported. None of them is changed once it is made."""

    days: tuple[tuple[int, int], ...]
    bits: Shelves[Bits]
    totals: tuple[tuple[int, int], ...]


class _Reported:
    """For which days a fact was known when they were reported; alike facts are worked out once."""

    def __init__(self, days: Sequence[tuple[int, int]], kinds: Kinds, since: date | None) -> None:
        self._days, self._kinds = days, kinds
        self._since = since.toordinal() if since else 0
        self._known: dict[tuple[int, int, int | None], int] = {}

    def of(self, facts: Iterable[Fact]) -> Bits:
        """Of somebody with these facts, in order; a child by the first fact that was known then."""
        seen = children = 0
        for fact in facts:
            if fact.kind in self._kinds and fact.on >= self._since:
                days = self._of(fact)
                if fact.group is AgeGroup.CHILD:
                    children |= days & ~seen
                seen |= days
        return seen, children

    def _of(self, fact: Fact) -> int:
        key = fact.on, fact.recorded_on, fact.withdrawn_on
        if key not in self._known:
            self._known[key] = sum(
                1 << at
                for at, (day, came) in enumerate(self._days)
                if fact.on <= day and fact.recorded_on <= came
                and (fact.withdrawn_on is None or fact.withdrawn_on > came)
            )  # fmt: skip
        return self._known[key]


def first_known(ledger: Ledger, kinds: Kinds, since: date | None) -> dict[date, tuple[int, int]]:
    """Day with a report -> persons and children among them (by the first fact known then) from `since` on, as known
    when it was reported."""
    told = ledger.followed(
        ("first known", kinds, since), lambda: _count(ledger, kinds, since),
        lambda before, people: _follow(ledger, kinds, since, before, people),
    )  # fmt: skip
    return {date.fromordinal(day): total for (day, _came), total in zip(told.days, told.totals, strict=True)}


def _count(ledger: Ledger, kinds: Kinds, since: date | None) -> _Told:
    days = tuple(sorted(ledger.reports.items()))
    reported = _Reported(days, kinds, since)
    bits = {person: found for person in ledger.persons() if (found := reported.of(ledger.of(person))) != _NOBODY}
    return _Told(days, Shelves(bits.items()), _moved([_NOBODY] * len(days), bits.values(), 1))


def _follow(ledger: Ledger, kinds: Kinds, since: date | None, before: _Told, people: Set[str]) -> _Told:
    """Where another day has a report, or it came in on another day, all is counted anew."""
    if tuple(sorted(ledger.reports.items())) != before.days:
        return _count(ledger, kinds, since)
    reported = _Reported(before.days, kinds, since)
    now = {person: reported.of(ledger.of(person)) for person in people}
    totals = _moved(before.totals, [before.bits.get(person) or _NOBODY for person in people], -1)
    kept = before.bits.but({person: bits for person, bits in now.items() if bits != _NOBODY}, now)
    return _Told(before.days, kept, _moved(totals, now.values(), 1))


def _moved(totals: Sequence[tuple[int, int]], bits: Iterable[Bits], by: int) -> tuple[tuple[int, int], ...]:
    """The totals with these people more, or fewer. Most people share their days with many others."""
    alike: dict[Bits, int] = {}
    for one in bits:
        alike[one] = alike.get(one, 0) + by
    found = [list(total) for total in totals]
    for (seen, children), many in alike.items():
        for at, total in enumerate(found):
            total[0] += many * (seen >> at & 1)
            total[1] += many * (children >> at & 1)
    return tuple((people, children) for people, children in found)
