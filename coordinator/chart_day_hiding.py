"""The charts over days as they may leave the centre: persons a day and the running totals, which tell of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coordinator.chart_sums import Told, ages_at, with_sums
from coordinator.domain.charts import Chart, Series
from coordinator.domain.telling import Ages, DayCounts, DaysTold, Depth, days_told, may_be_told

LINES: Mapping[str, tuple[str, ...]] = {"organised": ("total", "children"), "alone": ("alone",)}
"""Stack of the persons a day -> keys of the running totals that grow by it."""


def days_withheld(daily: Chart, running: Chart | None, least: int) -> Chart:
    """Persons a day."""
    told: dict[str, list[Told]] = {}
    for stack in daily.stacks:
        at, found = _told(daily, running, stack, least)
        depths = dict(zip(at, found.depths, strict=True))
        told[stack] = [
            Told(depths.get(number, Depth.AGES), _first_may_be_told(daily, number, stack, least))
            for number in range(len(daily.points))
        ]
    return with_sums(daily, told)


def totals_withheld(running: Chart, daily: Chart | None, least: int) -> Chart:
    """The running totals. What was first reported of them stays here: with the days it would tell small numbers."""
    ends: dict[str, set[str]] = {}
    for stack, lines in LINES.items():
        at, found = _told(daily, running, stack, least) if daily is not None else ([], DaysTold([], [], []))
        for line, told in zip(lines, (found.total, found.children), strict=False):
            ends[line] = {daily.points[n].key for n, shown in zip(at, told, strict=True) if shown} if daily else set()
    hidden: set[tuple[str, int]] = set()
    series: list[Series] = []
    for one in running.series:
        if one.key not in ends:
            series.append(one)
            continue
        out = {n for n, cell in enumerate(one.cells)
               if cell is not None and cell.value and running.points[n].key not in ends[one.key]}  # fmt: skip
        hidden |= {(one.key, n) for n in out}
        cells = [None if n in out or cell is None else cell._replace(first=None) for n, cell in enumerate(one.cells)]
        series.append(replace(one, cells=cells))
    return replace(running, series=series, hidden=running.hidden | hidden)


def _told(daily: Chart, running: Chart | None, stack: str, least: int) -> tuple[list[int], DaysTold]:
    """The numbers of the days that have a report, and what of them may be told."""
    mine = [one for one in daily.series if one.stack == stack]
    at = [number for number in range(len(daily.points)) if any(one.cells[number] is not None for one in mine)]
    ages = [ages_at(daily, stack, number) for number in at]
    days = [daily.points[number].key for number in at]
    counted = [(sum(one), one.children) for one in ages]
    grown = [_growth(running, line, days, [pair[which] for pair in counted]) for which, line in enumerate(LINES[stack])]
    counts = [_counts(one, [of[number + 1] for of in grown]) for number, one in enumerate(ages)]
    return at, days_told(_counts(Ages(), [of[0] for of in grown]), counts, least)


def _counts(ages: Ages, growth: Sequence[int]) -> DayCounts:
    split = (growth[1], growth[0] - growth[1]) if len(growth) > 1 else ()
    together, children, each = (ages.at(depth) for depth in (Depth.TOGETHER, Depth.CHILDREN, Depth.AGES))
    return DayCounts((*together, growth[0]), (*children, *split), (*each, *split))


def _growth(running: Chart | None, line: str, days: Sequence[str], counted: Sequence[int]) -> list[int]:
    """What a running total began with, and by how much it grew on each day.

    The first that stands there less those of its day is what somebody would take for its beginning.
    """
    values = _values(running, line)
    before, last, grown = 0, None, []
    for day, people in zip(days, counted, strict=True):
        value = values.get(day)
        if value is None:
            grown.append(0)
            continue
        if last is None:
            before = last = max(0, value - people)
        grown.append(value - last)
        last = value
    return [before, *grown]


def _values(running: Chart | None, line: str) -> dict[str, int]:
    found = next((one for one in running.series if one.key == line), None) if running is not None else None
    if running is None or found is None:
        return {}
    return {
        point.key: int(cell.value)
        for point, cell in zip(running.points, found.cells, strict=True)
        if cell is not None
    }  # fmt: skip


def _first_may_be_told(daily: Chart, at: int, stack: str, least: int) -> bool:
    """Neither the sum that was first reported may be small, nor what came late or was taken out."""
    first, now = daily.first_total(at, stack), daily.total(at, stack)
    return first is not None and now is not None and may_be_told((int(first), int(abs(now - first))), least)
