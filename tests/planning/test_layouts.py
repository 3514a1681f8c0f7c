"""Vehicles that fold seats into wheelchair places: each trip has one layout, in the plan and in the check."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.schedule import Breach, Load, PlannedStop, PlannedTrip, VehicleDay, Window
from coordinator.planning.check import check
from coordinator.planning.places import Places, trade_of
from coordinator.planning.solve import plan_day
from tests.planning.days import NEAR, day, household, vehicle

VAN = (Load(8), Load(5, 1), Load(2, 2))
layouts = st.lists(
    st.builds(Load, st.integers(1, 12), st.integers(0, 3), st.integers(0, 2), st.integers(0, 9)), min_size=1, max_size=4
)
loads = st.builds(Load, st.integers(0, 9), st.integers(0, 2), st.integers(0, 2), st.integers(0, 6))


@pytest.mark.parametrize(
    ("offered", "trade"),
    [
        ((Load(8),), (0, 0)), (VAN, (3, 0)), ((Load(8), Load(4, 0, 1)), (0, 4)),
        ((Load(9), Load(6, 1), Load(3, 1, 1)), (3, 3)),
    ],
)  # fmt: skip
def test_what_a_place_costs_in_seats(offered: tuple[Load, ...], trade: tuple[int, int]) -> None:
    assert trade_of(offered) == trade


@given(layouts, st.lists(loads, max_size=5))
def test_no_sum_refuses_what_a_layout_takes(offered: list[Load], taken: list[Load]) -> None:
    van = VehicleDay("v", "AA", offered[0], Window(0, 1440), others=tuple(offered[1:]))
    pickups = [replace(household(number), load=load) for number, load in enumerate(taken, start=1)]
    places = Places.of([van, vehicle(2, 20)], pickups)
    total = sum(taken, Load())
    if van.takes(total):
        sums = [sum(column) for column in zip(*(places.taken(load) for load in taken), strict=True)]
        assert all(one <= most for one, most in zip(sums, places.offered(van), strict=False))


def van() -> VehicleDay:
    return vehicle(1, 8, others=VAN[1:])


def test_the_plan_folds_seats_for_each_trip_and_never_takes_both() -> None:
    near = [household(1, 1, 1, point=NEAR), household(2, 1, 1, point=NEAR), household(3, 8, point=NEAR)]
    problem = day(near, [van()])
    plan = plan_day(problem, 1, max_iterations=50)
    assert not plan.left_over and not check(problem, plan.trips)
    assert [len(trip.stops) for trip in plan.trips] in ([1, 2], [2, 1]), (
        "the seats are folded on one trip and needed on the other"
    )


def test_places_that_are_not_there_together_are_a_breach() -> None:
    problem = day([household(1, 6, 1)], [van()])
    stop = PlannedStop("h1", 600, 660)
    (found, *_) = [f for f in check(problem, [PlannedTrip("v1", None, 420, 900, (stop,))]) if not f.warning]
    assert (found.breach, found.facts["taken"], found.facts["detail"]) == (Breach.SEATS, 6, "layout")
    (left,) = plan_day(problem, 1, max_iterations=1).left_over
    assert left.key == "left.too_large"
