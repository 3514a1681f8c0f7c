"""The facts behind every figure, by days and by people, and what was counted from them and follows their changes.

A ledger never changes: `changed` gives the next one, which shares all that was not touched. So counting again after a
change costs time in proportion to the change, and whoever still holds the ledger before it reads one moment.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from itertools import chain, count
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

from coordinator.domain.days import kyiv_day
from coordinator.domain.events import EventKind
from coordinator.domain.following import Following
from coordinator.domain.person import AgeGroup, Need, Sex
from coordinator.domain.shelves import Shelves

T = TypeVar("T")
Kinds = frozenset[EventKind]
TRAIL = 40
"""So many changes back it is known who was touched since."""
_serials = count(1)


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


IN_ORDER = attrgetter("on", "recorded_at", "id")
NONE: tuple[Fact, ...] = ()


class DayOfFacts:
    """All facts of one day, in order, also the withdrawn. What is counted from them is kept: they never change."""

    __slots__ = ("_kept", "came", "facts", "on")

    def __init__(self, on: int, facts: Iterable[Fact]) -> None:
        """`came`: the day on which the first of them was recorded."""
        self.on, self.facts = on, tuple(sorted(facts, key=IN_ORDER))
        self.came = max(on, min(fact.recorded_on for fact in self.facts))
        self._kept: dict[Hashable, Any] = {}

    def kept(self, key: Hashable, count: Callable[[], T]) -> T:
        """What `count` gives, counted once for this key."""
        if key not in self._kept:
            self._kept[key] = count()
        return cast(T, self._kept[key])


class Ledger:
    """Facts in the order in which they happened, and the days that have a report (day -> the day it came in)."""

    def __init__(self, facts: Iterable[Fact] = (), reports: Mapping[int, int] | None = None) -> None:
        """`reports`: further days with a report, of trips that arrived and of frozen summaries."""
        days: dict[int, list[Fact]] = {}
        people: dict[str, list[Fact]] = {}
        homes: dict[str, set[str]] = {}
        by_id = {fact.id: fact for fact in facts}
        for fact in by_id.values():
            days.setdefault(fact.on, []).append(fact)
            people.setdefault(fact.person_id, []).append(fact)
            homes.setdefault(fact.household_id, set()).add(fact.id)
        self._by_id = Shelves(by_id.items())
        self._people = Shelves((person, _in_order(found)) for person, found in people.items())
        self._homes = Shelves((home, frozenset(ids)) for home, ids in homes.items())
        self._following = Following()
        self._trail: tuple[tuple[int, frozenset[str]], ...] = ()
        self._set_days({on: DayOfFacts(on, found) for on, found in days.items()}, reports or {})

    def _set_days(self, days: dict[int, DayOfFacts], reports: Mapping[int, int]) -> None:
        self._on = sorted(days)
        self._days = days
        self.told: dict[int, int] = dict(reports)
        self.reports: dict[int, int] = dict(self.told)
        for on, day in days.items():
            self.reports[on] = min(day.came, self.reports.get(on, day.came))
        self._serial = next(_serials)

    def changed(self, gone: Iterable[str], facts: Iterable[Fact], reports: Mapping[int, int]) -> Ledger:
        """The ledger without the events `gone`, and with `facts` in place of those of the same id."""
        come = {fact.id: fact for fact in facts}
        left = [fact for one in {*gone, *come} if (fact := self._by_id.get(one)) is not None]
        out = {fact.id for fact in left}
        people = {fact.person_id for fact in chain(left, come.values())}
        homes = {fact.household_id for fact in chain(left, come.values())}
        following = Ledger.__new__(Ledger)
        following._by_id = self._by_id.but(come, out)
        own = _regrouped({one: self.of(one) for one in people}, people, out, come.values(), "person_id")
        following._people = self._people.but({one: _in_order(found) for one, found in own.items() if found}, people)
        ids: dict[str, set[str]] = {home: set(self.of_homes([home]) - out) for home in homes}
        for fact in come.values():
            ids[fact.household_id].add(fact.id)
        following._homes = self._homes.but({home: frozenset(found) for home, found in ids.items()})
        touched = {fact.on for fact in chain(left, come.values())}
        before = {on: self._days[on].facts for on in touched if on in self._days}
        days = self._days.copy()
        for on, found in _regrouped(before, touched, out, come.values(), "on").items():
            if found:
                days[on] = DayOfFacts(on, found)
            else:
                days.pop(on, None)
        following._set_days(days, reports)
        following._following = self._following.after(frozenset(people))
        following._trail = (*self._trail[1 - TRAIL :], (self._serial, frozenset(people)))
        return following

    def people_since(self, earlier: Ledger) -> frozenset[str] | None:
        """Whose facts are others than in an earlier ledger; None where that is too long ago, or was read anew."""
        if earlier._serial == self._serial:
            return frozenset()
        serials = [serial for serial, _people in self._trail]
        if earlier._serial not in serials:
            return None
        return frozenset().union(*(people for _serial, people in self._trail[serials.index(earlier._serial) :]))

    def followed(self, key: Hashable, count: Callable[[], T], follow: Callable[[T, Set[str]], T]) -> T:
        """What is counted from this ledger, kept: see `Following.get`. Days with a report may be others, too."""
        return self._following.get(key, count, follow)

    @property
    def facts(self) -> list[Fact]:
        """All of them: a new list, made in time in proportion to all."""
        return list(self.within(None, None))

    def persons(self) -> Iterable[str]:
        """Everybody with a fact."""
        return self._people

    def of(self, person: str) -> Sequence[Fact]:
        """The facts of a person, in order."""
        return self._people.get(person) or NONE

    def of_homes(self, households: Iterable[str]) -> frozenset[str]:
        """The ids of the facts of these households."""
        return frozenset().union(*(self._homes.get(home) or () for home in households))

    def days(self, since: date | None, until: date | None) -> Iterator[DayOfFacts]:
        """The days with facts, both ends included, in order; None is open."""
        start = 0 if since is None else bisect_left(self._on, since.toordinal())
        end = len(self._on) if until is None else bisect_right(self._on, until.toordinal())
        return (self._days[on] for on in self._on[start:end])

    def day(self, on: int) -> DayOfFacts | None:
        return self._days.get(on)

    def within(self, since: date | None, until: date | None) -> Iterator[Fact]:
        """Those that happened on these days, both included; None is open. Withdrawn ones are among them."""
        return chain.from_iterable(day.facts for day in self.days(since, until))

    def standing(self, since: date | None, until: date | None, kinds: Kinds) -> Iterator[Fact]:
        """Those that count now, in their order."""
        return (f for f in self.within(since, until) if f.withdrawn_at is None and f.kind in kinds)

    def known_at(self, at: datetime) -> Ledger:
        """The ledger as it was known at a moment: without what was recorded later, with what was withdrawn later."""
        on = kyiv_day(at).toordinal()
        facts = (_as_known(fact, at) for fact in self.within(None, None) if fact.recorded_at <= at)
        return Ledger(facts, {day: came for day, came in self.told.items() if came <= on})

    def reported(self, since: date, until: date) -> list[date]:
        """The days of a period that have a report."""
        first, last = since.toordinal(), until.toordinal()
        return [date.fromordinal(day) for day in sorted(self.reports) if first <= day <= last]


def _in_order(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(facts) if len(facts) == 1 else tuple(sorted(facts, key=IN_ORDER))


def _regrouped(
    before: Mapping[Any, Sequence[Fact]], touched: Iterable[Any], out: Set[str], come: Iterable[Fact], by: str
) -> dict[Any, list[Fact]]:
    """Of the groups that are touched what stays in them and what comes in."""
    found = {key: [fact for fact in before.get(key, NONE) if fact.id not in out] for key in touched}
    for fact in come:
        found[getattr(fact, by)].append(fact)
    return found


def _as_known(fact: Fact, at: datetime) -> Fact:
    if fact.withdrawn_at is None or fact.withdrawn_at <= at:
        return fact
    return fact._replace(withdrawn_at=None, withdrawn_on=None)
