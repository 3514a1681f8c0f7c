from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.schedule import TravelRules, Window
from coordinator.planning.insertion import Fleet
from coordinator.planning.timing import Timetable
from tests.planning.days import KUPIANSK, NEAR, day, fits_somewhere, household, sound, vehicle


def test_neighbours_share_a_trip():
    pickups = [household(1, point=NEAR), household(2), household(3, point=NEAR), household(4)]
    fleet = Fleet(Timetable(day(pickups, [vehicle(1)])))
    assert fleet.insert_all(pickups) == []
    assert [sorted(run) for run in fleet.runs["v1"]] == [["h1", "h2", "h3", "h4"]]


def test_special_places_are_kept_for_those_who_need_them():
    problem = day([household(1), household(2, wheelchair=1)], [vehicle(1, wheelchair=1), vehicle(2)])
    fleet = Fleet(Timetable(problem))
    fleet.insert_all(problem.pickups)
    assert fleet.runs == {"v2": [["h1"]], "v1": [["h2"]]}


def test_a_given_plan_is_filled_up():
    problem = day([household(i, seats=3) for i in range(4)], [vehicle(1), vehicle(2)])
    fleet = Fleet(Timetable(problem), {"v1": [["h0"]], "v2": [["h1"]]})
    assert fleet.insert_all(problem.pickups[2:]) == []
    assert sorted(len(run) for runs in fleet.runs.values() for run in runs) == [2, 2]


homes = st.tuples(
    st.integers(1, 5), st.sampled_from([NEAR, NEAR, KUPIANSK]), st.integers(330, 900), st.integers(10, 300)
)


@given(st.lists(homes, max_size=10), st.integers(500, 1100), st.sampled_from([0, 15]))
def test_what_is_inserted_can_be_driven_and_what_is_left_fits_nowhere(homes, ends, pause):
    pickups = [
        household(i, seats, point=point, window=Window(opens, opens + minutes))
        for i, (seats, point, opens, minutes) in enumerate(homes)
    ]
    vehicles = [vehicle(1, window=Window(330, ends)), vehicle(2, seats=3, window=Window(330, ends))]
    problem = day(pickups, vehicles, NEAR, NEAR, TravelRules(start_service=pause))
    fleet = Fleet(Timetable(problem))
    left = fleet.insert_all(pickups)
    assert sound(problem, fleet.runs)
    assert not any(fits_somewhere(problem, fleet.runs, pickup.household_id) for pickup in left)
