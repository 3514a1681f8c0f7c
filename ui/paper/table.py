"""Rows with ruled columns; the head is repeated on each page that a row begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.paper.pages import Block
from ui.paper.pieces import FINE, HEAVY, NORMAL, Box, Mark, Piece, Run, Stroke, beside, gap, paragraph, said
from ui.paper.typeface import STRONG, mm

PAD = mm(1.5)
RISE = mm(0.9)

Cell = Sequence[Sequence[Run]]
"""Paragraphs, one under the other."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in layout units, from left to right."""

    widths: tuple[float, ...]

    @classmethod
    def of(cls, width: float, *shares: float) -> Columns:
        """Columns of `width` together, in these shares."""
        return cls(tuple(width * share / sum(shares) for share in shares))

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def edges(self) -> list[float]:
        """The x of every vertical line, both ends included."""
        return [sum(self.widths[:index]) for index in range(len(self.widths) + 1)]

    def strips(self, cells: Sequence[Cell]) -> list[Piece]:
        """The lines of all cells side by side, with air above and below."""
        placed = []
        for x, width, cell in zip(self.edges, self.widths, cells, strict=False):
            lines = [line for runs in cell for line in paragraph(runs, width - 2 * PAD)]
            placed.append((x + PAD, lines))
        return [gap(RISE), *beside(placed), gap(RISE)]

    def frame(self, height: float, weight: float = FINE) -> list[Mark]:
        inner = [Stroke(x, 0.0, x, height, weight) for x in self.edges[1:-1]]
        return [Box(0.0, 0.0, self.width, height, weight), *inner]

    def head(self, titles: Sequence[str], above: Sequence[Piece] = ()) -> Block:
        """The column heads, under a title where one is given; kept with the first row."""
        lines = self.strips([[said(title, STRONG)] for title in titles])
        lift = sum(piece.height for piece in above)

        def frame(height: float) -> list[Mark]:
            own = self.frame(height - lift, NORMAL)
            rule = Stroke(0.0, height - lift, self.width, height - lift, HEAVY)
            return [mark.moved(0.0, lift) for mark in (*own, rule)]

        return Block((*above, *lines), name="head", frame=frame, keep=True)

    def row(self, cells: Sequence[Cell], *, name: str = "", least: float = 0.0, running: Block | None = None) -> Block:
        """A row at least `least` high."""
        strips = self.strips(cells)
        missing = least - sum(piece.height for piece in strips)
        if missing > 0:
            strips.append(gap(missing))
        return Block(tuple(strips), name=name, frame=self.frame, running=running)


def tick_box(column: Columns, index: int, side: float, top: float) -> Box:
    """An empty box in the middle of a column."""
    return Box(column.edges[index] + (column.widths[index] - side) / 2, top, side, side, NORMAL)
