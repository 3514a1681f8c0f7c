"""A few rows of a large table changed: new table data from the old, without preparing all rows again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from ui.tables.columns import Column, TableData, prepare, ranks

R = TypeVar("R")


def patched(
    columns: Sequence[Column[R]],
    old: TableData[R],
    asked: Collection[str],
    fresh: Sequence[R],
    row_id: Callable[[R], str],
    search: Callable[[R], str],
) -> TableData[R]:
    """The old rows with the `asked` ones replaced by `fresh`; asked ones that are not fresh are gone.

    New rows come last. Ranks of all columns are made, so that sorting needs no work on the GUI thread: run
    it in a worker. The old data is left as it is.
    """
    part = prepare(columns, fresh, row_id, search)
    place = {one: number for number, one in enumerate(part.ids)}
    gone = set(asked) - place.keys()
    kept = [number for number, one in enumerate(old.ids) if one not in gone]
    took = {one: place.pop(one) for one in (old.ids[number] for number in kept) if one in place}
    added = list(place.values())

    def woven(before: Sequence[object], after: Sequence[object]) -> list[object]:
        line = [after[took[one]] if (one := old.ids[number]) in took else before[number] for number in kept]
        return line + [after[number] for number in added]

    data = TableData(
        ids=woven(old.ids, part.ids),
        records=woven(old.records, part.records),
        cells=woven(old.cells, part.cells),
        search=woven(old.search, part.search),
        tooltips={n: woven(old.tooltips[n], part.tooltips[n]) for n in part.tooltips},
        marks={n: woven(old.marks[n], part.marks[n]) for n in part.marks},
        icons={n: woven(old.icons[n], part.icons[n]) for n in part.icons},
    )
    rank_all(columns, data)
    return data


def rank_all(columns: Sequence[Column[R]], data: TableData[R]) -> None:
    """The order of every column; in a worker, before the table is shown."""
    for number, column in enumerate(columns):
        data.ranks[number] = ranks(column, number, data)
