"""What the daily summary on one page says: figures of persons, never a name. Filled by a query or a frozen report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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

    @property
    def sex_unknown(self) -> int:
        """Of those evacuated that day: adults, or people of unknown age, of whom no sex is recorded."""
        return self.people - self.children - self.women - self.men


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A hromada, or a settlement, by its name; "" where nobody knows it."""

    name: str
    figures: SummaryFigures


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """`since`: first day of the running total, None: of all. `source` of the people who remain, in words.

    `report`: number of the frozen report that it was drawn from, None: figures of the moment, which may still change.
    `corrected`: what a later report says of an earlier one, in words.
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
