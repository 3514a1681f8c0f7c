"""Cells of the registry as a person types or pastes them: text to a value, or why it cannot be used.

Nothing here raises: what cannot be used keeps its text with the person, beside the sentence that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from coordinator.domain.decision import Decision, Said
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import clean, split_name
from coordinator.domain.phones import parse_phones, show_phone
from coordinator.domain.places import Resolution
from coordinator.domain.typed_day import read_day
from coordinator.exchange.addresses import read_address, read_house, read_street
from coordinator.exchange.values import read_day_text
from coordinator.exchange.wording import read_note
from coordinator.words import label

FARTHEST_DAYS = 366
LONGEST = 2000
"""Letters that a cell may have."""


class CellKey(StrEnum):
    """The columns of the registry that can be written in."""

    HEAD = "head"
    SETTLEMENT = "settlement"
    ADDRESS = "address"
    STREET = "street"
    HOUSE = "house"
    FLAT = "flat"
    LANDMARK = "landmark"
    DECISION = "decision"
    WANTS = "wants"
    AGAIN = "again"
    PHONES = "phones"
    PETS = "pets"
    NOTE = "note"


READ_ONLY: Mapping[str, str] = {
    "number": "cell.number_kept",
    "people": "cell.people_counted",
    "children": "cell.people_counted",
    "ready": "cell.ready_follows",
    "scheduled": "cell.scheduled_elsewhere",
    "needs": "cell.needs_of_persons",
    "held": "cell.held_with_decision",
    "family": "cell.family_by_split",
    "decided": "cell.written_by_itself",
    "requested": "cell.written_by_itself",
}
"""Columns that cannot be written in -> the code of the reason."""


_KEYS = frozenset(key.value for key in CellKey)


def why_read_only(column: str) -> str:
    """The code of why a column cannot be written in, "" where it can. One that nobody named is changed elsewhere."""
    return "" if column in _KEYS else READ_ONLY.get(column, "cell.elsewhere")


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement of the gazetteer, or text that is kept as typed until one is chosen."""

    id: str | None
    text: str


@dataclass(frozen=True, slots=True)
class CellRead:
    """`value` by the kind of the column, `shown` as the table will show it.

    `problem`: the code of why it cannot be used; `remark`: the code of what to look at though it can.
    """

    value: Any = None
    shown: str = ""
    problem: str = ""
    remark: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a cell needs to know: the working date, and how the gazetteer answers to a name."""

    day: date
    resolve: Callable[[str], Resolution]


def read_cell(key: CellKey, text: str, reading: Reading) -> CellRead:
    """What the text of a cell means in this column. An empty text empties the field where there may be none."""
    if len(text) > LONGEST:
        return CellRead(problem="cell.long", facts={"most": LONGEST})
    return _READERS[key](text, reading)


def _note(text: str, _reading: Reading) -> CellRead:
    value = "\n".join(clean(line) for line in text.splitlines()).strip()
    return CellRead(value, " ".join(value.split()))


def _line(text: str, _reading: Reading) -> CellRead:
    value = clean(text)
    return CellRead(value, value)


def _street(text: str, _reading: Reading) -> CellRead:
    value = read_street(clean(text))
    return CellRead(value, value)


def _house(text: str, _reading: Reading) -> CellRead:
    value = read_house(clean(text))
    return CellRead(value, value)


def _address(text: str, _reading: Reading) -> CellRead:
    """The settlement has a column of its own: one that is named here is left out of the address."""
    read = read_address(text)
    address = read.address
    if clean(text) and not (address.street or address.house):
        return CellRead(Address(text=clean(text)), clean(text), remark="cell.address_whole")
    return CellRead(address, address.line)


def _head(text: str, _reading: Reading) -> CellRead:
    name = split_name(text)
    if not name.full:
        return CellRead(problem="cell.no_name")
    return CellRead(name, name.full)


def _settlement(text: str, reading: Reading) -> CellRead:
    written = clean(text)
    found = reading.resolve(written)
    if found.place is not None:
        return CellRead(Settled(found.place.id, found.place.name), found.place.name)
    remark = {"ambiguous": "cell.settlement_ambiguous", "unknown": "cell.settlement_unknown"}.get(found.status, "")
    return CellRead(Settled(None, written), written or "–", remark=remark)


def _phones(text: str, _reading: Reading) -> CellRead:
    contacts = parse_phones(text)
    unread = next((contact.raw for contact in contacts if not contact.e164), "")
    remark = "cell.phone_unread" if unread else ""
    return CellRead(contacts, shown_phones(contacts), remark=remark, facts={"phone": unread} if unread else {})


def shown_phones(contacts: tuple[Contact, ...]) -> str:
    """As the column shows them."""
    return ", ".join(show_phone(one.e164) if one.e164 else one.raw for one in contacts)


def _decision(text: str, reading: Reading) -> CellRead:
    """A decision in words, with a day behind it where one belongs to it: "Wants pickup 17.08.2023"."""
    words, _space, last = clean(text).rpartition(" ")
    day = read_day_text(last, reading.day, ahead=True).day if words else None
    decision = read_note(words if day else clean(text)).decision
    if decision is None:
        return CellRead(problem="cell.decision_unknown")
    if decision is Decision.EVACUATED:
        return CellRead(problem="cell.decision_evacuated")
    return _said(decision, day)


def _said(decision: Decision, day: date | None) -> CellRead:
    wants = day if decision is Decision.WANTS_PICKUP else None
    happened = day if decision in (Decision.LEFT_THEMSELVES, Decision.RETURNED) else None
    shown = f"{label(decision)} {wants:%d.%m.%Y}" if wants else label(decision)
    return CellRead(Said(decision, wants_on=wants, on=happened), shown)


def _day(text: str, reading: Reading) -> CellRead:
    written = clean(text)
    if not written:
        return CellRead(None, "")
    found = read_day(written, reading.day)
    if found is None:
        told = read_day_text(written, reading.day, ahead=True)
        if told.unclear:
            return CellRead(problem="cell.day_unclear", facts={"text": written})
        found = told.day
    if found is None or abs((found - reading.day).days) > FARTHEST_DAYS:
        return CellRead(problem="cell.no_day", facts={"text": written})
    return CellRead(found, f"{found:%d.%m.%Y}")


_READERS: Mapping[CellKey, Callable[[str, Reading], CellRead]] = {
    CellKey.HEAD: _head,
    CellKey.SETTLEMENT: _settlement,
    CellKey.ADDRESS: _address,
    CellKey.STREET: _street,
    CellKey.HOUSE: _house,
    CellKey.FLAT: _house,
    CellKey.LANDMARK: _line,
    CellKey.DECISION: _decision,
    CellKey.WANTS: _day,
    CellKey.AGAIN: _day,
    CellKey.PHONES: _phones,
    CellKey.PETS: _line,
    CellKey.NOTE: _note,
}
