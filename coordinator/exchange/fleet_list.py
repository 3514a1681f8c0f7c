"""A list of vehicles and their drivers: a vehicle a row."""

from __future__ import annotations

import re
from datetime import time

from coordinator.domain.household import Contact
from coordinator.domain.phones import parse_phones
from coordinator.exchange.coded import mark_of
from coordinator.exchange.figures import read_count, read_hours, read_licence, read_plate, read_yes
from coordinator.exchange.harvest import Harvest, joined, reject
from coordinator.exchange.incoming import IncomingVehicle
from coordinator.exchange.layout import Table, is_blank, meaningful
from coordinator.exchange.rows import RowKind, filled_rows, odd_cells, skipped
from coordinator.exchange.values import read_time, shown


def read_fleet(table: Table) -> Harvest:
    """Vehicles of one sheet. A row without a plate, or with a plate that stands above already, is rejected."""
    harvest = Harvest()
    plates: set[str] = set()
    used: set[int] = set()
    for row in filled_rows(table):
        harvest.rows_read += 1
        if row.kind is not RowKind.DATA:
            harvest.skipped.append(skipped(table, row))
            continue
        value = table.own(row.index, "plate")
        plate = read_plate(value) if meaningful(value) else ""
        if not plate:
            reject(table, row.index, "import.no_plate", harvest)
        elif plate in plates:
            harvest.rejected.append(table.remark("import.plate_twice", row.index, "plate", value))
        else:
            plates.add(plate)
            used.add(row.index)
            harvest.vehicles.append(_vehicle(table, row.index, plate, harvest))
    harvest.warnings += odd_cells(table, used)
    return harvest


def _vehicle(table: Table, row: int, plate: str, harvest: Harvest) -> IncomingVehicle:
    phones = [contact for value in table.cells(row, "driver_phone") for contact in parse_phones(value)]
    armoured = _mark(table, row, "armoured", harvest)
    start, end = _hours(table, row, harvest)
    licence, licence_note = _licence(table, row)
    return IncomingVehicle(
        sheet=table.sheet.name,
        row=row + 1,
        plate=plate,
        model=table.text(row, "model"),
        seats=_places(table, row, "seats", harvest),
        wheelchair=_places(table, row, "wheelchair", harvest),
        stretcher=_places(table, row, "stretcher", harvest),
        armoured=armoured,
        licence=licence,
        organisation=table.text(row, "organisation"),
        driver=table.text(row, "driver"),
        driver_phone=_phone(table, row, phones, harvest),
        available_from=start,
        available_until=end,
        note=joined((table.text(row, "note"), licence_note, *(_phone_text(phone) for phone in phones[1:]))),
    )


def _places(table: Table, row: int, key: str, harvest: Harvest) -> int:
    """A count of places; "8+1" is eight and the driver, "так" is one."""
    value = table.own(row, key)
    text = shown(value)
    if with_driver := re.fullmatch(r"(\d{1,2})\s*\+\s*1", text):
        return int(with_driver[1])
    read = read_count(value)
    if read.people is not None and not read.problem:
        return read.people
    said = read_yes(value)
    if said is not None and key != "seats":
        return int(said)
    places = read.people or 0
    if is_blank(value) and key == "seats":
        harvest.warnings.append(table.remark("import.no_seats", row, key))
    elif meaningful(value):
        harvest.warnings.append(
            table.remark("import.places_unclear", row, key, header=table.header(key), places=places)
        )
    return places


def _mark(table: Table, row: int, key: str, harvest: Harvest) -> bool:
    value = table.own(row, key)
    said = mark_of(table, key, value)
    if said is None:
        denied = shown(value).lower().startswith(("не", "ні", "no", "без"))
        said = not denied and re.search(r"брон|armou?r|\b[bв]\d\b|\bvr\d", shown(value).lower()) is not None
        if not said and not denied:
            harvest.warnings.append(table.remark("import.mark_not_read", row, key, header=table.header(key)))
    return said


def _licence(table: Table, row: int) -> tuple[str, str]:
    """The category for passengers; several categories are kept whole in the note."""
    text = table.text(row, "licence")
    licence = read_licence(text)
    several = re.search(r"[,;/\s]", text) is not None and licence != text
    return licence, f"{table.header('licence')}: {text}" if several else ""


def _hours(table: Table, row: int, harvest: Harvest) -> tuple[time | None, time | None]:
    start, end = read_hours(table.cell(row, "hours"))
    found = {"available_from": start, "available_until": end}
    for key in found:
        value = table.own(row, key)
        if meaningful(value):
            found[key] = read_time(value)
            if found[key] is None:
                harvest.warnings.append(table.remark("import.time_unreadable", row, key, value))
    return found["available_from"], found["available_until"]


def _phone(table: Table, row: int, phones: list[Contact], harvest: Harvest) -> Contact | None:
    if phones and not phones[0].e164:
        harvest.warnings.append(table.remark("import.phone_unreadable", row, "driver_phone"))
    return phones[0] if phones else None


def _phone_text(contact: Contact) -> str:
    return f"{contact.raw} ({contact.note})" if contact.note else contact.raw
