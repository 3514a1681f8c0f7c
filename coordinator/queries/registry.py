"""The registry's table: one plain row a household, all in memory, so that search and sort never ask the file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import Decision, is_ready
from coordinator.domain.household import Address
from coordinator.domain.person import AgeGroup, Birth, age_on
from coordinator.domain.phones import show_phone
from coordinator.session import Session
from db import queries


class RegistryRow(NamedTuple):
    """One household as the table shows it. `needs` are codes of domain.person.Need, sorted.

    Days are those of Kyiv. `again_on`: to be asked again; `scheduled_on`: the first day from the working date on for
    which it is on a list.
    """

    id: str
    number: int
    head: str
    settlement: str
    settlement_id: str | None
    settlement_known: bool
    address: str
    people: int
    children: int
    uncertain_children: int
    decision: str
    wants_on: date | None
    ready: bool
    part_stays: bool
    needs: tuple[str, ...]
    phones: str
    pets: str
    note: str
    decided_at: datetime | None
    requested_at: datetime | None
    created_at: datetime | None
    open_pairs: int
    search_text: str
    head_key: str
    settlement_key: str
    street: str
    house: str
    flat: str = ""
    landmark: str = ""
    again_on: date | None = None
    scheduled_on: date | None = None
    decided_on: date | None = None
    requested_on: date | None = None


def registry(session: Session, day: date, ids: Collection[str] | None = None) -> list[RegistryRow]:
    """All households that were not merged into another, in the order of their numbers; ages on `day`.

    `ids`: only these (at most 900), so that one edit does not cost reading all.
    """
    with session.reading() as db:
        households = queries.households_with_places(db, ids)
        people = queries.people_brief(db, ids)
        needs = queries.needs_by_household(db, ids)
        phones = queries.phones_by_household(db, ids)
        pairs = queries.open_pairs_by_household(db)
        stops = queries.next_stops(db, day, ids)
    heads: dict[str, str] = {}
    sizes: dict[str, list[int]] = {}
    for person in people:
        household_id = person.household_id
        size = sizes.setdefault(household_id, [0, 0, 0])
        size[0] += 1
        birth = Birth(person.birth_on, person.birth_year, person.age, person.age_on, person.stated_child)
        age = age_on(birth, day)
        if age.group is AgeGroup.CHILD:
            size[1] += 1
            size[2] += age.uncertain
        heads[person.id] = f"{person.surname} {person.given} {person.patronymic}".strip()
    rows = []
    for h in households:
        size = sizes.get(h.id, [0, 0, 0])
        decision = Decision(h.decision)
        rows.append(
            RegistryRow(
                id=h.id,
                number=h.number,
                head=heads.get(h.head_id or "", ""),
                settlement=h.settlement_name or h.settlement_text,
                settlement_id=h.settlement_id,
                settlement_known=h.settlement_id is not None,
                address=Address(h.street, h.house, h.flat, h.address_text).line,
                people=size[0],
                children=size[1],
                uncertain_children=size[2],
                decision=h.decision,
                wants_on=h.wants_on,
                ready=is_ready(decision, h.wants_on, day),
                part_stays=h.part_stays,
                needs=needs.get(h.id, ()),
                phones=", ".join(show_phone(e164) if e164 else raw for e164, raw in phones.get(h.id, ())),
                pets=h.pets,
                note=h.note,
                decided_at=h.decided_at,
                requested_at=h.requested_at,
                created_at=h.created_at,
                open_pairs=pairs.get(h.id, 0),
                search_text=h.search_text,
                head_key=h.sort_key,
                settlement_key=h.settlement_key,
                street=h.street,
                house=h.house,
                flat=h.flat,
                landmark=h.landmark,
                again_on=_day_of(h.again_at),
                scheduled_on=stops.get(h.id),
                decided_on=_day_of(h.decided_at),
                requested_on=_day_of(h.requested_at),
            )
        )
    return rows


def _day_of(moment: datetime | None) -> date | None:
    return None if moment is None else kyiv_day(moment)
