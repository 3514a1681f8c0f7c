"""Which rows of a list go back to its sender to be corrected, and what else they need around them to be read again.

A row goes with its whole household, and with the heading or the household above where it leans on them, so that the
corrected rows are understood as they were in the whole list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from coordinator.exchange.incoming import Cell, IncomingHousehold, IncomingList, Remark, SheetSummary
from coordinator.exchange.originals import place_of
from coordinator.exchange.sheet_scan import cell_name

_NOT_THE_SENDERS = frozenset(
    {
        "import.members_gone", "import.household_gone", "import.decision_kept", "import.decision_older",
        "import.hand_kept", "import.both_changed", "import.both_added", "import.vehicle_kept", "import.fewer_places",
        "import.hidden_rows", "import.hidden_rows_left", "import.column_unknown", "import.column_doubled",
    }
)  # fmt: skip
"""Remarks on what the register knows, and on columns: no row can be corrected for them."""

_BREAKS = frozenset({"import.skipped_section", "import.skipped_total", "import.skipped_signature"})
"""Rows that end a household, or head those below."""


@dataclass(frozen=True, slots=True)
class SheetBack:
    """One sheet: `kept` rows below the headers, in order, and what is to be corrected by row; numbered as in Excel."""

    summary: SheetSummary
    kept: tuple[int, ...]
    remarks: dict[int, list[Remark]] = field(default_factory=dict)


def sheets_back(incoming: IncomingList, remarks: Iterable[Remark]) -> list[SheetBack]:
    """The sheets with something to correct. `remarks`: rejections and warnings about the list."""
    summaries = {summary.name: summary for summary in incoming.sheets if summary.used}
    by_sheet: dict[str, dict[int, list[Remark]]] = defaultdict(lambda: defaultdict(list))
    for remark in _one_each(incoming, remarks, summaries):
        summary = summaries.get(remark.at.sheet)
        row = _row(remark)
        if summary and row > (summary.header_row or 0) and remark.code not in _NOT_THE_SENDERS:
            by_sheet[summary.name][row].append(remark)
    return [
        SheetBack(summary, _kept(incoming, summary, by_sheet[name]), dict(by_sheet[name]))
        for name, summary in summaries.items()
        if name in by_sheet
    ]


def _one_each(
    incoming: IncomingList, remarks: Iterable[Remark], summaries: Mapping[str, SheetSummary]
) -> Iterator[Remark]:
    """A settlement that is not known is told once of all households; the sender has to correct each of them."""
    for remark in remarks:
        if not remark.code.startswith("import.settlement_") or "text" not in remark.facts:
            yield remark
            continue
        for household in incoming.households:
            summary = summaries.get(household.sheet)
            if summary and household.settlement_text == remark.facts.get("text"):
                column = settlement_column(summary)
                at = Cell(household.sheet, cell_name(household.rows[0] - 1, column), household.settlement_text)
                yield Remark(remark.code, at, remark.facts)


def settlement_column(summary: SheetSummary) -> int:
    """Where the settlement of a row stands: in a column of its own, else with the address, else nowhere but in A."""
    return (*summary.columns.get("settlement", ()), *summary.columns.get("address", ()), 0)[0]


def _row(remark: Remark) -> int:
    try:
        return place_of(remark.at.cell)[0] + 1
    except ValueError:
        return 0


def _kept(incoming: IncomingList, summary: SheetSummary, marked: Iterable[int]) -> tuple[int, ...]:
    households = [one for one in incoming.households if one.sheet == summary.name]
    owner = {row: one for one in households for row in one.rows}
    starts = sorted((one.rows[0], one.rows) for one in households)
    breaks = sorted(_row(remark) for remark in incoming.skipped if remark.at.sheet == summary.name and _breaks(remark))
    kept: set[int] = set()
    for row in marked:
        own = owner.get(row)
        kept.update(_whole(own, row))
        if own is None and (above := bisect_left(starts, (row,))):
            kept.update(starts[above - 1][1])
    for row in sorted(kept):
        if place := bisect_left(breaks, row):
            kept.add(breaks[place - 1])
    return tuple(sorted(kept))


def _whole(household: IncomingHousehold | None, row: int) -> Iterable[int]:
    """All rows from the first of a household to its last: rows that continue another stand between them."""
    return range(household.rows[0], household.rows[-1] + 1) if household else (row,)


def _breaks(remark: Remark) -> bool:
    return remark.code in _BREAKS
