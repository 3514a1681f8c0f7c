import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.schedule import Point, TravelRules
from coordinator.planning.travel import Roads, great_circle_km, is_usable, leg_matrices
from tests.planning.days import FAR, KHARKIV, KUPIANSK, NEAR, day, household, vehicle

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
