"""A recipient's own form: where its list stands, and which of our columns belongs under which of its headers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.exchange.guards import FileKind, kind_of
from coordinator.exchange.headers import column_of, header_key
from coordinator.exchange.incoming import Cell, ListKind, Remark
from coordinator.exchange.layout import LAST_HEADER_ROW, Table, after_header, continues_header, spread
from coordinator.exchange.originals import Original, original_of
from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.rows import RowKind, filled_rows
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.wanted import Chosen, ExportKind
from coordinator.exchange.writing import Column
from resources.i18n import LANGUAGES, catalogue

_BESIDE = {
    "birth_on": ("birth", ("birth_year", "year", "birth")),
    "address": ("whole_address", ("settlement", "whole_address")),
}
_LAST_ROW = 1_048_576
_LEAST = 2
"""Headers that have to be known before a row counts as the header row."""

_FAMILIES = {
    "number": "number", "household_no": "household", "member_no": "member", "full_name": "full_name",
    "surname": "surname", "given": "given", "patronymic": "patronymic", "birth": "birth", "birth_year": "year",
    "age": "age", "sex": "sex", "relation": "relation", "escort": "escort", "needs": "needs", "disability": "needs",
    "documents": "documents", "hromada": "hromada", "settlement": "settlement", "katottg": "katottg",
    "address": "address", "registered_address": "address", "street": "street", "house": "house", "flat": "flat",
    "landmark": "landmark", "phone": "phones", "decision": "decision", "wants_on": "wants_on",
    "requested_on": "requested_at", "part_stays": "part_stays", "pets": "pets", "luggage": "luggage",
    "destination": "destination", "evacuation_date": "left_on", "carrier": "carrier", "note": "note",
    "person_note": "person_note", "people": "people", "children": "children", "wheelchair": "wheelchair",
    "stretcher": "stretcher", "driver": "driver",
}  # fmt: skip
_FLEET = {"driver_phone": "phone", "available_from": "from", "available_until": "until"}
_COUNTED = (
    ("total_children", r"(?:наростаюч|з початку|since|усього з |всього з ).*(?:діт|child)"),
    ("alone_children", r"(?:самост|themsel).*(?:діт|child)"),
    ("total", r"наростаюч|з початку|since the first|усього з |всього з "),
    ("alone", r"самост|themsel"),
    ("children", r"діт|дет|child"), ("women", r"жін|жен|women"), ("men", r"чолов|мужч|\bmen\b"),
    ("seniors", r"\b60\b|похил|літн|elder|senior"), ("disabled", r"інвалід|инвалид|disab"),
    ("refused", r"відмов|отказ|refus"), ("remaining", r"залиш|remain"), ("ready", r"готов|ready"),
    ("population", r"населення\b(?! пункт)|population"), ("pcode", r"p ?code"), ("day", r"^дата\b|^date\b"),
    ("evacuated", r"евакуйов|эвакуир|evacuat"), ("people", r"за добу|евакуйов|эвакуир|evacuat|осіб|людей|people"),
)  # fmt: skip
"""How offices head what they count (DOMAIN: published counts): narrow words stand before wide ones."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the form: its place from 0, its header, and the key of ours that fills it ("": none does)."""

    place: int
    header: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A form that was read. Rows count from 0: the header row, the first row of the list, and the first
    row below that is no part of it.

    `last_row`: of the list that holds anything already, `first_row - 1` where none does.
    """

    original: Original
    sheet: str
    header_row: int
    first_row: int
    end_row: int
    last_row: int
    slots: tuple[Slot, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The columns that fill the form, as a recipient's choice."""
        return tuple(Chosen(slot.key, slot.header) for slot in self.slots if slot.key)

    def with_keys(self, keys: Mapping[int, str]) -> Template:
        """The same with other columns at some places, as a person said."""
        slots = (replace(slot, key=keys.get(slot.place, slot.key)) for slot in self.slots)
        return replace(self, slots=tuple(slots))


def read_template(
    source: Path | Original,
    kind: ExportKind,
    columns: Sequence[Column],
    chosen: Sequence[Chosen] = (),
    password: str = "",
) -> Template:
    """Read a form for exports of `kind`. `columns`: all that the kind offers; `chosen`: what the recipient is known
    to mean by their headers.

    UserError "template.not_xlsx", "template.no_header", and those of `reading.read_workbook`.
    """
    original = original_of(source, password)
    if kind_of(Path(original.name), original.content) is not FileKind.XLSX:
        raise UserError("template.not_xlsx", file=original.name)
    known = _Known(kind, columns, chosen)
    found = [
        one for sheet in read_workbook(original) if sheet.visible and not sheet.chart for one in _headed(sheet, known)
    ]
    if not found:
        raise UserError("template.no_header", file=original.name, rows=LAST_HEADER_ROW)
    sheet, header_row, first_row, slots = max(found, key=lambda one: sum(bool(slot.key) for slot in one[3]))
    end, last = _list_below(sheet, header_row, first_row, slots, kind)
    return Template(original, sheet.name, header_row, first_row, end, last, slots, tuple(_lost(original)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What headers mean: as the recipient was told, as we head them ourselves, as lists are headed anywhere."""

    kind: ExportKind
    columns: Sequence[Column]
    chosen: Sequence[Chosen]

    def own(self) -> dict[str, str]:
        words = [catalogue(language).gettext for language in LANGUAGES]
        found = {header_key(say(column.title)): column.key for column in self.columns for say in words}
        found |= {column.tag: column.key for column in self.columns if column.tag}
        return found | {header_key(one.header): one.key for one in self.chosen if one.header}

    def key(self, own: Mapping[str, str], header: str) -> str:
        key = header_key(header)
        found = own.get(header.strip()) or own.get(key) or self._elsewhere(key)
        return found if found in {column.key for column in self.columns} else ""

    def _elsewhere(self, key: str) -> str:
        if self.kind in (ExportKind.DAILY_SUMMARY, ExportKind.COVERAGE):
            keys = {column.key for column in self.columns}
            place = column_of(key, ListKind.PEOPLE) or ""
            counted = (name for name, pattern in _COUNTED if name in keys and re.search(pattern, key))
            return place if place in ("hromada", "settlement", "katottg") else next(counted, "")
        if self.kind is ExportKind.FLEET:
            found = column_of(key, ListKind.FLEET) or ""
            return _FLEET.get(found, found)
        found = _FAMILIES.get(column_of(key, ListKind.PEOPLE) or "", "")
        if found == "documents" and "document" not in key and "документ" not in key:
            return ""  # Numbers of passports are not kept.
        return "head" if found == "full_name" and self.kind is ExportKind.HOUSEHOLDS else found


_Headed = tuple[RawSheet, int, int, tuple[Slot, ...]]


def _headed(sheet: RawSheet, known: _Known) -> Iterator[_Headed]:
    """The rows of a sheet that could be its headers: each alone, and with the row below."""
    own = known.own()
    for row in range(min(LAST_HEADER_ROW, len(sheet.rows))):
        upper = [clean(value) if isinstance(value, str) else "" for value in sheet.rows[row]]
        if sum(1 for text in upper if text) < _LEAST:
            continue
        slots = _slots(upper, own, known)
        if sum(bool(slot.key) for slot in slots) >= _LEAST:
            yield sheet, row, after_header(sheet, row + 1), slots
        if row + 1 < len(sheet.rows) and continues_header(sheet, row):
            lower = [clean(value) if isinstance(value, str) else "" for value in sheet.rows[row + 1]]
            both = zip_longest(spread(sheet, row, upper), lower, fillvalue="")
            slots = _slots([" ".join(filter(None, pair)) for pair in both], own, known)
            yield sheet, row, after_header(sheet, row + 2), slots


def _slots(headers: Sequence[str], own: Mapping[str, str], known: _Known) -> tuple[Slot, ...]:
    """Each of our columns fills one of the form, the first that asks for it."""
    slots: list[Slot] = []
    for place, header in enumerate(headers):
        if header:
            key = known.key(own, header)
            taken = any(slot.key == key for slot in slots)
            slots.append(Slot(place, header, "" if taken else key))
    return tuple(replace(slot, key=_wider(slot.key, slots, known)) for slot in slots)


def _wider(key: str, slots: Sequence[Slot], known: _Known) -> str:
    """What the form has no column of its own for stands beside: the year under the date, the settlement in front of
    the address."""
    beside = _BESIDE.get(key)
    if beside is None or beside[0] not in {column.key for column in known.columns}:
        return key
    said = any(one.key == key for one in known.chosen) or any(slot.key in beside[1] for slot in slots)
    return key if said else beside[0]


def _list_below(
    sheet: RawSheet, header_row: int, first_row: int, slots: Iterable[Slot], kind: ExportKind
) -> tuple[int, int]:
    """The first row that is no part of the list (a total, a signature), and the last of the list that is filled."""
    columns: dict[str, tuple[int, ...]] = {slot.key: (slot.place,) for slot in slots if slot.key}
    of_list = ListKind.FLEET if kind is ExportKind.FLEET else ListKind.PEOPLE
    table = Table(sheet, of_list, header_row, first_row, columns, {slot.place: slot.header for slot in slots})
    last = first_row - 1
    for row in filled_rows(table):
        if row.kind not in (RowKind.DATA, RowKind.NUMBER):
            return row.index, last
        last = row.index
    return _LAST_ROW, last


def _lost(original: Original) -> Iterator[Remark]:
    """Parts that the workbook library does not carry over."""
    with zipfile.ZipFile(BytesIO(original.content)) as archive:
        names = archive.namelist()
        sheets = b"".join(archive.read(name) for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        drawings = b"".join(archive.read(name) for name in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
    lost = {
        "macros": any(name.endswith("vbaProject.bin") for name in names),
        "controls": any(name.startswith(("xl/ctrlProps", "xl/activeX", "xl/slicers")) for name in names),
        "shapes": b"<xdr:sp" in drawings,
        "new_rules": b"x14:dataValidation " in sheets or b"x14:conditionalFormatting " in sheets,
    }
    for part, there in lost.items():
        if there:
            yield Remark(f"template.lost_{part}", Cell("", "", original.name), {"file": original.name})


def unfilled(template: Template) -> Iterator[Remark]:
    """The headers of the form under which nothing of ours belongs."""
    for slot in template.slots:
        if not slot.key:
            at = Cell(template.sheet, cell_name(template.header_row, slot.place), slot.header)
            yield Remark("template.column_unfilled", at, {"header": slot.header})
