"""A family in two parts: who is head where, who is what to them, and who would be left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coordinator.domain.decision import Again, Decision, Said
from coordinator.domain.escorting import is_adult, is_child, needs_care, offered_adult
from coordinator.domain.household import Household
from coordinator.domain.person import Person, Relation
from coordinator.domain.relations import relations_to


class Alone(StrEnum):
    """Why somebody would be left alone. Never a block: it goes on with a recorded reason."""

    CHILD = "child"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Finding:
    person_id: str
    alone: Alone


@dataclass(frozen=True, slots=True)
class Beside:
    """The adult whom somebody named for a child or for one who needs care; `basis` by what right, for a child."""

    person_id: str | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """What is chosen when a family is split. `leaves`: ids of those who leave; the others stay.

    `beside`: whom a child travels with or stays with, who cares for whom (also of another household); `reasons`: why
    somebody is left alone. `phones_leave`, `phones_stay`: places in the list of phones; None: all of them, copied.
    `said_leave`, `said_stay` None: as each stands now. Texts None: as they are, with those who leave. `despite`: why
    children stay under a forced order.
    """

    leaves: frozenset[str]
    head_leave: str | None = None
    head_stay: str | None = None
    beside: Mapping[str, Beside] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    said_leave: Said | None = None
    said_stay: Said | None = None
    phones_leave: frozenset[int] | None = None
    phones_stay: frozenset[int] | None = None
    pets_stay: str | None = None
    pets_leave: str | None = None
    note_stay: str = ""
    despite: str = ""
    again: Again | None = None


def parted(people: Iterable[Person], leaves: Collection[str]) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """(who leaves, who stays), each in the order of the household."""
    everybody = tuple(people)
    return (
        tuple(person for person in everybody if person.id in leaves),
        tuple(person for person in everybody if person.id not in leaves),
    )


def head_for(part: Sequence[Person], head_id: str | None, day: date, wished: str | None = None) -> Person:
    """The head of a part: the one wished for, or the head until now, or the nearest adult, or the oldest."""
    known = {person.id: person for person in part}
    for one in (wished, head_id):
        if one in known:
            return known[one or ""]
    adult = offered_adult(part, day)
    return adult or min(part, key=lambda person: (is_child(person, day), person.position))


def new_relations(household: Household, part: Sequence[Person], head: Person) -> dict[str, Relation]:
    """The relations of a part to its head."""
    before = {person.id: person.relation for person in household.people}
    old = household.head_id if household.head_id in before else None
    if old is not None and before[old] is not Relation.HEAD:
        before[old] = Relation.HEAD
    if old is None or head.id == old:
        return {person.id: Relation.HEAD if person.id == head.id else before[person.id] for person in part}
    found = relations_to(head.id, before)
    return {person.id: found[person.id] for person in part}


def adult_beside(
    person: Person, part: Sequence[Person], other: Collection[str], day: date, named: Beside | None = None
) -> Beside | None:
    """Who is with a child or somebody in need of care: whom somebody named, or an adult of their part.

    `other`: ids of the people of the other part, who are not there. None: nobody.
    """
    kept = person.escort_id if is_child(person, day) else person.carer_id
    for beside in (named, Beside(kept, person.escort_basis)):
        if beside is not None and beside.person_id and beside.person_id not in (*other, person.id):
            return beside
    helpers = part if is_child(person, day) else [one for one in part if not needs_care(one)]
    adult = offered_adult(helpers, day, beside=person)
    return Beside(adult.id) if adult else None


def left_alone(
    household: Household, leaves: Collection[str], beside: Mapping[str, Beside], day: date
) -> tuple[Finding, ...]:
    """Children without an adult in their part, and people in need of care with nobody to care for them."""
    found = []
    leaving, staying = parted(household.people, leaves)
    for part, other in ((leaving, staying), (staying, leaving)):
        away = {person.id for person in other}
        for person in part:
            child = is_child(person, day)
            if (child or needs_care(person)) and adult_beside(person, part, away, day, beside.get(person.id)) is None:
                found.append(Finding(person.id, Alone.CHILD if child else Alone.CARE))
    return tuple(found)


def word_of(household: Household, part: Sequence[Person]) -> Said | None:
    """The own word that all of a part share, which becomes the word of that part; None: the household's stands."""
    words = {(person.decision, person.wants_on, person.refusal_reason) for person in part}
    if len(words) != 1:
        return None
    decision, wants_on, reason = words.pop()
    return None if decision is None else Said(decision, wants_on, reason)


def unguarded(people: Iterable[Person], there: Collection[str], day: date) -> list[Person]:
    """Children for whom nobody is named, in a household without an adult, and no reason is recorded.

    `there`: ids of people of other households who may be named.
    """
    everybody = tuple(people)
    ids = {person.id for person in everybody} | set(there)
    if any(is_adult(person, day) for person in everybody):
        return []
    return [
        person
        for person in everybody
        if is_child(person, day) and not person.no_escort_reason and person.escort_id not in ids
    ]


def stays_by_word(household: Household) -> frozenset[str]:
    """Who would stay if the family were split by what they said: the first choice of the dialog."""
    ready = (Decision.PACKED, Decision.WANTS_PICKUP, Decision.PREPARING)
    going = {person.id for person in household.people if household.stands(person) in ready}
    staying = frozenset(person.id for person in household.people) - going
    return staying if going else frozenset()
