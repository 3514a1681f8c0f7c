import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.roads import Ways
from coordinator.domain.schedule import EVERYWHERE, Point, TravelRules, Way
from coordinator.planning.travel import NO_WAY, Geometric, Place, Recorded, Roads, great_circle_km, is_usable
from tests.planning.days import FAR, KHARKIV, KUPIANSK, NEAR, day, household, vehicle


def leg_matrices(points, rules):
    return Geometric(rules).legs([Place(point) for point in points])


points = st.builds(Point, st.floats(48.5, 50.5), st.floats(35.5, 38.5))


def test_one_degree_of_latitude_is_111_km():
    assert great_circle_km([Point(49, 37), Point(50, 37)])[0, 1] == pytest.approx(111.195, abs=0.001)


def test_kharkiv_to_kupiansk():
    minutes, hectometres = leg_matrices([KHARKIV, KUPIANSK], TravelRules())
    assert 1330 <= hectometres[0, 1] <= 1360
    assert 160 <= minutes[0, 1] <= 163


def test_two_addresses_of_one_settlement_are_local_minutes_apart():
    minutes, hectometres = leg_matrices([KUPIANSK, KUPIANSK, KHARKIV], TravelRules(local_minutes=6))
    assert minutes[0, 1] == minutes[1, 0] == 6
    assert minutes[0, 0] == 0
    assert hectometres[0, 1] == 0


@given(st.lists(points, min_size=2, max_size=6), st.floats(1, 2), st.floats(20, 90))
def test_minutes_are_rounded_up_and_the_same_both_ways(places, detour, speed):
    rules = TravelRules(detour, speed, local_minutes=0)
    minutes, _ = leg_matrices(places, rules)
    road = great_circle_km(places) * detour
    for a, b in product(range(len(places)), repeat=2):
        assert minutes[a, b] == minutes[b, a]
        assert -1e-5 <= minutes[a, b] - road[a, b] / speed * 60 < 1


def test_a_way_begins_on_village_roads_and_goes_on_by_main_roads():
    rules = TravelRules(2.0, 60, local_minutes=0, local_km=10, local_detour=1.5, local_speed_kmh=30)
    minutes, hectometres = leg_matrices([Point(49, 37), Point(49.08993, 37), Point(50, 37)], rules)
    assert (minutes[0, 1], hectometres[0, 1]) == (30, 150), "10 km x 1.5 at 30 km/h"
    assert (minutes[0, 2], hectometres[0, 2]) == (30 + 203, 150 + 2024), "and 101.2 km x 2 at 60 km/h"


@given(st.lists(points, min_size=3, max_size=3), st.floats(0, 40), st.floats(10, 50))
def test_no_way_gets_shorter_by_going_round(places, local_km, local_speed):
    rules = TravelRules(1.3, 50, 0, local_km=local_km, local_detour=1.3, local_speed_kmh=local_speed)
    minutes, _ = leg_matrices(places, rules)
    assert minutes[0, 2] <= minutes[0, 1] + minutes[1, 2]


A, B, C = (Place(point, (name, "")) for point, name in ((KHARKIV, "a"), (NEAR, "b"), (KUPIANSK, "c")))


def legs(*ways, vehicle_id=""):
    return Recorded(Ways(ways), Geometric(TravelRules())).legs([A, B, C, Place(KUPIANSK, ("c2",))], vehicle_id)


def test_a_measured_way_goes_before_the_rule_of_thumb_and_a_closed_one_before_both():
    thumb = legs()
    minutes, hectometres = legs(Way("b", "a", 20.2, 31.5), Way("b", "c", closed=True), Way("c", "b", 5, 1))
    assert minutes[0, 1] == minutes[1, 0] == 21, "rounded up, both ways"
    assert hectometres[0, 1] == 315
    assert minutes[1, 2] == minutes[2, 1] == NO_WAY
    assert minutes[0, 2] == thumb.minutes[0, 2], "of other ways nothing is said"


def test_a_way_round_a_closed_road_takes_what_was_said():
    assert legs(Way("b", "c", 30, closed=False), Way("b", "c", 95, closed=True)).minutes[1, 2] == 95


def test_a_road_may_be_closed_for_one_vehicle():
    way = Way("b", "c", closed=True, vehicle_id="bus")
    assert legs(way).minutes[1, 2] == legs().minutes[1, 2]
    assert legs(way, vehicle_id="bus").minutes[1, 2] == NO_WAY


def test_a_place_that_is_cut_off_is_reached_by_the_ways_that_are_recorded():
    minutes, _ = legs(Way("c", EVERYWHERE, closed=True), Way("c", "b", 40))
    assert minutes[0, 2] == NO_WAY
    assert minutes[1, 2] == 40
    assert minutes[0, 1] < NO_WAY


@pytest.mark.parametrize("rules", [TravelRules(speed_kmh=0), TravelRules(detour=0)])
def test_rules_without_a_speed_are_refused(rules):
    with pytest.raises(ValueError, match="positive"):
        leg_matrices([KHARKIV, KUPIANSK], rules)


def test_roads_know_hubs_and_households_with_a_place():
    nowhere = household(3, point=None)
    odd = household(4, point=Point(math.nan, 37))
    roads = Roads.of(day([household(1, point=NEAR), nowhere, odd, household(2, point=FAR)], [vehicle(1)]))
    assert roads.row == {"h1": 2, "h2": 3}
    assert roads.minutes[Roads.BASE][Roads.TRANSIT] == 0
    assert roads.leg(2, 3) == roads.minutes[2][3]
    assert roads.leg(2, 2) == roads.local_minutes


def test_two_hubs_in_different_places_are_apart():
    roads = Roads.of(day([], [], transit=NEAR))
    assert roads.minutes[Roads.BASE][Roads.TRANSIT] > 60


@pytest.mark.parametrize("point", [None, Point(math.inf, 37), Point(91, 37), Point(49, 181)])
def test_points_that_cannot_be_measured(point):
    assert not is_usable(point)
