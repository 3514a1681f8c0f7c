"""Vehicles, drivers, destinations, trips, stops and papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple


class DriverRow(NamedTuple):
    id: str
    name: str
    phone_raw: str = ""
    phone: str = ""
    licence: str = ""
    note: str = ""
    most_minutes: int | None = None


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
    space: int | None = None


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
    pinned: bool = False
    crew: str = ""
    departed_at: datetime | None = None


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
    pinned: bool = False
    override_reason: str = ""


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


class PrintedRow(NamedTuple):
    """One printed or exported paper. `digest` is of its content, to see that the trip changed since.

    `about` an export: its number, the place in the journal that it was read at, its recipient and its columns.
    """

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
    about: Any = None
    content: Any = None
    copies: int = 1
    returned_at: datetime | None = None


class VehicleLayoutRow(NamedTuple):
    """Places that a vehicle offers instead of its usual ones, seats folded say. `space` None: nobody has said."""

    id: str
    vehicle_id: str
    position: int
    name: str
    seats: int
    wheelchair: int
    stretcher: int
    space: int | None = None


class RoadRow(NamedTuple):
    """What is known of the way between two settlements or destinations, both ways: measured, or closed.

    `vehicle_id` None: for all vehicles. `from_on`, `until_on` both included, None is open.
    """

    id: str
    first_id: str
    second_id: str
    minutes: float | None = None
    km: float | None = None
    closed: bool = False
    vehicle_id: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    source: str = ""


class DropOutRow(NamedTuple):
    """A vehicle or a driver that cannot come on `work_on`, or only outside these minutes; None: the whole day."""

    id: str
    work_on: date
    vehicle_id: str | None
    driver_id: str | None
    from_minute: int | None = None
    until_minute: int | None = None
    reason: str = ""


class CrewWordRow(NamedTuple):
    """What a crew on the road let the centre know. kind: departed, word, late, back."""

    id: str
    trip_id: str
    kind: str
    said_at: datetime
    expected_back: int | None = None
    note: str = ""
    noted_by: str = ""


class ConfirmationRow(NamedTuple):
    """An evacuation confirmation as it was issued; `code` proves the paper against the register."""

    id: str
    number: int
    household_id: str
    content: Any
    code: str
    issued_at: datetime
    issued_by: str = ""
