"""Small numbers hidden in a table that leaves the centre, so that nobody in a village is told by being one of two.

A cell of 1 to `least` - 1 is hidden; 0 stays. Where sums that stand in the table would give such a cell away, further
cells are hidden, the smallest first, until no hidden small cell can be worked out from what is left. What a reader
knows are the cells that stand there and which cells sum up to which; a comparison with the tables of other days is
not among it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """`total` is the sum of `of`; all of them are keys of cells."""

    total: Key
    of: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return (*self.of, self.total)


def hidden_cells(
    cells: Mapping[Key, int], sums: Sequence[Sum[Key]], least: int, unseen: Collection[Key] = (),
    needed: Collection[Key] = (), telling: Collection[Key] = (), obvious: Collection[Key] = (),
) -> frozenset[Key]:  # fmt: skip
    """Keys of the cells to hide; `least` 0 or 1: none. `unseen`: cells that stand in sums and never in the table.

    `telling`: cells that are hidden like small ones, since with another cell they would tell a small number.
    `obvious`: zeros that follow from another cell, so that hiding them hides nothing.

    An unseen cell of 0 is one that a reader takes for 0. `needed`: cells that are hidden only where nothing else helps.
    """
    small = {key for key, value in cells.items() if 0 < value < least} | set(telling)
    if not small or least < 2:
        return frozenset()
    hidden = small | {key for key in unseen if cells[key]}
    while given := _given_away(sums, hidden, small):
        # Where all that stands beside it is hidden already, sums further away tell it.
        shown = hidden | set(obvious)
        kept = shown | set(needed)
        choice = (
            _choice(cells, sums, kept, given, least)
            or _choice(cells, sums, kept, hidden, least)
            or _choice(cells, sums, shown, hidden, least)
        )
        if choice is None:
            break
        hidden.add(choice)
    return frozenset(hidden - set(unseen))


def _choice(
    cells: Mapping[Key, int], sums: Sequence[Sum[Key]], out: set[Key], given: Set[Key], least: int
) -> Key | None:
    """What to hide next: the smallest cell, not `out`, that stands beside one that is given away; parts before totals.

    A 0 is as dear as the first number that is shown: it tells something too, but less than a large one.
    """
    beside: dict[Key, tuple[int, bool, str]] = {}
    for one in sums:
        if given.isdisjoint(one.cells):
            continue
        for key in one.cells:
            if key not in out:
                rank = (cells[key] or least, key == one.total, repr(key))
                beside[key] = max(beside.get(key, rank), rank)
    return min(beside, key=beside.__getitem__, default=None)


def _given_away(sums: Sequence[Sum[Key]], hidden: set[Key], small: set[Key]) -> set[Key]:
    """Small cells that the sums determine although they are hidden: equations with the hidden cells as unknowns."""
    alone = {open_[0] for one in sums if len(open_ := [key for key in one.cells if key in hidden]) == 1}
    if alone & small:
        return alone & small
    return _determined(_rows(sums, hidden)) & small


def _rows(sums: Iterable[Sum[Key]], hidden: set[Key]) -> list[dict[Key, int]]:
    rows = []
    for one in sums:
        row = {key: 1 for key in one.of if key in hidden}
        if one.total in hidden:
            row[one.total] = _PRIME - 1
        if row:
            rows.append(row)
    return rows


def _determined(rows: list[dict[Key, int]]) -> set[Key]:
    """Unknowns with one value only: those that stand alone in a row once the system is solved as far as it goes.

    By remainders of a prime, so that numbers stay small; the coefficients are 1 and -1.
    """
    solved: dict[Key, dict[Key, int]] = {}
    for row in rows:
        left = dict(row)
        for pivot in [key for key in left if key in solved]:
            _subtract(left, solved[pivot], left.get(pivot, 0))
        if not left:
            continue
        pivot, factor = next(iter(left.items()))
        inverse = pow(factor, -1, _PRIME)
        left = {key: value * inverse % _PRIME for key, value in left.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, left, other[pivot])
        solved[pivot] = left
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _subtract(row: dict[Key, int], other: Mapping[Key, int], times: int) -> None:
    for key, value in other.items():
        rest = (row.get(key, 0) - times * value) % _PRIME
        if rest:
            row[key] = rest
        else:
            row.pop(key, None)
