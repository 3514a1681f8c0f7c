from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.schedule import DayProblem, TravelRules, Window
from coordinator.planning import adapter
from coordinator.planning.insertion import Fleet
from coordinator.planning.solve import plan_day
from coordinator.planning.timing import Timetable
from tests.planning.days import KHARKIV, KUPIANSK, NEAR, day, household, sound, vehicle


def test_equal_vehicles_are_one_type_and_runs_survive_the_way_there_and_back():
    vehicles = [vehicle(1), vehicle(2), vehicle(3, seats=3), vehicle(4, window=Window(400, 1000))]
    problem = day([household(i, seats=3, point=NEAR) for i in range(9)], vehicles)
    timetable = Timetable(problem)
    fleet = Fleet(timetable)
    assert fleet.insert_all(problem.pickups) == []
    instance = adapter.build(timetable, problem.pickups)
    assert [len(group) for group in instance.groups] == [2, 1, 1]
    solution = adapter.to_solution(instance, fleet.runs)
    assert solution.is_feasible()
    back = adapter.to_runs(instance, solution)
    assert sorted(back.values()) == sorted(fleet.runs.values())


def test_who_weighs_more_goes_when_places_are_short():
    short = day([household(i, seats=4, weight=w) for i, w in enumerate((10, 90, 20, 80))], [vehicle(1)])
    plan = plan_day(short, 1, max_iterations=100)
    assert {stop.household_id for trip in plan.trips for stop in trip.stops} == {"h1", "h3"}


homes = st.tuples(st.integers(1, 5), st.sampled_from([NEAR, KUPIANSK]), st.integers(600, 760), st.integers(10, 120))
hubs = st.sampled_from([NEAR, KHARKIV])


def feasible(problem: DayProblem, runs: list[list[str]]) -> bool:
    instance = adapter.build(Timetable(problem), problem.pickups)
    return adapter.to_solution(instance, {"v1": runs}).is_feasible()


@pytest.mark.parametrize("runs", [[["h1"]], [["h1"], ["h2"]], [["h2", "h1"]]])
def test_hours_and_windows_are_the_same_to_the_minute(runs):
    """Just enough is enough and a minute less is not, with time at the hub before each trip and unloading."""
    rules = TravelRules(start_service=15)
    pickups = [
        household(number, point=NEAR) for number in (1, 2) if f"h{number}" in {key for run in runs for key in run}
    ]
    problem = day(pickups, [vehicle(1)], rules=rules)
    *_, last = Timetable(problem).day("v1", runs)
    for spare, expected in ((0, True), (-1, False)):
        hours = Window(360, last.back + spare)
        assert feasible(replace(problem, vehicles=(vehicle(1, window=hours),)), runs) is expected
        until = Window(320, last.stops[-1].leave + spare)
        latest = [replace(p, window=until) if p.household_id == runs[-1][-1] else p for p in pickups]
        assert feasible(day(latest, [vehicle(1)], rules=rules), runs) is expected


tight = st.fixed_dictionaries(
    {
        "homes": st.lists(homes, min_size=1, max_size=5),
        "cut": st.integers(0, 3),
        "base": st.sampled_from([NEAR, KHARKIV]),
        "transit": st.sampled_from([NEAR, KHARKIV]),
        "hours": st.builds(Window, st.integers(430, 600), st.integers(650, 900)),
        "pause": st.sampled_from([0, 15]),
    }
)


@given(tight)
def test_the_solver_and_the_checker_agree_what_can_be_driven(case):
    """Any two trips in any order, with hours and windows that are tight: the two judge alike."""
    pickups = [
        household(i, seats, point=point, window=Window(opens, opens + minutes))
        for i, (seats, point, opens, minutes) in enumerate(case["homes"])
    ]
    rules = TravelRules(start_service=case["pause"])
    problem = day(pickups, [vehicle(1, window=case["hours"])], case["base"], case["transit"], rules)
    ids = [pickup.household_id for pickup in pickups]
    runs = {"v1": [run for run in (ids[: case["cut"]], ids[case["cut"] :]) if run]}
    solution = adapter.to_solution(adapter.build(Timetable(problem), pickups), runs)
    assert solution.is_feasible() == sound(problem, runs)
