"""What holds the parts of a split family together, and who of a household is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import OrderKind
from coordinator.domain.household import Household
from coordinator.queries.fleet import orders_in_force
from coordinator.queries.presence import Presence
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import DecisionRow, HouseholdRow, PersonRow


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """Another part of the family. `origin`: the one shown parted from it; else it parted from the one shown."""

    household_id: str
    number: int
    head: str
    people: int
    decision: Decision
    origin: bool


@dataclass(frozen=True, slots=True)
class Family:
    """`away`: ids of members who are not at home on `day`. `named`: people of other households who care or escort.

    `line`: the decisions of the household newest first, and those of the whole family before it parted. `order`: what
    is ordered where they live.
    """

    day: date
    parts: tuple[FamilyPart, ...] = ()
    away: frozenset[str] = frozenset()
    named: tuple[tuple[str, str], ...] = ()
    line: tuple[DecisionRow, ...] = ()
    order: OrderKind | None = None


def family_of(db: Database, household: Household, decisions: list[DecisionRow], day: date) -> Family:
    """Of one household; `decisions` are its own."""
    presence = Presence.on(db, [person.id for person in household.people], day)
    row = stores.households.get(db, household.id)
    return Family(
        day=day,
        parts=_parts(db, row) if row else (),
        away=frozenset(p.id for p in household.people if not presence.is_there(p.id)),
        named=_named(db, household),
        line=_line(db, household, row, decisions),
        order=orders_in_force(db, day).get(household.settlement_id or ""),
    )


def _parts(db: Database, row: HouseholdRow) -> tuple[FamilyPart, ...]:
    origin = stores.households.get(db, row.split_from_id) if row.split_from_id else None
    while origin is not None and origin.merged_into is not None:
        origin = stores.households.get(db, origin.merged_into)
    others = sorted(stores.households.where(db, split_from_id=row.id, merged_into=None), key=lambda one: one.number)
    found = [_part(db, origin, origin=True)] if origin is not None and origin.id != row.id else []
    return (*found, *(_part(db, other, origin=False) for other in others if other.id != row.id))


def _part(db: Database, row: HouseholdRow, *, origin: bool) -> FamilyPart:
    people = stores.people.where(db, household_id=row.id)
    head = next((_name(person) for person in people if person.id == row.head_id), "")
    return FamilyPart(row.id, row.number, head, len(people), Decision(row.decision), origin)


def _named(db: Database, household: Household) -> tuple[tuple[str, str], ...]:
    """(person id, name and number of the household) of escorts and carers who live elsewhere."""
    own = {person.id for person in household.people}
    wanted = {one for person in household.people for one in (person.escort_id, person.carer_id) if one} - own
    found = stores.people.where(db, id=wanted) if wanted else []
    numbers = {row.id: row.number for row in stores.households.where(db, id={person.household_id for person in found})}
    return tuple((person.id, f"{_name(person)} (№ {numbers[person.household_id]})") for person in found)


def _line(
    db: Database, household: Household, row: HouseholdRow | None, decisions: list[DecisionRow]
) -> tuple[DecisionRow, ...]:
    """Own entries, and those of the family until it parted: of the household, and of these members."""
    members = {person.id for person in household.people}
    before: list[DecisionRow] = []
    if row is not None and row.split_from_id and row.created_at:
        since = row.created_at
        before = [
            entry
            for entry in stores.decisions.where(db, household_id=row.split_from_id)
            if entry.decided_at < since and (entry.person_id is None or entry.person_id in members)
        ]
    return tuple(sorted((*decisions, *before), key=lambda entry: (entry.decided_at, entry.id), reverse=True))


def _name(person: PersonRow) -> str:
    return " ".join(part for part in (person.surname, person.given, person.patronymic) if part)


def head_of_number(session: Session, number: int) -> tuple[str, str] | None:
    """(person id, name) of the head of a household by its number; None where there is none, or nobody in it."""
    with session.reading() as db:
        rows = stores.households.where(db, number=number)
        head = stores.people.get(db, rows[0].head_id) if rows and rows[0].head_id else None
    return (head.id, _name(head) or "–") if head is not None else None
