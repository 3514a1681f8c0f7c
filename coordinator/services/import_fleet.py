"""Importing a fleet: vehicles by plate, drivers by phone or name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from coordinator.domain.names import clean, fold
from coordinator.domain.schedule import LICENCE_SEATS
from coordinator.exchange.incoming import Cell, IncomingList, IncomingVehicle, Remark
from coordinator.exchange.report import Added, Entry, News, RowStatus
from coordinator.outcome import Touched
from coordinator.session import Act
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import DriverRow, VehicleRow

_PLACES = ("wheelchair", "stretcher", "armoured")
"""Where a list has the column at all, 0 and "no" are said and not blank."""


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """Rows as they will stand; those in `known` change, the others are new."""

    entries: tuple[Entry, ...]
    warnings: tuple[Remark, ...]
    added: Added
    vehicles: tuple[VehicleRow, ...]
    drivers: tuple[DriverRow, ...]
    known: frozenset[str]


class _Fleet:
    """The fleet of the register as the file changes it, row by row."""

    def __init__(self, db: Database, incoming: IncomingList) -> None:
        self.vehicles = {plate_key(row.plate): row for row in stores.vehicles.all(db)}
        self.drivers = {row.id: row for row in stores.drivers.all(db)}
        self.known = frozenset([*self.drivers, *(row.id for row in self.vehicles.values())])
        self.changed: dict[str, VehicleRow] = {}
        self.changed_drivers: dict[str, DriverRow] = {}
        self.said = {name for name in _PLACES if any(getattr(v, name) for v in incoming.vehicles)}
        self.warnings: list[Remark] = []

    def take(self, vehicle: IncomingVehicle) -> Entry:
        old = self.vehicles.get(plate_key(vehicle.plate))
        driver, driver_news = self._driver(vehicle, old)
        base = old or VehicleRow(new_id(), clean(vehicle.plate).upper())
        row = base._replace(**self._values(vehicle, base, driver))
        news = tuple(_news(old, row)) if old else ()
        if old is None or news:
            self.vehicles[plate_key(row.plate)] = row
            self.changed[row.id] = row
        self.warnings += _remarks(vehicle, old, row)
        status = RowStatus.ADDED if old is None else RowStatus.UPDATED if news or driver_news else RowStatus.UNCHANGED
        rows = ((vehicle.row, status),)
        return Entry(vehicle.sheet, vehicle.row, status, rows, row.plate, news=(*news, *driver_news))

    def _values(self, vehicle: IncomingVehicle, old: VehicleRow, driver: DriverRow | None) -> dict[str, Any]:
        values: dict[str, Any] = {
            "model": clean(vehicle.model),
            "seats": vehicle.seats,
            "licence": vehicle.licence.strip().upper(),
            "organisation": clean(vehicle.organisation),
            "driver_id": driver.id if driver else None,
            "available_from": _minutes(vehicle.available_from),
            "available_until": _minutes(vehicle.available_until),
            "note": vehicle.note,
        }
        news = {name: new for name, new in values.items() if not _blank(new) and not _alike(getattr(old, name), new)}
        return news | {name: getattr(vehicle, name) for name in self.said}

    def _driver(self, vehicle: IncomingVehicle, old: VehicleRow | None) -> tuple[DriverRow | None, tuple[News, ...]]:
        """The driver that the row names, new or completed; None where it names none."""
        name, contact = clean(vehicle.driver), vehicle.driver_phone
        phone = contact.e164 if contact else ""
        if not name and not (contact and contact.raw):
            return None, ()
        found = self._known_driver(name, phone, old)
        base = found or DriverRow(new_id(), name)
        row = base._replace(
            name=base.name or name,
            phone=phone or base.phone,
            phone_raw=contact.raw if contact and (phone or not base.phone) and phone != base.phone else base.phone_raw,
            licence=vehicle.licence.strip().upper() or base.licence,
        )
        if found and row == found:
            return found, ()
        self.drivers[row.id] = self.changed_drivers[row.id] = row
        if found is None:
            return row, ()
        pairs = [("driver_phone", found.phone, row.phone), ("licence", found.licence, row.licence)]
        return row, tuple(News(field, a, b, row.name) for field, a, b in pairs if a != b)

    def _known_driver(self, name: str, phone: str, old: VehicleRow | None) -> DriverRow | None:
        """By phone where the names agree, by name where the phones do; the vehicle's own driver first."""
        drivers = sorted(self.drivers.values(), key=lambda row: row.id != (old.driver_id if old else None))
        same_name = [row for row in drivers if name and fold(row.name) == fold(name)]
        for row in same_name:
            if not phone or not row.phone or row.phone == phone or (old and row.id == old.driver_id):
                return row
        by_phone = [row for row in drivers if phone and row.phone == phone]
        return next((row for row in by_phone if not name or not row.name or _related(row.name, name)), None)


def plan_fleet(db: Database, incoming: IncomingList) -> FleetPlan:
    """Compare with the register's vehicles and drivers; nothing is written."""
    fleet = _Fleet(db, incoming)
    entries = tuple(fleet.take(vehicle) for vehicle in incoming.vehicles)
    vehicles = sum(entry.status is RowStatus.ADDED for entry in entries)
    return FleetPlan(
        entries, tuple(fleet.warnings), Added(vehicles=vehicles), tuple(fleet.changed.values()),
        tuple(fleet.changed_drivers.values()), fleet.known,
    )  # fmt: skip


def write_fleet(act: Act, plan: FleetPlan) -> None:
    stores.drivers.add(act.db, [row for row in plan.drivers if row.id not in plan.known])
    for driver in plan.drivers:
        if driver.id in plan.known:
            stores.drivers.replace(act.db, driver)
    stores.vehicles.add(act.db, [row for row in plan.vehicles if row.id not in plan.known])
    for vehicle in plan.vehicles:
        if vehicle.id in plan.known:
            stores.vehicles.replace(act.db, vehicle)
    act.touch(Touched.FLEET)


def plate_key(plate: str) -> str:
    """ "АХ 6796-АА" and "AX6796AA" are one plate."""
    return fold("".join(char for char in plate.upper() if char.isalnum()))


def _related(one: str, other: str) -> bool:
    """A word in common: "Рубець Артем" and "Артем"."""
    return bool(set(fold(one).split()) & set(fold(other).split()))


def _blank(value: object) -> bool:
    return value is None or value == "" or (value == 0 and not isinstance(value, bool))


def _alike(old: object, new: object) -> bool:
    return isinstance(old, str) and isinstance(new, str) and fold(old) == fold(new)


def _minutes(moment: time | None) -> int | None:
    return moment.hour * 60 + moment.minute if moment else None


def _news(old: VehicleRow, row: VehicleRow) -> Iterator[News]:
    for name, before, after in zip(VehicleRow._fields, old, row, strict=True):
        if before != after:
            yield News(name, _text(before), _text(after))


def _text(value: object) -> str:
    return "" if value is None else str(int(value) if isinstance(value, bool) else value)


def _remarks(vehicle: IncomingVehicle, old: VehicleRow | None, row: VehicleRow) -> Iterator[Remark]:
    at = Cell(vehicle.sheet, f"A{vehicle.row}", row.plate)
    most = LICENCE_SEATS.get(row.licence)
    if most is not None and row.seats > most and not row.licence_reason:
        facts = {"plate": row.plate, "licence": row.licence, "seats": row.seats, "most": most}
        yield Remark("import.licence_seats", at, facts)
    if old and (row.wheelchair < old.wheelchair or row.stretcher < old.stretcher):
        yield Remark("import.fewer_places", at, {"plate": row.plate})
