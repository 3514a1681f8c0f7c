"""What a person decides before an import: value by value, cell by cell, and whom a list no longer names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.household import Household
from coordinator.domain.missing import NAMED_AGAIN, OPEN
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import Choice, Entry, RowStatus
from coordinator.queries.household import load_households
from coordinator.services import gazetteer, history, households, imports
from coordinator.session import Session
from db import stores
from tests.exchange.making import LIST_DAY, write_book
from tests.exchange.told import SHORT, one, told
from tests.services.lists import household, people_list, person

OLENA, MARKO = "Коваленко Олена Іванівна", "Коваленко Марко Петрович"
BEFORE = household(person(OLENA, 1980), phone="0501112233", note="вагаються", decision=Decision.UNDECIDED)
AFTER = household(
    person(OLENA, date(1980, 5, 1)), person(MARKO, 2015), phone="0679998877", note="речі зібрані",
    decision=Decision.PACKED,
)  # fmt: skip


def bring(session: Session, *blocks: IncomingHousehold, on: date = LIST_DAY) -> imports.ImportPreview:
    preview = imports.preview_list(session, people_list(*blocks, on=on))
    imports.apply_import(session, preview)
    return preview


def first(session: Session, at: int = 0) -> Household:
    with session.reading() as db:
        return load_households(db, [row.id for row in stores.households.all(db)])[at]


def choices(entry: Entry, *fields: str, take: bool = False) -> Mapping[Choice, bool]:
    return {news.choice(entry.sheet): take for news in (*entry.news, *entry.kept) if news.field in fields}


def test_each_value_of_a_changed_household_can_be_declined_apart(session: Session) -> None:
    bring(session, BEFORE)
    preview = imports.preview_list(session, people_list(AFTER))
    (entry,) = preview.report.entries
    assert {news.field for news in entry.news} == {"phone", "note", "decision", "member", "birth"}
    report = imports.apply_import(
        session, preview, choices=choices(entry, "phone", "member", "birth", "decision")
    ).value
    held = first(session)
    assert [news.field for news in report.entries[0].news] == ["note"]
    assert {news.field for news in report.entries[0].declined} == {"phone", "member", "birth", "decision"}
    assert held.note == "речі зібрані" and held.decision is Decision.UNDECIDED
    assert [contact.e164 for contact in held.contacts] == ["+380501112233"]
    assert [one.name.full for one in held.people] == [OLENA] and held.people[0].birth.on is None
    again = imports.preview_list(session, people_list(AFTER)).report
    assert again.entries[0].status is RowStatus.UNCHANGED, "what was declined once is not asked again"


def test_all_declined_is_remembered_although_nothing_is_written(session: Session) -> None:
    bring(session, BEFORE)
    preview = imports.preview_list(session, people_list(AFTER))
    (entry,) = preview.report.entries
    before = first(session)
    wanted = choices(entry, *{news.field for news in entry.news})
    assert imports.apply_import(session, preview, choices=wanted).value.batch_id
    assert first(session) == before
    assert not imports.preview_list(session, people_list(AFTER)).report.writes


def test_what_was_changed_here_gives_way_only_where_somebody_says_so(session: Session) -> None:
    bring(session, household(person(OLENA, 1980)))
    held = first(session)
    households.set_address(session, held.id, held.address.__class__("Лісова", "7"))
    moved = household(person(OLENA, 1980), street="Шкільна", house="3", phone="0501112233")
    bring(session, household(person(OLENA, 1980), phone="0501112233"))
    preview = imports.preview_list(session, people_list(moved))
    (entry,) = preview.report.entries
    assert [(news.field, news.old, news.new) for news in entry.kept] == [("address", "Лісова, 7", "Шкільна, 3")]
    imports.apply_import(session, preview, choices=choices(entry, "address", take=True))
    assert first(session).address.line == "Шкільна, 3"


def test_a_new_row_can_be_left_out_and_the_rows_still_add_up(session: Session) -> None:
    preview = imports.preview_list(session, people_list(BEFORE, household(person("Гук Семен"), house="2")))
    entry = preview.report.entries[0]
    report = imports.apply_import(session, preview, choices={Choice(entry.sheet, entry.row): False}).value
    assert (report.rows_added, report.rows_skipped, report.rows_read) == (1, 1, 2)
    assert [one.name.full for one in first(session).people] == ["Гук Семен"]
    with session.reading() as db:
        (line,) = stores.batch_lines.where(db, status="skipped")
    assert "Коваленко" in line.raw, "what was left out is kept with the import"


def test_whoever_a_list_no_longer_names_is_a_question_until_a_list_names_them_again(session: Session) -> None:
    both = household(person(OLENA, 1980), person(MARKO, 2015))
    other = household(person("Гук Семен"), house="2", phone="0501112233")
    bring(session, both, other, household(person("Рева Анна"), house="3"))
    names = [person.name.full for person in first(session).people]
    preview = bring(session, household(person(OLENA, 1980)), household(person("Рева Анна"), house="3"))
    assert [(missed.name, missed.person_id is None) for missed in preview.report.missed] == [
        ("Гук Семен", True), (MARKO, False),
    ]  # fmt: skip
    with session.reading() as db:
        assert [row.state for row in stores.missing.all(db)] == [OPEN, OPEN]
        assert [person.name.full for person in load_households(db, [first(session).id])[0].people] == names
    assert bring(session, household(person(OLENA, 1980))).report.missed[0].name == "Рева Анна"
    bring(session, both, other)
    with session.reading() as db:
        states = {row.household_id + (row.person_id or ""): row.state for row in stores.missing.all(db)}
    assert sorted(states.values()) == [NAMED_AGAIN, NAMED_AGAIN, OPEN]


def test_undoing_the_import_takes_its_questions_back(session: Session) -> None:
    bring(session, BEFORE, household(person("Гук Семен"), house="2"))
    with session.reading() as db:
        before = [sorted(store.all(db)) for store in (stores.households, stores.people, stores.missing)]
    bring(session, BEFORE)
    history.undo(session)
    with session.reading() as db:
        assert [sorted(store.all(db)) for store in (stores.households, stores.people, stores.missing)] == before


def test_an_older_list_misses_nobody(session: Session) -> None:
    bring(session, BEFORE, household(person("Гук Семен"), house="2"))
    preview = bring(session, BEFORE, on=date(2023, 8, 7))
    assert not preview.report.missed and one(preview.report.warnings, "import.older_list")


@pytest.fixture
def file(session: Session, tmp_path: Path) -> Path:
    gazetteer.seed(session)
    rows: list[list[Any]] = [
        SHORT,
        ["", "", "", "", "", "хто це?"],
        [1, "Сорока Олена Іванівна", "31.02.1981", "вул. Садова, 5", "3,80501E+11"],
        [3, "Дрозд Микола Петрович", 1950, "вул. Миру, 1", "0671112244"],
    ]
    return write_book(tmp_path / "list.xlsx", {"Подоли": rows})


def test_a_corrected_cell_changes_what_is_read_and_is_kept_with_the_import(session: Session, file: Path) -> None:
    preview = imports.preview_import(session, file, LIST_DAY)
    assert {remark.at.cell for remark in preview.report.warnings} >= {"C3", "E3"}
    assert [remark.at.cell for remark in preview.report.rows_rejected] == ["F2"]
    made = [
        Correction("Подоли", "C3", "31.02.1981", "13.02.1981"),
        Correction("Подоли", "E3", "3,80501E+11", "050 111 22 33"),
        Correction("Подоли", "B2", "", "Крук Іван"),
        Correction("Подоли", "D2", "", "вул. Миру, 2"),
    ]
    mended = imports.correct_cells(session, imports.correct_cells(session, preview, made[:1]), made[1:])
    assert not mended.report.rows_rejected and not mended.report.warnings
    assert mended.report.added.households == 3
    imports.apply_import(session, mended)
    held = first(session, 1)
    assert held.people[0].birth.on == date(1981, 2, 13) and held.contacts[0].e164 == "+380501112233"
    with session.reading() as db:
        lines = {line.line: line.raw for line in stores.batch_lines.all(db)}
    assert '"corrected": [["C3", "31.02.1981", "13.02.1981"], ["E3", "3,80501E+11", "050 111 22 33"]]' in lines[3]
    assert '["B2", "", "Крук Іван"]' in lines[2]


def test_the_same_wrong_cell_next_week_is_no_news(session: Session, file: Path, tmp_path: Path) -> None:
    preview = imports.preview_import(session, file, LIST_DAY)
    mended = imports.correct_cells(
        session, preview, [Correction("Подоли", "E3", "3,80501E+11", "0501112233")]
    )  # fmt: skip
    imports.apply_import(session, mended)
    assert "was imported on" in told(one(imports.preview_import(session, file).report.warnings, "import.same_file"))
    rows = [SHORT, [1, "Сорока Олена Іванівна", "31.02.1981", "вул. Садова, 5", "3,80501E+11", "хворіє"]]
    next_week = imports.preview_import(session, write_book(tmp_path / "next.xlsx", {"Подоли": rows}), LIST_DAY)
    assert [news.field for news in next_week.report.entries[0].news] == ["note"]


def test_a_rejected_row_of_a_file_that_is_in_already_can_still_be_corrected(session: Session, file: Path) -> None:
    imports.apply_import(session, imports.preview_import(session, file, LIST_DAY))
    again = imports.preview_import(session, file, LIST_DAY)
    assert again.same_file and [remark.at.cell for remark in again.report.rows_rejected] == ["F2"]
    made = [Correction("Подоли", "B2", "", "Крук Іван"), Correction("Подоли", "D2", "", "вул. Миру, 2")]
    mended = imports.correct_cells(session, again, made)
    assert [entry.status for entry in mended.report.entries].count(RowStatus.ADDED) == 1
    imports.apply_import(session, mended)
    with session.reading() as db:
        assert len(stores.households.all(db)) == 3


def test_a_corrected_cell_that_is_emptied_wipes_nothing(session: Session, file: Path, tmp_path: Path) -> None:
    imports.apply_import(session, imports.preview_import(session, file, LIST_DAY))
    rows = [SHORT, [3, "Дрозд Микола Петрович", 1950, "вул. Миру, 1", "0671119999", "лежить"]]
    preview = imports.preview_import(session, write_book(tmp_path / "next.xlsx", {"Подоли": rows}), LIST_DAY)
    emptied = [Correction("Подоли", "E2", "0671119999", ""), Correction("Подоли", "F2", "лежить", "")]
    mended = imports.correct_cells(session, preview, emptied)
    assert not mended.report.writes
    with session.reading() as db:
        assert "+380671112244" in {row.e164 for row in stores.contacts.all(db)}


def test_a_household_that_was_left_out_can_come_with_the_same_file_later(session: Session) -> None:
    incoming = people_list(BEFORE, household(person("Гук Семен", 1950), house="3"))
    preview = imports.preview_list(session, incoming)
    entry = preview.report.entries[1]
    imports.apply_import(session, preview, choices={Choice(entry.sheet, entry.row): False})
    again = imports.preview_list(session, incoming)
    assert [one.status for one in again.report.entries] == [RowStatus.UNCHANGED, RowStatus.ADDED]
    imports.apply_import(session, again)
    with session.reading() as db:
        assert sorted(row.surname for row in stores.people.all(db)) == ["Гук", "Коваленко"]
    assert imports.preview_list(session, incoming).same_file
