"""From a point of a chart to the rows behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from coordinator.chart_words import series_words
from coordinator.domain.charts import Chart
from coordinator.domain.figures import Figure
from coordinator.queries.behind import figures_at, joined
from resources.i18n import N_, _
from ui.charts.card import ChartCard
from ui.charts.layers import point_name
from ui.dialogs.behind import show_behind
from ui.pages.base import PageContext

TOGETHER = "total"
"""Key of the column of sums in the table beside a chart."""
TITLES = {"organised": N_("Organised, together"), "alone": N_("By themselves, together")}


def open_point(context: PageContext, card: ChartCard, at: int, parent: QWidget, key: str = "") -> None:
    """Show the rows behind point `at`, first those of the series `key`; a day without a report, or of others'
    figures, says that there are none."""
    if card.read is None or at >= len(card.read.chart.points):
        return
    chart = card.read.chart
    counted = _counted(chart, at)
    name = point_name(chart, at)
    if not counted:
        context.show_notice(_("Nothing of ours is counted at {point}.").format(point=name))
        return
    keys = [one for one, _words, _figure in counted]
    show_behind(
        context, parent, f"{_(chart.title)}: {name}", [(words, figure) for _key, words, figure in counted],
        chart.as_of, chart.asked, keys.index(key) if key in keys else 0,
    )  # fmt: skip


def _counted(chart: Chart, at: int) -> list[tuple[str, str, Figure]]:
    """Key, words, and whom: every figure that stands at a point, the sums of what is stacked before their parts."""
    found = figures_at(chart, at)
    parts = [(one.key, series_words(one), figure) for one, figure in found]
    sums = []
    for stack in chart.stacks:
        figures = [figure for one, figure in found if one.stack == stack]
        if sum(map(bool, figures)) > 1:
            key = TOGETHER if stack == chart.stacks[0] else stack
            sums.append((key, _(TITLES.get(stack, N_("Together"))), joined(chart.unit, figures)))
    known = [part for part in parts if part[2]]
    return [*sums, *known] or parts[:1]
