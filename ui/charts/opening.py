"""From a point of a chart to the rows behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from coordinator.queries.behind import figure_at
from resources.i18n import _
from ui.charts.card import ChartCard
from ui.charts.layers import point_name
from ui.dialogs.behind import show_behind
from ui.pages.base import PageContext


def open_point(context: PageContext, card: ChartCard, at: int, parent: QWidget) -> None:
    """Show the rows behind point `at`; a day without a report, or of others' figures, says that there are none."""
    if card.read is None or at >= len(card.read.chart.points):
        return
    chart = card.read.chart
    figure = figure_at(chart, at)
    name = point_name(chart, at)
    if figure is None:
        context.show_notice(_("Nothing of ours is counted at {point}.").format(point=name))
        return
    show_behind(context, parent, f"{_(chart.title)}: {name}", figure, chart.as_of, chart.asked)
