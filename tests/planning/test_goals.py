"""The goals of a plan come in their order: small days on which two of them want different things."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from coordinator.domain.schedule import Breach, DayPlan, DayProblem, Pickup, Point, Stands
from coordinator.planning import goals
from coordinator.planning.check import check
from coordinator.planning.goals import Scale, measure
from coordinator.planning.solve import plan_day
from coordinator.planning.timing import Timetable
from tests.planning.days import FAR, KHARKIV, KUPIANSK, NEAR, day, household, vehicle
from tests.planning.test_solve import days

ASIDE = Point(49.55, 36.90)


def planned(problem: DayProblem) -> DayPlan:
    return plan_day(problem, 1, max_iterations=150)


def orders(plan: DayPlan) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for trip in plan.trips:
        found.setdefault(trip.vehicle_id, []).append([stop.household_id for stop in trip.stops])
    return found


def printed(pickup: Pickup, vehicle_id: str, arrive: int, trip: int = 1) -> Pickup:
    return replace(pickup, stands=Stands(vehicle_id, trip, arrive, printed=True))


def test_one_more_person_is_worth_any_time_in_the_zone_and_any_kilometres() -> None:
    near, far = household(1, seats=4, point=NEAR, weight=0), household(2, seats=5, point=FAR, weight=0)
    assert orders(planned(day([near, far], [vehicle(1, 5, most_minutes=450)]))) == {"v1": [["h2"]]}


def test_of_as_many_people_those_go_who_weigh_more_however_far() -> None:
    near, far = household(1, seats=4, point=NEAR, weight=10), household(2, seats=4, point=FAR, weight=30)
    assert orders(planned(day([near, far], [vehicle(1, 4, most_minutes=450)]))) == {"v1": [["h2"]]}


def test_weight_counts_a_person_up_to_twice() -> None:
    one = day([household(1, seats=3, weight=0), household(2, seats=2, weight=900)], [vehicle(1)])
    scale = Scale.of(Timetable(one), one.pickups)
    plain, heavy = (scale.prize(pickup, 900) for pickup in one.pickups)
    assert heavy * 3 == plain * 4
    assert scale.prize(replace(one.pickups[0], weight=-5), 900) == plain


def test_less_time_in_the_zone_is_worth_more_kilometres() -> None:
    """The base lies beside the first: beginning there is shorter, but then people ride out and back again."""
    pickups = [household(1, point=ASIDE), household(2, point=KUPIANSK)]
    problem = day(pickups, [vehicle(1)], base=ASIDE, transit=KHARKIV)
    plan = planned(problem)
    assert orders(plan) == {"v1": [["h2", "h1"]]}
    other = Timetable(problem).day("v1", [["h1", "h2"]])
    assert other[0].km < plan.trips[0].km
    assert measure(problem, plan.trips).zone < measure(problem, other).zone


def test_equal_in_all_else_a_printed_list_stays_to_the_vehicle_and_the_minute() -> None:
    free = day([household(1), household(2, point=FAR), household(3, point=NEAR)], [vehicle(1, 4), vehicle(2, 4)])
    (first, *_) = Timetable(free).day("v2", [["h2", "h1"]])
    at = {stop.household_id: stop.arrive + 37 for stop in first.stops}
    told = [printed(one, "v2", at[one.household_id]) if one.household_id in at else one for one in free.pickups]
    plan = planned(replace(free, pickups=tuple(told)))
    assert plan.left_over == ()
    stops = {stop.household_id: (trip.vehicle_id, stop.arrive) for trip in plan.trips for stop in trip.stops}
    assert {key: stops[key] for key in at} == {key: ("v2", minute) for key, minute in at.items()}
    assert measure(replace(free, pickups=tuple(told)), plan.trips).changes == 0


def test_a_printed_list_is_changed_for_less_time_in_the_zone() -> None:
    pickups = [printed(household(1), "v1", 500), printed(household(2, point=NEAR), "v1", 480)]
    problem = day(pickups, [vehicle(1)])
    plan = planned(problem)
    assert orders(plan) == {"v1": [["h1", "h2"]]}
    assert measure(problem, plan.trips).changes == 2


@settings(max_examples=40, deadline=None)
@given(days)
def test_no_goal_can_outbid_one_above_it_and_the_sum_stays_in_range(problem: DayProblem) -> None:
    """On any day: all that a plan comes to in the goals below weighs less than one step of the goal above."""
    ready = [pickup for pickup in problem.pickups if pickup.household_id in Timetable(problem).roads.row]
    scale = Scale.of(Timetable(problem), ready)
    got = measure(problem, planned(replace(problem, pickups=tuple(ready))).trips)
    ways = got.hectometres // scale.step + 2 * len(ready)
    assert got.changes * scale.change < scale.way
    assert ways * scale.way + got.changes < scale.zone + scale.way * 2 * len(ready)
    assert got.zone * scale.zone + ways * scale.way < scale.undriven + scale.zone
    assert got.undriven * scale.undriven < scale.person
    prizes = sum(scale.prize(pickup, goals.heaviest_of(ready)) for pickup in ready)
    assert prizes <= goals.MOST


def test_a_day_that_is_too_large_is_told_apart_less_finely_but_in_the_same_order() -> None:
    homes = [printed(household(i, point=(NEAR, KUPIANSK, FAR)[i % 3]), f"v{i % 40}", 500) for i in range(300)]
    problem = day(homes, [vehicle(i) for i in range(40)])
    scale = Scale.of(Timetable(problem), homes)
    assert scale.levels < 1000
    assert sum(scale.prize(pickup, 100) for pickup in homes) <= goals.MOST
    assert scale.change * 300 < scale.way
    assert 10 * scale.way < scale.zone < scale.undriven < scale.person


def test_a_driver_is_on_the_road_no_longer_than_he_may() -> None:
    """Two trips of three hours and a half each: the second is the other driver's, or nobody's."""
    homes = [household(number, seats=4) for number in (1, 2, 3)]
    plan = planned(day(homes, [vehicle(1, 4, most_minutes=420), vehicle(2, 4)]))
    assert sorted(len(trips) for trips in orders(plan).values()) in ([1, 1], [1, 2])
    assert len(orders(plan)["v1"]) == 1
    tired = planned(day(homes, [vehicle(1, 4, most_minutes=30)]))
    assert {left.key for left in tired.left_over} == {"left.driver_hours"}
    (finding,) = check(day(homes, [vehicle(1, 4, most_minutes=30)]), plan.trips[:1])
    assert finding.breach is Breach.DRIVER_HOURS
