"""Our own workbooks read back: no family twice, nothing changed that nobody changed, numbers alone no proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import Address, Contact, Household
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.exchange.report import ImportReport, News
from coordinator.exchange.wanted import Chosen, Wanted
from coordinator.queries.household import load_households
from coordinator.queries.reading import open_list
from coordinator.register import create_register
from coordinator.services import decisions, duplicates, gazetteer, households, imports
from coordinator.services.exports import ExportKind, export, send
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from resources import i18n
from tests.conftest import PASSPHRASE
from tests.exchange.told import told
from tests.services.lists import household, people_list, person, requests

CHILD_WITHOUT_NAME = MemberDraft(birth=Birth(stated_child=True), relation=Relation.CHILD)


@pytest.fixture
def session(seeded: Session) -> Session:
    return seeded


def all_households(session: Session) -> list[Household]:
    with session.reading() as db:
        return load_households(db, [row.id for row in stores.households.all(db) if row.merged_into is None])


def by_name(session: Session, surname: str) -> Household:
    return next(one for one in all_households(session) if any(p.name.surname == surname for p in one.people))


@pytest.mark.parametrize("kind", [ExportKind.DAILY_SUMMARY, ExportKind.COVERAGE])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_workbook_that_only_counts_brings_nobody(
    session: Session, tmp_path: Path, kind: ExportKind, language: str
) -> None:
    from_lists(session)
    with i18n.speaking(language):
        path = exported(session, tmp_path / "counts.xlsx", kind)
    before = state(session)
    with pytest.raises(UserError) as caught:
        open_list(session, path, session.today())
    assert told(caught.value).startswith(f"counts.xlsx is our own export No. 1 of {session.today():%d.%m.%Y}: it only")
    book = load_workbook(path)
    del book[book.sheetnames[-1]]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)  # as another office would have made it: no mark tells whose it is
    found = open_list(session, path, session.today())
    assert found.survey.kind is None and "ask.no_list" in [question.code for question in found.questions]
    assert state(session) == before


def test_a_recipients_own_columns_without_our_numbers_come_back_as_the_same_households(
    session: Session, tmp_path: Path
) -> None:
    listed = people_list(
        household(person("Коваленко Олена Іванівна", date(1980, 5, 1)), person("Коваленко М. П.", 2012)),
        household(person("Рак Остап"), place="Соболівка", house="9"),
    )
    called = household(person("Крук Ніна"), person("", "дитина"), place="Подоли", house="77", phone="0509990000")
    for incoming in (listed, requests(called)):
        imports.apply_import(session, imports.preview_list(session, incoming))
    columns = tuple(map(Chosen, ("number", "surname", "given", "patronymic", "birth", "whole_address", "phones")))
    wanted = Wanted(ExportKind.PEOPLE, session.today(), recipient="Область", columns=columns)
    path = send(session, wanted, tmp_path / "oblast.xlsx").value.path
    before = all_households(session)
    report = imports.preview_import(session, path).report
    assert (report.rows_added, report.missed, report.possible_duplicates) == (0, (), ())
    assert not report.writes, [entry.news for entry in report.entries]
    book = load_workbook(path)
    row = next(row for row in book.worksheets[0].iter_rows() if row[1].value == "Крук")
    row[6].value = "0509991111"
    book.save(path)
    bring_back(session, path)
    assert [one.number for one in all_households(session)] == [one.number for one in before]
    assert "+380509991111" in [contact.e164 for contact in by_name(session, "Крук").contacts]


def bring_back(session: Session, path: Path) -> ImportReport:
    return imports.apply_import(session, imports.preview_import(session, path)).value


def exported(session: Session, path: Path, kind: ExportKind = ExportKind.PEOPLE) -> Path:
    export(session, kind, path, session.today())
    return path


def from_lists(session: Session) -> None:
    """Families that lists brought, corrected by hand since."""
    olena = replace(person("Коваленко Олена Іванівна", date(1980, 5, 1)), needs_raw="2 група", note="вчителька")
    listed = people_list(
        household(olena, person("Коваленко М. П.", 2012), phone="050 111 22 33, не пам'ятає", note="відмова"),
        household(person("Гук Семен Юхимович", 1950, Need.WHEELCHAIR), house="14", note="чоловік залишається 16.08"),
        household(person("Бойко Ганна Львівна"), place="Вигадане Друге", house="3", decision=Decision.PACKED),
        household(person("Рак Остап"), place="Піщане", street=""),
    )
    called = household(person("Марія"), person("", "дорослий"), person("", "дитина"), house="20", phone="067 999 88 77")
    for incoming in (listed, requests(called, household(person("Олена"), phone="0501112233"))):
        imports.apply_import(session, imports.preview_list(session, incoming))
    with session.reading() as db:
        (pair,) = stores.pairs.all(db)
    duplicates.same(session, pair.id)
    olena_home = by_name(session, "Коваленко")
    households.edit_household(session, olena_home.id, note="злий пес; дзвонити двічі", pets="2 коти")
    decisions.decide(session, olena_home.id, Decision.WANTS_PICKUP, wants_on=date(2023, 8, 16))
    households.set_head(session, olena_home.people[1].id)
    guk = by_name(session, "Гук")
    aged = MemberDraft(split_name("Гук Семен Юхимович"), birth=Birth(year=1951), needs=frozenset({Need.STRETCHER}))
    households.edit_person(session, guk.people[0].id, aged)
    decisions.record_departure(session, guk.id, EventKind.BY_US, session.today())


def by_hand(session: Session) -> None:
    """Households typed at the telephone: incomplete, and in ways that no list has."""
    old = Birth(age=70, age_on=session.today() - timedelta(days=800))
    drafts = [
        HouseholdDraft(settlement_text="", contacts=(Contact("у сусідки", ""),), people=(CHILD_WITHOUT_NAME,) * 2),
        HouseholdDraft(settlement_text="десь", address=Address(text="хата за ставком (синя)"), people=(MemberDraft(),)),
        HouseholdDraft(people=(MemberDraft(PersonName(patronymic="Львівна"), birth=old), CHILD_WITHOUT_NAME)),
        HouseholdDraft(
            address=Address("вул. Лісова", "5-А", "2", "", "біля школи"),
            contacts=parse_phones("+48 601 100 200 (донька), 057 123 45 67"),
            people=(
                MemberDraft(PersonName("Голова", "Ганна"), Sex.FEMALE, Birth(age=40, age_on=session.today())),
                MemberDraft(PersonName("Голова", "Ганна"), needs=frozenset({Need.INFANT, Need.STEPS})),
                MemberDraft(PersonName("Де Ля Крус", "Хуан Марія"), birth=Birth(raw="31.02"), note="хоче виїхати"),
            ),
            note="один відмовляється",
        ),
    ]
    for draft in drafts:
        households.add_household(session, draft)


def state(session: Session) -> tuple[list[Household], int]:
    with session.reading() as db:
        return all_households(session), len(stores.decisions.all(db))


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("kind", [ExportKind.PEOPLE, ExportKind.HOUSEHOLDS])
def test_what_went_out_changes_nothing_when_it_comes_back(
    session: Session, tmp_path: Path, kind: ExportKind, language: str
) -> None:
    from_lists(session)
    by_hand(session)
    i18n.set_language(language)
    path = exported(session, tmp_path / "out.xlsx", kind)
    i18n.set_language("en")
    before = state(session)
    report = bring_back(session, path)
    told: list[News] = [news for entry in report.entries for news in entry.news]
    assert not told and report.added.households == report.added.people == 0
    assert not report.writes and not report.rows_rejected and not report.possible_duplicates
    assert report.rows_unchanged == report.rows_read and state(session) == before


def edit(path: Path, header: str, row: int, value: object) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    sheet.cell(row, column, value)
    book.save(path)


def test_what_somebody_changed_in_the_file_is_news_and_the_next_list_is_compared_with_its_own(
    session: Session, tmp_path: Path
) -> None:
    listed = household(person("Коваленко Олена Іванівна"), phone="0501112233", note="вагаються")
    imports.apply_import(session, imports.preview_list(session, people_list(listed)))
    path = exported(session, tmp_path / "out.xlsx")
    edit(path, "Phone", 2, "050 111 22 33, 067 999 88 77")
    edit(path, "Date of birth", 2, date(1980, 5, 1))
    report = bring_back(session, path)
    (one,) = all_households(session)
    assert {news.field for news in report.entries[0].news} == {"phone", "birth"}
    assert len(one.contacts) == 2 and one.people[0].birth.on == date(1980, 5, 1)
    households.edit_household(session, one.id, note="злий пес")
    again = people_list(listed, household(person("Гук Семен"), house="3"))
    imports.apply_import(session, imports.preview_list(session, again))
    assert all_households(session)[0].note == "злий пес"


def test_a_number_alone_is_no_proof(session: Session, tmp_path: Path) -> None:
    with create_register(tmp_path / "other", PASSPHRASE) as other:
        gazetteer.seed(other)
        strangers = household(person("Гук Семен Юхимович"), house="99", phone="0631112233")
        imports.apply_import(other, imports.preview_list(other, people_list(strangers)))
        path = exported(other, tmp_path / "other.xlsx")
    listed = household(person("Коваленко Олена Іванівна"), phone="0501112233")
    imports.apply_import(session, imports.preview_list(session, people_list(listed)))
    assert bring_back(session, path).added.households == 1
    assert [one.people[0].name.surname for one in all_households(session)] == ["Коваленко", "Гук"]


def test_a_workbook_of_yesterday_does_not_undo_a_word_of_today(session: Session, tmp_path: Path) -> None:
    listed = household(person("Коваленко Олена Іванівна"), note="відмова", decision=Decision.REFUSED)
    imports.apply_import(session, imports.preview_list(session, people_list(listed)))
    path = exported(session, tmp_path / "out.xlsx")
    (one,) = all_households(session)
    decisions.decide(session, one.id, Decision.PACKED)
    households.edit_household(session, one.id, note="речі зібрані")
    bring_back(session, path)
    assert (all_households(session)[0].decision, all_households(session)[0].note) == (Decision.PACKED, "речі зібрані")
