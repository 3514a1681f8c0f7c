"""Where trips end: free places over all trips of a day, animals and wheelchairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coordinator.domain.schedule import Breach, DayPlan, DayProblem, Hub, LeftReason
from coordinator.planning.check import check, lost
from coordinator.planning.solve import plan_day
from tests.planning.days import KHARKIV, NEAR, day, household, vehicle
from tests.planning.test_solve import days

DORMITORY = Hub("dormitory", NEAR, name="Гуртожиток")


def with_ends(problem: DayProblem, places: int | None, *others: Hub, **transit: object) -> DayProblem:
    return replace(problem, transit=replace(problem.transit, places=places, **transit), others=others)  # type: ignore[arg-type]


def brought(problem: DayProblem, plan: DayPlan) -> Counter[str]:
    loads = {pickup.household_id: pickup.load.people for pickup in problem.pickups}
    found: Counter[str] = Counter()
    for trip in plan.trips:
        found[trip.destination_id] += sum(loads[stop.household_id] for stop in trip.stops)
    return found


def planned(problem: DayProblem) -> DayPlan:
    plan = plan_day(problem, 1, max_iterations=60)
    assert [finding for finding in check(problem, plan.trips) if not finding.warning] == []
    assert lost(problem, plan) == []
    return plan


def test_one_vehicle_brings_people_to_another_place_where_the_first_is_full() -> None:
    homes = [household(number, 4, point=NEAR) for number in range(1, 6)]
    problem = with_ends(day(homes, [vehicle(1, 8)]), 8, replace(DORMITORY, places=12))
    plan = planned(problem)
    assert brought(problem, plan) == {"": 8, "dormitory": 12}
    assert not plan.left_over


def test_places_are_a_cap_over_all_trips_and_those_go_who_weigh_more() -> None:
    homes = [household(number, 4, point=NEAR, weight=10 * number) for number in range(1, 6)]
    problem = with_ends(day(homes, [vehicle(1, 8), vehicle(2, 8)]), 9)
    plan = planned(problem)
    assert {stop.household_id for trip in plan.trips for stop in trip.stops} == {"h4", "h5"}
    assert {left.key for left in plan.left_over} == {"left.destination.full"}
    first = plan.left_over[0].facts["help"]
    assert isinstance(first, dict)
    assert first["code"] == "help.destination"
    full = with_ends(problem, 7)
    assert Breach.DESTINATION in [finding.breach for finding in check(full, plan.trips)]


def test_animals_and_wheelchairs_go_where_they_are_taken() -> None:
    homes = [household(1, 2, point=NEAR, pets=True), household(2, 1, 1, point=NEAR), household(3, 2, point=NEAR)]
    fleet = [vehicle(1, 8, 1)]
    problem = with_ends(day(homes, fleet), None, DORMITORY, pets=False, wheelchairs=False)
    plan = planned(problem)
    assert not plan.left_over
    ends = {stop.household_id: trip.destination_id for trip in plan.trips for stop in trip.stops}
    assert (ends["h1"], ends["h2"]) == ("dormitory", "dormitory")
    nowhere = planned(with_ends(day(homes, fleet), None, pets=False, wheelchairs=False))
    assert {left.household_id: left.key for left in nowhere.left_over} == {
        "h1": "left.destination.pets",
        "h2": "left.destination.wheelchairs",
    }
    assert {left.reason for left in nowhere.left_over} == {LeftReason.DESTINATION}


hubs = st.builds(
    Hub, st.sampled_from(["a", "b"]), st.sampled_from([NEAR, KHARKIV]), places=st.sampled_from([None, 0, 3, 8, 20]),
    pets=st.booleans(), wheelchairs=st.booleans(),
)  # fmt: skip


@settings(max_examples=60, deadline=None, phases=(Phase.reuse, Phase.generate))
@given(days, st.lists(hubs, max_size=2, unique_by=lambda hub: hub.destination_id), st.sampled_from([None, 2, 9]))
def test_any_destinations_end_in_a_checked_plan_and_a_reason_for_the_others(
    problem: DayProblem, others: list[Hub], places: int | None
) -> None:
    pickups = tuple(replace(one, pets=one.number % 3 == 0) for one in problem.pickups)
    planned(with_ends(replace(problem, pickups=pickups), places, *others))
