"""Vehicles, drivers, destinations, and the dated rules of a place: curfews and evacuation orders.

`id` None: not yet in the register. Times of day are minutes after midnight, Kyiv time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.schedule import ANY_SPACE, LICENCE_SEATS, Load, layout_for


@dataclass(frozen=True, slots=True)
class Driver:
    """`most_minutes`: on the road in a day, all trips together; None: no limit."""

    id: str | None
    name: str
    phone: str = ""
    licence: str = ""
    note: str = ""
    most_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """`phone` is the driver's. `licence_reason`: why a seat count above the licence is all right.

    `space`: pieces of luggage and carriers beside the people, None: nobody has said. `layouts`: the places offered
    instead where seats are folded or benches taken out.
    """

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
    space: int | None = None
    layouts: tuple[Load, ...] = ()

    @property
    def capacity(self) -> Load:
        """The places of the usual layout."""
        return Load(self.seats, self.wheelchair, self.stretcher, ANY_SPACE if self.space is None else self.space)

    def layout_for(self, load: Load) -> Load:
        """The layout that takes `load`; the usual one where none does."""
        return layout_for((self.capacity, *self.layouts), load) or self.capacity


def layouts_text(layouts: Iterable[Load]) -> str:
    """Seats, wheelchair and stretcher places of each layout: "5/1/0; 2/2/0"."""
    return "; ".join(f"{one.seats}/{one.wheelchair}/{one.stretcher}" for one in layouts)


def read_layouts(text: str) -> tuple[Load, ...] | None:
    """What `layouts_text` writes, also "5/1"; None where it cannot be read."""
    parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    if not all(re.fullmatch(r"\d{1,3}(\s*[/+]\s*\d{1,3}){0,2}", part) for part in parts):
        return None
    return tuple(Load(*(int(number) for number in re.findall(r"\d+", part))) for part in parts)


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
