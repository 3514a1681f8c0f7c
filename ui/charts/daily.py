"""Persons a day: adults and children by us stacked, those who left by themselves beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coordinator.domain.events import DayCount
from resources.i18n import _
from ui import theme
from ui.charts.plot import Plot, brush

WIDE, NARROW = 0.46, 0.26
OURS, ALONE = -0.14, 0.26


class DailyBars(Plot):
    """A day without any event has no bar: a gap, not a zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Persons a day, as bars"), parent)
        edge = pg.mkPen(theme.color("surface"), width=1)
        self._adults = pg.BarGraphItem(x=[], height=[], width=WIDE, brush=brush("chart_adults"), pen=edge)
        self._children = pg.BarGraphItem(x=[], height=[], width=WIDE, brush=brush("chart_children"), pen=edge)
        self._alone = pg.BarGraphItem(
            x=[], height=[], width=NARROW, brush=brush("chart_self", Qt.BrushStyle.BDiagPattern),
            pen=pg.mkPen(theme.color("chart_self"), width=1),
        )  # fmt: skip
        for item in (self._adults, self._children, self._alone):
            self.addItem(item)

    def show_counts(self, days: Sequence[DayCount], first: date, last: date) -> None:
        """Draw the days of [first, last]."""
        shown = [entry for entry in days if first <= entry.day <= last]
        at = [entry.day.toordinal() for entry in shown]
        adults = [entry.people - entry.children for entry in shown]
        children = [entry.children for entry in shown]
        alone = [entry.self_evacuated for entry in shown]
        ours = [place + OURS for place in at]
        self._adults.setOpts(x=ours, height=adults, y0=[0] * len(at))
        self._children.setOpts(x=ours, height=children, y0=adults)
        self._alone.setOpts(x=[place + ALONE for place in at], height=alone, y0=[0] * len(at))
        self.show_days(first, last, max([entry.people for entry in shown] + alone, default=0))
