"""A table as text that Excel opens with a double click: UTF-8 with its mark, semicolons, no cell that begins a formula.

A text that a program could take for a formula gets an apostrophe in front, which our own reading takes off again
(FAULTS 65; https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date, time
from io import StringIO
from pathlib import Path

from coordinator.errors import Cancelled
from coordinator.exchange.writing import DateStyle, Progress, Ready, Sheet, cell_text, write_whole

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
SEPARATOR = ";"
_OFTEN = 500


def write_table(
    path: Path, sheet: Sheet, dates: DateStyle, progress: Progress | None = None, ready: Ready | None = None
) -> int:
    """Write `path` whole, or leave what was there; returns the rows of data. UserError: as `write_workbook`."""
    return write_whole(path, lambda draft: _write(draft, sheet, dates, progress), ready)


def escaped(text: str) -> str:
    """The text with an apostrophe in front where it, or what stands after its apostrophes, begins like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _write(draft: Path, sheet: Sheet, dates: DateStyle, progress: Progress | None) -> int:
    whole = StringIO(newline="")
    lines = csv.writer(whole, delimiter=SEPARATOR, lineterminator="\r\n")
    lines.writerow([_cell(column.words, dates) for column in sheet.columns])
    if sheet.hxl:
        lines.writerow([column.tag for column in sheet.columns])
    rows = 0
    for rows, row in enumerate(sheet.rows, start=1):
        lines.writerow(_cells(row, dates))
        if progress and rows % _OFTEN == 0 and not progress(rows / max(sheet.count, rows), "export"):
            raise Cancelled
    draft.write_bytes(whole.getvalue().encode("utf-8-sig"))
    return rows


def _cells(row: Iterable[object], dates: DateStyle) -> list[str]:
    return [_cell(value, dates) for value in row]


def _cell(value: object, dates: DateStyle) -> str:
    """Decimals with the comma that goes with the semicolon."""
    text = cell_text(value, dates)
    if isinstance(value, (int, float)):
        return text.replace(".", ",")
    return text if isinstance(value, (date, time)) else escaped(text)
