"""A chart of the workbook's own beside the cells it is drawn from, so that whoever gets it can dress it anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

WIDTH, HEIGHT = 860, 430
PART = 24
"""Pixels of a bar that lies, with the air beside it."""


class PlotSeries(NamedTuple):
    """`column`: key of the column that it is drawn from. `pattern`: of a bar, "" solid; `dash`, `mark`: of a line."""

    column: str
    name: str
    colour: str
    pattern: str = ""
    dash: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlot:
    """`bars` stand on each other, lying where `lying`; `lines` go over them. `unit`: along the numbers."""

    title: str
    unit: str
    bars: Sequence[PlotSeries] = ()
    lines: Sequence[PlotSeries] = ()
    lying: bool = False


def draw(book: Any, page: Any, plots: Sequence[SheetPlot], keys: Sequence[str], first: int, last: int) -> None:
    """Put the charts to the right of the cells; `keys`: of the columns. Rows are counted from 0, both included."""
    line = 1
    for plot in plots:
        made = _made(book, page.get_name(), plot, keys, (first, last))
        height = max(HEIGHT, 110 + PART * (last - first + 1)) if plot.lying else HEIGHT
        made.set_size({"width": WIDTH, "height": height})
        page.insert_chart(line, len(keys) + 1, made, {"description": plot.title})
        line += height // 20 + 2


def _made(book: Any, sheet: str, plot: SheetPlot, keys: Sequence[str], rows: tuple[int, int]) -> Any:
    bars: Any = book.add_chart({"type": "bar" if plot.lying else "column", "subtype": "stacked"}) if plot.bars else None
    lines: Any = book.add_chart({"type": "line"}) if plot.lines else None
    for one in plot.bars:
        bars.add_series(_series(sheet, one, keys, rows) | {"gap": 40, "overlap": 100} | _as_bar(one))
    for one in plot.lines:
        lines.add_series(_series(sheet, one, keys, rows) | _as_line(one))
    made: Any = bars or lines
    if bars and lines:
        bars.combine(lines)
    made.set_title({"name": plot.title, "overlay": False, "name_font": {"size": 13}})
    made.set_legend({"position": "bottom"})
    # Days stand as words, so that each has its bar; the axis of a chart that lies begins at its top.
    made.set_x_axis({"reverse": True, "crossing": "max"} if plot.lying else {"text_axis": True, "num_format": "dd.mm"})
    made.set_y_axis({"name": plot.unit, "min": 0, "num_format": "0", "major_gridlines": {
        "visible": True, "line": {"color": "#DDE3EA"}}})  # fmt: skip
    made.show_blanks_as("gap")
    made.show_hidden_data()
    return made


def _series(sheet: str, one: PlotSeries, keys: Sequence[str], rows: tuple[int, int]) -> dict[str, Any]:
    at, (first, last) = keys.index(one.column), rows
    return {"name": one.name, "categories": [sheet, first, 0, last, 0], "values": [sheet, first, at, last, at]}


def _as_bar(one: PlotSeries) -> dict[str, Any]:
    border = {"border": {"color": one.colour}}
    if not one.pattern:
        return {"fill": {"color": one.colour}} | border
    return {"pattern": {"pattern": one.pattern, "fg_color": one.colour, "bg_color": "#FFFFFF"}} | border


def _as_line(one: PlotSeries) -> dict[str, Any]:
    look = {"color": one.colour, "width": 1.75} | ({"dash_type": one.dash} if one.dash else {})
    mark = {"type": one.mark or "circle", "size": 6, "fill": {"color": one.colour}, "border": {"color": one.colour}}
    return {"line": look, "marker": mark}
