"""The table of a sheet where a person has said how it is read: what they said stands over what is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from coordinator.domain.names import clean
from coordinator.exchange.headers import columns_in, header_key
from coordinator.exchange.how_read import UNUSED, SheetReading, Words
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.layout import Table, after_header, completed, find_table, is_blank, tables_at
from coordinator.exchange.reading import CellValue, RawSheet
from coordinator.exchange.rows import Row, RowKind, filled_rows

HEADERLESS = -1
"""In place of the number of the header row, where the data begin with the first row."""

_EPOCHS = timedelta(days=1462)
"""From the first day of one way of counting days to that of the other."""


def laid_out(sheet: RawSheet, how: SheetReading, kind: ListKind | None, words: Words) -> Table | None:
    """The table of a sheet, read as `how` says; None where it has none, or is left out.

    `kind`: of the whole list, where it is said.
    """
    if how.use is False:
        return None
    sheet = _prepared(sheet, how)
    table = _forced(sheet, how, kind) if _is_said(how, kind) else find_table(sheet)
    if table is None:
        return None
    unused = frozenset(place for place, key in how.columns.items() if key == UNUSED)
    table = replace(table, how=how, words=words, unused=unused)
    if how.settlement is not None:
        table = replace(table, settlement=how.settlement)
    if not how.merged_down:
        table = replace(table, over={})
    return _filled_down(table) if how.fill_down else table


def _is_said(how: SheetReading, kind: ListKind | None) -> bool:
    return bool(how.header_row is not None or how.columns or kind is not None)


def _forced(sheet: RawSheet, how: SheetReading, kind: ListKind | None) -> Table | None:
    found = find_table(sheet) if how.header_row is None else _at_row(sheet, how.header_row)
    if found is None:
        if how.header_row is None or not sheet.rows:
            return None
        found = _by_hand(sheet, how.header_row, kind or ListKind.PEOPLE)
    elif kind is not None and found.kind is not kind and _may_be(found, how, kind):
        keys = [header_key(found.headers.get(place, "")) for place in range(_width(sheet, found.header_row))]
        found = replace(found, kind=kind, columns=columns_in(keys, kind))
    columns = _overlaid(found, how) if how.columns else found.columns
    kept = kind if kind is None or found.kind is kind else found.kind
    return completed(replace(found, columns=columns), kept)


_FAMILIES = (ListKind.PEOPLE, ListKind.REQUESTS)


def _may_be(found: Table, how: SheetReading, kind: ListKind) -> bool:
    """The vehicles that stand beside a list of people in one workbook are none, whatever the list is said to be."""
    return how.header_row is not None or (kind in _FAMILIES and found.kind in _FAMILIES)


def _at_row(sheet: RawSheet, row: int) -> Table | None:
    """The best table whose headers stand in this row."""
    if not 0 <= row < len(sheet.rows):
        return None
    found = list(tables_at(sheet, row))
    return max(reversed(found), key=lambda table: len(table.columns), default=None)


def _by_hand(sheet: RawSheet, row: int, kind: ListKind) -> Table:
    """A table whose headers nobody knows."""
    cells = sheet.rows[row] if 0 <= row < len(sheet.rows) else []
    texts = [clean(value) if isinstance(value, str) else "" for value in cells]
    columns = columns_in([header_key(text) for text in texts], kind)
    headers = {place: text for place, text in enumerate(texts) if text}
    return Table(sheet, kind, row, after_header(sheet, row + 1), columns, headers)


def _width(sheet: RawSheet, row: int) -> int:
    return len(sheet.rows[row])


def _overlaid(table: Table, how: SheetReading) -> dict[str, tuple[int, ...]]:
    """Key -> places, with what was said for a place in front of what its header says."""
    said = dict(how.columns)
    found = {place: key for key, places in table.columns.items() for place in places}
    found.update(said)
    columns: dict[str, list[int]] = {}
    for place, key in sorted(found.items()):
        if key != UNUSED:
            columns.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in columns.items()}


def _prepared(sheet: RawSheet, how: SheetReading) -> RawSheet:
    """The cells with their days counted as was said, and without hidden rows where they are not wanted."""
    if how.epoch_1904 is not None and how.epoch_1904 != sheet.epoch_1904:
        shift = _EPOCHS if how.epoch_1904 else -_EPOCHS
        rows = [[_moved(value, shift) for value in cells] for cells in sheet.rows]
        sheet = replace(sheet, rows=rows, epoch_1904=how.epoch_1904)
    if how.hidden_rows is False and sheet.hidden_rows:
        shown = [[] if row in sheet.hidden_rows else cells for row, cells in enumerate(sheet.rows)]
        errors = {spot: text for spot, text in sheet.errors.items() if spot[0] not in sheet.hidden_rows}
        uncached = frozenset(spot for spot in sheet.uncached if spot[0] not in sheet.hidden_rows)
        sheet = replace(sheet, rows=shown, errors=errors, uncached=uncached, hidden_rows=frozenset())
    return sheet


def _moved(value: CellValue, shift: timedelta) -> CellValue:
    if isinstance(value, (date, datetime)):
        try:
            return value + shift
        except OverflowError:
            return value
    return value


def _filled_down(table: Table) -> Table:
    """Blank cells of the columns that were named say what stands above them, in rows of data."""
    rows = list(table.sheet.rows)
    for row, place, above in blanks_below(table, table.how.fill_down):
        if rows[row] is table.sheet.rows[row]:
            rows[row] = list(rows[row])
        rows[row] += [None] * (place + 1 - len(rows[row]))
        rows[row][place] = above
    return replace(table, sheet=replace(table.sheet, rows=rows))


def blanks_below(
    table: Table, places: frozenset[int], rows: Iterable[Row] | None = None
) -> Iterator[tuple[int, int, CellValue]]:
    """(row, column, value above) of each blank cell under a filled one, in rows of data.

    `rows`: the filled rows, where they are known already.
    """
    above: dict[int, CellValue] = {}
    for row in filled_rows(table) if rows is None else rows:
        if row.kind is not RowKind.DATA:
            above.clear()
            continue
        for place in places:
            value = table.sheet.at(row.index, place)
            if not is_blank(value):
                above[place] = value
            elif place in above:
                yield row.index, place, above[place]
