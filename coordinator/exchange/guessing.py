"""What a file's columns are taken for, and why: by what was said, by their headers, or by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coordinator.exchange.contents import IsPlace, column_by_contents, contradicts, no_place
from coordinator.exchange.headers import VOCABULARIES
from coordinator.exchange.how_read import NO_WORDS, UNUSED, Reading, SheetReading, Why
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.laid_out import HEADERLESS, laid_out
from coordinator.exchange.layout import LAST_HEADER_ROW, Table, is_blank
from coordinator.exchange.reading import CellValue, RawSheet

_LOOKED_AT = 400
"""Rows below the headers that are looked at."""

_NAMED = frozenset({"full_name", "surname", "given"})
_LEAST_COLUMNS = 2
_ALSO = {"birth_year": "birth", "age": "birth", "surname": "full_name", "given": "full_name", "street": "address"}
"""Columns that make another one superfluous: a list with ages needs no birth dates from a nameless column."""


def guessed(sheets: Sequence[RawSheet], reading: Reading, is_place: IsPlace = no_place) -> Reading:
    """The reading with a guess by contents for each column, and each sheet, whose headers say nothing."""
    for sheet in sheets:
        how = reading.of(sheet.name)
        if sheet.chart or how.use is False:
            continue
        found = _sheet_guess(sheet, how, reading.kind, reading, is_place)
        if found is not how:
            reading = replace(reading, sheets={**reading.sheets, sheet.name: found})
    return reading


def _sheet_guess(
    sheet: RawSheet, how: SheetReading, kind: ListKind | None, reading: Reading, is_place: IsPlace
) -> SheetReading:
    table = laid_out(sheet, how, kind, reading.words)
    if table is None:
        return _without_headers(sheet, how, kind, is_place)
    return _with_contents(table, how, is_place)


def _with_contents(table: Table, how: SheetReading, is_place: IsPlace) -> SheetReading:
    taken = {place for places in table.columns.values() for place in places}
    keys = set(table.columns)
    columns, why = dict(how.columns), dict(how.why)
    for place in range(width(table)):
        if place in taken or place in columns:
            continue
        key = column_by_contents(column_values(table, place), table.kind, is_place)
        if key is not None and key not in keys and _ALSO.get(key, key) not in _covered(keys):
            columns[place], why[place] = key, Why.CONTENTS
            keys.add(key)
    columns, why = _with_surname(table, keys, columns, why)
    return how if columns == how.columns else replace(how, columns=columns, why=why)


def _covered(keys: set[str]) -> set[str]:
    return keys | {_ALSO[key] for key in keys if key in _ALSO}


def _with_surname(
    table: Table, keys: set[str], columns: dict[int, str], why: dict[int, Why]
) -> tuple[dict[int, str], dict[int, Why]]:
    """A column of single words beside one of given names holds the surnames."""
    if "given" not in keys or keys & {"surname", "full_name"}:
        return columns, why
    given = next((place for place, key in columns.items() if key == "given"), (table.columns.get("given") or (-9,))[0])
    for place in (given - 1, given + 1):
        free = place >= 0 and place not in columns and all(place not in found for found in table.columns.values())
        values = [value for value in column_values(table, place) if not is_blank(value)]
        words = [value for value in values if isinstance(value, str) and value.isalpha()]
        if free and values and len(words) * 4 > len(values) * 3:
            return {**columns, place: "surname"}, {**why, place: Why.CONTENTS}
    return columns, why


def _without_headers(sheet: RawSheet, how: SheetReading, kind: ListKind | None, is_place: IsPlace) -> SheetReading:
    """A sheet whose headers nobody knows: the columns by contents under the row that looks most like headers."""
    row = HEADERLESS if how.header_row is None else how.header_row
    if how.header_row is None:
        row = _likely_header(sheet, kind or ListKind.PEOPLE, is_place)
    for tried in [kind] if kind else [ListKind.PEOPLE, ListKind.FLEET]:
        asked = replace(how, header_row=row)
        table = laid_out(sheet, asked, tried, NO_WORDS)
        found = _with_contents(table, asked, is_place) if table is not None else asked
        keys = {key for key in found.columns.values() if key != UNUSED}
        enough = len(keys) >= _LEAST_COLUMNS and (keys & _NAMED or "plate" in keys)
        if enough:
            return found
    return how


def _likely_header(sheet: RawSheet, kind: ListKind, is_place: IsPlace) -> int:
    """The last row of words before the rows of data; HEADERLESS where the first row is data already."""
    for row in range(min(LAST_HEADER_ROW, len(sheet.rows))):
        filled = [value for value in sheet.rows[row] if not is_blank(value)]
        if len(filled) < _LEAST_COLUMNS:
            continue
        words = all(isinstance(value, str) and not value[:1].isdigit() for value in filled)
        looks_like_data = any(
            column_by_contents([value, value], kind, is_place) not in (None, "given", "patronymic", "settlement")
            for value in filled
        )
        return row if words and not looks_like_data else HEADERLESS
    return HEADERLESS


def width(table: Table) -> int:
    """Columns that the table reaches to."""
    rows = table.sheet.rows[max(0, table.header_row) : table.first_row + _LOOKED_AT]
    return max((place + 1 for cells in rows for place, value in enumerate(cells) if not is_blank(value)), default=0)


def column_values(table: Table, place: int) -> list[CellValue]:
    """The cells of a column below the headers, as far as they are looked at."""
    return [table.sheet.at(row, place) for row in range(table.first_row, table.first_row + _LOOKED_AT)]


def why_of(table: Table, place: int, key: str | None) -> Why:
    """Where the meaning of a column comes from."""
    if place in table.how.columns:
        return table.how.why.get(place, Why.SAID)
    return Why.HEADER if key else Why.UNKNOWN


def is_doubtful(table: Table, place: int, key: str | None) -> bool:
    """Whether what stands in the column is not what its header says."""
    return key is not None and why_of(table, place, key) is Why.HEADER and contradicts(key, column_values(table, place))


def keys_for(kind: ListKind) -> list[str]:
    """The columns that a list of this kind may have, each once, in the order of the vocabulary."""
    return list(dict.fromkeys(column.key for column in VOCABULARIES[kind]))
