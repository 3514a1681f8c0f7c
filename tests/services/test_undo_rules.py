"""Taking back an older action asks the rules again: what later work stands on is refused calmly, or told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.person import Relation
from coordinator.domain.roles import Role
from coordinator.domain.trip import StopResult, list_number
from coordinator.errors import UserError
from coordinator.queries.household import household_card
from coordinator.register import open_register
from coordinator.services import decisions, duplicates, history, households, moving, results, users
from coordinator.services.arrival import trip_arrived
from coordinator.session import Session, change_setting
from coordinator.settings import LOCK_MINUTES
from db import stores
from db.loose import dangling
from tests.builders import (
    DAY,
    add_household,
    add_pair,
    add_vehicle,
    number_of,
    on_trip,
    person_ids,
    record,
    stop_of,
    trips_of,
)


def last(session: Session) -> str:
    """The id of the newest action."""
    with session.reading() as db:
        return str(db.rows("SELECT id FROM action ORDER BY rowid DESC LIMIT 1")[0][0])


def refused(session: Session, verb: Callable[[], object]) -> UserError:
    """What the verb says no with; the log must stay as it was."""
    before = last(session)
    with pytest.raises(UserError) as caught:
        verb()
    assert last(session) == before
    return caught.value


def departures(session: Session, household_id: str) -> list[tuple[str, bool]]:
    with session.reading() as db:
        events = stores.events.where(db, household_id=household_id)
    return sorted((event.kind, event.voided) for event in events)


class TestLooseReferences:
    def test_an_escort_who_is_gone_is_not_named_again(self, session: Session) -> None:
        household_id = add_household(session, people=3, children=1)
        _olena, marko, child = person_ids(session, household_id)
        households.set_escort(session, child, marko, "parent")
        households.set_escort(session, child, None, "", "travels with an aunt")
        action_id = last(session)
        households.remove_person(session, marko)
        undone = history.undo_action(session, action_id).value
        assert undone.kept == 1 and undone.households == (number_of(session, household_id),)
        with session.reading() as db:
            assert dangling(db) == []

    def test_a_head_who_is_gone_does_not_become_head_again(self, session: Session) -> None:
        household_id = add_household(session)
        olena, marko = person_ids(session, household_id)
        households.set_head(session, marko)
        action_id = last(session)
        households.remove_person(session, olena)
        assert history.undo_action(session, action_id).value.kept
        household = household_card(session, household_id).household
        assert household.head_id == marko
        assert [person.relation for person in household.people] == [Relation.HEAD]
        history.redo(session)
        assert household_card(session, household_id).household == household

    def test_somebody_who_comes_back_does_not_name_an_escort_who_is_gone(self, session: Session) -> None:
        household_id = add_household(session, people=3, children=1)
        _olena, marko, child = person_ids(session, household_id)
        households.set_escort(session, child, marko, "parent")
        households.remove_person(session, child)
        action_id = last(session)
        households.remove_person(session, marko)
        assert history.undo_action(session, action_id).value.kept
        with session.reading() as db:
            back = stores.people.get(db, child)
            assert back is not None and back.escort_id is None
            assert dangling(db) == []

    def test_a_person_stays_head_where_the_one_before_is_gone(self, session: Session) -> None:
        """The action brought the head; without them the household would name nobody who is there."""
        household_id = add_household(session, people=1)
        (olena,) = person_ids(session, household_id)
        with session.act("import") as act:
            fresh = stores.people.get(act.db, olena)
            assert fresh is not None
            stores.people.add(act.db, [fresh._replace(id="fresh", position=2)])
            stores.households.change(act.db, household_id, head_id="fresh")
        action_id = last(session)
        households.remove_person(session, olena)
        assert history.undo_action(session, action_id).value.kept
        with session.reading() as db:
            assert dangling(db) == []
        assert person_ids(session, household_id) == ["fresh"]

    def test_a_head_taken_off_since_a_merge_does_not_come_back_by_undoing_it(self, session: Session) -> None:
        first, second = add_household(session, "Коваль"), add_household(session, "Гук", house="9")
        head = person_ids(session, second)[0]
        duplicates.same(session, add_pair(session, first, second))
        action_id = last(session)
        households.remove_person(session, head)
        assert history.undo_action(session, action_id).value.kept
        with session.reading() as db:
            assert dangling(db) == []


class TestTrips:
    @pytest.fixture
    def given_away(self, centre: Session) -> tuple[str, str]:
        """A trip whose vehicle was given away, and the action that did so; that vehicle drives at that time since."""
        first, second = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
        trip_id = on_trip(centre, first, add_household(centre, "Гук"))
        moving.set_trip_vehicle(centre, trip_id, second)
        action_id = last(centre)
        on_trip(centre, first, add_household(centre, "Лис", house="9"))
        return trip_id, action_id

    def test_a_vehicle_does_not_drive_two_trips_at_once(self, centre: Session, given_away: tuple[str, str]) -> None:
        before = trips_of(centre)
        error = refused(centre, lambda: history.undo_action(centre, given_away[1]))
        assert error.code == "undo.vehicle_busy"
        assert error.facts["plate"] == "AX0001AA" and str(error.facts["list"]).startswith(DAY.isoformat())
        assert trips_of(centre) == before

    def test_it_is_undone_once_the_other_trip_is_given_up(self, centre: Session, given_away: tuple[str, str]) -> None:
        moving.remove_trip(centre, next(trip.id for trip in trips_of(centre) if trip.id != given_away[0]))
        assert history.undo_action(centre, given_away[1]).value.kept == 0

    def test_a_driver_does_not_drive_two_vehicles_at_once(self, centre: Session) -> None:
        first, second = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
        trip_id = on_trip(centre, first, add_household(centre, "Гук"))
        driver_id = trips_of(centre)[0].driver_id
        moving.set_trip_driver(centre, trip_id, None)
        action_id = last(centre)
        other = on_trip(centre, second, add_household(centre, "Лис", house="9"))
        moving.set_trip_driver(centre, other, driver_id)
        assert refused(centre, lambda: history.undo_action(centre, action_id)).code == "undo.driver_busy"

    def test_the_last_step_always_goes_back_even_to_what_was_done_with_a_reason(self, centre: Session) -> None:
        first, second = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
        on_trip(centre, first, add_household(centre, "Гук"))
        other = on_trip(centre, second, add_household(centre, "Лис", house="9"))
        moving.set_trip_driver(centre, other, trips_of(centre)[0].driver_id, "the second one walks behind")
        moving.set_trip_driver(centre, other, None)
        history.undo(centre)
        assert len({trip.driver_id for trip in trips_of(centre)}) == 1
        history.redo(centre)
        assert len({trip.driver_id for trip in trips_of(centre)}) == 2

    def test_a_household_that_stands_on_another_list_by_now_is_named(self, centre: Session) -> None:
        first, second = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
        household_id = add_household(centre, "Гук")
        on_trip(centre, first, household_id)
        moving.move_household(centre, DAY, household_id, None)
        action_id = last(centre)
        other = on_trip(centre, second, household_id)
        error = refused(centre, lambda: history.undo_action(centre, action_id))
        number = next(trip.number for trip in trips_of(centre) if trip.id == other)
        assert error.code == "undo.two_lists"
        assert error.facts == {"number": number_of(centre, household_id), "list": list_number(DAY, number)}

    def test_a_full_trip_that_gets_somebody_back_is_told(self, centre: Session) -> None:
        vehicle = add_vehicle(centre, seats=4)
        three, two = add_household(centre, "Гук", people=3), add_household(centre, "Лис", people=2, house="9")
        households.remove_person(centre, person_ids(centre, three)[2])
        action_id = last(centre)
        on_trip(centre, vehicle, three, two)
        assert history.undo_action(centre, action_id).value.overloaded == (list_number(DAY, 1),)


class TestEvents:
    def test_nobody_returns_who_has_not_left(self, session: Session) -> None:
        household_id = add_household(session)
        decisions.record_departure(session, household_id, EventKind.BY_US, DAY)
        action_id = last(session)
        decisions.decide(session, household_id, Decision.RETURNED)
        before = departures(session, household_id)
        error = refused(session, lambda: history.undo_action(session, action_id))
        assert (error.code, error.facts["number"]) == ("undo.not_left", number_of(session, household_id))
        assert departures(session, household_id) == before

    def test_nobody_leaves_twice_on_a_day(self, session: Session) -> None:
        household_id = add_household(session)
        decisions.record_departure(session, household_id, EventKind.BY_US, DAY)
        decisions.decide(session, household_id, Decision.PACKED)
        action_id = last(session)
        decisions.record_departure(session, household_id, EventKind.OTHER_ORGANISATION, DAY)
        error = refused(session, lambda: history.undo_action(session, action_id))
        assert (error.code, error.facts["day"]) == ("undo.left_twice", DAY)
        history.undo(session)
        history.undo(session)
        assert departures(session, household_id) == [("by_us", False)] * 2

    def test_an_arrival_is_taken_back_unless_somebody_came_back_since(self, centre: Session) -> None:
        household_id = add_household(centre)
        trip_id = on_trip(centre, add_vehicle(centre), household_id)
        record(centre, household_id, StopResult.BOARDED)
        trip_arrived(centre, trip_id)
        arrived = last(centre)
        decisions.decide(centre, household_id, Decision.RETURNED)
        assert refused(centre, lambda: history.undo_action(centre, arrived)).code == "undo.not_left"
        history.undo(centre)
        history.undo_action(centre, arrived)
        assert departures(centre, household_id) == []

    def test_what_contradicted_itself_before_is_no_reason_to_refuse(self, centre: Session) -> None:
        household_id = add_household(centre)
        with centre.act("import") as act:
            people = person_ids(centre, household_id)
            row = stores.events.row("back", people[0], household_id, "returned", DAY, act.now)
            stores.events.add(act.db, [row])
        trip_id = on_trip(centre, add_vehicle(centre), household_id)
        results.record_stop(centre, stop_of(centre, household_id).id, StopResult.BOARDED)
        trip_arrived(centre, trip_id)
        arrived = last(centre)
        households.edit_household(centre, household_id, pets="коза")
        history.undo_action(centre, arrived)
        assert departures(centre, household_id) == [("returned", False)]


class TestRoles:
    def test_ctrl_z_passes_over_what_this_role_may_not_take_back(self, session: Session) -> None:
        users.add_user(session, "Марта", Role.OPERATOR, "operator passphrase 7")
        household_id = add_household(session)
        change_setting(session, LOCK_MINUTES, 10)
        setting = last(session)
        with open_register(session.folder, "operator passphrase 7") as operator:
            found = history.next_undo(operator)
            assert found is not None and found.label == "add_household"
            assert refused(operator, lambda: history.undo_action(operator, setting)).code == "role.refused"
            history.undo(operator)
        with session.reading() as db:
            assert stores.households.get(db, household_id) is None
        assert session.setting(LOCK_MINUTES) == 10
        assert history.undo(session).value.label == "change_setting"

    def test_a_setting_undone_by_the_coordinator_is_not_done_again_by_an_operator(self, session: Session) -> None:
        users.add_user(session, "Марта", Role.OPERATOR, "operator passphrase 7")
        change_setting(session, LOCK_MINUTES, 10)
        history.undo(session)
        with open_register(session.folder, "operator passphrase 7") as operator:
            assert history.next_redo(operator) is None
            assert refused(operator, lambda: history.redo(operator)).code == "redo.nothing"
        assert history.redo(session).value.facts == {"key": LOCK_MINUTES.key}
