"""What a plan is worth: the one measure by which a new plan takes the place of the one before."""

from __future__ import annotations

from collections.abc import Set

from coordinator.domain.schedule import DayPlan, DayProblem


def households_in(plan: DayPlan) -> set[str]:
    return {stop.household_id for trip in plan.trips for stop in trip.stops}


def people_in(problem: DayProblem, households: Set[str]) -> int:
    """People of those of `households` that are to be planned."""
    return sum(pickup.load.people for pickup in problem.pickups if pickup.household_id in households)


def worth(problem: DayProblem, households: Set[str]) -> int:
    """People, each by the weight of their household: children and people who cannot walk count for more."""
    heaviest = max((pickup.weight for pickup in problem.pickups), default=0) or 1
    return sum(
        pickup.load.people * (heaviest + pickup.weight)
        for pickup in problem.pickups
        if pickup.household_id in households
    )
