"""Reading a chart on the reader thread: counted, laid out and put into words, so that the window only shows it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from coordinator.chart_hiding import withheld
from coordinator.domain.charts import Chart
from coordinator.queries.charts import Wish, chart
from coordinator.queries.count_memory import Choices, CountMemory
from coordinator.settings import CENTRE_NAME, HIDE_BELOW
from ui.charts.layers import Drawn, lay_out
from ui.charts.table import Row, table_of
from ui.tables.columns import TableData


class ChartRead(NamedTuple):
    """A chart with its arrays, the rows of its table, and what can be chosen beside it."""

    chart: Chart
    drawn: Drawn
    rows: TableData[Row]
    choices: Choices
    centre: str
    """Its name, for what leaves it."""
    leaving: Drawn
    """The same as it may leave the centre, small numbers hidden."""


def read_chart(memory: CountMemory, key: str, wish: Wish, day: date, sort_by: str = "") -> ChartRead:
    made = chart(memory, key, wish, day)
    drawn, out = lay_out(made), withheld(made, memory.session.setting(HIDE_BELOW))
    leaving = drawn if out is made else lay_out(out)
    return ChartRead(
        made, drawn, table_of(made, sort_by), memory.choices(), memory.session.setting(CENTRE_NAME), leaving
    )
