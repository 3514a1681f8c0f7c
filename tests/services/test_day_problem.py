"""What there is to plan on a day: who is ready, in which hours, with which vehicles, and whom a double holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.domain.schedule import LeftReason, Load, Stands, Window
from coordinator.errors import UserError
from coordinator.queries.fleet import drivers
from coordinator.queries.problem import POINT, build_problem, category, longest_gap
from coordinator.queries.schedule import day_board
from coordinator.queries.who_next import who_next
from coordinator.services.fleet import save_driver
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.schedule import confirm_pair_for_day
from coordinator.session import Session
from db import stores
from tests.builders import (
    DAY,
    add_curfew,
    add_household,
    add_hubs,
    add_pair,
    add_settlement,
    add_vehicle,
    decide,
    number_of,
    on_trip,
    plan,
    stop_of,
)


def test_ready_are_the_packed_and_those_who_want_it_by_the_day(centre: Session) -> None:
    packed = add_household(centre)
    today = add_household(centre, decision=Decision.WANTS_PICKUP, wants_on=DAY)
    soon = add_household(centre, decision=Decision.WANTS_PICKUP)
    add_household(centre, decision=Decision.WANTS_PICKUP, wants_on=DAY + timedelta(days=1))
    add_household(centre, decision=Decision.UNDECIDED)
    add_household(centre, decision=Decision.REFUSED)

    ready = {pickup.household_id for pickup in build_problem(centre, DAY).pickups}

    assert ready == {packed, today, soon}


def test_a_pickup_tells_places_children_and_minutes_at_the_door(centre: Session) -> None:
    add_household(centre, people=4, children=2, needs=(Need.WHEELCHAIR,))

    (pickup,) = build_problem(centre, DAY).pickups

    assert pickup.load == Load(seats=3, wheelchair=1, space=4), "a piece of luggage each, since nobody counted them"
    assert pickup.children == 2
    assert pickup.service == 6 + 4 * 1 + 8
    assert not pickup.estimated


def test_daylight_where_no_curfew_is_recorded_and_the_newest_curfew_otherwise(centre: Session) -> None:
    add_household(centre)
    (by_day,) = build_problem(centre, DAY).pickups
    add_curfew(centre, "Куп’янська громада", 18 * 60, 6 * 60, DAY - timedelta(days=30))
    add_curfew(centre, "Куп'янська", 17 * 60, 9 * 60, DAY)
    add_curfew(centre, "Шевченківська", 12 * 60, 11 * 60, DAY)

    (curfewed,) = build_problem(centre, DAY).pickups

    assert 5 * 60 < by_day.window.start < 6 * 60 and 19 * 60 < by_day.window.end < 20 * 60
    assert curfewed.window == Window(9 * 60, 17 * 60)


def test_children_and_people_who_cannot_walk_weigh_more_than_any_wait(centre: Session) -> None:
    for people, children, needs in ((2, 0, ()), (6, 1, ()), (3, 0, (Need.STRETCHER,))):
        add_household(centre, people=people, children=children, needs=needs)
    waiting, with_child, lying = build_problem(centre, DAY + timedelta(days=400)).pickups

    assert waiting.weight < with_child.weight < lying.weight


def test_an_unknown_settlement_is_left_over_and_never_dropped(centre: Session) -> None:
    lost = add_household(centre, settlement="Хтозна-де")
    add_vehicle(centre)

    saved = plan(centre).value

    assert [(one.household_id, one.reason) for one in saved.plan.left_over] == [(lost, LeftReason.NO_COORDINATES)]
    (waiting,) = day_board(centre, DAY).waiting
    assert (waiting.household.household_id, waiting.key) == (lost, "left.no_coordinates")


def test_the_centre_of_the_hromada_is_marked_as_an_estimate(centre: Session) -> None:
    add_settlement(centre, "Нечволодівка", estimated=True)
    household = add_household(centre, settlement="Нечволодівка")
    add_vehicle(centre)

    assert plan(centre).value.plan.estimated == (household,)
    assert day_board(centre, DAY).estimated == (number_of(centre, household),)


@pytest.mark.parametrize("missing", ["base", "transit"])
def test_without_a_base_or_transit_centre_the_plan_says_so_and_the_board_still_shows(
    session: Session, missing: str
) -> None:
    add_hubs(session)
    add_household(session)
    with session.act("remove_destination") as act:
        (row,) = stores.destinations.where(act.db, kind=missing)
        stores.destinations.remove(act.db, [row.id])

    with pytest.raises(UserError) as refused:
        build_problem(session, DAY)

    assert refused.value.code == f"plan.no_{missing}"
    board = day_board(session, DAY)
    assert board.missing == refused.value.code
    assert len(board.waiting) == 1


def test_hours_and_licence_of_the_fleet(centre: Session) -> None:
    add_vehicle(centre, "AX0001AA", hours=None, licence="В, С1")
    inactive = add_vehicle(centre, "AX0002BB")
    with centre.act("set_vehicle_active") as act:
        stores.vehicles.change(act.db, inactive, active=False)

    (vehicle,) = build_problem(centre, DAY).vehicles

    assert vehicle.window == Window(6 * 60, 18 * 60)
    assert vehicle.licence == "B"
    assert vehicle.driver_id is not None


def test_category_is_the_widest_for_passengers() -> None:
    assert [category(text) for text in ("B", "в,с", "B, C1, D", "D1", "D1E", "")] == ["B", "B", "D", "D1", "D1E", ""]


def test_one_driver_of_two_vehicles_drives_the_larger(centre: Session) -> None:
    small, large = add_vehicle(centre, "AX0001AA", 4), add_vehicle(centre, "AX0002BB", 8)
    with centre.act("save_vehicle") as act:
        row = stores.vehicles.get(act.db, large)
        assert row is not None
        stores.vehicles.change(act.db, small, driver_id=row.driver_id)

    drivers = {vehicle.vehicle_id: vehicle.driver_id for vehicle in build_problem(centre, DAY).vehicles}

    assert drivers[small] is None
    assert drivers[large] == row.driver_id


def test_longest_gap_of_a_vehicle_between_trips_that_stay() -> None:
    day = Window(360, 1080)
    assert longest_gap(day, []) == day
    assert longest_gap(day, [Window(400, 500)]) == Window(500, 1080)
    assert longest_gap(day, [Window(800, 1100), Window(300, 420)]) == Window(420, 800)
    assert longest_gap(day, [Window(300, 1200)]) is None


class TestPossibleDuplicates:
    """An undecided pair is never planned into two trips without confirmation."""

    def test_the_smaller_waits_for_a_decision(self, centre: Session) -> None:
        small, large = add_household(centre, people=1), add_household(centre, people=4)
        add_pair(centre, small, large)
        add_vehicle(centre)

        saved = plan(centre).value

        (left,) = saved.plan.left_over
        assert (left.household_id, left.reason) == (small, LeftReason.POSSIBLE_DUPLICATE)
        assert left.facts["number"] == number_of(centre, large)

    def test_of_two_equal_ones_the_newer_waits(self, centre: Session) -> None:
        first, second = add_household(centre), add_household(centre)
        add_pair(centre, first, second)

        held = {p.household_id: p.held_by for p in build_problem(centre, DAY).pickups}

        assert held == {first: None, second: number_of(centre, first)}

    def test_a_confirmation_is_for_its_day_only(self, centre: Session) -> None:
        first, second = add_household(centre), add_household(centre)
        confirm_pair_for_day(centre, add_pair(centre, first, second), DAY)

        def held(day: date) -> int:
            return sum(pickup.held_by is not None for pickup in build_problem(centre, day).pickups)

        assert (held(DAY), held(DAY + timedelta(days=1))) == (0, 1)

    def test_confirmed_households_are_planned(self, centre: Session) -> None:
        first, second = add_household(centre), add_household(centre)
        add_pair(centre, first, second)

        problem = build_problem(centre, DAY, frozenset({second}))

        assert all(pickup.held_by is None for pickup in problem.pickups)

    def test_one_whose_twin_has_left_waits_too(self, centre: Session) -> None:
        gone, here = add_household(centre, people=1), add_household(centre, people=4)
        add_pair(centre, gone, here)
        decide(centre, gone, Decision.LEFT_THEMSELVES)

        (pickup,) = build_problem(centre, DAY).pickups

        assert pickup.held_by == number_of(centre, gone)

    def test_an_undecided_twin_holds_nobody(self, centre: Session) -> None:
        add_pair(centre, add_household(centre, decision=Decision.UNDECIDED), add_household(centre))

        (pickup,) = build_problem(centre, DAY).pickups

        assert pickup.held_by is None


def test_weights_are_the_points_of_who_is_next_and_days_decide_between_equals(centre: Session) -> None:
    asked = datetime(2023, 8, 14, 9, tzinfo=UTC)
    ids = [add_household(centre, requested_at=asked), add_household(centre, people=4, children=2)]
    rows = {row.id: row.score for row in who_next(centre, DAY)}
    pickups = {pickup.household_id: pickup for pickup in build_problem(centre, DAY).pickups}
    assert [pickups[one].weight // POINT for one in ids] == [round(rows[one]) for one in ids]
    later = {pickup.household_id: pickup for pickup in build_problem(centre, DAY + timedelta(days=3)).pickups}
    assert later[ids[0]].weight == pickups[ids[0]].weight + 3


def test_the_hours_of_a_driver_and_the_printed_list_reach_the_planner(centre: Session) -> None:
    bus = add_vehicle(centre)
    (driver,) = drivers(centre)
    save_driver(centre, replace(driver, most_minutes=600))
    household = add_household(centre)
    on_trip(centre, bus, household)
    (before,) = build_problem(centre, DAY).pickups
    issue_pickup_lists(centre, DAY)
    problem = build_problem(centre, DAY)
    assert problem.vehicles[0].most_minutes == 600
    assert before.stands == Stands(bus, 1, stop_of(centre, household).arrive)
    assert problem.pickups[0].stands == Stands(bus, 1, stop_of(centre, household).arrive, printed=True)
