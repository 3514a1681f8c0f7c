"""Prizes, windows and loads at their extremes: always a checked plan, and a reason for everybody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coordinator.domain.schedule import DayPlan, DayProblem, LeftReason, Load, Pin, Stands, TravelRules, Window
from coordinator.planning import adapter
from coordinator.planning.check import check, lost
from coordinator.planning.solve import plan_day
from tests.planning.days import FAR, NEAR, day, household, vehicle

FIRST = 4
_Values = dict[str, object]
extremes = st.fixed_dictionaries(
    {
        "seats": st.sampled_from([0, 1, 2, 50, 10**6]),
        "wheelchair": st.sampled_from([0, 0, 1, 10**6]),
        "stretcher": st.sampled_from([0, 0, 1, 99]),
        "point": st.sampled_from([NEAR, FAR, None]),
        "window": st.sampled_from(
            [Window(0, 1440), Window(0, 10**6), Window(600, 600), Window(900, 300), Window(-500, -1), Window(360, 1100)]
        ),
        "service": st.sampled_from([0, 10, 600, 10**5]),
        "weight": st.sampled_from([0, 1, 10**3, 10**9, 10**12, -(10**9)]),
        "pinned": st.sampled_from([None, None, Pin("v0", 500), Pin("nobody", 0), Pin("v1", -5)]),
        "stands": st.sampled_from([None, None, Stands("v0", 1, 480, True), Stands("gone", 7, 10**6, True)]),
    }
)
fleets = st.fixed_dictionaries(
    {
        "seats": st.sampled_from([0, 1, 8, 60, 10**6]),
        "wheelchair": st.sampled_from([0, 2, 10**6]),
        "stretcher": st.sampled_from([0, 1]),
        "window": st.sampled_from([Window(0, 1440), Window(360, 360), Window(800, 100), Window(0, 10**6)]),
        "driver_id": st.sampled_from([None, "d1", "d2"]),
        "most_minutes": st.sampled_from([None, 0, 500, 10**6]),
    }
)
extreme_days = st.builds(
    lambda homes, fleet, rules, places: _day(homes, fleet, rules, places),
    st.lists(extremes, min_size=1, max_size=6),
    st.lists(fleets, max_size=3),
    st.sampled_from([TravelRules(), TravelRules(speed_kmh=0.01), TravelRules(speed_kmh=1e6, local_minutes=0)]),
    st.sampled_from([None, 0, 5]),
)


def _day(
    homes: list[dict[str, object]], fleet: list[dict[str, object]], rules: TravelRules, places: int | None
) -> DayProblem:
    pickups = [household(number, **home) for number, home in enumerate(homes, start=FIRST)]  # type: ignore[arg-type]
    made = day(pickups, [vehicle(number, **one) for number, one in enumerate(fleet)], rules=rules)  # type: ignore[arg-type]
    return replace(made, transit=replace(made.transit, places=places))


def sound(problem: DayProblem, plan: DayPlan) -> None:
    assert [finding for finding in check(problem, plan.trips) if not finding.warning] == []
    assert lost(problem, plan) == []


@settings(max_examples=40, deadline=None, phases=(Phase.reuse, Phase.generate))
@given(extreme_days)
def test_fault_74_any_extremes_end_in_a_checked_plan_or_a_reason(problem: DayProblem) -> None:
    sound(problem, plan_day(problem, 1, max_iterations=12))


def test_fault_74_where_the_solver_finds_nothing_the_simple_plan_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """It raises, as PyVRP does for data that it does not take; everybody still has a trip or a reason."""

    def refuse(*_args: object, **_more: object) -> adapter.Instance:
        raise ValueError("no feasible plan")

    monkeypatch.setattr(adapter, "build", refuse)
    problem = day([household(1), household(2, 9)], [vehicle(1)])
    plan = plan_day(problem, 1)
    sound(problem, plan)
    assert [stop.household_id for trip in plan.trips for stop in trip.stops] == ["h1"]


def test_fault_74_out_of_time_or_cancelled_there_is_the_best_so_far() -> None:
    problem = day([household(number) for number in range(1, 9)], [vehicle(1), vehicle(2)])
    for plan in (plan_day(problem, 1, max_iterations=0), plan_day(problem, 120, lambda _part, _best: False)):
        sound(problem, plan)
        assert plan.trips


def test_fault_75_a_stretcher_a_party_of_nine_and_a_window_that_has_passed_are_left_over_with_the_reason() -> None:
    homes = [household(1, 1, 0, 1), household(2, 9), household(3, window=Window(100, 300)), household(4)]
    plan = plan_day(day(homes, [vehicle(1, 8)]), 1, max_iterations=20)
    reasons = {left.household_id: left.reason for left in plan.left_over}
    assert reasons == {"h1": LeftReason.NO_STRETCHER, "h2": LeftReason.TOO_LARGE, "h3": LeftReason.WINDOW}
    assert [left.household_id for left in plan.left_over if "help" in left.facts] == ["h1", "h2"]


def test_prizes_that_dwarf_each_other_do_not_leave_only_infeasible_plans() -> None:
    """PyVRP's usual penalties end at 1e5, far below what a household is worth here."""
    homes = [household(number, 4, weight=10 ** (number % 12), point=(NEAR, FAR)[number % 2]) for number in range(1, 25)]
    problem = day(homes, [replace(vehicle(number, 8), capacity=Load(8)) for number in range(3)])
    plan = plan_day(problem, 2, max_iterations=200)
    sound(problem, plan)
    assert len({stop.household_id for trip in plan.trips for stop in trip.stops}) >= 12
