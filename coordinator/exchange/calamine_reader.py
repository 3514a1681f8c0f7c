"""Cells out of a workbook by calamine, here or in a process of its own.

One wrong byte in a binary workbook (.xls, .xlsb) can ask the reader for a hundred gigabytes, which ends the
whole process, and a broken .ods can hold it for ever. So these are read by a child that may die: this file
run as a script, with the workbook on its standard input. Nothing is written to disk.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

if sys.platform != "win32":
    import resource

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

Value = str | float | bool | date | datetime | time | timedelta | None

SECONDS = 60
"""What a child may take; the largest .xls that the format allows takes about two."""

BEGINNINGS = ("#", "E")
"""With these Excel and LibreOffice begin the texts of errors."""

_MEMORY = 3 << 30
_LOCKED, _BROKEN = 4, 3


class LoadedSheet(NamedTuple):
    """A worksheet as calamine gives it; rows and columns count from 0, an empty cell is None. `marked`: the texts that
    begin as errors do."""

    name: str
    visible: bool
    merged: tuple[tuple[int, int, int, int], ...]
    rows: list[list[Value]]
    marked: frozenset[str] = frozenset()
    chart: bool = False


def load(content: bytes) -> list[LoadedSheet]:
    """All worksheets, and chart sheets without cells. Raises CalamineError, PasswordError."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        without_cells = (SheetTypeEnum.Vba, SheetTypeEnum.DialogSheet)
        return [
            LoadedSheet(sheet.name, True, (), [], chart=True)
            if sheet.typ is SheetTypeEnum.ChartSheet
            else _sheet(book, sheet.name, sheet.visible is SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ not in without_cells
        ]
    except (OSError, ValueError, MemoryError) as broken:
        raise CalamineError(str(broken)) from broken
    except BaseException as panic:
        # A panic of the Rust code is a BaseException of a kind that the package does not export.
        if type(panic).__name__ != "PanicException":
            raise
        raise CalamineError(str(panic)) from panic


def _sheet(book: CalamineWorkbook, name: str, visible: bool) -> LoadedSheet:
    sheet = book.get_sheet_by_name(name)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    # Row by row: the whole table in one call would hold up every other thread, that of the window too. What is left of
    # the filled area is then missing, what is above it is not.
    before: list[Value] = [None] * (sheet.start[1] if sheet.start else 0)
    texts: dict[str, str] = {}
    rows = [_values(row, texts) for row in sheet.iter_rows()]
    rows = [before + row for row in rows] if before else rows
    return LoadedSheet(name, visible, merged, rows, frozenset([text for text in texts if text[:1] in BEGINNINGS]))


def _values(cells: Iterable[Value], texts: dict[str, str]) -> list[Value]:
    """The cells of a row, empty ones and numbers that are none as None. Equal texts are one: a list says the same
    thousands of times, and each cell brings its own."""
    said = texts.setdefault
    return [
        (said(value, value) or None)
        if type(value) is str
        else (value if type(value) is not float or isfinite(value) else None)
        for value in cells
    ]


def load_apart(content: bytes) -> list[LoadedSheet]:
    """The same from a child process. Raises CalamineError where it died or took too long, PasswordError."""
    if not sys.executable:
        return load(content)
    command = [sys.executable, "-P", str(Path(__file__).resolve())]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as failed:
        raise CalamineError(str(failed)) from failed
    if done.returncode == _LOCKED:
        raise PasswordError("")
    if done.returncode != 0:
        raise CalamineError(str(done.returncode))
    sheets: list[Any] = pickle.loads(done.stdout)
    return [LoadedSheet(*sheet) for sheet in sheets]


def _limit_memory() -> None:
    """Where the system has such limits, a wish for too much memory fails at once and harms nobody."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _serve() -> int:
    """Standard input to standard output; the exit code tells what went wrong."""
    _limit_memory()
    try:
        sheets = load(sys.stdin.buffer.read())
    except PasswordError:
        return _LOCKED
    except CalamineError:
        return _BROKEN
    pickle.dump([tuple(sheet) for sheet in sheets], sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_serve())
