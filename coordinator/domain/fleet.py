"""Vehicles, drivers, destinations, and the dated rules of a place: curfews and evacuation orders.

`id` None: not yet in the register. Times of day are minutes after midnight, Kyiv time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.schedule import LICENCE_SEATS, Load


@dataclass(frozen=True, slots=True)
class Driver:
    id: str | None
    name: str
    phone: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """`phone` is the driver's. `licence_reason`: why a seat count above the licence is all right."""

    id: str | None
    plate: str
    model: str = ""
    seats: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    armoured: bool = False
    licence: str = ""
    organisation: str = ""
    driver_id: str | None = None
    driver: str = ""
    phone: str = ""
    available_from: int | None = None
    available_until: int | None = None
    active: bool = True
    licence_reason: str = ""
    note: str = ""

    @property
    def capacity(self) -> Load:
        return Load(self.seats, self.wheelchair, self.stretcher)


class DestinationKind(StrEnum):
    BASE = "base"
    TRANSIT = "transit"
    COLLECTION = "collection"
    DORMITORY = "dormitory"
    RELATIVES = "relatives"
    HOSPITAL = "hospital"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Destination:
    id: str | None
    name: str
    kind: DestinationKind
    address: str = ""
    settlement_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    free_places: int | None = None
    takes_pets: bool = True
    takes_wheelchairs: bool = True
    active: bool = True


@dataclass(frozen=True, slots=True)
class Curfew:
    """From `starts` in the evening to `ends` in the morning, for a hromada by its name, dated."""

    id: str | None
    hromada: str
    from_on: date
    until_on: date | None
    starts: int
    ends: int
    source: str = ""


class OrderKind(StrEnum):
    """обов'язкова and примусова (DOMAIN: two regimes)."""

    MANDATORY = "mandatory"
    FORCED = "forced"


@dataclass(frozen=True, slots=True)
class ZoneOrder:
    id: str | None
    settlement_id: str
    settlement: str
    kind: OrderKind
    from_on: date
    until_on: date | None = None
    source: str = ""


def exceeds_licence(licence: str, seats: int) -> bool:
    """More passenger seats than the driver's category allows: a warning with a recorded reason, never a block."""
    limit = LICENCE_SEATS.get(licence.strip().upper().replace("В", "B").replace("Д", "D"))
    return limit is not None and seats > limit
