"""The adult who travels with each child of a stop (DOMAIN: a minor travels with an adult who is named)."""

from __future__ import annotations

from coordinator.domain.escorting import offered_adult
from coordinator.domain.person import Person, age_on
from coordinator.paper_content import ChildEscort
from coordinator.queries.day_records import DayRecords
from db.rows import StopRow


def escorts_on(records: DayRecords, stop: StopRow) -> tuple[ChildEscort, ...]:
    """One entry a child: the escort who was named and travels on this trip, or an adult of the household.

    A child with neither has escort None, with the reason where one was recorded.
    """
    people = records.expected(stop)
    aboard = {person.id: person for other in records.stops[stop.trip_id] for person in records.expected(other)} | {
        person.id: person for person in records.met(stop.trip_id)
    }
    offered = offered_adult(people, records.day)
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
