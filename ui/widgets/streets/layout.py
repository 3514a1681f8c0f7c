"""Where each street and each house stands on the board, for a width. Plain geometry, no painting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRect

from coordinator.queries.street_board import BoardHouse, BoardStreet


class Cell(NamedTuple):
    """A house of a street: their places in the board."""

    street: int
    house: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels: a cell at least, the heading of a street, the gap between cells, the air below a street, the margin."""

    cell_width: int
    cell_height: int
    heading: int
    gap: int
    air: int
    margin: int


class Layout:
    """The board laid out in `width` pixels."""

    def __init__(self, streets: Sequence[BoardStreet], sizes: Sizes, width: int) -> None:
        self.streets, self.sizes = streets, sizes
        self.width = width
        across = width - 2 * sizes.margin + sizes.gap
        self.columns = max(1, across // (sizes.cell_width + sizes.gap))
        self._cell = max(sizes.cell_width, across // self.columns - sizes.gap)
        self._tops: list[int] = []
        y = sizes.margin
        for street in streets:
            self._tops.append(y)
            y += sizes.heading + self.lines(street) * (sizes.cell_height + sizes.gap) + sizes.air
        self.height = y
        self._place = {
            house.id: Cell(at, number)
            for at, street in enumerate(streets)
            for number, house in enumerate(street.houses)
        }

    def lines(self, street: BoardStreet) -> int:
        return -(-len(street.houses) // self.columns)

    def find(self, household_id: str) -> Cell | None:
        return self._place.get(household_id)

    def house(self, cell: Cell) -> BoardHouse:
        return self.streets[cell.street].houses[cell.house]

    def heading(self, street: int) -> QRect:
        margin = self.sizes.margin
        return QRect(margin, self._tops[street], self.width - 2 * margin, self.sizes.heading)

    def rect(self, cell: Cell) -> QRect:
        sizes = self.sizes
        line, column = divmod(cell.house, self.columns)
        x = sizes.margin + column * (self._cell + sizes.gap)
        y = self._tops[cell.street] + sizes.heading + line * (sizes.cell_height + sizes.gap)
        return QRect(x, y, self._cell, sizes.cell_height)

    def streets_between(self, top: int, bottom: int) -> range:
        """The streets of which something lies between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, bottom))

    def cells_between(self, street: int, top: int, bottom: int) -> Iterator[Cell]:
        """The cells of a street whose line lies between two heights."""
        pitch = self.sizes.cell_height + self.sizes.gap
        begin = self._tops[street] + self.sizes.heading
        houses = len(self.streets[street].houses)
        first = max(0, (top - begin) // pitch) * self.columns
        last = min(houses, (max(0, (bottom - begin) // pitch + 1)) * self.columns)
        return (Cell(street, house) for house in range(first, last))

    def at(self, x: int, y: int) -> Cell | None:
        """The cell under a point."""
        for street in self.streets_between(y, y):
            for cell in self.cells_between(street, y, y):
                if self.rect(cell).contains(x, y):
                    return cell
        return None

    def first(self) -> Cell | None:
        return self._beside(-1, 1)

    def last(self) -> Cell | None:
        return self._beside(len(self.streets), -1)

    def along(self, cell: Cell, step: int) -> Cell:
        """The next (1) or previous (-1) house, over the end of a street into the next one."""
        house = cell.house + step
        if 0 <= house < len(self.streets[cell.street].houses):
            return Cell(cell.street, house)
        return self._beside(cell.street, step) or cell

    def across(self, cell: Cell, step: int) -> Cell:
        """The cell below (1) or above (-1)."""
        column, houses = cell.house % self.columns, len(self.streets[cell.street].houses)
        below = cell.house + step * self.columns
        if 0 <= below < houses:
            return Cell(cell.street, below)
        if step > 0 and cell.house // self.columns < (houses - 1) // self.columns:
            return Cell(cell.street, houses - 1)
        other = self._beside(cell.street, step)
        if other is None:
            return cell
        houses = len(self.streets[other.street].houses)
        line = 0 if step > 0 else (houses - 1) // self.columns
        return Cell(other.street, min(houses - 1, line * self.columns + column))

    def street_along(self, cell: Cell, step: int) -> Cell:
        """The first house of the next (1) or previous (-1) street."""
        other = self._beside(cell.street, step)
        return Cell(other.street, 0) if other else cell

    def _beside(self, street: int, step: int) -> Cell | None:
        """Of the next street with houses the first house, of the previous one the last."""
        street += step
        while 0 <= street < len(self.streets):
            houses = len(self.streets[street].houses)
            if houses:
                return Cell(street, 0 if step > 0 else houses - 1)
            street += step
        return None
