"""A file becomes raw sheets: cells as Python values where Excel shows them, and what is odd about them.

Workbooks are read by calamine (.xlsx, .xlsm, .xls, .xlsb, .ods; values only, no macros), text files here.
Nothing is interpreted yet: that is `understand`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from coordinator.errors import UserError
from coordinator.exchange.delimited import read_delimited
from coordinator.exchange.guards import FileKind, kind_of, read_bytes
from coordinator.exchange.other_scans import scan_ods, scan_xlsb
from coordinator.exchange.sheet_scan import SheetFacts, WorkbookFacts, scan_xlsx

CellValue = str | float | bool | date | datetime | time | timedelta | None
"""None is an empty cell. A number of a workbook is always a float, and a datetime has no time zone."""

_ERROR_TEXTS = frozenset(
    (
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#Н/Д", "#ССЫЛКА!",
        "#ПОСИЛАННЯ!", "#ЗНАЧ!", "#ИМЯ?", "#ІМ'Я?", "#ДЕЛ/0!", "#ДІЛ/0!", "#ПУСТО!", "#ЧИСЛО!", "Err:502", "Err:504",
        "Err:508", "Err:522",
    )
)  # fmt: skip
"""How Excel and LibreOffice show errors, in English, Russian and Ukrainian."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet. Rows and columns count from 0, so that Excel's row is the index + 1.

    `merged` are (top, left, bottom, right), inclusive; `errors` the texts of error cells; `uncached` cells
    whose formula was never calculated. The last three are filled where the format tells them.
    """

    name: str
    rows: list[list[CellValue]]
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncached: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    epoch_1904: bool = False

    def at(self, row: int, column: int) -> CellValue:
        """The value of a cell; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def read_workbook(path: Path) -> list[RawSheet]:
    """All worksheets of a file, in its order; chart sheets have no cells and are left out.

    UserError (import.…) where the file is missing, locked, empty, damaged, protected by a password, too
    large, unsafe, or not a table at all.
    """
    content = read_bytes(path)
    kind = kind_of(path, content)
    if kind is FileKind.TEXT:
        rows: list[list[CellValue]] = [[cell or None for cell in row] for row in read_delimited(path.name, content)]
        return [_with_error_texts(RawSheet(path.stem, rows))]
    facts = _scan(kind, path.name, content)
    return list(_open(path.name, content, facts))


def _scan(kind: FileKind, name: str, content: bytes) -> WorkbookFacts:
    scanners = {FileKind.XLSX: scan_xlsx, FileKind.ODS: scan_ods, FileKind.XLSB: scan_xlsb}
    scanner = scanners.get(kind)
    try:
        return scanner(name, content) if scanner else WorkbookFacts()
    except (KeyError, StopIteration, ValueError) as broken:
        raise UserError("import.damaged", file=name) from broken


def _open(name: str, content: bytes, facts: WorkbookFacts) -> Iterator[RawSheet]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in book.sheets_metadata:
            if sheet.typ in (SheetTypeEnum.ChartSheet, SheetTypeEnum.Vba, SheetTypeEnum.DialogSheet):
                continue
            visible = sheet.visible is SheetVisibleEnum.Visible
            yield _read_sheet(book, sheet.name, visible, facts)
    except PasswordError as locked:
        raise UserError("import.password", file=name) from locked
    except (CalamineError, OSError, ValueError, MemoryError) as broken:
        raise UserError("import.damaged", file=name) from broken
    except BaseException as panic:
        # A panic of the Rust reader is a BaseException of its own that the package does not export.
        if type(panic).__name__ != "PanicException":
            raise
        raise UserError("import.damaged", file=name) from panic


def _read_sheet(book: CalamineWorkbook, name: str, visible: bool, facts: WorkbookFacts) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    found = facts.sheets.get(name, SheetFacts())
    ranges = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    rows: list[list[CellValue]] = [
        [None if value == "" or (isinstance(value, float) and not isfinite(value)) else value for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    raw = RawSheet(
        name, rows, visible, ranges or found.merged, found.errors, found.uncached, found.hidden_rows, facts.epoch_1904
    )
    return _with_error_texts(raw)


def _with_error_texts(sheet: RawSheet) -> RawSheet:
    """Formats without marked errors carry them as text: "#N/A" is an error and not a name."""
    found = dict(sheet.errors)
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if isinstance(value, str) and value[:1] in "#E" and value.strip() in _ERROR_TEXTS:
                found[row, column] = value.strip()
                cells[column] = None
    if len(found) == len(sheet.errors):
        return sheet
    return RawSheet(
        sheet.name, sheet.rows, sheet.visible, sheet.merged, found, sheet.uncached, sheet.hidden_rows, sheet.epoch_1904
    )
