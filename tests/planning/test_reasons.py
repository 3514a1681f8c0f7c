import pytest

from coordinator.domain.schedule import DayProblem, LeftOver, LeftReason, Pickup, Point, Window
from coordinator.planning.reasons import usable_vehicles
from coordinator.planning.solve import plan_day
from resources.messages import SENTENCES, sentence
from tests.planning.days import KUPIANSK, NEAR, day, household, vehicle


def left_of(problem: DayProblem) -> list[LeftOver]:
    """Who is left over by a short run; each with a sentence whose facts are all there."""
    plan = plan_day(problem, 1, max_iterations=60)
    for left in plan.left_over:
        assert left.key in SENTENCES
        assert "–" not in sentence(left.key, left.facts)
    return list(plan.left_over)


@pytest.mark.parametrize(
    ("pickup", "key"),
    [
        (household(1, seats=0), "left.nobody"),
        (household(1, held_by=7), "left.possible_duplicate"),
        (household(1, open_list="2023-08-14/3"), "left.open_result"),
        (household(1, point=None), "left.no_coordinates"),
        (household(1, point=Point(float("nan"), 36)), "left.no_coordinates"),
        (household(1, seats=9), "left.too_large.seats"),
        (household(1, seats=8, stretcher=1), "left.too_large"),
        (household(1, seats=1, stretcher=2), "left.no_stretcher.fleet"),
        (household(1, seats=1, wheelchair=1), "left.no_wheelchair.fleet"),
        (household(1, window=Window(330, 335)), "left.window.short"),
        (household(1, window=Window(330, 500)), "left.window.late"),
        (household(1, window=Window(900, 1100)), "left.window.far"),
    ],
)
def test_those_whom_no_plan_could_serve(pickup: Pickup, key: str):
    [left] = left_of(day([pickup], [vehicle(1), vehicle(2, seats=3, stretcher=1)]))
    assert left.key == key


def test_without_a_fleet_nobody_is_fetched():
    [left] = left_of(day([household(1)], []))
    assert left.reason is LeftReason.NO_FLEET
    [left] = left_of(day([household(1)], [vehicle(1, seats=0), vehicle(2, window=Window(700, 600))]))
    assert left.reason is LeftReason.NO_FLEET


def test_seats_that_are_taken():
    [left] = left_of(day([household(1, seats=5), household(2, seats=5)], [vehicle(1)]))
    assert (left.key, left.facts["needed"], left.facts["free"]) == ("left.no_place.seats", 5, 3)


@pytest.mark.parametrize("kind", ["wheelchair", "stretcher"])
def test_special_places_that_are_taken(kind):
    needy = [household(number, seats=1, **{kind: 1}) for number in (1, 2)]
    [left] = left_of(day(needy, [vehicle(1, **{kind: 1}), vehicle(2)]))
    assert (left.key, left.facts["places"]) == (f"left.no_{kind}.taken", 1)


def test_places_are_left_but_no_time():
    hours = vehicle(1, window=Window(360, 360 + 162 + 10 + 162 + 20))
    [left] = left_of(day([household(1), household(2)], [hours]))
    assert left.key == "left.no_place.time"


def test_places_are_left_but_not_in_the_window():
    """Both want the same ten minutes; the day itself has room for both."""
    at_nine = [household(number, window=Window(540, 550)) for number in (1, 2)]
    [left] = left_of(day(at_nine, [vehicle(1)]))
    assert (left.key, left.facts["start"]) == ("left.window.free", "09:00")


def test_no_sharper_reason_is_made_up():
    """One trip lacks the stretcher place, the other the seats: neither is the reason by itself."""
    pickups = [household(1, stretcher=1, weight=900), household(2, seats=8, weight=900), household(3, stretcher=1)]
    [left] = left_of(day(pickups, [vehicle(1, seats=5, stretcher=1), vehicle(2, seats=8, stretcher=1)]))
    assert (left.household_id, left.key) == ("h3", "left.no_place")


def test_the_heaviest_come_first_and_of_equal_ones_the_older_record():
    pickups = [household(number, weight=weight) for number, weight in ((1, 20), (2, 900), (3, 20))]
    assert [left.household_id for left in left_of(day(pickups, []))] == ["h2", "h1", "h3"]


def test_of_two_vehicles_with_one_driver_the_larger_is_used():
    small, large = vehicle(1, seats=3, driver_id="d1"), vehicle(2, seats=20, driver_id="d1")
    morning = vehicle(3, driver_id="d2", window=Window(300, 700))
    evening = vehicle(4, driver_id="d2", window=Window(700, 1100))
    without = [vehicle(5, driver_id=None), vehicle(6, driver_id=None)]
    problem = day([household(1, point=NEAR)], [small, large, morning, evening, *without])
    assert [one.vehicle_id for one in usable_vehicles(problem)] == ["v2", "v3", "v4", "v5", "v6"]


def test_every_reason_has_a_sentence():
    assert all(f"left.{reason}" in SENTENCES for reason in LeftReason)


def test_a_window_that_has_passed_is_named_with_its_hours():
    [left] = left_of(day([household(1, point=KUPIANSK, window=Window(300, 360))], [vehicle(1)]))
    assert left.facts["end"] == "06:00"
    assert left.facts["earliest"] > "08:00"
