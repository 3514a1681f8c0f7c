"""What a chart is declared as, and what its maker gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.charts import Asked, Drawing, Point, Series
from coordinator.domain.counted_parts import BY_THEMSELVES, organisation
from coordinator.domain.counting import ORGANISED, THEMSELVES
from coordinator.domain.figures import Figure, Unit
from coordinator.domain.ledger import Fact, Kinds, Ledger
from coordinator.queries.count_memory import CountMemory


@dataclass(frozen=True, slots=True)
class Filled:
    """The points and series of a chart, and what is said beside them; see `Chart`.

    `inside`: notes with figures of ours, which would tell what a chart that leaves keeps back.
    """

    points: Sequence[Point]
    series: Sequence[Series]
    whole: Figure | None = None
    sources: Sequence[str] = ()
    notes: Sequence[str] = ()
    reported: frozenset[date] = field(default_factory=frozenset)
    inside: Sequence[str] = ()


Make = Callable[[CountMemory, Asked, date], Filled]
"""(what is remembered, what is asked, the working date) -> the content; run on the reader thread."""


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One chart, declared once for page, table, picture, workbook and paper. Texts are English source text.

    `ranged`: it is about the days asked for (others tell how it is now). `filtered`: it knows hromada and
    organisation. `ages`: the set of age groups can be switched.
    """

    key: str
    title: str
    unit: Unit
    drawing: Drawing
    first_column: str
    make: Make
    ranged: bool = True
    filtered: bool = True
    ages: bool = False


def asked_ledger(memory: CountMemory, asked: Asked) -> Ledger:
    """The facts that are asked about: those of one hromada, of one organisation, or all. Days with a report stay."""
    ledger = memory.book().ledger
    if not asked.hromada and not asked.organisation:
        return ledger

    def count() -> Ledger:
        return Ledger(_asked(ledger.within(None, None), asked), ledger.reports)

    def follow(before: Ledger, people: Set[str]) -> Ledger:
        out = [fact.id for person in people for fact in before.of(person)]
        come = _asked((fact for person in people for fact in ledger.of(person)), asked)
        return before.changed(out, come, ledger.reports)

    return ledger.followed(("asked", asked.hromada, asked.organisation), count, follow)


def _asked(facts: Iterable[Fact], asked: Asked) -> list[Fact]:
    return [
        fact
        for fact in facts
        if (not asked.hromada or fact.hromada == asked.hromada)
        and (not asked.organisation or organisation(fact) == asked.organisation)
    ]


def asked_kinds(asked: Asked) -> Kinds:
    """Who was moved by somebody; where those are asked about who left by themselves, these."""
    return THEMSELVES if asked.organisation == BY_THEMSELVES else ORGANISED
