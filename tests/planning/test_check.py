import ast
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.domain.schedule import Breach, Finding, PlannedTrip, TravelRules, Window
from coordinator.planning import check as checker
from coordinator.planning.check import check
from coordinator.planning.timing import Timetable, retime
from resources.messages import SENTENCES, sentence
from tests.planning.days import FAR, NEAR, day, household, vehicle

PROBLEM = day(
    [
        household(1, point=NEAR),
        household(2, seats=1, wheelchair=1),
        household(3, seats=1, stretcher=1),
        household(4, seats=6, point=NEAR),
        household(5, point=None),
        household(6, held_by=1),
    ],
    [vehicle(1, wheelchair=1), vehicle(2, stretcher=1), vehicle(3, seats=20, licence="D1")],
)


def trip(vehicle_id: str = "v1", ids: str = "h1 h2", earliest: int = 0) -> PlannedTrip:
    return retime(PROBLEM, vehicle_id, ids.split(), earliest)


def only(findings: list[Finding]) -> Finding:
    """The one finding, with a sentence whose facts are all there."""
    [finding] = findings
    assert finding.key in SENTENCES
    assert "–" not in sentence(finding.key, finding.facts)
    return finding


def test_a_sound_plan_has_no_findings():
    assert check(PROBLEM, [trip("v1", "h1 h2"), trip("v2", "h4 h3")]) == []
    assert check(PROBLEM, []) == []


@pytest.mark.parametrize(
    ("vehicle_id", "ids", "breach", "taken", "places"),
    [
        ("v2", "h1 h4 h3", Breach.SEATS, 9, 8),
        ("v2", "h2", Breach.WHEELCHAIR, 1, 0),
        ("v1", "h3", Breach.STRETCHER, 1, 0),
    ],
)
def test_the_load_of_a_whole_trip_against_each_kind_of_place(vehicle_id, ids, breach, taken, places):
    finding = only(check(PROBLEM, [trip(vehicle_id, ids)]))
    assert finding.breach is breach
    assert (finding.facts["taken"], finding.facts["places"]) == (taken, places)


def test_a_stop_outside_its_window():
    narrow = replace(PROBLEM, pickups=(household(1, point=NEAR, window=Window(300, 380)),))
    finding = only(check(narrow, [trip("v1", "h1")]))
    assert finding.breach is Breach.WINDOW
    assert finding.household_id == "h1"
    assert finding.facts["end"] == "06:20"


def test_leaving_after_the_window_counts_though_the_arrival_was_inside():
    sound = trip("v1", "h1")
    narrow = replace(PROBLEM, pickups=(household(1, point=NEAR, window=Window(300, sound.stops[0].leave - 1)),))
    assert only(check(narrow, [sound])).breach is Breach.WINDOW


def test_too_little_time_at_the_door():
    sound = trip("v1", "h1")
    hasty = replace(sound, stops=(replace(sound.stops[0], leave=sound.stops[0].arrive + 3),))
    finding = only(check(PROBLEM, [hasty]))
    assert (finding.breach, finding.facts["needed"], finding.facts["given"]) == (Breach.STOP_TIME, 10, 3)


def test_a_leg_that_is_a_minute_too_short():
    sound = trip("v1", "h1")
    assert only(check(PROBLEM, [replace(sound, depart=sound.depart + 1)])).key == "breach.travel_time"
    assert only(check(PROBLEM, [replace(sound, back=sound.back - 1)])).key == "breach.travel_time.back"


def test_stops_in_the_wrong_order_of_time():
    first, second = trip("v1", "h1 h2").stops
    assert Breach.TRAVEL_TIME in {f.breach for f in check(PROBLEM, [replace(trip(), stops=(second, first))])}


def test_times_around_a_stop_without_a_place_are_checked_as_far_as_they_can_be():
    sound = trip("v1", "h1 h5")
    finding = only(check(PROBLEM, [sound]))
    assert (finding.breach, finding.warning) == (Breach.NO_COORDINATES, True)
    backwards = replace(sound, stops=(sound.stops[0], replace(sound.stops[1], arrive=0, leave=10)))
    assert Breach.TRAVEL_TIME in {f.breach for f in check(PROBLEM, [backwards])}


def test_two_stops_without_a_place_are_one_after_the_other():
    problem = replace(PROBLEM, pickups=(*PROBLEM.pickups, household(7, point=None)))
    sound = retime(problem, "v1", ["h5", "h7"], 0)
    assert {f.breach for f in check(problem, [sound])} == {Breach.NO_COORDINATES}
    first, second = sound.stops
    at_once = replace(sound, stops=(first, replace(second, arrive=first.leave - 1)))
    assert Breach.TRAVEL_TIME in {f.breach for f in check(problem, [at_once])}


def test_two_addresses_of_one_village_are_local_minutes_apart():
    sound = trip("v2", "h1 h4")
    first, second = sound.stops
    assert second.arrive == first.leave + 4
    problem = replace(PROBLEM, rules=TravelRules(local_minutes=5))
    finding = only(check(problem, [sound]))
    assert (finding.key, finding.facts["needed"], finding.facts["given"]) == ("breach.travel_time", 5, 4)


@pytest.mark.parametrize("hours", [Window(361, 1050), Window(360, 500)])
def test_a_trip_outside_the_vehicle_hours(hours):
    problem = replace(PROBLEM, vehicles=(vehicle(1, window=hours),))
    assert only(check(problem, [trip("v1", "h1")])).breach is Breach.VEHICLE_HOURS


def test_time_at_the_base_before_leaving_belongs_to_the_hours():
    problem = replace(PROBLEM, rules=TravelRules(start_service=10))
    assert only(check(problem, [trip("v1", "h1")])).breach is Breach.VEHICLE_HOURS


def test_two_trips_of_one_vehicle_do_not_overlap():
    first = trip("v1", "h1")
    second = retime(PROBLEM, "v1", ["h4"], first.back - 1, first=False)
    finding = only(check(PROBLEM, [second, first]))
    assert (finding.breach, finding.trip) == (Breach.OVERLAP, 0)


def test_time_at_the_hub_between_two_trips():
    rules = TravelRules(start_service=15)
    problem = replace(PROBLEM, rules=rules)
    first, second = Timetable(problem).day("v2", [["h1"], ["h4"]])
    assert check(problem, [first, second]) == []
    too_soon = retime(problem, "v2", ["h4"], first.back + 14, first=False)
    assert only(check(problem, [first, too_soon])).breach is Breach.OVERLAP


def test_a_later_trip_leaves_from_the_transit_centre():
    problem = replace(PROBLEM, transit=replace(PROBLEM.transit, point=FAR))
    first, second = Timetable(problem).day("v1", [["h1"], ["h4"]])
    assert check(replace(problem, vehicles=(vehicle(1, window=Window(0, 2000)),)), [first, second]) == []
    from_base = retime(problem, "v1", ["h4"], first.back, first=True)
    assert Breach.TRAVEL_TIME in {f.breach for f in check(problem, [first, from_base])}


def test_one_driver_in_two_vehicles_at_once():
    problem = replace(PROBLEM, vehicles=(vehicle(1), vehicle(2, driver_id="d1")))
    trips = [retime(problem, "v1", ["h1"], 0), retime(problem, "v2", ["h4"], 0)]
    findings = check(problem, trips)
    assert [(f.breach, f.trip) for f in findings] == [(Breach.DRIVER, 0), (Breach.DRIVER, 1)]
    afterwards = retime(problem, "v2", ["h4"], trips[0].back)
    assert check(problem, [trips[0], afterwards]) == []


def test_a_household_in_two_trips():
    finding = only(check(PROBLEM, [trip("v1", "h1"), trip("v2", "h1")]))
    assert (finding.breach, finding.trip, finding.household_id) == (Breach.TWICE, 1, "h1")


def test_both_of_an_undecided_pair():
    finding = only(check(PROBLEM, [trip("v1", "h1"), trip("v2", "h6")]))
    assert finding.breach is Breach.POSSIBLE_DUPLICATE
    assert check(PROBLEM, [trip("v2", "h6")]) == []


def test_ids_that_the_day_does_not_know():
    assert only(check(PROBLEM, [trip("v9", "h1")])).key == "breach.unknown.vehicle"
    assert only(check(PROBLEM, [trip("v1", "h1 h99")])).key == "breach.unknown"


@pytest.mark.parametrize(("licence", "warned"), [("B", True), ("D1", True), ("D", False), ("", False), ("C", False)])
def test_licence_against_seats_is_only_a_warning(licence, warned):
    problem = replace(PROBLEM, vehicles=(vehicle(3, seats=20, licence=licence),))
    findings = check(problem, [trip("v3", "h1")])
    assert [(f.breach, f.warning) for f in findings] == ([(Breach.LICENCE, True)] if warned else [])


def test_every_breach_has_a_sentence():
    assert all(f"breach.{breach}" in SENTENCES for breach in Breach)


def test_the_checker_shares_no_code_with_the_planner():
    tree = ast.parse(Path(checker.__file__).read_text(encoding="utf-8"))
    ours = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert {module for module in ours if module.startswith("coordinator")} == {"coordinator.domain.schedule"}


def test_a_trip_without_a_driver_is_a_warning():
    problem = day([household(1)], [vehicle(1, driver_id=None)])
    (finding,) = check(problem, Timetable(problem).day("v1", [["h1"]]))
    assert (finding.key, finding.facts, finding.warning) == ("breach.no_driver", {"plate": "AX0001AA"}, True)


def test_an_open_list_of_an_earlier_day_is_a_breach():
    problem = day([household(1, open_list="2023-08-14/3")], [vehicle(1)])
    (finding,) = check(problem, Timetable(problem).day("v1", [["h1"]]))
    assert (finding.key, finding.facts) == ("breach.open_result", {"number": 1, "list": "2023-08-14/3"})
