"""A list of ours that comes back while we went on: what they changed, what we changed, and what both did."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import Address, Household
from coordinator.domain.person import Birth, Need, Person, PersonName, Relation, Sex
from coordinator.domain.phones import parse_phones
from coordinator.exchange.report import Entry, News
from coordinator.exchange.wanted import Chosen, ExportKind, Only, Recipient, Wanted
from coordinator.queries.export_content import columns_of, template_of
from coordinator.queries.household import load_households
from coordinator.queries.reading import open_list
from coordinator.register import create_register, open_register
from coordinator.services import decisions, duplicates, gazetteer, history, households, imports
from coordinator.services.exports import send
from coordinator.services.recipients import save_recipient
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from tests.builders import DAY, add_household, add_pair
from tests.conftest import PASSPHRASE
from tests.exchange.told import told

EVERYTHING = tuple(Chosen(column.key) for column in columns_of(ExportKind.PEOPLE) if column.key not in (
    "number", "full_name", "birth", "year", "whole_address", "street", "house", "flat", "katottg",
))  # fmt: skip
OLENA = PersonName("Коваленко", "Олена", "Іванівна")


@pytest.fixture(autouse=True)
def family(session: Session) -> str:
    """Olena, born in 1980, and her mother, who walks badly; Садова 12; undecided; a cat."""
    gazetteer.seed(session)
    draft = HouseholdDraft(
        settlement_text="Ківшарівка",
        address=Address("Садова", "12"),
        people=(
            MemberDraft(OLENA, Sex.FEMALE, Birth(year=1980), Relation.HEAD),
            MemberDraft(PersonName("Гук", "Ганна", "Львівна"), birth=Birth(age=70, age_on=DAY), note="глуха",
                        needs=frozenset({Need.STEPS})),
        ),
        contacts=parse_phones("0501112233"),
        decision=Decision.UNDECIDED,
        pets="кіт",
        note="дзвонити ввечері",
    )  # fmt: skip
    return households.add_household(session, draft).value


class List:
    """A workbook that left; `change` edits a cell as somebody does in Excel, `back` is what the import would do."""

    def __init__(self, session: Session, path: Path, wanted: Wanted | None = None) -> None:
        self.session = session
        self.path = send(session, wanted or Wanted(ExportKind.PEOPLE, DAY, columns=EVERYTHING), path).value.path

    def change(self, header: str, value: object, row: int = 2) -> None:
        book = load_workbook(self.path)
        page = book.worksheets[0]
        column = next(cell.column for cell in page[1] if cell.value == header)
        page.cell(row, column).value = value
        book.save(self.path)

    def drop(self, row: int) -> None:
        book = load_workbook(self.path)
        book.worksheets[0].delete_rows(row)
        book.save(self.path)

    def back(self) -> imports.ImportPreview:
        return imports.preview_import(self.session, self.path)

    def entry(self) -> Entry:
        (entry,) = self.back().report.entries
        return entry


@pytest.fixture
def sent(session: Session, family: str, tmp_path: Path) -> List:
    return List(session, tmp_path / "list.xlsx")


def held(session: Session, household_id: str) -> Household:
    with session.reading() as db:
        return load_households(db, [household_id])[0]


def person(session: Session, household_id: str, at: int = 0) -> Person:
    return held(session, household_id).people[at]


def edited(session: Session, household_id: str, at: int = 0, **changes: object) -> None:
    """Somebody of the centre changes a person."""
    one = person(session, household_id, at)
    now = {name: getattr(one, name) for name in ("name", "sex", "birth", "relation", "needs", "needs_raw", "note")}
    households.edit_person(session, one.id, MemberDraft(**(now | changes)))  # type: ignore[arg-type]


def values(news: tuple[News, ...]) -> dict[str, tuple[str, str]]:
    """Field -> old and new."""
    return {one.field: (one.old, one.new) for one in news}


def test_what_they_changed_is_taken_value_by_value(session: Session, family: str, sent: List) -> None:
    sent.change("Surname", "Коваль")
    sent.change("Date of birth", date(1980, 5, 1))
    sent.change("Address", "Лісова, 7")
    sent.change("Phone", "050 111 22 33, 067 999 88 77")
    sent.change("Decision", "Packed, ready")
    sent.change("Decision", "Packed, ready", row=3)
    sent.change("Pets", "кіт і собака")
    sent.change("Note", "зібралися")
    sent.change("Landmark", "біля школи")
    sent.change("Needs", "Wheelchair", row=3)
    sent.change("Note on the person", "", row=3)
    sent.change("Sex", "Female", row=3)
    entry = sent.entry()
    assert set(values(entry.news)) == {
        "name", "birth", "address", "phone", "decision", "pets", "note", "landmark", "needs", "sex",
    }  # fmt: skip
    assert not entry.kept and not entry.ours
    imports.apply_import(session, sent.back())
    now = held(session, family)
    assert now.people[0].name == PersonName("Коваль", "Олена", "Іванівна")
    assert now.people[0].birth.on == date(1980, 5, 1) and now.people[0].sex is Sex.FEMALE
    assert (now.address.line, now.address.landmark) == ("Лісова, 7", "біля школи")
    assert [one.e164 for one in now.contacts] == ["+380501112233", "+380679998877"]
    assert (now.decision, now.pets, now.note) == (Decision.PACKED, "кіт і собака", "зібралися")
    assert now.people[1].needs == frozenset({Need.WHEELCHAIR}) and now.people[1].note == "глуха"
    with session.reading() as db:
        assert [row.kind for row in stores.needs.where(db, person_id=now.people[1].id)] == [Need.WHEELCHAIR]
    history.undo(session)
    assert held(session, family).people[1].needs == frozenset({Need.STEPS})


OURS: dict[str, Callable[[Session, str], object]] = {
    "name": lambda session, one: edited(session, one, name=PersonName("Ковальська", "Олена", "Іванівна")),
    "birth": lambda session, one: edited(session, one, birth=Birth(on=date(1980, 7, 7))),
    "needs": lambda session, one: edited(session, one, needs=frozenset({Need.POWER})),
    "person_note": lambda session, one: edited(session, one, note="вагітна"),
    "address": lambda session, one: households.set_address(session, one, Address("Шкільна", "3")),
    "pets": lambda session, one: households.edit_household(session, one, pets="коза"),
    "note": lambda session, one: households.edit_household(session, one, note="дзвонити зранку"),
    "decision": lambda session, one: decisions.decide(session, one, Decision.REFUSED),
}
THEIRS: dict[str, tuple[str, object]] = {
    "name": ("Surname", "Коваль"),
    "birth": ("Date of birth", date(1980, 5, 1)),
    "needs": ("Needs", "Wheelchair"),
    "person_note": ("Note on the person", "вчителька"),
    "address": ("Address", "Лісова, 7"),
    "pets": ("Pets", "собака"),
    "note": ("Note", "зібралися"),
    "decision": ("Decision", "Packed, ready"),
}


def test_what_we_changed_meanwhile_is_told_and_stays(session: Session, family: str, sent: List) -> None:
    for change in OURS.values():
        change(session, family)
    before = held(session, family)
    entry = sent.entry()
    assert set(values(entry.ours)) == set(OURS) and not entry.news and not entry.kept
    assert values(entry.ours)["pets"] == ("коза", "кіт")
    report = sent.back().report
    assert not report.writes and report.rows_unchanged == report.rows_read
    imports.apply_import(session, sent.back())
    assert held(session, family) == before


@pytest.mark.parametrize("field", THEIRS)
def test_what_both_changed_stays_until_somebody_takes_theirs(
    session: Session, family: str, sent: List, field: str
) -> None:
    OURS[field](session, family)
    header, value = THEIRS[field]
    sent.change(header, value)
    if field == "decision":
        sent.change(header, value, row=3)
    before = held(session, family)
    entry = sent.entry()
    (conflict,) = entry.kept
    assert conflict.field == field and conflict.side == "both" and not entry.news
    assert (conflict.base, conflict.old) != (conflict.old, conflict.base) and conflict.new
    (said,) = [told(one) for one in sent.back().report.warnings if one.code.startswith("import.both_")]
    assert said.startswith("Household 1: ") and "unless somebody takes theirs" in said
    imports.apply_import(session, sent.back())
    assert held(session, family) == before, "never silently overwritten"
    choice = {conflict.choice(entry.sheet): True}
    report = imports.apply_import(session, sent.back(), choices=choice).value
    assert [one.field for one in report.entries[0].news] == [field]
    after = held(session, family)
    assert after != before
    if field == "note":
        assert "зібралися" in after.note and "зранку" in after.note, "what was added here stays beside it"


def test_both_changed_it_alike_and_nothing_is_asked(session: Session, family: str, sent: List) -> None:
    households.edit_household(session, family, pets="собака")
    sent.change("Pets", "Собака")
    entry = sent.entry()
    assert not entry.news and not entry.kept and not entry.declined


def test_a_blank_wipes_nothing_and_a_year_does_not_take_a_day(session: Session, family: str, tmp_path: Path) -> None:
    edited(session, family, birth=Birth(on=date(1980, 5, 1)))
    sent = List(session, tmp_path / "list.xlsx")
    for header in ("Surname", "Phone", "Address", "Decision", "Pets", "Note", "Sex", "Date of birth", "Settlement"):
        sent.change(header, None)
    entry = sent.entry()
    assert not entry.news and not entry.kept
    sent.change("Year of birth", 1979)
    assert values(sent.entry().kept) == {"birth": ("1980-05-01", "1979")}


def test_people_are_known_by_their_number_whatever_place_they_have_now(
    session: Session, family: str, sent: List
) -> None:
    households.add_person(session, family, MemberDraft(PersonName("Гук", "Петро")))
    households.remove_person(session, person(session, family, 1).id)
    sent.change("Note on the person", "вчителька")
    sent.change("Note on the person", "глуха на одне вухо", row=3)
    entry = sent.entry()
    assert [(one.field, one.person) for one in entry.news] == [("person_note", OLENA.full)]
    assert {(one.field, one.old, one.new) for one in entry.ours} == {
        ("member", "", "Гук Ганна Львівна"), ("member", "Гук Петро", ""),
    }  # fmt: skip


def test_a_new_row_is_a_new_member_and_a_missing_one_a_question(session: Session, family: str, sent: List) -> None:
    book = load_workbook(sent.path)
    page = book.worksheets[0]
    row = [cell.value for cell in page[2]]
    row[1:5] = [None, "Коваленко", "Марко", None]
    for column, value in enumerate(row, start=1):
        page.cell(3, column).value = value
    book.save(sent.path)
    preview = sent.back()
    (entry,) = preview.report.entries
    assert values(entry.news) == {"member": ("", "Коваленко Марко")}
    assert [(one.name, one.person_id is not None) for one in preview.report.missed] == [("Гук Ганна Львівна", True)]
    imports.apply_import(session, preview)
    assert [one.name.given for one in held(session, family).people] == ["Олена", "Ганна", "Марко"]


def test_a_household_that_is_in_the_list_no_more_is_a_question(session: Session, family: str, tmp_path: Path) -> None:
    add_household(session, "Бойко", "Ківшарівка", people=1, house="5")
    gone = add_household(session, "Рак", "Ківшарівка", people=1, house="6")
    decisions.record_departure(session, gone, EventKind.BY_US, DAY)
    sent = List(session, tmp_path / "list.xlsx")
    later = add_household(session, "Сорока", "Ківшарівка", people=1, house="7")
    sent.drop(5)
    sent.drop(4)
    assert [one.name for one in sent.back().report.missed] == ["Бойко Олена"]
    assert later and len(sent.back().report.entries) == 1


def test_families_joined_since_get_the_news_of_both_rows(session: Session, family: str, tmp_path: Path) -> None:
    other = add_household(session, "Гук", "Ківшарівка", people=1, house="9", phone="0679998877")
    sent = List(session, tmp_path / "list.xlsx")
    duplicates.same(session, add_pair(session, family, other))
    sent.change("Note on the person", "вчителька")
    sent.change("Note on the person", "медсестра", row=4)
    preview = sent.back()
    assert {entry.household_id for entry in preview.report.entries} == {family}
    imports.apply_import(session, preview)
    assert {"вчителька", "медсестра"} <= {one.note for one in held(session, family).people}


def test_a_list_under_a_recipients_own_headers_is_known_again(session: Session, family: str, tmp_path: Path) -> None:
    columns = (
        Chosen("household", "Код"), Chosen("member", "Порядок"), Chosen("full_name", "Хто"),
        Chosen("birth", "Коли нар."), Chosen("phones", "Зв’язок"), Chosen("note", "Що ще"),
    )  # fmt: skip
    recipient = save_recipient(session, Recipient(None, "Громада", ExportKind.PEOPLE, columns, "uk")).value
    sent = List(session, tmp_path / "list.xlsx", recipient.wanted(DAY))
    households.edit_household(session, family, pets="коза")
    sent.change("Що ще", "зібралися")
    preview = sent.back()
    (entry,) = preview.report.entries
    assert values(entry.news)["note"] == ("дзвонити ввечері", "зібралися")
    assert values(entry.ours) == {"pets": ("коза", "кіт")}
    said = told(next(one for one in preview.report.warnings if one.code == "import.came_back"))
    assert said.startswith("This is export No. 1 of ") and "(recipient: Громада)" in said
    assert said.endswith("they changed: 1; changed here since: 1; changed on both sides otherwise: 0.")


def test_the_first_look_reads_a_recipients_own_headers_too(session: Session, family: str, tmp_path: Path) -> None:
    columns = (
        Chosen("household", "Код"),
        Chosen("member", "Порядок"),
        Chosen("full_name", "Хто"),
        Chosen("pets", "Хто ще"),
    )
    sent = List(session, tmp_path / "list.xlsx", Wanted(ExportKind.PEOPLE, DAY, columns=columns))
    sent.change("Хто ще", "собака")
    opened = open_list(session, sent.path, DAY)
    preview = imports.preview_import(session, opened.original, DAY, reading=opened.reading, sheets=opened.sheets)
    assert values(preview.report.entries[0].news) == {"pets": ("кіт", "собака")}


def test_a_need_named_in_its_own_column_is_taken_beside_its_words(
    session: Session, family: str, tmp_path: Path
) -> None:
    edited(session, family, needs=frozenset({Need.STEPS}), needs_raw="2 група")
    sent = List(session, tmp_path / "list.xlsx", Wanted(ExportKind.PEOPLE, DAY, columns=EVERYTHING))
    sent.change("Kinds of needs", "Needs help on steps, Wheelchair")
    imports.apply_import(session, sent.back())
    back = held(session, family).people[0]
    assert (back.needs, back.needs_raw) == ({Need.STEPS, Need.WHEELCHAIR}, "2 група")


def test_a_filled_form_of_their_own_is_known_again(session: Session, family: str, tmp_path: Path) -> None:
    source = List(session, tmp_path / "form.xlsx")
    book = load_workbook(source.path)
    for name in book.sheetnames[1:]:
        del book[name]
    book.save(source.path)
    wanted = Wanted(ExportKind.PEOPLE, DAY)
    done = send(session, wanted, tmp_path / "filled.xlsx", template=template_of(source.path, wanted)).value
    source.path = done.path
    households.edit_household(session, family, pets="коза")
    source.change("Pets", "собака")
    preview = source.back()
    assert preview.incoming.stamp is not None and preview.incoming.stamp.number == 2
    assert values(preview.report.entries[0].kept) == {"pets": ("коза", "собака")}


def test_numbers_of_another_register_mean_nothing_here(session: Session, tmp_path: Path) -> None:
    with create_register(tmp_path / "other", PASSPHRASE) as other:
        gazetteer.seed(other)
        add_household(other, "Коваленко", "Ківшарівка", people=1, house="99", phone="0631112233")
        path = List(other, tmp_path / "other.xlsx").path
    preview = imports.preview_import(session, path)
    assert preview.report.added.households == 1
    (said,) = [told(one) for one in preview.report.warnings if one.code == "import.foreign_mark"]
    assert said.startswith("This workbook is export No. 1 of another register.")


def test_an_older_copy_of_the_register_does_not_know_the_export(session: Session, tmp_path: Path) -> None:
    shutil.copytree(session.folder, tmp_path / "copy.register", ignore=shutil.ignore_patterns("*.lock", "*.json-*"))
    sent = List(session, tmp_path / "list.xlsx")
    sent.change("Pets", "собака")
    with open_register(tmp_path / "copy.register", PASSPHRASE) as copy:
        preview = imports.preview_import(copy, sent.path)
    (said,) = [told(one) for one in preview.report.warnings if one.code == "import.unknown_mark"]
    assert "not in the log" in said and preview.report.entries[0].number == 1


def test_members_who_were_not_in_a_part_of_the_list_are_not_missed(
    session: Session, family: str, tmp_path: Path
) -> None:
    households.edit_household(session, family, note="")
    only = Only(decisions=frozenset({Decision.UNDECIDED}))
    sent = List(session, tmp_path / "list.xlsx", Wanted(ExportKind.PEOPLE, DAY, columns=EVERYTHING, only=only))
    sent.drop(3)
    assert sent.back().report.missed == () and not sent.entry().news
