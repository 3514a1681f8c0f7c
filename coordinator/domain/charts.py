"""A chart before anybody draws it: points, series, and what stands behind each value.

Page, table, picture, workbook and paper are all made from one `Chart`, so that none of them says another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from coordinator.domain.figures import ByAge, Figure, Persons, Unit


class Drawing(StrEnum):
    """How a chart is drawn: bars a day, lines over days, or a bar for each part of the whole, the longest first."""

    DAYS = "days"
    LINES = "lines"
    PARTS = "parts"


class Look(StrEnum):
    """How a series is told from the others, in colour and without it; the window knows colours, hatches and marks."""

    ADULTS = "adults"
    CHILDREN = "children"
    UNKNOWN = "unknown"
    TOGETHER = "together"
    GROWN = "grown"
    SELF_ADULTS = "self_adults"
    SELF_CHILDREN = "self_children"
    SELF_UNKNOWN = "self_unknown"
    SELF_TOGETHER = "self_together"
    SELF_GROWN = "self_grown"
    TOTAL = "total"
    TOTAL_CHILDREN = "total_children"
    SELF_TOTAL = "self_total"
    PUBLISHED = "published"
    PUBLISHED_CHILDREN = "published_children"
    PUBLISHED_SELF = "published_self"
    PUBLISHED_OTHER = "published_other"
    PLAIN = "plain"
    READY = "ready"
    WAVERING = "wavering"
    REFUSED = "refused"
    GONE = "gone"
    RETURNED = "returned"
    SILENT = "silent"


class Cell(NamedTuple):
    """One value. `behind`: whom or what it counts, None for what others published.

    `first`: the value as first reported where it has changed since; `late`: the day on which it last changed.
    `implied`: what a published total must have been by a later one.
    """

    value: float
    behind: Figure | ByAge[Persons] | None = None
    first: float | None = None
    late: date | None = None
    implied: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """`cells` has an entry for each point of the chart; None is a gap, never a zero.

    `title` is English source text. Series of one `stack` stand on each other; "" is a line, which stands on nothing.
    `published`: by `office`, and not counted here. `instead`: sums of a stack that are told instead of its parts,
    where those are kept back; elsewhere None.
    """

    key: str
    title: str
    look: Look
    cells: Sequence[Cell | None]
    stack: str = ""
    office: str = ""
    published: bool = False
    instead: bool = False


class Point(NamedTuple):
    """A day, or a part (`key` is its id or code, `words` are what is read).

    `group`: which sum of another chart the part belongs to, as a settlement to its hromada.
    """

    key: str
    words: str
    day: date | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days, of which hromada and organisation ("" all), and whether ages are told finely."""

    since: date | None = None
    until: date | None = None
    hromada: str = ""
    organisation: str = ""
    fine: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """`title`, `first_column` are English source text; `whole`: the figure that the parts make up, each id once.

    `sources`: whose published figures stand beside ours; `notes`: sentences about them, ready to read.
    """

    key: str
    title: str
    unit: Unit
    drawing: Drawing
    first_column: str
    points: Sequence[Point]
    series: Sequence[Series]
    asked: Asked
    as_of: datetime
    whole: Figure | None = None
    sources: Sequence[str] = ()
    notes: Sequence[str] = ()
    reported: frozenset[date] = field(default_factory=frozenset)
    """Of a chart over days: those that have a report."""
    hidden: frozenset[tuple[str, int]] = frozenset()
    """Of a chart that leaves the centre: keys of series and numbers of points whose value is kept back."""
    least: int | None = None
    """Of a chart that leaves the centre: numbers below this are kept back. None: it may not leave as it is."""
    inside: Sequence[str] = ()
    """Those of the notes that tell figures of ours: they leave only where nothing is kept back."""

    @property
    def empty(self) -> bool:
        """Is there nothing to draw?"""
        return not any(cell is not None and (cell.value or cell.first) for one in self.series for cell in one.cells)

    @property
    def stacks(self) -> list[str]:
        """The stacks in their order."""
        return list(dict.fromkeys(one.stack for one in self.series if one.stack))

    def gap(self, at: int) -> bool:
        """Is nothing of ours known at a point?"""
        ours = [one for one in self.series if not one.published]
        return all(one.cells[at] is None and (one.key, at) not in self.hidden for one in ours)

    def total(self, at: int, stack: str) -> float | None:
        """What a stack of a point comes to; None where there is a gap, and where a part of it is kept back."""
        if self._kept_back(at, stack):
            return None
        cells = [one.cells[at] for one in self.series if one.stack == stack]
        known = [cell.value for cell in cells if cell is not None]
        return sum(known) if known else None

    def first_total(self, at: int, stack: str) -> float | None:
        """The same as first reported; None where nothing has changed since, and where a part of it is kept back."""
        if self._kept_back(at, stack):
            return None
        cells = [cell for one in self.series if one.stack == stack and (cell := one.cells[at]) is not None]
        if all(cell.first is None for cell in cells):
            return None
        return sum(cell.value if cell.first is None else cell.first for cell in cells)

    def corrected_on(self, at: int) -> date | None:
        """The day on which a point last changed after its first report."""
        days = [cell.late for one in self.series if (cell := one.cells[at]) is not None and cell.late is not None]
        return max(days, default=None)

    def _kept_back(self, at: int, stack: str) -> bool:
        """Is a part kept back, and no sum told instead of it?"""
        if not self.hidden:
            return False
        stacked = [one for one in self.series if one.stack == stack]
        if any(one.instead and one.cells[at] is not None for one in stacked):
            return False
        return any((one.key, at) in self.hidden for one in stacked)
