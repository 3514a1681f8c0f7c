"""What several verbs share when they write households. Used inside an action; opens none itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Need, Person, PersonName, Relation, Sex
from coordinator.domain.phones import search_digits
from coordinator.outcome import Touched
from coordinator.records import contact_rows, need_rows, person_row
from coordinator.session import Act
from db import stores
from db.connection import Database
from db.ids import new_id
from db.numbers import next_household_number
from db.rows import ContactRow, DecisionRow, HouseholdRow, NeedRow, PersonRow, SettlementRow


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person about to be written. An empty name is allowed: an unnamed member."""

    name: PersonName = PersonName()
    sex: Sex = Sex.UNKNOWN
    birth: Birth = Birth()
    relation: Relation = Relation.UNKNOWN
    needs: frozenset[Need] = frozenset()
    needs_raw: str = ""
    documents: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdDraft:
    """A household about to be written. Everything may be missing: incomplete is allowed, lost is not."""

    settlement_id: str | None = None
    settlement_text: str = ""
    address: Address = Address()
    people: tuple[MemberDraft, ...] = ()
    contacts: tuple[Contact, ...] = ()
    decision: Decision = Decision.NOT_ASKED
    wants_on: date | None = None
    refusal_reason: str = ""
    part_stays: bool = False
    pets: str = ""
    luggage: int | None = None
    destination_wish: str = ""
    note: str = ""
    requested_at: datetime | None = None
    source: str = ""
    batch_id: str | None = None


def write_households(act: Act, drafts: Iterable[HouseholdDraft]) -> list[str]:
    """Insert households with their members, phones and first decision; returns their ids in order."""
    drafts = list(drafts)
    number = next_household_number(act.db)
    places = _places(act.db, {draft.settlement_id for draft in drafts if draft.settlement_id})
    rows: list[HouseholdRow] = []
    people: list[PersonRow] = []
    needs: list[NeedRow] = []
    contacts: list[ContactRow] = []
    decisions: list[DecisionRow] = []
    for draft in drafts:
        household_id = new_id()
        members = _members(household_id, draft.people)
        phones = contact_rows(household_id, draft.contacts)
        row = _household_row(act, household_id, number, draft, members)
        member_rows = [person_row(member) for member in members]
        rows.append(with_keys(row, member_rows, phones, places.get(row.settlement_id or "")))
        people.extend(member_rows)
        needs.extend(need for member in members for need in need_rows(member))
        contacts.extend(phones)
        if draft.decision is not Decision.NOT_ASKED:
            decisions.append(_first_decision(act, household_id, draft))
        number += 1
    stores.households.add(act.db, rows)
    stores.people.add(act.db, people)
    stores.needs.add(act.db, needs)
    stores.contacts.add(act.db, contacts)
    stores.decisions.add(act.db, decisions)
    ids = [row.id for row in rows]
    act.touch(Touched.HOUSEHOLDS | Touched.DECISIONS, *ids)
    return ids


def describe_new(act: Act, household_id: str) -> None:
    """The number of a household that the action under way has just made, for its label."""
    row = stores.households.get(act.db, household_id)
    act.describe(number=row.number if row else 0)


def _members(household_id: str, drafts: Iterable[MemberDraft]) -> list[Person]:
    members = [
        Person(
            id=new_id(),
            household_id=household_id,
            position=position,
            name=draft.name,
            sex=draft.sex,
            birth=draft.birth,
            relation=draft.relation,
            needs=draft.needs,
            needs_raw=draft.needs_raw,
            documents=draft.documents,
            note=draft.note,
        )
        for position, draft in enumerate(drafts, start=1)
    ]
    if members and members[0].relation is Relation.UNKNOWN:
        members[0] = replace(members[0], relation=Relation.HEAD)
    return members


def _household_row(
    act: Act, household_id: str, number: int, draft: HouseholdDraft, members: list[Person]
) -> HouseholdRow:
    return HouseholdRow(
        id=household_id,
        number=number,
        settlement_id=draft.settlement_id,
        settlement_text=draft.settlement_text,
        street=draft.address.street,
        house=draft.address.house,
        flat=draft.address.flat,
        address_text=draft.address.text,
        landmark=draft.address.landmark,
        head_id=members[0].id if members else None,
        decision=draft.decision,
        wants_on=draft.wants_on,
        refusal_reason=draft.refusal_reason,
        decided_at=act.now if draft.decision is not Decision.NOT_ASKED else None,
        decided_by=act.user if draft.decision is not Decision.NOT_ASKED else "",
        part_stays=draft.part_stays,
        pets=draft.pets,
        luggage=draft.luggage,
        destination_wish=draft.destination_wish,
        note=draft.note,
        requested_at=draft.requested_at,
        created_at=act.now,
        batch_id=draft.batch_id,
        source=draft.source,
    )


def _first_decision(act: Act, household_id: str, draft: HouseholdDraft) -> DecisionRow:
    return DecisionRow(
        new_id(), household_id, draft.decision, draft.wants_on, draft.refusal_reason, act.now, act.user, draft.note
    )


def refresh_keys(db: Database, household_ids: Iterable[str]) -> None:
    """Write the search text and the sort key of households anew, after any part of them changed."""
    rows = stores.households.where(db, id=list(household_ids))
    ids = [row.id for row in rows]
    people: dict[str, list[PersonRow]] = {}
    for person in stores.people.where(db, household_id=ids):
        people.setdefault(person.household_id, []).append(person)
    phones: dict[str, list[ContactRow]] = {}
    for contact in stores.contacts.where(db, household_id=ids):
        phones.setdefault(contact.household_id, []).append(contact)
    places = _places(db, {row.settlement_id for row in rows if row.settlement_id})
    for row in rows:
        members = sorted(people.get(row.id, []), key=lambda person: person.position)
        numbers = sorted(phones.get(row.id, []), key=lambda contact: contact.position)
        fresh = with_keys(row, members, numbers, places.get(row.settlement_id or ""))
        if fresh != row:
            stores.households.change(db, row.id, search_text=fresh.search_text, sort_key=fresh.sort_key)


def with_keys(
    row: HouseholdRow, people: list[PersonRow], phones: Iterable[ContactRow], place: SettlementRow | None
) -> HouseholdRow:
    """The row with its search text and its sort key (that of the head) as its parts say now."""
    head = next((person for person in people if person.id == row.head_id), people[0] if people else None)
    return row._replace(search_text=search_text(row, people, phones, place), sort_key=head.sort_key if head else "")


def _places(db: Database, ids: set[str]) -> dict[str, SettlementRow]:
    return {row.id: row for row in stores.settlements.where(db, id=ids)} if ids else {}


def search_text(
    row: HouseholdRow, people: Iterable[PersonRow], phones: Iterable[ContactRow], place: SettlementRow | None
) -> str:
    """All that a search may look for, folded: number, names, phones as digits, settlement, address, note."""
    parts = [str(row.number)]
    parts += [f"{p.surname} {p.given} {p.patronymic}" for p in people]
    parts += [f"{search_digits(c.e164)} {c.raw}" for c in phones]
    parts += [place.name if place else "", row.settlement_text, row.street, row.house, row.flat]
    parts += [row.address_text, row.landmark, row.note, row.pets]
    return fold(" ".join(part for part in parts if part))
