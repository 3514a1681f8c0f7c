"""Verbs on vehicles, drivers, destinations, curfews and evacuation orders. A record without id is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coordinator.domain.days import MINUTES_A_DAY
from coordinator.domain.fleet import Curfew, Destination, Driver, Vehicle, ZoneOrder, read_layouts
from coordinator.domain.names import clean, fold
from coordinator.domain.phones import parse_phones
from coordinator.domain.schedule import Load
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import CurfewRow, DestinationRow, DriverRow, VehicleLayoutRow, VehicleRow, ZoneOrderRow
from db.stores.base import R, Store

MOST_PLACES = 120


def save_vehicle(session: Session, vehicle: Vehicle) -> Outcome[str]:
    """Add or change a vehicle. Its driver is known by the name: another name is another driver, none is none.

    UserError: "vehicle.plate_missing", "vehicle.plate_twice", "vehicle.places", "vehicle.layouts", "time.order".
    """
    plate = clean(vehicle.plate).upper()
    if not plate:
        raise UserError("vehicle.plate_missing")
    for load in (vehicle.capacity, *vehicle.layouts):
        for places in (load.seats, load.wheelchair, load.stretcher, vehicle.space or 0):
            if not 0 <= places <= MOST_PLACES:
                raise UserError("vehicle.places", value=places, most=MOST_PLACES)
    _check_hours(vehicle.available_from, vehicle.available_until)
    with session.act("save_vehicle", plate=plate) as act:
        for other in stores.vehicles.all(act.db):
            if other.id != vehicle.id and plate_key(other.plate) == plate_key(plate):
                raise UserError("vehicle.plate_twice", plate=other.plate)
        row = VehicleRow(
            id=vehicle.id or new_id(),
            plate=plate,
            model=clean(vehicle.model),
            seats=vehicle.seats,
            wheelchair=vehicle.wheelchair,
            stretcher=vehicle.stretcher,
            armoured=vehicle.armoured,
            licence=vehicle.licence.strip().upper(),
            organisation=clean(vehicle.organisation),
            driver_id=_driver_of(act, vehicle),
            available_from=vehicle.available_from,
            available_until=vehicle.available_until,
            active=vehicle.active,
            licence_reason=vehicle.licence_reason,
            note=vehicle.note,
            space=vehicle.space,
        )
        _write(act, stores.vehicles, row, vehicle.id)
        _write_layouts(act, row, vehicle.layouts)
        act.touch(Touched.FLEET)
    return act.outcome(row.id)


def layouts_of(text: str) -> tuple[Load, ...]:
    """Layouts as somebody types them, "5/1/0; 2/2/0"; UserError "vehicle.layouts"."""
    found = read_layouts(text)
    if found is None:
        raise UserError("vehicle.layouts", value=text)
    return found


def _write_layouts(act: Act, vehicle: VehicleRow, layouts: Sequence[Load]) -> None:
    held = sorted(stores.vehicle_layouts.where(act.db, vehicle_id=vehicle.id), key=lambda row: row.position)
    wanted = [(one.seats, one.wheelchair, one.stretcher, vehicle.space) for one in layouts]
    if [row[4:] for row in held] == wanted:
        return
    stores.vehicle_layouts.remove(act.db, [row.id for row in held])
    stores.vehicle_layouts.add(
        act.db,
        [VehicleLayoutRow(new_id(), vehicle.id, at, "", *places) for at, places in enumerate(wanted, start=1)],
    )


def plate_key(plate: str) -> str:
    """ "АХ 6796-АА" and "AX6796AA" are one plate."""
    return fold("".join(char for char in plate.upper() if char.isalnum()))


def _driver_of(act: Act, vehicle: Vehicle) -> str | None:
    """The vehicle's driver after a change of name and phone: the one it has, a known one of that name, or a new one.

    The record of the former driver stays as it is, for earlier trips name it.
    """
    name = clean(vehicle.driver)
    held = stores.drivers.get(act.db, vehicle.driver_id) if vehicle.driver_id else None
    if not name:
        return held.id if held and not held.name else None
    phone = vehicle.phone
    if held and held.name and fold(held.name) != fold(name):
        if phone in (held.phone, held.phone_raw):
            phone = ""
        held = None
    numbers = {contact.e164 for contact in parse_phones(phone)}
    known = [row for row in stores.drivers.all(act.db) if fold(row.name) == fold(name)]
    same = held or next((row for row in known if not row.phone or not numbers or row.phone in numbers), None)
    most = same.most_minutes if same else None
    driver_id = same.id if same else None
    return write_driver(act, Driver(driver_id, vehicle.driver, phone, vehicle.licence, most_minutes=most))


def write_driver(act: Act, driver: Driver) -> str:
    """Add or change a driver inside an action; the licence stays where the record brings none."""
    phones = parse_phones(driver.phone)
    old = stores.drivers.get(act.db, driver.id) if driver.id else None
    row = DriverRow(
        id=driver.id or new_id(),
        name=clean(driver.name),
        phone_raw=driver.phone or (old.phone_raw if old else ""),
        phone=phones[0].e164 if phones else (old.phone if old else ""),
        licence=driver.licence or (old.licence if old else ""),
        note=driver.note or (old.note if old else ""),
        most_minutes=driver.most_minutes,
    )
    _write(act, stores.drivers, row, driver.id)
    act.touch(Touched.FLEET)
    return row.id


def save_driver(session: Session, driver: Driver) -> Outcome[str]:
    """UserError "driver.name_missing"."""
    if not driver.name.strip():
        raise UserError("driver.name_missing")
    with session.act("save_driver", name=clean(driver.name)) as act:
        driver_id = write_driver(act, driver)
    return act.outcome(driver_id)


def save_destination(session: Session, place: Destination) -> Outcome[str]:
    """Add or change a destination, base or transit centre.

    UserError: "destination.name_missing", "place.coordinates".
    """
    if not place.name.strip():
        raise UserError("destination.name_missing")
    if (place.lat is None) != (place.lon is None) or not _on_earth(place.lat, place.lon):
        raise UserError("place.coordinates")
    with session.act("save_destination", name=place.name) as act:
        row = DestinationRow(
            place.id or new_id(), clean(place.name), place.kind.value, place.settlement_id, clean(place.address),
            place.lat, place.lon, place.free_places, place.takes_pets, place.takes_wheelchairs, place.active,
        )  # fmt: skip
        _write(act, stores.destinations, row, place.id)
        act.touch(Touched.FLEET | Touched.PLACES)
    return act.outcome(row.id)


def _on_earth(lat: float | None, lon: float | None) -> bool:
    return lat is None or lon is None or (-90 <= lat <= 90 and -180 <= lon <= 180)


def save_curfew(session: Session, curfew: Curfew) -> Outcome[str]:
    """UserError: "curfew.hromada_missing", "curfew.dates", "time.unreadable"."""
    if not curfew.hromada.strip():
        raise UserError("curfew.hromada_missing")
    _check_dates(curfew.from_on, curfew.until_on)
    if not (0 <= curfew.starts < MINUTES_A_DAY and 0 <= curfew.ends < MINUTES_A_DAY):
        raise UserError("time.unreadable", value=f"{curfew.starts}-{curfew.ends}")
    with session.act("save_curfew", hromada=curfew.hromada) as act:
        row = CurfewRow(
            curfew.id or new_id(), clean(curfew.hromada), curfew.from_on, curfew.until_on, curfew.starts,
            curfew.ends, clean(curfew.source),
        )  # fmt: skip
        _write(act, stores.curfews, row, curfew.id)
        act.touch(Touched.PLACES)
    return act.outcome(row.id)


def save_zone_order(session: Session, order: ZoneOrder) -> Outcome[str]:
    """UserError: "curfew.dates", "place.gone"."""
    _check_dates(order.from_on, order.until_on)
    with session.act("save_zone_order") as act:
        place = stores.settlements.get(act.db, order.settlement_id)
        if place is None:
            raise UserError("place.gone")
        act.describe(settlement=place.name)
        row = ZoneOrderRow(
            order.id or new_id(), order.settlement_id, order.kind.value, order.from_on, order.until_on, order.source
        )
        _write(act, stores.zone_orders, row, order.id)
        act.touch(Touched.PLACES)
    return act.outcome(row.id)


def remove_vehicle(session: Session, vehicle_id: str) -> Outcome[None]:
    """Delete a vehicle entered by mistake. UserError "vehicle.has_trips" where it has driven: set it inactive."""
    with session.act("remove_vehicle") as act:
        row = stores.vehicles.get(act.db, vehicle_id)
        act.describe(plate=row.plate if row else "")
        if stores.trips.where(act.db, vehicle_id=vehicle_id):
            raise UserError("vehicle.has_trips")
        stores.vehicles.remove(act.db, [vehicle_id])
        act.touch(Touched.FLEET)
    return act.outcome(None)


def remove_destination(session: Session, destination_id: str) -> Outcome[None]:
    """UserError "destination.has_trips" where trips went there: set it inactive."""
    with session.act("remove_destination") as act:
        row = stores.destinations.get(act.db, destination_id)
        act.describe(name=row.name if row else "")
        if stores.trips.where(act.db, destination_id=destination_id):
            raise UserError("destination.has_trips")
        stores.destinations.remove(act.db, [destination_id])
        act.touch(Touched.FLEET | Touched.PLACES)
    return act.outcome(None)


def remove_curfew(session: Session, curfew_id: str) -> Outcome[None]:
    with session.act("remove_curfew") as act:
        row = stores.curfews.get(act.db, curfew_id)
        act.describe(hromada=row.hromada if row else "")
        stores.curfews.remove(act.db, [curfew_id])
        act.touch(Touched.PLACES)
    return act.outcome(None)


def remove_zone_order(session: Session, order_id: str) -> Outcome[None]:
    with session.act("remove_zone_order") as act:
        row = stores.zone_orders.get(act.db, order_id)
        place = stores.settlements.get(act.db, row.settlement_id) if row else None
        act.describe(settlement=place.name if place else "")
        stores.zone_orders.remove(act.db, [order_id])
        act.touch(Touched.PLACES)
    return act.outcome(None)


def _write(act: Act, store: Store[R], row: R, known: str | None) -> None:
    if known is None:
        store.add(act.db, [row])
    else:
        store.replace(act.db, row)


def _check_hours(start: int | None, end: int | None) -> None:
    if start is not None and end is not None and end <= start:
        raise UserError("time.order")


def _check_dates(start: date, end: date | None) -> None:
    if end is not None and end < start:
        raise UserError("curfew.dates")
