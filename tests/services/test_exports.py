"""Workbooks out: typed cells, text kept as text, the summary with its hashtags, a target that cannot be written."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import Vehicle
from coordinator.domain.household import Address
from coordinator.domain.person import Birth, PersonName, Sex
from coordinator.domain.phones import parse_phones
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.memory_book import MemoryBook
from coordinator.exchange.wanted import Chosen, Wanted
from coordinator.exchange.writing import Column, Sheet, write_workbook
from coordinator.services import decisions, fleet, households
from coordinator.services.exports import ExportKind, export, send
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session, change_setting
from coordinator.settings import HIDE_BELOW
from db import stores
from tests.full_disk import a_disk_with_room_for

DAY = date(2023, 8, 15)


@pytest.fixture
def family(session: Session) -> str:
    """A mother born in 1986 and a son born on 1 March 2012, with a name that a worksheet would take for a formula."""
    mother = MemberDraft(PersonName("=Ґудзь", "Олена"), Sex.FEMALE, Birth(year=1986))
    son = MemberDraft(PersonName("Ґудзь", "Марко"), Sex.MALE, Birth(on=date(2012, 3, 1)))
    draft = HouseholdDraft(
        settlement_text="Подоли",
        address=Address("Садова", "12"),
        people=(mother, son),
        contacts=parse_phones("0501234567"),
        note="+ кіт",
    )
    return households.add_household(session, draft).value


def sheet(session: Session, folder: Path, kind: ExportKind, number: int = 0) -> list[list[Any]]:
    done = export(session, kind, folder / "out.xlsx", DAY).value
    book = openpyxl.load_workbook(done.path)
    return [[cell.value for cell in row] for row in book.worksheets[number].iter_rows()]


def column(rows: list[list[Any]], title: str, header: int = 0) -> list[Any]:
    at = rows[header].index(title)
    return [row[at] for row in rows[header + 1 :]]


@pytest.mark.usefixtures("family")
def test_people_come_out_typed_with_phones_as_text(session: Session, tmp_path: Path) -> None:
    rows = sheet(session, tmp_path, ExportKind.PEOPLE)
    assert column(rows, "Surname") == ["=Ґудзь", "Ґудзь"]
    assert column(rows, "Date of birth") == [None, datetime(2012, 3, 1)]
    assert column(rows, "Year of birth") == [1986, None]
    assert column(rows, "Age") == [37, 11]
    assert column(rows, "Phone") == ["050 123 45 67"] * 2
    assert column(rows, "Note") == ["+ кіт"] * 2


@pytest.mark.usefixtures("family")
def test_a_year_among_days_of_birth_is_shown_as_a_year(session: Session, tmp_path: Path) -> None:
    wanted = Wanted(ExportKind.PEOPLE, DAY, columns=(Chosen("given"), Chosen("birth")))
    page = openpyxl.load_workbook(send(session, wanted, tmp_path / "a.xlsx").value.path).worksheets[0]
    assert [(page.cell(row, 2).value, page.cell(row, 2).number_format) for row in (2, 3)] == [
        (1986, "0"), (datetime(2012, 3, 1), "dd.mm.yyyy")
    ]  # fmt: skip


@pytest.mark.usefixtures("family")
def test_the_header_is_frozen_and_coded_columns_offer_their_words(session: Session, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(export(session, ExportKind.PEOPLE, tmp_path / "a.xlsx", DAY).value.path).worksheets[0]
    assert page.freeze_panes == "A2"
    assert any("Refused" in rule.formula1 for rule in page.data_validations.dataValidation)
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row} <= {"s", "n", "d"}


@pytest.mark.usefixtures("family")
def test_households_come_out_one_a_row(session: Session, tmp_path: Path) -> None:
    rows = sheet(session, tmp_path, ExportKind.HOUSEHOLDS)
    assert column(rows, "Number of people") == [2]
    assert column(rows, "of them children") == [1]
    assert column(rows, "Decision") == ["Not asked"]


def test_the_daily_summary_counts_persons_and_carries_its_hashtags(
    session: Session, family: str, tmp_path: Path
) -> None:
    change_setting(session, HIDE_BELOW, 0)
    decisions.record_departure(session, family, EventKind.BY_US, DAY)
    rows = sheet(session, tmp_path, ExportKind.DAILY_SUMMARY)
    assert rows[1][0] == "#date+occurred"
    assert all(str(tag).startswith("#") and str(tag).isascii() for tag in rows[1])
    line = dict(zip(rows[1], rows[2], strict=True))
    assert line["#reached+ind+evacuated"] == 2
    assert line["#reached+ind+f+evacuated"] == 1
    assert line["#reached+ind+children+evacuated"] == 1
    assert line["#affected+ind+remaining"] == 0
    assert not any("Ґудзь" in str(cell) for row in rows for cell in row)


def test_the_summary_keeps_those_who_left_by_themselves_apart(session: Session, family: str, tmp_path: Path) -> None:
    change_setting(session, HIDE_BELOW, 0)
    decisions.decide(session, family, Decision.LEFT_THEMSELVES, on=DAY)
    rows = sheet(session, tmp_path, ExportKind.DAILY_SUMMARY)
    line = dict(zip(rows[1], rows[2], strict=True))
    assert (line["#reached+ind+evacuated"], line["#affected+ind+displaced+self"]) == (0, 2)


def test_small_numbers_do_not_leave_unless_somebody_says_so(session: Session, family: str, tmp_path: Path) -> None:
    decisions.record_departure(session, family, EventKind.BY_US, DAY)
    for kind, column in ((ExportKind.DAILY_SUMMARY, "Evacuated that day"), (ExportKind.COVERAGE, "Evacuated")):
        rows = sheet(session, tmp_path, kind)
        assert dict(zip(rows[0], rows[-1], strict=True))[column] == "…"


def test_the_fleet_comes_out_with_its_drivers(session: Session, tmp_path: Path) -> None:
    vehicle = Vehicle(None, "ax 1234 kc", "Sprinter", 16, 1, licence="B", driver="Ігор Приклад", phone="0671112233")
    fleet.save_vehicle(session, vehicle)
    rows = sheet(session, tmp_path, ExportKind.FLEET)
    assert column(rows, "Plate") == ["AX 1234 KC"]
    assert column(rows, "Driver's phone") == ["067 111 22 33"]
    assert column(rows, "Note") == [None]
    assert column(rows, "Remark on the licence") == ["more seats than the licence allows"]


@pytest.mark.usefixtures("family")
def test_each_export_is_logged_with_the_number_of_people(session: Session, tmp_path: Path) -> None:
    export(session, ExportKind.PEOPLE, tmp_path / "a.xlsx", DAY)
    with session.reading() as db:
        (entry,) = stores.printed.all(db)
    assert (entry.kind, entry.people) == ("export:people", 2)


def test_an_empty_register_gives_a_workbook_with_its_header(session: Session, tmp_path: Path) -> None:
    assert len(sheet(session, tmp_path, ExportKind.PEOPLE)) == 1


@pytest.mark.usefixtures("family")
def test_a_folder_that_is_not_there_is_told_and_the_old_file_stays(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        export(session, ExportKind.PEOPLE, tmp_path / "nowhere" / "a.xlsx", DAY)
    assert caught.value.code == "export.folder_missing"
    old = tmp_path / "old.xlsx"
    old.mkdir()
    with pytest.raises(UserError) as caught:
        export(session, ExportKind.PEOPLE, old, DAY)
    assert caught.value.code == "export.cannot_write"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".old")] == []


NAMES = Sheet("Names", [Column("name", "Name")], [[f"Ґудзь Олена {number}"] for number in range(20_000)])


@pytest.mark.usefixtures("family")
@pytest.mark.parametrize("asked", [1, 2, 4])
def test_a_cancel_while_the_register_is_read_or_the_book_packed_leaves_no_file_and_no_log(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    path, heard = tmp_path / "people.xlsx", list[float]()
    close, waiting = MemoryBook.close, Event()

    def slowly(book: MemoryBook) -> None:
        waiting.wait(5)
        close(book)

    def progress(part: float, _label: str) -> bool:
        heard.append(part)
        return len(heard) < asked

    monkeypatch.setattr(MemoryBook, "close", slowly)
    with pytest.raises(Cancelled):
        export(session, ExportKind.PEOPLE, path, DAY, progress)
    waiting.set()
    with session.reading() as db:
        assert not stores.printed.all(db)
    assert len(heard) == asked and not list(tmp_path.glob("*people*"))


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with a_disk_with_room_for(50_000), pytest.raises(UserError) as caught:
        write_workbook(tmp_path / "a.xlsx", [NAMES])
    assert caught.value.code == "export.cannot_write"
    assert list(tmp_path.iterdir()) == []


def test_names_lie_nowhere_but_beside_the_workbook_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, folder = tmp_path / "tmp", tmp_path / "out"
    elsewhere.mkdir()
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    seen: list[str] = []

    def look(_part: float, _label: str) -> bool:
        seen.extend(entry.name for entry in elsewhere.iterdir())
        return True

    write_workbook(folder / "a.xlsx", [NAMES], progress=look)
    assert seen == [] and [entry.name for entry in folder.iterdir()] == ["a.xlsx"]
