"""Which copies are kept: half-hours, days, weeks, and those made for a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.keeping import MOST_KEPT, SPECIAL, Made, kept

NOW = datetime(2023, 8, 15, 11, 0, tzinfo=UTC)
REASONS = st.sampled_from(["start", "changed", "asked", "before-import", "before-merge"])


@st.composite
def histories(draw: st.DrawFn) -> list[Made]:
    minutes = draw(st.lists(st.integers(-3_000, 200_000), max_size=200))
    return [Made(str(at), NOW - timedelta(minutes=back), draw(REASONS)) for at, back in enumerate(minutes)]


def at_steps(step: timedelta, count: int, why: str = "changed") -> list[Made]:
    return [Made(f"{why}-{back}", NOW - step * back, why) for back in range(count)]


@given(histories())
def test_the_newest_stays_and_the_number_is_bounded(copies: list[Made]) -> None:
    staying = kept(copies, NOW)
    past = [copy for copy in copies if copy.made_at <= NOW]
    if past:
        newest = max(copy.made_at for copy in past)
        assert staying & {copy.name for copy in past if copy.made_at == newest}
    assert len(staying & {copy.name for copy in past}) <= MOST_KEPT


@given(histories())
def test_once_thinned_out_nothing_more_goes(copies: list[Made]) -> None:
    staying = kept(copies, NOW)
    assert kept([copy for copy in copies if copy.name in staying], NOW) == staying


@given(histories(), st.integers(0, 5_000))
def test_fault_21_a_clock_set_back_takes_nothing_newer_away(copies: list[Made], minutes: int) -> None:
    earlier = NOW - timedelta(minutes=minutes)
    assert {copy.name for copy in copies if copy.made_at > earlier} <= kept(copies, earlier)


def test_48_half_hours_14_days_and_8_weeks_are_kept() -> None:
    copies = at_steps(timedelta(minutes=10), 6 * 24 * 90)
    staying = kept(copies, NOW)
    moments = sorted((copy.made_at for copy in copies if copy.name in staying), reverse=True)
    assert moments[0] == NOW
    assert len([moment for moment in moments if NOW - moment < timedelta(hours=24)]) >= 48
    assert len({moment.date() for moment in moments if NOW - moment < timedelta(days=14)}) == 14
    assert timedelta(weeks=6) <= NOW - moments[-1] <= timedelta(weeks=8)


def test_of_a_half_hour_the_newest_is_kept() -> None:
    copies = at_steps(timedelta(minutes=5), 6)
    assert kept(copies, NOW + timedelta(minutes=1)) == {"changed-0", "changed-1"}


def test_copies_before_a_big_change_outlast_their_half_hour() -> None:
    copies = at_steps(timedelta(seconds=10), 30, "before-import")
    assert len(kept(copies, NOW)) == SPECIAL
