"""A chart as a workbook: its cells in a sheet, and beside them what they count, of when, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from coordinator.chart_words import UNITS, asked_words, series_words, source_words, unit_words
from coordinator.domain.charts import Cell, Chart, Drawing, Look, Series
from coordinator.exchange.exports import about_lines
from coordinator.exchange.sheet_plot import PlotSeries, SheetPlot
from coordinator.exchange.writing import CellKind, Column, Note, Sheet
from coordinator.summary_content import HIDDEN
from resources.i18n import N_, _

MOST_WIDTH = 36
STACKS = {"organised": N_("organised"), "alone": N_("by themselves")}
_BLUE, _ORANGE, _TEAL, _INK, _PLUM, _GREY = "#1C5CB8", "#C9741A", "#2F8F8B", "#17202B", "#7C4D9E", "#4C5866"
_RISING, _FALLING, _CROSSED = "wide_upward_diagonal", "wide_downward_diagonal", "large_grid"
_LEVEL, _UPRIGHT, _DOTTED = "light_horizontal", "light_vertical", "percent_20"
LOOKS: Mapping[Look, tuple[str, ...]] = {
    Look.ADULTS: (_BLUE,), Look.CHILDREN: (_ORANGE, _RISING), Look.UNKNOWN: (_GREY, _DOTTED),
    Look.TOGETHER: (_BLUE, _LEVEL), Look.GROWN: (_BLUE, _UPRIGHT),
    Look.SELF_ADULTS: (_TEAL, _FALLING), Look.SELF_CHILDREN: (_TEAL, _CROSSED), Look.SELF_UNKNOWN: (_TEAL, _DOTTED),
    Look.SELF_TOGETHER: (_TEAL, _LEVEL), Look.SELF_GROWN: (_TEAL, _UPRIGHT),
    Look.TOTAL: (_INK,), Look.TOTAL_CHILDREN: (_ORANGE, "", "dash", "triangle"),
    Look.SELF_TOTAL: (_TEAL, "", "round_dot", "square"), Look.PUBLISHED: (_PLUM, "", "dash_dot", "diamond"),
    Look.PUBLISHED_CHILDREN: (_PLUM, "", "round_dot", "x"), Look.PUBLISHED_SELF: (_PLUM, "", "round_dot", "square"),
    Look.PUBLISHED_OTHER: (_PLUM, "", "dash", "triangle"), Look.PLAIN: (_BLUE,), Look.READY: ("#1A6B3C",),
    Look.WAVERING: ("#8F5200", _RISING), Look.REFUSED: ("#B42318", _CROSSED), Look.GONE: (_BLUE, _FALLING),
    Look.RETURNED: (_PLUM, _UPRIGHT), Look.SILENT: (_GREY, _LEVEL),
}  # fmt: skip
"""As on the screen in the light theme: colour, pattern of bars, dashes and mark of lines."""


def chart_sheet(chart: Chart) -> Sheet:
    """One row a point. An empty cell is a gap; what was first reported stands in columns of its own."""
    days = any(point.day for point in chart.points)
    first = Column("point", chart.first_column, 13 if days else 30, CellKind.DATE if days else CellKind.TEXT)
    told = [_series(one.key, series_words(one), [cell for cell in one.cells if cell]) for one in chart.series]
    changed = [Column("first", N_("First reported, sum"), 16, CellKind.INTEGER)] if chart.stacks and days else []
    last = [Column("changed", N_("Last changed"), 14, CellKind.DATE)] if days else []
    drawn = [Column(_drawn(one), "", 9, CellKind.INTEGER, header=series_words(one), hidden=True)
             for one in _broken(chart)]  # fmt: skip
    columns = [first, *told, *changed, *last, *drawn]
    return Sheet(_(chart.title), columns, list(_rows(chart, days, bool(changed))), plots=chart_plots(chart))


def _broken(chart: Chart) -> list[Series]:
    """Lines with values that are kept back: Excel would draw the sign for it as 0, so they have cells of their own."""
    return [one for one in chart.series if not one.stack and any(key == one.key for key, _at in chart.hidden)]


def _drawn(one: Series) -> str:
    return f"drawn.{one.key}"


def chart_plots(chart: Chart) -> list[SheetPlot]:
    """A chart of the workbook's own for each stack, the lines with the first; without lines and stacks none."""
    broken = {one.key for one in _broken(chart)}
    lines = [_plotted(one, _drawn(one) if one.key in broken else one.key) for one in chart.series if not one.stack]
    unit, lying = _(UNITS[chart.unit]), chart.drawing is Drawing.PARTS
    plots: list[SheetPlot] = []
    for stack in chart.stacks:
        bars = [_plotted(one, one.key) for one in chart.series if one.stack == stack and _shown(one)]
        if bars:
            title = f"{_(chart.title)}: {_(STACKS[stack])}" if stack in STACKS else _(chart.title)
            plots.append(SheetPlot(title, unit, bars, [] if plots else lines, lying))
    return plots or ([SheetPlot(_(chart.title), unit, (), lines)] if lines else [])


def _shown(one: Series) -> bool:
    return any(cell is not None and cell.value for cell in one.cells)


def _plotted(one: Series, column: str) -> PlotSeries:
    return PlotSeries(column, series_words(one), *LOOKS[one.look])


def _series(key: str, words: str, cells: list[Cell]) -> Column:
    whole = all(float(cell.value).is_integer() for cell in cells)
    kind = CellKind.INTEGER if whole else CellKind.NUMBER
    return Column(key, "", min(MOST_WIDTH, max(10, len(words))), kind, header=words)


def _rows(chart: Chart, days: bool, sums: bool) -> Iterator[list[object]]:
    for at, point in enumerate(chart.points):
        row: list[object] = [point.day if days else point.words or _("not known")]
        row += [HIDDEN if (one.key, at) in chart.hidden else _value(one.cells[at]) for one in chart.series]
        if sums:
            first = chart.first_total(at, chart.stacks[0])
            row.append(None if first is None else int(first))
        if days:
            row.append(chart.corrected_on(at))
        yield [*row, *(_value(one.cells[at]) for one in _broken(chart))]


def _value(cell: Cell | None) -> object:
    if cell is None:
        return None
    return int(cell.value) if float(cell.value).is_integer() else cell.value


def chart_notes(chart: Chart, centre: str, when: datetime, by: str, training: bool) -> list[Note]:
    """What the workbook is; `when` in Kyiv time."""
    lines = about_lines(_(chart.title), centre, when, by, training)
    lines += [(_("Unit"), unit_words(chart)), (_("Days"), asked_words(chart.asked))]
    lines += [(_("Source"), words) for words in source_words(chart, centre)]
    lines += [(_("Note"), words) for words in chart.notes]
    lines.append((_("Gaps"), _("An empty cell is a day without a report, never a zero.")))
    if any(one.instead for one in chart.series):
        lines.append((_("Sums"), _("A sum stands only where its parts may not be told; elsewhere its cell is empty.")))
    return [Note(_("About"), lines)]
