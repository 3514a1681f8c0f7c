"""A few rows of the registry's table read anew, so that one edit does not cost reading all households."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from coordinator.domain.decision import is_ready
from coordinator.domain.household import Household
from coordinator.domain.person import age_on
from coordinator.domain.phones import show_phone
from coordinator.queries.household import load_households
from coordinator.queries.registry import RegistryRow
from coordinator.session import Session
from db import stores
from db.rows import HouseholdRow, SettlementRow


def registry_rows(session: Session, day: date, household_ids: Collection[str]) -> list[RegistryRow]:
    """The rows of these households as `registry` gives them; those that are gone or were merged are left out."""
    with session.reading() as db:
        rows = [row for row in stores.households.where(db, id=household_ids) if row.merged_into is None]
        households = {one.id: one for one in load_households(db, [row.id for row in rows])}
        places = {
            place.id: place
            for place in stores.settlements.where(db, id={row.settlement_id for row in rows if row.settlement_id})
        }
        pairs: dict[str, int] = {}
        for side in ("first_id", "second_id"):
            for pair in stores.pairs.where(db, **{side: [row.id for row in rows]}, state="open"):
                household_id = getattr(pair, side)
                pairs[household_id] = pairs.get(household_id, 0) + 1
    rows.sort(key=lambda row: row.number)
    return [
        _row(row, households[row.id], places.get(row.settlement_id or ""), pairs.get(row.id, 0), day) for row in rows
    ]


def _row(row: HouseholdRow, one: Household, place: SettlementRow | None, pairs: int, day: date) -> RegistryRow:
    ages = [age_on(person.birth, day) for person in one.people]
    children = [age for age in ages if age.is_child]
    head = next((person.name.full for person in one.people if person.id == one.head_id), "")
    return RegistryRow(
        id=row.id,
        number=row.number,
        head=head,
        settlement=place.name if place else row.settlement_text,
        settlement_id=row.settlement_id,
        settlement_known=row.settlement_id is not None,
        address=one.address.line,
        people=len(one.people),
        children=len(children),
        uncertain_children=sum(age.uncertain for age in children),
        decision=row.decision,
        wants_on=row.wants_on,
        ready=is_ready(one.decision, row.wants_on, day),
        part_stays=row.part_stays,
        needs=tuple(sorted({need.value for person in one.people for need in person.needs})),
        phones=", ".join(show_phone(contact.e164) if contact.e164 else contact.raw for contact in one.contacts),
        pets=row.pets,
        note=row.note,
        decided_at=row.decided_at,
        requested_at=row.requested_at,
        created_at=row.created_at,
        open_pairs=pairs,
        search_text=row.search_text,
        head_key=row.sort_key,
        settlement_key=place.sort_key if place else "",
        street=row.street,
        house=row.house,
    )
