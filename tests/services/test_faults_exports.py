"""Faults 65 to 68: what must not go out as it is, and where it cannot go. Each is told, and the old file stays."""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import openpyxl
import pytest

from coordinator.domain.household import Address
from coordinator.domain.person import PersonName
from coordinator.errors import UserError
from coordinator.exchange.reading import read_workbook
from coordinator.exchange.wanted import ExportKind, Wanted
from coordinator.exchange.writing import Column, Note, Sheet, write_workbook
from coordinator.queries.household import load_households
from coordinator.services import households, imports
from coordinator.services.exports import send
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from tests.builders import DAY
from tests.exchange.told import told
from tests.full_disk import a_disk_with_room_for

FORMULAS = ("=Ґудзь", "+380 донька", "-дід", "@кума", "\tОлена", "'=лапка", "'Надія '-центр", '=HYPERLINK("x")')
OLD = "те, що лежало тут раніше".encode()


def family(session: Session, *notes: str) -> None:
    people = tuple(MemberDraft(PersonName("Ґудзь", f"Олена{n}"), note=note) for n, note in enumerate(notes))
    draft = HouseholdDraft(settlement_text="Подоли", address=Address("Садова", "12"), people=people)
    households.add_household(session, draft)


def refused(session: Session, path: Path, kind: ExportKind = ExportKind.PEOPLE) -> UserError:
    """Why nothing was written: told, the old file whole, nothing else beside it, nothing in the log."""
    path.write_bytes(OLD)
    with pytest.raises(UserError) as caught:
        send(session, Wanted(kind, DAY), path)
    assert path.read_bytes() == OLD and list(path.parent.glob(".*")) == []
    with session.reading() as db:
        assert stores.printed.all(db) == []
    return caught.value


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_fault_65_texts_that_look_like_formulas_stay_texts_and_come_back_as_they_were(
    session: Session, tmp_path: Path, suffix: str
) -> None:
    family(session, *FORMULAS)
    path = send(session, Wanted(ExportKind.PEOPLE, DAY), tmp_path / f"list{suffix}").value.path
    if suffix == ".xlsx":
        page = openpyxl.load_workbook(path).worksheets[0]
        cells = [page.cell(row, page.max_column) for row in range(2, page.max_row + 1)]
        assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in FORMULAS]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            written = [row[-1] for row in csv.reader(file, delimiter=";")][1:]
        assert written == ["'" + text if text[0] in "=+-@\t" or text[:2] == "'=" else text for text in FORMULAS]
        assert [row[-1] for row in read_workbook(path)[0].rows][1:] == list(FORMULAS)
    preview = imports.preview_import(session, path)
    assert not preview.report.writes and not preview.report.rows_rejected


def test_fault_66_control_characters_are_left_out(session: Session, tmp_path: Path) -> None:
    family(session, "а\x00б\x1bвг\ufffe", "рядок\r\nдругий")
    for suffix in (".xlsx", ".csv"):
        path = send(session, Wanted(ExportKind.PEOPLE, DAY), tmp_path / f"list{suffix}").value.path
        notes = [row[-1] for row in read_workbook(path)[0].rows][1:]
        assert notes == ["абвг", "рядок\nдругий"]


def test_fault_66_a_text_that_no_cell_can_hold_is_named_by_its_cell(session: Session, tmp_path: Path) -> None:
    family(session, "коротко", "ґ" * 32_768)
    said = told(refused(session, tmp_path / "list.xlsx"))
    assert said.startswith("Sheet People, cell U3: the text is longer than 32767 characters")
    assert said.endswith("Nothing was written.")
    with session.reading() as db:
        (one,) = load_households(db, [row.id for row in stores.households.all(db)])
    households.edit_person(session, one.people[1].id, MemberDraft(one.people[1].name, note="ґ" * 32_767))
    path = send(session, Wanted(ExportKind.PEOPLE, DAY), tmp_path / "list.xlsx").value.path
    assert len(openpyxl.load_workbook(path).worksheets[0]["U3"].value) == 32_767


def test_fault_67_sheet_names_that_no_workbook_takes(tmp_path: Path) -> None:
    wanted = [
        "Куп'янськ-Вузловий: вул. Садова/Лісова [2023]", "Куп'янськ-Вузловий: вул. Садова/Лугова", "'лапки'", "",
        "History", "history", "  /  ",
    ]  # fmt: skip
    sheets = [Sheet(name, [Column("name", "Name")], [[name or "–"]]) for name in wanted]
    write_workbook(tmp_path / "a.xlsx", sheets, [Note("ЛАПКИ", [("About", "x")])])
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names == [
        "Куп'янськ-Вузловий  вул. Садова", "Куп'янськ-Вузловий  вул. Са (2)", "лапки", "1", "History (2)",
        "history (3)", "1 (2)", "ЛАПКИ (2)",
    ]  # fmt: skip
    assert [sheet.rows[1][0] for sheet in read_workbook(tmp_path / "a.xlsx")[:3]] == wanted[:3]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_fault_68_a_full_disk_leaves_the_old_file_whole(session: Session, tmp_path: Path, suffix: str) -> None:
    family(session, *(f"примітка {number}" for number in range(300)))
    with a_disk_with_room_for(4096):
        said = told(refused(session, tmp_path / f"list{suffix}"))
    assert f"list{suffix} could not be written" in said and said.endswith("the old file is as it was.")


def test_fault_68_a_target_that_cannot_be_replaced_and_a_folder_that_is_gone(session: Session, tmp_path: Path) -> None:
    family(session, "коротко")
    held = tmp_path / "list.xlsx"
    held.mkdir()  # As Windows does for a file that Excel holds, the system refuses to replace it.
    for target, start in ((held, f"{held} could not be written"), (tmp_path / "gone" / "a.csv", "There is no folder")):
        with pytest.raises(UserError) as caught:
            send(session, Wanted(ExportKind.PEOPLE, DAY), target)
        assert told(caught.value).startswith(start)
    assert [path.name for path in tmp_path.iterdir() if path.name != "centre.register"] == ["list.xlsx"]


def test_fault_68_what_another_program_is_just_writing_is_left_alone(session: Session, tmp_path: Path) -> None:
    family(session, "")
    young, old = tmp_path / ".list-abcd1234.xlsx", tmp_path / ".list-abcd1235.xlsx"
    for draft in (young, old):
        draft.write_bytes(OLD)
    os.utime(old, (time.time() - 3600,) * 2)
    send(session, Wanted(ExportKind.PEOPLE, DAY), tmp_path / "list.xlsx")
    assert young.exists() and not old.exists()
