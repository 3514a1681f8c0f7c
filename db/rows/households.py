"""Households, their people, needs, phones, doubles and what was counted of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple


class HouseholdRow(NamedTuple):
    """The decision and what belongs to it as they stand now; `DecisionRow` keeps how they came about.

    `holds_back`: kinds of obstacles. `again_at`, `again_by`: when to ask again, and who ("" anyone).
    `split_from_id`: the household that this one parted from.
    """

    id: str
    number: int
    settlement_id: str | None = None
    settlement_text: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""
    address_text: str = ""
    landmark: str = ""
    head_id: str | None = None
    decision: str = "not_asked"
    wants_on: date | None = None
    refusal_reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    part_stays: bool = False
    pets: str = ""
    luggage: int | None = None
    destination_wish: str = ""
    note: str = ""
    requested_at: datetime | None = None
    created_at: datetime | None = None
    batch_id: str | None = None
    source: str = ""
    merged_into: str | None = None
    search_text: str = ""
    sort_key: str = ""
    form_signed: bool = False
    children_stay: int | None = None
    holds_back: Any = None
    would_change: str = ""
    spoke_at: datetime | None = None
    spoke_by: str = ""
    again_at: datetime | None = None
    again_by: str = ""
    split_from_id: str | None = None


class PersonRow(NamedTuple):
    """`decision` "": as the household. `carer_id`: who cares for this person, also across households."""

    id: str
    household_id: str
    position: int
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    sex: str = ""
    birth_on: date | None = None
    birth_year: int | None = None
    age: int | None = None
    age_on: date | None = None
    stated_child: bool | None = None
    birth_raw: str = ""
    relation: str = ""
    documents: str = ""
    escort_id: str | None = None
    escort_basis: str = ""
    no_escort_reason: str = ""
    needs_raw: str = ""
    note: str = ""
    sort_key: str = ""
    decision: str = ""
    wants_on: date | None = None
    refusal_reason: str = ""
    carer_id: str | None = None


class NeedRow(NamedTuple):
    id: str
    person_id: str
    kind: str


class ContactRow(NamedTuple):
    id: str
    household_id: str
    position: int
    raw: str
    e164: str = ""
    note: str = ""


class DecisionRow(NamedTuple):
    """One entry of the history of a decision: the household's, or with `person_id` that of one member."""

    id: str
    household_id: str
    kind: str
    wants_on: date | None
    reason: str
    decided_at: datetime
    decided_by: str = ""
    note: str = ""
    person_id: str | None = None
    form_signed: bool = False
    children_stay: int | None = None
    holds_back: Any = None
    would_change: str = ""


class EventRow(NamedTuple):
    """One evacuation event of one person; see coordinator.domain.events."""

    id: str
    person_id: str
    household_id: str
    kind: str
    occurred_on: date
    recorded_at: datetime
    trip_id: str | None = None
    settlement_id: str | None = None
    destination_id: str | None = None
    organisation: str = ""
    voided: bool = False


class PairRow(NamedTuple):
    """A possible duplicate. state: open, same, different. `first_id` is the older household.

    `both_on`: the day for which somebody confirmed that both are planned although it is undecided. `batch_id`: the
    import that asked; `parked_at`: when somebody put an open one aside for later.
    """

    id: str
    first_id: str
    second_id: str
    reasons: Any
    state: str = "open"
    decided_at: datetime | None = None
    decided_by: str = ""
    both_on: date | None = None
    batch_id: str | None = None
    parked_at: datetime | None = None
