"""Rows of the register as domain objects, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coordinator.domain.decision import Decision, obstacles
from coordinator.domain.household import Address, Contact, Household
from coordinator.domain.names import name_key
from coordinator.domain.person import Birth, Need, Person, PersonName, Relation, Sex
from db.ids import ids_in_turn, new_id
from db.rows import ContactRow, HouseholdRow, NeedRow, PersonRow


def birth_of(row: PersonRow) -> Birth:
    return Birth(row.birth_on, row.birth_year, row.age, row.age_on, row.stated_child, row.birth_raw)


def person_of(row: PersonRow, needs: Iterable[str]) -> Person:
    return Person(
        id=row.id,
        household_id=row.household_id,
        position=row.position,
        name=PersonName(row.surname, row.given, row.patronymic),
        sex=Sex(row.sex),
        birth=birth_of(row),
        relation=Relation(row.relation),
        needs=frozenset(Need(kind) for kind in needs),
        documents=row.documents,
        note=row.note,
        escort_id=row.escort_id,
        escort_basis=row.escort_basis,
        no_escort_reason=row.no_escort_reason,
        needs_raw=row.needs_raw,
        decision=Decision(row.decision) if row.decision else None,
        wants_on=row.wants_on,
        refusal_reason=row.refusal_reason,
        carer_id=row.carer_id,
    )


def person_row(person: Person) -> PersonRow:
    birth = person.birth
    return PersonRow(
        id=person.id,
        household_id=person.household_id,
        position=person.position,
        surname=person.name.surname,
        given=person.name.given,
        patronymic=person.name.patronymic,
        sex=person.sex,
        birth_on=birth.on,
        birth_year=birth.year,
        age=birth.age,
        age_on=birth.age_on,
        stated_child=birth.stated_child,
        birth_raw=birth.raw,
        relation=person.relation,
        documents=person.documents,
        escort_id=person.escort_id,
        escort_basis=person.escort_basis,
        no_escort_reason=person.no_escort_reason,
        needs_raw=person.needs_raw,
        note=person.note,
        sort_key=name_key(person.name),
        decision=person.decision or "",
        wants_on=person.wants_on,
        refusal_reason=person.refusal_reason,
        carer_id=person.carer_id,
    )


def need_rows(person: Person) -> list[NeedRow]:
    return [NeedRow(new_id(), person.id, need) for need in sorted(person.needs)]


def contact_rows(household_id: str, contacts: Sequence[Contact], ids: Iterator[str] | None = None) -> list[ContactRow]:
    """`ids`: where they are taken from; made anew without it."""
    ids = ids or ids_in_turn()
    return [
        ContactRow(next(ids), household_id, position, contact.raw, contact.e164, contact.note)
        for position, contact in enumerate(contacts, start=1)
    ]


def address_of(row: HouseholdRow) -> Address:
    return Address(row.street, row.house, row.flat, row.address_text, row.landmark)


def household_of(row: HouseholdRow, people: Sequence[Person], contacts: Sequence[ContactRow]) -> Household:
    """A household with its members and phones, each in the order of their positions."""
    return Household(
        id=row.id,
        number=row.number,
        settlement_id=row.settlement_id,
        settlement_text=row.settlement_text,
        address=address_of(row),
        decision=Decision(row.decision),
        wants_on=row.wants_on,
        head_id=row.head_id,
        part_stays=row.part_stays,
        pets=row.pets,
        luggage=row.luggage,
        destination_wish=row.destination_wish,
        note=row.note,
        requested_at=row.requested_at,
        people=tuple(sorted(people, key=lambda person: person.position)),
        contacts=tuple(Contact(c.raw, c.e164, c.note) for c in sorted(contacts, key=lambda c: c.position)),
        refusal_reason=row.refusal_reason,
        form_signed=row.form_signed,
        children_stay=row.children_stay,
        holds_back=obstacles(row.holds_back),
        would_change=row.would_change,
        decided_at=row.decided_at,
        spoke_at=row.spoke_at,
        spoke_by=row.spoke_by,
        again_at=row.again_at,
        again_by=row.again_by,
        split_from_id=row.split_from_id,
    )
