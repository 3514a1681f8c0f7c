"""One earlier value of the history is put back, with what belongs to it, and the rules are asked again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.queries.history import FieldChange
from coordinator.queries.household import household_card
from coordinator.services import decisions, duplicates, history, households
from coordinator.services.earlier_values import restore_value
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from db import stores
from tests.builders import add_household, add_pair, decision_of, person_ids


@pytest.fixture
def household_id(session: Session) -> str:
    return add_household(session, needs=(Need.STEPS,), phone="0501234567")


def changes(session: Session, household_id: str) -> list[FieldChange]:
    """All lines of the household's history, newest first."""
    return [change for entry in household_card(session, household_id).history for change in entry.changes]


def line(session: Session, household_id: str, table: str, column: str) -> FieldChange:
    found = [one for one in changes(session, household_id) if (one.table, one.column) == (table, column)]
    assert found, f"no line for {table}.{column}"
    return found[0]


def put_back(session: Session, household_id: str, table: str, column: str) -> None:
    change = line(session, household_id, table, column)
    assert change.restorable
    restore_value(session, change.change_id, change.column)


def search_text(session: Session, household_id: str) -> str:
    with session.reading() as db:
        return stores.households.where(db, id=household_id)[0].search_text


class TestHousehold:
    def test_a_note_goes_back_and_is_found_by_the_search_again(self, session: Session, household_id: str) -> None:
        households.edit_household(session, household_id, note="чекає на сина")
        households.edit_household(session, household_id, note="поїхали")
        put_back(session, household_id, "household", "note")
        assert household_card(session, household_id).household.note == "чекає на сина"
        assert "чекає" in search_text(session, household_id)

    def test_one_field_of_an_address_goes_back_alone(self, session: Session, household_id: str) -> None:
        households.set_address(session, household_id, Address("вул. Лісова", "7"))
        put_back(session, household_id, "household", "house")
        address = household_card(session, household_id).household.address
        assert (address.street, address.house) == ("вул. Лісова", "1")

    def test_the_action_is_named_and_is_itself_undone(self, session: Session, household_id: str) -> None:
        households.edit_household(session, household_id, pets="коза")
        put_back(session, household_id, "household", "pets")
        target = history.next_undo(session)
        assert target is not None and target.label == "restore_value"
        assert target.facts == {"number": 1, "field": "household.pets"}
        history.undo(session)
        assert household_card(session, household_id).household.pets == "коза"

    def test_a_value_that_stands_already_is_not_offered_and_refused(self, session: Session, household_id: str) -> None:
        households.edit_household(session, household_id, pets="коза")
        change = line(session, household_id, "household", "pets")
        households.edit_household(session, household_id, pets="")
        with pytest.raises(UserError, match=r"history\.same"):
            restore_value(session, change.change_id, "pets")
        assert not [one for one in changes(session, household_id) if one.restorable and one.old == ""]

    def test_a_head_goes_back_with_the_relation(self, session: Session, household_id: str) -> None:
        olena, marko = person_ids(session, household_id)
        households.set_head(session, marko)
        put_back(session, household_id, "household", "head_id")
        household = household_card(session, household_id).household
        assert household.head_id == olena
        assert [person.relation for person in household.people] == [Relation.HEAD, Relation.SPOUSE]

    def test_a_merge_is_undone_whole_and_not_field_by_field(self, session: Session, household_id: str) -> None:
        other = add_household(session, "Гук", house="9")
        duplicates.same(session, add_pair(session, household_id, other))
        with session.reading() as db:
            sql = "SELECT id FROM change_log WHERE row_id = ? AND json_extract(fields, '$.merged_into') IS NOT NULL"
            change_id = db.rows(sql, (other,))[0][0]
        with pytest.raises(UserError, match=r"household\.gone"):
            restore_value(session, change_id, "merged_into")

    def test_a_deleted_household_takes_its_values_along(self, session: Session, household_id: str) -> None:
        households.edit_household(session, household_id, pets="коза")
        change = line(session, household_id, "household", "pets")
        households.remove_household(session, household_id)
        with pytest.raises(UserError, match=r"household\.gone"):
            restore_value(session, change.change_id, "pets")


class TestDecision:
    def test_a_decision_goes_back_with_its_reason_and_a_line_of_its_own(
        self, session: Session, household_id: str
    ) -> None:
        decisions.decide(session, household_id, Decision.REFUSED, reason="чекає на сина")
        decisions.decide(session, household_id, Decision.UNDECIDED)
        put_back(session, household_id, "household", "decision")
        card = household_card(session, household_id)
        assert card.household.decision is Decision.REFUSED
        assert card.decisions[0].reason == "чекає на сина" and len(card.decisions) == 4

    def test_a_departure_goes_back_to_its_own_day_and_counts_once(self, session: Session, household_id: str) -> None:
        day = session.today() - timedelta(days=3)
        decisions.decide(session, household_id, Decision.LEFT_THEMSELVES, on=day)
        decisions.decide(session, household_id, Decision.PACKED)
        put_back(session, household_id, "household", "decision")
        events = [event for event in household_card(session, household_id).events if not event.voided]
        assert [event.occurred_on for event in events] == [day, day]
        assert decision_of(session, household_id) is Decision.LEFT_THEMSELVES

    def test_an_evacuation_by_a_trip_is_not_put_back_by_hand(self, session: Session, household_id: str) -> None:
        with session.act("test") as act:
            decisions.set_decision(act, household_id, Decision.EVACUATED)
            decisions.set_decision(act, household_id, Decision.PACKED)
        with session.act("test") as act:
            decisions.set_decision(act, household_id, Decision.EVACUATED)
        with session.act("test") as act:
            decisions.set_decision(act, household_id, Decision.PACKED)
        change = line(session, household_id, "household", "decision")
        with pytest.raises(UserError, match=r"decision\.evacuated_by_trip"):
            restore_value(session, change.change_id, "decision")

    def test_the_wished_day_goes_back_alone(self, session: Session, household_id: str) -> None:
        for day in (date(2023, 8, 15), date(2023, 8, 17)):
            decisions.decide(session, household_id, Decision.WANTS_PICKUP, wants_on=day)
        put_back(session, household_id, "household", "wants_on")
        household = household_card(session, household_id).household
        assert (household.decision, household.wants_on) == (Decision.WANTS_PICKUP, date(2023, 8, 15))


class TestPeople:
    def test_a_name_goes_back_and_the_alphabet_follows(self, session: Session, household_id: str) -> None:
        olena = person_ids(session, household_id)[0]
        with session.reading() as db:
            before = stores.people.where(db, id=olena)[0]
        households.edit_person(session, olena, MemberDraft(PersonName("Ярош", "Олена"), relation=Relation.HEAD))
        put_back(session, household_id, "person", "surname")
        with session.reading() as db:
            after = stores.people.where(db, id=olena)[0]
            keys = stores.households.where(db, id=household_id)[0].sort_key
        assert (after.surname, after.sort_key, keys) == ("Коваль", before.sort_key, before.sort_key)
        assert "коваль" in search_text(session, household_id)

    def test_all_that_was_said_of_a_birth_goes_back_together(self, session: Session, household_id: str) -> None:
        olena = person_ids(session, household_id)[0]
        name = PersonName("Коваль", "Олена")
        said = Birth(year=1975, raw="1975 р.н.")
        households.edit_person(session, olena, MemberDraft(name, birth=said))
        households.edit_person(session, olena, MemberDraft(name, birth=Birth(on=date(1976, 5, 1), raw="01.05.1976")))
        put_back(session, household_id, "person", "birth_on")
        assert household_card(session, household_id).household.people[0].birth == said

    def test_needs_go_back_as_they_were(self, session: Session, household_id: str) -> None:
        olena = person_ids(session, household_id)[0]
        name = PersonName("Коваль", "Олена")
        households.edit_person(session, olena, MemberDraft(name, needs=frozenset({Need.STRETCHER, Need.POWER})))
        put_back(session, household_id, "need", "kind")
        assert household_card(session, household_id).household.people[0].needs == {Need.STEPS}

    def test_somebody_taken_off_comes_back_with_needs(self, session: Session, household_id: str) -> None:
        olena, marko = person_ids(session, household_id)
        households.remove_person(session, olena)
        change = line(session, household_id, "person", "surname")
        assert change.whole and (change.old, change.new) == ("Коваль Олена", "")
        restore_value(session, change.change_id, "surname")
        household = household_card(session, household_id).household
        back = next(person for person in household.people if person.id == olena)
        assert back.needs == {Need.STEPS}
        assert household.head_id == marko and back.relation is Relation.SPOUSE, "who is head now stays it"
        with pytest.raises(UserError, match=r"history\.same"):
            restore_value(session, change.change_id, "surname")

    def test_the_history_of_one_person_is_told_by_name(self, session: Session, household_id: str) -> None:
        olena, marko = person_ids(session, household_id)
        households.edit_person(session, marko, MemberDraft(PersonName("Коваль", "Марко"), documents="паспорт"))
        of_marko = [one for one in changes(session, household_id) if one.person_id == marko]
        assert ("documents", "паспорт", "Коваль Марко") in [(one.column, one.new, one.person) for one in of_marko]
        assert not [one for one in of_marko if one.person_id == olena]

    def test_an_escort_who_is_gone_is_not_named_again(self, session: Session, household_id: str) -> None:
        olena, marko = person_ids(session, household_id)
        households.set_escort(session, marko, olena, "мати")
        households.set_escort(session, marko, None, reason="їде сам")
        change = line(session, household_id, "person", "escort_id")
        households.remove_person(session, olena)
        with pytest.raises(UserError, match=r"person\.gone"):
            restore_value(session, change.change_id, "escort_id")


class TestPhones:
    def test_a_phone_that_was_replaced_comes_back_in_its_place(self, session: Session, household_id: str) -> None:
        households.set_contacts(session, household_id, parse_phones("0671112233, 0501234567"))
        households.set_contacts(session, household_id, parse_phones("0931112233"))
        put_back(session, household_id, "contact", "raw")
        contacts = household_card(session, household_id).household.contacts
        assert [contact.e164 for contact in contacts] == ["+380671112233", "+380501234567"]
        assert "0671112233" in search_text(session, household_id)
        assert "0931112233" not in search_text(session, household_id)

    def test_phones_that_were_all_taken_off_come_back(self, session: Session, household_id: str) -> None:
        households.set_contacts(session, household_id, ())
        put_back(session, household_id, "contact", "raw")
        assert [c.e164 for c in household_card(session, household_id).household.contacts] == ["+380501234567"]
        taken_off = [one for one in changes(session, household_id) if one.table == "contact" and not one.new]
        assert [one.restorable for one in taken_off] == [False]
