"""Rows go back to their sender in the sender's own workbook, and come in again without doubling the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from coordinator.errors import UserError
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.sent_back import sheets_back
from coordinator.queries.household import load_households
from coordinator.services import gazetteer, imports
from coordinator.services.import_errors import export_errors
from coordinator.session import Session
from db import stores
from tests.exchange.making import LIST_DAY, write_book
from tests.exchange.told import SHORT, looked, one, told

TITLES = [["Список мешканців с. Подоли"], ["станом на 14.08.2023"]]
ROWS: list[list[Any]] = [
    ["", "", "", "", "", "хто це?"],
    [1, "Сорока Олена Іванівна", 1981, "вул. Садова, 5", "0501112233"],
    ["", "Сорока Іван Петрович", "31.02.2015"],
    [2, "Дрозд Микола Петрович", 1950, "вул. Миру, 1", "0671112244"],
    ["Всього", 3],
    [3, "Крук Ганна Іллівна", 1944, "вул. Миру, 7", "3,80501E+11"],
]


@pytest.fixture(autouse=True)
def places(session: Session) -> None:
    gazetteer.seed(session)


def shaped(book: xlsxwriter.Workbook) -> None:
    page = book.worksheets()[1]
    page.set_column(1, 1, 33)
    page.set_row(4, 40)
    page.merge_range(0, 0, 0, 4, TITLES[0][0], book.add_format({"bold": True, "bg_color": "#CCFFCC"}))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    sheets = {"Обкладинка": [["Громада"]], "Подоли": [*TITLES, SHORT, *ROWS], "Мирове": [*TITLES, SHORT, ROWS[3]]}
    return write_book(tmp_path / "list.xlsx", sheets, shaped)


def grid(path: Path, sheet: str = "Подоли") -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


def test_only_the_rows_to_correct_go_back_with_titles_styles_and_reasons(
    session: Session, sent: Path, tmp_path: Path
) -> None:
    out = tmp_path / "back.xlsx"
    written = export_errors(session, looked(session, sent), out).value
    assert written.rows == 3
    book = load_workbook(out)
    assert book.sheetnames == ["Обкладинка", "Подоли"], "a sheet without a fault stays at home, a cover goes along"
    page = book["Подоли"]
    assert [row[1] for row in grid(out)[3:]] == [None, ROWS[1][1], ROWS[2][1], 3, ROWS[5][1]]
    assert [row[0] for row in grid(out)[:3]] == [TITLES[0][0], TITLES[1][0], SHORT[0]]
    assert "A1:E1" in page.merged_cells and page["A1"].fill.fgColor.rgb == "FFCCFFCC"
    assert page.column_dimensions["B"].width == pytest.approx(33.7, abs=1) and page.row_dimensions[5].height == 39.75
    assert page["G3"].value == "Що виправити", "in the language of the sender's headers"
    assert page["G6"].value.startswith("Рядок 6, Дата народження: «31.02.2015» ")
    assert page["C6"].fill.fgColor.rgb.endswith("FFF2CC") and not page["B6"].fill.fgColor.rgb.endswith("FFF2CC")
    with session.reading() as db:
        (logged,) = stores.printed.all(db)
    assert (logged.kind, logged.target, logged.people) == ("export:import-errors", "back.xlsx", 4)


def test_corrected_rows_come_in_again_without_doubling_the_rest(session: Session, sent: Path, tmp_path: Path) -> None:
    preview = looked(session, sent)
    imports.apply_import(session, preview)
    out = tmp_path / "back.xlsx"
    export_errors(session, preview, out)
    book = load_workbook(out)
    page = book["Подоли"]
    page["C6"], page["E8"], page["B4"], page["D4"] = "13.02.2015", "0501112299", "Гук Семен", "вул. Миру, 9"
    book.save(out)
    again = looked(session, out)
    assert not again.report.rows_rejected and not again.report.missed
    assert "is not missed" in told(one(again.report.warnings, "import.sent_back"))
    assert (again.report.added.households, again.report.rows_updated) == (1, 2)
    imports.apply_import(session, again)
    with session.reading() as db:
        ids = [row.id for row in stores.households.all(db)]
        people = {person.name.full: person for one in load_households(db, ids) for person in one.people}
        assert len(ids) == 5 and not stores.missing.all(db)
    assert people["Сорока Іван Петрович"].birth.on is not None and "Гук Семен" in people


def test_a_row_keeps_the_settlement_that_a_row_left_at_home_said(session: Session, tmp_path: Path) -> None:
    headers = ["Населений пункт", *SHORT[1:]]
    rows = [["Подоли", *ROWS[1][1:]], ["", "Дрозд Микола", "31.02.1950", "вул. Миру, 1"]]
    out = tmp_path / "back.xlsx"
    export_errors(session, looked(session, write_book(tmp_path / "list.xlsx", {"Усі": [headers, *rows]})), out)
    assert looked(session, out).incoming.households[0].settlement_text == "Подоли"


def test_another_kind_of_file_goes_back_as_a_workbook_with_the_same_columns(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = [
        ";".join(map(str, line)) for line in (SHORT[1:], ["=Сорока Олена", "31.02.1981", "вул. Садова, 5", "", ""])
    ]
    path.write_text("\n".join(lines), "utf-8")
    out = tmp_path / "back.xlsx"
    export_errors(session, looked(session, path), out)
    table = grid(out, "list")
    assert table[0][:5] == SHORT[1:] and table[1][:3] == ["=Сорока Олена", "31.02.1981", "вул. Садова, 5"]
    assert looked(session, out).incoming.households[0].people[0].name.surname == "=Сорока"


def test_nothing_to_correct_and_who_may_not_are_told_and_nothing_is_written(session: Session, tmp_path: Path) -> None:
    path = write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, ROWS[3]]})
    with pytest.raises(UserError) as caught:
        export_errors(session, imports.preview_import(session, path, LIST_DAY), tmp_path / "back.xlsx")
    assert "the sender has nothing to correct" in told(caught.value)
    assert not (tmp_path / "back.xlsx").exists()


def test_what_a_workbook_cannot_hold_and_what_looks_like_a_formula_goes_back_as_text(
    session: Session, tmp_path: Path
) -> None:
    def shape(book: xlsxwriter.Workbook) -> None:
        page = book.worksheets()[0]
        page.merge_range(1, 5, 2, 5, "")
        page.write_string(1, 5, "=1+2")

    rows = [[n, f"Сорока {name}", "31.02.1987", "Садова, 5"] for n, name in enumerate(("Олена", "Іван"), start=1)]
    merged = write_book(tmp_path / "merged.xlsx", {"Подоли": [SHORT, *rows]}, shape)
    odd = tmp_path / "odd.csv"
    odd.write_bytes(f"{';'.join(SHORT)}\n1;Сорока\x07 Олена;31.02.1987;Садова, 5;0501112233;=1+2\x01\n".encode())
    for path in (merged, odd):
        out = tmp_path / f"{path.stem}-back.xlsx"
        export_errors(session, looked(session, path), out)
        page = load_workbook(out).worksheets[0]
        assert (page["F2"].value, page["F2"].data_type) == ("=1+2", "s") and "31.02.1987" in page["G2"].value


def test_what_the_register_says_does_not_go_back_to_the_sender(session: Session, tmp_path: Path) -> None:
    for code in ("import.hand_kept", "import.both_changed", "import.both_added"):
        remark = Remark(
            code, Cell("Подоли", "A4", "Сорока"), {"number": 1, "old": "вул. Нова, 1", "new": "", "base": ""}
        )
        path = write_book(tmp_path / "list.xlsx", {"Подоли": [*TITLES, SHORT, ROWS[1]]})
        assert not sheets_back(looked(session, path).incoming, [remark])


def test_the_log_counts_all_of_a_family_that_goes_back(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Населений пункт", "Вулиця", "Телефон", "Кількість людей", "з них дітей"]
    path = write_book(tmp_path / "hotline.xlsx", {"Заявки": [headers, ["Сорока Олена", "Подоли", "", "12", 5, 2]]})
    export_errors(session, looked(session, path), tmp_path / "back.xlsx")
    with session.reading() as db:
        (logged,) = stores.printed.all(db)
    assert logged.people == 5
