"""Counting by hand, as with pencil and paper: in the plainest loops, sharing nothing with the program's rules.

Answers are plain sets of ids, so that equal numbers of different people do not pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from coordinator.domain.ledger import Fact

Split = tuple[set[str], set[str], set[str]]
"""Adults, children, unknown."""


def happened(facts: Iterable[Fact], since: date, until: date, kinds: Iterable[str]) -> list[Fact]:
    """Those in force on these days, in the order in which they happened."""
    found = []
    for fact in facts:
        on = date.fromordinal(fact.on)
        if on >= since and on <= until and fact.withdrawn_at is None and fact.kind.value in set(kinds):
            found.append(fact)
    return sorted(found, key=lambda fact: (fact.on, fact.recorded_at, fact.id))


def split(facts: Sequence[Fact]) -> Split:
    adults: set[str] = set()
    children: set[str] = set()
    unknown: set[str] = set()
    for person in {fact.person_id for fact in facts}:
        first = next(fact for fact in facts if fact.person_id == person)
        if first.group.value == "child":
            children.add(person)
        elif first.group.value == "unknown":
            unknown.add(person)
        else:
            adults.add(person)
    return adults, children, unknown


Told = Sequence[tuple[date, date]]
"""Days of which a trip that arrived or a frozen report spoke, and when."""


def report_came(facts: Iterable[Fact], day: date, told: Told = ()) -> date | None:
    """The day on which the first word of a day came in; None: nobody has said anything of it."""
    came = [max(day, date.fromordinal(fact.recorded_on)) for fact in facts if fact.on == day.toordinal()]
    came += [max(day, at) for on, at in told if on == day]
    return min(came) if came else None


def as_first_reported(facts: Sequence[Fact], day: date, kinds: Iterable[str], told: Told = ()) -> Split | None:
    came = report_came(facts, day, told)
    if came is None:
        return None
    seen = []
    for fact in facts:
        known = date.fromordinal(fact.recorded_on) <= came
        gone = fact.withdrawn_on is not None and date.fromordinal(fact.withdrawn_on) <= came
        if fact.on == day.toordinal() and known and not gone:
            seen.append(fact._replace(withdrawn_at=None))
    return split(happened(seen, day, day, kinds))


def running(facts: Sequence[Fact], since: date, until: date, kinds: Sequence[str]) -> dict[date, Split]:
    """The total on each day that somebody said something of."""
    found = {}
    for day in days(since, until):
        if report_came(facts, day) is not None:
            found[day] = split(happened(facts, since, day, kinds))
    return found


def days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]


def known_at(facts: Sequence[Fact], at: datetime) -> list[Fact]:
    found = []
    for fact in facts:
        if fact.recorded_at <= at:
            later = fact.withdrawn_at is not None and fact.withdrawn_at > at
            found.append(fact._replace(withdrawn_at=None, withdrawn_on=None) if later else fact)
    return found


def age_words(fact: Fact, fine: bool) -> str:
    if fact.group.value == "unknown":
        return "unknown"
    if fact.years is None:
        return "adult" if fact.group.value == "adult" else ("child" if fine else "0-17")
    if fact.group.value != "child":
        return "60+" if fact.years >= 60 else "18-59"
    if not fine:
        return "0-17"
    return "0-4" if fact.years <= 4 else ("5-11" if fact.years <= 11 else "12-17")


def marks(facts: Sequence[Fact], part: str) -> dict[str, set[str]]:
    """Persons by a mark of theirs; `facts` in force and in order."""
    found: dict[str, set[str]] = {}
    for person in {fact.person_id for fact in facts}:
        own = [fact for fact in facts if fact.person_id == person]
        for mark in _marks_of(own[0], own[-1], part):
            found.setdefault(mark, set()).add(person)
    return found


def _marks_of(first: Fact, last: Fact, part: str) -> list[str]:
    if part in ("age", "age_fine"):
        return [age_words(first, part == "age_fine")]
    if part == "need":
        return [need.value for need in last.needs] or ["none"]
    if part == "organisation":
        unnamed = {"by_us": "centre", "left_themselves": "themselves", "other_organisation": "others"}
        return [last.organisation or unnamed.get(last.kind.value, "others")]
    return [{"settlement": last.settlement, "hromada": last.hromada, "sex": last.sex.value}[part]]
