"""People who were moved, by one of their marks: place, age, sex, need, organisation. The rules stand in counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from coordinator.domain.counting import OURS, placed
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Persons
from coordinator.domain.grouped import Groups, grouped
from coordinator.domain.ledger import Fact, Kinds, Ledger
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


_MARKS: Mapping[Part, Callable[[Sequence[Fact]], Groups]] = {
    Part.AGE: lambda facts: (band(facts[0], fine=False),),
    Part.AGE_FINE: lambda facts: (band(facts[0], fine=True),),
    Part.SETTLEMENT: lambda facts: (facts[-1].settlement,),
    Part.HROMADA: lambda facts: (facts[-1].hromada,),
    Part.SEX: lambda facts: (facts[-1].sex,),
    Part.ORGANISATION: lambda facts: (organisation(facts[-1]),),
    Part.NEED: lambda facts: tuple(sorted(facts[-1].needs)) or (NO_NEED,),
}
"""The marks of a person, by what counts of them in a period."""


def parts(
    ledger: Ledger, part: Part, since: date | None, until: date | None, kinds: Kinds = OURS
) -> dict[str, ByAge[Persons]]:
    """Persons of a period by one of their marks; the keys are ids, codes or names, "" is not known.

    Each person stands in one part, so the parts add up to `people` of the same period; only by NEED somebody stands
    in each of theirs, and who has none in NO_NEED. Parts without anybody are left out.
    """
    found = grouped(ledger, (part, since, until, kinds), placed(since, until, kinds, _MARKS[part]))
    return {str(mark): split for mark, split in found.groups.items()}
