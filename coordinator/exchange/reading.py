"""A file becomes raw sheets: cells as Python values where Excel shows them, and what is odd about them.

Workbooks are read by calamine (.xlsx, .xlsm, .xls, .xlsb, .ods; values only, no macros), text files here.
Nothing is interpreted yet: that is `understand`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, PasswordError

from coordinator.errors import UserError
from coordinator.exchange.binary_scan import scan_xls, scan_xlsb
from coordinator.exchange.calamine_reader import BEGINNINGS, LoadedSheet, Value, load, load_apart
from coordinator.exchange.clipboard import Block, Copied, copied_block
from coordinator.exchange.delimited import read_delimited
from coordinator.exchange.guards import FileKind, kind_of
from coordinator.exchange.originals import Correction, Original, original_of
from coordinator.exchange.other_scans import scan_ods
from coordinator.exchange.sheet_scan import SheetFacts, WorkbookFacts, scan_xlsx, without_dimensions

CellValue = Value
"""Text, number, truth, day, moment, time of day, duration; None is an empty cell.

A number of a workbook is always a float, and a moment has no time zone.
"""

Source = Path | Copied | Original
"""Where a list comes from: a file, the rows that were copied in another program, or what is held of either."""

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
    whose formula was never calculated; `hidden_rows` and `hidden_columns` also hold those that a filter hides. These
    are filled where the format tells them. `named`: somebody gave the sheet its name; that of a text table is only
    the file's. `chart`: a chart and no cells.
    """

    name: str
    rows: list[list[CellValue]]
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncached: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    epoch_1904: bool = False
    named: bool = True
    hidden_columns: frozenset[int] = frozenset()
    chart: bool = False

    def at(self, row: int, column: int) -> CellValue:
        """The value of a cell; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def read_workbook(source: Source, password: str = "") -> list[RawSheet]:
    """All sheets of a file, in its order; those with a chart have no cells. Of copied rows one sheet.

    `password` opens a protected workbook. UserError (import.…) where the file is missing, locked, empty, damaged,
    protected ("import.password", "import.wrong_password"), too large, unsafe, or not a table at all.
    """
    original = original_of(source, password)
    if original.copied is not None:
        pasted = _pasted(copied_block(original.copied))
        return [_with_error_texts(pasted, _marked(pasted.rows))]
    content = original.content
    kind = kind_of(original, content)
    if kind is FileKind.TEXT:
        rows: list[list[CellValue]] = [[cell or None for cell in row] for row in read_delimited(source.name, content)]
        return [_with_error_texts(RawSheet(original.stem, rows, named=False), _marked(rows))]
    facts = _scan(kind, source.name, content)
    loader = _load_xlsx if kind is FileKind.XLSX else load_apart
    try:
        loaded = loader(content)
    except PasswordError as locked:
        raise UserError("import.protection_unknown", file=source.name) from locked
    except CalamineError as broken:
        raise UserError("import.damaged", file=source.name) from broken
    return [_raw(sheet, facts) for sheet in loaded]


def correct(sheets: Sequence[RawSheet], corrections: Iterable[Correction]) -> list[RawSheet]:
    """The sheets with these cells corrected; what was odd about a corrected cell is gone. These stay as they are."""
    by_sheet: dict[str, dict[tuple[int, int], str]] = {}
    for one in corrections:
        by_sheet.setdefault(one.sheet, {})[one.place] = one.new
    return [_corrected(sheet, by_sheet[sheet.name]) if sheet.name in by_sheet else sheet for sheet in sheets]


def _corrected(sheet: RawSheet, cells: Mapping[tuple[int, int], str]) -> RawSheet:
    rows = list(sheet.rows)
    rows += [[] for _row in range(len(rows), max(row for row, _column in cells) + 1)]
    for (row, column), text in cells.items():
        rows[row] = rows[row] + [None] * (column + 1 - len(rows[row]))
        rows[row][column] = text or None
    errors = {place: text for place, text in sheet.errors.items() if place not in cells}
    return replace(sheet, rows=rows, errors=errors, uncached=sheet.uncached - cells.keys())


def _load_xlsx(content: bytes) -> list[LoadedSheet]:
    """A sheet that tells its size in nonsense is read without that word; a wrong size is not believed anyway."""
    try:
        return load(content)
    except PasswordError:
        raise
    except CalamineError:
        mended = without_dimensions(content)
        if mended is None:
            raise
        return load(mended)


def _pasted(block: Block) -> RawSheet:
    """The copied rows at the place in their sheet that is known, so that rows are numbered as in the workbook."""
    before: list[CellValue] = [None] * block.left
    rows: list[list[CellValue]] = [[] for _row in range(block.top)]
    rows += [[*before, *(cell or None for cell in row)] for row in block.rows]
    merged = tuple(
        (top + block.top, left + block.left, bottom + block.top, right + block.left)
        for top, left, bottom, right in block.merged
    )
    hidden = frozenset(row + block.top for row in block.hidden_rows)
    return RawSheet(block.sheet, rows, merged=merged, hidden_rows=hidden, named=block.named)


def _scan(kind: FileKind, name: str, content: bytes) -> WorkbookFacts:
    scanners = {FileKind.XLSX: scan_xlsx, FileKind.ODS: scan_ods, FileKind.XLSB: scan_xlsb, FileKind.XLS: scan_xls}
    try:
        return scanners[kind](name, content)
    except (KeyError, IndexError, StopIteration, ValueError, ExpatError, OSError, struct.error) as broken:
        raise UserError("import.damaged", file=name) from broken


def _raw(sheet: LoadedSheet, facts: WorkbookFacts) -> RawSheet:
    found = facts.sheets.get(sheet.name, SheetFacts())
    return _with_error_texts(
        RawSheet(
            sheet.name,
            sheet.rows,
            sheet.visible,
            sheet.merged or found.merged,
            found.errors,
            found.uncached,
            found.hidden_rows,
            facts.epoch_1904,
            hidden_columns=found.hidden_columns,
            chart=sheet.chart,
        ),
        sheet.marked,
    )


def _marked(rows: Sequence[Sequence[CellValue]]) -> frozenset[str]:
    """As LoadedSheet.marked."""
    return frozenset(value for cells in rows for value in cells if type(value) is str and value[:1] in BEGINNINGS)


def _with_error_texts(sheet: RawSheet, marked: Iterable[str]) -> RawSheet:
    """Formats without marked errors carry them as text: "#N/A" is an error and not a name. `marked`: texts that may be.

    OpenDocument also gives the 0 of a formula that failed.
    """
    told = {text for text in marked if text.strip() in _ERROR_TEXTS}
    found = dict(sheet.errors)
    for row, column in found:
        if sheet.at(row, column) is not None:
            sheet.rows[row][column] = None
    for row, cells in enumerate(sheet.rows if told else ()):
        for column, value in enumerate(cells):
            if type(value) is str and value in told:
                found[row, column] = value.strip()
                cells[column] = None
    if len(found) == len(sheet.errors):
        return sheet
    return replace(sheet, errors=found)
