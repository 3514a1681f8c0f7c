"""What became of those whom a list no longer names: said by a person, counted, undone, and never a deletion."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.missing import Answer
from coordinator.errors import UserError
from coordinator.queries.missing import open_missing
from coordinator.services import decisions, duplicates, history, imports
from coordinator.services.missing import answer_missing
from coordinator.session import Session
from db import stores
from tests.builders import add_pair, decision_of
from tests.services.lists import household, people_list, person

OLENA, MARKO = "Коваленко Олена Іванівна", "Коваленко Марко Петрович"
DAY = date(2023, 8, 12)


@pytest.fixture
def missing(session: Session) -> dict[str, str]:
    """The question about Марко, of whose family the others stay in the list, and about the Гук household."""
    family = household(person(OLENA, 1980), person(MARKO, 2015))
    other = household(person("Гук Семен"), person("Гук Ганна"), house="2")
    stay = household(person("Рева Анна"), house="3")
    for blocks in ((family, other, stay), (household(person(OLENA, 1980)), stay)):
        imports.apply_import(session, imports.preview_list(session, people_list(*blocks)))
    return {
        view.name.split()[0] + ("" if view.person_id is None else " member"): view.id for view in open_missing(session)
    }


def events(session: Session) -> list[tuple[str, date]]:
    with session.reading() as db:
        return [(event.kind, event.occurred_on) for event in stores.events.all(db) if not event.voided]


def household_of(session: Session, missing_id: str) -> str:
    with session.reading() as db:
        row = stores.missing.get(db, missing_id)
    assert row is not None
    return row.household_id


def test_the_list_names_households_and_members_with_the_file(session: Session, missing: dict[str, str]) -> None:
    views = {view.name: view for view in open_missing(session)}
    assert set(missing) == {"Гук", "Коваленко member"}
    assert views["Гук Семен"].people == 2 and views[MARKO].people == 1
    assert views["Гук Семен"].file.startswith("list-") and views["Гук Семен"].list_on == date(2023, 8, 14)


def test_those_who_left_with_us_are_counted_on_their_day_and_undo_asks_again(
    session: Session, missing: dict[str, str]
) -> None:
    assert answer_missing(session, [missing["Гук"]], Answer.WITH_US, DAY).value == 1
    assert events(session) == [(EventKind.BY_US, DAY)] * 2
    assert decision_of(session, household_of(session, missing["Гук"])) is Decision.EVACUATED
    assert [view.id for view in open_missing(session)] == [missing["Коваленко member"]]
    history.undo(session)
    assert len(open_missing(session)) == 2 and not events(session)


def test_a_member_leaves_alone_and_the_family_stays(session: Session, missing: dict[str, str]) -> None:
    answer_missing(session, [missing["Коваленко member"]], Answer.LEFT_THEMSELVES, DAY)
    assert events(session) == [(EventKind.LEFT_THEMSELVES, DAY)]
    assert decision_of(session, household_of(session, missing["Коваленко member"])) is Decision.NOT_ASKED


@pytest.mark.parametrize("answer", [Answer.MOVED, Answer.LIST_MISTAKE, Answer.ASK])
def test_other_answers_change_nothing_of_the_household(
    session: Session, missing: dict[str, str], answer: Answer
) -> None:
    with session.reading() as db:
        before = [sorted(store.all(db)) for store in (stores.households, stores.people, stores.events)]
    answer_missing(session, list(missing.values()), answer)
    with session.reading() as db:
        assert [sorted(store.all(db)) for store in (stores.households, stores.people, stores.events)] == before
    waiting = open_missing(session)
    assert [view.asked for view in waiting] == ([True, True] if answer is Answer.ASK else [])


def test_what_somebody_answered_meanwhile_is_told_and_all_is_kept(session: Session, missing: dict[str, str]) -> None:
    answer_missing(session, [missing["Гук"]], Answer.MOVED)
    with pytest.raises(UserError, match=r"missing\.decided"):
        answer_missing(session, list(missing.values()), Answer.LEFT_THEMSELVES, DAY)
    assert not events(session)


def test_who_has_left_by_now_is_no_question_and_counts_once(session: Session, missing: dict[str, str]) -> None:
    decisions.record_departure(session, household_of(session, missing["Гук"]), EventKind.BY_US, DAY)
    assert [view.id for view in open_missing(session)] == [missing["Коваленко member"]]
    answer_missing(session, [missing["Гук"]], Answer.WITH_US, DAY)
    assert len(events(session)) == 2


def test_undoing_the_import_names_the_household_whose_answer_stays(session: Session, missing: dict[str, str]) -> None:
    answer_missing(session, [missing["Гук"]], Answer.MOVED)
    with session.reading() as db:
        batch = max(stores.batches.all(db), key=lambda row: row.id)
    undone = history.undo_action(session, str(batch.summary["action_id"])).value
    assert undone.kept == 1 and undone.households == (2,)
    with session.reading() as db:
        assert [row.state for row in stores.missing.all(db)] == [Answer.MOVED]


def test_a_joined_household_takes_its_question_along(session: Session, missing: dict[str, str]) -> None:
    with session.reading() as db:
        (reva,) = [p.household_id for p in stores.people.where(db, surname="Рева")]
    duplicates.same(session, add_pair(session, household_of(session, missing["Гук"]), reva))
    assert {view.id for view in open_missing(session)} == set(missing.values())
