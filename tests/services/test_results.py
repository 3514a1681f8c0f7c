"""Results from the road: boarded, not home, refused, arrived; corrections, and what is open next morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.schedule import LeftReason
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.counts import counts
from coordinator.queries.household import household_card
from coordinator.queries.moving import NewTrip
from coordinator.queries.open_results import open_results
from coordinator.queries.problem import build_problem
from coordinator.queries.schedule import day_board
from coordinator.services import history
from coordinator.services.arrival import trip_arrived
from coordinator.services.decisions import record_departure
from coordinator.services.moving import move_household
from coordinator.services.results import record_stop
from coordinator.session import Session
from coordinator.standing_notes import worded
from db import stores
from db.ids import new_id
from resources import i18n
from tests.builders import (
    DAY,
    add_household,
    add_vehicle,
    decision_of,
    number_of,
    on_trip,
    person_ids,
    plan,
    record,
    stop_of,
    trips_of,
)

BOARDED, NOT_HOME, REFUSED, OTHER = StopResult.BOARDED, StopResult.NOT_HOME, StopResult.REFUSED, StopResult.OTHER
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def vehicle(centre: Session) -> str:
    return add_vehicle(centre)


def ready(session: Session, day: date) -> set[str]:
    return {pickup.household_id for pickup in build_problem(session, day).pickups}


def events(session: Session, household_id: str) -> list[tuple[date, bool]]:
    """Day and whether it is voided, oldest first."""
    return [(event.occurred_on, event.voided) for event in reversed(household_card(session, household_id).events)]


def code_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.code


class TestStops:
    def test_boarded_is_on_the_way_and_not_evacuated_yet(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre, people=3)
        on_trip(centre, vehicle, household)

        record(centre, household, BOARDED)

        totals = day_board(centre, DAY).totals
        assert (totals.planned, totals.boarded, totals.arrived) == (3, 3, 0)
        assert counts(centre).people == 0
        assert decision_of(centre, household) is Decision.PACKED
        assert household not in ready(centre, DAY) | ready(centre, NEXT)

    def test_a_corrected_actual_time_is_kept(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        stop = stop_of(centre, household)
        first, right = datetime(2023, 8, 15, 6, 10, tzinfo=UTC), datetime(2023, 8, 15, 6, 40, tzinfo=UTC)

        record_stop(centre, stop.id, BOARDED, at=first)
        record_stop(centre, stop.id, BOARDED, at=right)

        assert stop_of(centre, household).result_at == right

    def test_not_home_is_ready_again_with_a_note_and_waits_as_long_as_before(
        self, centre: Session, vehicle: str
    ) -> None:
        household = add_household(centre, requested_at=datetime(2023, 8, 5, tzinfo=UTC))
        on_trip(centre, vehicle, household)

        record(centre, household, NOT_HOME, note="the gate is locked")

        card = household_card(centre, household)
        assert worded(card.decisions[0].note) == "Not at home on 15.08.2023: the gate is locked"
        assert card.household.decision is Decision.PACKED
        assert household in ready(centre, DAY) & ready(centre, NEXT)
        (line,) = day_board(centre, DAY).waiting
        assert line.household.days_waiting == 10

    def test_not_home_can_be_tried_again_on_the_same_day(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        record(centre, household, NOT_HOME)

        move_household(centre, DAY, household, NewTrip(add_vehicle(centre, "AX0002BB")))

        first, second = day_board(centre, DAY).trips
        assert (first.stops[0].result, second.stops[0].result) == (NOT_HOME, StopResult.OPEN)
        assert day_board(centre, DAY).totals.planned == 2

    def test_refused_is_a_decision_with_its_reason(self, centre: Session, vehicle: str) -> None:
        a, b = add_household(centre), add_household(centre)
        on_trip(centre, vehicle, a, b)

        record(centre, a, REFUSED, note="stays with his mother")
        record(centre, b, REFUSED)

        reasons = [worded(household_card(centre, one).decisions[0].reason) for one in (a, b)]
        assert reasons == ["stays with his mother", "refused at the pickup on 15.08.2023"]
        assert decision_of(centre, a) is Decision.REFUSED
        assert not ready(centre, NEXT)

    def test_other_keeps_the_household_ready(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)

        record(centre, household, OTHER, note="asked for tomorrow")

        assert household in ready(centre, NEXT)

    def test_of_a_part_that_boarded_the_others_stay_ready(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre, people=4, children=2)
        people = person_ids(centre, household)
        trip_id = on_trip(centre, vehicle, household)

        record(centre, household, BOARDED, boarded=people[1:])
        assert worded(household_card(centre, household).decisions[0].note) == "3 of 4 boarded on 15.08.2023"
        trip_arrived(centre, trip_id)

        card = household_card(centre, household).household
        (pickup,) = build_problem(centre, NEXT).pickups
        assert (card.decision, card.part_stays) == (Decision.PACKED, True)
        assert (pickup.load.people, pickup.children) == (1, 0)
        assert counts(centre).people == 3
        assert day_board(centre, DAY).trips[0].stops[0].household.people == 4

    def test_somebody_of_another_household_or_nobody_cannot_board(self, centre: Session, vehicle: str) -> None:
        a, b = add_household(centre), add_household(centre)
        on_trip(centre, vehicle, a)

        with pytest.raises(UserError) as wrong:
            record(centre, a, BOARDED, boarded=person_ids(centre, b))
        with pytest.raises(UserError) as nobody:
            record(centre, a, BOARDED, boarded=[])

        assert (code_of(wrong), code_of(nobody)) == ("results.not_of_household", "results.nobody_boarded")

    def test_what_the_program_notes_is_kept_as_a_code_and_worded_in_the_language_of_the_moment(
        self, centre: Session, vehicle: str
    ) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        record(centre, household, NOT_HOME, note="хвіртка: зачинена")

        note = household_card(centre, household).decisions[0].note
        i18n.set_language("uk")

        assert note == "@not_home 2023-08-15: хвіртка: зачинена"
        assert worded(note) == "15.08.2023 нікого не було вдома: хвіртка: зачинена"
        assert worded("@home all day: call first") == "@home all day: call first"

    def test_the_same_result_twice_changes_nothing(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, BOARDED)
        trip_arrived(centre, trip_id)

        again = record_stop(centre, stop_of(centre, household).id, BOARDED).value

        assert not again.changed
        assert counts(centre).events == 2

    def test_backwards_needs_a_reason_that_stays_in_the_history(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        record(centre, household, BOARDED)

        with pytest.raises(UserError) as refused:
            record(centre, household, NOT_HOME)
        record(centre, household, NOT_HOME, reason="typed into the wrong line")

        assert code_of(refused) == "results.needs_reason"
        assert day_board(centre, DAY).totals.boarded == 0
        assert household_card(centre, household).decisions[0].note == "@corrected: typed into the wrong line"

    def test_a_refusal_that_was_none_brings_the_old_decision_back(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre, decision=Decision.WANTS_PICKUP, wants_on=DAY)
        on_trip(centre, vehicle, household)
        record(centre, household, REFUSED)

        record(centre, household, BOARDED)

        card = household_card(centre, household).household
        assert (card.decision, card.wants_on) == (Decision.WANTS_PICKUP, DAY)


class TestArrival:
    def test_events_are_dated_by_the_trip_and_not_by_the_clock(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre, people=4, children=2)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, BOARDED)

        arrival = trip_arrived(centre, trip_id).value

        card = household_card(centre, household)
        assert (arrival.people, arrival.households, arrival.open_stops) == (4, 1, 0)
        assert events(centre, household) == [(DAY, False)] * 4
        assert {event.kind for event in card.events} == {EventKind.BY_US}
        assert {event.trip_id for event in card.events} == {trip_id}
        assert all(event.destination_id and event.settlement_id for event in card.events)
        assert card.household.decision is Decision.EVACUATED
        found = counts(centre, DAY, DAY)
        assert (found.people, found.children, found.events) == (4, 2, 4)
        assert day_board(centre, DAY).totals.arrived == 4

    def test_a_trip_does_not_arrive_twice(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, BOARDED)
        trip_arrived(centre, trip_id)

        with pytest.raises(UserError) as refused:
            trip_arrived(centre, trip_id)

        assert code_of(refused) == "results.already_arrived"
        assert counts(centre).events == 2

    def test_undo_takes_an_arrival_back_whole(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, BOARDED)
        trip_arrived(centre, trip_id)

        history.undo(centre)

        assert counts(centre).people == 0
        assert decision_of(centre, household) is Decision.PACKED
        assert trips_of(centre)[0].status == TripStatus.PLANNED
        assert day_board(centre, DAY).totals.boarded == 2

    def test_an_open_stop_of_a_trip_that_is_back_counts_when_its_result_comes(
        self, centre: Session, vehicle: str
    ) -> None:
        a, b = add_household(centre), add_household(centre)
        trip_id = on_trip(centre, vehicle, a, b)
        record(centre, a, BOARDED)

        assert trip_arrived(centre, trip_id).value.open_stops == 1
        record(centre, b, BOARDED)

        assert counts(centre).people == 4
        assert decision_of(centre, b) is Decision.EVACUATED

    def test_a_correction_after_arrival_voids_and_adds_events(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre, people=3)
        first, second, third = person_ids(centre, household)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, BOARDED, boarded=[first, second])
        trip_arrived(centre, trip_id)

        with pytest.raises(UserError, match=r"results\.needs_reason"):
            record(centre, household, BOARDED, boarded=[first, third])
        record(centre, household, BOARDED, boarded=[first, third], reason="the driver mixed up the sisters")

        assert counts(centre).people == 2
        assert sorted(voided for _day, voided in events(centre, household)) == [False, False, True]
        at_home = day_board(centre, NEXT).waiting[0].household
        assert at_home.people == 1

    def test_not_home_after_arrival_makes_the_household_ready_again(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, BOARDED)
        trip_arrived(centre, trip_id)

        record(centre, household, NOT_HOME, reason="wrong line of the paper")

        assert counts(centre).people == 0
        assert decision_of(centre, household) is Decision.PACKED
        assert household in ready(centre, NEXT)

    def test_nobody_on_board_arrives_as_nobody(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        trip_id = on_trip(centre, vehicle, household)
        record(centre, household, NOT_HOME)

        assert trip_arrived(centre, trip_id).value.people == 0
        assert counts(centre).people == 0


class TestNextMorning:
    def test_what_has_no_result_stands_on_the_open_list(self, centre: Session, vehicle: str) -> None:
        a, b, c = (add_household(centre, surname=name) for name in ("Гай", "Мак", "Лин"))
        trip_id = on_trip(centre, vehicle, a, b, c)
        record(centre, a, BOARDED)
        record(centre, b, NOT_HOME)

        assert open_results(centre, DAY) == []
        (late,) = open_results(centre, NEXT)
        assert (late.list_number, late.on_the_way) == ("2023-08-15/1", 2)
        assert [stop.number for stop in late.stops] == [number_of(centre, c)]

        trip_arrived(centre, trip_id)
        record(centre, c, REFUSED)
        assert open_results(centre, NEXT) == []

    def test_a_result_of_yesterday_frees_the_stop_of_today(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        move_household(centre, NEXT, household, NewTrip(vehicle), reason="the first list may be lost")

        record(centre, household, BOARDED)

        assert day_board(centre, NEXT).trips[0].stops == ()

    def test_who_left_on_a_later_day_cannot_board_before_it_and_is_not_asked_about_any_more(
        self, centre: Session, vehicle: str
    ) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        stop = stop_of(centre, household)
        next_trip = move_household(centre, NEXT, household, NewTrip(vehicle), reason="the list was lost").value
        assert next_trip
        record_stop(centre, stop_of(centre, household, NEXT).id, BOARDED)

        with pytest.raises(UserError) as on_the_way:
            record_stop(centre, stop.id, BOARDED)
        trip_arrived(centre, next_trip)
        with pytest.raises(UserError) as arrived:
            record_stop(centre, stop.id, BOARDED)

        assert code_of(on_the_way) == code_of(arrived) == "departure.left_later"
        assert (counts(centre).people, counts(centre).events) == (2, 2)
        assert open_results(centre, NEXT + timedelta(days=1)) == []

    def test_a_late_refusal_of_people_who_have_left_since_is_no_decision(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        record_departure(centre, household, EventKind.BY_US, NEXT)

        record(centre, household, REFUSED, note="not today")

        assert decision_of(centre, household) is Decision.EVACUATED
        assert worded(household_card(centre, household).decisions[0].note).endswith("15.08.2023: not today")

    def test_who_came_back_between_boards_on_the_earlier_day_all_the_same(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        record_departure(centre, household, EventKind.BY_US, NEXT + timedelta(days=2))
        with centre.act("seed") as act:
            rows = stores.events.where(act.db, household_id=household)
            back = [row._replace(id=new_id(), kind=EventKind.RETURNED.value, occurred_on=NEXT) for row in rows]
            stores.events.add(act.db, back)

        record(centre, household, BOARDED)

        assert stop_of(centre, household).result == BOARDED

    def test_a_return_to_open_is_refused_while_the_household_stands_elsewhere(
        self, centre: Session, vehicle: str
    ) -> None:
        household = add_household(centre)
        on_trip(centre, vehicle, household)
        line = stop_of(centre, household).id
        record_stop(centre, line, NOT_HOME)
        move_household(centre, DAY, household, NewTrip(add_vehicle(centre, "AX0002BB")))

        with pytest.raises(UserError) as refused:
            record_stop(centre, line, StopResult.OPEN, reason="the driver turned round")

        assert code_of(refused) == "results.planned_elsewhere"


def test_every_planned_household_has_a_result_or_stands_on_the_open_list(centre: Session, vehicle: str) -> None:
    households = [add_household(centre, house=str(number)) for number in range(5)]
    plan(centre)
    planned = [stop.household.household_id for trip in day_board(centre, DAY).trips for stop in trip.stops]
    for household, result in zip(planned, (BOARDED, NOT_HOME, REFUSED, OTHER), strict=False):
        record(centre, household, result)

    still_open = {stop.household_id for trip in open_results(centre, NEXT) for stop in trip.stops}
    left = {line.household.household_id: line.reason for line in day_board(centre, DAY).waiting}

    assert still_open == set(planned[4:])
    assert set(households) == set(planned) | {one for one, reason in left.items() if isinstance(reason, LeftReason)}
