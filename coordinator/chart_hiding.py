"""A chart as it may leave the centre: no small number in it, nor one that follows from it and its sister charts.

Whoever holds all charts of one choice of days, hromada and organisation cannot work out a number from 1 to `least` - 1
of any of them (domain.telling). Where the ages of a part or a day cannot be told, their sum is told instead of them.
Figures that others published are theirs and stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coordinator.chart_day_hiding import days_withheld, totals_withheld
from coordinator.chart_sums import Told, ages_at, with_sums
from coordinator.domain.charts import Cell, Chart, Point
from coordinator.domain.telling import Ages, Depth, depth_alone, depths_of_parts, left_out
from coordinator.summary_content import HIDDEN
from resources.i18n import _

MOST_NAMED = 12
BESIDE: Mapping[str, str] = {"daily": "running", "running": "daily"}
"""Charts that tell of each other: what leaves of one depends on the other."""
OVERLAPPING: Mapping[str, str] = {"need": "none", "refusals": ""}
"""Charts whose parts have people in common -> the key of those who are in none of them."""
ALONE = "themselves"
"""Who left by themselves are told apart from all organisations in other charts, too."""


def withheld(chart: Chart, least: int, beside: Chart | None = None) -> Chart:
    """The chart without what may not leave, with notes that say so. `beside`: that of BESIDE, for the same choice."""
    if least < 2:
        return replace(chart, least=least)
    if chart.key == "daily":
        out = days_withheld(chart, beside, least)
    elif chart.key == "running":
        out = totals_withheld(chart, beside, least)
    elif chart.key == "decisions":
        out = _in_steps(chart, least)
    else:
        out = with_sums(chart, {chart.stacks[0]: _told(chart, least)}) if chart.stacks else chart
        out = _small_ones_last(out)
    notes = [note for note in out.notes if note not in out.inside]
    return replace(out, least=least, notes=[*notes, *_notes(out, least)])


def _told(chart: Chart, least: int) -> list[Told]:
    keys = [point.key for point in chart.points]
    if chart.key == "age":
        return [Told(depth, band=True) for depth in _ages_told(chart, least)]
    if len([one for one in chart.series if one.stack]) == 1:
        return [Told(Depth.AGES if told else Depth.NOTHING) for told in _single(chart, least)]
    ages = {point.key: ages_at(chart, chart.stacks[0], at) for at, point in enumerate(chart.points)}
    if chart.key in OVERLAPPING:
        depths = _overlapping(chart, ages, OVERLAPPING[chart.key], least)
    elif chart.key == "organisation":
        depths = {key: depth_alone(ages[key], least) for key in keys if key == ALONE}
        depths |= depths_of_parts({key: ages[key] for key in keys if key != ALONE}, {}, least)
    else:
        depths = depths_of_parts(ages, {point.key: point.group for point in chart.points}, least)
    return [Told(depths[key]) for key in keys]


def _overlapping(chart: Chart, ages: Mapping[str, Ages], none: str, least: int) -> dict[str, Depth]:
    """Who is in none of the parts tells how many are in any, and where there is but one part the other way round.

    That says nothing of a part that is kept back where the others have as many people as are in any.
    """
    depths = {key: depth_alone(one, least) for key, one in ages.items()}
    if none not in depths:
        return depths
    nowhere = depths[none]
    depths = {key: min(depth, nowhere) for key, depth in depths.items()}
    others = sum(sum(ages[key]) for key, depth in depths.items() if depth and key != none)
    depths[none] = min(depths.values())
    if nowhere and chart.whole is not None and chart.whole.value - sum(ages[none]) <= others:
        depths[none] = max(depths[none], Depth.TOGETHER)
    return depths


def _single(chart: Chart, least: int) -> list[bool]:
    """Of one number a part."""
    (series,) = (one for one in chart.series if one.stack)
    counts = {at: (int(cell.value),) for at, cell in enumerate(series.cells) if cell is not None and cell.value}
    if chart.key in OVERLAPPING:
        out = {at for at, (n,) in counts.items() if n < least}
        nowhere = {at for at in counts if chart.points[at].key == OVERLAPPING[chart.key]}
        out |= set(counts) if out & nowhere else nowhere if out else set()
    else:
        out = left_out(counts, least)
    return [at not in out for at in range(len(chart.points))]


def _ages_told(chart: Chart, least: int) -> list[Depth]:
    """Bands of ages make up those sums that other charts tell: of all, of children and the rest, or of each age."""
    bands = [ages_at(chart, chart.stacks[0], at) for at in range(len(chart.points))]
    told = depth_alone(Ages(*map(sum, zip(*bands, strict=True))) if bands else Ages(), least)
    found = [Depth.NOTHING] * len(bands)
    for sum_ in range(len(Ages().at(told)) if told else 0):
        counts = {at: (band.at(told)[sum_],) for at, band in enumerate(bands) if band.at(told)[sum_]}
        for at in counts.keys() - left_out(counts, least):
            found[at] = Depth.AGES
    return found


def _in_steps(chart: Chart, least: int) -> Chart:
    """Where households stood, in whole steps of `least`: of one day and the next nobody can tell a few that moved."""
    hidden = {
        (one.key, at)
        for one in chart.series
        for at, cell in enumerate(one.cells)
        if cell is not None and 0 < cell.value < least
    }
    series = [
        replace(one, cells=[None if (one.key, at) in hidden else _stepped(cell, least)
                            for at, cell in enumerate(one.cells)])
        for one in chart.series
    ]  # fmt: skip
    note = _("Rounded down to multiples of {least}.").format(least=least)
    return replace(chart, series=series, hidden=frozenset(hidden), notes=[*chart.notes, note])


def _stepped(cell: Cell | None, least: int) -> Cell | None:
    return None if cell is None else Cell(cell.value - cell.value % least)


def _small_ones_last(chart: Chart) -> Chart:
    """Parts stand by their size; those of which nothing is told stand at the end, by their words."""
    nothing = [at for at in range(len(chart.points)) if _nothing(chart, at)]
    if not nothing:
        return chart
    marked = [_marked(point) if at in nothing else point for at, point in enumerate(chart.points)]
    if chart.key in ("age", "hours"):
        return replace(chart, points=marked)
    order = [at for at in range(len(marked)) if at not in nothing]
    order += sorted(nothing, key=lambda at: marked[at].words)
    place = {at: number for number, at in enumerate(order)}
    series = [replace(one, cells=[one.cells[at] for at in order]) for one in chart.series]
    hidden = frozenset((key, place[at]) for key, at in chart.hidden)
    return replace(chart, points=[marked[at] for at in order], series=series, hidden=hidden)


def _nothing(chart: Chart, at: int) -> bool:
    ours = [one for one in chart.series if not one.published]
    return any((one.key, at) in chart.hidden for one in ours) and not any(
        cell is not None and cell.value for one in ours if (cell := one.cells[at]) is not None
    )


def _marked(point: Point) -> Point:
    return point._replace(words=f"{point.words or _('not known')} ({HIDDEN})")


def _notes(chart: Chart, least: int) -> Iterable[str]:
    if not chart.hidden:
        return
    yield _("{mark}: numbers below {least} are not shown, nor those that would tell them.").format(
        mark=HIDDEN, least=least
    )
    days = [f"{point.day:%d.%m}" for at, point in enumerate(chart.points) if point.day and _kept_back(chart, at)]
    if days:
        more = ["…"] if len(days) > MOST_NAMED else []
        yield _("Days with such numbers, which are no gaps: {days}").format(days=", ".join(days[:MOST_NAMED] + more))


def _kept_back(chart: Chart, at: int) -> bool:
    """Is the sum of a stack, or a line, kept back?"""
    if any(chart.total(at, stack) is None and not chart.gap(at) for stack in chart.stacks):
        return True
    return any((one.key, at) in chart.hidden for one in chart.series if not one.stack)
