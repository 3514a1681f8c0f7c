"""What leaves the centre tells sums where it may not tell ages, and days together where it may not tell each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coordinator.chart_hiding import withheld
from coordinator.domain.charts import Asked, Cell, Chart, Drawing, Look, Point, Series
from coordinator.domain.figures import Unit
from coordinator.summary_content import HIDDEN
from tests.builders import DAY

AGES = (Look.ADULTS, Look.CHILDREN, Look.UNKNOWN)


def chart(key: str, days: int, series: Sequence[Series]) -> Chart:
    points = [Point(day.isoformat(), "", day) for day in (DAY + timedelta(days=n) for n in range(days))]
    return Chart(
        key, "", Unit.PERSONS, Drawing.DAYS, "", points, series, Asked(), datetime(2023, 8, 20, tzinfo=UTC)
    )  # fmt: skip


def daily(*days: tuple[int, int, int]) -> Chart:
    """Adults, children, age not known, of each day."""
    return chart("daily", len(days), [
        Series(f"organised.{look}", "", look, [Cell(day[n]) for day in days], "organised")
        for n, look in enumerate(AGES)
    ])  # fmt: skip


def totals(of: Chart) -> Chart:
    """The running totals that belong to it."""
    adults, children, unknown = ([cell.value for cell in one.cells if cell] for one in of.series)
    people = [sum(day) for day in zip(adults, children, unknown, strict=True)]
    return chart("running", len(people), [
        Series(key, "", Look.TOTAL, [Cell(sum(values[: n + 1])) for n in range(len(values))])
        for key, values in (("total", people), ("children", children))
    ])  # fmt: skip


def told(made: Chart) -> dict[str, list[float | str | None]]:
    return {
        one.key.removeprefix("organised."): [
            HIDDEN if (one.key, n) in made.hidden else None if cell is None else cell.value
            for n, cell in enumerate(one.cells)
        ]
        for one in made.series
    }


def test_where_ages_may_not_be_told_their_sum_is_and_the_totals_stand_where_a_stretch_of_days_ends() -> None:
    days = daily((20, 9, 0), (20, 3, 0), (30, 4, 0), (1, 2, 0), (4, 5, 0), (0, 0, 0))
    assert told(withheld(days, 5, totals(days))) == {
        "adults": [20, HIDDEN, HIDDEN, HIDDEN, HIDDEN, 0], "children": [9, HIDDEN, HIDDEN, HIDDEN, HIDDEN, 0],
        "unknown": [0] * 6, "together": [None, 23, 34, None, None, None],
    }  # fmt: skip
    assert told(withheld(totals(days), 5, days)) == {
        "total": [29, 52, 86, HIDDEN, 98, 98], "children": [9, HIDDEN, 16, HIDDEN, 23, 23],
    }  # fmt: skip


def test_a_few_of_unknown_age_are_told_with_the_adults() -> None:
    days = daily((20, 9, 1), (20, 8, 2))
    assert told(withheld(days, 5, totals(days))) == {
        "adults": [HIDDEN] * 2, "children": [9, 8], "unknown": [HIDDEN] * 2, "grown": [21, 22],
    }  # fmt: skip


@pytest.mark.parametrize(("now", "first", "is_told"), [(20, 12, True), (20, 18, False), (20, 24, False), (20, 0, True)])
def test_what_was_first_reported_stays_where_neither_it_nor_what_came_late_is_small(
    now: int, first: int, is_told: bool
) -> None:
    days = daily((now, 8, 0))
    days = replace(days, series=[replace(days.series[0], cells=[Cell(now, None, first)]), *days.series[1:]])
    assert withheld(days, 5, totals(days)).first_total(0, "organised") == (first + 8 if is_told else None)


def test_where_households_stood_is_told_in_steps() -> None:
    series = [Series("ready", "", Look.READY, [Cell(41), Cell(43), Cell(3), Cell(0)], "households")]
    out = withheld(chart("decisions", 4, series), 5)
    assert told(out) == {"ready": [40, 40, HIDDEN, 0]} and "multiples of 5" in " ".join(out.notes)


def test_with_the_limit_at_0_a_chart_leaves_as_it_is() -> None:
    whole = daily((1, 2, 3))
    assert withheld(whole, 0) == replace(whole, least=0)
