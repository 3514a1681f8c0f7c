"""Undo and redo: what later work builds on stays, in order of writing, chosen by one session at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, PersonName
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.errors import UserError
from coordinator.queries.history import HistoryEntry
from coordinator.queries.household import household_card
from coordinator.register import open_register
from coordinator.services import history, households, imports, notices
from coordinator.services.writing import MemberDraft
from coordinator.session import Session, utc_now
from db import stores
from tests.builders import DAY, add_household, add_pair, add_vehicle, on_trip, plan, record, trips_of
from tests.conftest import PASSPHRASE
from tests.services.lists import household, people_list, person

OLENA, MARKO = person("Коваль Олена Іванівна", 1980), person("Коваль Марко", 2012)
HANNA = person("Яворська Ганна", 1950)


def bring(session: Session) -> str:
    """Import a family of two and a woman who lives alone; returns the id of the action."""
    family = household(OLENA, MARKO, place="Подоли", phone="0501112233", decision=Decision.PACKED)
    families = people_list(family, household(HANNA, house="7"))
    return imports.apply_import(session, imports.preview_list(session, families)).value.action_id


def surnames(session: Session) -> list[str]:
    with session.reading() as db:
        return sorted(row.surname for row in stores.people.all(db))


def household_of(session: Session, surname: str) -> str:
    with session.reading() as db:
        return stores.people.where(db, surname=surname)[0].household_id


class TestLaterWork:
    def test_a_person_edited_since_an_import_stays_with_the_whole_household(self, session: Session) -> None:
        action_id = bring(session)
        card = household_card(session, household_of(session, "Коваль"))
        olena = card.household.people[0]
        households.edit_person(
            session, olena.id, MemberDraft(olena.name, note="insulin", needs=frozenset({Need.STEPS}))
        )
        undone = history.undo_action(session, action_id).value
        assert surnames(session) == ["Коваль", "Коваль"]
        after = household_card(session, card.household.id).household
        assert [p.name.given for p in after.people] == ["Олена", "Марко"]
        assert after.people[0].note == "insulin" and len(after.contacts) == 1
        assert undone.kept and undone.households == (card.household.number,)

    @pytest.mark.parametrize("change", ["call", "need", "head"])
    def test_whatever_refers_to_a_household_holds_it(self, session: Session, change: str) -> None:
        action_id = bring(session)
        card = household_card(session, household_of(session, "Коваль"))
        olena, marko = card.household.people
        if change == "call":
            notices.set_notice(session, card.household.id, DAY, CallOutcome.TOLD)
        elif change == "head":
            households.set_head(session, marko.id)
        else:
            households.edit_person(session, olena.id, MemberDraft(olena.name, needs=frozenset({Need.STRETCHER})))
        assert history.undo_action(session, action_id).value.households == (card.household.number,)
        assert surnames(session) == ["Коваль", "Коваль"]

    def test_people_on_a_trip_stay_with_their_stop_seat_and_call(self, centre: Session) -> None:
        action_id = bring(centre)
        kept = household_of(centre, "Коваль")
        on_trip(centre, add_vehicle(centre), kept)
        notices.set_notice(centre, kept, DAY, CallOutcome.TOLD)
        record(centre, kept, StopResult.BOARDED)
        history.undo_action(centre, action_id)
        assert surnames(centre) == ["Коваль", "Коваль"]
        with centre.reading() as db:
            assert [stores.stops.count(db), stores.passengers.count(db), stores.notices.count(db)] == [1, 2, 1]

    def test_a_trip_under_way_stays_whole_when_the_plan_is_taken_back(self, centre: Session) -> None:
        add_vehicle(centre)
        first, second = add_household(centre, "Коваль"), add_household(centre, "Яворська", house="9")
        plan(centre)
        with centre.reading() as db:
            (planned,) = db.rows("SELECT id FROM action WHERE label = 'save_plan'")
        record(centre, first, StopResult.BOARDED)
        history.undo_action(centre, planned[0])
        (trip,) = trips_of(centre)
        with centre.reading() as db:
            assert {stop.household_id for stop in stores.stops.where(db, trip_id=trip.id)} == {first, second}

    def test_a_possible_duplicate_holds_nothing(self, session: Session) -> None:
        old = add_household(session, "Яворська")
        action_id = bring(session)
        add_pair(session, old, household_of(session, "Коваль"))
        assert history.undo_action(session, action_id).value.kept == 0
        with session.reading() as db:
            assert stores.pairs.count(db) == 0
            assert [row.id for row in stores.households.all(db)] == [old]

    def test_the_search_text_follows_a_note_that_went_back(self, session: Session) -> None:
        household_id = add_household(session)
        households.edit_household(session, household_id, note="чекає на сина")
        note = newest(session, household_id)
        households.edit_household(session, household_id, pets="коза")
        history.undo_action(session, note)
        with session.reading() as db:
            (row,) = stores.households.where(db, id=household_id)
        assert "чекає" not in row.search_text and "коза" in row.search_text


def newest(session: Session, household_id: str) -> str:
    """The id of the last action on a household."""
    with session.reading() as db:
        return str(db.rows("SELECT action_id FROM change_log WHERE row_id = ? ORDER BY id DESC", (household_id,))[0][0])


class TestImportAgain:
    def test_the_lines_of_an_import_done_again_still_tell_what_it_said(self, session: Session) -> None:
        action_id = bring(session)
        with session.reading() as db:
            lines = stores.batch_lines.all(db)
        history.undo_action(session, action_id)
        history.redo(session)
        with session.reading() as db:
            assert stores.batch_lines.all(db) == lines
        olena = person("Коваль Олена Іванівна", 1981)
        report = imports.preview_list(
            session, people_list(household(olena, MARKO, place="Подоли", decision=Decision.PACKED))
        ).report
        assert (report.rows_updated, report.added.households) == (1, 0)

    def test_an_import_is_taken_back_once(self, session: Session) -> None:
        action_id = bring(session)
        history.undo_action(session, action_id)
        with pytest.raises(UserError) as caught:
            history.undo_action(session, action_id)
        assert caught.value.code == "undo.done"
        history.redo(session)
        history.undo_action(session, action_id)
        assert surnames(session) == []


class TestOrder:
    def test_three_hundred_edits_can_all_be_taken_back(self, session: Session) -> None:
        for number in range(300):
            with session.act("edit_household") as act:
                stores.drivers.add(act.db, [stores.drivers.row(f"driver {number}", "Ігор Приклад")])
        for _ in range(300):
            history.undo(session)
        with session.reading() as db:
            assert stores.drivers.count(db) == 0
        with pytest.raises(UserError):
            history.undo(session)

    def test_a_clock_set_back_does_not_change_the_order(self, session: Session) -> None:
        first = add_household(session, "Коваль")
        session.clock = lambda: utc_now() - timedelta(hours=2)
        add_household(session, "Яворська", house="9")
        history.undo(session)
        with session.reading() as db:
            assert [row.id for row in stores.households.all(db)] == [first]
        history.redo(session)
        assert len(surnames(session)) == 4

    def test_two_sessions_take_back_two_actions(self, session: Session) -> None:
        add_household(session, "Коваль")
        add_household(session, "Яворська", house="9")
        with open_register(session.folder, PASSPHRASE) as other, ThreadPoolExecutor(2) as pool:
            list(pool.map(history.undo, [session, other]))
            assert surnames(session) == []
            history.redo(other)
            history.redo(session)
        assert len(surnames(session)) == 4

    def test_what_would_be_undone_next_is_named(self, session: Session) -> None:
        assert history.next_undo(session) is None
        household_id = add_household(session)
        households.edit_household(session, household_id, pets="коза")
        found = history.next_undo(session)
        assert found is not None and found.label == "edit_household"

    def test_nothing_stays_of_an_undo_that_found_nothing(self, session: Session) -> None:
        with pytest.raises(UserError):
            history.undo(session)
        with session.reading() as db:
            assert db.rows("SELECT label FROM action") == [("create_register",)]


class TestHistoryOfAHousehold:
    @pytest.fixture
    def household_id(self, session: Session) -> str:
        return add_household(session, needs=(Need.STEPS,), phone="0501234567")

    @pytest.mark.parametrize(
        ("step", "told"),
        [
            (
                lambda session, people: households.edit_person(
                    session, people[0], MemberDraft(PersonName("Коваль", "Олена"), needs=frozenset({Need.STRETCHER}))
                ),
                ("need", "kind", "steps", "stretcher"),
            ),
            (
                lambda session, people: households.set_contacts(session, of(session, people), ()),
                ("contact", "raw", "0501234567", ""),
            ),
            (
                lambda session, people: households.remove_person(session, people[1]),
                ("person", "surname", "Коваль Марко", ""),
            ),
        ],
        ids=["need", "phone", "person removed"],
    )
    def test_parts_that_come_and_go_are_told(
        self,
        session: Session,
        household_id: str,
        step: Callable[[Session, list[str]], object],
        told: tuple[str, ...],
    ) -> None:
        people = [person.id for person in household_card(session, household_id).household.people]
        before = len(entries(session, household_id))
        step(session, people)
        found = entries(session, household_id)
        assert len(found) == before + 1
        assert told in [(c.table, c.column, c.old, c.new) for c in found[0].changes]
        assert found[-1].changes == ()


def of(session: Session, people: list[str]) -> str:
    with session.reading() as db:
        return stores.people.where(db, id=people[0])[0].household_id


def entries(session: Session, household_id: str) -> tuple[HistoryEntry, ...]:
    return household_card(session, household_id).history
