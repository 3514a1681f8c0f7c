"""How a file would be read, for a person to look at: its sheets, columns with samples, households, open questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.exchange.blocks import ADDRESS_KEYS, guessed_division, household_blocks
from coordinator.exchange.coded import UnknownWord, unknown_words
from coordinator.exchange.contents import sampled
from coordinator.exchange.day_order import DayQuestion, day_questions
from coordinator.exchange.guessing import column_values, is_doubtful, why_of, width
from coordinator.exchange.how_read import UNUSED, Division, Reading, SheetReading, Why
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.laid_out import blanks_below, laid_out
from coordinator.exchange.layout import Table, is_blank
from coordinator.exchange.own_pages import explaining
from coordinator.exchange.people_list import person_lines
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.rows import Row, RowKind, Tick, filled_rows, no_tick
from coordinator.exchange.sheet_scan import column_letters
from coordinator.exchange.understand import NAMED_TWICE, hidden_data_rows, main_kind, tables_of, usable_tables
from coordinator.exchange.values import shown

SAMPLES = 3
FILLABLE = frozenset(
    {
        "surname", "settlement", "hromada", "household_no", "address", "street", "house", "requested_on",
        "evacuation_date", "carrier", "organisation", "driver",
    }
)  # fmt: skip
"""Columns where a blank cell may mean "as above"."""


@dataclass(frozen=True, slots=True)
class ColumnSurvey:
    """One column of a sheet; `key` None is not recognised, UNUSED not wanted. `letter` as in Excel.

    `doubtful`: its cells are not what its header says; `doubled`: another column stands for the same and counts.
    `merged`: cells that are merged over rows; `blanks`: blank cells under a filled one, None where that is no matter.
    """

    place: int
    letter: str
    header: str
    samples: tuple[str, ...]
    key: str | None
    why: Why
    filled: bool
    doubtful: bool = False
    doubled: bool = False
    merged: int = 0
    blanks: int | None = None


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """One sheet. `rows`: with anything in them below the headers, in a sheet without a table all of them.

    `header_row` from 0, HEADERLESS where there is none, None without a table. `hidden`: number, first and last of the
    hidden rows from 1. `households` and `people` are None where they were not counted; `asked_division`: nothing in
    the sheet tells where a household ends. `ours`: it only explains a workbook or form that we made.
    """

    name: str
    rows: int
    visible: bool = True
    chart: bool = False
    used: bool = False
    header_row: int | None = None
    kind: ListKind | None = None
    columns: tuple[ColumnSurvey, ...] = ()
    settlement: str = ""
    hidden: tuple[int, int, int] | None = None
    days: tuple[DayQuestion, ...] = ()
    epoch_1904: bool = False
    division: Division | None = None
    asked_division: bool = False
    households: int | None = None
    people: int | None = None
    how: SheetReading = SheetReading()
    ours: bool = False

    def column(self, key: str) -> ColumnSurvey | None:
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole file. `kind` None: nothing in it is a list."""

    kind: ListKind | None
    sheets: tuple[SheetSurvey, ...]
    words: tuple[UnknownWord, ...]
    list_on: date

    @property
    def used(self) -> tuple[SheetSurvey, ...]:
        return tuple(sheet for sheet in self.sheets if sheet.used)

    @property
    def households(self) -> int | None:
        counts = [sheet.households for sheet in self.used]
        return None if None in counts or not counts else sum(filter(None, counts))

    @property
    def people(self) -> int | None:
        counts = [sheet.people for sheet in self.used]
        return None if None in counts or not counts else sum(filter(None, counts))


def surveyed(
    sheets: Sequence[RawSheet], reading: Reading, list_on: date, *, count: bool = True, tick: Tick = no_tick
) -> Survey:
    """Look at all sheets. `count`: also tell the households apart and count blanks, which takes nearly as long as
    reading them. `tick` hears how much is done, 0 to 1, and may raise.
    """
    tables = tables_of([sheet for sheet in sheets if not sheet.chart], reading)
    usable = usable_tables(tables)
    kind = reading.kind or (main_kind(usable.values()) if usable else None)
    used = {name: table for name, table in usable.items() if table.kind is kind}
    found, ours = [], explaining(sheets)
    for number, sheet in enumerate(sheets):
        table, how = used.get(sheet.name), reading.of(sheet.name)
        if table is None:
            bare = _unused(sheet, tables.get(sheet.name), how, reading)
            found.append(replace(bare, ours=sheet.name in ours))
        else:
            found.append(_sheet(sheet, table, how, list_on, count, _part_of(tick, number, len(sheets))))
    return Survey(kind, tuple(found), tuple(unknown_words(used.values())), list_on)


def _part_of(tick: Tick, number: int, sheets: int) -> Tick:
    return lambda part: tick((number + part) / sheets)


def _unused(sheet: RawSheet, table: Table | None, how: SheetReading, reading: Reading) -> SheetSurvey:
    """A sheet that is not read; where it has a table, its columns can be looked at all the same."""
    rows = sum(1 for cells in sheet.rows if any(not is_blank(value) for value in cells))
    bare = SheetSurvey(sheet.name, rows, sheet.visible, sheet.chart, how=how)
    if table is None and how.use is False:
        table = laid_out(sheet, replace(how, use=None), reading.kind, reading.words)
    if table is None:
        return bare
    rows = sum(row.kind is RowKind.DATA for row in filled_rows(table))
    return replace(
        bare,
        rows=rows,
        header_row=table.header_row,
        kind=table.kind,
        columns=_columns(table),
        settlement=table.settlement,
    )


def _sheet(sheet: RawSheet, table: Table, how: SheetReading, list_on: date, count: bool, tick: Tick) -> SheetSurvey:
    hidden = hidden_data_rows(sheet, table.first_row)
    rows = list(filled_rows(table, lambda part: tick(part * 0.6))) if count else []
    found = SheetSurvey(
        sheet.name,
        sum(row.kind is RowKind.DATA for row in rows) if count else len(table.sheet.rows) - table.first_row,
        sheet.visible,
        used=True,
        header_row=table.header_row,
        kind=table.kind,
        columns=_columns(table, rows),
        settlement="" if table.has("settlement") and how.settlement is None else table.settlement,
        hidden=(len(hidden), hidden[0] + 1, hidden[-1] + 1) if hidden else None,
        days=tuple(day_questions(table, table.list_on or list_on)),
        epoch_1904=table.sheet.epoch_1904,
        how=how,
    )
    if table.kind is not ListKind.PEOPLE:
        return replace(found, households=found.rows) if count else found
    asked = how.division is None and not any(_says_anything(table, key) for key in (*ADDRESS_KEYS, "household_no"))
    if count or asked:
        return _with_households(found, table, rows, asked, lambda part: tick(0.6 + part * 0.4))
    return replace(found, division=how.division)


def _with_households(found: SheetSurvey, table: Table, rows: Sequence[Row], asked: bool, tick: Tick) -> SheetSurvey:
    """`asked`: nobody has said how they are told apart, and no column says it; with one person there is no question."""
    lines = person_lines(table, rows or filled_rows(table))
    blocks = household_blocks(table, lines, tick)
    return replace(
        found,
        division=found.how.division or guessed_division(table, lines),
        asked_division=asked and len(lines) > 1,
        households=len(blocks),
        people=len(lines),
    )


def _says_anything(table: Table, key: str) -> bool:
    return table.has(key) and any(
        table.own(row, key) is not None for row in range(table.first_row, len(table.sheet.rows))
    )


def _columns(table: Table, rows: Sequence[Row] = ()) -> tuple[ColumnSurvey, ...]:
    """`rows`: the filled ones, where blanks are to be counted."""
    keys = {place: key for key, places in table.columns.items() for place in places}
    merged: dict[int, int] = {}
    for _row, place in table.starts:
        merged[place] = merged.get(place, 0) + 1
    below = _blanks(table, frozenset(p for p, key in keys.items() if key in FILLABLE), rows)
    found = []
    for place in range(width(table)):
        key = UNUSED if place in table.unused else keys.get(place)
        values = sampled(column_values(table, place))
        header = table.headers.get(place, "")
        if not values and not header:
            continue
        doubled = key in NAMED_TWICE and place != table.columns[key][0] and place not in table.how.columns
        found.append(
            ColumnSurvey(
                place, column_letters(place), header, tuple(dict.fromkeys(map(shown, values)))[:SAMPLES], key,
                why_of(table, place, key), bool(values), is_doubtful(table, place, key), doubled,
                merged.get(place, 0), below.get(place) if key in FILLABLE else None,
            )
        )  # fmt: skip
    return tuple(found)


def _blanks(table: Table, places: frozenset[int], rows: Sequence[Row]) -> dict[int, int]:
    """Column -> its blank cells under a filled one; those that are filled down already are blank no more."""
    found = dict.fromkeys(places, 0)
    for _row, place, _above in blanks_below(table, places, rows):
        found[place] += 1
    return found
