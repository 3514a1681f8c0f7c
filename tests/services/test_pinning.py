"""What somebody pinned stays, whatever is planned again."""

from __future__ import annotations

import pytest

from coordinator.domain.schedule import Breach, DayPlan, LeftReason, PlannedTrip
from coordinator.errors import UserError
from coordinator.planning.check import check, lost
from coordinator.planning.solve import plan_day
from coordinator.queries.problem import build_problem
from coordinator.queries.schedule import day_board
from coordinator.services import history
from coordinator.services.moving import move_household, remove_trip
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.pinning import pin_stop, pin_trip
from coordinator.services.schedule import save_plan
from coordinator.session import Session
from db import stores
from tests.builders import DAY, add_household, add_vehicle, on_trip, plan, stop_of, trips_of


def test_a_pinned_trip_stays_as_it_is_and_by_hand_too_until_the_pin_is_off(centre: Session) -> None:
    bus = add_vehicle(centre, "AX0001AA")
    add_vehicle(centre, "AX0002AA")
    household = add_household(centre)
    trip_id = on_trip(centre, bus, household)
    pin_trip(centre, trip_id)
    (before,) = trips_of(centre)
    others = [add_household(centre, surname="Гай") for _ in range(3)]

    plan(centre)

    assert trips_of(centre)[0] == before
    assert stop_of(centre, household).trip_id == trip_id
    assert all(stop_of(centre, other).trip_id != trip_id for other in others)
    for forbidden in (
        lambda: move_household(centre, DAY, household, None),
        lambda: move_household(centre, DAY, others[0], trip_id),
        lambda: remove_trip(centre, trip_id),
    ):
        with pytest.raises(UserError, match=r"plan\.trip_pinned"):
            forbidden()
    pin_trip(centre, trip_id, False)
    move_household(centre, DAY, household, None)
    history.undo(centre)
    history.undo(centre)
    assert day_board(centre, DAY).trips[0].pinned


def test_a_pinned_stop_keeps_vehicle_and_minute_while_others_come_and_go(centre: Session) -> None:
    bus = add_vehicle(centre, "AX0001AA", seats=4)
    add_vehicle(centre, "AX0002AA", seats=8)
    household, mate = add_household(centre), add_household(centre, surname="Гай")
    trip_id = on_trip(centre, bus, household, mate)
    issue_pickup_lists(centre, DAY)
    before = stop_of(centre, household)
    pin_stop(centre, before.id)
    with pytest.raises(UserError, match=r"plan\.stop_pinned"):
        move_household(centre, DAY, household, None)
    with centre.act("seed") as act:
        stores.households.change(act.db, mate, decision="refused")
    for people in (3, 4, 2):
        add_household(centre, surname="Мороз", people=people)

    plan(centre)

    after = stop_of(centre, household)
    assert (after.id, after.trip_id, after.arrive, after.pinned) == (before.id, trip_id, before.arrive, True)
    board = day_board(centre, DAY)
    assert not board.waiting
    assert all(not trip.breaches for trip in board.trips)
    assert next(trip for trip in board.trips if trip.trip_id == trip_id).number == 1


def test_the_checker_proves_pins_and_a_plan_that_moves_or_forgets_one_is_not_saved(centre: Session) -> None:
    bus, other = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
    household = add_household(centre)
    on_trip(centre, bus, household)
    pin_stop(centre, stop_of(centre, household).id)
    problem = build_problem(centre, DAY)
    (kept,) = plan_day(problem, 1, max_iterations=20).trips

    moved = PlannedTrip(other, None, kept.depart, kept.back, kept.stops)
    assert [finding.breach for finding in check(problem, [kept]) if not finding.warning] == []
    assert Breach.PINNED in [finding.breach for finding in check(problem, [moved])]
    assert lost(problem, DayPlan((), ())) == [household]
    for plan_without in (DayPlan((moved,), ()), DayPlan((), ())):
        with pytest.raises(UserError, match=r"plan\.broken"):
            save_plan(centre, DAY, plan_without, problem)


def test_a_pin_that_cannot_be_kept_is_said_and_nobody_is_fetched_otherwise(centre: Session) -> None:
    bus = add_vehicle(centre, "AX0001AA")
    add_vehicle(centre, "AX0002AA")
    household = add_household(centre)
    on_trip(centre, bus, household)
    pin_stop(centre, stop_of(centre, household).id)
    with centre.act("set_vehicle_active") as act:
        stores.vehicles.change(act.db, bus, active=False)

    plan(centre)

    (line,) = day_board(centre, DAY).waiting
    assert (line.household.household_id, line.reason) == (household, LeftReason.PINNED)
