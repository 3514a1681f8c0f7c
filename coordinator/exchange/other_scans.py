"""The same facts for .ods and .xlsb, as far as these formats need guarding.

An OpenDocument sheet may say "repeat this cell 16,384 times in 1,048,576 rows", and a binary workbook may
hold a cell in the last corner; the reader would lay out the whole rectangle.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from coordinator.exchange.sheet_scan import SheetFacts, WorkbookFacts, attributes, refuse_entities, refuse_far_cell

_TAGS = re.compile(
    r"<(?P<close>/?)table:(?P<what>table|table-row|table-cell|"
    r"covered-table-cell)(?P<rest>(?:\s[^>]*?)?)(?P<empty>/?)>"
)


@dataclass(slots=True)
class _OdsSheet:
    """Where the walk through one OpenDocument table stands."""

    row: int = -1
    column: int = 0
    next_row: int = 0
    last: tuple[int, int] | None = None
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def start_row(self, found: dict[str, str]) -> None:
        self.row, self.column = self.next_row, 0
        self.next_row += _number(found, "number-rows-repeated")
        if found.get("visibility") in ("collapse", "filter") and self.next_row - self.row < 1000:
            self.hidden.update(range(self.row, self.next_row))

    def add_cell(self, found: dict[str, str], filled: bool) -> None:
        repeated = _number(found, "number-columns-repeated")
        if filled:
            across = self.column + repeated - 1
            bottom, right = self.last or (0, 0)
            self.last = max(bottom, self.next_row - 1), max(right, across)
        tall, wide = _number(found, "number-rows-spanned"), _number(found, "number-columns-spanned")
        if tall > 1 or wide > 1:
            self.merged.append((self.row, self.column, self.row + tall - 1, self.column + wide - 1))
        self.column += repeated


def _number(found: dict[str, str], name: str) -> int:
    text = found.get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def scan_ods(name: str, content: bytes) -> WorkbookFacts:
    """Merged cells and hidden rows of an .ods. UserError where a sheet reaches too far, ExpatError for broken XML."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        refuse_entities(name, archive)
        content_xml = archive.read("content.xml")
    # calamine does not return from an element that is never closed.
    expat.ParserCreate().Parse(content_xml, True)
    xml = content_xml.decode("utf-8", "replace")
    sheets: dict[str, SheetFacts] = {}
    walk, title, depth = _OdsSheet(), "", 0
    for tag in _TAGS.finditer(xml):
        what = tag["what"]
        if what == "table":
            depth += -1 if tag["close"] else 0 if tag["empty"] else 1
            if depth == 1 and not tag["close"]:
                walk, title = _OdsSheet(), attributes(tag["rest"]).get("name", "")
            elif depth == 0 and tag["close"]:
                refuse_far_cell(name, title, walk.last)
                sheets[title] = SheetFacts(walk.last, hidden_rows=frozenset(walk.hidden), merged=tuple(walk.merged))
        elif not tag["close"] and what == "table-row":
            walk.start_row(attributes(tag["rest"]))
        elif not tag["close"]:
            walk.add_cell(attributes(tag["rest"]), filled=not tag["empty"] or "value-type=" in tag["rest"])
    return WorkbookFacts(sheets)


_ROW_RECORD = 0
_CELL_RECORDS = range(1, 12)


def scan_xlsb(name: str, content: bytes) -> WorkbookFacts:
    """Only refuses sheets that reach too far; [MS-XLSB] 2.1.4 has the record heads, 2.5.9 the cell."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for info in archive.infolist():
            if info.filename.lower().startswith("xl/worksheets/") and info.filename.lower().endswith(".bin"):
                refuse_far_cell(name, info.filename, _xlsb_last(archive.read(info)))
    return WorkbookFacts()


def _xlsb_last(data: bytes) -> tuple[int, int] | None:
    place, row, last = 0, 0, None
    while place + 2 <= len(data):
        record, place = _varied(data, place, 2)
        size, place = _varied(data, place, 4)
        if record == _ROW_RECORD and size >= 4:
            row = int.from_bytes(data[place : place + 4], "little")
        elif record in _CELL_RECORDS and record != 1 and size >= 4:
            column = int.from_bytes(data[place : place + 4], "little")
            bottom, right = last or (0, 0)
            last = max(bottom, row), max(right, column)
        place += size
    return last


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
