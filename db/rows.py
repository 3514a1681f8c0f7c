"""What stores take and give: one plain NamedTuple per table, fields in the order of its columns.

Ids are 32 hex digits of a UUIDv7 made by the client. "" means "not said" for text; None for the rest.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple


class SettlementRow(NamedTuple):
    id: str
    katottg: str | None = None
    pcode: str = ""
    name: str = ""
    name_en: str = ""
    kind: str = ""
    hromada: str = ""
    hromada_code: str = ""
    raion: str = ""
    oblast: str = ""
    lat: float | None = None
    lon: float | None = None
    estimated: bool = False
    population: int | None = None
    population_source: str = ""
    parent_id: str | None = None
    sort_key: str = ""


class SettlementAliasRow(NamedTuple):
    id: str
    settlement_id: str
    name: str
    source: str = ""


class ZoneOrderRow(NamedTuple):
    """An evacuation order for a settlement: kind "mandatory" or "forced", dated, with its source."""

    id: str
    settlement_id: str
    kind: str
    from_on: date
    until_on: date | None = None
    source: str = ""


class CurfewRow(NamedTuple):
    """Minutes after midnight: from `starts` in the evening to `ends` in the morning."""

    id: str
    hromada: str
    from_on: date
    until_on: date | None
    starts: int
    ends: int
    source: str = ""


class StreetRow(NamedTuple):
    id: str
    settlement_id: str
    name: str
    sort_key: str = ""


class HouseholdRow(NamedTuple):
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


class PersonRow(NamedTuple):
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
    """One entry of the history of a household's decision."""

    id: str
    household_id: str
    kind: str
    wants_on: date | None
    reason: str
    decided_at: datetime
    decided_by: str = ""
    note: str = ""


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


class IncidentRow(NamedTuple):
    """A shelling incident."""

    id: str
    settlement_id: str
    street: str
    occurred_at: datetime
    severity: int = 1
    houses_hit: int | None = None
    source: str = ""


class DriverRow(NamedTuple):
    id: str
    name: str
    phone_raw: str = ""
    phone: str = ""
    licence: str = ""
    note: str = ""


class VehicleRow(NamedTuple):
    """Places for passengers; availability in minutes after midnight."""

    id: str
    plate: str
    model: str = ""
    seats: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    armoured: bool = False
    licence: str = ""
    organisation: str = ""
    driver_id: str | None = None
    available_from: int | None = None
    available_until: int | None = None
    active: bool = True
    licence_reason: str = ""
    note: str = ""


class DestinationRow(NamedTuple):
    """Kind: base, transit, collection, dormitory, relatives, hospital, station."""

    id: str
    name: str
    kind: str
    settlement_id: str | None = None
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    free_places: int | None = None
    takes_pets: bool = True
    takes_wheelchairs: bool = True
    active: bool = True


class TripRow(NamedTuple):
    """One run of a vehicle on `work_on`. Times in minutes after its midnight, Kyiv time."""

    id: str
    work_on: date
    number: int
    vehicle_id: str
    driver_id: str | None = None
    destination_id: str | None = None
    depart: int = 0
    back: int = 0
    km: float = 0.0
    status: str = "planned"
    arrived_at: datetime | None = None
    override_reason: str = ""


class StopRow(NamedTuple):
    """A household on a trip. `result`: open, boarded, not_home, refused, other; `freed`: taken off the trip."""

    id: str
    trip_id: str
    work_on: date
    position: int
    household_id: str
    arrive: int
    leave: int
    result: str = "open"
    result_note: str = ""
    result_at: datetime | None = None
    freed: bool = False


class PassengerRow(NamedTuple):
    """A person who boarded a trip; `met`: came along without being on the list."""

    id: str
    trip_id: str
    stop_id: str | None
    person_id: str
    household_id: str
    met: bool = False


class LeftOverRow(NamedTuple):
    """A ready household that the plan of a day left out, and why."""

    id: str
    work_on: date
    household_id: str
    reason: str
    facts: Any = None


class NoticeRow(NamedTuple):
    """The call list of a day: was the household told? outcome: told, not_reached, said_no."""

    id: str
    household_id: str
    work_on: date
    outcome: str
    noted_at: datetime
    noted_by: str = ""


class BatchRow(NamedTuple):
    """One import of one file."""

    id: str
    file_name: str
    sha256: str
    kind: str
    list_on: date | None
    imported_at: datetime
    imported_by: str = ""
    summary: Any = None


class BatchLineRow(NamedTuple):
    """What became of one row of a file. status: added, updated, unchanged, skipped, rejected."""

    id: str
    batch_id: str
    sheet: str
    line: int
    status: str
    household_id: str | None = None
    raw: str = ""


class PairRow(NamedTuple):
    """A possible duplicate. state: open, same, different. `first_id` is the older household.

    `both_on`: the day for which somebody confirmed that both are planned although it is undecided.
    """

    id: str
    first_id: str
    second_id: str
    reasons: Any
    state: str = "open"
    decided_at: datetime | None = None
    decided_by: str = ""
    both_on: date | None = None


class PrintedRow(NamedTuple):
    """One printed or exported paper. `digest` is of its content, to see that the trip changed since."""

    id: str
    kind: str
    work_on: date | None
    trip_id: str | None
    version: int
    digest: str
    printed_at: datetime
    printed_by: str = ""
    people: int = 0
    target: str = ""


class UserRow(NamedTuple):
    """Who may open the register; `role` as coordinator.domain.roles. `active` False: their key was taken away."""

    id: str
    name: str
    role: str
    active: bool = True


class DraftRow(NamedTuple):
    """A half-typed form of one user. Not journalled: nothing of it is part of the register yet."""

    id: str
    user_id: str
    kind: str
    fields: Any
    saved_at: datetime


class SettingRow(NamedTuple):
    id: str
    value: Any


class ActionRow(NamedTuple):
    """One labelled action: who, when, what, from which file."""

    id: str
    label: str
    facts: Any
    done_at: datetime
    done_by: str = ""
    source: str = ""


class ChangeRow(NamedTuple):
    """One row that an action wrote: old and new value of each field, as {"column": [old, new]}."""

    id: int
    action_id: str
    table: str
    row_id: str
    kind: str
    fields: Any
