"""Importing a fleet: vehicles by plate, drivers by phone or name.

The register, this list and the last list that named the vehicle are compared: what a list only repeats is no
news, and a value that was entered here is not overwritten but remarked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from coordinator.domain.names import clean, fold
from coordinator.domain.schedule import LICENCE_SEATS
from coordinator.exchange.incoming import Cell, IncomingList, IncomingVehicle, ListKind, Remark
from coordinator.exchange.report import Added, Entry, News, RowStatus
from coordinator.exchange.statements import read_vehicle_line
from coordinator.outcome import Touched
from coordinator.services.fleet import plate_key
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
        self.last = _last_said(db)

    def take(self, vehicle: IncomingVehicle) -> Entry:
        old = self.vehicles.get(plate_key(vehicle.plate))
        said = self.last.get(plate_key(vehicle.plate))
        base = old or VehicleRow(new_id(), clean(vehicle.plate).upper())
        driver, driver_news = self._driver(vehicle, old, said)
        row = base._replace(**self._values(vehicle, base, said), driver_id=driver.id if driver else base.driver_id)
        news = (*_news(old, row), *self._other_driver(old, row)) if old else ()
        if old is None or news:
            self.vehicles[plate_key(row.plate)] = row
            self.changed[row.id] = row
        self.warnings += _remarks(vehicle, old, row)
        status = RowStatus.ADDED if old is None else RowStatus.UPDATED if news or driver_news else RowStatus.UNCHANGED
        rows = ((vehicle.row, status),)
        return Entry(vehicle.sheet, vehicle.row, status, rows, row.plate, news=(*news, *driver_news))

    def _values(self, vehicle: IncomingVehicle, old: VehicleRow, said: IncomingVehicle | None) -> dict[str, Any]:
        before = _columns(said) if said else {}
        values = _columns(vehicle)
        return {
            name: self._settled(vehicle, getattr(old, name), values[name], before.get(name), name in self.said)
            for name in values
        }

    def _other_driver(self, old: VehicleRow, row: VehicleRow) -> Iterator[News]:
        """By name; the new one is in the register's drivers as the file changes them."""
        if row.driver_id != old.driver_id:
            names = [self.drivers[one].name if one in self.drivers else "" for one in (old.driver_id, row.driver_id)]
            yield News("driver", names[0], names[1])

    def _settled(self, vehicle: IncomingVehicle, old: Any, new: Any, said: Any, explicit: bool = False) -> Any:
        """The value that stands then; `said` is None where no list spoke of the vehicle before."""
        if (_blank(new) and not explicit) or _alike(old, new) or (said is not None and _alike(said, new)):
            return old
        if _blank(old) or (said is not None and _alike(said, old)):
            return new
        self._keep(vehicle, _text(old), _text(new))
        return old

    def _keep(self, vehicle: IncomingVehicle, old: str, new: str) -> None:
        at = Cell(vehicle.sheet, f"A{vehicle.row}", vehicle.plate)
        self.warnings.append(Remark("import.vehicle_kept", at, {"plate": vehicle.plate, "old": old, "new": new}))

    def _driver(
        self, vehicle: IncomingVehicle, old: VehicleRow | None, said: IncomingVehicle | None
    ) -> tuple[DriverRow | None, tuple[News, ...]]:
        """The driver that the row names, new or completed; None where it names none, or another was chosen here."""
        name, contact = clean(vehicle.driver), vehicle.driver_phone
        phone = contact.e164 if contact else ""
        if not name and not (contact and contact.raw):
            return None, ()
        if old and self._chosen_here(vehicle, old, said):
            return None, ()
        found = self._known_driver(name, phone, old)
        base = found or DriverRow(new_id(), name)
        before = said.driver_phone if said else None
        number = self._settled(vehicle, base.phone, phone, before.e164 if before else None)
        licence = self._settled_licence(vehicle, base, said)
        raw = contact.raw if contact and number == phone and (phone or not base.phone) else base.phone_raw
        row = base._replace(
            name=base.name or name,
            phone=number,
            phone_raw=raw if number != base.phone or not base.phone_raw else base.phone_raw,
            licence=licence,
        )
        if found and row == found:
            return found, ()
        self.drivers[row.id] = self.changed_drivers[row.id] = row
        if found is None:
            return row, ()
        pairs = [("driver_phone", found.phone, row.phone), ("licence", found.licence, row.licence)]
        return row, tuple(News(field, a, b, row.name) for field, a, b in pairs if a != b)

    def _settled_licence(self, vehicle: IncomingVehicle, driver: DriverRow, said: IncomingVehicle | None) -> str:
        new = vehicle.licence.strip().upper()
        repeated = said is not None and new == said.licence.strip().upper() and bool(driver.licence)
        return driver.licence if repeated or not new else new

    def _chosen_here(self, vehicle: IncomingVehicle, old: VehicleRow, said: IncomingVehicle | None) -> bool:
        """Whether somebody of the centre gave the vehicle another driver, or none, than the last list."""
        held = self.drivers.get(old.driver_id or "")
        same_word = said is not None and fold(said.driver) == fold(clean(vehicle.driver))
        if held is None:
            return same_word
        names = [clean(vehicle.driver), clean(said.driver) if said else ""]
        if not held.name or any(name and _related(held.name, name) for name in names):
            return False
        if not same_word:
            self._keep(vehicle, held.name, clean(vehicle.driver))
        return True

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


def _last_said(db: Database) -> dict[str, IncomingVehicle]:
    """What the last list that named a vehicle said of it, by plate."""
    batches = [batch.id for batch in stores.batches.where(db, kind=ListKind.FLEET.value)]
    lines = stores.batch_lines.where(db, batch_id=batches) if batches else []
    said = (read_vehicle_line(line.raw) for line in sorted(lines, key=lambda line: line.id))
    return {plate_key(vehicle.plate): vehicle for vehicle in said if vehicle is not None}


def _columns(vehicle: IncomingVehicle) -> dict[str, Any]:
    """What a row says, as the register's columns."""
    return {
        "model": clean(vehicle.model),
        "seats": vehicle.seats,
        "wheelchair": vehicle.wheelchair,
        "stretcher": vehicle.stretcher,
        "armoured": vehicle.armoured,
        "licence": vehicle.licence.strip().upper(),
        "organisation": clean(vehicle.organisation),
        "available_from": _minutes(vehicle.available_from),
        "available_until": _minutes(vehicle.available_until),
        "note": vehicle.note,
    }


def _related(one: str, other: str) -> bool:
    """A word in common: "Рубець Артем" and "Артем"."""
    return bool(set(fold(one).split()) & set(fold(other).split()))


def _blank(value: object) -> bool:
    return value is None or value == "" or value == 0


def _alike(old: object, new: object) -> bool:
    return fold(old) == fold(new) if isinstance(old, str) and isinstance(new, str) else bool(old == new)


def _minutes(moment: time | None) -> int | None:
    return moment.hour * 60 + moment.minute if moment else None


def _news(old: VehicleRow, row: VehicleRow) -> Iterator[News]:
    for name, before, after in zip(VehicleRow._fields, old, row, strict=True):
        if before != after and name != "driver_id":
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
