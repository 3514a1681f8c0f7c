"""The axes of the charts: whole days, whole numbers, and the names of parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from ui import texts, theme

MOST_LABELS = 12
LEVELS = 2
"""Of lines for counts; finer ones say little and cost time whenever the range changes."""
MOST_COUNTS = 18
MOST_WIDTH = 210
"""Pixels at normal size that the names of parts may take from the chart."""


class DayAxis(pg.AxisItem):
    """Whole days as "15.08"; never half a day between two. `first` stands at 0."""

    first = date(2023, 8, 9)

    def begin(self, first: date) -> None:
        if first != self.first:
            self.first = first
            self.picture = None
            self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        room = max(2, min(MOST_LABELS, int(size / theme.unit(52))))
        first, last = ceil(low), floor(high)
        step = max(1, -(-(last - first + 1) // room))
        return [(float(step), [float(day) for day in range(first, last + 1, step)])]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        return [f"{self.first + timedelta(days=int(value)):%d.%m}" for value in values]


class CountAxis(pg.AxisItem):
    """Whole numbers only: there is no half a person."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        levels = super().tickValues(low, high, size)
        whole = [(spacing, [value for value in values if float(value).is_integer()]) for spacing, values in levels]
        shown = [(spacing, values) for spacing, values in whole if spacing >= 1 and values][:LEVELS]
        few = sum(len(values) for _spacing, values in shown) <= MOST_COUNTS
        return shown if few else shown[:1]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        return [texts.number(int(value)) for value in values]


class NameAxis(pg.AxisItem):
    """Names of parts from top to bottom; a long one is cut in its middle and stays whole in table and bubble."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._names: Sequence[str] = ()
        self._font = QFont()
        self._room = 0.0

    def set_names(self, names: Sequence[str], font: QFont) -> None:
        self._names, self._font = names, font
        metrics = QFontMetricsF(font)
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self._room = min(widest + 1.0, theme.unit(MOST_WIDTH))
        self.setWidth(self._room + theme.unit(14))
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((low, high))
        shown = range(max(0, int(low + 0.999)), min(len(self._names) - 1, int(high)) + 1)
        every = max(1, int(len(shown) * QFontMetricsF(self._font).height() / max(size, 1)) + 1)
        return [(float(every), [float(at) for at in shown if at % every == 0])]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        metrics, middle = QFontMetricsF(self._font), Qt.TextElideMode.ElideMiddle
        return [metrics.elidedText(self._names[int(at)], middle, self._room) for at in values]
