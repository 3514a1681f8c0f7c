"""A household: those who live at one address and decide together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, datetime

from coordinator.domain.decision import Decision, Obstacle, is_ready, stands_ready
from coordinator.domain.person import Need, Person, age_on
from coordinator.domain.records import record
from coordinator.domain.schedule import Load


@record
class Address:
    """Street, house and flat as kept apart; `text` as it was written; `landmark` for the driver."""

    street: str = ""
    house: str = ""
    flat: str = ""
    text: str = ""
    landmark: str = ""

    @property
    def line(self) -> str:
        """Street, house and flat in one line for a table or paper, or the text as written."""
        parts = [self.street, self.house, f"кв. {self.flat}" if self.flat else ""]
        return ", ".join(part for part in parts if part) or self.text


@record
class Contact:
    """One phone: as written, in E.164 where it could be read, and whose it is ("сусідка")."""

    raw: str
    e164: str = ""
    note: str = ""


@record
class Household:
    """`decision` and what stands with it are the word of those who have no own (`Person.decision`).

    `split_from_id`: the household that this one parted from. `again_by` "": anyone.
    """

    id: str
    number: int
    settlement_id: str | None
    settlement_text: str
    address: Address
    decision: Decision
    wants_on: date | None
    head_id: str | None
    part_stays: bool = False
    pets: str = ""
    luggage: int | None = None
    destination_wish: str = ""
    note: str = ""
    requested_at: datetime | None = None
    people: tuple[Person, ...] = field(default_factory=tuple)
    contacts: tuple[Contact, ...] = field(default_factory=tuple)
    refusal_reason: str = ""
    form_signed: bool = False
    children_stay: int | None = None
    holds_back: tuple[Obstacle, ...] = ()
    would_change: str = ""
    decided_at: datetime | None = None
    spoke_at: datetime | None = None
    spoke_by: str = ""
    again_at: datetime | None = None
    again_by: str = ""
    split_from_id: str | None = None

    def stands(self, person: Person) -> Decision:
        """The decision of a member: their own word, or that of the household."""
        return person.decision or self.decision

    def is_ready(self, person: Person, day: date) -> bool:
        return stands_ready(person.decision, person.wants_on, self.decision, self.wants_on, day)

    @property
    def differs(self) -> bool:
        """Some member has a word of their own that is not the household's."""
        return any(person.decision not in (None, self.decision) for person in self.people)


def ready_people(household: Household, people: Iterable[Person], day: date) -> tuple[Person, ...]:
    """The one rule for who of a household is ready on a day: of `people`, who are at home, whose word says so.

    Planning, loads, papers, lists and counts all ask this. A household without recorded people has its own word:
    `waits`.
    """
    return tuple(person for person in people if household.is_ready(person, day))


def expected_people(household: Household, people: Iterable[Person], day: date) -> tuple[Person, ...]:
    """Whom a stop that is planned already is for: the ready ones of `people`, who are at home.

    Where nobody is ready any more, those without a word of their own: the driver goes for the family until
    somebody takes the stop off.
    """
    people = tuple(people)
    return ready_people(household, people, day) or tuple(person for person in people if person.decision is None)


def waits(household: Household, people: Sequence[Person], day: date) -> bool:
    """Somebody at home (`people`) is ready for the day; of a household without recorded people its word says it."""
    if household.people:
        return bool(ready_people(household, people, day))
    return is_ready(household.decision, household.wants_on, day)


def place_of(person_needs: frozenset[Need]) -> Load:
    """The place that one person takes: a stretcher, a wheelchair place, or a seat. Never two."""
    if Need.STRETCHER in person_needs:
        return Load(stretcher=1)
    if Need.WHEELCHAIR in person_needs:
        return Load(wheelchair=1)
    return Load(seats=1)


def load_of(people: Iterable[Person]) -> Load:
    """Seats, wheelchair and stretcher places that these people take together."""
    total = Load()
    for person in people:
        total = total + place_of(person.needs)
    return total


def children_among(people: Iterable[Person], day: date) -> int:
    """How many are children on `day`."""
    return sum(1 for person in people if age_on(person.birth, day).is_child)
