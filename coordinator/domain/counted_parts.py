"""People who were moved, by one of their marks: place, age, sex, need, organisation. The rules stand in counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from coordinator.domain.counting import OURS, Fact, Kinds, Ledger, split
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Persons
from coordinator.domain.person import AgeGroup


class Part(StrEnum):
    """By what people can be told apart."""

    SETTLEMENT = "settlement"
    HROMADA = "hromada"
    AGE = "age"
    AGE_FINE = "age_fine"
    SEX = "sex"
    NEED = "need"
    ORGANISATION = "organisation"


class Band(StrEnum):
    """Ages in whole years. The last three: a group without its years, and nothing known at all."""

    UNDER_5 = "0-4"
    UNDER_12 = "5-11"
    TEENS = "12-17"
    MINORS = "0-17"
    ADULTS = "18-59"
    SENIORS = "60+"
    SOME_CHILD = "child"
    SOME_ADULT = "adult"
    UNKNOWN = "unknown"


COARSE = (Band.MINORS, Band.ADULTS, Band.SENIORS, Band.SOME_ADULT, Band.UNKNOWN)
FINE = (
    Band.UNDER_5, Band.UNDER_12, Band.TEENS, Band.SOME_CHILD, Band.ADULTS, Band.SENIORS, Band.SOME_ADULT, Band.UNKNOWN,
)  # fmt: skip
NO_NEED = "none"
BY_CENTRE, BY_OTHERS, BY_THEMSELVES = "centre", "others", "themselves"
"""Organisations that have no name: the centre's own vehicles, somebody else, nobody."""


def band(fact: Fact, *, fine: bool) -> Band:
    """The age band of a person on the day of a fact."""
    if fact.group is AgeGroup.UNKNOWN:
        return Band.UNKNOWN
    if fact.group is AgeGroup.CHILD:
        if not fine:
            return Band.MINORS
        if fact.years is None:
            return Band.SOME_CHILD
        return Band.UNDER_5 if fact.years < 5 else Band.UNDER_12 if fact.years < 12 else Band.TEENS
    if fact.years is None:
        return Band.SOME_ADULT
    return Band.SENIORS if fact.group is AgeGroup.SENIOR else Band.ADULTS


def organisation(fact: Fact) -> str:
    """Who moved them: the name, or one of the codes above."""
    if fact.organisation:
        return fact.organisation
    if fact.kind is EventKind.BY_US:
        return BY_CENTRE
    return BY_THEMSELVES if fact.kind is EventKind.LEFT_THEMSELVES else BY_OTHERS


_BY_FIRST: Mapping[Part, Callable[[Fact], str]] = {
    Part.AGE: lambda fact: band(fact, fine=False),
    Part.AGE_FINE: lambda fact: band(fact, fine=True),
}
_BY_LAST: Mapping[Part, Callable[[Fact], str]] = {
    Part.SETTLEMENT: lambda fact: fact.settlement,
    Part.HROMADA: lambda fact: fact.hromada,
    Part.SEX: lambda fact: fact.sex,
    Part.ORGANISATION: organisation,
}


def parts(
    ledger: Ledger, part: Part, since: date | None, until: date | None, kinds: Kinds = OURS
) -> dict[str, ByAge[Persons]]:
    """Persons of a period by one of their marks; the keys are ids, codes or names, "" is not known.

    Each person stands in one part, so the parts add up to `people` of the same period; only by NEED somebody stands
    in each of theirs, and who has none in NO_NEED. Parts without anybody are left out.
    """
    groups: dict[str, AgeGroup] = {}
    marks: dict[str, Iterable[str]] = {}
    first, last = _BY_FIRST.get(part), _BY_LAST.get(part)
    for fact in ledger.standing(since, until, kinds):
        groups.setdefault(fact.person_id, fact.group)
        if first is not None:
            if fact.person_id not in marks:
                marks[fact.person_id] = (first(fact),)
        elif last is not None:
            marks[fact.person_id] = (last(fact),)
        else:
            marks[fact.person_id] = fact.needs or (NO_NEED,)
    found: dict[str, dict[str, AgeGroup]] = {}
    for person, group in groups.items():
        for mark in marks[person]:
            found.setdefault(str(mark), {})[person] = group
    return {mark: split(members) for mark, members in found.items()}
