"""A list meets what was decided and typed by hand since the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coordinator.domain import memory
from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Household
from coordinator.exchange.incoming import IncomingList
from coordinator.exchange.report import ImportReport
from coordinator.queries.household import load_households
from coordinator.services import decisions, households, imports
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from db import stores
from tests.services.lists import household, people_list, person

HEAD = person("Коваленко Олена Іванівна", date(1980, 5, 1))


@pytest.fixture
def session(seeded: Session) -> Session:
    return seeded


def bring(session: Session, incoming: IncomingList) -> ImportReport:
    return imports.apply_import(session, imports.preview_list(session, incoming)).value


def only(session: Session) -> Household:
    with session.reading() as db:
        (one,) = load_households(db, [row.id for row in stores.households.all(db)])
    return one


def codes(report: ImportReport) -> set[str]:
    return {remark.code for remark in report.warnings}


def test_a_list_of_an_earlier_day_does_not_overrule_a_word_of_today(session: Session) -> None:
    bring(session, people_list(household(HEAD, note="вагаються", decision=Decision.UNDECIDED)))
    decisions.decide(session, only(session).id, Decision.PACKED)
    refuses = household(HEAD, note="відмова", decision=Decision.REFUSED)
    report = bring(session, people_list(refuses, on=session.today() - timedelta(days=1)))
    assert only(session).decision is Decision.PACKED and "import.decision_older" in codes(report)
    bring(session, people_list(replace(refuses, note="відмова, двічі питали"), on=session.today()))
    assert only(session).decision is Decision.REFUSED


def test_notes_typed_by_hand_stay_beside_the_news_of_a_list(session: Session) -> None:
    bring(session, people_list(household(replace(HEAD, note="хвора"), note="вагаються")))
    one = only(session)
    households.edit_household(session, one.id, note="вагаються; злий пес", pets="пес")
    draft = MemberDraft(one.people[0].name, birth=one.people[0].birth, note="має окуляри")
    households.edit_person(session, one.people[0].id, draft)
    bring(session, people_list(replace(household(replace(HEAD, note="кашляє"), note="відмова"), pets="кіт")))
    after = only(session)
    assert (after.note, after.pets, after.people[0].note) == ("відмова; злий пес", "пес; кіт", "має окуляри; кашляє")
    bring(session, people_list(household(HEAD, note="готові")))
    assert only(session).note == "готові; злий пес"


def test_a_value_corrected_by_hand_stays_and_the_word_of_the_list_is_told(session: Session) -> None:
    bring(session, people_list(replace(household(HEAD), destination_wish="Харків")))
    one = only(session)
    households.edit_household(session, one.id, destination_wish="Полтава")
    households.set_address(session, one.id, Address("Лісова", "7"))
    other_birth = person("Коваленко Олена Іванівна", date(1982, 5, 1))
    corrected = MemberDraft(HEAD.name, birth=replace(HEAD.birth, on=date(1981, 5, 1)))
    households.edit_person(session, one.people[0].id, corrected)
    moved = household(other_birth, house="3", phone="0501112233")
    first = replace(household(HEAD, phone="0501112233"), destination_wish="Харків")
    bring(session, people_list(first))
    report = bring(session, people_list(replace(moved, destination_wish="Львів")))
    after = only(session)
    assert (after.destination_wish, after.address.line) == ("Полтава", "Лісова, 7")
    assert after.people[0].birth.on == date(1981, 5, 1)
    told = {str(remark.facts["new"]) for remark in report.warnings if remark.code == "import.hand_kept"}
    assert told == {"Львів", "Садова, 3", "1982-05-01"}


def test_no_name_or_address_stays_in_memory_after_an_import(session: Session) -> None:
    for note in ("вагаються", "відмова"):
        bring(session, people_list(household(HEAD, person("Коваленко Марко"), note=note)))
    assert memory.remembering() == 0
