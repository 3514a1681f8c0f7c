"""A workbook of ours that comes back: its mark, and its columns where a recipient has headers of their own."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address
from coordinator.domain.names import clean, fold
from coordinator.exchange.decided import household_decision
from coordinator.exchange.figures import read_yes
from coordinator.exchange.harvest import joined, whole_number
from coordinator.exchange.headers import column_of, header_key
from coordinator.exchange.how_read import UNUSED, SheetReading
from coordinator.exchange.incoming import IncomingHousehold, IncomingList, IncomingPerson, ListKind, OwnRow
from coordinator.exchange.layout import LAST_HEADER_ROW
from coordinator.exchange.originals import Original
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.returned import in_own_words
from coordinator.exchange.stamp import Stamp, find_stamp, read_stamp
from coordinator.exchange.wording import NoteReading, own_decision, read_own_needs

READ_AS = {
    "household": "household_no", "member": "member_no", "head": "full_name", "birth_on": "birth", "year": "birth_year",
    "phones": "phone", "left_on": "evacuation_date", "requested_at": "requested_on", "whole_address": "address",
    "from": "available_from", "until": "available_until",
}  # fmt: skip
"""Keys of our columns -> those of lists that come in, where they are called otherwise."""

_NOT_READ = frozenset({"number"})
_PROPERTIES = "docProps/custom.xml"
_SHORT = 60
"""Rows of a sheet that may say what the workbook is."""


def stamp_of(original: Original, sheets: Sequence[RawSheet]) -> Stamp | None:
    """The mark of a file: among the workbook's properties, or in a sheet that says what the workbook is."""
    if original.content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(original.content)) as archive:
            if _PROPERTIES in archive.namelist():
                found = read_stamp(archive.read(_PROPERTIES).decode("utf-8", "replace"))
                if found is not None:
                    return found
    short = (sheet for sheet in sheets if len(sheet.rows) <= _SHORT)
    return find_stamp(value for sheet in short for row in sheet.rows for value in row)


def known_by_mark(incoming: IncomingList, stamp: Stamp | None) -> IncomingList:
    """The list with its mark. Without one, numbers of households count only in the columns of our own workbooks."""
    households = tuple(
        as_written(one) if _counts(one, stamp) else replace(one, own=None) for one in incoming.households
    )
    return replace(incoming, stamp=stamp, households=households)


def _counts(household: IncomingHousehold, stamp: Stamp | None) -> bool:
    return household.own is None or household.own.sure or stamp is not None


def as_written(household: IncomingHousehold) -> IncomingHousehold:
    """The household by what our own columns say, each for itself: no words of a note decide beside the decision."""
    own = household.own
    if own is None:
        return household
    first = own.rows[0]
    if not own.listed:
        decided = own_decision(first.decision)
        return household if decided is None else replace(household, decision=decided)
    told = _told(household, own.rows)
    return replace(
        household, people=_people(household.people, own.rows), address=_address(household.address, first),
        note=first.note,        decision=told.decision or Decision.NOT_ASKED, part_stays=told.part_stays,
        wants_on=None if all(row.wants_on == "" for row in own.rows) else household.wants_on,
        luggage=whole_number(first.luggage),
    )  # fmt: skip


def _address(read: Address, row: OwnRow) -> Address:
    """Words without a house stay as they are written, brackets and all: the landmark has a column of its own."""
    shown = row.address
    if read.house or not shown or fold(read.line) == fold(shown) or fold(read.text) != fold(shown):
        return read
    return Address(text=shown, landmark=row.landmark)


def _told(household: IncomingHousehold, rows: Sequence[OwnRow]) -> NoteReading:
    """The decision of all rows where each is one of ours word for word, else as it was read."""
    decisions = [own_decision(row.decision) for row in rows]
    if any(decision is None for decision in decisions):
        return NoteReading(household.decision, household.part_stays)
    read = [NoteReading(None if one is Decision.NOT_ASKED else one) for one in decisions]
    decision, stays = household_decision(read)
    return NoteReading(decision, stays or read_yes(rows[0].part_stays) is True)


def _people(people: Sequence[IncomingPerson], rows: Sequence[OwnRow]) -> tuple[IncomingPerson, ...]:
    names = {fold(person.name.full): place for place, person in enumerate(people) if person.name}
    return tuple(
        _person(person, row, rows[0], names.get(fold(row.escort)) if row.escort else None)
        for person, row in zip(people, rows, strict=True)
    )


def _person(person: IncomingPerson, row: OwnRow, first: OwnRow, escort: int | None) -> IncomingPerson:
    note = "" if fold(row.note) == fold(first.note) else row.note
    kinds = read_own_needs(row.kinds or "")
    name = row.name if row.name is not None and row.member is not None else person.name
    return replace(
        person, name=name, note=joined((row.person_note, row.kept, note)), documents=row.documents, escort=escort,
        needs=person.needs if kinds is None else kinds, needs_read=None if kinds is None else person.needs,
        needs_raw="" if in_own_words(person.needs_raw) else person.needs_raw,
    )  # fmt: skip


def own_columns(
    sheets: Sequence[RawSheet], sent: Sequence[tuple[str, str]], kind: ListKind
) -> Mapping[str, SheetReading]:
    """Sheet -> how it is read, where the headers of the export (key, words) stand and do not say it themselves."""
    if all(column_of(header_key(header), kind) == _key(key) for key, header in sent):
        return {}
    wanted = {header_key(header): _key(key) for key, header in sent}
    found: dict[str, SheetReading] = {}
    for sheet in sheets:
        for row in range(min(LAST_HEADER_ROW, len(sheet.rows))):
            texts = [header_key(clean(value)) if isinstance(value, str) else "" for value in sheet.rows[row]]
            columns = {place: wanted[text] for place, text in enumerate(texts) if text in wanted}
            if len(columns) >= max(2, len(wanted) // 2):
                found[sheet.name] = SheetReading(header_row=row, columns=columns)
                break
    return found


def _key(key: str) -> str:
    return UNUSED if key in _NOT_READ else READ_AS.get(key, key)
