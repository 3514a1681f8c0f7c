"""What of a second list counts as a change, what only completes, and what is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Relation, Sex
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import RowStatus
from coordinator.services import history, imports
from coordinator.session import Session
from db import stores
from db.rows import PersonRow
from tests.services.lists import household, people_list, person

OLENA = "Коваленко Олена Іванівна"
BEFORE = household(person(OLENA, 1980), phone="0501112233", note="вагаються", decision=Decision.UNDECIDED)


def second(session: Session, before: IncomingHousehold, after: IncomingHousehold) -> RowStatus:
    """What becomes of `after` where last week's list had `before`."""
    for incoming in (before, after):
        report = imports.apply_import(session, imports.preview_list(session, people_list(incoming))).value
    return report.entries[0].status


def like(name: str = OLENA, born: int | date | None = 1980, phone: str = "0501112233", note: str = "вагаються"):  # type: ignore[no-untyped-def]
    return household(person(name, born), phone=phone, note=note, decision=Decision.UNDECIDED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (like(), like(born=date(1980, 5, 1))),
        (like(name="Коваленко О. І."), like()),
        (like(), like(phone="0501112233, 0679998877")),
        (like(phone=""), like()),
    ],
    ids=["full date for a year", "name for initials", "a second phone", "a phone where there was none"],
)
def test_more_of_the_same_only_completes(session: Session, before: IncomingHousehold, after: IncomingHousehold) -> None:
    assert second(session, before, after) is RowStatus.COMPLETED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (like(born=date(1980, 5, 1)), like()),
        (like(), like(name="Коваленко О. І.")),
        (like(phone="0501112233, 0679998877"), like()),
        (like(name="Ляш Дар'я Іванівна"), like(name="Ляш Дарʼя Іванівна")),
        (like(), like(note="")),
    ],
    ids=["a year for a full date", "initials for a name", "second phone missing", "another apostrophe", "a blank"],
)
def test_less_of_the_same_is_the_same(session: Session, before: IncomingHousehold, after: IncomingHousehold) -> None:
    assert second(session, before, after) is RowStatus.UNCHANGED


@pytest.mark.parametrize(
    "after",
    [
        like(phone="0679998877"),
        like(phone="0679998877, 0501112233"),
        like(note="речі зібрані"),
        like(born=date(1981, 5, 1)),
    ],
    ids=["another first phone", "the first phone moved back", "another note", "another birth year"],
)
def test_what_contradicts_is_a_change(session: Session, after: IncomingHousehold) -> None:
    assert second(session, BEFORE, after) is RowStatus.UPDATED


def test_a_member_fewer_is_a_change_that_writes_nothing(session: Session) -> None:
    both = household(person(OLENA, 1980), person("Коваленко Марко Петрович", 2015))
    assert second(session, both, household(person(OLENA, 1980))) is RowStatus.UPDATED
    with session.reading() as db:
        assert len(stores.people.all(db)) == 2


def test_the_report_counts_households_by_what_becomes_of_them(session: Session) -> None:
    def block(house: str, name: str, phone: str = "", note: str = "") -> IncomingHousehold:
        return household(person(name, 1960), house=house, phone=phone, note=note)

    first = people_list(block("1", "Гук Семен"), block("2", "Рева Анна", "0501112233"), block("3", "Яр Ганна"))
    then = people_list(block("1", "Гук Семен"), block("2", "Рева Анна", "0679998877"), block("4", "Кіт Оля"))
    for incoming in (first, then):
        report = imports.apply_import(session, imports.preview_list(session, incoming)).value
    assert report.to_json()["entries"] == {"new": 1, "changed": 1, "completed": 0, "same": 1, "gone": 1}


def test_undoing_the_second_list_gives_the_register_of_the_first(session: Session) -> None:
    def content() -> list[object]:
        tables = (stores.households, stores.people, stores.contacts, stores.needs, stores.decisions)
        with session.reading() as db:
            return [sorted(store.all(db)) for store in tables]

    imports.apply_import(session, imports.preview_list(session, people_list(BEFORE)))
    first = content()
    after = household(
        person(OLENA, date(1980, 5, 1)), person("Коваленко Марко Петрович", 2015), phone="0679998877",
        note="речі зібрані", decision=Decision.PACKED,
    )  # fmt: skip
    imports.apply_import(session, imports.preview_list(session, people_list(after)))
    assert content() != first
    history.undo(session)
    assert content() == first


def told(
    name: str = OLENA, born: int | date | None = 1980, sex: Sex = Sex.UNKNOWN, relation: Relation = Relation.UNKNOWN
):  # type: ignore[no-untyped-def]
    """Somebody beside the head of the household."""
    one = replace(person(name, born), sex=sex, relation=relation)
    return household(person("Коваленко Петро Ілліч", 1978), one)


@pytest.mark.parametrize(
    ("before", "after", "column", "now"),
    [
        (told("Коваленко Олена Іванівна"), told("Ковалевко Олена Іванівна"), "surname", "Ковалевко"),
        (told(sex=Sex.MALE), told(sex=Sex.FEMALE), "sex", "f"),
        (told(relation=Relation.SIBLING), told(relation=Relation.SPOUSE), "relation", "spouse"),
    ],
    ids=["a letter of the surname", "the sex", "the relation"],
)
def test_what_a_sender_corrects_of_a_person_is_a_change(
    session: Session, before: IncomingHousehold, after: IncomingHousehold, column: str, now: str
) -> None:
    assert second(session, before, after) is RowStatus.UPDATED
    assert getattr(other(session), column) == now


@pytest.mark.parametrize(
    ("before", "by_hand", "after", "stays"),
    [
        (told(), {"birth_year": 1985}, told(born=date(1980, 3, 12)), "1985 1980 1980-03-12"),
        (told("Переяславченко Олена"), {"surname": "Переяславщенко"}, told("Переяславценко Олена"),
         "Переяславщенко Олена Переяславченко Олена Переяславценко Олена"),
        (told(sex=Sex.MALE), {"sex": "f"}, told(sex=Sex.MALE), ""),
    ],
    ids=["a full date for a corrected year", "a corrected surname", "a sex that is only repeated"],
)  # fmt: skip
def test_what_was_corrected_here_stays_and_the_lists_word_is_told(
    session: Session, before: IncomingHousehold, by_hand: dict[str, object], after: IncomingHousehold, stays: str
) -> None:
    imports.apply_import(session, imports.preview_list(session, people_list(before)))
    with session.act("edit_person") as act:
        stores.people.change(act.db, other(session).id, **by_hand)
    held = other(session)
    preview = imports.preview_list(session, people_list(after))
    imports.apply_import(session, preview)
    assert other(session) == held
    told_of = [f"{one.old} {one.base} {one.new}" for one in preview.report.entries[0].kept]
    assert told_of == ([stays] if stays else [])


def other(session: Session) -> PersonRow:
    with session.reading() as db:
        return max(stores.people.all(db), key=lambda row: row.position)
