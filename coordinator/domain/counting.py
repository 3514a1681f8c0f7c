"""Counting people who were moved: the rules behind every figure, from events to days, totals and parts.

The rules, so that two readers get the same number (docs/COUNTING.md tells them in plain words):

- A fact is one event of one person: what kind, on which Kyiv day it happened, when it became known, and when it was
  withdrawn, if it was. What is withdrawn counts nowhere; what became known late counts on the day it happened.
- Persons are counted once in the days that are asked about, however often they went; events all of them.
- Age is that of the person on the day of the first event that counts; place and organisation are those of the last.
  So each person stands in one age group, one settlement, one organisation, and the parts add up to the whole.
- Who came back was evacuated all the same: a return takes nothing away from what was done.
- A transfer moves nobody from home and counts nowhere.
- A day has a report if an event that happened on it was ever recorded (also one withdrawn since), if a trip of that
  day has arrived, or if its daily summary was frozen. A day without a report is a gap: None, never 0.
- As first reported: what stood at the end of the Kyiv day on which the day's first report came in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import cast

from coordinator.domain.days import last_days
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Events, Persons, Together
from coordinator.domain.grouped import NOBODY, Groups, Place, Stands, grouped
from coordinator.domain.ledger import DayOfFacts, Fact, Kinds, Ledger
from coordinator.domain.person import AgeGroup

OURS: Kinds = frozenset({EventKind.BY_US})
ORGANISED: Kinds = frozenset({EventKind.BY_US, EventKind.OTHER_ORGANISATION})
THEMSELVES: Kinds = frozenset({EventKind.LEFT_THEMSELVES})
ALL_WHO_LEFT: Kinds = ORGANISED | THEMSELVES
RETURNS: Kinds = frozenset({EventKind.RETURNED})

TEN_DAYS = 10
_ALL: Groups = ("",)


def by_age(facts: Iterable[Fact]) -> ByAge[Persons]:
    """Persons, each once, by the age on the day of their first fact; `facts` in order."""
    groups: dict[str, AgeGroup] = {}
    for fact in facts:
        groups.setdefault(fact.person_id, fact.group)
    return split(groups)


def split(groups: Mapping[str, AgeGroup]) -> ByAge[Persons]:
    adults, children, unknown = [], [], []
    for person, group in groups.items():
        if group is AgeGroup.CHILD:
            children.append(person)
        elif group is AgeGroup.UNKNOWN:
            unknown.append(person)
        else:
            adults.append(person)
    return ByAge(Persons(adults), Persons(children), Persons(unknown))


def counted(facts: Sequence[Fact], since: date | None, until: date | None, kinds: Kinds) -> list[Fact]:
    """Of the facts of a person those that count now in a period, in their order."""
    first = since.toordinal() if since else 0
    last = until.toordinal() if until else date.max.toordinal()
    return [f for f in facts if f.withdrawn_at is None and f.kind in kinds and first <= f.on <= last]


def placed(since: date | None, until: date | None, kinds: Kinds, group: Callable[[Sequence[Fact]], Groups]) -> Place:
    """Where a person stands by what counts of them in a period: `group` of these facts, the age that of the first."""

    def place(facts: Sequence[Fact]) -> Stands | None:
        found = counted(facts, since, until, kinds)
        return Stands(found[0].group, group(found)) if found else None

    return place


def people(ledger: Ledger, since: date | None, until: date | None, kinds: Kinds = OURS) -> ByAge[Persons]:
    """Persons who were moved in a period, each once."""
    place = placed(since, until, kinds, lambda _facts: _ALL)
    return grouped(ledger, ("people", since, until, kinds), place).groups.get("", NOBODY)


def moves(ledger: Ledger, since: date | None, until: date | None, kinds: Kinds = OURS) -> Events:
    """Events of a period: all of them."""
    return Events(Together([_moves(day, kinds) for day in ledger.days(since, until)]))


def _moves(day: DayOfFacts | None, kinds: Kinds) -> Events:
    if day is None:
        return Events()
    return day.kept(
        ("moves", kinds), lambda: Events([f.id for f in day.facts if f.withdrawn_at is None and f.kind in kinds])
    )


def away(ledger: Ledger, until: date | None) -> Collection[str]:
    """Ids of persons who are gone at the end of a day: their last move until then took them away.

    A transfer moves nobody who was moved before; somebody of whom only a transfer is known is gone.
    """
    found = grouped(ledger, ("away", until), partial(_gone, until.toordinal() if until else date.max.toordinal()))
    return found.of


def _gone(until: int, facts: Sequence[Fact]) -> Stands | None:
    last: EventKind | None = None
    for fact in facts:
        moved = fact.withdrawn_at is None and fact.on <= until
        if moved and not (fact.kind is EventKind.TRANSFERRED and last is not None):
            last = fact.kind
    return None if last in (None, EventKind.RETURNED) else Stands(AgeGroup.UNKNOWN, ())


def told_of(ledger: Ledger) -> Collection[str]:
    """Ids of persons of whom some event in force tells, on whatever day: where they are is no matter of words."""
    return grouped(ledger, "told", _told).of


def _told(facts: Sequence[Fact]) -> Stands | None:
    return Stands(AgeGroup.UNKNOWN, ()) if any(fact.withdrawn_at is None for fact in facts) else None


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day that has a report: as known now, and as first reported on `first_on`."""

    day: date
    now: ByAge[Persons]
    first: ByAge[Persons]
    first_on: date
    moves: Events

    @property
    def corrected(self) -> bool:
        """Has the day changed since it was first reported?"""
        return self.now != self.first


def daily(ledger: Ledger, since: date, until: date, kinds: Kinds = OURS) -> list[DayLine | None]:
    """One entry for each day of the period, both included, in order; None is a day without a report."""
    lines: list[DayLine | None] = []
    for on in range(since.toordinal(), until.toordinal() + 1):
        came, day = ledger.reports.get(on), ledger.day(on)
        if came is None:
            lines.append(None)
        elif day is None:
            lines.append(DayLine(date.fromordinal(on), NOBODY, NOBODY, date.fromordinal(came), Events()))
        else:
            lines.append(day.kept(("line", came, kinds), partial(_line, day, came, kinds)))
    return lines


def _line(day: DayOfFacts, came: int, kinds: Kinds) -> DayLine:
    facts = [fact for fact in day.facts if fact.kind in kinds]
    now = [fact for fact in facts if fact.withdrawn_at is None]
    first = [f for f in facts if f.recorded_on <= came and (f.withdrawn_on is None or f.withdrawn_on > came)]
    standing = by_age(now)
    same = len(now) == len(first) and now == first
    return DayLine(
        date.fromordinal(day.on), standing, standing if same else by_age(first), date.fromordinal(came),
        _moves(day, kinds),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Running:
    """So many persons from the first day until the end of `day`, each counted on the first day they were moved."""

    day: date
    total: ByAge[Persons]


def running(ledger: Ledger, since: date | None, until: date | None, kinds: Kinds = OURS) -> list[Running]:
    """The running total on each day that has a report; other days are gaps."""
    place = placed(since, None, kinds, lambda facts: (facts[0].on,))
    newcomers = cast(Mapping[int, ByAge[Persons]], grouped(ledger, ("running", since, kinds), place).groups)
    came = sorted(newcomers.items())
    pools: tuple[list[Persons], list[Persons], list[Persons]] = ([], [], [])
    sizes = [0, 0, 0]
    found = []
    for day in _report_days(ledger, since, until):
        while len(pools[0]) < len(came) and came[len(pools[0])][0] <= day:
            for at, figure in enumerate(came[len(pools[0])][1].parts):
                pools[at].append(figure)
                sizes[at] += figure.value
        together = (Persons(Together(pool, len(pool), size)) for pool, size in zip(pools, sizes, strict=True))
        found.append(Running(date.fromordinal(day), ByAge(*together)))
    return found


def _report_days(ledger: Ledger, since: date | None, until: date | None) -> list[int]:
    first = since.toordinal() if since else 0
    last = until.toordinal() if until else date.max.toordinal()
    return sorted(day for day in ledger.reports if first <= day <= last)


@dataclass(frozen=True, slots=True)
class TenDays:
    """What the ten-day sentence says: moved by us from `since` to `until`, as known at `as_of`; and by all known."""

    since: date
    until: date
    as_of: datetime
    people: Persons
    children: Persons
    known: Persons
    known_children: Persons


def ten_days(ledger: Ledger, until: date, as_of: datetime) -> TenDays:
    """Persons and children who left on the ten days that end with `until`; `as_of` is when that was read."""
    since, until = last_days(until, TEN_DAYS)
    ours, known = people(ledger, since, until), people(ledger, since, until, ALL_WHO_LEFT)
    return TenDays(since, until, as_of, ours.all, ours.children, known.all, known.children)
