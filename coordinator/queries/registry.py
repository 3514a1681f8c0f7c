"""The registry's table: one plain row a household, all in memory, so that search and sort never ask the file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision, Obstacle, is_ready, obstacles, stands_ready
from coordinator.domain.household import Address
from coordinator.domain.person import AgeGroup, Birth, age_on
from coordinator.domain.phones import show_phone
from coordinator.session import Session
from db import queries
from db.queries import HouseholdBrief, PersonBrief


class RegistryRow(NamedTuple):
    """One household as the table shows it. `needs` are codes of domain.person.Need, sorted.

    Days are those of Kyiv. `again_on`: to be asked again; `scheduled_on`: the first day from the working date on for
    which it is on a list. `ready`: somebody at home is ready for the day, `going` how many; `refusing`: how many at
    home refuse. `differs`: members have a word of their own. `parts`: (id, number) of the households that the family
    was split into.
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
    at_home: int = 0
    children_at_home: int = 0
    going: int = 0
    refusing: int = 0
    differs: bool = False
    holds_back: tuple[Obstacle, ...] = ()
    spoke_at: datetime | None = None
    again_at: datetime | None = None
    again_by: str = ""
    parts: tuple[tuple[str, int], ...] = ()


def registry(session: Session, day: date, ids: Collection[str] | None = None) -> list[RegistryRow]:
    """All households that were not merged into another, in the order of their numbers; ages on `day`.

    `ids`: only these (at most 900), so that one edit does not cost reading all.
    """
    with session.reading() as db:
        households = queries.households_with_places(db, ids)
        people = queries.people_brief(db, ids)
        away, told = queries.people_away(db, day, ids), queries.people_told_of(db, ids)
        needs = queries.needs_by_household(db, ids)
        phones = queries.phones_by_household(db, ids)
        pairs = queries.open_pairs_by_household(db)
        stops = queries.next_stops(db, day, ids)
        parts = queries.parts_by_household(db)
    tallies = {h.id: _Tally(Decision(h.decision), h.wants_on, day) for h in households}
    heads: dict[str, str] = {}
    for person in people:
        if person.household_id in tallies:
            tallies[person.household_id].add(person, person.id not in away, person.id in told)
        heads[person.id] = f"{person.surname} {person.given} {person.patronymic}".strip()
    return [
        _row(h, tallies[h.id], heads.get(h.head_id or "", ""), Beside(
            needs.get(h.id, ()), tuple(phones.get(h.id, ())), pairs.get(h.id, 0), stops.get(h.id),
            tuple(parts.get(h.id, ())),
        ))
        for h in households
    ]  # fmt: skip


class Beside(NamedTuple):
    """What other tables say of a household."""

    needs: tuple[str, ...]
    phones: tuple[tuple[str, str], ...]
    open_pairs: int
    scheduled_on: date | None
    parts: tuple[tuple[str, int], ...]


def _row(h: HouseholdBrief, tally: _Tally, head: str, beside: Beside) -> RegistryRow:
    return RegistryRow(
        id=h.id,
        number=h.number,
        head=head,
        settlement=h.settlement_name or h.settlement_text,
        settlement_id=h.settlement_id,
        settlement_known=h.settlement_id is not None,
        address=Address(h.street, h.house, h.flat, h.address_text).line,
        people=tally.people,
        children=tally.children,
        uncertain_children=tally.uncertain,
        decision=h.decision,
        wants_on=h.wants_on,
        ready=tally.ready,
        part_stays=h.part_stays,
        needs=beside.needs,
        phones=", ".join(show_phone(e164) if e164 else raw for e164, raw in beside.phones),
        pets=h.pets,
        note=h.note,
        decided_at=h.decided_at,
        requested_at=h.requested_at,
        created_at=h.created_at,
        open_pairs=beside.open_pairs,
        search_text=h.search_text,
        head_key=h.sort_key,
        settlement_key=h.settlement_key,
        street=h.street,
        house=h.house,
        flat=h.flat,
        landmark=h.landmark,
        again_on=_day_of(h.again_at),
        scheduled_on=beside.scheduled_on,
        decided_on=_day_of(h.decided_at),
        requested_on=_day_of(h.requested_at),
        at_home=tally.at_home,
        children_at_home=tally.children_at_home,
        going=tally.going,
        refusing=tally.refusing,
        differs=tally.differs,
        holds_back=obstacles(h.holds_back),
        spoke_at=h.spoke_at,
        again_at=h.again_at,
        again_by=h.again_by,
        parts=beside.parts,
    )


def _day_of(moment: datetime | None) -> date | None:
    return None if moment is None else kyiv_day(moment)


@dataclass(slots=True)
class _Tally:
    """How many of a household are what, counted member by member."""

    decision: Decision
    wants_on: date | None
    day: date
    people: int = 0
    children: int = 0
    uncertain: int = 0
    at_home: int = 0
    children_at_home: int = 0
    going: int = 0
    refusing: int = 0
    differs: bool = False

    def add(self, person: PersonBrief, at_home: bool, told: bool) -> None:
        """`told`: events say where the person was on the day; only of others the word counts."""
        birth = Birth(person.birth_on, person.birth_year, person.age, person.age_on, person.stated_child)
        age = age_on(birth, self.day)
        child = age.group is AgeGroup.CHILD
        own = Decision(person.decision) if person.decision else None
        self.people += 1
        self.children += child
        self.uncertain += child and age.uncertain
        self.differs = self.differs or own not in (None, self.decision)
        if at_home and (told or (own or self.decision) not in GONE):
            self.at_home += 1
            self.children_at_home += child
            self.going += stands_ready(own, person.wants_on, self.decision, self.wants_on, self.day)
            self.refusing += (own or self.decision) is Decision.REFUSED

    @property
    def ready(self) -> bool:
        """As `coordinator.domain.household.waits`."""
        return bool(self.going) if self.people else is_ready(self.decision, self.wants_on, self.day)
