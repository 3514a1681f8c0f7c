"""A plot dressed in a theme: one look, zero as its floor, and fixed items that take arrays."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from coordinator.domain.charts import Drawing
from ui import theme
from ui.charts.axes import CountAxis, DayAxis, NameAxis
from ui.charts.items import Bars, Firsts, Item, Line, Numbers
from ui.charts.layers import Drawn, point_name

HEADROOM = 1.2
LEAST_HEIGHT = 5
MOST_PARTS = 18
"""So many bars of a chart of parts are seen at once; the others are scrolled to."""


class Plot(pg.PlotWidget):
    """Draws charts of one kind. Redrawing hands arrays to items that are there; none is made anew.

    `wear`: the theme, without it that of the window. `weight`: how thick lines are, for pictures made large.
    """

    def __init__(
        self, drawing: Drawing, parent: QWidget | None = None, wear: theme.Theme | None = None, weight: float = 1.0
    ) -> None:
        self.sideways = drawing is Drawing.PARTS
        axes = {"left": NameAxis("left"), "bottom": CountAxis("bottom")}
        if not self.sideways:
            axes = {"left": CountAxis("left"), "bottom": DayAxis("bottom")}
        super().__init__(parent, axisItems=axes)
        self.theme, self.weight = wear or theme.current(), weight
        self.drawn: Drawn | None = None
        self._items: dict[str, Bars | Line] = {}
        self._font = QFont(QApplication.font())
        self._font.setPointSizeF(self._font.pointSizeF() * 0.9)
        self.box = self.getPlotItem().getViewBox()
        self._firsts = Firsts(self.theme, weight)
        self._numbers = Numbers(self.theme, self._font, beside=self.sideways, weight=weight)
        self._dress()
        for item, level in ((self._firsts, 30), (self._numbers, 40)):
            item.setZValue(level)
            self.addItem(item)

    def _dress(self) -> None:
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setBackground(self.theme.color("surface"))
        self.setMouseEnabled(x=not self.sideways, y=self.sideways)
        self.box.disableAutoRange()
        self.box.invertY(self.sideways)
        self.box.setDefaultPadding(0)
        self.getPlotItem().layout.setContentsMargins(4, 10, 12, 2)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setTickFont(self._font)
            # Its lines go behind the bars.
            axis.setZValue(self.box.zValue() - 1)
            axis.setPen(self.theme.color("line"))
            axis.setTextPen(self.theme.color("muted"))
            axis.setStyle(tickLength=-4, tickTextOffset=6, hideOverlappingLabels=False)
        if not self.sideways:
            self.getAxis("left").setWidth(theme.unit(46))
        self.showGrid(x=self.sideways, y=not self.sideways, alpha=0.12)

    def draw(self, drawn: Drawn, *, keep_view: bool = False) -> None:
        """Show these arrays; `keep_view`: stay zoomed where somebody has zoomed to."""
        same = self.drawn is not None and self.drawn.chart.points == drawn.chart.points
        self.drawn = drawn
        for bars in drawn.bars:
            item = self._items.get(bars.key) or self._add(bars.key, Bars(bars.style, self.theme, self.weight), 10)
            item.set_bars(bars.left, bars.low, bars.wide, bars.high)  # type: ignore[union-attr]
        for line in drawn.lines:
            item = self._items.get(line.key) or self._add(line.key, Line(line.style, self.theme, self.weight), 20)
            item.set_line(line.x, line.y)  # type: ignore[union-attr]
        present = {layer.key for layer in (*drawn.bars, *drawn.lines)}
        for key, item in self._items.items():
            item.setVisible(key in present)
        first = drawn.firsts
        self._firsts.set_firsts(first.left, first.right, first.first, first.now)
        self._numbers.set_numbers(drawn.numbers.x, drawn.numbers.y, drawn.numbers.texts)
        if self.sideways:
            names = [point_name(drawn.chart, at) for at in range(drawn.places.size)]
            self.getAxis("left").set_names(names, self._font)
            self.getPlotItem().layout.activate()
        elif drawn.chart.points and (day := drawn.chart.points[0].day) is not None:
            self.getAxis("bottom").begin(day)
        self._limit()
        if not (keep_view and same):
            self.show_whole()

    def _add(self, key: str, item: Bars | Line, level: int) -> Bars | Line:
        item.setZValue(level)
        self._items[key] = item
        self.addItem(item)
        return item

    def item(self, key: str) -> Item:
        """What draws a series."""
        return self._items[key]

    def ends(self) -> tuple[float, float]:
        """The whole of what can be seen along the points."""
        places = self.drawn.places if self.drawn is not None else np.empty(0)
        return (float(places[0]) - 0.6, float(places[-1]) + 0.6) if places.size else (0.0, 1.0)

    def show_whole(self) -> None:
        """From end to end; of many parts the first ones."""
        low, high = self.ends()
        if self.sideways:
            self.box.setYRange(low, min(high, low + MOST_PARTS), padding=0)
        else:
            self.box.setXRange(low, high, padding=0)

    def show_all_parts(self) -> None:
        """Every point, for a picture that cannot be scrolled."""
        low, high = self.ends()
        (self.box.setYRange if self.sideways else self.box.setXRange)(low, high, padding=0)

    def _limit(self) -> None:
        low, high = self.ends()
        top = max((self.drawn.most if self.drawn else 0) * HEADROOM, LEAST_HEIGHT)
        if self.sideways:
            self.box.setLimits(yMin=low, yMax=high, minYRange=2, xMin=0)
            self.box.setXRange(0, top * 1.05, padding=0)
        else:
            self.box.setLimits(xMin=low, xMax=high, minXRange=2, yMin=0)
            self.box.setYRange(0, top, padding=0)
