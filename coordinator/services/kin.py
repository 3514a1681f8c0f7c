"""People of a list who stand in another part of a split family already. Runs inside an action of its caller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.household import Household
from coordinator.domain.joining import match_members
from coordinator.queries.household import load_households
from coordinator.session import Act
from db import stores


def parts_of(act: Act, household_id: str) -> list[Household]:
    """The other parts of a split family, none of them merged."""
    row = stores.households.get(act.db, household_id)
    found = stores.households.where(act.db, split_from_id=household_id, merged_into=None)
    origin = stores.households.get(act.db, row.split_from_id) if row and row.split_from_id else None
    if origin is not None and origin.merged_into is None:
        found += [origin, *stores.households.where(act.db, split_from_id=origin.id, merged_into=None)]
    return load_households(
        act.db, [one.id for one in {row.id: row for row in found}.values() if one.id != household_id]
    )


def load_homes(act: Act, person_ids: Iterable[str]) -> list[Household]:
    """The households of these people."""
    return load_households(act.db, list({row.household_id for row in stores.people.where(act.db, id=list(person_ids))}))


def known_in_parts(act: Act, into: Household, other: Household, day: date) -> dict[str, str]:
    """Ids of people of `other` who are nobody in `into`, but are these people (id) of its other parts."""
    kin = [person for part in parts_of(act, into.id) if part.id != other.id for person in part.people]
    here = match_members(other.people, into.people, day)
    rest = [person for number, person in enumerate(other.people) if number not in here and person.name]
    named = [person for person in kin if person.name]
    found = match_members(rest, named, day)
    return {rest[i].id: named[k].id for i, k in found.items()}
