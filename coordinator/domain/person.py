"""A person of a household: name, age on a day, needs, relation.

Rule of age (issue A): a child is under 18 on the day that is asked about. With only a birth year,
day.year - year below 18 is a child, exactly 18 counts as a child and is uncertain.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from coordinator.domain.decision import Decision
from coordinator.domain.records import record

ADULT_AT = 18
SENIOR_AT = 60
OLDEST = 120


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"
    UNKNOWN = ""


class Need(StrEnum):
    """Needs as function, not diagnosis (DOMAIN: people, needs, goods)."""

    STEPS = "steps"
    WHEELCHAIR = "wheelchair"
    STRETCHER = "stretcher"
    POWER = "power"
    SENSES = "senses"
    ESCORT = "escort"
    PREGNANT = "pregnant"
    INFANT = "infant"
    COLD_MEDICINE = "cold_medicine"
    DISABILITY = "disability"


class Relation(StrEnum):
    HEAD = "head"
    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    GUARDIAN = "guardian"
    OTHER = "other"
    UNKNOWN = ""


class AgeGroup(StrEnum):
    CHILD = "child"
    ADULT = "adult"
    SENIOR = "senior"
    UNKNOWN = "unknown"


@record
class Birth:
    """What is known of a birth date: the day, or the year, or an age in years on a day, or only "a child".

    `stated_child` is what a list of counts says of an unnamed member. `raw` is the text as it arrived.
    """

    on: date | None = None
    year: int | None = None
    age: int | None = None
    age_on: date | None = None
    stated_child: bool | None = None
    raw: str = ""


@record
class Age:
    """Whole years on a day (None: unknown), the group, and whether a year alone left it open."""

    years: int | None
    group: AgeGroup
    uncertain: bool = False

    @property
    def is_child(self) -> bool:
        return self.group is AgeGroup.CHILD


def group_of(years: int) -> AgeGroup:
    if years < ADULT_AT:
        return AgeGroup.CHILD
    return AgeGroup.SENIOR if years >= SENIOR_AT else AgeGroup.ADULT


def age_on(birth: Birth, day: date) -> Age:
    """The age of a person on `day` by the rule of the module docstring.

    An age told on another day grows with the full years since: the least that it can be, so that a child of 17
    stays one until 18 is certain. `uncertain` where the birthday may have passed meanwhile.
    """
    if birth.on is not None:
        years = _full_years(birth.on, day)
        return Age(years, group_of(years))
    year = birth.year
    if year is None and birth.age is not None:
        told_on = birth.age_on or day
        least = max(0, birth.age + _full_years(told_on, day))
        return Age(least, group_of(least), uncertain=(told_on.month, told_on.day) != (day.month, day.day))
    if year is None:
        if birth.stated_child is None:
            return Age(None, AgeGroup.UNKNOWN)
        return Age(None, AgeGroup.CHILD if birth.stated_child else AgeGroup.ADULT)
    years = day.year - year
    if years == ADULT_AT:
        return Age(years, AgeGroup.CHILD, uncertain=True)
    return Age(years, group_of(years))


def _full_years(since: date, day: date) -> int:
    """Anniversaries passed; of a day before `since` a negative number."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


@record
class PersonName:
    """Surname, given name, patronymic: each may be absent. `full` is how it is written on lists."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""

    @property
    def full(self) -> str:
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))

    def __bool__(self) -> bool:
        return bool(self.surname or self.given or self.patronymic)


@record
class Person:
    """One member. An unnamed member (a count on a list) has an empty name and a `position`.

    `decision` None: as the household. `carer_id`: who cares for this person, of this household or another.
    """

    id: str
    household_id: str
    position: int
    name: PersonName = PersonName()
    sex: Sex = Sex.UNKNOWN
    birth: Birth = Birth()
    relation: Relation = Relation.UNKNOWN
    needs: frozenset[Need] = field(default_factory=frozenset)
    documents: str = ""
    note: str = ""
    escort_id: str | None = None
    escort_basis: str = ""
    no_escort_reason: str = ""
    needs_raw: str = ""
    decision: Decision | None = None
    wants_on: date | None = None
    refusal_reason: str = ""
    carer_id: str | None = None
