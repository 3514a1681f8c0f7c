from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.crews import (
    CrewRules,
    CrewState,
    CrewStop,
    Run,
    Whereabouts,
    by_need,
    expected_minute,
    heard,
    standing,
    whereabouts,
)

H = 60
RULES = CrewRules(tolerance=20, silence=60, leave_tolerance=15)
STOPS = (CrewStop("Подоли", 9 * H, 9 * H + 10), CrewStop("Синьківка", 10 * H, 10 * H + 10))
PLANNED = Run(depart=7 * H, back=13 * H, stops=STOPS, out_by=18 * H)
OUT = replace(PLANNED, departed=7 * H)


@pytest.mark.parametrize(
    ("run", "now", "state", "minutes"),
    [
        (PLANNED, 7 * H + 15, CrewState.WAITING, 0),
        (PLANNED, 7 * H + 16, CrewState.NOT_LEFT, 16),
        (OUT, 9 * H + 60, CrewState.ON_ROAD, 0),
        (OUT, 9 * H + 61, CrewState.SILENT, 61),
        (replace(OUT, last_word=9 * H + 30), 10 * H + 20, CrewState.ON_ROAD, 0),
        (replace(OUT, last_word=9 * H + 30), 10 * H + 31, CrewState.SILENT, 61),
        (replace(OUT, last_word=12 * H + 50), 13 * H + 20, CrewState.ON_ROAD, 0),
        (replace(OUT, last_word=12 * H + 50), 13 * H + 21, CrewState.OVERDUE, 21),
        (replace(OUT, last_word=13 * H + 25), 13 * H + 40, CrewState.ON_ROAD, 0),
        (replace(OUT, last_word=13 * H + 25), 13 * H + 46, CrewState.OVERDUE, 46),
        (replace(OUT, expected_back=15 * H, last_word=14 * H + 50), 15 * H + 20, CrewState.ON_ROAD, 0),
        (replace(OUT, expected_back=15 * H), 15 * H + 21, CrewState.OVERDUE, 21),
        (replace(OUT, departed=8 * H, last_word=14 * H), 14 * H + 20, CrewState.ON_ROAD, 0),
        (replace(OUT, out_by=9 * H + 5), 9 * H + 6, CrewState.OUT_LATE, 1),
        (replace(OUT, out_by=14 * H, expected_back=18 * H, last_word=14 * H + 50), 15 * H, CrewState.OUT_LATE, 60),
        (replace(OUT, out_by=14 * H, last_word=12 * H + 50), 13 * H + 20, CrewState.ON_ROAD, 0),
        (replace(OUT, returned=12 * H), 23 * H, CrewState.BACK, 0),
    ],
)
def test_what_the_board_says_at_a_minute(run, now, state, minutes):
    found = standing(run, now, RULES)
    assert (found.state, found.minutes) == (state, minutes)


def test_nobody_waits_for_a_word_on_the_way_there_or_after_all_results_are_in():
    assert standing(OUT, 8 * H + 59, RULES).state is CrewState.ON_ROAD, "two hours without a word, and not yet there"
    done = replace(OUT, stops=tuple(replace(stop, done=True) for stop in STOPS))
    assert standing(done, 12 * H, RULES).state is CrewState.ON_ROAD


@pytest.mark.parametrize(
    ("now", "where"),
    [
        (8 * H, (Whereabouts.TO, "Подоли")),
        (9 * H, (Whereabouts.AT, "Подоли")),
        (9 * H + 10, (Whereabouts.TO, "Синьківка")),
        (10 * H + 9, (Whereabouts.AT, "Синьківка")),
        (10 * H + 10, (Whereabouts.HOME, "")),
    ],
)
def test_where_a_crew_should_be(now, where):
    assert whereabouts(OUT, now) == where
    late = replace(OUT, departed=7 * H + 30)
    assert whereabouts(late, now + 30) == where, "half an hour later all along"


def test_results_that_are_in_show_it_further_on():
    assert whereabouts(replace(OUT, stops=(replace(STOPS[0], done=True), STOPS[1])), 8 * H) == (
        Whereabouts.TO,
        "Синьківка",
    )


@pytest.mark.parametrize(
    ("said", "now", "meant"),
    [(15 * H, 13 * H, 15 * H), (1 * H, 20 * H, 25 * H), (1 * H, 8 * H, 1 * H), (25 * H, 20 * H, 25 * H)],
)
def test_a_time_said_in_the_evening_is_of_the_night_to_come(said, now, meant):
    assert expected_minute(said, 7 * H, now) == meant


minutes = st.integers(0, 30 * H)
maybe = st.none() | minutes
runs = st.builds(replace, st.just(PLANNED), departed=maybe, last_word=maybe, expected_back=maybe, returned=maybe)


@given(runs, minutes)
def test_a_crew_that_is_back_never_alarms_and_one_that_is_out_always_does_in_the_end(run, now):
    found = standing(run, now, RULES)
    assert (found.state is CrewState.BACK) == (run.returned is not None)
    if run.departed is not None and run.returned is None:
        far = max(run.due_back, run.last_word or 0) + RULES.tolerance
        assert standing(run, far + 1, RULES).state is CrewState.OVERDUE, "no silence lasts unseen"
        assert standing(run, far + 1000, RULES).state is CrewState.OVERDUE


@given(runs, minutes)
def test_a_word_now_ends_every_silence(run, now):
    told = replace(run, last_word=max(now, run.last_word or 0))
    assert standing(told, now, RULES).state is not CrewState.SILENT
    assert heard(told) >= now or run.departed is None


@given(st.lists(st.tuples(runs, minutes), max_size=8))
def test_the_board_shows_every_crew_once_and_the_worst_first(pairs):
    found = [standing(run, now, RULES) for run, now in pairs]
    order = by_need(found)
    assert sorted(order) == list(range(len(found)))
    states = [list(CrewState).index(found[place].state) for place in order]
    assert states == sorted(states)
