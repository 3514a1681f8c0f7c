"""People met on the way: searched first, taken along, on nobody else's list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Birth, PersonName
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.queries.counts import counts
from coordinator.queries.known import find_known
from coordinator.queries.moving import NewTrip
from coordinator.queries.schedule import day_board
from coordinator.services.arrival import trip_arrived
from coordinator.services.met import add_met, join_trip, leave_trip
from coordinator.services.moving import move_household, remove_trip
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.results import record_stop
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from tests.builders import (
    DAY,
    add_household,
    add_vehicle,
    decision_of,
    on_trip,
    person_ids,
    record,
    stop_of,
)

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def vehicle(centre: Session) -> str:
    return add_vehicle(centre)


def test_the_search_finds_by_name_phone_and_place_and_tells_the_list(centre: Session, vehicle: str) -> None:
    household = add_household(centre, surname="Дем'яненко", phone="050 123 45 67")
    add_household(centre, surname="Гай")
    on_trip(centre, vehicle, household)

    for text in ("демяненко", "Подоли Дем’ян", "+380 50 123-45-67", "0501234567"):
        (known,) = find_known(centre, text, DAY)
        assert (known.household_id, known.on_list, known.at_home) == (household, "2023-08-15/1", 2)
    assert find_known(centre, "", DAY) == find_known(centre, "Якубенко", DAY) == []


def test_joining_frees_the_stop_on_another_list(centre: Session, vehicle: str) -> None:
    here, there = add_household(centre), add_household(centre)
    trip_id = on_trip(centre, vehicle, here)
    on_trip(centre, add_vehicle(centre, "AX0002BB"), there)

    joined = join_trip(centre, trip_id, there).value

    assert (joined.people, joined.freed) == (2, ("2023-08-15/2",))
    first, second = day_board(centre, DAY).trips
    assert [met.household_id for met in first.met] == [there]
    assert second.stops == () and first.load.seats == 4
    trip_arrived(centre, trip_id)
    assert decision_of(centre, there) is Decision.EVACUATED
    assert counts(centre).people == 2


def test_a_part_that_joined_leaves_the_others_on_their_list(centre: Session, vehicle: str) -> None:
    here, there = add_household(centre), add_household(centre, people=3)
    trip_id = on_trip(centre, vehicle, here)
    on_trip(centre, add_vehicle(centre, "AX0002BB"), there)

    join_trip(centre, trip_id, there, person_ids(centre, there)[:1])

    second = day_board(centre, DAY).trips[1]
    assert [(stop.household.household_id, stop.household.people) for stop in second.stops] == [(there, 2)]


def test_people_nobody_knew_become_a_household_on_board(centre: Session, vehicle: str) -> None:
    trip_id = on_trip(centre, vehicle, add_household(centre))
    girl = MemberDraft(PersonName("Мак", "Ніна"), birth=Birth(year=2015))

    joined = add_met(centre, trip_id, HouseholdDraft(people=(MemberDraft(), girl))).value
    trip_arrived(centre, trip_id)

    assert decision_of(centre, joined.household_id) is Decision.EVACUATED
    found = counts(centre)
    assert (found.people, found.children) == (2, 1)


def test_nobody_is_on_two_trips(centre: Session, vehicle: str) -> None:
    a, b = add_household(centre), add_household(centre)
    first = on_trip(centre, vehicle, a)
    second = on_trip(centre, add_vehicle(centre, "AX0002BB"), b)
    record(centre, a, StopResult.BOARDED)

    with pytest.raises(UserError) as elsewhere:
        join_trip(centre, second, a, person_ids(centre, a))
    with pytest.raises(UserError) as here:
        join_trip(centre, first, a)

    assert (elsewhere.value.code, here.value.code) == ("results.on_another_trip", "results.on_this_list")


def test_who_left_today_is_not_evacuated_again_but_who_left_earlier_came_back(centre: Session, vehicle: str) -> None:
    a, b = add_household(centre), add_household(centre)
    trip_id = on_trip(centre, vehicle, a)
    record(centre, a, StopResult.BOARDED)
    trip_arrived(centre, trip_id)
    tomorrow = on_trip(centre, vehicle, b, day=NEXT)

    with pytest.raises(UserError) as today:
        join_trip(centre, on_trip(centre, vehicle, b), a)
    assert join_trip(centre, tomorrow, a).value.people == 2
    assert today.value.code == "results.already_evacuated"


def test_met_by_mistake_is_taken_off_with_a_reason_after_arrival(centre: Session, vehicle: str) -> None:
    here, met = add_household(centre), add_household(centre)
    trip_id = on_trip(centre, vehicle, here)
    join_trip(centre, trip_id, met)
    trip_arrived(centre, trip_id)

    with pytest.raises(UserError, match=r"results\.needs_reason"):
        leave_trip(centre, trip_id, met)
    leave_trip(centre, trip_id, met, "another family of that name")

    assert counts(centre).people == 0
    assert decision_of(centre, met) is Decision.PACKED


def test_a_household_taken_off_the_printed_list_came_all_the_same(centre: Session, vehicle: str) -> None:
    household, other = add_household(centre), add_household(centre)
    on_trip(centre, vehicle, household, other)
    issue_pickup_lists(centre, DAY)
    line = stop_of(centre, household).id
    move_household(centre, DAY, household, NewTrip(add_vehicle(centre, "AX0002BB")))

    with pytest.raises(UserError, match=r"results\.taken_off"):
        record_stop(centre, line, StopResult.NOT_HOME)
    freed = record_stop(centre, line, StopResult.BOARDED).value.freed

    assert freed == ("2023-08-15/2",)
    assert stop_of(centre, household).id == line


def test_a_cancelled_list_takes_no_results(centre: Session, vehicle: str) -> None:
    household = add_household(centre)
    trip_id = on_trip(centre, vehicle, household)
    issue_pickup_lists(centre, DAY)
    line = stop_of(centre, household).id
    remove_trip(centre, trip_id)

    with pytest.raises(UserError, match=r"results\.trip_cancelled"):
        record_stop(centre, line, StopResult.BOARDED)
