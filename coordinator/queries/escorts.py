"""The adult who travels with each child of a stop (DOMAIN: a minor travels with an adult who is named)."""

from __future__ import annotations

from datetime import date

from coordinator.domain.person import AgeGroup, Person, Relation, age_on
from coordinator.paper_content import ChildEscort
from coordinator.queries.day_records import DayRecords
from db.rows import StopRow

_NEAREST = (
    Relation.GUARDIAN, Relation.HEAD, Relation.SPOUSE, Relation.PARTNER, Relation.PARENT, Relation.GRANDPARENT,
)  # fmt: skip
"""Relations to the head in the order in which such an adult is offered; the last others follow."""


def escorts_on(records: DayRecords, stop: StopRow) -> tuple[ChildEscort, ...]:
    """One entry a child: the escort who was named and travels on this trip, or an adult of the household.

    A child with neither has escort None, with the reason where one was recorded.
    """
    people = records.expected(stop)
    aboard = {person.id: person for other in records.stops[stop.trip_id] for person in records.expected(other)} | {
        person.id: person for person in records.met(stop.trip_id)
    }
    offered = _offered(people, records.day)
    return tuple(
        _escort(person, aboard.get(person.escort_id or ""), offered)
        for person in people
        if age_on(person.birth, records.day).is_child
    )


def _escort(child: Person, named: Person | None, offered: Person | None) -> ChildEscort:
    if named is not None:
        basis = f" ({child.escort_basis})" if child.escort_basis else ""
        return ChildEscort(child.name.full, f"{named.name.full}{basis}".strip())
    if offered is not None:
        return ChildEscort(child.name.full, offered.name.full)
    return ChildEscort(child.name.full, None, child.no_escort_reason)


def _offered(people: tuple[Person, ...], day: date) -> Person | None:
    """An adult of the household who travels: guardian, head, spouse … first."""
    adults = [person for person in people if _is_adult(person, day)]
    return min(adults, key=lambda p: (_nearness(p.relation), not p.name, p.position), default=None)


def _nearness(relation: Relation) -> int:
    return _NEAREST.index(relation) if relation in _NEAREST else len(_NEAREST)


def _is_adult(person: Person, day: date) -> bool:
    """By age; where the age is unknown, by a relation that only an adult has."""
    group = age_on(person.birth, day).group
    return group in (AgeGroup.ADULT, AgeGroup.SENIOR) or (group is AgeGroup.UNKNOWN and person.relation in _NEAREST)
