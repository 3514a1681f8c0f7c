"""Daylight and curfew, in minutes of Kyiv time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.daylight import daylight, usable
from coordinator.domain.days import MINUTES_A_DAY
from coordinator.domain.schedule import Point, Window

KUPIANSK = Point(49.710, 37.616)


@pytest.mark.parametrize(
    ("day", "rise", "fall"),
    [
        (date(2023, 8, 10), (5, 12), (19, 57)),
        (date(2023, 8, 31), (5, 43), (19, 16)),
    ],
)
def test_daylight_at_kupiansk_as_measured(day: date, rise: tuple[int, int], fall: tuple[int, int]) -> None:
    window = daylight(KUPIANSK, day)
    assert abs(window.start - (rise[0] * 60 + rise[1])) <= 2
    assert abs(window.end - (fall[0] * 60 + fall[1])) <= 2


def test_daylight_follows_the_clock_change() -> None:
    before, after = daylight(KUPIANSK, date(2024, 3, 30)), daylight(KUPIANSK, date(2024, 3, 31))
    assert 55 <= after.start - before.start <= 60


@given(st.dates(date(2022, 1, 1), date(2030, 12, 31)))
def test_daylight_is_between_seven_and_seventeen_hours(day: date) -> None:
    window = daylight(KUPIANSK, day)
    assert 7 * 60 < window.end - window.start < 17 * 60


def test_where_the_sun_stays_up_the_whole_day_counts() -> None:
    assert daylight(Point(78.2, 15.6), date(2023, 6, 21)) == Window(0, MINUTES_A_DAY)


@pytest.mark.parametrize(
    ("curfew", "window"),
    [
        ((18 * 60, 6 * 60), Window(6 * 60, 18 * 60)),
        ((20 * 60, 6 * 60), Window(6 * 60, 20 * 60)),
        ((0, 5 * 60), Window(5 * 60, MINUTES_A_DAY)),
        ((10 * 60, 12 * 60), Window(12 * 60, MINUTES_A_DAY)),
        ((15 * 60, 16 * 60), Window(0, 15 * 60)),
    ],
)
def test_a_known_curfew_replaces_daylight(curfew: tuple[int, int], window: Window) -> None:
    assert usable(date(2023, 9, 1), KUPIANSK, curfew) == window


def test_without_a_curfew_daylight_counts() -> None:
    day = date(2023, 8, 15)
    assert usable(day, KUPIANSK) == daylight(KUPIANSK, day)
