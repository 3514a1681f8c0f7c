"""The charts over days: persons a day, the running total, and where households stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from coordinator.domain.charts import Asked, Cell, Look, Point, Series
from coordinator.domain.counting import ORGANISED, THEMSELVES, DayLine, daily, running
from coordinator.domain.decision import Decision
from coordinator.domain.figures import ByAge, Households, Persons
from coordinator.domain.first_known import first_known
from coordinator.domain.ledger import DayOfFacts, Kinds, Ledger
from coordinator.queries.chart_published import A_DAY, SINCE, first_published, published_beside
from coordinator.queries.chart_spec import Filled, asked_ledger
from coordinator.queries.count_memory import CountMemory
from resources.i18n import N_

US, ALONE = "organised", "alone"
FEWEST_DAYS = 10
"""A chart over days shows at least so many, so that one day does not fill it."""
DAY_LOOKS: Sequence[tuple[str, str, Look, Look, Callable[[ByAge[Persons]], Persons]]] = (
    (N_("Adults, organised"), N_("Adults, by themselves"), Look.ADULTS, Look.SELF_ADULTS, lambda x: x.adults),
    (N_("Children, organised"), N_("Children, by themselves"), Look.CHILDREN, Look.SELF_CHILDREN,
     lambda x: x.children),
    (N_("Age not known, organised"), N_("Age not known, by themselves"), Look.UNKNOWN, Look.SELF_UNKNOWN,
     lambda x: x.unknown),
)  # fmt: skip
STANDING: Sequence[tuple[str, str, Look, frozenset[Decision]]] = (
    ("ready", N_("Packed or wants pickup"), Look.READY, frozenset({Decision.PACKED, Decision.WANTS_PICKUP})),
    ("wavering", N_("Undecided or preparing"), Look.WAVERING, frozenset({Decision.UNDECIDED, Decision.PREPARING})),
    ("refused", N_("Refused"), Look.REFUSED, frozenset({Decision.REFUSED})),
    ("silent", N_("Not asked or not reached"), Look.SILENT, frozenset({Decision.NOT_ASKED, Decision.UNREACHABLE})),
    ("gone", N_("Evacuated or left by themselves"), Look.GONE,
     frozenset({Decision.EVACUATED, Decision.LEFT_THEMSELVES})),
    ("returned", N_("Came back"), Look.RETURNED, frozenset({Decision.RETURNED})),
)  # fmt: skip


def span(memory: CountMemory, ledger: Ledger, asked: Asked, day: date) -> tuple[date, date]:
    """The days shown: as asked, or from the first that has a report, ours or published, until the working date.

    At least ten.
    """
    until = asked.until or day
    first = date.fromordinal(min(ledger.reports, default=until.toordinal()))
    fewest = until - timedelta(days=FEWEST_DAYS - 1)
    since = asked.since or min(first, first_published(memory, asked) or first, fewest)
    return min(since, until), until


def days_of(since: date, until: date) -> list[Point]:
    return [
        Point(day.isoformat(), "", day)
        for day in map(date.fromordinal, range(since.toordinal(), until.toordinal() + 1))
    ]


def persons_a_day(memory: CountMemory, asked: Asked, day: date) -> Filled:
    ledger = asked_ledger(memory, asked)
    since, until = span(memory, ledger, asked, day)
    series: list[Series] = []
    for stack, kinds in ((US, ORGANISED), (ALONE, THEMSELVES)):
        lines = daily(ledger, since, until, kinds)
        late = _last_changes(ledger, since, until, kinds)
        for organised, alone, look, self_look, pick in DAY_LOOKS:
            cells = [_cell(line, pick, late) for line in lines]
            ours = stack == US
            series.append(
                Series(f"{stack}.{look}", organised if ours else alone, look if ours else self_look, cells, stack)
            )
    points = days_of(since, until)
    beside = published_beside(memory, asked, [point.day for point in points if point.day], A_DAY)
    return Filled(
        points, [*series, *beside.series], None, beside.sources, beside.notes, frozenset(ledger.reported(since, until))
    )


def _cell(line: DayLine | None, pick: Callable[[ByAge[Persons]], Persons], late: dict[date, date]) -> Cell | None:
    if line is None:
        return None
    now, first = pick(line.now), pick(line.first)
    if line.now is line.first or now == first:
        return Cell(now.value, now)
    return Cell(now.value, now, first.value, late.get(line.day))


def _last_changes(ledger: Ledger, since: date, until: date, kinds: Kinds) -> dict[date, date]:
    """Day -> the day on which something of it was last recorded or withdrawn, where that was after its report."""
    found: dict[date, date] = {}
    for day in ledger.days(since, until):
        came = ledger.reports[day.on]
        last = day.kept(("last changed", came, kinds), partial(_last_change, day, came, kinds))
        if last is not None:
            found[date.fromordinal(day.on)] = last
    return found


def _last_change(day: DayOfFacts, came: int, kinds: Kinds) -> date | None:
    last = max((max(f.recorded_on, f.withdrawn_on or 0) for f in day.facts if f.kind in kinds), default=0)
    return date.fromordinal(last) if last > came else None


def running_total(memory: CountMemory, asked: Asked, day: date) -> Filled:
    """From the first day of the count on, also where fewer days are shown."""
    ledger = asked_ledger(memory, asked)
    since, until = span(memory, ledger, asked, day)
    begin = memory.counting_since() if asked.since else None
    points = days_of(since, until)
    us, alone = (
        {line.day: line.total for line in running(ledger, begin, until, kinds)} for kinds in (ORGANISED, THEMSELVES)
    )
    days = [point.day for point in points if point.day is not None]
    told_us, told_alone = first_known(ledger, ORGANISED, begin), first_known(ledger, THEMSELVES, begin)
    children = {day: total.children for day, total in us.items()}
    series = [
        _line("total", N_("Organised, since the first day"), Look.TOTAL, days, us, told_us, 0),
        _line("children", N_("of them children"), Look.TOTAL_CHILDREN, days, children, told_us, 1),
        _line("alone", N_("By themselves, since the first day"), Look.SELF_TOTAL, days, alone, told_alone, 0),
    ]
    beside = published_beside(memory, asked, days, SINCE)
    return Filled(
        points, [*series, *beside.series], None, beside.sources, beside.notes, frozenset(ledger.reported(since, until))
    )


def _line(
    key: str, title: str, look: Look, days: Sequence[date], totals: Mapping[date, ByAge[Persons] | Persons],
    told: Mapping[date, tuple[int, int]], which: int,
) -> Series:  # fmt: skip
    """`told`: per day the persons and the children first reported; `which` of them."""
    cells: list[Cell | None] = []
    for day in days:
        now = totals.get(day)
        first = told[day][which] if day in told else None
        cells.append(None if now is None else Cell(now.value, now, None if first == now.value else first))
    return Series(key, title, look, cells)


def decisions_over_time(memory: CountMemory, asked: Asked, day: date) -> Filled:
    """Households at the end of each day; from the day of the first one on where no days are asked for."""
    until = asked.until or day
    standings = memory.standings()
    since = asked.since or min(standings.first or until, until - timedelta(days=FEWEST_DAYS - 1))
    lines = standings.by_day(min(since, until), until)
    series = [
        Series(key, title, look, [_households(line.households, decisions) for line in lines], "households")
        for key, title, look, decisions in STANDING
    ]
    return Filled(days_of(min(since, until), until), series)


def _households(standing: Mapping[Decision, Households], decisions: Iterable[Decision]) -> Cell | None:
    """A day before the first household is a gap."""
    if not standing:
        return None
    found = Households()
    for decision in decisions:
        found = found | standing[decision] if decision in standing else found
    return Cell(found.value, found)
