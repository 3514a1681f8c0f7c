"""The daily summary with its small cells hidden: which cells of the table, its hromadas and its totals stay out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from coordinator.domain.small_cells import Sum, hidden_cells
from coordinator.exchange.out_counts import CoverageLine, SummaryLine
from coordinator.summary_content import HIDDEN

COUNTED = (
    "people", "women", "men", "children", "seniors", "disabled", "alone", "alone_children", "total", "total_children",
    "refused", "remaining",
)  # fmt: skip
_ADDED = ("women", "men", "children", "rest")
"""These make up the people of a day; the rest, whose sex or age nobody knows, stands in no column."""
_SINCE = (("total", "people"), ("total_children", "children"))
"""Running totals, and what of them was moved on the day: the difference is who was moved before."""
_NONE = {
    "people": ("people", *_ADDED, "seniors", "disabled"), "total": ("total_children",),
    "total_children": ("children",), "alone": ("alone_children",),
}  # fmt: skip
"""Where the first is 0 so are the others, and it follows from them."""

Cell = tuple[str, str, str]
"""("place", number of the line, column), ("hromada", its name, column), ("all", "", column)."""
ALL = ("all", "")


def place(line: int) -> tuple[str, str]:
    return "place", str(line)


def hromada(name: str) -> tuple[str, str]:
    return "hromada", name


def hidden_of(lines: Sequence[SummaryLine], least: int) -> frozenset[Cell]:
    """Cells to hide in the lines, in what they sum up to by hromada, and in the total of all."""
    rows: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for at, line in enumerate(lines):
        rows[hromada(line.hromada)] = (*rows.get(hromada(line.hromada), ()), place(at))
    rows[ALL] = tuple(rows)
    values: dict[Cell, int] = {(*place(at), name): _value(line, name) for at, line in enumerate(lines)
                               for name in (*COUNTED, "rest")}  # fmt: skip
    sums: list[Sum[Cell]] = []
    for row, parts in rows.items():
        for name in (*COUNTED, "rest"):
            of = tuple((*part, name) for part in parts)
            values[(*row, name)] = sum(values[key] for key in of)
            sums.append(Sum((*row, name), of))
    every = [*rows, *(place(at) for at in range(len(lines)))]
    sums += [Sum((*row, "people"), tuple((*row, name) for name in _ADDED)) for row in every]
    unseen = {(*row, "rest") for row in every}
    telling = {(*row, total) for row in every for total, day in _SINCE
               if 0 < values[(*row, total)] - values[(*row, day)] < least}  # fmt: skip
    obvious = {(*row, name) for row in every for whole, parts in _NONE.items() if not values[(*row, whole)]
               for name in parts}  # fmt: skip
    return hidden_cells(values, sums, least, unseen, {(*ALL, name) for name in COUNTED}, telling, obvious)


def _value(line: SummaryLine, name: str) -> int:
    if name == "rest":
        return line.people - line.women - line.men - line.children
    value = getattr(line, name)
    assert isinstance(value, int)
    return value


_COVERED = ("households", "known", "ready", "refused", "evacuated", "alone", "remaining")
_KNOWN = ("evacuated", "alone", "remaining")
"""These make up the people known of a settlement."""


def hidden_of_coverage(lines: Sequence[CoverageLine], least: int) -> frozenset[Cell]:
    """As `hidden_of`, for the list of settlements, which has no total."""
    values: dict[Cell, int] = {(*place(at), name): getattr(line, name) for at, line in enumerate(lines)
                               for name in _COVERED}  # fmt: skip
    sums = [Sum((*place(at), "known"), tuple((*place(at), name) for name in _KNOWN)) for at in range(len(lines))]
    return hidden_cells(values, sums, least)


def columns_hidden(hidden: Iterable[Cell], row: tuple[str, str]) -> frozenset[str]:
    """The hidden columns of one row."""
    return frozenset(name for kind, which, name in hidden if (kind, which) == row)


def masked(
    rows: Iterable[list[object]], keys: Sequence[str], hidden: Callable[[int], frozenset[str]]
) -> Iterator[list[object]]:
    """Rows of cells with HIDDEN in the hidden columns; `keys`: those of the columns, `hidden`: by number of the row."""
    for at, row in enumerate(rows):
        out = hidden(at)
        yield [HIDDEN if key in out else value for key, value in zip(keys, row, strict=True)]
