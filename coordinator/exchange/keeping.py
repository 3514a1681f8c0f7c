"""What of a reading is kept under a sender's name, so that the next list needs no question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordinator.domain.names import fold
from coordinator.exchange.guessing import width
from coordinator.exchange.how_read import UNUSED, Reading, SheetReading
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.laid_out import HEADERLESS
from coordinator.exchange.layout import Table
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.recognising import signs_of
from coordinator.exchange.remembered import slots_of
from coordinator.exchange.understand import has_values, tables_of, usable_tables


@dataclass(frozen=True, slots=True)
class ToKeep:
    """One set of headers of a file, as `db.rows.MappingRow` keeps it."""

    kind: ListKind
    header_key: str
    headers: tuple[tuple[int, str], ...]
    columns: Mapping[str, str]
    options: Mapping[str, object]


def to_keep(sheets: Sequence[RawSheet], reading: Reading, kind: ListKind, file_stem: str) -> tuple[ToKeep, ...]:
    """One for each different set of headers among the sheets that are read."""
    usable = usable_tables(tables_of([sheet for sheet in sheets if not sheet.chart], reading))
    tables = {name: table for name, table in usable.items() if table.kind is kind}
    of_sheets = {fold(sheet.name): _of_sheet(reading.of(sheet.name)) for sheet in sheets if not sheet.chart}
    shared: dict[str, object] = {
        "sheets": {name: said for name, said in of_sheets.items() if said},
        "signs": sorted(signs_of(sheets, file_stem)),
    }
    found: dict[str, ToKeep] = {}
    for table in tables.values():
        kept = _of_table(table, shared)
        found.setdefault(kept.header_key, kept)
    return tuple(found.values())


def _of_table(table: Table, shared: Mapping[str, object]) -> ToKeep:
    keys = {place: key for key, places in table.columns.items() for place in places}
    headers = {place: text for place, text in table.headers.items() if table.header_row != HEADERLESS}
    slots = slots_of(headers, (place for place in range(width(table)) if place in keys))
    how = table.how
    options: dict[str, object] = {
        **shared,
        "division": how.division.value if how.division else None,
        "merged_down": how.merged_down,
        "fill_down": sorted(slots[place] for place in how.fill_down if place in slots),
        "month_first": {slots[place]: said for place, said in how.month_first.items() if place in slots},
        "epoch_1904": how.epoch_1904,
    }
    # A blank column that nobody knows is left open: it is asked about when something stands in it.
    told = {place: slot for place, slot in slots.items() if place in keys or has_values(table, place)}
    columns = {slot: keys.get(place, UNUSED) for place, slot in told.items()}
    return ToKeep(table.kind, "|".join(sorted(slots.values())), tuple(sorted(headers.items())), columns, options)


def _of_sheet(how: SheetReading) -> dict[str, object]:
    said = {"use": how.use, "settlement": how.settlement, "hidden_rows": how.hidden_rows}
    return {name: value for name, value in said.items() if value is not None}
