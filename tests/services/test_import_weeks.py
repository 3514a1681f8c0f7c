"""Week 2 of a hromada's list after week 1, as workbooks: who is new, gone, changed, completed or the same; and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coordinator.exchange.report import ImportReport, RowStatus
from coordinator.services import gazetteer, history, imports
from coordinator.services.households import edit_household
from coordinator.session import Session
from db import tables
from tests.exchange.making import write_book

HEADERS = ["№ з/п", "Прізвище, ім'я, по батькові", "Дата народження", "Адреса", "Контактний телефон", "Примітка"]
STATUS = {
    "new": RowStatus.ADDED, "changed": RowStatus.UPDATED, "completed": RowStatus.COMPLETED, "same": RowStatus.UNCHANGED,
}  # fmt: skip
Row = list[Any]
Weeks = dict[str, tuple[list[Row], list[Row]]]


def family(house: int, *people: tuple[str, Any], phone: Any = "", note: str = "") -> list[Row]:
    """A person a row, address, phone and note in the first one."""
    first, *others = people
    rows = [[house, *first, f"вул. Садова, {house}", phone, note]]
    return rows + [["", *other] for other in others]


HOUSEHOLDS: Weeks = {
    "new": ([], family(1, ("Сорока Олена Іванівна", 1981), phone="0501110001")),
    "new, without a phone": ([], family(2, ("Дрозд Микола Петрович", "05.03.1950"))),
    "gone": (family(3, ("Крук Ганна Іллівна", 1944), phone="0501110003"), []),
    "gone, two people": (family(4, ("Гук Семен Ілліч", 1960), ("Гук Віра Марківна", 1962)), []),
    "changed: the first phone": (
        family(5, ("Рева Анна Юріївна", 1970), phone=380501110005.0),
        family(5, ("Рева Анна Юріївна", 1970), phone="067 111 00 05, 050 111 00 05"),
    ),
    "changed: another phone alone": (
        family(6, ("Кіт Ольга Юріївна", 1970), phone="0501110006"),
        family(6, ("Кіт Ольга Юріївна", 1970), phone="0671110006"),
    ),
    "changed: the note": (
        family(7, ("Яр Ганна Василівна", 1951), note="вагаються"),
        family(7, ("Яр Ганна Василівна", 1951), note="речі зібрані"),
    ),
    "changed: a member fewer": (
        family(8, ("Лис Павло Іванович", 1980), ("Лис Дарина Павлівна", 2012)),
        family(8, ("Лис Павло Іванович", 1980)),
    ),
    "completed: a full date for the year": (
        family(9, ("Бук Леся Романівна", 1990)), family(9, ("Бук Леся Романівна", "07.08.1990")),
    ),
    "completed: the name for initials": (
        family(10, ("Вовк Т. О.", 1947)), family(10, ("Вовк Тетяна Остапівна", 1947)),
    ),
    "completed: a second phone": (
        family(11, ("Жук Іван Іванович", 1955), phone="0501110011"),
        family(11, ("Жук Іван Іванович", 1955), phone="0501110011, 0671110011"),
    ),
    "same: to the letter": (family(12, ("Їжак Ніна Йосипівна", 1939)),) * 2,
    "same: another apostrophe, capitals": (
        family(13, ("Лук'янова Дар'я Петрівна", 1988)), family(13, ("ЛУКʼЯНОВА ДАРʼЯ ПЕТРІВНА", 1988)),
    ),
    "same: a year and initials for what was fuller": (
        family(14, ("Мак Юрій Олегович", "01.02.1979"), phone="0501110014, 0671110014"),
        family(14, ("Мак Ю. О.", 1979), phone="8 (050) 111-00-14"),
    ),
    "same: blanks": (
        family(15, ("Ніс Олег Якович", 1966), phone="0501110015", note="кличуть сестру"),
        family(15, ("Ніс Олег Якович", "")),
    ),
}  # fmt: skip


def book(path: Path, week: int, day: str) -> Path:
    """A cover sheet, titles, the list, a blank formatted row, the total and the signature."""
    rows = [row for pair in HOUSEHOLDS.values() for row in pair[week - 1]]
    titles = [["Список мешканців с. Подоли, які потребують евакуації"], [], [f"станом на {day}"]]
    sheet = [*titles, HEADERS, *rows, [], ["", "Всього", len(rows)], ["", "Староста ____________"]]
    return write_book(path, {"Титул": [["Куп'янська громада"]], "Подоли": sheet})


def content(session: Session) -> dict[str, list[Any]]:
    """Every row of the register, field for field; not what tells of actions themselves."""
    with session.reading() as db:
        names = [model._meta.table_name for model in tables.JOURNALLED]
        return {name: sorted(db.rows(f'SELECT * FROM "{name}"'), key=str) for name in names}


def bring(session: Session, path: Path) -> ImportReport:
    return imports.apply_import(session, imports.preview_import(session, path)).value


@pytest.fixture
def weeks(session: Session, tmp_path: Path) -> tuple[Path, Path]:
    """Two workbooks, the first of which is in the register."""
    gazetteer.seed(session)
    first, second = (book(tmp_path / f"week{n}.xlsx", n, f"{7 * n}.08.2023") for n in (1, 2))
    bring(session, first)
    return first, second


def test_each_household_of_week_2_is_what_it_should_be(session: Session, weeks: tuple[Path, Path]) -> None:
    report = bring(session, weeks[1])
    counted = {kind: sum(name.startswith(kind) for name in HOUSEHOLDS) for kind in (*STATUS, "gone")}
    assert report.to_json()["entries"] == counted
    there = [name for name, (_before, after) in HOUSEHOLDS.items() if after]
    assert {name: entry.status for name, entry in zip(there, report.entries, strict=True)} == {
        name: STATUS[name.split(":")[0].split(",")[0]] for name in there
    }
    assert report.rows_read == report.rows_added + report.rows_updated + report.rows_unchanged + report.rows_skipped


def test_undoing_week_2_gives_the_register_of_week_1_field_for_field(
    session: Session, weeks: tuple[Path, Path]
) -> None:
    before = content(session)
    report = bring(session, weeks[1])
    assert content(session) != before
    undone = history.undo_action(session, report.action_id).value
    assert undone.kept == 0 and content(session) == before
    assert bring(session, weeks[1]).to_json()["entries"] == report.to_json()["entries"], "and it can come again"


def test_undoing_it_names_what_stays_since_somebody_changed_it(session: Session, weeks: tuple[Path, Path]) -> None:
    report = bring(session, weeks[1])
    new = report.entries[0]
    assert new.household_id and new.status is RowStatus.ADDED
    edit_household(session, new.household_id, note="самі зателефонували")
    undone = history.undo_action(session, report.action_id).value
    assert undone.households == (new.number,)


def test_week_1_again_after_week_2_is_told_and_overrules_nothing(session: Session, weeks: tuple[Path, Path]) -> None:
    bring(session, weeks[1])
    before = {name: rows for name, rows in content(session).items() if name != "batch"}
    again = imports.preview_import(session, weeks[0])
    assert [remark.code for remark in again.report.warnings] == ["import.same_file"] and not again.report.writes
    corrected = book(weeks[0].with_name("week1-corrected.xlsx"), 1, "08.08.2023")
    older = imports.preview_import(session, corrected)
    assert "import.older_list" in [remark.code for remark in older.report.warnings] and not older.report.missed
    changed = [entry for entry in older.report.entries if entry.status is RowStatus.UPDATED]
    imports.apply_import(session, older)
    after = content(session)
    assert [row for row in before["household"] if row not in after["household"]] == []
    assert [row for row in before["person"] if row not in after["person"]] == []
    assert all(not news.old for entry in changed for news in entry.news), "it only adds what is blank"
