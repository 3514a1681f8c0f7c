"""What a list of people said before a few of its cells were corrected: all other households need no second reading.

A household is taken over as it was read only where nothing that it was read from can have changed; else it is read
again, and all of them where the correction may say something about the whole table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coordinator.exchange.day_order import DAY_COLUMNS
from coordinator.exchange.harvest import SAID_ONCE
from coordinator.exchange.incoming import Beside, IncomingHousehold, IncomingList
from coordinator.exchange.layout import Table
from coordinator.exchange.originals import Correction


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """`corrections`: those made, changed or taken back since `incoming` was read."""

    incoming: IncomingList
    corrections: Sequence[Correction]

    def on_sheet(self, table: Table, list_on: date) -> SheetBefore | None:
        """The households of a sheet that is laid out as it was; None where all of it is to be read again."""
        said = next((one for one in self.incoming.sheets if one.name == table.sheet.name and one.used), None)
        here = [one for one in self.corrections if one.sheet == table.sheet.name]
        same = (
            said is not None
            and len(here) == len(self.corrections)
            and len(self.incoming.beside) == len(self.incoming.households)
            and list_on == self.incoming.list_on
            and (said.header_row, said.columns, said.headers) == (table.header_row + 1, table.columns, table.headers)
            and not table.how.fill_down
            and not table.has("household_no")
            and not any(_speaks_for_all(table, one) for one in here)
        )
        if not same:
            return None
        places = {one.place for one in here}
        rows = {row for row, _column in places} | {under for (under, _), top in table.over.items() if top in places}
        found = zip(self.incoming.households, self.incoming.beside, strict=True)
        known = {one.rows: (one, beside) for one, beside in found if one.sheet == table.sheet.name}
        return SheetBefore(frozenset(rows), known)


def _speaks_for_all(table: Table, one: Correction) -> bool:
    """A cell above the data, or a date with strokes, by which a whole column is read."""
    row, column = one.place
    dated = any(column in table.columns.get(key, ()) for key in DAY_COLUMNS)
    return row < table.first_row or (dated and "/" in one.old + one.new)


@dataclass(frozen=True, slots=True)
class SheetBefore:
    """`rows`: those of the corrected cells, from 0. `known`: by their rows as in Excel."""

    rows: frozenset[int] = frozenset()
    known: Mapping[tuple[int, ...], tuple[IncomingHousehold, Beside]] = field(default_factory=dict)

    def household(
        self, rows: Sequence[int], below: tuple[int, ...], above: str, section: str
    ) -> tuple[IncomingHousehold, Beside] | None:
        """The household of these rows from 0 as it was read; None where it is to be read again. See Beside."""
        found = self.known.get(tuple([row + 1 for row in rows]))
        if found is None or not self.rows.isdisjoint((*rows, *below)):
            return None
        beside = found[1]
        return found if (beside.above, beside.section, beside.below) == (above, section, below) else None

    def all_kept(self, beside: Iterable[Beside]) -> bool:
        """Whether the households that were warned of for many others are still what they were: if not, one of those
        others is to be warned of now, and all are to be read again."""
        kept = {id(one) for one in beside}
        return all(
            id(one) in kept
            for _household, one in self.known.values()
            if any(remark.code in SAID_ONCE for remark in one.warnings)
        )
