"""What would help those left over: named only where it does, by trying it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from coordinator.domain.schedule import DayProblem, Window
from coordinator.planning.remedies import HELPED
from coordinator.planning.solve import plan_day
from resources.messages import SENTENCES
from tests.planning.days import FAR, NEAR, day, fits_somewhere, household, vehicle
from tests.planning.test_solve import days, runs_of

MORNING = Window(360, 480)


def help_of(problem: DayProblem) -> dict[str, object]:
    (left,) = plan_day(problem, 1, max_iterations=60).left_over
    found = left.facts.get("help")
    return found if isinstance(found, dict) else {}


def test_one_more_trip_after_its_hours_with_its_times() -> None:
    """The only stretcher is taken in its hours; a later trip would be back a little after them."""
    van = vehicle(1, 2, 0, 1, window=Window(360, 720), model="Sprinter")
    found = help_of(day([household(1, 1, 0, 1, weight=5), household(2, 1, 0, 1)], [van]))
    assert (found["code"], found["vehicle"], found["end"]) == ("help.trip", "Sprinter AX0001AA", "12:00")
    longer = replace(van, window=Window(360, 1440))
    assert not plan_day(day([household(1, 1, 0, 1), household(2, 1, 0, 1)], [longer]), 1, max_iterations=60).left_over


def test_one_more_trip_for_which_a_driver_would_have_to_drive_longer() -> None:
    found = help_of(day([household(1, 8, point=NEAR), household(2, 8, point=NEAR)], [vehicle(1, most_minutes=220)]))
    assert found["code"] == "help.trip.driver"


def test_more_places_of_one_kind_and_how_many() -> None:
    home = household(1, 1, 2, window=Window(540, 600))
    found = help_of(day([home], [vehicle(1, 4, 1)]))
    assert (found["code"], found["count"]) == ("help.place.wheelchair", 1)


def test_one_more_vehicle_where_nothing_less_would_do() -> None:
    found = help_of(day([household(1, 3, 1, 1)], [vehicle(1, 2)]))
    assert (found["code"], found["seats"], found["stretcher"]) == ("help.vehicle.carried", 3, 1)


def test_a_later_hour_at_the_door() -> None:
    found = help_of(day([household(1, point=FAR, window=Window(360, 560))], [vehicle(1)]))
    assert (found["code"], found["until"]) == ("help.later", "10:20")


def test_nothing_is_promised_where_nothing_helps() -> None:
    assert help_of(day([household(1, point=None)], [vehicle(1)])) == {}
    assert help_of(day([household(1, held_by=2)], [vehicle(1)])) == {}


@settings(max_examples=60, deadline=None)
@given(days)
def test_help_is_confirmed_by_the_checker_and_never_what_the_plan_could_have_done(problem: DayProblem) -> None:
    plan = plan_day(problem, 1, max_iterations=15)
    for left in plan.left_over:
        found = left.facts.get("help")
        if not isinstance(found, dict):
            continue
        assert left.reason in HELPED
        assert str(found["code"]) in SENTENCES
        if str(found["code"]).startswith("help.trip"):
            assert fits_somewhere(_unhindered(problem), runs_of(plan), left.household_id)


def _unhindered(problem: DayProblem) -> DayProblem:
    """The same day with vehicles and drivers that never rest."""
    vehicles = [replace(v, window=Window(v.window.start, 1440), most_minutes=None) for v in problem.vehicles]
    return replace(problem, vehicles=tuple(vehicles))
