from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.schedule import DayPlan, DayProblem, LeftReason, Load, Point, TravelRules, Window
from coordinator.planning.check import check
from coordinator.planning.insertion import Runs
from coordinator.planning.reasons import usable_vehicles
from coordinator.planning.solve import plan_day
from coordinator.planning.timing import Timetable
from tests.planning.days import DAYLIGHT, FAR, KHARKIV, KUPIANSK, NEAR, day, fits_somewhere, household, vehicle

PLACES = [NEAR, KUPIANSK, FAR, Point(49.71, 37.60), KHARKIV]


def served(plan: DayPlan) -> list[str]:
    return [stop.household_id for trip in plan.trips for stop in trip.stops]


def everybody_once(problem: DayProblem, plan: DayPlan) -> bool:
    named = served(plan) + [left.household_id for left in plan.left_over]
    return Counter(named) == Counter(pickup.household_id for pickup in problem.pickups)


def people(problem: DayProblem, plan: DayPlan) -> int:
    loads = {pickup.household_id: pickup.load.people for pickup in problem.pickups}
    return sum(loads[key] for key in served(plan))


def runs_of(plan: DayPlan) -> Runs:
    runs: Runs = {}
    for trip in plan.trips:
        runs.setdefault(trip.vehicle_id, []).append([stop.household_id for stop in trip.stops])
    return runs


windows = st.tuples(st.integers(0, 1200), st.integers(-20, 900)).map(lambda pair: Window(pair[0], sum(pair)))
households = st.fixed_dictionaries(
    {
        "seats": st.sampled_from([1, 2, 3, 4, 9, 0]),
        "wheelchair": st.sampled_from([0, 0, 0, 1, 2]),
        "stretcher": st.sampled_from([0, 0, 0, 1]),
        "children": st.integers(0, 3),
        "point": st.sampled_from([*PLACES, *PLACES, None]),
        "window": st.one_of(st.just(DAYLIGHT), st.just(DAYLIGHT), windows),
        "service": st.integers(0, 40),
        "weight": st.integers(0, 500),
        "held_by": st.sampled_from([*[None] * 9, 1]),
        "estimated": st.booleans(),
    }
)
vehicles = st.fixed_dictionaries(
    {
        "seats": st.sampled_from([8, 4, 16, 0]),
        "wheelchair": st.integers(0, 2),
        "stretcher": st.integers(0, 1),
        "window": st.one_of(st.just(DAYLIGHT), st.just(Window(360, 1050)), windows),
        "licence": st.sampled_from(["", "B", "D1", "D"]),
        "driver_id": st.sampled_from([None, None, "d1", "d2"]),
        "most_minutes": st.sampled_from([None, None, None, 600, 300, 0]),
    }
).map(lambda one: one if one["driver_id"] else {**one, "most_minutes": None})
rules = st.builds(TravelRules, st.floats(1, 2), st.floats(30, 90), st.integers(0, 9), st.sampled_from([0, 0, 15]))
days = st.builds(
    lambda homes, fleet, base, transit, how: day(
        [household(i, **home) for i, home in enumerate(homes)],
        [vehicle(i, **one) for i, one in enumerate(fleet)],
        base,
        transit,
        how,
    ),
    st.lists(households, min_size=1, max_size=12),
    st.lists(vehicles, min_size=1, max_size=4),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    rules,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=days)
def test_everybody_exactly_once_and_no_rule_broken(caplog, problem):
    """The log is empty: the solver's own plan was taken, none was refused and replaced."""
    plan = plan_day(problem, 1, max_iterations=25)
    assert caplog.records == []
    assert everybody_once(problem, plan)
    assert [finding for finding in check(problem, plan.trips) if not finding.warning] == []
    assert set(plan.estimated) == {p.household_id for p in problem.pickups if p.estimated}
    runs = runs_of(plan)
    assert tuple(trip for key, own in runs.items() for trip in Timetable(problem).day(key, own)) == plan.trips
    without_place = [left for left in plan.left_over if left.reason is LeftReason.NO_PLACE]
    usable = replace(problem, vehicles=usable_vehicles(problem))
    assert not any(fits_somewhere(usable, runs, left.household_id) for left in without_place)


def test_several_trips_a_day_and_unloading_between_them():
    problem = day([household(i, seats=8, point=NEAR) for i in range(3)], [vehicle(1)])
    plan = plan_day(problem, 1, max_iterations=50)
    assert len(plan.trips) == 3
    assert plan.left_over == ()
    for before, after in zip(plan.trips, plan.trips[1:], strict=False):
        assert after.depart >= before.back
        assert before.back >= before.stops[-1].leave + 20


def test_the_search_improves_on_the_simple_plan():
    """Seats 8: the simple plan puts 5 and 2 together; only 5 and 3, 6 and 2 carry everybody."""
    sizes = [5, 2, 6, 3]
    problem = day([household(i, seats=n, weight=100 - i) for i, n in enumerate(sizes)], [vehicle(1), vehicle(2)])
    plan = plan_day(problem, 1, max_iterations=200)
    assert people(problem, plan) == sum(sizes)


def test_the_same_seed_gives_the_same_plan():
    problem = day([household(i, point=PLACES[i % 3], seats=1 + i % 4) for i in range(14)], [vehicle(1), vehicle(2)])
    assert plan_day(problem, 5, max_iterations=80) == plan_day(problem, 5, max_iterations=80)


def test_cancel_gives_the_best_plan_so_far():
    problem = day([household(i) for i in range(6)], [vehicle(1), vehicle(2)])
    seen: list[DayPlan | None] = []

    def cancel_at_once(part: float, best: DayPlan | None) -> bool:
        assert 0 <= part <= 1
        seen.append(best)
        return False

    plan = plan_day(problem, 120, cancel_at_once)
    assert len(seen) == 1
    assert seen[0] is not None
    assert everybody_once(problem, seen[0])
    assert everybody_once(problem, plan)
    assert plan.trips


def test_it_stops_early_when_everybody_is_served():
    parts: list[float] = []

    def watch(part: float, best: DayPlan | None) -> bool:
        parts.append(part)
        return True

    plan = plan_day(day([household(1)], [vehicle(1)]), 120, watch)
    assert served(plan) == ["h1"]
    assert max(parts) < 0.1


def test_what_the_solver_refuses_still_gets_a_simple_plan():
    """A load below zero is nothing that our own entry allows, but nobody may be lost by it."""
    odd = household(1, seats=-1, wheelchair=2)
    problem = day([odd, household(2)], [vehicle(1, wheelchair=2)])
    plan = plan_day(problem, 1, max_iterations=10)
    assert everybody_once(problem, plan)
    assert "h2" in served(plan)


def test_a_household_listed_twice_is_never_in_two_trips():
    problem = day([household(1), household(1)], [vehicle(1)])
    plan = plan_day(problem, 1, max_iterations=10)
    assert served(plan).count("h1") <= 1


def test_nothing_to_do():
    assert plan_day(day([], [vehicle(1)]), 1) == DayPlan((), ())
    [left] = plan_day(day([household(1, seats=0)], [vehicle(1)]), 1).left_over
    assert left.reason is LeftReason.NOBODY


def test_a_day_of_the_usual_size_breaks_no_rule():
    fleet = [vehicle(i, *places) for i, places in enumerate([(8,), (8, 1), (3, 0, 1), (16,), (24,), (6, 2, 1)])]
    homes = [
        household(i, 1 + i % 5, wheelchair=i % 17 == 0, stretcher=i % 23 == 1, point=PLACES[i % 4], weight=i % 7 * 20)
        for i in range(90)
    ]
    problem = day(homes, fleet)
    plan = plan_day(problem, 10, max_iterations=150)
    assert everybody_once(problem, plan)
    assert check(problem, plan.trips) == [f for f in check(problem, plan.trips) if f.warning]
    seats = sum((v.capacity for v in problem.vehicles), Load()).people
    assert people(problem, plan) > seats


def test_a_vehicle_without_a_driver_is_taken_only_where_the_others_do_not_reach():
    """Nearer by far, and yet the one with a driver goes; a person more is worth the other one as well."""
    vehicles = [vehicle(1, seats=4), vehicle(2, seats=8, driver_id=None)]
    few = day([household(1), household(2)], vehicles)
    assert {trip.vehicle_id for trip in plan_day(few, 1, max_iterations=50).trips} == {"v1"}
    many = day([household(number, point=FAR) for number in range(1, 7)], vehicles)
    plan = plan_day(many, 1, max_iterations=50)
    assert {trip.vehicle_id for trip in plan.trips} == {"v1", "v2"}
    assert not plan.left_over
