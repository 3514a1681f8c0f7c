"""Moving by hand, and the call list: what is shown before, what is refused, what a reason allows."""

from __future__ import annotations

from random import Random

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.schedule import Breach, LeftReason
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.household import household_card
from coordinator.queries.moving import NewTrip, preview_move, preview_vehicle
from coordinator.queries.papers import pickup_lists
from coordinator.queries.schedule import day_board
from coordinator.services import history
from coordinator.services.moving import (
    move_household,
    new_trip,
    remove_trip,
    set_departed,
    set_trip_driver,
    set_trip_vehicle,
)
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.results import record_stop
from coordinator.session import Session
from coordinator.standing_notes import worded
from db import stores
from db.journal import actions
from tests.builders import (
    DAY,
    add_household,
    add_pair,
    add_vehicle,
    decide,
    decision_of,
    number_of,
    plan,
    record,
    stop_of,
    trips_of,
)


def on_trips(session: Session) -> dict[int, list[str]]:
    """Number of each live trip -> its households in order."""
    board = day_board(session, DAY)
    return {
        trip.number: [stop.household.household_id for stop in trip.stops]
        for trip in board.trips
        if trip.status is not TripStatus.CANCELLED
    }


def waiting(session: Session) -> dict[str, LeftReason | None]:
    return {line.household.household_id: line.reason for line in day_board(session, DAY).waiting}


def put(session: Session, *household_ids: str, vehicle: str) -> str:
    """One new trip of the vehicle with these households; returns its id."""
    trip_id = new_trip(session, DAY, vehicle).value
    for household_id in household_ids:
        move_household(session, DAY, household_id, trip_id)
    return trip_id


def test_a_household_goes_onto_a_new_trip_with_computed_times(centre: Session) -> None:
    vehicle, household = add_vehicle(centre), add_household(centre)
    shown = preview_move(centre, DAY, household, NewTrip(vehicle))
    assert trips_of(centre) == []

    trip_id = move_household(centre, DAY, household, NewTrip(vehicle)).value

    (trip,) = trips_of(centre)
    stop = stop_of(centre, household)
    assert trip.id == trip_id and not shown.findings and shown.times is not None
    assert (trip.depart, trip.back) == (shown.times.depart, shown.times.back)
    assert (stop.arrive, stop.leave) == (shown.times.stops[0].arrive, shown.times.stops[0].leave)
    assert 6 * 60 <= trip.depart < stop.arrive < stop.leave < trip.back


def test_positions_are_kept_and_changed(centre: Session) -> None:
    vehicle = add_vehicle(centre)
    a, b, c = (add_household(centre, house=house) for house in "123")
    trip_id = put(centre, a, b, vehicle=vehicle)

    move_household(centre, DAY, c, trip_id, 1)
    assert on_trips(centre) == {1: [a, c, b]}
    before = stop_of(centre, b).id
    move_household(centre, DAY, b, trip_id, 0)

    assert on_trips(centre) == {1: [b, a, c]}
    assert stop_of(centre, b).id == before
    times = [stop_of(centre, household).arrive for household in (b, a, c)]
    assert times == sorted(set(times))


def test_too_many_people_are_shown_before_and_refused_without_a_reason(centre: Session) -> None:
    vehicle = add_vehicle(centre, seats=3)
    first, second = add_household(centre, people=2), add_household(centre, people=2)
    trip_id = put(centre, first, vehicle=vehicle)

    shown = preview_move(centre, DAY, second, trip_id)
    with pytest.raises(UserError) as refused:
        move_household(centre, DAY, second, trip_id, reason="  ")

    assert shown.blocked and [finding.breach for finding in shown.breaches] == [Breach.SEATS]
    assert refused.value.code == "plan.breach"
    assert refused.value.facts["breach"] is Breach.SEATS
    assert refused.value.facts["findings"] == shown.breaches
    assert on_trips(centre) == {1: [first]}


def test_with_a_reason_it_is_done_and_the_reason_stays_with_the_trip(centre: Session) -> None:
    vehicle = add_vehicle(centre, seats=3)
    first, second = add_household(centre, people=2), add_household(centre, people=2)
    trip_id = put(centre, first, vehicle=vehicle)

    move_household(centre, DAY, second, trip_id, reason="the smaller child sits on a lap")

    (trip,) = day_board(centre, DAY).trips
    assert trip.override_reason == "the smaller child sits on a lap"
    assert [finding.breach for finding in trip.breaches] == [Breach.SEATS]


def test_taking_somebody_off_an_overloaded_trip_needs_no_reason(centre: Session) -> None:
    vehicle = add_vehicle(centre, seats=2)
    a, b = add_household(centre), add_household(centre)
    trip_id = put(centre, a, vehicle=vehicle)
    move_household(centre, DAY, b, trip_id, reason="two runs to the bus stop")

    move_household(centre, DAY, a, None)

    assert on_trips(centre) == {1: [b]}
    assert waiting(centre) == {a: LeftReason.TAKEN_OFF}


def test_a_licence_warning_never_blocks(centre: Session) -> None:
    vehicle, household = add_vehicle(centre, seats=16, licence="B"), add_household(centre)

    shown = preview_move(centre, DAY, household, NewTrip(vehicle))
    move_household(centre, DAY, household, NewTrip(vehicle))

    assert not shown.blocked and [finding.breach for finding in shown.findings] == [Breach.LICENCE]


def test_a_second_trip_starts_after_the_first(centre: Session) -> None:
    vehicle = add_vehicle(centre, hours=(6 * 60, 20 * 60))
    put(centre, add_household(centre), vehicle=vehicle)
    put(centre, add_household(centre), vehicle=vehicle)

    first, second = trips_of(centre)

    assert second.depart >= first.back


def test_a_later_trip_of_the_vehicle_moves_when_the_first_grows(centre: Session) -> None:
    vehicle = add_vehicle(centre, seats=20, licence="D", hours=(6 * 60, 20 * 60))
    first = put(centre, add_household(centre), vehicle=vehicle)
    put(centre, add_household(centre), vehicle=vehicle)
    before = trips_of(centre)[1].depart

    move_household(centre, DAY, add_household(centre, people=6), first)

    grown, later = trips_of(centre)
    assert later.depart > before and later.depart >= grown.back
    assert all(not trip.breaches for trip in day_board(centre, DAY).trips)


def test_a_possible_duplicate_on_another_trip_needs_a_reason_which_confirms_the_pair(centre: Session) -> None:
    a, b = add_household(centre), add_household(centre)
    pair_id = add_pair(centre, a, b)
    put(centre, a, vehicle=add_vehicle(centre))
    other = add_vehicle(centre, "AX0002BB")

    shown = preview_move(centre, DAY, b, NewTrip(other))
    assert [finding.breach for finding in shown.breaches] == [Breach.POSSIBLE_DUPLICATE]
    with pytest.raises(UserError, match=r"plan\.breach"):
        move_household(centre, DAY, b, NewTrip(other))
    move_household(centre, DAY, b, NewTrip(other), reason="two brothers, called both")

    with centre.reading() as db:
        pair = stores.pairs.get(db, pair_id)
    assert pair is not None and (pair.state, pair.both_on) == ("open", DAY)
    assert all(not trip.breaches for trip in day_board(centre, DAY).trips)


def test_who_is_not_ready_is_not_put_onto_a_trip(centre: Session) -> None:
    vehicle, household = add_vehicle(centre), add_household(centre, decision=Decision.UNDECIDED)

    with pytest.raises(UserError, match=r"plan\.not_ready"):
        move_household(centre, DAY, household, NewTrip(vehicle))


def test_who_has_boarded_is_not_moved(centre: Session) -> None:
    vehicle, household = add_vehicle(centre), add_household(centre)
    put(centre, household, vehicle=vehicle)
    record_stop(centre, stop_of(centre, household).id, StopResult.BOARDED)

    with pytest.raises(UserError, match=r"plan\.has_boarded"):
        move_household(centre, DAY, household, None)


def test_a_printed_trip_keeps_the_line_and_the_hours_of_the_others(centre: Session) -> None:
    vehicle = add_vehicle(centre)
    a, b = add_household(centre), add_household(centre)
    put(centre, a, b, vehicle=vehicle)
    issue_pickup_lists(centre, DAY)
    hour = stop_of(centre, b).arrive

    move_household(centre, DAY, a, None)

    assert stop_of(centre, b).arrive == hour
    with centre.reading() as db:
        (line,) = stores.stops.where(db, household_id=a)
    assert line.freed
    assert [trip.changed for trip in day_board(centre, DAY).trips] == [True]


def test_removing_a_trip_gives_its_households_back(centre: Session) -> None:
    household = add_household(centre)
    trip_id = put(centre, household, vehicle=add_vehicle(centre))

    remove_trip(centre, trip_id)

    assert trips_of(centre) == []
    assert waiting(centre) == {household: LeftReason.TAKEN_OFF}


def test_a_trip_with_results_or_on_the_road_is_not_removed(centre: Session) -> None:
    trip_id = put(centre, add_household(centre), vehicle=add_vehicle(centre))
    set_departed(centre, trip_id)
    with pytest.raises(UserError, match=r"plan\.has_results"):
        remove_trip(centre, trip_id)
    set_departed(centre, trip_id, departed=False, reason="a mistake")
    remove_trip(centre, trip_id)


def test_the_reason_stands_with_the_stop_and_on_the_drivers_list_until_it_fits(centre: Session) -> None:
    small, large = add_vehicle(centre, seats=2), add_vehicle(centre, "AX0002AA", seats=8)
    household = add_household(centre, people=3)
    reason = "two sit on a third bench"
    move_household(centre, DAY, household, NewTrip(small), reason=reason)
    assert stop_of(centre, household).override_reason == reason
    assert [stop.note for paper in pickup_lists(centre, DAY) for stop in paper.stops] == [reason]
    move_household(centre, DAY, household, NewTrip(large))
    assert stop_of(centre, household).override_reason == ""


def test_fault_78_a_step_backwards_needs_a_reason_that_the_history_keeps(centre: Session) -> None:
    trip_id = put(centre, add_household(centre), vehicle=add_vehicle(centre))
    set_departed(centre, trip_id)
    with pytest.raises(UserError, match=r"plan\.departed_needs_reason"):
        set_departed(centre, trip_id, departed=False, reason="  ")
    set_departed(centre, trip_id, departed=False, reason="the driver fell ill at the gate")
    with centre.reading() as db:
        done = actions(db, 1)[0]
    assert (done.label, done.facts["reason"]) == ("take_back_departed", "the driver fell ill at the gate")
    assert trips_of(centre)[0].status == TripStatus.PLANNED


def test_a_departure_stays_once_results_have_come(centre: Session) -> None:
    household = add_household(centre)
    trip_id = put(centre, household, vehicle=add_vehicle(centre))
    set_departed(centre, trip_id)
    record(centre, household, StopResult.BOARDED)
    with pytest.raises(UserError, match=r"plan\.results_came"):
        set_departed(centre, trip_id, departed=False, reason="a mistake")
    assert trips_of(centre)[0].status == TripStatus.DEPARTED


def test_another_vehicle_brings_its_driver_and_is_checked(centre: Session) -> None:
    large, small = add_vehicle(centre, "AX0001AA", 8), add_vehicle(centre, "AX0002BB", 1)
    trip_id = put(centre, add_household(centre), vehicle=large)

    shown = preview_vehicle(centre, DAY, trip_id, small)
    with pytest.raises(UserError, match=r"plan\.breach"):
        set_trip_vehicle(centre, trip_id, small)
    set_trip_vehicle(centre, trip_id, small, "the van broke down")

    (trip,) = day_board(centre, DAY).trips
    assert [finding.breach for finding in shown.breaches] == [Breach.SEATS]
    assert (trip.plate, trip.driver, trip.override_reason) == ("AX0002BB", "Водій AX0002BB", "the van broke down")


def test_a_driver_is_not_on_two_trips_at_once_without_a_reason(centre: Session) -> None:
    put(centre, add_household(centre), vehicle=add_vehicle(centre, "AX0001AA"))
    second = put(centre, add_household(centre), vehicle=add_vehicle(centre, "AX0002BB"))
    first_driver = trips_of(centre)[0].driver_id

    with pytest.raises(UserError, match=r"plan\.driver_busy"):
        set_trip_driver(centre, second, first_driver)
    set_trip_driver(centre, second, first_driver, "he changes over half way")

    assert trips_of(centre)[1].driver_id == first_driver
    assert {finding.breach for trip in day_board(centre, DAY).trips for finding in trip.breaches} == {Breach.DRIVER}


class TestCalls:
    def test_told_and_not_reached_stand_on_the_board(self, centre: Session) -> None:
        a, b = add_household(centre), add_household(centre)
        put(centre, a, vehicle=add_vehicle(centre))

        set_notice(centre, a, DAY, CallOutcome.NOT_REACHED)
        set_notice(centre, a, DAY, CallOutcome.TOLD)
        set_notice(centre, b, DAY, CallOutcome.NOT_REACHED)

        board = day_board(centre, DAY)
        assert board.trips[0].stops[0].household.notice is CallOutcome.TOLD
        assert board.waiting[0].household.notice is CallOutcome.NOT_REACHED

    def test_said_no_refuses_and_frees_the_stop(self, centre: Session) -> None:
        household = add_household(centre)
        put(centre, household, vehicle=add_vehicle(centre))

        set_notice(centre, household, DAY, CallOutcome.SAID_NO)

        assert on_trips(centre) == {1: []}
        assert [line.household_id for line in day_board(centre, DAY).said_no] == [household]
        assert decision_of(centre, household) is Decision.REFUSED
        reason = household_card(centre, household).decisions[0].reason
        assert worded(reason) == "said no on the call for 15.08.2023"

    def test_undo_puts_a_no_back_onto_its_trip(self, centre: Session) -> None:
        household = add_household(centre)
        put(centre, household, vehicle=add_vehicle(centre))
        before = stop_of(centre, household)
        set_notice(centre, household, DAY, CallOutcome.SAID_NO)

        history.undo(centre)

        assert stop_of(centre, household) == before
        assert decision_of(centre, household) is Decision.PACKED

    def test_told_after_a_no_makes_the_household_ready_again(self, centre: Session) -> None:
        household = add_household(centre, decision=Decision.WANTS_PICKUP, wants_on=DAY)
        set_notice(centre, household, DAY, CallOutcome.SAID_NO)

        set_notice(centre, household, DAY, CallOutcome.TOLD)

        card = household_card(centre, household).household
        assert (card.decision, card.wants_on) == (Decision.WANTS_PICKUP, DAY)
        assert household in waiting(centre)

    def test_a_decision_made_since_is_not_taken_back(self, centre: Session) -> None:
        household = add_household(centre)
        set_notice(centre, household, DAY, CallOutcome.SAID_NO)
        decide(centre, household, Decision.LEFT_THEMSELVES)

        set_notice(centre, household, DAY, CallOutcome.NOT_REACHED)

        assert decision_of(centre, household) is Decision.LEFT_THEMSELVES


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_moved_nobody_is_lost_or_twice_and_no_rule_is_broken_silently(centre: Session, seed: int) -> None:
    choose = Random(seed)
    vehicles = [add_vehicle(centre, "AX0001AA", 4), add_vehicle(centre, "AX0002BB", 8)]
    everybody = {add_household(centre, people=choose.randint(1, 4), house=str(n)) for n in range(8)}
    plan(centre)

    for _step in range(12):
        household = choose.choice(sorted(everybody))
        trips = [trip.id for trip in trips_of(centre) if trip.status == TripStatus.PLANNED]
        target = choose.choice([None, NewTrip(choose.choice(vehicles)), *trips])
        try:
            move_household(centre, DAY, household, target, choose.choice([None, 0]))
        except UserError as refused:
            assert refused.code in ("plan.breach", "plan.not_on_a_trip")
        if choose.random() < 0.2:
            history.undo(centre)
        standing = [household for stops in on_trips(centre).values() for household in stops]
        assert sorted([*standing, *waiting(centre)]) == sorted(everybody)
        assert all(not trip.breaches for trip in day_board(centre, DAY).trips)


def test_numbers_go_on_through_the_day(centre: Session) -> None:
    vehicle = add_vehicle(centre, hours=(0, 1439))
    households = [add_household(centre) for _n in range(2)]
    first = put(centre, households[0], vehicle=vehicle)
    issue_pickup_lists(centre, DAY)
    remove_trip(centre, first)

    put(centre, households[0], vehicle=vehicle)
    put(centre, households[1], vehicle=vehicle)

    assert [(trip.number, trip.status) for trip in trips_of(centre)] == [
        (1, TripStatus.CANCELLED), (2, TripStatus.PLANNED), (3, TripStatus.PLANNED)
    ]  # fmt: skip
    assert number_of(centre, households[0]) == 1
