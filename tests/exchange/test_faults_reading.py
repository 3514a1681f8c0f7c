"""Faults of files and formats that come in, by their numbers: the sentence, the cell, and the untouched register."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.understand import understand
from coordinator.session import Session
from tests.exchange.making import LIST_DAY, addresses, changed_part, write_book
from tests.exchange.old_books import new_record, ods, ods_row, record, write_xls, xlsb
from tests.exchange.told import OLENA, SHORT, at, looked, one, refused, state, surnames, told

SHEET = "xl/worksheets/sheet1.xml"
Shape = Callable[[Any], None]


def one_list(path: Path, *rows: list[Any], shape: Shape | None = None, **options: object) -> Path:
    """A people list of one sheet: headers, then the rows."""
    return write_book(path, {"Подоли": [SHORT, *rows]}, shape, **options)


def one_sheet(path: Path) -> RawSheet:
    (sheet,) = read_workbook(path)
    return sheet


def test_fault_31_a_formula_that_was_never_calculated_is_named_and_not_empty(session: Session, tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Подоли"
    page.append(SHORT)
    page.append([1, "Сорока Олена Іванівна", "=DATE(1981,3,5)", "вул. Садова, 5"])
    book.save(tmp_path / "list.xlsx")
    incoming = looked(session, tmp_path / "list.xlsx").incoming
    remark = one(incoming.warnings, "import.formula_no_value")
    assert at(remark) == ("Подоли", "C2")
    assert "formula that was never calculated" in told(remark) and "“Дата народження”" in told(remark)
    assert surnames(incoming) == ["Сорока"]


def test_fault_31_in_open_document(tmp_path: Path) -> None:
    formula = '<table:table-cell table:formula="of:=[.A1]&amp;1"/>'
    sheet = one_sheet(ods(tmp_path / "a.ods", ods_row("ПІБ", "Адреса") + ods_row("Сорока", formula)))
    assert sheet.uncached == {(1, 1)}


def test_fault_32_an_error_is_an_error_in_its_cell_and_never_empty(session: Session, tmp_path: Path) -> None:
    def broken(book: Any) -> None:
        page = book.get_worksheet_by_name("Подоли")
        page.write_formula("C2", "=NA()", None, "#N/A")
        page.write_formula("E2", "=#REF!", None, "#REF!")

    path = one_list(tmp_path / "list.xlsx", [1, "Сорока Олена", None, "вул. Садова, 5"], shape=broken)
    incoming = looked(session, path).incoming
    first, second = [remark for remark in incoming.warnings if remark.code == "import.cell_error"]
    assert (at(first), at(second)) == (("Подоли", "C2"), ("Подоли", "E2"))
    assert "“Дата народження” holds the error #N/A" in told(first) and "#REF!" in told(second)
    assert surnames(incoming) == ["Сорока"]


def error_in(folder: Path, kind: str) -> Path:
    rows: list[list[Any]] = [["ПІБ", "Дата народження", "Адреса"], ["Сорока Олена", ValueError, "вул. Садова, 5"]]
    if kind == "xls":
        return write_xls(folder / "a.xls", rows)
    if kind == "xlsb":
        return xlsb(folder / "a.xlsb", *rows)
    if kind == "ods":
        error = (
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
            'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
        )
        text = [ods_row("ПІБ", "Дата народження", "Адреса"), ods_row("Сорока Олена", error, "вул. Садова, 5")]
        return ods(folder / "a.ods", "".join(text))
    path = folder / f"a.{kind}"
    separator = "\t" if kind == "tsv" else ";"
    path.write_text(separator.join(rows[0]) + "\nСорока Олена;#Н/Д;вул. Садова, 5\n".replace(";", separator), "utf-8")
    return path


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "csv", "tsv"])
def test_fault_32_in_every_format(session: Session, tmp_path: Path, kind: str) -> None:
    remark = one(looked(session, error_in(tmp_path, kind)).incoming.warnings, "import.cell_error")
    assert remark.at.cell == "B2" and remark.at.value in ("#N/A", "#REF!", "#Н/Д")
    assert remark.at.value in told(remark)


def test_fault_32_the_zero_of_a_failed_formula_is_no_value(tmp_path: Path) -> None:
    failed = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    sheet = one_sheet(ods(tmp_path / "a.ods", ods_row("ПІБ", "Вік") + ods_row("Сорока", failed)))
    assert (sheet.errors, sheet.at(1, 1)) == ({(1, 1): "#DIV/0!"}, None)


def test_fault_33_a_merged_cell_speaks_for_each_of_its_rows(session: Session, tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book.get_worksheet_by_name("Подоли").merge_range("D2:D3", "вул. Садова, 5")

    people = [[1, "Сорока Олена", 1981], [2, "Сорока Іван", 1979], [3, "Дрозд Микола", 1950, "вул. Миру, 1"]]
    incoming = looked(session, one_list(tmp_path / "list.xlsx", *people, shape=merge)).incoming
    assert [len(household.people) for household in incoming.households] == [2, 1]
    assert addresses(incoming)[0].startswith("вул. Садова") or "Садова" in addresses(incoming)[0]


def test_fault_33_merged_cells_of_the_old_formats(tmp_path: Path) -> None:
    merged = record(0x00E5, struct.pack("<5H", 1, 0, 1, 1, 1))
    assert one_sheet(write_xls(tmp_path / "a.xls", [["x", "y"], ["z"]], more=merged)).merged == ((0, 1, 1, 1),)


def test_fault_34_rows_below_titles_are_numbered_as_in_excel(session: Session, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Список мешканців с. Подоли"], [], [], [None, "ПІБ", "Дата народження", "Адреса"]]
    rows += [[None, "Сорока Олена", "31.02.1981", "вул. Садова, 5"]]
    incoming = looked(session, write_book(tmp_path / "list.xlsx", {"Аркуш1": rows})).incoming
    assert incoming.households[0].rows == (5,)
    remark = one(incoming.warnings, "import.birth_unreadable")
    assert at(remark) == ("Аркуш1", "C5")
    assert "“31.02.1981” cannot be a birth date" in told(remark)


def test_fault_35_hidden_and_filtered_rows_are_said(session: Session, tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        page = book.get_worksheet_by_name("Подоли")
        page.set_row(2, None, None, {"hidden": True})
        page.autofilter("A1:F3")

    path = one_list(tmp_path / "list.xlsx", OLENA, [2, "Дрозд Микола", 1950, "вул. Миру, 1"], shape=hide)
    incoming = looked(session, path).incoming
    remark = one(incoming.warnings, "import.hidden_rows")
    assert at(remark) == ("Подоли", "A3")
    assert "Hidden rows in the sheet “Подоли”: 1, from row 3 to row 3" in told(remark)
    assert surnames(incoming) == ["Сорока", "Дрозд"]


def test_fault_35_in_every_format(tmp_path: Path) -> None:
    hidden = record(0x0208, struct.pack("<6HI", 1, 0, 2, 0, 0, 0, 0x20))
    columns = record(0x007D, struct.pack("<6H", 1, 1, 0, 0, 1, 0))
    old = one_sheet(write_xls(tmp_path / "a.xls", [["x", "y"], ["z"]], more=hidden + columns))
    assert (old.hidden_rows, old.hidden_columns) == ({1}, {1})
    columns = new_record(390, b"") + new_record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1)) + new_record(391, b"")
    new = one_sheet(xlsb(tmp_path / "a.xlsb", ["x", "y"], ["z", "hidden"], more=columns))
    assert (new.hidden_rows, new.hidden_columns) == ({1}, {1})
    rows = '<table:table-column/><table:table-column table:visibility="collapse"/>' + ods_row("x", "y")
    text = one_sheet(ods(tmp_path / "a.ods", rows + ods_row("z", more=' table:visibility="filter"')))
    assert (text.hidden_rows, text.hidden_columns) == ({1}, {1})

    def hide(book: Any) -> None:
        book.get_worksheet_by_name("A").set_column("C:D", None, None, {"hidden": True})

    path = write_book(tmp_path / "a.xlsx", {"A": [["x", "y", "z"]]}, hide)
    assert one_sheet(path).hidden_columns == {2, 3}


def test_fault_36_hidden_sheets_are_counted_and_charts_have_no_rows(session: Session, tmp_path: Path) -> None:
    def shape(book: Any) -> None:
        book.get_worksheet_by_name("Старий").hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Подоли!$A$1:$A$2"})
        book.add_chartsheet("Графік").set_chart(chart)

    other = [2, "Дрозд Микола", 1950, "вул. Миру, 1"]
    sheets = {"Подоли": [SHORT, OLENA], "Курилівка": [SHORT, other], "Старий": [SHORT, OLENA, other]}
    incoming = looked(session, write_book(tmp_path / "list.xlsx", sheets, shape)).incoming
    remark = one(incoming.warnings, "import.sheet_hidden")
    assert at(remark) == ("Старий", "A1")
    assert "hidden sheet “Старий” was left out (rows in it: 2)" in told(remark)
    assert [(sheet.name, sheet.rows_read, sheet.used) for sheet in incoming.sheets] == [
        ("Подоли", 1, True), ("Курилівка", 1, True), ("Старий", 0, False)
    ]  # fmt: skip


def test_fault_36_hidden_sheets_of_the_other_formats(tmp_path: Path) -> None:
    style = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    assert not one_sheet(ods(tmp_path / "a.ods", ods_row("x"), before=style)).visible
    assert not one_sheet(write_xls(tmp_path / "a.xls", [["x"]], hidden=True)).visible
    assert not one_sheet(xlsb(tmp_path / "a.xlsb", ["x"], state=1)).visible


def test_fault_38_days_counted_from_1904(session: Session, tmp_path: Path) -> None:
    days = [[1, "Сорока Олена", date(1981, 3, 5), "вул. Садова, 5"], [2, "Дрозд Микола", 16500, "вул. Миру, 1"]]
    incoming = looked(session, one_list(tmp_path / "list.xlsx", *days, date_1904=True)).incoming
    births = [household.people[0].birth.on for household in incoming.households]
    assert births == [date(1981, 3, 5), date(1949, 3, 5)]
    assert one_sheet(write_xls(tmp_path / "a.xls", [["x"]], epoch_1904=True)).epoch_1904
    assert one_sheet(xlsb(tmp_path / "a.xlsb", ["x"], epoch_1904=True)).epoch_1904
    null_date = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    assert one_sheet(ods(tmp_path / "a.ods", ods_row("x"), after=null_date)).epoch_1904


def test_fault_51_a_million_rows_used_by_formatting_are_no_rows(session: Session, tmp_path: Path) -> None:
    path = one_list(tmp_path / "list.xlsx", OLENA)
    far = b'<row r="1048576" ht="15"><c r="A1048576" s="0"/></row></sheetData>'
    changed_part(path, SHEET, lambda xml: xml.replace(b"</sheetData>", far))
    assert looked(session, path).report.rows_read == 1


def test_fault_51_a_cell_in_the_last_corner_is_refused_by_its_name(session: Session, tmp_path: Path) -> None:
    path = one_list(tmp_path / "list.xlsx", OLENA, shape=lambda book: book.worksheets()[0].write("XFD1048576", "."))
    text = refused(session, path)
    assert "“Подоли”" in text and "reaches to cell XFD1048576" in text


def test_fault_52_an_old_workbook_of_exactly_65536_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["ПІБ", "Адреса"]] + [[f"Сорока {n}", n] for n in range(65_535)]
    sheet = one_sheet(write_xls(tmp_path / "list.xls", rows))
    assert len(sheet.rows) == 65_536
    assert sheet.at(65_535, 0) == "Сорока 65534"


def test_fault_52_that_rows_may_be_missing_is_told_with_the_last_cell(session: Session, tmp_path: Path) -> None:
    rows: list[list[Any]] = [SHORT, OLENA, *[[] for _row in range(65_533)], [2, "Дрозд Микола", 1950, "вул. Миру, 1"]]
    path = tmp_path / "list.xls"
    path.write_bytes(b"stand-in")
    before = state(session)
    incoming = understand(path, [RawSheet("Подоли", rows)], LIST_DAY)
    remark = one(incoming.warnings, "import.sheet_full")
    assert at(remark) == ("Подоли", "A65536") and "rows may have been cut off" in told(remark)
    assert surnames(incoming) == ["Сорока", "Дрозд"] and state(session) == before


@pytest.mark.parametrize("told_size", [b"A1", b"A1:XFD1048576", b"", b"nonsense"])
def test_fault_53_a_wrong_dimension_is_not_believed(session: Session, tmp_path: Path, told_size: bytes) -> None:
    path = one_list(tmp_path / "list.xlsx", OLENA, [2, "Дрозд Микола", 1950, "вул. Миру, 1"])
    changed_part(
        path, SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + told_size + b'"', xml)
    )
    assert surnames(looked(session, path).incoming) == ["Сорока", "Дрозд"]
