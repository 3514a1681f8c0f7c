"""Verbs on households and their members."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from coordinator.domain.days import kyiv_day
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Person, Relation
from coordinator.domain.relations import relations_to
from coordinator.domain.splitting import head_for
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.household import load_households
from coordinator.records import contact_rows, need_rows, person_of, person_row
from coordinator.services.belongings import (
    children_alone,
    guard_children,
    leave_no_trace,
    move_belongings,
    refuse_on_the_way,
)
from coordinator.services.decisions import keep_word
from coordinator.services.standing import live, settle_gone
from coordinator.services.writing import HouseholdDraft, MemberDraft, describe_new, refresh_keys, write_households
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import HouseholdRow, PersonRow

EDITABLE = frozenset(
    {"settlement_id", "settlement_text", "landmark", "part_stays", "pets", "luggage", "destination_wish", "note"}
)


def add_household(session: Session, draft: HouseholdDraft) -> Outcome[str]:
    """Write a new household; returns its id."""
    with session.act("add_household") as act:
        (household_id,) = write_households(act, [draft])
        describe_new(act, household_id)
    return act.outcome(household_id)


def edit_household(session: Session, household_id: str, **values: Any) -> Outcome[None]:
    """Set some of the plain fields named in EDITABLE."""
    unknown = values.keys() - EDITABLE
    if unknown:
        raise ValueError(unknown)
    with _on_household(session, "edit_household", household_id) as (act, _row):
        stores.households.change(act.db, household_id, **values)
    return act.outcome(None)


def set_address(session: Session, household_id: str, address: Address) -> Outcome[None]:
    with _on_household(session, "set_address", household_id) as (act, _row):
        stores.households.change(
            act.db,
            household_id,
            street=address.street,
            house=address.house,
            flat=address.flat,
            address_text=address.text,
            landmark=address.landmark,
        )
    return act.outcome(None)


def set_contacts(session: Session, household_id: str, contacts: Sequence[Contact]) -> Outcome[None]:
    """Replace all phones of a household, in this order."""
    with _on_household(session, "set_contacts", household_id) as (act, _row):
        before = stores.contacts.where(act.db, household_id=household_id)
        stores.contacts.remove(act.db, [contact.id for contact in before])
        stores.contacts.add(act.db, contact_rows(household_id, contacts))
    return act.outcome(None)


def add_person(session: Session, household_id: str, draft: MemberDraft) -> Outcome[str]:
    """Add a member at the end; the first member of a household becomes its head."""
    with _on_household(session, "add_person", household_id) as (act, row):
        position = 1 + max((p.position for p in stores.people.where(act.db, household_id=household_id)), default=0)
        person = Person(
            id=new_id(), household_id=household_id, position=position, name=draft.name, sex=draft.sex,
            birth=draft.birth, relation=draft.relation, needs=draft.needs, needs_raw=draft.needs_raw,
            documents=draft.documents, note=draft.note,
        )  # fmt: skip
        stores.people.add(act.db, [person_row(person)])
        stores.needs.add(act.db, need_rows(person))
        if row.head_id is None:
            stores.households.change(act.db, household_id, head_id=person.id)
    return act.outcome(person.id)


def edit_person(session: Session, person_id: str, draft: MemberDraft) -> Outcome[None]:
    """Write a member anew, keeping place, household and escort."""
    old = _person(session, person_id)
    with _on_household(session, "edit_person", old.household_id) as (act, _row):
        kinds = stores.needs.where(act.db, person_id=person_id)
        before = person_of(old, (need.kind for need in kinds))
        after = replace(
            before, name=draft.name, sex=draft.sex, birth=draft.birth, relation=draft.relation, needs=draft.needs,
            needs_raw=draft.needs_raw, documents=draft.documents, note=draft.note,
        )  # fmt: skip
        stores.people.replace(act.db, person_row(after))
        if after.needs != before.needs:
            stores.needs.remove(act.db, [need.id for need in kinds])
            stores.needs.add(act.db, need_rows(after))
    return act.outcome(None)


def remove_person(session: Session, person_id: str, reason: str = "") -> Outcome[None]:
    """Take a member off. Refused for one whom the counts need: "person.has_events", "person.has_boarded".

    `reason`: why a child is left without an adult by it; UserError "person.child_alone" where it is needed.
    """
    old = _person(session, person_id)
    with _on_household(session, "remove_person", old.household_id) as (act, row):
        if stores.events.where(act.db, person_id=person_id):
            raise UserError("person.has_events")
        if stores.passengers.where(act.db, person_id=person_id):
            raise UserError("person.has_boarded")
        homes = {row.id, *(ward.household_id for ward in stores.people.where(act.db, escort_id=person_id))}
        alone = children_alone(act, homes)
        if row.head_id == person_id:
            replace_head(act, row, without=[person_id])
        leave_no_trace(act, [person_id])
        stores.people.remove(act.db, [person_id])
        settle_gone(act, row.id)
        guard_children(act, homes, alone, reason)
    return act.outcome(None)


def move_person(
    session: Session, person_id: str, household_id: str, relation: Relation = Relation.OTHER, reason: str = ""
) -> Outcome[None]:
    """Put a person into another household: with events, seats and own word, as `relation` to its head.

    They keep where they stand. UserError "person.only_one" for the last one of a household (merge the two instead),
    "person.on_the_way", "person.child_alone" without a `reason` where a child is left alone by it, "household.gone".
    """
    old = _person(session, person_id)
    with _on_household(session, "move_person", old.household_id) as (act, row):
        home = live(act, household_id)
        if home.id != row.id:
            enter_move(act, row, home, old, relation, reason)
        act.describe(number=row.number, other=home.number)
        refresh_keys(act.db, [home.id])
        act.touch(Touched.EVERYTHING, row.id, home.id)
    return act.outcome(None)


def enter_move(
    act: Act, row: HouseholdRow, home: HouseholdRow, person: PersonRow, relation: Relation, reason: str
) -> None:
    """As `move_person`, inside an action."""
    here, there = (load_households(act.db, [one])[0] for one in (row.id, home.id))
    if len(here.people) == 1:
        raise UserError("person.only_one", number=row.number)
    refuse_on_the_way(act, [one for one in here.people if one.id == person.id])
    alone = children_alone(act, [row.id, home.id])
    if row.head_id == person.id:
        replace_head(act, row, without=[person.id])
    position = 1 + max((one.position for one in there.people), default=0)
    role = Relation.HEAD if home.head_id is None else _no_head(relation)
    stores.people.change(act.db, person.id, household_id=home.id, position=position, relation=role.value)
    move_belongings(act, [person.id], home.id)
    if home.head_id is None:
        stores.households.change(act.db, home.id, head_id=person.id)
    keep_word(act, row, home, stores.people.where(act.db, id=person.id)[0])
    guard_children(act, [row.id, home.id], alone, reason)


def replace_head(act: Act, row: HouseholdRow, without: Collection[str]) -> None:
    """Somebody else becomes the head, the nearest adult first; nobody where there is nobody else."""
    (household,) = load_households(act.db, [row.id])
    rest = [person for person in household.people if person.id not in without]
    if rest:
        make_head(act, row, head_for(rest, None, kyiv_day(act.now)).id)
    else:
        stores.households.change(act.db, row.id, head_id=None)


def set_head(session: Session, person_id: str) -> Outcome[None]:
    """Make a member the head of the household; the others are now what they are to the new head."""
    person = _person(session, person_id)
    with _on_household(session, "set_head", person.household_id) as (act, row):
        make_head(act, row, person_id)
    return act.outcome(None)


def make_head(act: Act, row: HouseholdRow, person_id: str) -> None:
    """As `set_head`, inside an action."""
    members = stores.people.where(act.db, household_id=row.id)
    before = {one.id: _no_head(Relation(one.relation)) for one in members}
    after = relations_to(person_id, {**before, row.head_id: Relation.HEAD}) if row.head_id in before else before
    for one in members:
        relation = Relation.HEAD if one.id == person_id else after[one.id]
        if one.relation != relation:
            stores.people.change(act.db, one.id, relation=relation.value)
    stores.households.change(act.db, row.id, head_id=person_id)


def _no_head(relation: Relation) -> Relation:
    """There is one head."""
    return Relation.OTHER if relation is Relation.HEAD else relation


def set_escort(
    session: Session, child_id: str, escort_id: str | None, basis: str = "", reason: str = ""
) -> Outcome[None]:
    """Name the adult who travels with a child, or record why none does. Never keeps the child from leaving.

    UserError "escort.self" for the child itself, "person.gone".
    """
    child = _person(session, child_id)
    if escort_id == child_id:
        raise UserError("escort.self")
    with _on_household(session, "set_escort", child.household_id) as (act, _row):
        if escort_id is not None and stores.people.get(act.db, escort_id) is None:
            raise UserError("person.gone")
        stores.people.change(
            act.db, child_id, escort_id=escort_id, escort_basis=basis, no_escort_reason="" if escort_id else reason
        )
    return act.outcome(None)


def remove_household(session: Session, household_id: str, reason: str = "") -> Outcome[None]:
    """Delete a household entered by mistake; undo brings it back.

    Refused where the counts need its people: "household.has_events", "household.has_boarded". `reason`: why a child
    of another household is left without its escort by it ("person.child_alone").
    """
    with session.act("remove_household", number=_number(session, household_id)) as act:
        if stores.events.where(act.db, household_id=household_id):
            raise UserError("household.has_events")
        if stores.passengers.where(act.db, household_id=household_id):
            raise UserError("household.has_boarded")
        # The empty records of those merged into it go along: they would point to nobody.
        merged = [row.id for row in stores.households.where(act.db, merged_into=household_id)]
        members = [person.id for person in stores.people.where(act.db, household_id=household_id)]
        homes = {ward.household_id for ward in stores.people.where(act.db, escort_id=members)} - {household_id}
        alone = children_alone(act, homes)
        leave_no_trace(act, members)
        for part in stores.households.where(act.db, split_from_id=[household_id, *merged]):
            stores.households.change(act.db, part.id, split_from_id=None)
        stores.households.remove(act.db, [household_id, *merged])
        guard_children(act, homes, alone, reason)
        act.touch(Touched.EVERYTHING, household_id)
    return act.outcome(None)


@contextmanager
def _on_household(session: Session, label: str, household_id: str) -> Iterator[tuple[Act, HouseholdRow]]:
    """An action on one household: it must exist and stand for itself, and its search text follows."""
    with session.act(label, number=_number(session, household_id)) as act:
        row = stores.households.get(act.db, household_id)
        if row is None or row.merged_into is not None:
            raise UserError("household.gone")
        yield act, row
        refresh_keys(act.db, [household_id])
        act.touch(Touched.HOUSEHOLDS, household_id)


def _number(session: Session, household_id: str) -> int:
    with session.reading() as db:
        row = stores.households.get(db, household_id)
    if row is None or row.merged_into is not None:
        raise UserError("household.gone")
    return row.number


def _person(session: Session, person_id: str) -> PersonRow:
    with session.reading() as db:
        row = stores.people.get(db, person_id)
    if row is None:
        raise UserError("person.gone")
    return row
