"""The plan of a day: who is planned, by which rules, and what saving keeps of the plan before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.domain.schedule import DayPlan, LeftReason
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.planning.solve import plan_day
from coordinator.planning.timing import retime
from coordinator.queries.problem import build_problem
from coordinator.queries.schedule import day_board
from coordinator.register import create_register
from coordinator.services import history, results
from coordinator.services.moving import set_departed
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.schedule import plan_day_for, save_plan
from coordinator.session import Session
from db import stores
from tests.builders import (
    DAY,
    add_household,
    add_hubs,
    add_settlement,
    add_vehicle,
    decide,
    plan,
    stop_of,
    trips_of,
)


class TestSaving:
    def test_every_ready_household_is_in_a_trip_or_left_over(self, centre: Session) -> None:
        add_vehicle(centre, seats=4)
        for people in (1, 2, 3, 4, 9):
            add_household(centre, people=people)

        plan(centre)

        board = day_board(centre, DAY)
        planned = [stop.household.number for trip in board.trips for stop in trip.stops]
        waiting = {line.household.number: line.reason for line in board.waiting}
        assert sorted([*planned, *waiting]) == [1, 2, 3, 4, 5]
        assert waiting[5] is LeftReason.TOO_LARGE
        assert all(not trip.breaches for trip in board.trips)

    def test_planning_again_replaces_what_was_not_printed_and_uses_its_numbers_again(self, centre: Session) -> None:
        add_vehicle(centre)
        household = add_household(centre)
        plan(centre)
        add_household(centre, surname="Гай")

        plan(centre)

        (trip,) = trips_of(centre)
        assert trip.number == 1
        assert len(day_board(centre, DAY).trips[0].stops) == 2
        assert stop_of(centre, household).trip_id == trip.id

    def test_the_same_plan_again_keeps_trips_and_numbers(self, centre: Session) -> None:
        add_vehicle(centre)
        add_household(centre)
        plan(centre)
        before = trips_of(centre)

        plan(centre)

        assert trips_of(centre) == before

    def test_a_printed_trip_that_is_given_up_stays_cancelled_with_its_number(self, centre: Session) -> None:
        add_vehicle(centre)
        household = add_household(centre)
        plan(centre)
        issue_pickup_lists(centre, DAY)
        add_household(centre, surname="Гай")

        plan(centre)

        old, new = trips_of(centre)
        assert (old.number, old.status, new.number) == (1, TripStatus.CANCELLED, 2)
        assert stop_of(centre, household).trip_id == new.id
        assert [trip.list_number for trip in day_board(centre, DAY).printed_before_change] == ["2023-08-15/1"]

    def test_a_trip_with_results_stays_and_its_vehicle_is_planned_behind_it(self, centre: Session) -> None:
        add_vehicle(centre)
        household = add_household(centre)
        plan(centre)
        (first,) = trips_of(centre)
        results.record_stop(centre, stop_of(centre, household).id, StopResult.BOARDED)
        add_household(centre, surname="Гай")

        plan(centre)

        kept, added = trips_of(centre)
        assert kept == first
        assert added.depart >= kept.back

    def test_a_departed_trip_stays(self, centre: Session) -> None:
        add_vehicle(centre)
        add_household(centre)
        plan(centre)
        (trip,) = trips_of(centre)
        set_departed(centre, trip.id)
        late = add_household(centre, surname="Гай")

        assert [p.household_id for p in build_problem(centre, DAY).pickups] == [late]
        plan(centre)
        assert trips_of(centre)[0].id == trip.id

    def test_who_refuses_while_the_plan_is_computed_is_not_on_it(self, centre: Session) -> None:
        add_vehicle(centre)
        going, refusing = add_household(centre), add_household(centre, surname="Гай")
        problem = build_problem(centre, DAY)
        computed = plan_day(problem, 1, max_iterations=1)
        decide(centre, refusing, Decision.REFUSED)

        saved = save_plan(centre, DAY, computed, problem).value

        assert saved.moved_on == (refusing,)
        assert (saved.households, saved.people) == (1, 2)
        assert [stop.household.household_id for stop in day_board(centre, DAY).trips[0].stops] == [going]

    def test_a_plan_that_breaks_a_rule_is_refused_and_the_old_one_stays(self, centre: Session) -> None:
        vehicle = add_vehicle(centre, seats=2)
        ids = [add_household(centre), add_household(centre)]
        plan(centre)
        before = trips_of(centre)
        problem = build_problem(centre, DAY)
        overloaded = DayPlan((retime(problem, vehicle, ids, 360),), ())

        with pytest.raises(UserError, match=r"plan\.broken"):
            save_plan(centre, DAY, overloaded, problem)

        assert trips_of(centre) == before

    def test_a_plan_for_a_vehicle_that_left_meanwhile_is_outdated(self, centre: Session) -> None:
        vehicle = add_vehicle(centre)
        household = add_household(centre)
        problem = build_problem(centre, DAY)
        computed = plan_day(problem, 1, max_iterations=1)
        with centre.act("set_vehicle_active") as act:
            stores.vehicles.change(act.db, vehicle, active=False)

        with pytest.raises(UserError, match=r"plan\.outdated"):
            save_plan(centre, DAY, computed, problem)

        assert [line.household.household_id for line in day_board(centre, DAY).waiting] == [household]

    def test_cancelling_keeps_the_best_plan_so_far(self, centre: Session) -> None:
        add_vehicle(centre)
        household = add_household(centre)

        saved = plan_day_for(centre, DAY, 120, lambda _done, _best: False).value

        assert saved.trips == 1
        assert stop_of(centre, household).trip_id == trips_of(centre)[0].id

    def test_a_plan_is_undone_as_one(self, centre: Session) -> None:
        add_vehicle(centre)
        household = add_household(centre)
        plan(centre)
        before, stop = trips_of(centre), stop_of(centre, household)
        add_household(centre, surname="Гай")
        plan(centre)

        history.undo(centre)

        assert trips_of(centre) == before
        assert stop_of(centre, household) == stop

    def test_a_convenient_plan_reports_progress(self, centre: Session) -> None:
        add_vehicle(centre)
        add_household(centre)
        heard: list[float] = []

        saved = plan_day_for(centre, DAY, 1, lambda done, _best: not heard.append(done)).value

        assert saved.trips == 1
        assert all(0 <= done <= 1 for done in heard)


def test_the_board_sorts_those_who_wait_by_need_then_by_days(centre: Session) -> None:
    old = add_household(centre, surname="Довгий", requested_at=datetime(2023, 8, 1, 9, tzinfo=UTC))
    new = add_household(centre, surname="Новий", requested_at=datetime(2023, 8, 14, 9, tzinfo=UTC))
    family = add_household(centre, surname="Малий", people=3, children=1, phone="050 123 45 67")
    chair = add_household(
        centre, surname="Візок", needs=(Need.WHEELCHAIR,), requested_at=datetime(2023, 8, 10, tzinfo=UTC)
    )

    board = day_board(centre, DAY)

    assert [line.household.household_id for line in board.waiting] == [chair, family, old, new]
    assert [line.household.days_waiting for line in board.waiting][2:] == [14, 1]
    assert board.waiting[1].household.phones == ("050 123 45 67",)
    assert {line.key for line in board.waiting} == {"left.not_planned"}
    assert board.totals.waiting == 9


def test_a_licence_below_the_seats_warns_and_does_not_block(centre: Session) -> None:
    add_vehicle(centre, seats=16, licence="B")
    add_household(centre)

    plan(centre)

    (trip,) = day_board(centre, DAY).trips
    assert not trip.breaches
    assert [finding.key for finding in trip.warnings] == ["breach.licence"]


def test_a_late_clock_does_not_move_the_day(tmp_path: Path) -> None:
    def just_before_midnight() -> datetime:
        return datetime(2023, 8, 14, 20, 50, tzinfo=UTC)

    with create_register(tmp_path / "night", "correct horse battery", clock=just_before_midnight) as session:
        add_hubs(session)
        add_settlement(session, "Подоли")
        add_vehicle(session)
        add_household(session, decision=Decision.WANTS_PICKUP, wants_on=DAY)

        plan(session, DAY)

        assert session.today() == date(2023, 8, 14)
        assert [trip.work_on for trip in trips_of(session, DAY)] == [DAY]
