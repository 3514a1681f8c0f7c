"""What a list said of a household, kept with each row of its import, and read back when the next list comes.

The next list is compared with it: what it says again is no news, so that a correction made by hand in
between is not undone by next Monday's copy of the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.joining import Named
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.records import record
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson, IncomingVehicle

_quoted = json.encoder.encode_basestring
"""As the encoder quotes texts; written in C where Python has it so."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The last list of a kind that named a household: which import, its date, and what it said."""

    household_id: str
    batch_id: str
    list_on: date | None
    said: IncomingHousehold


@record
class Outline:
    """A household without its members. `word`: equal for two that say the same, and nearly never for others."""

    settlement_text: str
    address: Address
    contacts: tuple[Contact, ...]
    word: int


def word_of(household: IncomingHousehold) -> int:
    """See `Outline`."""
    name = household.people[0].name if household.people else None
    texts = (household.pets, household.destination_wish, household.note)
    return hash((household.settlement_text, household.address, household.contacts, texts, name))


def outline_of(lines: Iterable[tuple[int, str]]) -> Outline | None:
    """Of the rows that `from_lines` makes a household of; reads no more of them than it takes."""
    own: dict[str, Any] | None = None
    first: dict[str, Any] | None = None
    for _row, raw in lines:
        if (own is None or first is None or '"household":' in raw) and raw.startswith("{"):
            said = json.loads(raw)
            own = said.get("household", own)
            first = next(iter(said.get("people", ())), None) if first is None else first
    if own is None:
        return None
    address, contacts = _address(own), _contacts(own)
    name = None if first is None else _name(first)
    texts = (own.get("pets", ""), own.get("wish", ""), own.get("note", ""))
    settlement = own.get("settlement", "")
    return Outline(settlement, address, contacts, hash((settlement, address, contacts, texts, name)))


def heading_of(lines: Iterable[tuple[int, str]]) -> tuple[str, str]:
    """The settlement and the first name of rows that `from_lines` makes a household of; "" where none is said."""
    settlement: str | None = None
    name = ""
    for _row, raw in lines:
        if (settlement is None or not name or '"household":' in raw) and raw.startswith("{"):
            said = json.loads(raw)
            if "household" in said:
                settlement = said["household"].get("settlement", "")
            name = name or next((full for one in said.get("people", ()) if (full := _name(one).full)), "")
    return settlement or "", name


def accounts_in(lines: Iterable[tuple[int, str]]) -> tuple[Named, ...]:
    """Who is named in these rows, born when: without the words in which it was said."""
    read = [json.loads(raw).get("people", ()) for _row, raw in lines if raw.startswith("{")]
    return tuple([Named(_name(one), _born(one)) for of_row in read for one in of_row])


def bare(household: IncomingHousehold) -> IncomingHousehold:
    """What is said, without where it stood: two that say the same are equal."""
    people = tuple(
        [
            IncomingPerson(0, one.name, one.sex, one.birth, one.relation, one.needs, one.needs_raw, one.note)
            for one in household.people
        ]
    )
    return replace(household, sheet="", rows=(), people=people, own=None)


def to_lines(household: IncomingHousehold) -> dict[int, str]:
    """Row number -> JSON of what the row said; the household's own fields stand with its first row."""
    people: dict[int, str] = dict.fromkeys(household.rows, "")
    for person in household.people:
        before = people.get(person.row)
        people[person.row] = f"{before}, {_person(person)}" if before else _person(person)
    lines = {row: f'{{"people": [{said}]}}' if said else "{}" for row, said in people.items()}
    first = household.rows[0]
    own = _household(household)
    lines[first] = f'{lines[first][:-1]}, "household": {own}}}' if people[first] else f'{{"household": {own}}}'
    return lines


def _household(household: IncomingHousehold) -> str:
    """Written out, as `_person`: that is a third quicker than over a list of fields, of which there are a million."""
    address, said = household.address, ""
    if household.settlement_text:
        said = f', "settlement": {_quoted(household.settlement_text)}'
    if address.street:
        said += f', "street": {_quoted(address.street)}'
    if address.house:
        said += f', "house": {_quoted(address.house)}'
    if address.flat:
        said += f', "flat": {_quoted(address.flat)}'
    if address.text:
        said += f', "text": {_quoted(address.text)}'
    if address.landmark:
        said += f', "landmark": {_quoted(address.landmark)}'
    if household.decision:
        said += f', "decision": {_quoted(household.decision)}'
    if household.wants_on:
        said += f', "wants_on": "{household.wants_on.isoformat()}"'
    if household.requested_at:
        said += f', "requested_at": "{household.requested_at.isoformat()}"'
    if household.pets:
        said += f', "pets": {_quoted(household.pets)}'
    if household.destination_wish:
        said += f', "wish": {_quoted(household.destination_wish)}'
    if household.note:
        said += f', "note": {_quoted(household.note)}'
    if household.contacts:
        phones = [f"[{_quoted(one.raw)}, {_quoted(one.e164)}, {_quoted(one.note)}]" for one in household.contacts]
        said += f', "phones": [{", ".join(phones)}]'
    if household.part_stays:
        said += ', "part_stays": true'
    return f"{{{said[2:]}}}"


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
    return IncomingHousehold(
        sheet="",
        rows=tuple(rows),
        settlement_text=own.get("settlement", ""),
        address=_address(own),
        people=tuple(people),
        contacts=_contacts(own),
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


def _person(person: IncomingPerson) -> str:
    name, birth, said = person.name, person.birth, ""
    if name.surname:
        said = f', "surname": {_quoted(name.surname)}'
    if name.given:
        said += f', "given": {_quoted(name.given)}'
    if name.patronymic:
        said += f', "patronymic": {_quoted(name.patronymic)}'
    if person.sex:
        said += f', "sex": {_quoted(person.sex)}'
    if birth.on:
        said += f', "born": "{birth.on.isoformat()}"'
    if birth.raw:
        said += f', "birth": {_quoted(birth.raw)}'
    if person.relation:
        said += f', "relation": {_quoted(person.relation)}'
    if person.needs_raw:
        said += f', "needs_raw": {_quoted(person.needs_raw)}'
    if person.note:
        said += f', "note": {_quoted(person.note)}'
    if birth.year:
        said += f', "year": {birth.year}'
    if birth.age is not None:
        said += f', "age": {birth.age}'
    if birth.age_on:
        said += f', "age_on": "{birth.age_on.isoformat()}"'
    if birth.stated_child is not None:
        said += f', "child": {"true" if birth.stated_child else "false"}'
    if person.needs:
        said += f', "needs": [{", ".join(map(_quoted, sorted(person.needs)))}]'
    return f"{{{said[2:]}}}"


def _address(own: Mapping[str, Any]) -> Address:
    return Address(*[own.get(key, "") for key in ("street", "house", "flat", "text", "landmark")])


def _contacts(own: Mapping[str, Any]) -> tuple[Contact, ...]:
    return tuple([Contact(*phone) for phone in own.get("phones", ())])


def _name(said: Mapping[str, Any]) -> PersonName:
    return PersonName(said.get("surname", ""), said.get("given", ""), said.get("patronymic", ""))


def _born(said: Mapping[str, Any]) -> Birth:
    return Birth(_day(said.get("born")), said.get("year"), said.get("age"), _day(said.get("age_on")))


def _read_person(row: int, said: dict[str, Any]) -> IncomingPerson:
    birth = Birth(
        _day(said.get("born")), said.get("year"), said.get("age"), _day(said.get("age_on")), said.get("child"),
        said.get("birth", ""),
    )  # fmt: skip
    return IncomingPerson(
        row=row,
        name=_name(said),
        sex=Sex(said.get("sex", "")),
        birth=birth,
        relation=Relation(said.get("relation", "")),
        needs=frozenset(Need(need) for need in said.get("needs", ())),
        needs_raw=said.get("needs_raw", ""),
        note=said.get("note", ""),
    )


def _filled(**values: Any) -> dict[str, Any]:
    """Without what is not said."""
    return {key: value for key, value in values.items() if value}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
