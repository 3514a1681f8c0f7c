"""What several verbs share when they write households. Used inside an action; opens none itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import fold, name_key
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.phones import search_digits
from coordinator.domain.records import record
from coordinator.outcome import Touched
from coordinator.records import contact_rows
from coordinator.session import Act
from db import stores
from db.connection import Database
from db.ids import ids_in_turn
from db.numbers import next_household_number
from db.rows import ContactRow, DecisionRow, HouseholdRow, NeedRow, PersonRow, SettlementRow


@record
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
    escort: int | None = None
    """The place among the members, from 0, of the adult who travels with this child."""


@record
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


@dataclass(slots=True)
class NewRows:
    """Rows of households that are about to be written, by table."""

    households: list[HouseholdRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    needs: list[NeedRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Making:
    """What rows need beside their draft: by whom and when they are written, and how settlements are called."""

    now: datetime
    user: str
    places: dict[str, SettlementRow]
    ids: Iterator[str] = field(default_factory=ids_in_turn)


def write_households(act: Act, drafts: Iterable[HouseholdDraft]) -> list[str]:
    """Insert households with their members, phones and first decision; returns their ids in order."""
    drafts = list(drafts)
    making = Making(act.now, act.user, places_of(act.db, drafts))
    rows = NewRows()
    for number, draft in enumerate(drafts, start=next_household_number(act.db)):
        add_rows(rows, making, number, draft)
    stores.households.add(act.db, rows.households)
    stores.people.add(act.db, rows.people)
    stores.needs.add(act.db, rows.needs)
    stores.contacts.add(act.db, rows.contacts)
    stores.decisions.add(act.db, rows.decisions)
    ids = [row.id for row in rows.households]
    act.touch(Touched.HOUSEHOLDS | Touched.DECISIONS, *ids)
    return ids


def places_of(db: Database, drafts: Iterable[HouseholdDraft]) -> dict[str, SettlementRow]:
    """The settlements of these drafts, for their search texts."""
    return _places(db, {draft.settlement_id for draft in drafts if draft.settlement_id})


def add_rows(rows: NewRows, making: Making, number: int, draft: HouseholdDraft, batch_id: str | None = None) -> str:
    """Make the rows of one household; nothing is written. Returns the id of the household."""
    ids = making.ids
    household_id = next(ids)
    head = _head_of(draft)
    people = [
        _member_row(next(ids), household_id, place, member, is_head=place - 1 == head)
        for place, member in enumerate(draft.people, start=1)
    ]
    if any(member.escort is not None for member in draft.people):
        people = [_escorted(row, member, people) for row, member in zip(people, draft.people, strict=True)]
    phones = contact_rows(household_id, draft.contacts, ids)
    rows.households.append(_household_row(making, household_id, number, draft, people, phones, batch_id))
    rows.people += people
    for person, member in zip(people, draft.people, strict=True):
        if member.needs:
            rows.needs += [NeedRow(next(ids), person.id, need) for need in sorted(member.needs)]
    rows.contacts += phones
    if draft.decision is not Decision.NOT_ASKED:
        rows.decisions.append(_first_decision(making, household_id, draft))
    return household_id


def describe_new(act: Act, household_id: str) -> None:
    """The number of a household that the action under way has just made, for its label."""
    row = stores.households.get(act.db, household_id)
    act.describe(number=row.number if row else 0)


def _escorted(row: PersonRow, draft: MemberDraft, people: list[PersonRow]) -> PersonRow:
    return row if draft.escort is None else row._replace(escort_id=people[draft.escort].id)


def _head_of(draft: HouseholdDraft) -> int:
    """The place of the head: whoever is said to be it, else the first."""
    return next((place for place, one in enumerate(draft.people) if one.relation is Relation.HEAD), 0)


def _member_row(person_id: str, household_id: str, position: int, draft: MemberDraft, *, is_head: bool) -> PersonRow:
    """`is_head`: what the head is where nothing else is said."""
    relation, name, birth = draft.relation, draft.name, draft.birth
    if is_head and relation is Relation.UNKNOWN:
        relation = Relation.HEAD
    return PersonRow(
        person_id, household_id, position, name.surname, name.given, name.patronymic, draft.sex, birth.on, birth.year,
        birth.age, birth.age_on, birth.stated_child, birth.raw, relation, draft.documents, None, "", "",
        draft.needs_raw, draft.note, name_key(name),
    )  # fmt: skip


def _household_row(
    making: Making, household_id: str, number: int, draft: HouseholdDraft, people: list[PersonRow],
    phones: list[ContactRow], batch_id: str | None,
) -> HouseholdRow:  # fmt: skip
    decided = draft.decision is not Decision.NOT_ASKED
    address = draft.address
    head = people[_head_of(draft)] if people else None
    place = making.places.get(draft.settlement_id or "")
    said = (
        draft.settlement_text, address.street, address.house, address.flat, address.text, address.landmark, draft.note,
        draft.pets,
    )  # fmt: skip
    return HouseholdRow(
        id=household_id,
        number=number,
        settlement_id=draft.settlement_id,
        settlement_text=draft.settlement_text,
        street=address.street,
        house=address.house,
        flat=address.flat,
        address_text=address.text,
        landmark=address.landmark,
        head_id=head.id if head else None,
        decision=draft.decision,
        wants_on=draft.wants_on,
        refusal_reason=draft.refusal_reason,
        decided_at=making.now if decided else None,
        decided_by=making.user if decided else "",
        part_stays=draft.part_stays,
        pets=draft.pets,
        luggage=draft.luggage,
        destination_wish=draft.destination_wish,
        note=draft.note,
        requested_at=draft.requested_at,
        created_at=making.now,
        batch_id=batch_id or draft.batch_id,
        source=draft.source,
        search_text=_search_text(number, people, phones, place, said),
        sort_key=head.sort_key if head else "",
    )


def _first_decision(making: Making, household_id: str, draft: HouseholdDraft) -> DecisionRow:
    return DecisionRow(
        next(making.ids), household_id, draft.decision, draft.wants_on, draft.refusal_reason, making.now, making.user,
        draft.note,
    )  # fmt: skip


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
    said = (
        row.settlement_text, row.street, row.house, row.flat, row.address_text, row.landmark, row.note, row.pets,
    )  # fmt: skip
    text = _search_text(row.number, people, phones, place, said)
    return row._replace(search_text=text, sort_key=head.sort_key if head else "")


def _places(db: Database, ids: set[str]) -> dict[str, SettlementRow]:
    return {row.id: row for row in stores.settlements.where(db, id=ids)} if ids else {}


def _search_text(
    number: int,
    people: Iterable[PersonRow],
    phones: Iterable[ContactRow],
    place: SettlementRow | None,
    said: Iterable[str],
) -> str:
    """All that a search may look for, folded: number, names, phones as digits, settlement, and what else is `said`."""
    parts = [str(number)]
    for person in people:
        parts += (person.surname, person.given, person.patronymic)
    for phone in phones:
        parts += (search_digits(phone.e164), phone.raw)
    parts.append(place.name if place else "")
    parts += said
    return fold(" ".join([part for part in parts if part]))
