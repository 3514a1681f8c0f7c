"""A closed road changes the plan, the times of trips changed by hand, and what the checker says, all alike."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.schedule import EVERYWHERE, Breach, Hub, LeftReason, Way
from coordinator.planning.check import check
from coordinator.planning.insertion import Fleet
from coordinator.planning.solve import plan_day
from coordinator.planning.timing import Timetable, retime
from tests.planning.days import FAR, KHARKIV, KUPIANSK, NEAR, day, household, vehicle


def quick_plan(problem):
    return plan_day(problem, seconds=5, max_iterations=20)


PLACES = {"near": NEAR, "kupiansk": KUPIANSK, "far": FAR}


def problem(*ways, vehicles=1):
    pickups = [household(n, point=point, settlement_id=name) for n, (name, point) in enumerate(PLACES.items(), 1)]
    plain = day(pickups, [vehicle(n) for n in range(1, vehicles + 1)])
    hubs = {"base": Hub("base", KHARKIV, settlement_id="kharkiv"), "transit": Hub("transit", KHARKIV)}
    return replace(plain, ways=ways, **hubs)


def breaches(problem, trips):
    return [finding.breach for finding in check(problem, trips) if not finding.warning]


def test_a_household_behind_a_closed_road_is_left_over_with_the_reason():
    cut = problem(Way("far", EVERYWHERE, closed=True))
    plan = quick_plan(cut)
    assert {left.household_id: left.reason for left in plan.left_over} == {"h3": LeftReason.ROAD}
    assert breaches(cut, plan.trips) == []


def test_a_way_round_brings_them_back_and_costs_its_time():
    cut = problem(Way("far", EVERYWHERE, closed=True), Way("far", "kupiansk", 90))
    (left,) = quick_plan(cut).left_over
    assert left.reason is LeftReason.ROAD, "nobody has said how long it takes from the base over Kupiansk"
    known = replace(cut, ways=(*cut.ways, Way("far", "base", 190, 140), Way("far", "transit", 200, 150)))
    plan = quick_plan(known)
    assert plan.left_over == ()
    assert breaches(known, plan.trips) == []


def test_a_trip_by_hand_over_a_closed_road_keeps_sound_times_and_is_told():
    closed = problem(Way("kupiansk", "far", closed=True, name="Куп'янськ – Дворічна"))
    trip = retime(closed, "v1", ["h2", "h3"], 0)
    (finding,) = [found for found in check(closed, [trip]) if not found.warning]
    assert (finding.key, finding.household_id) == ("breach.road", "h3")
    assert finding.facts["way"] == "Куп'янськ – Дворічна"
    assert trip == retime(problem(), "v1", ["h2", "h3"], 0), "as if it were open"


def test_a_road_closed_for_one_vehicle_is_driven_by_the_other():
    closed = problem(Way("far", EVERYWHERE, closed=True, vehicle_id="v1"), vehicles=2)
    fleet = Fleet(Timetable(closed))
    assert fleet.insert_all(closed.pickups) == []
    assert [runs for runs in fleet.runs["v2"] if "h3" in runs]
    assert breaches(closed, [retime(closed, "v1", ["h3"], 0)]) == [Breach.ROAD, Breach.ROAD], "there and back"


ends = st.sampled_from([*PLACES, "base", "transit", "kharkiv"])
ways = st.builds(
    Way,
    ends,
    st.one_of(ends, st.just(EVERYWHERE)),
    st.one_of(st.none(), st.floats(1, 400)),
    st.one_of(st.none(), st.floats(0.1, 300)),
    st.booleans(),
    st.sampled_from(["", "", "v1", "v2"]),
)


@given(st.lists(ways, max_size=7))
def test_whatever_is_recorded_the_plan_drives_only_what_the_checker_allows(recorded):
    recorded_day = problem(*recorded, vehicles=2)
    plan = quick_plan(recorded_day)
    assert breaches(recorded_day, plan.trips) == []
    served = {stop.household_id for trip in plan.trips for stop in trip.stops}
    assert served | {left.household_id for left in plan.left_over} == {"h1", "h2", "h3"}
