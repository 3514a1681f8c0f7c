"""The table beside a chart: the same cells, for screen readers and for copying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from coordinator.chart_words import series_words
from coordinator.domain.charts import Cell, Chart, Point, Series
from resources.i18n import N_, _
from ui import texts
from ui.charts.layers import amount
from ui.tables.columns import Column, TableData, prepare

TITLE_LINES = 4
"""Beside a chart is little room, and a figure that lies outside it is not read."""


class Row(NamedTuple):
    """A point with its cells, in the order of the series, and with its sums: as known now and as first reported."""

    at: int
    point: Point
    cells: tuple[Cell | None, ...]
    total: float | None
    first: str
    changed: str


def rows_of(chart: Chart) -> list[Row]:
    """One for each point; of days the newest first."""
    stack = chart.stacks[0] if chart.stacks else ""
    rows = [
        Row(
            at, point, tuple(one.cells[at] for one in chart.series),
            chart.total(at, stack) if stack else None, _first(chart, at), _changed(chart, at),
        )
        for at, point in enumerate(chart.points)
    ]  # fmt: skip
    return rows[::-1] if over_days(chart) else rows


def over_days(chart: Chart) -> bool:
    return bool(chart.points) and chart.points[0].day is not None


def columns_of(chart: Chart) -> list[Column[Row]]:
    """What the table of this chart shows: the point, each series, sums of what is stacked, and what was corrected."""
    width = 10 if over_days(chart) else 22
    columns = [
        Column(
            "point", chart.first_column, _name, sort=(lambda r: r.point.day) if over_days(chart) else None,
            width=width, always=True,
        )
    ]  # fmt: skip
    columns += [_series(one, at) for at, one in enumerate(chart.series)]
    if sum(one.stack == chart.stacks[0] for one in chart.series if chart.stacks) > 1:
        title = N_("Organised, together") if len(chart.stacks) > 1 else N_("Together")
        columns.insert(
            1, Column("total", title, lambda r: _number(r.total), lambda r: r.total, _wide(title), right=True)
        )
    if over_days(chart):
        columns.append(Column("first", N_("First reported"), lambda r: r.first, width=12, right=True))
        columns.append(Column("changed", N_("Last changed"), lambda r: r.changed, width=12))
    return columns


def table_of(chart: Chart, sort_by: str = "") -> TableData[Row]:
    """Ready rows; run it on a worker."""
    return prepare(columns_of(chart), rows_of(chart), lambda row: row.point.key, _unsearched, sort_by)


def _unsearched(_row: Row) -> str:
    """Nothing is searched in this table; folding all its words would take most of the time of reading a chart."""
    return ""


def _series(one: Series, at: int) -> Column[Row]:
    title = series_words(one) if one.office else one.title
    text: Callable[[Row], str] = lambda r: _cell(r.cells[at])  # noqa: E731
    value: Callable[[Row], Any] = lambda r: None if (cell := r.cells[at]) is None else cell.value  # noqa: E731
    return Column(one.key, title, text, value, _wide(title), right=True)


def _wide(title: str) -> int:
    """Letters that a column of numbers needs: its title may break into lines, between words."""
    words = _(title).split()
    return max(7, round(max(map(len, words)) * 0.95), round(len(_(title)) / TITLE_LINES))


def _name(row: Row) -> str:
    return texts.day_short(row.point.day) if row.point.day else row.point.words or _("not known")


def _cell(cell: Cell | None) -> str:
    return "–" if cell is None else amount(cell.value)


def _number(value: float | None) -> str:
    return "–" if value is None else amount(value)


def _first(chart: Chart, at: int) -> str:
    """ "92", or "no report"; "" where nothing has changed since."""
    if chart.gap(at):
        return _("no report")
    stacks = [first for stack in chart.stacks if (first := chart.first_total(at, stack)) is not None]
    lines = [
        cell.first
        for one in chart.series
        if not one.stack and (cell := one.cells[at]) is not None and cell.first is not None
    ]
    return " / ".join(map(amount, (*stacks, *lines)))


def _changed(chart: Chart, at: int) -> str:
    day = chart.corrected_on(at)
    return texts.day_short(day) if day else ""
