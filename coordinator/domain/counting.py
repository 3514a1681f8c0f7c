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

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from coordinator.domain.days import kyiv_day, last_days
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Events, Persons
from coordinator.domain.person import AgeGroup, Need, Sex

Kinds = frozenset[EventKind]
OURS: Kinds = frozenset({EventKind.BY_US})
ORGANISED: Kinds = frozenset({EventKind.BY_US, EventKind.OTHER_ORGANISATION})
THEMSELVES: Kinds = frozenset({EventKind.LEFT_THEMSELVES})
ALL_WHO_LEFT: Kinds = ORGANISED | THEMSELVES
RETURNS: Kinds = frozenset({EventKind.RETURNED})

TEN_DAYS = 10


class Fact(NamedTuple):
    """One event of one person, with what counting asks about. Days are ordinals (date.toordinal) of Kyiv days.

    `years` and `group`: the age on the day `on`; a stated adult or child has a group without years. `settlement`:
    the id of the place they left, or "text:…" as it was written. `organisation`: who moved them, "" the centre
    itself or not known.
    """

    id: str
    person_id: str
    household_id: str
    kind: EventKind
    on: int
    recorded_at: datetime
    recorded_on: int
    withdrawn_at: datetime | None = None
    withdrawn_on: int | None = None
    years: int | None = None
    group: AgeGroup = AgeGroup.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    needs: frozenset[Need] = frozenset()
    settlement: str = ""
    hromada: str = ""
    organisation: str = ""


_ORDER = attrgetter("on", "recorded_at", "id")
FEW = 1000


class Ledger:
    """Facts in the order in which they happened, and the days that have a report (day -> the day it came in)."""

    def __init__(
        self, facts: Iterable[Fact], reports: Mapping[int, int] | None = None, kept: Sequence[Fact] = ()
    ) -> None:
        """`reports`: further days with a report, of trips that arrived and of frozen summaries.

        `kept`: facts of an earlier ledger, in its order.
        """
        self.facts = _in_order(kept, list(facts))
        self._on = [fact.on for fact in self.facts]
        self.told: dict[int, int] = dict(reports or {})
        self.reports: dict[int, int] = dict(self.told)
        for fact in self.facts:
            came = max(fact.on, fact.recorded_on)
            if came < self.reports.get(fact.on, came + 1):
                self.reports[fact.on] = came

    def within(self, since: date | None, until: date | None) -> Sequence[Fact]:
        """Those that happened on these days, both included; None is open. Withdrawn ones are among them."""
        start = 0 if since is None else bisect_left(self._on, since.toordinal())
        end = len(self._on) if until is None else bisect_right(self._on, until.toordinal())
        return self.facts[start:end]

    def standing(self, since: date | None, until: date | None, kinds: Kinds) -> Iterator[Fact]:
        """Those that count now, in their order."""
        return (f for f in self.within(since, until) if f.withdrawn_at is None and f.kind in kinds)

    def known_at(self, at: datetime) -> Ledger:
        """The ledger as it was known at a moment: without what was recorded later, with what was withdrawn later."""
        on = kyiv_day(at).toordinal()
        facts = (_as_known(fact, at) for fact in self.facts if fact.recorded_at <= at)
        return Ledger(facts, {day: came for day, came in self.told.items() if came <= on})

    def reported(self, since: date, until: date) -> list[date]:
        """The days of a period that have a report."""
        first, last = since.toordinal(), until.toordinal()
        return [date.fromordinal(day) for day in sorted(self.reports) if first <= day <= last]


def _in_order(kept: Sequence[Fact], more: list[Fact]) -> list[Fact]:
    """A few are put among those in order: sorting all of them at once holds up every other thread meanwhile."""
    if len(more) > FEW:
        return sorted([*kept, *more], key=_ORDER)
    found = list(kept)
    for fact in more:
        insort(found, fact, key=_ORDER)
    return found


def _as_known(fact: Fact, at: datetime) -> Fact:
    if fact.withdrawn_at is None or fact.withdrawn_at <= at:
        return fact
    return fact._replace(withdrawn_at=None, withdrawn_on=None)


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


def people(ledger: Ledger, since: date | None, until: date | None, kinds: Kinds = OURS) -> ByAge[Persons]:
    """Persons who were moved in a period, each once."""
    return by_age(ledger.standing(since, until, kinds))


def moves(ledger: Ledger, since: date | None, until: date | None, kinds: Kinds = OURS) -> Events:
    """Events of a period: all of them."""
    return Events([fact.id for fact in ledger.standing(since, until, kinds)])


def away(ledger: Ledger, until: date | None) -> set[str]:
    """Ids of persons who are gone at the end of a day: their last move until then took them away.

    A transfer moves nobody who was moved before; somebody of whom only a transfer is known is gone.
    """
    last: dict[str, EventKind] = {}
    for fact in ledger.within(None, until):
        if fact.withdrawn_at is None and not (fact.kind is EventKind.TRANSFERRED and fact.person_id in last):
            last[fact.person_id] = fact.kind
    return {person for person, kind in last.items() if kind is not EventKind.RETURNED}


def told_of(ledger: Ledger) -> set[str]:
    """Ids of persons of whom some event in force tells, on whatever day: where they are is no matter of words."""
    return {fact.person_id for fact in ledger.facts if fact.withdrawn_at is None}


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

    @property
    def came_late(self) -> Persons:
        """Who was added after the first report."""
        return Persons(self.now.ids - self.first.ids)

    @property
    def taken_out(self) -> Persons:
        """Who stood in the first report and does not count any more."""
        return Persons(self.first.ids - self.now.ids)


def daily(ledger: Ledger, since: date, until: date, kinds: Kinds = OURS) -> list[DayLine | None]:
    """One entry for each day of the period, both included, in order; None is a day without a report."""
    days: dict[int, list[Fact]] = {}
    for fact in ledger.within(since, until):
        if fact.kind in kinds:
            days.setdefault(fact.on, []).append(fact)
    lines: list[DayLine | None] = []
    for on in range(since.toordinal(), until.toordinal() + 1):
        came = ledger.reports.get(on)
        lines.append(None if came is None else _line(on, came, days.get(on, [])))
    return lines


def _line(on: int, came: int, facts: Sequence[Fact]) -> DayLine:
    now = [fact for fact in facts if fact.withdrawn_at is None]
    first = [f for f in facts if f.recorded_on <= came and (f.withdrawn_on is None or f.withdrawn_on > came)]
    counted = by_age(now)
    same = len(now) == len(first) and now == first
    return DayLine(
        date.fromordinal(on), counted, counted if same else by_age(first), date.fromordinal(came),
        Events([fact.id for fact in now]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Running:
    """So many persons from the first day until the end of `day`, each counted on the first day they were moved."""

    day: date
    total: ByAge[Persons]


def running(ledger: Ledger, since: date | None, until: date | None, kinds: Kinds = OURS) -> list[Running]:
    """The running total on each day that has a report; other days are gaps."""
    first_seen: dict[str, Fact] = {}
    for fact in ledger.standing(since, until, kinds):
        first_seen.setdefault(fact.person_id, fact)
    pools: tuple[list[str], list[str], list[str]] = ([], [], [])
    found, newcomers = [], list(first_seen.values())
    at = 0
    for day in _report_days(ledger, since, until):
        while at < len(newcomers) and newcomers[at].on <= day:
            group = newcomers[at].group
            place = 1 if group is AgeGroup.CHILD else 2 if group is AgeGroup.UNKNOWN else 0
            pools[place].append(newcomers[at].person_id)
            at += 1
        adults, children, unknown = (Persons(pool, len(pool)) for pool in pools)
        found.append(Running(date.fromordinal(day), ByAge(adults, children, unknown)))
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
