"""A household: those who live at one address and decide together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Person, age_on
from coordinator.domain.schedule import Load


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Contact:
    """One phone: as written, in E.164 where it could be read, and whose it is ("сусідка")."""

    raw: str
    e164: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Household:
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
