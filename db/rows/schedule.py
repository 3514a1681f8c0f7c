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
