"""Verbs on households: what they write, that it can be searched, and that it can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from peewee import IntegrityError

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.counts import counts
from coordinator.queries.household import household_card
from coordinator.queries.registry import registry
from coordinator.services import decisions, history, households
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import journal, stores, tables

DAY = date(2023, 8, 15)
OLENA = MemberDraft(PersonName("Ґудзь", "Олена", "Іванівна"), birth=Birth(year=1986))
MARKO = MemberDraft(PersonName("Ґудзь", "Марко"), birth=Birth(on=date(2012, 3, 1)))


def family(session: Session, **values: Any) -> str:
    """Olena and her son Marko in Sadova street."""
    draft = HouseholdDraft(
        settlement_text="Подоли",
        address=Address("Садова", "12", "3"),
        people=(OLENA, MARKO),
        contacts=parse_phones("050 123-45-67"),
        **values,
    )
    return households.add_household(session, draft).value


def contents(session: Session) -> dict[str, list[Any]]:
    """Every journalled table as it is, to compare two moments."""
    with session.reading() as db:
        return {
            model._meta.table_name: sorted(db.rows(f'SELECT * FROM "{model._meta.table_name}"'), key=repr)
            for model in tables.JOURNALLED
        }


def test_a_household_is_there_with_its_members_head_and_phone(session: Session) -> None:
    card = household_card(session, family(session))
    assert [person.name.full for person in card.household.people] == ["Ґудзь Олена Іванівна", "Ґудзь Марко"]
    assert card.household.head_id == card.household.people[0].id
    assert card.household.people[0].relation is Relation.HEAD
    assert card.household.contacts[0].e164 == "+380501234567"
    assert card.household.number == 1


def test_the_table_counts_children_on_the_day(session: Session) -> None:
    family(session)
    (row,) = registry(session, DAY)
    assert (row.people, row.children, row.settlement, row.address) == (2, 1, "Подоли", "Садова, 12, кв. 3")
    (later,) = registry(session, date(2030, 3, 1))
    assert later.children == 0


@pytest.mark.parametrize("words", ["ґудзь", "0501234567", "садова 12", "ПОДОЛИ", "марко"])
def test_search_text_holds_what_people_look_for(session: Session, words: str) -> None:
    family(session)
    (row,) = registry(session, DAY)
    assert all(fold(word) in row.search_text for word in words.split())


def test_editing_keeps_the_search_text_up_to_date(session: Session) -> None:
    household_id = family(session)
    households.edit_household(session, household_id, note="чекає на сина")
    (row,) = registry(session, DAY)
    assert "чекає" in row.search_text


def test_a_blank_first_member_list_is_allowed_and_the_first_to_come_is_the_head(session: Session) -> None:
    household_id = households.add_household(session, HouseholdDraft(settlement_text="Подоли")).value
    person_id = households.add_person(session, household_id, OLENA).value
    assert household_card(session, household_id).household.head_id == person_id


def test_removing_the_head_passes_the_household_on(session: Session) -> None:
    household_id = family(session)
    olena, marko = household_card(session, household_id).household.people
    households.set_escort(session, marko.id, olena.id, "mother")
    households.remove_person(session, olena.id, "з сусідкою")
    household = household_card(session, household_id).household
    assert household.head_id == marko.id
    assert household.people[0].escort_id is None


def test_needs_of_a_person_are_replaced_by_an_edit(session: Session) -> None:
    household_id = family(session)
    olena = household_card(session, household_id).household.people[0]
    households.edit_person(session, olena.id, MemberDraft(OLENA.name, needs=frozenset({Need.WHEELCHAIR})))
    households.edit_person(session, olena.id, MemberDraft(OLENA.name, needs=frozenset({Need.STEPS})))
    assert household_card(session, household_id).household.people[0].needs == {Need.STEPS}


def test_leaving_by_themselves_counts_persons_apart_and_a_correction_takes_it_back(session: Session) -> None:
    household_id = family(session)
    decisions.decide(session, household_id, Decision.LEFT_THEMSELVES, on=DAY)
    found = counts(session)
    assert (found.people, found.self_evacuated, found.self_children, found.by_all_known) == (0, 2, 1, 2)
    decisions.decide(session, household_id, Decision.PACKED)
    assert counts(session).self_evacuated == 0


def test_evacuated_is_not_a_thing_to_choose(session: Session) -> None:
    household_id = family(session)
    with pytest.raises(UserError):
        decisions.decide(session, household_id, Decision.EVACUATED)
    assert household_card(session, household_id).household.decision is Decision.NOT_ASKED


def test_people_with_events_stay_in_the_register(session: Session) -> None:
    household_id = family(session)
    decisions.decide(session, household_id, Decision.LEFT_THEMSELVES, on=DAY)
    with pytest.raises(UserError) as caught:
        households.remove_household(session, household_id)
    assert caught.value.code == "household.has_events"
    assert counts(session).self_evacuated == 2


def test_undo_and_redo_restore_every_field(session: Session) -> None:
    household_id = family(session)
    states = [contents(session)]
    steps = [
        lambda: households.edit_household(session, household_id, note="дзвонити після 18:00"),
        lambda: decisions.decide(session, household_id, Decision.PACKED),
        lambda: households.set_contacts(session, household_id, parse_phones("067 000 00 01")),
        lambda: decisions.decide(session, household_id, Decision.LEFT_THEMSELVES, on=DAY),
    ]
    for step in steps:
        step()
        states.append(contents(session))
    for state in reversed(states[:-1]):
        history.undo(session)
        assert contents(session) == state
    for state in states[1:]:
        history.redo(session)
        assert contents(session) == state


def test_a_deleted_household_comes_back_whole(session: Session) -> None:
    household_id = family(session)
    before = contents(session)
    households.remove_household(session, household_id)
    assert registry(session, DAY) == []
    history.undo(session)
    assert contents(session) == before


def test_the_number_of_a_deleted_household_is_not_given_again(session: Session) -> None:
    households.remove_household(session, family(session))
    family(session)
    assert [row.number for row in registry(session, DAY)] == [2]


def test_nothing_to_undo_is_a_sentence(session: Session) -> None:
    with pytest.raises(UserError) as caught:
        history.undo(session)
    assert caught.value.code == "undo.nothing"


def test_an_undo_keeps_what_somebody_changed_since(session: Session) -> None:
    household_id = family(session)
    decided = decisions.decide(session, household_id, Decision.PACKED)
    assert decided.change.touched & Touched.DECISIONS
    with session.reading() as db:
        action = next(row for row in journal.actions(db) if row.label == "decide")
    decisions.decide(session, household_id, Decision.REFUSED, reason="не хоче")
    undone = history.undo_action(session, action.id)
    assert undone.value.kept
    assert household_card(session, household_id).household.decision is Decision.REFUSED


def test_the_history_names_field_old_and_new(session: Session) -> None:
    household_id = family(session)
    households.edit_household(session, household_id, pets="кіт")
    newest = household_card(session, household_id).history[0]
    assert newest.label == "edit_household"
    assert [(change.column, change.old, change.new) for change in newest.changes] == [("pets", "", "кіт")]


def test_the_database_refuses_a_write_outside_an_action(session: Session) -> None:
    family(session)
    with pytest.raises(IntegrityError, match="write outside an action"):
        tables.Household.update(note="x").execute(session._writer)


def test_an_action_that_fails_leaves_nothing_and_tells_nobody(session: Session) -> None:
    heard: list[Change] = []
    session.add_listener(heard.append)
    before = contents(session)
    with pytest.raises(RuntimeError), session.act("add_household") as act:
        stores.households.add(act.db, [stores.households.row(id="a", number=1)])
        raise RuntimeError
    assert contents(session) == before
    assert heard == []


def test_listeners_hear_what_was_touched(session: Session) -> None:
    heard: list[Change] = []
    stop = session.add_listener(heard.append)
    household_id = family(session)
    stop()
    households.edit_household(session, household_id, note="тиша")
    assert [change.households for change in heard] == [frozenset({household_id})]
