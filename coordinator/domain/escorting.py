"""The adult beside a child, or beside somebody who needs care (DOMAIN: a minor travels with an adult who is named)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.person import AgeGroup, Need, Person, Relation, age_on

NEAREST = (
    Relation.GUARDIAN, Relation.HEAD, Relation.SPOUSE, Relation.PARTNER, Relation.PARENT, Relation.GRANDPARENT,
)  # fmt: skip
"""Relations to the head in the order in which such an adult is offered; the last others follow."""
CARE = frozenset({Need.STRETCHER, Need.WHEELCHAIR, Need.ESCORT})
"""Needs with which nobody should be left alone."""


def is_adult(person: Person, day: date) -> bool:
    """By age; where the age is unknown, by a relation that only an adult has."""
    group = age_on(person.birth, day).group
    return group in (AgeGroup.ADULT, AgeGroup.SENIOR) or (group is AgeGroup.UNKNOWN and person.relation in NEAREST)


def is_child(person: Person, day: date) -> bool:
    return age_on(person.birth, day).is_child


def needs_care(person: Person) -> bool:
    """Somebody cares for them as it is, or their needs ask for it."""
    return person.carer_id is not None or bool(person.needs & CARE)


def offered_adult(people: Iterable[Person], day: date, *, beside: Person | None = None) -> Person | None:
    """An adult among these: guardian, head, spouse … first; one who needs no care before one who does."""
    adults = [person for person in people if is_adult(person, day) and person != beside]
    return min(adults, key=lambda p: (needs_care(p), _nearness(p.relation), not p.name, p.position), default=None)


def _nearness(relation: Relation) -> int:
    return NEAREST.index(relation) if relation in NEAREST else len(NEAREST)
