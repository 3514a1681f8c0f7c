"""What the workbook reader does not tell: errors, formulas without a value, hidden rows, and how far a sheet reaches.

calamine turns #N/A and formulas that were never calculated into "", does not see hidden rows, and lays out
every sheet as a full rectangle: one stray blank in XFD1048576 asks for 550 GB and ends the process. So the
parts of the archive are read once with regular expressions before calamine opens it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO

from coordinator.errors import UserError

LARGEST_AREA = 8_000_000
"""Cells from A1 to the last filled one: 32 bytes each in the reader, twice."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Zero-based rows and columns. `last` is the far corner of the filled area; None for an empty sheet, and where
    it is near enough to need no measuring."""

    last: tuple[int, int] | None = None
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncached: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """`sheets` by name; `epoch_1904` says that day 0 is 1 January 1904."""

    sheets: Mapping[str, SheetFacts] = field(default_factory=dict)
    epoch_1904: bool = False


_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REF = rb"(?:[^>]*?\s)r=[\"']([A-Z]{1,3})(\d{1,7})[\"']"
_FILLED = re.compile(rb"<(?:\w+:)?c\b" + _REF + rb"[^>]*[^/]>")
_SOME_CELL = re.compile(rb"<(?:\w+:)?c\b" + _REF)
_FAR_CELL = re.compile(rb"r=[\"'](?:[A-Z]{2}|[A-Z]\d{6})")
"""A cell beyond column Z or row 99,999: without any, no sheet is too large."""
_PLAIN_CELL = re.compile(rb"<(?:\w+:)?c(?:\s(?![^>]*\br=)[^>]*)?>")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\st=[\"']e[\"'])" + _REF + rb"[^>]*>"
    rb"(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"
)
_UNCACHED = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\st=[\"'](?:str|e|b)[\"'])"
    + _REF
    + rb"[^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb"f(?<=[<:]f)[\s>/]")
"""Some formula, perhaps: Latin letters are few in a sheet, and one is looked for ten times as fast as a bracket."""
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_PIECE = 1 << 20
"""Bytes that are looked at in one go: a hundredth of a second or two."""
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\shidden=[\"'](?:1|true)[\"'])[^>]*?\sr=[\"'](\d{1,7})[\"']")

_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?\sref=[\"']([^\"']*)[\"'][^>]*?/>")
_RANGE = re.compile(rb"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?")
_HEAD = 4096
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_MOST_COLUMNS = 16_384


def scan_xlsx(name: str, content: bytes) -> WorkbookFacts:
    """Facts of an .xlsx or .xlsm; UserError where a sheet reaches too far or carries entities."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        refuse_entities(name, archive)
        book = archive.read(_real_name(archive, "xl/workbook.xml")).decode("utf-8", "replace")
        sheets = {}
        for title, part in _sheet_parts(archive, book):
            sheets[title] = _scan_sheet(archive.read(part))
            refuse_far_cell(name, title, sheets[title].last)
    properties = re.search(r"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](1|true)", book)
    return WorkbookFacts(sheets, properties is not None)


def without_dimensions(content: bytes) -> bytes | None:
    """The archive whose sheets no longer say how large they are; None where none of them says it wrongly."""
    kept, wrong = BytesIO(), False
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            told = _DIMENSION.search(part[:_HEAD]) if "worksheets/" in info.filename.lower() else None
            if told is not None and not _RANGE.fullmatch(told[1]):
                part, wrong = part[: told.start()] + part[told.end() :], True
            new.writestr(info.filename, part)
    return kept.getvalue() if wrong else None


def refuse_entities(name: str, archive: zipfile.ZipFile) -> None:
    """No workbook needs a document type; one that has it may expand without end."""
    for info in archive.infolist():
        if info.filename.lower().endswith((".xml", ".rels")):
            with archive.open(info) as part:
                if _DOCTYPE.search(part.read(4096)):
                    raise UserError("import.unsafe", file=name, part=info.filename)


def refuse_far_cell(name: str, sheet: str, last: tuple[int, int] | None) -> None:
    if last is not None and (last[0] + 1) * (last[1] + 1) > LARGEST_AREA:
        raise UserError("import.sheet_too_large", file=name, sheet=sheet, cell=cell_name(*last))


def column_letters(column: int) -> str:
    """Zero-based column to letters: 0 is "A", 26 is "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Zero-based row and column as in Excel: (16, 2) is "C17"."""
    return f"{column_letters(column)}{row + 1}"


def column_index(letters: str) -> int:
    """Letters to the zero-based column: "AA" is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def attributes(tag: str) -> dict[str, str]:
    """Attributes of one XML tag, without their prefixes."""
    return {m[1].rpartition(":")[2]: unescape(m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(tag)}


def _real_name(archive: zipfile.ZipFile, wanted: str) -> str:
    """The name as the archive spells it; some writers differ in case."""
    return next(name for name in archive.namelist() if name.lower() == wanted.lower())


def _sheet_parts(archive: zipfile.ZipFile, book: str) -> list[tuple[str, str]]:
    """Title and part of each worksheet that the archive really holds."""
    try:
        relations = archive.read(_real_name(archive, "xl/_rels/workbook.xml.rels")).decode("utf-8", "replace")
    except StopIteration:
        return []
    targets = {}
    for tag in _RELATION.findall(relations):
        found = attributes(tag)
        target = found.get("Target", "")
        targets[found.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    names = {name.lower(): name for name in archive.namelist()}
    parts = []
    for tag in _SHEET.findall(book):
        found = attributes(tag)
        part = names.get(targets.get(found.get("id", ""), "").lower())
        if part and "worksheets/" in part.lower():
            parts.append((found.get("name", ""), part))
    return parts


def _scan_sheet(xml: bytes) -> SheetFacts:
    errors, uncached = dict[tuple[int, int], str](), frozenset[tuple[int, int]]()
    hidden, columns = frozenset[int](), frozenset[int]()
    if b"#" in xml:
        errors = {_position(m[1], m[2]): unescape(m[3].decode("utf-8", "replace")) for m in _each(_ERROR, xml)}
    if _found(_FORMULA, xml):
        uncached = frozenset(_position(m[1], m[2]) for m in _each(_UNCACHED, xml))
    if b"hidden=" in xml:
        hidden = frozenset(int(m[1]) - 1 for m in _each(_HIDDEN_ROW, xml))
        columns = frozenset(_hidden_columns(xml))
    return SheetFacts(_last_cell(xml), errors, uncached, hidden, hidden_columns=columns)


def _each(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[re.Match[bytes]]:
    """All that match. No match reaches from one row into the next."""
    for start, end in _pieces(xml):
        yield from pattern.finditer(xml, start, end)


def _found(pattern: re.Pattern[bytes], xml: bytes) -> bool:
    return any(pattern.search(xml, start, end) for start, end in _pieces(xml))


def _pieces(xml: bytes) -> Iterator[tuple[int, int]]:
    """Some thousand rows at a time: one look at a large sheet would hold up every other thread, the window's too."""
    start = 0
    while start < len(xml):
        row = _ROW.search(xml, start + _PIECE)
        end = row.start() if row else len(xml)
        yield start, end
        start = end


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for tag in _COLUMN.findall(xml, 0, max(0, xml.find(b"sheetData"))):
        found = attributes(tag.decode("utf-8", "replace"))
        first, last = found.get("min", ""), found.get("max", "")
        # A width that reaches to the end of the sheet hides what nobody used.
        if found.get("hidden") in ("1", "true") and first.isdecimal() and last.isdecimal():
            yield from range(int(first) - 1, min(int(last), _MOST_COLUMNS))


def _position(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_index(letters.decode("ascii"))


def _last_cell(xml: bytes) -> tuple[int, int] | None:
    if _SOME_CELL.search(xml) and not _found(_FAR_CELL, xml):
        return None
    rows, columns = set[bytes](), set[bytes]()
    for cell in _each(_FILLED, xml):
        columns.add(cell[1])
        rows.add(cell[2])
    if not rows:
        # References may be left out; then the cells are dense, and their number is the measure.
        dense = sum(1 for _cell in _each(_PLAIN_CELL, xml))
        return (dense - 1, 0) if dense else None
    return max(int(row) for row in rows) - 1, max(column_index(letters.decode("ascii")) for letters in columns)
