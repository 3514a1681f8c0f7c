"""Planning a day again, and the day after it: nobody twice, nothing lost in silence, no trip too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.domain.schedule import Breach, LeftReason
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.queries.moving import NewTrip, preview_move
from coordinator.queries.schedule import day_board
from coordinator.services.arrival import trip_arrived
from coordinator.services.moving import move_household, new_trip, remove_trip
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.schedule import SavedPlan, plan_day_for
from coordinator.session import Session
from db import stores
from tests.builders import DAY, add_household, add_vehicle, number_of, on_trip, plan, record, stop_of, trips_of

NEXT = DAY + timedelta(days=1)


def plan_again(session: Session) -> SavedPlan:
    return plan_day_for(session, DAY, 1).value


def change_vehicle(session: Session, vehicle: str, **what: object) -> None:
    with session.act("seed") as act:
        stores.vehicles.change(act.db, vehicle, **what)


class TestAnOpenListOfAnEarlierDay:
    def test_holds_its_households_until_the_result_is_entered(self, centre: Session) -> None:
        add_vehicle(centre)
        household = add_household(centre)
        plan(centre)

        assert plan(centre, NEXT).value.trips == 0
        (line,) = day_board(centre, NEXT).waiting
        assert (line.reason, line.facts) == (LeftReason.OPEN_RESULT, {"list": "2023-08-15/1"})

        record(centre, household, StopResult.NOT_HOME)
        assert plan(centre, NEXT).value.households == 1

    def test_holds_nobody_once_it_was_given_up(self, centre: Session) -> None:
        add_vehicle(centre)
        add_household(centre)
        plan(centre)
        issue_pickup_lists(centre, DAY)
        remove_trip(centre, trips_of(centre)[0].id)

        assert plan(centre, NEXT).value.households == 1

    def test_can_be_passed_over_by_hand_with_a_reason(self, centre: Session) -> None:
        vehicle, household, other = add_vehicle(centre), add_household(centre), add_household(centre, surname="Гай")
        on_trip(centre, vehicle, household)
        move = preview_move(centre, NEXT, household, NewTrip(vehicle))
        (finding,) = move.breaches
        assert finding.breach is Breach.OPEN_RESULT
        assert finding.facts == {"number": number_of(centre, household), "list": "2023-08-15/1"}
        with pytest.raises(UserError, match=r"plan\.breach"):
            move_household(centre, NEXT, household, NewTrip(vehicle))

        trip_id = move_household(centre, NEXT, household, NewTrip(vehicle), reason="they called").value
        move_household(centre, NEXT, other, trip_id)

        assert stop_of(centre, other, NEXT).trip_id == stop_of(centre, household, NEXT).trip_id == trip_id


class TestPlanningAgain:
    def test_a_plan_that_serves_less_leaves_the_old_one(self, centre: Session) -> None:
        vehicle, first = add_vehicle(centre), add_household(centre)
        large = add_household(centre, surname="Гай", people=9)
        trip_id = on_trip(centre, vehicle, first)
        move_household(centre, DAY, large, trip_id, reason="a second bus goes along")

        saved = plan_again(centre)

        assert (saved.stays, saved.people) == (11, 2)
        assert stop_of(centre, large).trip_id == trip_id

    def test_a_plan_that_cannot_be_driven_any_more_is_replaced(self, centre: Session) -> None:
        large, small = add_vehicle(centre), add_vehicle(centre, "AX0002AA", seats=2)
        for surname in ("Коваль", "Гай"):
            add_household(centre, surname)
        on_trip(centre, large, *(line.household.household_id for line in day_board(centre, DAY).waiting))
        change_vehicle(centre, large, active=False)
        change_vehicle(centre, small, available_until=12 * 60 + 30)

        saved = plan_again(centre)

        assert (saved.stays, saved.people) == (None, 2)
        assert [trip.vehicle_id for trip in trips_of(centre)] == [small]

    def test_printed_lists_that_are_void_are_named(self, centre: Session) -> None:
        large, small = add_vehicle(centre), add_vehicle(centre, "AX0002AA", seats=2)
        on_trip(centre, large, add_household(centre))
        on_trip(centre, small, add_household(centre, surname="Гай"))
        issue_pickup_lists(centre, DAY)

        assert plan_again(centre).void_lists == (1, 2)
        assert plan_again(centre).void_lists == ()

    def test_a_printed_list_with_other_times_is_named(self, centre: Session) -> None:
        vehicle = add_vehicle(centre)
        add_household(centre)
        plan(centre)
        issue_pickup_lists(centre, DAY)
        change_vehicle(centre, vehicle, available_from=8 * 60)

        assert plan_again(centre).void_lists == (1,)
        assert len(trips_of(centre)) == 1


class TestDrivers:
    def test_a_vehicle_without_a_driver_is_used_last_and_said(self, centre: Session) -> None:
        small, large = add_vehicle(centre, seats=4), add_vehicle(centre, "AX0002AA", seats=8)
        change_vehicle(centre, large, driver_id=None)
        for surname in ("Коваль", "Гай"):
            add_household(centre, surname)
        plan_again(centre)
        assert [trip.vehicle_id for trip in trips_of(centre)] == [small]

        change_vehicle(centre, small, active=False)
        plan_again(centre)

        (trip,) = day_board(centre, DAY).trips
        assert [(one.breach, one.facts) for one in trip.warnings] == [(Breach.NO_DRIVER, {"plate": "AX0002AA"})]
        assert not trip.breaches


class TestAfterAnArrival:
    @pytest.mark.parametrize("came", ["11:40", "12:10"])
    def test_the_next_trip_leaves_when_the_vehicle_really_came(self, centre: Session, came: str) -> None:
        vehicle, household = add_vehicle(centre, hours=(6 * 60, 20 * 60)), add_household(centre)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, StopResult.BOARDED)
        hour, minute = map(int, came.split(":"))
        trip_arrived(centre, trip_id, datetime(2023, 8, 15, hour - 3, minute, tzinfo=UTC))
        add_household(centre, surname="Гай", street="вул. Нова")

        plan(centre)

        _first, second = trips_of(centre)
        assert second.depart == hour * 60 + minute

    def test_a_trip_that_should_have_left_by_then_is_marked(self, centre: Session) -> None:
        vehicle, early, late = add_vehicle(centre), add_household(centre), add_household(centre, surname="Гай")
        first, second = on_trip(centre, vehicle, early), new_trip(centre, DAY, vehicle).value
        move_household(centre, DAY, late, second)
        record(centre, early, StopResult.BOARDED)

        trip_arrived(centre, first, datetime(2023, 8, 15, 10, 0, tzinfo=UTC))

        trips = day_board(centre, DAY).trips
        assert [[one.breach for one in trip.breaches] for trip in trips] == [[], [Breach.OVERLAP]]
