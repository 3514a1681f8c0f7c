from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.schedule import Breach, DayProblem, PlannedTrip, TravelRules, Window, clock
from coordinator.planning.check import check
from coordinator.planning.timing import Timetable, retime
from tests.planning.days import FAR, KUPIANSK, NEAR, day, household, vehicle


def test_a_trip_waits_at_home_and_not_at_the_stop():
    late = household(1, window=Window(11 * 60, 14 * 60))
    trip = retime(day([late], [vehicle(1)]), "v1", ["h1"], earliest=0)
    assert trip.stops[0].arrive == 11 * 60
    assert trip.depart > 8 * 60
    assert trip.back == trip.stops[0].leave + (trip.stops[0].arrive - trip.depart) + 20


def test_a_trip_without_waiting_leaves_when_the_vehicle_is_ready():
    problem = day([household(1)], [vehicle(1)], rules=TravelRules(start_service=15))
    assert retime(problem, "v1", ["h1"], earliest=0).depart == 6 * 60 + 15
    assert retime(problem, "v1", ["h1"], earliest=8 * 60).depart == 8 * 60


def test_an_early_window_keeps_its_stop_though_the_next_one_has_to_wait():
    early = household(1, point=NEAR, window=Window(7 * 60, 8 * 60))
    late = household(2, window=Window(12 * 60, 15 * 60))
    trip = retime(day([early, late], [vehicle(1)]), "v1", ["h1", "h2"], earliest=0)
    assert trip.stops[0].leave == 8 * 60
    assert trip.stops[1].arrive == 12 * 60


def test_the_second_trip_leaves_from_the_transit_centre_after_unloading():
    problem = day([household(1, point=NEAR), household(2, point=NEAR)], [vehicle(1)], transit=NEAR)
    first, second = Timetable(problem).day("v1", [["h1"], [], ["h2"]])
    assert first.back == first.stops[0].leave + 4 + 20
    assert second.depart == first.back
    assert second.stops[0].arrive == second.depart + 4
    assert check(problem, [first, second]) == []


def test_driver_and_distance_come_with_the_trip():
    trip = retime(day([household(1)], [vehicle(1)]), "v1", ["h1"], earliest=0)
    assert trip.driver_id == "d1"
    assert 265 < trip.km < 272


def test_what_is_unknown_is_timed_all_the_same():
    problem = day([household(1), household(2, point=None)], [vehicle(1)])
    trip = retime(problem, "gone", ["h2", "h1", "nobody"], earliest=400)
    assert [stop.household_id for stop in trip.stops] == ["h2", "h1", "nobody"]
    assert {finding.breach for finding in check(problem, [trip])} == {Breach.UNKNOWN, Breach.NO_COORDINATES}


def test_a_trip_without_stops_takes_no_time():
    trip = retime(day([], [vehicle(1)]), "v1", [], earliest=500)
    assert (trip.depart, trip.back, trip.stops, trip.km) == (500, 500, (), 0)


windows = st.tuples(st.integers(300, 900), st.integers(60, 500)).map(lambda pair: Window(pair[0], sum(pair)))
stops = st.lists(st.tuples(windows, st.sampled_from([NEAR, KUPIANSK, FAR])), min_size=1, max_size=6)


def test_minutes_as_people_read_them():
    assert [clock(minute) for minute in (0, 65, 1085, 1440, 1501)] == ["00:00", "01:05", "18:05", "00:00", "01:01"]


def lateness(problem: DayProblem, trip: PlannedTrip) -> int:
    """Minutes by which the stops of a trip end after their windows, added up."""
    return sum(max(0, s.leave - p.window.end) for s, p in zip(trip.stops, problem.pickups, strict=True))


@given(stops, st.integers(0, 900))
def test_leaving_late_costs_nothing(stops, earliest):
    """The trip is back no later than one that leaves at once, and leaving a minute later would show."""
    problem = day([household(i, window=w, point=p) for i, (w, p) in enumerate(stops)], [vehicle(1)])
    ids = [pickup.household_id for pickup in problem.pickups]
    trip = Timetable(problem).trip("v1", ids, earliest, first=True)
    later = Timetable(problem).trip("v1", ids, trip.depart + 1, first=True)
    assert trip.depart >= earliest
    assert later.back > trip.back or lateness(problem, later) > lateness(problem, trip)
