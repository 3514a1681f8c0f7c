"""Faults of cells, rows and repeated files, by their numbers: nobody is lost, each doubt names its cell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Sex
from coordinator.errors import Cancelled
from coordinator.exchange.how_read import Reading
from coordinator.exchange.incoming import IncomingList
from coordinator.exchange.report import RowStatus
from coordinator.queries.reading import open_list
from coordinator.services.imports import apply_import, preview_import
from coordinator.session import Session
from db import connection
from db.layout import BACKUPS
from tests.exchange.making import LIST_DAY, REQUEST_HEADERS, write_book
from tests.exchange.told import OLENA, SHORT, at, looked, one, state, surnames, told


@pytest.fixture
def session(seeded: Session) -> Session:
    return seeded


def people(session: Session, folder: Path, *rows: list[Any], headers: list[str] | None = None) -> IncomingList:
    """What is understood of one sheet with these rows under the headers, row 2 on; nothing is written."""
    path = write_book(folder / "list.xlsx", {"Подоли": [headers or SHORT, *rows]})
    return looked(session, path).incoming


def births(incoming: IncomingList) -> list[object]:
    return [person.birth.on or person.birth.year for h in incoming.households for person in h.people]


def phones(incoming: IncomingList) -> list[str | None]:
    return [contact.e164 for household in incoming.households for contact in household.contacts]


def with_phone(value: object) -> list[Any]:
    return [1, "Сорока Олена Іванівна", 1981, "вул. Садова, 5", value]


@pytest.mark.parametrize(
    "value", ["05.03.1981", "1981-03-05", 29650, "29650", datetime(1981, 3, 5), "5 березня 1981", "05/03/1981 р.н."]
)
def test_fault_37_one_day_in_many_spellings(session: Session, tmp_path: Path, value: object) -> None:
    incoming = people(session, tmp_path, [1, "Сорока Олена", value, "вул. Садова, 5"])
    assert births(incoming) == [date(1981, 3, 5)]


def test_fault_37_a_column_that_could_be_month_first_is_told_once(session: Session, tmp_path: Path) -> None:
    rows = [[n, f"Сорока Олена {n}", f"5/{n}/1981", f"вул. Садова, {n}"] for n in (3, 4, 6)]
    incoming = people(session, tmp_path, *rows)
    remark = one(incoming.warnings, "import.birth_order")
    assert at(remark) == ("Подоли", "C2")
    assert "In “5/3/1981” day and month could change places" in told(remark)
    assert births(incoming) == [date(1981, 3, 5), date(1981, 4, 5), date(1981, 6, 5)]


def test_fault_37_a_column_that_cannot_be_otherwise_is_not_asked_about(session: Session, tmp_path: Path) -> None:
    rows = [[1, "Сорока Олена", "5/31/1980", "Садова 1"], [2, "Дрозд Іван", "5/3/81", "Садова 2"]]
    incoming = people(session, tmp_path, *rows)
    assert births(incoming) == [date(1980, 5, 31), date(1981, 5, 3)] and not incoming.warnings


@pytest.mark.parametrize(("value", "year"), [("80 р.", 1980), (80, 1980), ("12", 2012), ("1980", 1980)])
def test_fault_37_two_figures_in_a_column_of_years_are_a_year(
    session: Session, tmp_path: Path, value: object, year: int
) -> None:
    headers = ["ПІБ", "Рік нар.", "Адреса"]
    assert births(people(session, tmp_path, ["Сорока Олена", value, "Садова, 5"], headers=headers)) == [year]


@pytest.mark.parametrize(
    ("value", "code", "said", "kept"),
    [
        ("31.02.1987", "import.birth_unreadable", "cannot be a birth date or an age", None),
        (140, "import.birth_unreadable", "The date stays empty, the text is kept", None),
        ("01.01.1880", "import.birth_too_old", "over 120 years old", None),
        ("20.08.2023", "import.birth_later", "lies after the date of the list", date(2023, 8, 20)),
    ],
)
def test_fault_39_a_birth_that_cannot_be_rejects_nobody(
    session: Session, tmp_path: Path, value: object, code: str, said: str, kept: date | None
) -> None:
    incoming = people(session, tmp_path, [1, "Сорока Олена", value, "вул. Садова, 5"])
    remark = one(incoming.warnings, code)
    assert at(remark) == ("Подоли", "C2")
    assert said in told(remark) and f"“{value}”" in told(remark)
    (household,) = incoming.households
    assert (household.people[0].birth.on, household.people[0].birth.raw) == (kept, str(value))
    assert not incoming.rejected


@pytest.mark.parametrize("value", [380501112233, 380501112233.0, 501112233, 501112233.0, "501112233", "0501112233"])
def test_fault_40_phones_as_numbers_and_without_their_zero(session: Session, tmp_path: Path, value: object) -> None:
    incoming = people(session, tmp_path, with_phone(value))
    assert phones(incoming) == ["+380501112233"] and not incoming.warnings


def test_fault_41_a_phone_that_was_rounded_is_told_and_kept(session: Session, tmp_path: Path) -> None:
    incoming = people(session, tmp_path, with_phone("3,80501E+11"))
    remark = one(incoming.warnings, "import.phone_unreadable")
    assert at(remark) == ("Подоли", "E2")
    assert "“3,80501E+11” cannot be read as a phone number" in told(remark)
    assert surnames(incoming) == ["Сорока"] and "3,80501E+11" in incoming.households[0].contacts[0].raw


def test_fault_41_a_rounded_phone_beside_another_one_is_not_torn(session: Session, tmp_path: Path) -> None:
    incoming = people(session, tmp_path, with_phone("3,80501E+11 (син), 067 111 22 44"))
    remark = one(incoming.warnings, "import.phone_unreadable")
    assert at(remark) == ("Подоли", "E2")
    contacts = [(contact.raw, contact.e164, contact.note) for contact in incoming.households[0].contacts]
    assert contacts == [("3,80501E+11", "", "син"), ("067 111 22 44", "+380671112244", "")]


def test_fault_42_two_phones_and_words_in_a_cell(session: Session, tmp_path: Path) -> None:
    incoming = people(session, tmp_path, with_phone("050 111 22 33 (син), 067-111-22-44 донька"))
    assert phones(incoming) == ["+380501112233", "+380671112244"] and not incoming.warnings


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("80501112233", "+380501112233"),
        ("8 (050) 111-22-33", "+380501112233"),
        ("+48 512 345 678", "+48512345678"),
        ("057 700 12 34", "+380577001234"),
        ("(05742) 5-12-34", "+380574251234"),
    ],
)
def test_fault_43_old_prefix_foreign_and_landline(session: Session, tmp_path: Path, value: str, number: str) -> None:
    assert phones(people(session, tmp_path, with_phone(value))) == [number]


def test_fault_44_invisible_characters_change_nothing(session: Session, tmp_path: Path) -> None:
    path = write_book(tmp_path / "clean.xlsx", {"Подоли": [SHORT, OLENA]})
    apply_import(session, preview_import(session, path, LIST_DAY))
    phone = "050\u2011111\u00a022\u200b33"
    dirty = ["1", "\u200bСорока\u00a0 Олена\tІванівна\n", "05.03.1981\u00a0", "вул.\u00a0Садова,\n5 ", phone]
    again = write_book(tmp_path / "dirty.xlsx", {"Подоли": [[f"\ufeff{h} " for h in SHORT], dirty]})
    preview = looked(session, again)
    assert [entry.status for entry in preview.report.entries] == [RowStatus.UNCHANGED]
    assert not preview.report.writes


@pytest.mark.parametrize("name", ["Copoкa Олена Іванівна", "СОРОКА ОЛЕНА ІВАНІВНА", "Сорока Олена Іванiвна"])
def test_fault_45_latin_look_alikes_are_the_same_name(session: Session, tmp_path: Path, name: str) -> None:
    path = write_book(tmp_path / "clean.xlsx", {"Подоли": [SHORT, OLENA]})
    apply_import(session, preview_import(session, path, LIST_DAY))
    again = write_book(tmp_path / "again.xlsx", {"Подоли": [SHORT, [1, name, *OLENA[2:]]]})
    assert looked(session, again).report.rows_unchanged == 1


@pytest.mark.parametrize("mark", ["'", "’", "ʼ", "`", "´", "‘"])
def test_fault_45_all_apostrophes_are_one(session: Session, tmp_path: Path, mark: str) -> None:
    path = write_book(tmp_path / "clean.xlsx", {"Подоли": [SHORT, [1, "Лук’яненко Дем’ян", *OLENA[2:]]]})
    apply_import(session, preview_import(session, path, LIST_DAY))
    other = [1, f"Лук{mark}яненко Дем{mark}ян", *OLENA[2:]]
    again = write_book(tmp_path / "again.xlsx", {"Подоли": [SHORT, other]})
    assert looked(session, again).report.rows_unchanged == 1


def test_fault_46_letters_taken_apart_are_the_same_letters(session: Session, tmp_path: Path) -> None:
    whole = [1, "Їжаківський Андрій Йосипович", *OLENA[2:]]
    path = write_book(tmp_path / "clean.xlsx", {"Подоли": [SHORT, whole]})
    apply_import(session, preview_import(session, path, LIST_DAY))
    apart = [[unicodedata.normalize("NFD", str(cell)) for cell in row] for row in (SHORT, whole)]
    again = write_book(tmp_path / "again.xlsx", {"Подоли": apart})
    assert looked(session, again).report.rows_unchanged == 1


def test_fault_47_a_family_twice_in_one_file_is_a_question(session: Session, tmp_path: Path) -> None:
    other_phone = [2, "Сорока Олена Іванівна", "05.03.1981", "вул. Садова, 5", "0671112244"]
    between = [3, "Дрозд Микола Петрович", 1950, "вул. Миру, 1"]
    path = write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, OLENA, between, other_phone]})
    preview = looked(session, path)
    assert len(preview.report.possible_duplicates) == 1
    (double,) = preview.report.possible_duplicates
    assert {double.row, *(candidate.row for candidate in double.candidates)} == {2, 4}


def test_fault_47_the_same_family_from_another_list_is_a_question(session: Session, tmp_path: Path) -> None:
    apply_import(session, looked(session, write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, OLENA]})))
    call = [date(2023, 8, 14), "Сорока Олена Іванівна", "Подоли", "Садова", "5", None, "0671112244", 2]
    preview = looked(session, write_book(tmp_path / "calls.xlsx", {"заявки": [REQUEST_HEADERS, call]}))
    (double,) = preview.report.possible_duplicates
    assert double.candidates[0].number == 1 and "address" in double.candidates[0].reasons
    before = state(session)
    apply_import(session, preview)
    assert state(session)[1] == before[1] + 1  # type: ignore[operator]


def test_fault_48_moved_and_renamed_columns_are_recognised(session: Session, tmp_path: Path) -> None:
    headers = ["Телефон", "Адреса проживання", "Дата нар.", "Прізвище, ім'я, по батькові", "№ з/п"]
    incoming = people(session, tmp_path, list(reversed(OLENA)), headers=headers)
    assert surnames(incoming) == ["Сорока"] and phones(incoming) == ["+380501112233"]
    assert births(incoming) == [date(1981, 3, 5)] and not incoming.warnings


@pytest.mark.parametrize("header", ["Населений пункт, адреса", "Село, вулиця, будинок", "Адрес (нас. пункт, улица)"])
def test_fault_48_settlement_and_address_in_one_column_keep_both(session: Session, tmp_path: Path, header: str) -> None:
    headers = ["ПІБ", header, "Чи бажає виїхати", "Vulnerability"]
    row = ["Сорока Олена", "Подоли, Миру, 33", "ні, відмовляється", "візок"]
    (household,) = people(session, tmp_path, row, headers=headers).households
    assert (household.settlement_text, household.address.line) == ("Подоли", "Миру, 33")
    assert household.decision is Decision.REFUSED and household.people[0].needs == {Need.WHEELCHAIR}


def test_fault_48_doubled_and_unknown_columns_are_named(session: Session, tmp_path: Path) -> None:
    headers = [*SHORT[:4], "Адреса", "Колір даху"]
    incoming = people(session, tmp_path, [*OLENA[:4], "вул. Миру, 9", "червоний"], headers=headers)
    doubled, unknown = one(incoming.warnings, "import.column_doubled"), one(incoming.warnings, "import.column_unknown")
    assert (at(doubled), at(unknown)) == (("Подоли", "E1"), ("Подоли", "F1"))
    assert "stands here a second time" in told(doubled) and "“Колір даху” is not known" in told(unknown)
    assert incoming.households[0].address.house == "5"


def test_fault_49_codes_of_senders_are_read_or_told_and_kept(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Стать", "Потреби", "Візок"]
    rows = [["Сорока Олена", "Садова 5", "ж", "інв. коляска", None], ["Дрозд Іван", "Садова 7", "?", "так", "+"]]
    incoming = people(session, tmp_path, *rows, headers=headers)
    first, second = (household.people[0] for household in incoming.households)
    assert first.sex is Sex.FEMALE and Need.WHEELCHAIR in first.needs and Need.WHEELCHAIR in second.needs
    remark = one(incoming.warnings, "import.sex_unknown")
    assert at(remark) == ("Подоли", "C3") and "“?” is no sex that is known here" in told(remark)


@pytest.mark.parametrize(
    ("value", "members", "code", "said"),
    [
        (0, 1, "import.count_zero", "“Кількість людей” says 0"),
        (-3, 1, "import.count_negative", "cannot be -3"),
        (2.5, 3, "import.count_half", "says 2.5; it was rounded up"),
        ("2+1", 3, "import.count_added", "“2+1” under “Кількість людей” was added up"),
        ("багато", 1, "import.count_unreadable", "is no count"),
    ],
)
def test_fault_50_counts_of_people_that_are_none(
    session: Session, tmp_path: Path, value: object, members: int, code: str, said: str
) -> None:
    call = [date(2023, 8, 14), "Сорока Олена", "Подоли", "Садова", "5", None, "0501112233", value]
    path = write_book(tmp_path / "calls.xlsx", {"заявки": [REQUEST_HEADERS, call]})
    incoming = looked(session, path).incoming
    remark = one(incoming.warnings, code)
    assert at(remark) == ("заявки", "H2") and said in told(remark)
    assert len(incoming.households[0].people) == members and not incoming.rejected


def test_a_note_that_names_somebody_lying_is_told_once_and_makes_no_need(session: Session, tmp_path: Path) -> None:
    rows = [[*OLENA, "після інсульту, лежача"], [2, "Дрозд Іван", 1950, "вул. Миру, 1", "", "лежачих немає"]]
    path = write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, *rows]})
    preview = looked(session, path)
    remark = one(preview.report.warnings, "import.need_in_note")
    assert at(remark) == ("Подоли", "F2") and "The note “після інсульту, лежача” names somebody who" in told(remark)
    assert not any(person.needs for household in preview.incoming.households for person in household.people)
    apply_import(session, preview)
    again = looked(session, write_book(tmp_path / "next.xlsx", {"Подоли": [SHORT, *rows[:1]]}))
    assert "import.need_in_note" not in [warning.code for warning in again.report.warnings]


@pytest.mark.parametrize("name", ["Сорока Олена, Сорока Іван", "діти: Лев 2012, Ія 2015", "Сорока О.І., Сорока І.П."])
def test_fault_50_several_people_in_one_cell_are_told(session: Session, tmp_path: Path, name: str) -> None:
    rows = [OLENA, [2, name, None, None], [3, "Дрозд, Іван Ілліч (син Лев)", 1950, "вул. Миру, 1"]]
    incoming = people(session, tmp_path, *rows)
    remark = one(incoming.warnings, "import.several_people")
    assert at(remark) == ("Подоли", "B3") and f"“{name}” seems to name several people" in told(remark)
    assert sum(len(household.people) for household in incoming.households) == 3


def test_fault_50_a_count_that_differs_from_those_who_are_named(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Дата народження", "Адреса", "Кількість членів родини"]
    rows = [["Сорока Олена", 1981, "вул. Садова, 5", 3], ["Сорока Іван", 1979, None, None]]
    incoming = people(session, tmp_path, *rows, headers=headers)
    remark = one(incoming.warnings, "import.count_differs")
    assert at(remark) == ("Подоли", "D2") and "says 3 people for this household and names 2" in told(remark)
    assert surnames(incoming) == ["Сорока", "Сорока"]


def test_fault_62_the_same_file_twice_changes_nothing_and_says_so(session: Session, tmp_path: Path) -> None:
    path = write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, OLENA]})
    apply_import(session, looked(session, path))
    before = state(session)
    again = looked(session, path)
    assert "This very file was imported on" in told(one(again.report.warnings, "import.same_file"))
    assert not apply_import(session, again).value.action_id and state(session) == before


def test_fault_62_an_older_version_after_a_newer_one_is_told_and_wins_nothing(session: Session, tmp_path: Path) -> None:
    def version(day: str, note: str) -> Path:
        rows = [["Список мешканців с. Подоли"], [f"станом на {day}"], SHORT, [*OLENA, note]]
        return write_book(tmp_path / f"{day}.xlsx", {"Подоли": rows})

    apply_import(session, looked(session, version("14.08.2023", "речі зібрані")))
    older = looked(session, version("07.08.2023", "вагаються"))
    text = told(one(older.report.warnings, "import.older_list"))
    assert "a newer one of" in text and "only completes what is blank" in text
    assert older.report.rows_updated == 0 and not older.report.writes


@pytest.mark.parametrize("part", [0.0, 0.5])
def test_fault_63_cancel_while_a_file_is_read_or_compared(session: Session, tmp_path: Path, part: float) -> None:
    path = write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, OLENA]})
    before = state(session)
    with pytest.raises(Cancelled):
        preview_import(session, path, LIST_DAY, lambda done, _label: done < part)
    assert state(session) == before


def test_fault_63_cancel_while_a_file_is_looked_at_first(session: Session, tmp_path: Path) -> None:
    path, before, going, looking = tmp_path / "list.xlsx", state(session), Event(), Event()
    write_book(path, {"Подоли": [SHORT, OLENA]})

    class Slow(dict[str, Any]):
        def get(self, *asked: Any) -> Any:
            looking.set()
            going.wait(10)
            return super().get(*asked)

    with pytest.raises(Cancelled):
        open_list(
            session, path, LIST_DAY, lambda *_how: not looking.is_set(), change=lambda *_read: Reading(sheets=Slow())
        )
    going.set()
    assert state(session) == before


@pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
def test_fault_63_cancel_while_it_is_written_writes_nothing(session: Session, tmp_path: Path, part: float) -> None:
    rows = [[n, f"Сорока Олена {n}", 1981, f"вул. Садова, {n}"] for n in range(300)]
    preview = looked(session, write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, *rows]}))
    before = state(session)
    heard: list[float] = []

    def stop(done: float, _label: str) -> bool:
        heard.append(done)
        return done < part

    with pytest.raises(Cancelled):
        apply_import(session, preview, stop)
    assert heard[-1] >= part and state(session) == before


@pytest.mark.parametrize("label", ["import.copying", "import.writing"])
def test_fault_63_a_cancel_is_heard_within_long_statements_and_leaves_no_copy(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    monkeypatch.setattr(connection, "_STEPS", 1)
    monkeypatch.setattr(connection, "_ASK_EVERY", 0)
    preview = looked(session, write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, OLENA]}))
    before, heard = state(session), Counter[str]()

    def stop(_done: float, doing: str) -> bool:
        heard[doing] += 1
        return doing != label or heard[doing] < 3

    with pytest.raises(Cancelled):
        apply_import(session, preview, stop)
    copies = list((session.folder / BACKUPS).glob("*before-import*"))
    assert heard[label] == 3 and state(session) == before and len(copies) == (label != "import.copying")
    assert apply_import(session, preview).value.rows_added == 1


def test_fault_64_a_template_with_columns_of_another_version_is_read_and_they_are_named(
    session: Session, tmp_path: Path
) -> None:
    headers = ["№", "ПІБ", "Адреса", "Телефон", "Колір даху (v7)"]
    incoming = people(session, tmp_path, [1, "Сорока Олена", "вул. Садова, 5", "0501112233", "X-12"], headers=headers)
    remark = one(incoming.warnings, "import.column_unknown")
    assert at(remark) == ("Подоли", "E1") and "“Колір даху (v7)” is not known and was not read" in told(remark)
    assert surnames(incoming) == ["Сорока"]
