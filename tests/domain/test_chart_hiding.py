"""What was first reported leaves the centre neither small nor as a sum that was never reported."""

from datetime import UTC, date, datetime

import pytest

from coordinator.chart_hiding import withheld
from coordinator.domain.charts import Asked, Cell, Chart, Drawing, Look, Point, Series
from coordinator.domain.figures import Unit


def chart(*firsts: int | None, stack: str) -> Chart:
    """A day of 20 in each series, first reported as `firsts`."""
    series = [Series(str(n), "", Look.PLAIN, [Cell(20, None, first)], stack) for n, first in enumerate(firsts)]
    points = [Point("2023-08-10", "", date(2023, 8, 10))]
    return Chart(
        "daily", "", Unit.PERSONS, Drawing.DAYS, "", points, series, Asked(), datetime(2023, 8, 20, tzinfo=UTC)
    )


@pytest.mark.parametrize("firsts", [(3, 15), (15, 4), (1, None)])
def test_a_small_first_figure_takes_the_first_sum_with_it(firsts: tuple[int | None, ...]) -> None:
    out = withheld(chart(*firsts, stack="us"), 5)
    assert out.total(0, "us") == 40 and out.first_total(0, "us") is None
    assert "5" in " ".join(out.notes) and not out.hidden


def test_of_lines_only_the_one_with_a_small_first_figure_loses_it() -> None:
    out = withheld(chart(3, 15, stack=""), 5)
    assert [cell and cell.first for one in out.series for cell in one.cells] == [None, 15]


def test_a_chart_without_small_numbers_is_the_same_chart() -> None:
    whole = chart(5, 0, stack="us")
    assert withheld(whole, 5) is whole and whole.first_total(0, "us") == 5
