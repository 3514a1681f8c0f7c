"""Charts in which a sum is told instead of its parts, where those may not be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from coordinator.domain.charts import Cell, Chart, Look, Series
from coordinator.domain.telling import Ages, Depth
from resources.i18n import N_

_Titles = tuple[str, Look, str, Look]
TITLES: Mapping[str, _Titles] = {
    "organised": (N_("Organised, ages not told"), Look.TOGETHER, N_("Organised, all but children"), Look.GROWN),
    "alone": (N_("By themselves, ages not told"), Look.SELF_TOGETHER, N_("By themselves, all but children"),
              Look.SELF_GROWN),
    "persons": (N_("Ages not told"), Look.TOGETHER, N_("All but children"), Look.GROWN),
}  # fmt: skip
"""Stack -> all ages together; adults and those whose age nobody knows."""


class Told(NamedTuple):
    """Of one point. `first`: may what was first reported be told? `band`: a part that has people of one age only."""

    depth: Depth
    first: bool = False
    band: bool = False


def ages_at(chart: Chart, stack: str, at: int) -> Ages:
    """Adults, children, age not known; of a stack of these three."""
    cells = [one.cells[at] for one in chart.series if one.stack == stack]
    return Ages(*(0 if cell is None else int(cell.value) for cell in cells))


def with_sums(chart: Chart, told: Mapping[str, Sequence[Told]]) -> Chart:
    """`told`: per stack, how finely each point is told. Where nobody was, and of a column of zeros, zero stays."""
    series: list[Series] = []
    hidden: set[tuple[str, int]] = set()
    for stack, of in told.items():
        mine = [one for one in chart.series if one.stack == stack]
        out, kept_back = _stack_told(chart, stack, mine, of)
        series += out
        hidden |= kept_back
    series += [one for one in chart.series if one.stack not in told]
    return replace(chart, series=series, hidden=chart.hidden | hidden)


def _stack_told(
    chart: Chart, stack: str, mine: Sequence[Series], told: Sequence[Told]
) -> tuple[list[Series], set[tuple[str, int]]]:
    hidden: set[tuple[str, int]] = set()
    cells: dict[str, list[Cell | None]] = {one.key: list(one.cells) for one in mine}
    sums: dict[Depth, list[Cell | None]] = {depth: [None] * len(told) for depth in (Depth.TOGETHER, Depth.CHILDREN)}
    somebody = {one.key for one in mine if any(cell is not None and cell.value for cell in one.cells)}
    for at, point in enumerate(told):
        here = {key: cell for key, of in cells.items() if (cell := of[at]) is not None}
        if not any(cell.value for cell in here.values()):
            _bare(cells, here, at, first=point.first)
            continue
        if point.depth is not Depth.AGES:
            out = [key for key in here if key in somebody and not (point.band and not here[key].value)]
            if point.depth is Depth.CHILDREN:
                out = [key for key in out if key != mine[1].key]
            hidden |= {(key, at) for key in out}
            if point.depth is not Depth.NOTHING:
                sums[point.depth][at] = _sum([here[key] for key in out], point)
            for key in out:
                cells[key][at] = None
        _bare(cells, here, at, first=point.first and point.depth is Depth.AGES)
    made = [replace(one, cells=cells[one.key]) for one in mine]
    grown, together = _instead(stack, sums)
    return [*made[:1], *grown, *made[1:], *together], hidden


def _bare(cells: Mapping[str, list[Cell | None]], here: Mapping[str, Cell], at: int, *, first: bool) -> None:
    """What was first reported stays only where it may be told."""
    for key, cell in here.items():
        if cells[key][at] is not None and not first:
            cells[key][at] = cell._replace(first=None)


def _sum(of: Sequence[Cell], told: Told) -> Cell:
    value = sum(cell.value for cell in of)
    late = max((cell.late for cell in of if cell.late is not None), default=None)
    if not told.first or told.depth is not Depth.TOGETHER or all(cell.first is None for cell in of):
        return Cell(value, late=late)
    return Cell(value, first=sum(cell.value if cell.first is None else cell.first for cell in of), late=late)


def _instead(stack: str, sums: Mapping[Depth, list[Cell | None]]) -> tuple[list[Series], list[Series]]:
    """The series of sums that are told anywhere: all but children, all ages together."""
    if stack not in TITLES:
        return [], []
    together, look, grown, grown_look = TITLES[stack]
    made = (
        Series(f"{stack}.{Look.GROWN}", grown, grown_look, sums[Depth.CHILDREN], stack, instead=True),
        Series(f"{stack}.{Look.TOGETHER}", together, look, sums[Depth.TOGETHER], stack, instead=True),
    )
    grown_ones, all_of_them = ([one] if any(one.cells) else [] for one in made)
    return grown_ones, all_of_them
