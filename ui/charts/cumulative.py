"""Persons evacuated by us since the first day: the running total, all and children."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from resources.i18n import _
from ui import theme
from ui.charts.plot import Plot


class RunningTotal(Plot):
    """Two lines over the days that have a report; marks stand on the days, so a gap is seen as a gap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Persons evacuated since the first day, as lines"), parent)
        total, children = theme.color("chart_total"), theme.color("chart_children")
        self._total = self.plot(
            [], [], pen=pg.mkPen(total, width=1), symbol="o", symbolSize=6, symbolBrush=total, symbolPen=total,
        )  # fmt: skip
        self._children = self.plot(
            [], [], pen=pg.mkPen(children, width=1, style=Qt.PenStyle.DashLine), symbol="t", symbolSize=7,
            symbolBrush=children, symbolPen=children,
        )  # fmt: skip

    def show_totals(self, totals: Sequence[tuple[date, int, int]], first: date, last: date) -> None:
        """Draw (day, people so far, children so far)."""
        days = np.array([day.toordinal() for day, _people, _children in totals], dtype=float)
        self._total.setData(days, np.array([people for _day, people, _children in totals], dtype=float))
        self._children.setData(days, np.array([children for _day, _people, children in totals], dtype=float))
        self.show_days(first, last, max((people for _day, people, _children in totals), default=0))
