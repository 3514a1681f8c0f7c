"""A table's columns, declared once: what a cell shows, how it sorts, how wide it is, what is copied.

`prepare` turns records into ready cells in a worker thread, so that painting is only a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from coordinator.domain.filtering import Field
from coordinator.domain.names import fold, sort_key
from resources.i18n import N_

R = TypeVar("R")


@dataclass(frozen=True)
class Filterable(Generic[R]):
    """How a column is filtered. `words` says a key, with a row that has it where there is one; without it the key
    is its own word. `known` keys are listed in this order, also those that no row has. `sign` gives an icon and a role;
    `blank` (N_) says that there is no value.
    """

    field: Field[R]
    words: Callable[[str, R | None], str] | None = None
    known: tuple[str, ...] = ()
    sign: Callable[[str, R | None], tuple[str, str]] | None = None
    blank: str = N_("(blank)")


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column over records of type R.

    `title` is English source text (N_). `sort` gives the value to sort by, None sorts last; without it the
    column sorts by its text in the Ukrainian alphabet, house 2 before house 10; making those keys takes some
    20 µs a text, so a column of many different texts gives its stored key. `width` is in characters.
    `mark` gives a theme role for the text, `icon` the name of an icon, both "" for none; neither may be the
    only way to say something. `always` columns cannot be hidden; `shown` is how the table begins. Without a `filter`
    the header offers none.
    """

    key: str
    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    width: int = 14
    right: bool = False
    tooltip: Callable[[R], str] | None = None
    mark: Callable[[R], str] | None = None
    icon: Callable[[R], str] | None = None
    shown: bool = True
    always: bool = False
    filter: Filterable[R] | None = None


@dataclass(frozen=True)
class TableData(Generic[R]):
    """Rows ready to show. `cells[row][column]` are texts, `search[row]` is folded; extras are per column index."""

    ids: list[str] = field(default_factory=list)
    records: list[R] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)
    search: list[str] = field(default_factory=list)
    tooltips: dict[int, list[str]] = field(default_factory=dict)
    marks: dict[int, list[str]] = field(default_factory=dict)
    icons: dict[int, list[str]] = field(default_factory=dict)
    ranks: dict[int, list[int]] = field(default_factory=dict)


BLANK = -1
"""The rank of a value that is not there; such rows come last in both directions."""


def prepare(
    columns: Sequence[Column[R]],
    records: Sequence[R],
    row_id: Callable[[R], str],
    search: Callable[[R], str] | None = None,
    sort_by: str = "",
) -> TableData[R]:
    """Ready rows; run it in a worker. `search` gives text that is folded already, else all cells are folded
    (0.2 ms a row: only for short tables).

    `sort_by` is the column that the table is sorted by now: its ranks are made here and not on the GUI thread.
    """
    kept = list(records)
    getters = [column.text for column in columns]
    cells = [tuple([get(record) for get in getters]) for record in kept]
    data = TableData(
        ids=[row_id(record) for record in kept],
        records=kept,
        cells=cells,
        search=[search(record) for record in kept] if search else [fold(" ".join(row)) for row in cells],
        tooltips={n: list(map(column.tooltip, kept)) for n, column in enumerate(columns) if column.tooltip},
        marks={n: list(map(column.mark, kept)) for n, column in enumerate(columns) if column.mark},
        icons={n: list(map(column.icon, kept)) for n, column in enumerate(columns) if column.icon},
    )
    for n, column in enumerate(columns):
        if column.key == sort_by:
            data.ranks[n] = ranks(column, n, data)
    return data


def ranks(column: Column[R], number: int, data: TableData[R]) -> list[int]:
    """The place of each row in this column's order, equal values sharing one; BLANK for no value."""
    values: list[Any]
    if column.sort is not None:
        values = list(map(column.sort, data.records))
    else:
        values = [row[number] for row in data.cells]
        known = {text: sort_key(text) if text else None for text in set(values)}
        values = [known[text] for text in values]
    present = {value for value in values if value is not None and value != ""}
    place = {value: rank for rank, value in enumerate(sorted(present))}
    return [BLANK if value is None or value == "" else place[value] for value in values]
