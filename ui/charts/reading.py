"""Reading a chart on the reader thread: counted, laid out and put into words, so that the window only shows it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from coordinator.domain.charts import Chart
from coordinator.queries.charts import Wish, chart, leaving
from coordinator.queries.count_memory import Choices, CountMemory
from coordinator.settings import CENTRE_NAME
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
    wish: Wish
    day: date
    """For what, and on which working date, it was read."""


def read_chart(memory: CountMemory, key: str, wish: Wish, day: date, sort_by: str = "") -> ChartRead:
    made = chart(memory, key, wish, day)
    return ChartRead(
        made, lay_out(made), table_of(made, sort_by), memory.choices(), memory.session.setting(CENTRE_NAME), wish, day
    )


def read_leaving(memory: CountMemory, read: ChartRead) -> Drawn:
    """The same chart as it is now and may leave the centre."""
    return lay_out(leaving(memory, read.chart.key, read.wish, read.day))
