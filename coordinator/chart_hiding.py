"""A chart as it may leave the centre: small numbers hidden, and nothing beside them that tells them.

As in the reports (domain.small_cells) a number from 1 to `least` - 1 is hidden and 0 stays. A chart shows one kind of
sum only, that of a stack; where a part of it is hidden the sum is not told either, so nothing else need be hidden.
Figures that others published are theirs and stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from coordinator.domain.charts import Cell, Chart, Point, Series
from coordinator.summary_content import HIDDEN
from resources.i18n import _

MOST_NAMED = 12


def withheld(chart: Chart, least: int) -> Chart:
    """The chart without numbers below `least`, with a note that says so; the same one where there are none."""
    small = {
        (one.key, at)
        for one in chart.series
        if not one.published
        for at, cell in enumerate(one.cells)
        if cell is not None and _small(cell.value, least)
    }
    bare = _bare(chart, least)
    if not small and not bare:
        return chart
    series = [one if one.published else _without(one, least, bare) for one in chart.series]
    touched = sorted({at for _key, at in small})
    points = [_marked(point) if at in touched else point for at, point in enumerate(chart.points)]
    notes = [*chart.notes, *_notes((chart.points[at] for at in touched), least)]
    return replace(chart, points=points, series=series, notes=notes, hidden=frozenset(small))


def _bare(chart: Chart, least: int) -> Set[tuple[str, int]]:
    """Stacks, or keys of lines, and points of which nothing first reported may be told, since one of it was small.

    Of a stack nothing at all: a first sum made of the other parts and what this one is now would be no sum of that day.
    """
    return {
        (one.stack or one.key, at)
        for one in chart.series
        if not one.published
        for at, cell in enumerate(one.cells)
        if cell is not None and cell.first is not None and _small(cell.first, least)
    }


def _small(value: float, least: int) -> bool:
    return 0 < value < least


def _without(one: Series, least: int, bare: Set[tuple[str, int]]) -> Series:
    cells = [_shown(cell, least, (one.stack or one.key, at) in bare) for at, cell in enumerate(one.cells)]
    return replace(one, cells=cells)


def _shown(cell: Cell | None, least: int, bare: bool) -> Cell | None:
    """None where it is small; without what was first reported where that may not be told."""
    if cell is None or _small(cell.value, least):
        return None
    return cell._replace(first=None) if bare else cell


def _marked(point: Point) -> Point:
    return point if point.day else point._replace(words=f"{point.words or _('not known')} ({HIDDEN})")


def _notes(points: Iterable[Point], least: int) -> Iterable[str]:
    yield _("{mark}: numbers below {least} are not shown.").format(mark=HIDDEN, least=least)
    days = [f"{point.day:%d.%m}" for point in points if point.day]
    if days:
        more = ["…"] if len(days) > MOST_NAMED else []
        yield _("Days with such numbers, which are no gaps: {days}").format(days=", ".join(days[:MOST_NAMED] + more))
