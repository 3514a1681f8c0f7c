"""What the daily summary on one page says: figures of persons, never a name. Filled by a query or a frozen report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

HIDDEN = "…"
"""What stands instead of a figure that does not leave. It does not tell how small it is."""


@dataclass(frozen=True, slots=True)
class SummaryFigures:
    """Persons; `refused` alone are households. `women` and `men` are adults. Fields as the oblast's report has them."""

    people: int = 0
    children: int = 0
    women: int = 0
    men: int = 0
    seniors: int = 0
    disabled: int = 0
    alone: int = 0
    alone_children: int = 0
    total: int = 0
    total_children: int = 0
    refused: int = 0
    remaining: int = 0


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A hromada, or a settlement, by its name; "" where nobody knows it. `hidden`: fields that do not leave."""

    name: str
    figures: SummaryFigures
    hidden: frozenset[str] = frozenset()

    def shown(self, field: str) -> str:
        """A figure as it is printed."""
        return HIDDEN if field in self.hidden else str(getattr(self.figures, field))


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of the report's charts. Persons; None: a day without a report."""

    day: date
    people: int | None = None
    children: int | None = None
    alone: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """`since`: first day of the running total, None: of all. `source` of the people who remain, in words.

    `report`: number of the frozen report that it was drawn from, None: figures of the moment, which may still change.
    `corrected`: what a later report says of an earlier one, in words. `hidden`: fields of `total` that do not leave,
    since they are below `hide_below` or would tell such a one. `days`: the last days, for the charts. `as_of`: when
    all this was known.
    """

    day: date
    printed_at: datetime
    total: SummaryFigures
    rows: tuple[SummaryRow, ...] = ()
    since: date | None = None
    source: str = ""
    report: int | None = None
    corrected: str = ""
    training: bool = False
    hidden: frozenset[str] = frozenset()
    hide_below: int = 0
    days: tuple[DayBar, ...] = ()
    as_of: datetime | None = None

    @property
    def whole(self) -> SummaryRow:
        """The total as a row."""
        return SummaryRow("", self.total, self.hidden)
