"""A chart as arrays ready to draw, and the words that stand at each point. Made on a worker thread; knows no widget.

Days stand along x at 0, 1, 2 …: the numbers of real days would lose their last places in an SVG. Of a chart of parts
the first part stands at y = 0 and the next ones below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from coordinator.chart_words import UNITS, series_words
from coordinator.domain.charts import Cell, Chart, Drawing, Series
from resources.i18n import N_, _
from ui import texts
from ui.charts.looks import STYLES, Style

Array = np.ndarray
STACK_WIDTHS = {1: 0.72, 2: 0.4, 3: 0.27}
PART_HEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class BarLayer:
    """One series as rectangles; NaN for a gap."""

    key: str
    style: Style
    left: Array
    low: Array
    wide: Array
    high: Array


@dataclass(frozen=True, slots=True)
class LineLayer:
    """One series as points; NaN for a gap."""

    key: str
    style: Style
    x: Array
    y: Array


@dataclass(frozen=True, slots=True)
class FirstLayer:
    """What was first reported where it has changed: from `left` to `right` at `first`, now at `now`.

    Of a published total: what it must have been by a later one.
    """

    left: Array
    right: Array
    first: Array
    now: Array


@dataclass(frozen=True, slots=True)
class NumberLayer:
    x: Array
    y: Array
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`told[n]`: the lines that tell point n, its name first. `most`: the largest value."""

    chart: Chart
    bars: Sequence[BarLayer]
    lines: Sequence[LineLayer]
    firsts: FirstLayer
    numbers: NumberLayer
    places: Array
    most: float
    told: Sequence[tuple[str, ...]] = field(default_factory=tuple)

    @property
    def sideways(self) -> bool:
        return self.chart.drawing is Drawing.PARTS


def lay_out(chart: Chart) -> Drawn:
    """Arrays and words of a chart; run it on a worker."""
    places = np.arange(len(chart.points), dtype=float)
    bars = _bars(chart, places)
    lines = [_line(chart, one, places) for one in chart.series if not one.stack]
    tops = [np.nan_to_num(layer.y) for layer in lines]
    tops += [np.nan_to_num(layer.wide if chart.drawing is Drawing.PARTS else layer.low + layer.high) for layer in bars]
    if chart.drawing is Drawing.PARTS:
        tops = [np.nan_to_num(layer.left + np.nan_to_num(layer.wide)) for layer in bars]
    firsts = _firsts(chart, places)
    most = max((float(top.max()) for top in (*tops, firsts.first) if top.size), default=0.0)
    told = tuple(point_lines(chart, at) for at in range(len(chart.points)))
    return Drawn(chart, bars, lines, firsts, _numbers(chart, places), places, most, told)


def _line(chart: Chart, one: Series, places: Array) -> LineLayer:
    """It goes on over days whose value is kept back: only a gap breaks it."""
    shown = np.array([(one.key, at) not in chart.hidden for at in range(places.size)], bool)
    return LineLayer(one.key, STYLES[one.look], places[shown], values(one)[shown])


def values(series: Series) -> Array:
    """One number a point; NaN where there is a gap."""
    return np.array([np.nan if cell is None else cell.value for cell in series.cells], float)


def stack_edges(chart: Chart) -> dict[str, tuple[float, float]]:
    """Where each stack begins beside its day, and how wide it is, in days."""
    stacks = chart.stacks
    wide = STACK_WIDTHS.get(len(stacks), 0.8 / max(1, len(stacks)))
    start = -wide * len(stacks) / 2
    return {stack: (start + number * wide, wide) for number, stack in enumerate(stacks)}


def _bars(chart: Chart, places: Array) -> list[BarLayer]:
    edges = stack_edges(chart)
    levels = {stack: np.zeros(places.size) for stack in edges}
    layers = []
    for one in chart.series:
        if not one.stack:
            continue
        size, level = values(one), levels[one.stack]
        offset, wide = edges[one.stack]
        if chart.drawing is Drawing.PARTS:
            height = np.full(places.size, PART_HEIGHT)
            layers.append(BarLayer(one.key, STYLES[one.look], level, places - PART_HEIGHT / 2, size, height))
        else:
            width = np.full(places.size, wide)
            layers.append(BarLayer(one.key, STYLES[one.look], places + offset, level, width, size))
        levels[one.stack] = level + np.nan_to_num(size)
    return layers


def _firsts(chart: Chart, places: Array) -> FirstLayer:
    """Of bars their sum, of lines each value; parts of a whole are not followed back."""
    found: list[tuple[float, float, float, float]] = []
    if chart.drawing is not Drawing.PARTS:
        for stack, (offset, wide) in stack_edges(chart).items():
            for at, place in enumerate(places):
                first, now = chart.first_total(at, stack), chart.total(at, stack)
                if first is not None and now is not None:
                    found.append((place + offset, place + offset + wide, first, now))
        for one in chart.series:
            if one.stack:
                continue
            for place, cell in zip(places, one.cells, strict=True):
                other = None if cell is None else cell.first if cell.first is not None else cell.implied
                if cell is not None and other is not None:
                    found.append((place, place, other, cell.value))
    columns = np.array(found, float).reshape(-1, 4).T
    return FirstLayer(columns[0], columns[1], columns[2], columns[3])


def _numbers(chart: Chart, places: Array) -> NumberLayer:
    """What each stack comes to, with a star where it was first reported otherwise."""
    x, y, words = [], [], []
    for stack, (offset, wide) in stack_edges(chart).items():
        for at, place in enumerate(places):
            total = chart.total(at, stack)
            if total is None or (not total and chart.drawing is Drawing.DAYS):
                continue
            star = "*" if chart.first_total(at, stack) is not None else ""
            along = chart.drawing is Drawing.PARTS
            x.append(total if along else place + offset + wide / 2)
            y.append(place if along else max(total, chart.first_total(at, stack) or 0.0))
            words.append(amount(total) + star)
    order = np.argsort(np.array(x, float), kind="stable") if chart.drawing is Drawing.DAYS else np.arange(len(x))
    return NumberLayer(np.array(x, float)[order], np.array(y, float)[order], [words[at] for at in order])


def amount(value: float) -> str:
    """5 430, or 12.5 with one digit where it is no whole number."""
    return texts.number(int(value)) if float(value).is_integer() else texts.decimal(value, 1)


def point_name(chart: Chart, at: int) -> str:
    point = chart.points[at]
    return texts.day_long(point.day) if point.day else point.words or _("not known")


def point_lines(chart: Chart, at: int) -> tuple[str, ...]:
    """What stands at a point, in words: for the bubble, for screen readers, and for who holds the pointer there."""
    cells = [(one, cell) for one in chart.series if (cell := one.cells[at]) is not None]
    lines = [point_name(chart, at)]
    if chart.gap(at):
        lines.append(_("No report of this day: a gap, not a zero."))
    told = {one.key: f"{series_words(one)}: {cell_words(cell)}" for one, cell in cells if cell.value or cell.first}
    lines += [words for one, _cell in cells if not one.published and (words := told.get(one.key))]
    if len(lines) == 1:
        lines.append(f"{_(UNITS[chart.unit])}: 0")
    for stack in chart.stacks[:1]:
        total = chart.total(at, stack)
        if total is not None and sum(one.stack == stack and bool(cell.value) for one, cell in cells) > 1:
            title = N_("Organised, together") if len(chart.stacks) > 1 else N_("Together")
            lines.append(f"{_(title)}: {amount(total)}")
    lines += [words for one, _cell in cells if one.published and (words := told.get(one.key))]
    corrected = chart.corrected_on(at)
    if corrected is not None:
        lines.append(_("Changed after the first report, last on {day}").format(day=texts.day_short(corrected)))
    return tuple(lines)


def cell_words(cell: Cell) -> str:
    """ "95 (first reported: 92)" """
    words = amount(cell.value)
    if cell.first is not None:
        words = _("{n} (first reported: {first})").format(n=words, first=amount(cell.first))
    if cell.implied is not None:
        words = _("{n} (by a later total it was {implied})").format(n=words, implied=amount(cell.implied))
    return words
