"""A plot dressed in the theme, with days along the bottom. Redraws when told, at most twice a second."""

from __future__ import annotations

from datetime import date

import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme

REDRAW_MS = 500
MOST_LABELS = 12


class DayAxis(pg.AxisItem):
    """Whole days as "15.08"; never half a day between two."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        room = max(2, min(MOST_LABELS, int(size / theme.unit(52))))
        first, last = int(low + 0.999), int(high)
        step = max(1, -(-(last - first + 1) // room))
        return [(float(step), [float(day) for day in range(first, last + 1, step)])]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        return [f"{date.fromordinal(int(value)):%d.%m}" if value >= 1 else "" for value in values]


class CountAxis(pg.AxisItem):
    """Whole numbers of persons only."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        levels = super().tickValues(low, high, size)
        whole = [(spacing, [value for value in values if float(value).is_integer()]) for spacing, values in levels]
        return [(spacing, values) for spacing, values in whole if spacing >= 1 and values]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        return [f"{int(value):,}".replace(",", "\u00a0") for value in values]


class Plot(pg.PlotWidget):
    """Base of the charts: one look, no mouse menu in a foreign language, a floor at zero."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={"bottom": DayAxis("bottom"), "left": CountAxis("left")})
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self.setBackground(theme.color("surface"))
        self.getPlotItem().layout.setContentsMargins(4, 8, 10, 2)
        self._dress_axes()

    def _dress_axes(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setTickFont(font)
            axis.setPen(theme.color("line"))
            axis.setTextPen(theme.color("muted"))
            axis.setStyle(tickLength=-4, tickTextOffset=6)
        self.getAxis("left").setWidth(theme.unit(44))
        self.showGrid(y=True, alpha=0.12)

    def show_days(self, first: date, last: date, most: float) -> None:
        """Fit the view: from half a day before the first to half a day after the last, from 0 to a little above."""
        self.setXRange(first.toordinal() - 0.6, last.toordinal() + 0.6, padding=0)
        self.setYRange(0, max(most * 1.08, 5), padding=0)
        self.setLimits(yMin=0, minXRange=2)


def brush(role: str, pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern) -> QBrush:
    return QBrush(QColor(theme.color(role)), pattern)


class Calm:
    """Calls `redraw` at most every half second; the last request is never lost."""

    def __init__(self, owner: QWidget, redraw: object) -> None:
        self._timer = QTimer(owner, interval=REDRAW_MS, singleShot=True)
        self._redraw = redraw
        self._waiting = False
        self._timer.timeout.connect(self._again)

    def ask(self) -> None:
        if self._timer.isActive():
            self._waiting = True
            return
        self._timer.start()
        self._redraw()  # type: ignore[operator]

    def _again(self) -> None:
        if self._waiting:
            self._waiting = False
            self.ask()
