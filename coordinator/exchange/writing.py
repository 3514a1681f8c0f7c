"""Writing workbooks: typed cells, phones as text, a frozen header, lists to choose from where values are coded.

Text is always written as text, so that a name that begins with "=" stays a name. XlsxWriter tells of a cell
that it could not write only by a return code; each is looked at.
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from coordinator.domain.days import kyiv
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.memory_book import MemoryBook
from coordinator.exchange.protected import protected
from coordinator.exchange.sheet_plot import SheetPlot, draw
from coordinator.meanwhile import asking
from db.files import replacing
from resources.i18n import _

MOST_TEXT = 32_767
MOST_NAME = 31
_NEEDED_MEGABYTES = 20
"""Room for the list of a town of 60,000 people beside the older file."""
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no part of a workbook can hold: control characters, halves of characters."""
_DRAFT = re.compile(r"\..*-[a-z0-9_]{8}\.(xlsx|csv|pdf)")
"""Names that db.files.replacing gives to what is not finished yet."""
_STALE_SECONDS = 15 * 60
"""What is younger can be a draft that another program, or another thread, is just writing."""
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_TAKEN_BY_EXCEL = "history"


class DateStyle(StrEnum):
    """How days are written: as dates shown one way or the other, or as plain text."""

    DOTS = "dots"
    ISO = "iso"
    TEXT = "text"


SHOWN_AS = {DateStyle.DOTS: "dd.mm.yyyy", DateStyle.ISO: "yyyy-mm-dd", DateStyle.TEXT: "dd.mm.yyyy"}
_AS_TEXT = {DateStyle.DOTS: "%d.%m.%Y", DateStyle.ISO: "%Y-%m-%d", DateStyle.TEXT: "%d.%m.%Y"}


class CellKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """`title` is English and translated when written; `choices` are the words allowed in the column.

    `header`: the words that a recipient wants above the column instead of the title. `hidden`: only a chart of the
    workbook reads it.
    """

    key: str
    title: str
    width: float = 12
    kind: CellKind = CellKind.TEXT
    choices: tuple[str, ...] = ()
    tag: str = ""
    header: str = ""
    hidden: bool = False

    @property
    def words(self) -> str:
        """What stands above the column, in the language of the moment."""
        return self.header or _(self.title)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: columns, rows of values in their order, and whether a row of HXL hashtags stands above the data."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    hxl: bool = False
    count: int = 0
    plots: Sequence[SheetPlot] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A sheet of plain lines: what the workbook is, when and by whom it was written, definitions."""

    name: str
    lines: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Finish:
    """What a workbook gets beside its rows: the mark by which it is known again, a password, the way of dates."""

    stamp: str = ""
    password: str = ""
    dates: DateStyle = DateStyle.DOTS


PLAIN = Finish()
STAMP_PROPERTY = "EvacuationCoordinator"
"""The property of a workbook that holds the mark; programs keep it where they save the file anew."""

Progress = Callable[[float, str], bool]
Ready = Callable[[Path, int], object]
"""Called with the finished draft and its rows before it takes its name; what it raises leaves the old file there."""


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    notes: Sequence[Note] = (),
    progress: Progress | None = None,
    ready: Ready | None = None,
    finish: Finish = PLAIN,
) -> int:
    """Write `path` whole, or leave what was there. Returns the rows written.

    Nothing of it lies anywhere else meanwhile but in the draft beside `path`; under a password that too is encrypted.

    UserError: "export.folder_missing", "export.cannot_write" (open elsewhere), "export.disk_full", "export.too_long".
    """
    return write_whole(path, lambda draft: _write(draft, sheets, notes, progress, finish), ready)


def write_whole(path: Path, write: Callable[[Path], int], ready: Ready | None = None) -> int:
    """Let `write` fill a draft that takes the place of `path` when all went well; `ready`, UserError: as above."""
    if not path.parent.is_dir():
        raise UserError("export.folder_missing", path=str(path.parent))
    _sweep(path.parent)
    try:
        with replacing(path) as draft:
            rows = write(draft)
            if ready is not None:
                ready(draft, rows)
            return rows
    except (OSError, XlsxWriterException) as fault:
        raise _told(fault, path) from fault


def _told(fault: OSError | XlsxWriterException, path: Path) -> UserError:
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        free = shutil.disk_usage(path.parent).free // (1024 * 1024)
        return UserError("export.disk_full", path=str(path), free=free, needed=_NEEDED_MEGABYTES)
    reason = getattr(fault, "strerror", None) or str(fault)
    return UserError("export.cannot_write", path=str(path), reason=reason)


def _sweep(folder: Path) -> None:
    """Remove what an export that was killed left there: it holds names, and nobody would look for it."""
    stale = datetime.now(UTC).timestamp() - _STALE_SECONDS
    for entry in folder.iterdir():
        if _DRAFT.fullmatch(entry.name):
            with suppress(OSError):
                if entry.stat().st_mtime < stale:
                    entry.unlink()


def _write(
    path: Path, sheets: Sequence[Sheet], notes: Sequence[Note], progress: Progress | None, finish: Finish
) -> int:
    whole = BytesIO()
    book = MemoryBook(whole)
    book.set_properties({"created": datetime.now(UTC).replace(tzinfo=None), "author": ""})
    if finish.stamp:
        book.set_custom_property(STAMP_PROPERTY, finish.stamp)
    formats = _Formats(book, finish.dates)
    total = 0
    try:
        names = sheet_names([*(sheet.name for sheet in sheets), *(note.name for note in notes)])
        for name, sheet in zip(names, sheets, strict=False):
            page = book.add_worksheet(name)
            written = _write_sheet(page, sheet, formats, progress)
            if sheet.plots and written:
                first = 2 if sheet.hxl else 1
                draw(book, page, sheet.plots, [column.key for column in sheet.columns], first, first + written - 1)
            total += written
        for name, note in zip(names[len(sheets) :], notes, strict=True):
            _write_note(book.add_worksheet(name), note, formats)
    except BaseException:
        with suppress(OSError, XlsxWriterException):
            book.close()
        raise

    def packed() -> bytes | memoryview:
        book.close()
        return protected(whole, finish.password) if finish.password else whole.getbuffer()

    content = asking(packed, lambda: go_on(progress, 1))
    # Not by XlsxWriter: a full disk would leave its archive half open.
    path.write_bytes(content)
    return total


def go_on(progress: Progress | None, part: float) -> None:
    """Raises Cancelled where `progress` says stop."""
    if progress and not progress(part, "export"):
        raise Cancelled


_OF_DAYS = frozenset({CellKind.DATE, CellKind.MOMENT})


class _Formats:
    def __init__(self, book: Any, dates: DateStyle) -> None:
        day = SHOWN_AS[dates]
        self.dates = dates
        self.header: Format = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF2"}
        )
        self.tag: Format = book.add_format({"font_color": "#5A6672", "italic": True})
        self.text: Format = book.add_format({"valign": "top", "num_format": "@"})
        self.wrapped: Format = book.add_format({"valign": "top", "text_wrap": True})
        self.of: dict[CellKind, Format] = {
            CellKind.TEXT: self.text,
            CellKind.INTEGER: book.add_format({"valign": "top", "num_format": "0"}),
            CellKind.NUMBER: book.add_format({"valign": "top", "num_format": "0.00000"}),
            CellKind.DATE: book.add_format({"valign": "top", "num_format": day}),
            CellKind.MOMENT: book.add_format({"valign": "top", "num_format": f"{day} hh:mm"}),
            CellKind.TIME: book.add_format({"valign": "top", "num_format": "hh:mm"}),
        }


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats, progress: Progress | None) -> int:
    first = 2 if sheet.hxl else 1
    page.freeze_panes(first, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, first - 1)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, None, {"hidden": column.hidden})
        _checked(page.write_string(0, at, plain_text(column.words), formats.header), sheet.name, 0, at)
    if sheet.hxl:
        for at, column in enumerate(sheet.columns):
            page.write_string(1, at, column.tag, formats.tag)
    line = first
    for row in sheet.rows:
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, sheet.name, line, at, column, value, formats)
        line += 1
        if line % 500 == 0:
            go_on(progress, line / max(sheet.count, line))
    _validate(page, sheet, first, line)
    page.autofilter(0 if not sheet.hxl else 1, 0, max(line - 1, first), len(sheet.columns) - 1)
    return line - first


def _write_cell(page: Any, name: str, line: int, at: int, column: Column, value: object, formats: _Formats) -> None:
    if value is None or value == "":
        return
    value = typed(value, formats.dates)
    style = formats.of[column.kind]
    result: int
    if isinstance(value, (datetime, date, time)):
        result = page.write_datetime(line, at, value, style)
    elif isinstance(value, (int, float)):
        # A year among days would be shown as a day of 1905.
        plain = formats.of[CellKind.INTEGER] if column.kind in _OF_DAYS else style
        result = page.write_number(line, at, value, plain)
    else:
        text = plain_text(value)
        if len(text) > MOST_TEXT:
            raise UserError("export.too_long", sheet=name, cell=cell_name(line, at), most=MOST_TEXT)
        result = page.write_string(line, at, text, formats.text) if text else 0
    _checked(result, name, line, at)


def typed(value: object, dates: DateStyle) -> object:
    """A value as a cell holds it: words for yes and no, Kyiv time without its zone, days as text where wanted."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        moment = kyiv(value).replace(tzinfo=None)
        return day_text(moment, dates) if dates is DateStyle.TEXT else moment
    if isinstance(value, date) and dates is DateStyle.TEXT:
        return day_text(value, dates)
    return value


def day_text(value: date | datetime, dates: DateStyle) -> str:
    """A day, or a moment in Kyiv time with its minutes, in words of figures: "15.08.2023", "2023-08-15 09:40"."""
    clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    return f"{value:{_AS_TEXT[dates]}}{clock}"


def cell_text(value: object, dates: DateStyle) -> str:
    """A value as it is read in a cell: days and times in figures, words for yes and no."""
    value = "" if value is None else typed(value, dates)
    if isinstance(value, (date, datetime)):
        return day_text(value, dates)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return plain_text(value)


def plain_text(value: object) -> str:
    """The text without what no workbook can hold."""
    return _NO_XML.sub("", str(value))


def _checked(result: int, sheet: str, line: int, at: int) -> None:
    if result != 0:
        raise UserError("export.cell_refused", sheet=sheet, cell=cell_name(line, at))


def _validate(page: Worksheet, sheet: Sheet, first: int, after: int) -> None:
    for at, column in enumerate(sheet.columns):
        if column.choices:
            page.data_validation(
                first, at, max(after - 1, first) + 200, at, {"validate": "list", "source": list(column.choices)}
            )


def _write_note(page: Worksheet, note: Note, formats: _Formats) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    for line, (title, text) in enumerate(note.lines):
        page.write_string(line, 0, plain_text(title), formats.header)
        page.write_string(line, 1, plain_text(text)[:MOST_TEXT], formats.wrapped)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes: at most 31 characters, without its signs, none twice in whatever case."""
    given: list[str] = []
    for name in wanted:
        plain = plain_text(name).replace("\n", " ").translate(_NOT_IN_SHEET_NAMES).strip("' ")[:MOST_NAME].strip("' ")
        start, found, number = plain or "1", plain or "1", 1
        while found.casefold() in {_TAKEN_BY_EXCEL, *(one.casefold() for one in given)}:
            number += 1
            found = f"{start[: MOST_NAME - len(f' ({number})')]} ({number})"
        given.append(found)
    return given


def cell_name(line: int, at: int) -> str:
    """Zero-based row and column as Excel names the cell: (16, 2) is "C17"."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line + 1}"
