"""Vehicles, drivers, destinations, curfews, orders and settlements, as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.fleet import Curfew, Destination, DestinationKind, Driver, OrderKind, Vehicle, ZoneOrder
from coordinator.domain.names import sort_key
from coordinator.domain.places import is_home
from coordinator.domain.schedule import ANY_SPACE, Load
from coordinator.session import Session
from db import queries, stores
from db.connection import Database
from db.rows import SettlementRow

FORMER = "former"
"""The source of an alias that was the settlement's own name once."""


@dataclass(frozen=True, slots=True)
class SettlementChoice:
    """A settlement for choosing: its name, and the hromada that tells namesakes apart.

    `aliases` are all other spellings, `former` those of them that were its name once.
    """

    id: str
    name: str
    kind: str
    hromada: str
    raion: str
    katottg: str
    estimated: bool
    lat: float | None
    lon: float | None
    aliases: tuple[str, ...] = ()
    households: int = 0
    former: tuple[str, ...] = ()
    population: int | None = None
    population_source: str = ""


def vehicles(session: Session) -> list[Vehicle]:
    """All vehicles with their drivers, by plate."""
    with session.reading() as db:
        return load_vehicles(db)


def load_vehicles(db: Database) -> list[Vehicle]:
    drivers = {row.id: row for row in stores.drivers.all(db)}
    layouts = layouts_by_vehicle(db)
    found = []
    for row in stores.vehicles.all(db):
        driver = drivers.get(row.driver_id or "")
        found.append(
            Vehicle(
                row.id,
                row.plate,
                row.model,
                row.seats,
                row.wheelchair,
                row.stretcher,
                row.armoured,
                row.licence or (driver.licence if driver else ""),
                row.organisation,
                row.driver_id,
                driver.name if driver else "",
                (driver.phone or driver.phone_raw) if driver else "",
                row.available_from,
                row.available_until,
                row.active,
                row.licence_reason,
                row.note,
                row.space,
                layouts.get(row.id, ()),
            )  # fmt: skip
        )
    return sorted(found, key=lambda vehicle: sort_key(vehicle.plate))


def layouts_by_vehicle(db: Database) -> dict[str, tuple[Load, ...]]:
    """The layouts that vehicles have beside their usual one, in their order."""
    found: dict[str, list[Load]] = {}
    for row in sorted(stores.vehicle_layouts.all(db), key=lambda row: row.position):
        space = ANY_SPACE if row.space is None else row.space
        found.setdefault(row.vehicle_id, []).append(Load(row.seats, row.wheelchair, row.stretcher, space))
    return {vehicle_id: tuple(loads) for vehicle_id, loads in found.items()}


def drivers(session: Session) -> list[Driver]:
    with session.reading() as db:
        rows = stores.drivers.all(db)
    rows.sort(key=lambda row: sort_key(row.name))
    return [
        Driver(row.id, row.name, row.phone or row.phone_raw, row.licence, row.note, row.most_minutes) for row in rows
    ]


def destinations(session: Session) -> list[Destination]:
    with session.reading() as db:
        rows = stores.destinations.all(db)
    rows.sort(key=lambda row: (row.kind not in ("base", "transit"), sort_key(row.name)))
    return [
        Destination(
            row.id,
            row.name,
            DestinationKind(row.kind),
            row.address,
            row.settlement_id,
            row.lat,
            row.lon,
            row.free_places,
            row.takes_pets,
            row.takes_wheelchairs,
            row.active,
        )  # fmt: skip
        for row in rows
    ]


def curfews(session: Session) -> list[Curfew]:
    """All curfews, by hromada and the first day."""
    with session.reading() as db:
        rows = stores.curfews.all(db)
    rows.sort(key=lambda row: (sort_key(row.hromada), row.from_on))
    return [Curfew(*row) for row in rows]


def zone_orders(session: Session) -> list[ZoneOrder]:
    with session.reading() as db:
        names = {row.id: row.name for row in stores.settlements.all(db)}
        rows = stores.zone_orders.all(db)
    rows.sort(key=lambda row: (sort_key(names.get(row.settlement_id, "")), row.from_on))
    return [
        ZoneOrder(
            row.id,
            row.settlement_id,
            names.get(row.settlement_id, ""),
            OrderKind(row.kind),
            row.from_on,
            row.until_on,
            row.source,
        )
        for row in rows
    ]


def orders_in_force(db: Database, day: date) -> dict[str, OrderKind]:
    """Settlement id -> what is ordered there on `day`; forced goes before mandatory. A part follows its town."""
    found: dict[str, OrderKind] = {}
    for row in stores.zone_orders.all(db):
        if row.from_on <= day and (row.until_on is None or day <= row.until_on):
            forced = OrderKind.FORCED in (found.get(row.settlement_id), row.kind)
            found[row.settlement_id] = OrderKind.FORCED if forced else OrderKind.MANDATORY
    if found:
        for place in stores.settlements.where(db, parent_id=list(found)):
            found.setdefault(place.id, found[place.parent_id or ""])
    return found


def settlements(session: Session) -> list[SettlementChoice]:
    """The gazetteer, those of the centre's raion first, then by the alphabet."""
    with session.reading() as db:
        rows = stores.settlements.all(db)
        aliases: dict[str, list[str]] = {}
        former: dict[str, list[str]] = {}
        for alias in stores.aliases.all(db):
            aliases.setdefault(alias.settlement_id, []).append(alias.name)
            if alias.source == FORMER:
                former.setdefault(alias.settlement_id, []).append(alias.name)
        lived_in = queries.households_by_settlement(db)
    parents = {row.id: row for row in rows}
    rows.sort(key=lambda row: (not _home(row.pcode or row.katottg, parents, row.parent_id), row.sort_key))
    return [
        SettlementChoice(
            row.id,
            row.name,
            row.kind,
            row.hromada,
            row.raion,
            row.katottg or "",
            row.estimated,
            row.lat,
            row.lon,
            tuple(aliases.get(row.id, ())),
            lived_in.get(row.id, 0),
            tuple(former.get(row.id, ())),
            row.population,
            row.population_source,
        )  # fmt: skip
        for row in rows
    ]


def _home(code: str | None, parents: dict[str, SettlementRow], parent_id: str | None) -> bool:
    """Inside the centre's raion; a part of a settlement (without a code) as its parent."""
    if parent_id and parent_id in parents:
        code = parents[parent_id].katottg
    return is_home(code or "")
