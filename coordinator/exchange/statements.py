"""What a list said of a household, kept with each row of its import, and read back when the next list comes.

The next list is compared with it: what it says again is no news, so that a correction made by hand in
between is not undone by next Monday's copy of the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson, IncomingVehicle


@dataclass(frozen=True, slots=True)
class Statement:
    """The last list of a kind that named a household: which import, its date, and what it said."""

    household_id: str
    batch_id: str
    list_on: date | None
    said: IncomingHousehold


def bare(household: IncomingHousehold) -> IncomingHousehold:
    """What is said, without where it stood: two that say the same are equal."""
    people = tuple(replace(person, row=0) for person in household.people)
    return replace(household, sheet="", rows=(), people=people, own=None)


def to_lines(household: IncomingHousehold) -> dict[int, str]:
    """Row number -> JSON of what the row said; the household's own fields stand with its first row."""
    lines: dict[int, dict[str, Any]] = {row: {} for row in household.rows}
    first = household.rows[0]
    for person in household.people:
        lines.setdefault(person.row, {}).setdefault("people", []).append(_person(person))
    lines[first]["household"] = _filled(
        settlement=household.settlement_text,
        street=household.address.street,
        house=household.address.house,
        flat=household.address.flat,
        text=household.address.text,
        landmark=household.address.landmark,
        phones=[[contact.raw, contact.e164, contact.note] for contact in household.contacts],
        decision=household.decision.value,
        wants_on=household.wants_on.isoformat() if household.wants_on else None,
        requested_at=household.requested_at.isoformat() if household.requested_at else None,
        part_stays=household.part_stays,
        pets=household.pets,
        wish=household.destination_wish,
        note=household.note,
    )
    return {row: json.dumps(line, ensure_ascii=False) for row, line in lines.items()}


def from_lines(lines: Iterable[tuple[int, str]]) -> IncomingHousehold | None:
    """The household that these rows (number, JSON) described; None where no row carries one."""
    own: dict[str, Any] | None = None
    people: list[IncomingPerson] = []
    rows = []
    for row, raw in lines:
        said = json.loads(raw) if raw.startswith("{") else {}
        rows.append(row)
        own = said.get("household", own)
        people.extend(_read_person(row, entry) for entry in said.get("people", ()))
    if own is None:
        return None
    address = Address(*(own.get(key, "") for key in ("street", "house", "flat", "text", "landmark")))
    return IncomingHousehold(
        sheet="",
        rows=tuple(rows),
        settlement_text=own.get("settlement", ""),
        address=address,
        people=tuple(people),
        contacts=tuple(Contact(*phone) for phone in own.get("phones", ())),
        decision=Decision(own.get("decision", Decision.NOT_ASKED)),
        wants_on=_day(own.get("wants_on")),
        requested_at=datetime.fromisoformat(own["requested_at"]) if "requested_at" in own else None,
        part_stays=own.get("part_stays", False),
        pets=own.get("pets", ""),
        destination_wish=own.get("wish", ""),
        note=own.get("note", ""),
    )


def vehicle_line(vehicle: IncomingVehicle) -> str:
    """JSON of what a row said of a vehicle."""
    phone = vehicle.driver_phone
    start, end = vehicle.available_from, vehicle.available_until
    line = _filled(
        plate=vehicle.plate,
        model=vehicle.model,
        seats=vehicle.seats,
        wheelchair=vehicle.wheelchair,
        stretcher=vehicle.stretcher,
        armoured=vehicle.armoured,
        licence=vehicle.licence,
        organisation=vehicle.organisation,
        driver=vehicle.driver,
        phone=[phone.raw, phone.e164, phone.note] if phone else None,
        available=[moment.isoformat() if moment else None for moment in (start, end)],
        note=vehicle.note,
    )
    return json.dumps(line, ensure_ascii=False)


def read_vehicle_line(raw: str) -> IncomingVehicle | None:
    """The vehicle of `vehicle_line`; None for a line that is none."""
    said = json.loads(raw) if raw.startswith("{") else {}
    if "plate" not in said:
        return None
    start, end = (time.fromisoformat(text) if text else None for text in said.pop("available"))
    phone = Contact(*said.pop("phone")) if "phone" in said else None
    return IncomingVehicle("", 0, driver_phone=phone, available_from=start, available_until=end, **said)


def _person(person: IncomingPerson) -> dict[str, Any]:
    birth = person.birth
    return _filled(
        surname=person.name.surname,
        given=person.name.given,
        patronymic=person.name.patronymic,
        sex=person.sex.value,
        born=birth.on.isoformat() if birth.on else None,
        year=birth.year,
        age=birth.age,
        age_on=birth.age_on.isoformat() if birth.age_on else None,
        child=birth.stated_child,
        birth=birth.raw,
        relation=person.relation.value,
        needs=sorted(need.value for need in person.needs),
        needs_raw=person.needs_raw,
        note=person.note,
    )


def _read_person(row: int, said: dict[str, Any]) -> IncomingPerson:
    birth = Birth(
        _day(said.get("born")), said.get("year"), said.get("age"), _day(said.get("age_on")), said.get("child"),
        said.get("birth", ""),
    )  # fmt: skip
    return IncomingPerson(
        row=row,
        name=PersonName(said.get("surname", ""), said.get("given", ""), said.get("patronymic", "")),
        sex=Sex(said.get("sex", "")),
        birth=birth,
        relation=Relation(said.get("relation", "")),
        needs=frozenset(Need(need) for need in said.get("needs", ())),
        needs_raw=said.get("needs_raw", ""),
        note=said.get("note", ""),
    )


def _filled(**values: Any) -> dict[str, Any]:
    """Without what is not said; False and 0 are said only by `child` and `age`."""
    said = {"child", "age"}
    return {key: value for key, value in values.items() if value or (key in said and value is not None)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
