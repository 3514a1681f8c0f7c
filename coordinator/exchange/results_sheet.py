"""The results sheet: a blank for the day's lists, and what somebody wrote into it, in Ukrainian or English.

A row is a stop (list and household number), people who came along, or "trip arrived" of a list. What cannot be
read is set aside with its cell and reason; a row without an entry is blank: nothing came back yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coordinator.domain.days import split_turn
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.exchange.delimited import read_delimited
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.reading import CellValue, RawSheet, read_workbook
from coordinator.exchange.results_cells import (
    ALONG_WORDS,
    ARRIVED_WORDS,
    COLUMN_WORDS,
    NO_WORDS,
    RESULT_WORDS,
    YES_WORDS,
    Unreadable,
    column_keys,
    key_of,
    keys,
    read_boarded,
    read_count,
    read_list,
    read_result,
    read_time,
    text_of,
)
from coordinator.exchange.writing import CellKind, Column, Ready, Sheet, cell_name, write_workbook
from resources.i18n import _

_WIDTHS = {
    "list": 14, "stop": 6, "household": 12, "who": 30, "settlement": 20, "address": 26, "people": 8, "members": 40,
    "result": 16, "boarded": 16, "time": 10, "note": 36,
}  # fmt: skip
_KINDS = dict.fromkeys(("stop", "household", "people"), CellKind.INTEGER) | {"time": CellKind.TIME}
BARE_ORDER = ("list", "household", "result", "boarded", "time", "note", "who")
"""Columns of lines without a header, as somebody types them into a terminal."""
_HEADER_WITHIN = 15
_OF_RESULTS = frozenset({"list", "household", "result", "boarded"})


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A row to be filled in. Without a household: a free line for people met, or with `arrival` the trip's arrival."""

    list_number: str
    stop: int | None = None
    household: int | None = None
    who: str = ""
    settlement: str = ""
    address: str = ""
    people: int | None = None
    members: str = ""
    arrival: bool = False


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """The whole blank, for the log of prints."""

    rows: tuple[BlankRow, ...]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One entry. `list_number` None: the list on which the household stands that day.

    `list_day`: the day of the list, where the sheet says it. `result` of a stop;
    `along`: came along (a known household, or `who` and `boarded` people nobody knew);
    `arrived`: the list's trip arrived. `boarded` how many, or `members` by their numbers. `time` in minutes;
    `turn` 1 or 2: which of two, in the night when the clocks go back.
    """

    at: Cell
    list_number: int | None = None
    list_day: date | None = None
    household: int | None = None
    result: StopResult | None = None
    along: bool = False
    arrived: bool = False
    boarded: int | None = None
    members: tuple[int, ...] = ()
    time: int | None = None
    turn: int = 0
    note: str = ""
    who: str = ""
    settlement: str = ""


@dataclass(frozen=True, slots=True)
class ResultsRead:
    """rows_read = lines + set_aside + blank. `warnings` are about lines that are used all the same."""

    lines: tuple[ResultLine, ...] = ()
    set_aside: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    blank: int = 0

    @property
    def days(self) -> frozenset[date]:
        """The days of the lists that the sheet names with their day."""
        return frozenset(line.list_day for line in self.lines if line.list_day is not None)

    @property
    def rows_read(self) -> int:
        return len(self.lines) + len(self.set_aside) + self.blank


def write_results_sheet(path: Path, name: str, rows: Iterable[BlankRow], ready: Ready | None = None) -> int:
    """Write the blank with a list to choose results from; returns its rows. `ready`, UserError: as `write_workbook`."""
    words = tuple(_(first) for first, *_others in (*RESULT_WORDS.values(), ALONG_WORDS, YES_WORDS))
    columns = [
        Column(key, title, _WIDTHS[key], _KINDS.get(key, CellKind.TEXT), words if key == "result" else ())
        for key, (title, *_others) in COLUMN_WORDS.items()
    ]
    return write_workbook(path, [Sheet(name, columns, [_blank_cells(row) for row in rows])], ready=ready)


def _blank_cells(row: BlankRow) -> tuple[object, ...]:
    who = _(ARRIVED_WORDS[0]) if row.arrival else row.who
    told = (row.list_number, row.stop, row.household, who, row.settlement, row.address, row.people, row.members)
    return (*told, None, None, None, None)


def read_results(path: Path) -> ResultsRead:
    """Read a filled sheet (xlsx, ods, csv …). UserError import.… or "results.no_header"."""
    return _read(path.name, read_workbook(path))


def read_results_text(content: bytes, name: str = "-") -> ResultsRead:
    """Read lines of text: CSV with the sheet's header, or bare: list, household, result, boarded, time, note, name."""
    rows: list[list[CellValue]] = [[cell or None for cell in row] for row in read_delimited(name, content)]
    return _read(name, [RawSheet(name, rows)])


def is_results(sheets: Sequence[RawSheet]) -> bool:
    """Whether a workbook has the headers of a results sheet, all that no list of people has together."""
    return any(found[0].keys() >= _OF_RESULTS for sheet in sheets if (found := _columns(sheet)) and found[1])


def _read(name: str, sheets: Sequence[RawSheet]) -> ResultsRead:
    read = [_Reader(sheet, *found).read() for sheet in sheets if (found := _columns(sheet)) is not None]
    if not read:
        raise UserError("results.no_header", file=name)
    return ResultsRead(
        tuple(line for part in read for line in part.lines),
        tuple(remark for part in read for remark in part.set_aside),
        tuple(remark for part in read for remark in part.warnings),
        sum(part.blank for part in read),
    )


def _columns(sheet: RawSheet) -> tuple[dict[str, int], int] | None:
    """Column key -> index, and the first row of data; None where the sheet is no results sheet."""
    for number, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        found: dict[str, int] = {}
        for at, cell in enumerate(row):
            key = column_keys().get(key_of(cell))
            if key is not None:
                found.setdefault(key, at)
        if "result" in found and found.keys() & {"list", "household"}:
            return found, number + 1
    first = next((row for row in sheet.rows if any(cell is not None for cell in row)), [])
    if len(first) >= 3 and (_number_like(first[0]) or _number_like(first[1])):
        return {key: at for at, key in enumerate(BARE_ORDER)}, 0
    return None


def _number_like(cell: CellValue) -> bool:
    return key_of(cell)[-1:].isdecimal()


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: RawSheet, columns: dict[str, int], first: int) -> None:
        self.sheet, self.columns, self.first = sheet, columns, first
        self.lines: list[ResultLine] = []
        self.set_aside: list[Remark] = []
        self.warnings: list[Remark] = []
        self.blank = 0

    def read(self) -> ResultsRead:
        for row in range(self.first, len(self.sheet.rows)):
            if any(cell is not None for cell in self.sheet.rows[row]) or self._error(row):
                self._row(row)
        return ResultsRead(tuple(self.lines), tuple(self.set_aside), tuple(self.warnings), self.blank)

    def _row(self, row: int) -> None:
        try:
            line = self._line(row)
        except Unreadable as fault:
            self.set_aside.append(Remark(fault.code, self._cell(row, fault.column)))
            return
        if line is None:
            self.blank += 1
        else:
            self.lines.append(line)

    def _line(self, row: int) -> ResultLine | None:
        for key in ("list", "household", "result", "boarded"):
            if (row, self.columns.get(key, -1)) in self.sheet.errors:
                raise Unreadable("results.cell_error", key)
        said = key_of(self._value(row, "result"))
        household = read_count(self._value(row, "household"), "household")
        if household is None and self._is_arrival(row, said):
            return self._arrival(row, said)
        along = said in keys(ALONG_WORDS)
        if not said and not (household is None and self._told(row)):
            return None
        result = None if along or (not said and household is None) else read_result(said)
        boarded, members = read_boarded(self._value(row, "boarded"))
        time, turn = self._time(row)
        list_day, list_number = read_list(self._value(row, "list"))
        return ResultLine(
            at=self._cell(row, "result"),
            list_number=list_number,
            list_day=list_day,
            household=household,
            result=result,
            along=result is None,
            boarded=boarded,
            members=members,
            time=time,
            turn=turn,
            note=text_of(self._value(row, "note")),
            who=text_of(self._value(row, "who")),
            settlement=text_of(self._value(row, "settlement")),
        )

    def _told(self, row: int) -> bool:
        """A line for people met says a name or a number."""
        return bool(text_of(self._value(row, "who")) or text_of(self._value(row, "boarded")))

    def _is_arrival(self, row: int, said: str) -> bool:
        return bool({said, key_of(self._value(row, "who"))} & keys(ARRIVED_WORDS))

    def _arrival(self, row: int, said: str) -> ResultLine | None:
        """Yes, the word itself, or a time alone: arrived. No, or nothing: not yet."""
        (day, number), (time, turn) = read_list(self._value(row, "list")), self._time(row)
        if not (said in keys(ARRIVED_WORDS) | keys(YES_WORDS) or (time is not None and not said)):
            if said and said not in keys(NO_WORDS):
                raise Unreadable("results.result_unreadable", "result")
            return None
        if number is None:
            raise Unreadable("results.list_unreadable", "list")
        return ResultLine(self._cell(row, "result"), number, day, arrived=True, time=time, turn=turn)

    def _time(self, row: int) -> tuple[int | None, int]:
        """Minutes, and which of two times it was where somebody wrote "03:30 (2)"."""
        cell, turn = self._value(row, "time"), 0
        if isinstance(cell, str):
            cell, turn = split_turn(cell)
        try:
            return read_time(cell), turn
        except Unreadable as fault:
            self.warnings.append(Remark(fault.code, self._cell(row, "time")))
            return None, 0

    def _value(self, row: int, key: str) -> CellValue:
        return self.sheet.at(row, self.columns[key]) if key in self.columns else None

    def _error(self, row: int) -> bool:
        return any(at == row for at, _column in self.sheet.errors)

    def _cell(self, row: int, key: str) -> Cell:
        at = self.columns.get(key, 0)
        value = self.sheet.errors.get((row, at)) or text_of(self.sheet.at(row, at))
        return Cell(self.sheet.name, cell_name(row, at), value)
