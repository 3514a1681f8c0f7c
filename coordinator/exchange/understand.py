"""Raw sheets to an incoming list: which kind it is, what each sheet holds, and what is odd about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from coordinator.errors import UserError
from coordinator.exchange.coded import words_met
from coordinator.exchange.day_order import doubtful_days
from coordinator.exchange.fleet_list import read_fleet
from coordinator.exchange.gazetteer_list import read_gazetteer
from coordinator.exchange.harvest import Harvest
from coordinator.exchange.how_read import NOTHING_SAID, Reading
from coordinator.exchange.incoming import Cell, IncomingList, ListKind, Remark, SheetSummary
from coordinator.exchange.laid_out import laid_out
from coordinator.exchange.layout import LAST_HEADER_ROW, Table, is_blank
from coordinator.exchange.originals import Original
from coordinator.exchange.people_list import read_people
from coordinator.exchange.read_before import ReadBefore, SheetBefore
from coordinator.exchange.reading import RawSheet, Source
from coordinator.exchange.request_list import read_requests
from coordinator.exchange.rows import RowKind, Tick, filled_rows, no_tick
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.titles import list_date
from coordinator.exchange.values import shown

MOST_ROWS_XLS = 65_536
"""Rows of a sheet in the format of Excel 97-2003."""

_MUCH = 3
"""Rows and columns from which a sheet without headers looks like a list that was not understood."""

NAMED_TWICE = frozenset(
    {"full_name", "surname", "given", "birth", "address", "settlement", "plate", "katottg", "people", "children"}
)


def understand(
    path: Source,
    sheets: Sequence[RawSheet],
    default_date: date,
    *,
    how: Reading = NOTHING_SAID,
    tick: Tick = no_tick,
    before: ReadBefore | None = None,
) -> IncomingList:
    """What the file says. `default_date` is the list's day where the file tells none.

    `how`: what a person has said of it; the rest is guessed. Hidden sheets are left out with a warning that counts
    their rows, unless somebody said that they belong to the list or nothing else can be used. `tick` hears often how
    much of a sheet is done, 0 to 1, and may raise. `before`: what it said before the corrections that are in it now.

    UserError import.nothing_usable where no sheet has headers of a known list, import.no_rows
    where no row stands under them.
    """
    sheets = [sheet for sheet in sheets if not sheet.chart]
    tables = tables_of(sheets, how)
    if not tables:
        raise UserError(
            "import.nothing_usable", file=path.name, sheets=", ".join(s.name for s in sheets), rows=LAST_HEADER_ROW
        )
    usable = usable_tables(tables)
    kind = how.kind or main_kind(usable.values())
    list_on = _list_date(sheets, usable) or default_date
    warnings: list[Remark] = [*how.differs]
    summaries: list[SheetSummary] = []
    harvests: list[Harvest] = []
    for sheet in sheets:
        table = usable.get(sheet.name)
        if table is None or table.kind is not kind:
            left = how.of(sheet.name).use is False
            warnings += _left_out(sheet) if left else _unused(sheet, tables.get(sheet.name), kind)
            summaries.append(SheetSummary(sheet.name, 0, False))
            continue
        warnings += [*_full_sheet(path, sheet), *_remarks_on_columns(table)]
        harvest = _read(table, table.list_on or list_on, tick, before)
        doubts = doubtful_days(table, table.list_on or list_on) if _dated(kind) else []
        warnings += [*_hidden_rows(table, sheet), *doubts, *harvest.warnings]
        harvests.append(harvest)
        settlement = "" if not _dated(kind) or table.has("settlement") else table.settlement
        summaries.append(
            SheetSummary(
                sheet.name, harvest.rows_read, True, table.header_row + 1, settlement, table.columns, table.headers
            )
        )  # fmt: skip
    if not any(harvest.rows_read for harvest in harvests):
        raise UserError("import.no_rows", file=path.name, sheets=", ".join(usable))
    used = [usable[one.name] for one in summaries if one.used]
    return _gathered(harvests)(
        kind=kind,
        file_name=path.name,
        sha256=_digest(path),
        list_on=list_on if _dated(kind) else None,
        sheets=tuple(summaries),
        warnings=tuple(warnings),
        sender=how.sender,
        layout=_layout_key(kind, used),
    )


def _gathered(harvests: Sequence[Harvest]) -> Callable[..., IncomingList]:
    """A list with all that its sheets hold; what is said of the whole file is still to be given."""
    return partial(
        IncomingList,
        rows_read=sum(harvest.rows_read for harvest in harvests),
        households=tuple(household for harvest in harvests for household in harvest.households),
        beside=tuple(beside for harvest in harvests for beside in harvest.beside),
        vehicles=tuple(vehicle for harvest in harvests for vehicle in harvest.vehicles),
        settlements=tuple(settlement for harvest in harvests for settlement in harvest.settlements),
        skipped=tuple(remark for harvest in harvests for remark in harvest.skipped),
        rejected=tuple(remark for harvest in harvests for remark in harvest.rejected),
    )


def _layout_key(kind: ListKind, tables: Sequence[Table]) -> str:
    """The same for a reading that was guessed and one that was said or remembered, where both read alike."""
    parts: list[object] = [kind.value]
    for table in tables:
        how = table.how
        days = sorted((place, said) for place, said in how.month_first.items())
        parts += [
            table.sheet.name, table.header_row, sorted(table.columns.items()), table.settlement, how.division,
            how.merged_down, sorted(how.fill_down), days, how.epoch_1904, how.hidden_rows is not False,
        ]  # fmt: skip
    parts += words_met(tables)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def tables_of(sheets: Sequence[RawSheet], how: Reading = NOTHING_SAID) -> dict[str, Table]:
    """Sheet name -> its table, of the sheets that have one and were not left out."""
    found = {sheet.name: laid_out(sheet, how.of(sheet.name), how.kind, how.words) for sheet in sheets}
    return {name: table for name, table in found.items() if table is not None}


def usable_tables(tables: dict[str, Table]) -> dict[str, Table]:
    """Those that are seen in the workbook or were asked for; all, where that is none."""
    wanted = {name: table for name, table in tables.items() if table.sheet.visible or table.how.use}
    return wanted or tables


def _dated(kind: ListKind) -> bool:
    """Lists of families have a day that ages are counted on."""
    return kind in (ListKind.PEOPLE, ListKind.REQUESTS)


def _read(table: Table, list_on: date, tick: Tick, before: ReadBefore | None) -> Harvest:
    match table.kind:
        case ListKind.PEOPLE:
            known = before.on_sheet(table, list_on) if before else None
            return read_people(table, list_on, tick, known or SheetBefore())
        case ListKind.REQUESTS:
            return read_requests(table, list_on, tick)
        case ListKind.FLEET:
            return read_fleet(table)
        case ListKind.GAZETTEER:
            return read_gazetteer(table)


def main_kind(tables: Iterable[Table]) -> ListKind:
    """The kind with the most rows."""
    rows: dict[ListKind, int] = {}
    for table in tables:
        rows[table.kind] = rows.get(table.kind, 0) + len(table.sheet.rows) - table.first_row
    return max(rows, key=lambda kind: rows[kind])


def _list_date(sheets: Sequence[RawSheet], tables: dict[str, Table]) -> date | None:
    """The first day that a title row tells; cover sheets speak for the whole file."""
    for sheet in sheets:
        table = tables.get(sheet.name)
        if table is not None:
            found = table.list_on
        else:
            rows = (
                " ".join(shown(value) for value in cells if not is_blank(value))
                for cells in sheet.rows[:LAST_HEADER_ROW]
            )
            found = list_date(rows)
        if found is not None:
            return found
    return None


def _digest(path: Source) -> str:
    """SHA-256 of the file, by which the same file is known again."""
    if isinstance(path, Original):
        return path.digest
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as gone:
        raise UserError("import.cannot_read", file=path.name) from gone


def _left_out(sheet: RawSheet) -> list[Remark]:
    rows = sum(1 for cells in sheet.rows if any(not is_blank(value) for value in cells))
    facts: dict[str, object] = {"sheet": sheet.name, "rows": rows}
    return [Remark("import.sheet_left", Cell(sheet.name, "A1"), facts)] if rows else []


def _unused(sheet: RawSheet, table: Table | None, kind: ListKind) -> list[Remark]:
    """Why a sheet was left out, where it looks as if it held data; a cover sheet needs no word."""
    at = Cell(sheet.name, "A1")
    if table is not None:
        rows = sum(1 for row in filled_rows(table) if row.kind is RowKind.DATA)
        code = "import.sheet_other_kind" if table.kind is not kind else "import.sheet_hidden"
        return [Remark(code, at, {"sheet": sheet.name, "rows": rows})] if rows else []
    filled = [sum(1 for value in cells if not is_blank(value)) for cells in sheet.rows]
    rows = sum(1 for cells in filled if cells >= _MUCH)
    return [Remark("import.sheet_not_understood", at, {"sheet": sheet.name, "rows": rows})] if rows >= _MUCH else []


def hidden_data_rows(sheet: RawSheet, first_row: int) -> list[int]:
    """Rows with something in them that are hidden or filtered away."""
    return sorted(
        row
        for row in sheet.hidden_rows
        if first_row <= row < len(sheet.rows) and any(not is_blank(value) for value in sheet.rows[row])
    )


def _hidden_rows(table: Table, sheet: RawSheet) -> list[Remark]:
    """Hidden and filtered rows are read like all others unless somebody said not to; either is said."""
    hidden = hidden_data_rows(sheet, table.first_row)
    if not hidden:
        return []
    at = Cell(table.sheet.name, cell_name(hidden[0], 0))
    code = "import.hidden_rows_left" if table.how.hidden_rows is False else "import.hidden_rows"
    return [
        Remark(
            code,
            at,
            {"sheet": table.sheet.name, "rows": len(hidden), "first": hidden[0] + 1, "last": hidden[-1] + 1},
        )
    ]


def _full_sheet(path: Source, sheet: RawSheet) -> list[Remark]:
    """An old workbook has no row after this one: what stood below was cut off when it was saved."""
    full = path.name.lower().endswith(".xls") and len(sheet.rows) >= MOST_ROWS_XLS
    at = Cell(sheet.name, cell_name(MOST_ROWS_XLS - 1, 0))
    return [Remark("import.sheet_full", at, {"sheet": sheet.name, "rows": MOST_ROWS_XLS})] if full else []


def _remarks_on_columns(table: Table) -> list[Remark]:
    """Headers that nobody knows, and doubled ones where only the first counts."""
    known = {place: key for key, places in table.columns.items() for place in places}
    remarks = []
    for place, header in sorted(table.headers.items()):
        at = Cell(table.sheet.name, cell_name(table.header_row, place), header)
        key = known.get(place)
        if key is None and place not in table.unused and has_values(table, place):
            remarks.append(Remark("import.column_unknown", at, {"header": header, "value": header}))
        elif key in NAMED_TWICE and place != table.columns[key][0] and place not in table.how.columns:
            remarks.append(Remark("import.column_doubled", at, {"header": header, "value": header}))
    return remarks


def has_values(table: Table, column: int) -> bool:
    return any(not is_blank(table.sheet.at(row, column)) for row in range(table.first_row, len(table.sheet.rows)))
