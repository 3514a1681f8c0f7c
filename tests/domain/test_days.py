"""Kyiv's days and clock times: the nights in which a time comes twice or never, and how a day may be written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.days import MINUTES_A_DAY, kyiv, moment_of, moments, read_clock, split_turn
from coordinator.errors import UserError

BACK, FORWARD = date(2023, 10, 29), date(2023, 3, 26)
"""The clocks went from 04:00 back to 03:00, and from 03:00 forward to 04:00."""
HALF_PAST_THREE = 3 * 60 + 30


def test_fault_21_a_time_that_exists_twice_is_two_moments_an_hour_apart() -> None:
    first, second = moments(BACK, HALF_PAST_THREE)
    assert first == datetime(2023, 10, 29, 0, 30, tzinfo=UTC)
    assert second - first == timedelta(hours=1)
    assert kyiv(first).time() == kyiv(second).time()


def test_fault_21_a_time_that_exists_twice_is_asked_about_and_can_be_told() -> None:
    with pytest.raises(UserError) as asked:
        moment_of(BACK, HALF_PAST_THREE)
    assert (asked.value.code, asked.value.facts) == ("time.twice", {"day": BACK, "time": "03:30"})
    assert (moment_of(BACK, HALF_PAST_THREE, 1), moment_of(BACK, HALF_PAST_THREE, 2)) == moments(BACK, HALF_PAST_THREE)


def test_fault_21_a_time_that_never_exists_is_asked_about_whatever_turn_is_said() -> None:
    assert moments(FORWARD, HALF_PAST_THREE) == ()
    for turn in (0, 1, 2):
        with pytest.raises(UserError) as asked:
            moment_of(FORWARD, HALF_PAST_THREE, turn)
        assert asked.value.code == "time.never"


def test_fault_21_the_night_after_the_working_day_is_told_with_its_own_date() -> None:
    with pytest.raises(UserError) as asked:
        moment_of(BACK - timedelta(days=1), MINUTES_A_DAY + HALF_PAST_THREE)
    assert asked.value.facts["day"] == BACK


@pytest.mark.parametrize(
    ("day", "minutes", "moment"),
    [
        (BACK, 2 * 60 + 59, datetime(2023, 10, 28, 23, 59, tzinfo=UTC)),
        (BACK, 4 * 60, datetime(2023, 10, 29, 2, 0, tzinfo=UTC)),
        (FORWARD, 2 * 60 + 59, datetime(2023, 3, 26, 0, 59, tzinfo=UTC)),
        (FORWARD, 4 * 60, datetime(2023, 3, 26, 1, 0, tzinfo=UTC)),
        (date(2023, 8, 15), 0, datetime(2023, 8, 14, 21, 0, tzinfo=UTC)),
    ],
)
def test_at_the_edges_of_such_a_night_there_is_one_moment(day: date, minutes: int, moment: datetime) -> None:
    assert moment_of(day, minutes) == moment
    assert moment_of(day, minutes, 2) == moment


@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)), st.integers(-MINUTES_A_DAY, 3 * MINUTES_A_DAY))
def test_every_moment_found_shows_that_time_on_kyivs_clocks(day: date, minutes: int) -> None:
    found = moments(day, minutes)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    assert list(found) == sorted(set(found))
    assert all(kyiv(moment).replace(tzinfo=None, fold=0) == wall for moment in found)


@pytest.mark.parametrize(
    ("text", "read"), [("03:30 (2)", ("03:30", 2)), ("3.30(1)", ("3.30", 1)), ("03:30", ("03:30", 0)), ("", ("", 0))]
)
def test_which_of_two_times_is_written_behind_it(text: str, read: tuple[str, int]) -> None:
    assert split_turn(text) == read


def test_a_plan_or_a_curfew_knows_no_turn() -> None:
    assert read_clock("03:30 (2)") is None
