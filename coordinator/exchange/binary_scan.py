"""The same facts for the binary workbooks, .xls and .xlsb: the reader makes "" of #N/A there too.

[MS-XLS] 2.4 and [MS-XLSB] 2.4 have the records. A formula in them always carries a value.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from struct import unpack_from

import olefile

from coordinator.exchange.sheet_scan import SheetFacts, WorkbookFacts, attributes, refuse_far_cell

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""BErr, the same byte in both formats."""


@dataclass(slots=True)
class _Found:
    """What the walk through one sheet gathers; rows and columns from 0."""

    last: tuple[int, int] | None = None
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> None:
        bottom, right = self.last or (0, 0)
        self.last = max(bottom, row), max(right, column)

    def error(self, row: int, column: int, code: int) -> None:
        self.errors[row, column] = ERRORS.get(code, "#N/A")

    def facts(self) -> SheetFacts:
        return SheetFacts(
            self.last, self.errors, frozenset(), frozenset(self.hidden_rows), tuple(self.merged),
            frozenset(self.hidden_columns),
        )  # fmt: skip


def scan_xls(name: str, content: bytes) -> WorkbookFacts:
    """Facts of an .xls of Excel 97 or later; of older ones none. UserError where a sheet reaches too far."""
    stream = _workbook_stream(content)
    sheets: dict[str, SheetFacts] = {}
    epoch_1904 = False
    for record, place, size in _old_records(stream, 0):
        if record == _DATE_MODE and size >= 2:
            epoch_1904 = stream[place] == 1
        elif record == _SHEET and size >= 8 and stream[place + 5] == 0:
            title, start = _sheet_name(stream, place), unpack_from("<I", stream, place)[0]
            sheets[title] = _old_sheet(stream, start).facts()
            refuse_far_cell(name, title, sheets[title].last)
    return WorkbookFacts(sheets, epoch_1904)


def _workbook_stream(content: bytes) -> bytes:
    """Empty where there is none, or where only the lenient reader can find it."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as book:
            return bytes(book.openstream("Workbook").read())
    except Exception:  # olefile lets OSError, struct.error, IndexError and others through
        return b""


_BOF, _EOF, _DATE_MODE, _SHEET = 0x0809, 0x000A, 0x0022, 0x0085
_ROW, _COLUMNS, _BOOL_OR_ERROR, _FORMULA, _MERGED = 0x0208, 0x007D, 0x0205, 0x0006, 0x00E5
_MANY, _MANY_BLANK = 0x00BD, 0x00BE
_ONE_CELL = frozenset({0x00FD, 0x0203, 0x027E, 0x0204, 0x00D6, _BOOL_OR_ERROR, _FORMULA})
"""Records that begin with the row and column of a filled cell."""


def _old_records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """(record, where its data begin, their size) of one substream, without those nested in it (charts)."""
    depth, end = 0, len(stream)
    while place + 4 <= end:
        record, size = unpack_from("<HH", stream, place)
        place += 4
        if place + size > end:
            return
        if record == _BOF:
            depth += 1
        elif record == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield record, place, size
        place += size


def _sheet_name(stream: bytes, place: int) -> str:
    length, wide = stream[place + 6], stream[place + 7] & 1
    start = place + 8
    if wide:
        return stream[start : start + 2 * length].decode("utf-16-le", "replace")
    return stream[start : start + length].decode("latin-1")


def _old_sheet(stream: bytes, start: int) -> _Found:
    found = _Found()
    for record, place, size in _old_records(stream, start):
        if record in _ONE_CELL and size >= 6:
            row, column = unpack_from("<HH", stream, place)
            found.cell(row, column)
            if record == _BOOL_OR_ERROR and size >= 8 and stream[place + 7]:
                found.error(row, column, stream[place + 6])
            elif (
                record == _FORMULA
                and size >= 14
                and stream[place + 6] == 2
                and stream[place + 12 : place + 14] == _NO_NUMBER
            ):
                found.error(row, column, stream[place + 8])
        elif record == _MANY and size >= 6:
            row, column = unpack_from("<HH", stream, place)
            found.cell(row, unpack_from("<H", stream, place + size - 2)[0])
        elif record == _ROW and size >= 16 and stream[place + 12] & 0x20:
            found.hidden_rows.add(unpack_from("<H", stream, place)[0])
        elif record == _COLUMNS and size >= 10 and stream[place + 8] & 1:
            first, last = unpack_from("<HH", stream, place)
            found.hidden_columns.update(range(first, min(last, 255) + 1))
        elif record == _MERGED and size >= 2:
            count = min(unpack_from("<H", stream, place)[0], (size - 2) // 8)
            for each in range(count):
                top, bottom, left, right = unpack_from("<4H", stream, place + 2 + each * 8)
                found.merged.append((top, left, bottom, right))
    return found


_NO_NUMBER = b"\xff\xff"

_NEW_ROW, _NEW_COLUMNS, _NEW_MERGED, _NEW_SHEET, _NEW_BOOK = 0, 60, 176, 156, 153
_NEW_CELLS = range(2, 12)
_NEW_ERRORS = (3, 11)


def scan_xlsb(name: str, content: bytes) -> WorkbookFacts:
    """Facts of an .xlsb. UserError where a sheet reaches too far."""
    facts: dict[str, SheetFacts] = {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {part.lower(): part for part in archive.namelist()}
        titles, epoch_1904 = _new_book(archive, parts)
        for lowered, part in parts.items():
            if lowered.startswith("xl/worksheets/") and lowered.endswith(".bin"):
                title = titles.get(lowered, part)
                facts[title] = _new_sheet(archive.read(part)).facts()
                refuse_far_cell(name, title, facts[title].last)
    return WorkbookFacts(facts, epoch_1904)


def _new_book(archive: zipfile.ZipFile, parts: dict[str, str]) -> tuple[dict[str, str], bool]:
    """The title of each sheet by its part in small letters, and whether day 0 is 1 January 1904."""
    relations = parts.get("xl/_rels/workbook.bin.rels")
    targets: dict[str, str] = {}
    if relations:
        for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", archive.read(relations).decode("utf-8", "replace")):
            found = attributes(tag)
            target = found.get("Target", "")
            targets[found.get("Id", "")] = (target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower()
    data = archive.read(parts["xl/workbook.bin"])
    titles, epoch_1904 = {}, False
    for record, place, size in _new_records(data):
        if record == _NEW_BOOK and size >= 4:
            epoch_1904 = bool(data[place] & 1)
        elif record == _NEW_SHEET and size >= 16:
            relation, after = _wide_text(data, place + 8)
            title, _after = _wide_text(data, after)
            titles[targets.get(relation, "")] = title
    return titles, epoch_1904


def _wide_text(data: bytes, place: int) -> tuple[str, int]:
    """A text with its length before it, and the place after it; 0xFFFFFFFF is no text."""
    length = int.from_bytes(data[place : place + 4], "little")
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _new_sheet(data: bytes) -> _Found:
    found, row = _Found(), 0
    for record, place, size in _new_records(data):
        if record == _NEW_ROW and size >= 4:
            row = int.from_bytes(data[place : place + 4], "little")
            if size >= 12 and data[place + 11] & 0x10:
                found.hidden_rows.add(row)
        elif record in _NEW_CELLS and size >= 4:
            column = int.from_bytes(data[place : place + 4], "little")
            found.cell(row, column)
            if record in _NEW_ERRORS and size >= 9:
                found.error(row, column, data[place + 8])
        elif record == _NEW_COLUMNS and size >= 18 and data[place + 16] & 1:
            first, last = unpack_from("<II", data, place)
            found.hidden_columns.update(range(first, min(last, 16_383) + 1))
        elif record == _NEW_MERGED and size >= 16:
            top, bottom, left, right = unpack_from("<4I", data, place)
            found.merged.append((top, left, bottom, right))
    return found


def _new_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(record, where its data begin, their size); [MS-XLSB] 2.1.4 has the heads."""
    place, end = 0, len(data)
    while place + 2 <= end:
        record, place = _varied(data, place, 2)
        size, place = _varied(data, place, 4)
        if place + size > end:
            return
        yield record, place, size
        place += size


def _varied(data: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and the place after it."""
    value = 0
    for step in range(longest):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            break
    return value, place
