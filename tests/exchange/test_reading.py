"""Opening files: what they really are, limits, and what calamine does not tell (FAULTS 31-38, 51-61)."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from coordinator.errors import UserError
from coordinator.exchange import guards
from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.sheet_scan import cell_name, column_index, column_letters
from tests.exchange.making import changed_part, write_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
<office:spreadsheet><table:table table:name="Подоли">
<table:table-row><table:table-cell office:value-type="string"><text:p>ПІБ</text:p></table:table-cell>
<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Адреса</text:p></table:table-cell>
</table:table-row>
<table:table-row table:visibility="filter">
<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>
{rest}</table:table></office:spreadsheet></office:body></office:document-content>"""


def code_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_workbook(path)
    assert caught.value.facts["file"] == path.name
    return caught.value.code


def one_sheet(path: Path) -> RawSheet:
    (sheet,) = read_workbook(path)
    return sheet


def ods(path: Path, rest: str = "", **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rest=rest).replace("\n", ""))
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", "<manifest/>"))
    return path


def test_rows_are_numbered_as_in_excel(tmp_path: Path) -> None:
    def far_corner(book: Any) -> None:
        page = book.get_worksheet_by_name("A")
        page.write("B4", "x")
        page.merge_range("B6:B8", "m")
        page.write_datetime("C4", time(6, 0), book.add_format({"num_format": "hh:mm"}))
        page.write("D4", 380501112233)

    sheet = one_sheet(write_book(tmp_path / "a.xlsx", {"A": [[]]}, far_corner))
    assert sheet.at(3, 1) == "x"
    assert sheet.at(3, 2) == time(6, 0)
    assert sheet.at(3, 3) == 380501112233.0
    assert sheet.at(0, 0) is None
    assert sheet.at(900, 900) is None
    assert sheet.merged == ((5, 1, 7, 1),)


def test_errors_formulas_and_hidden_rows_are_found(tmp_path: Path) -> None:
    def odd(book: Any) -> None:
        page = book.get_worksheet_by_name("A")
        page.write_formula("A1", "=1/0", None, "#DIV/0!")
        page.write_formula("B1", '=IF(1,"","")', None, "")
        page.set_row(2, None, None, {"hidden": True})
        page.write("A3", "hidden")

    sheet = one_sheet(write_book(tmp_path / "a.xlsx", {"A": [[]]}, odd))
    assert sheet.errors == {(0, 0): "#DIV/0!"}
    assert sheet.hidden_rows == {2}
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["B2"], page["C3"] = "=SUM(B1:B9)", "#N/A", 3
    book.save(tmp_path / "b.xlsx")
    sheet = one_sheet(tmp_path / "b.xlsx")
    assert sheet.uncached == {(0, 0)}
    assert sheet.errors == {(1, 1): "#N/A"}
    assert sheet.rows[0][0] is None


def test_hidden_sheets_and_sheets_with_a_chart_are_marked(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book.get_worksheet_by_name("B").hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=A!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    sheets = read_workbook(write_book(tmp_path / "a.xlsx", {"A": [[1], [2]], "B": [["x"]]}, hide))
    assert [(sheet.name, sheet.visible, sheet.chart) for sheet in sheets] == [
        ("A", True, False), ("B", False, False), ("Chart", True, True)
    ]  # fmt: skip


def test_the_epoch_of_1904(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"A": [[date(1951, 6, 14), 17332]]}, date_1904=True)
    sheet = one_sheet(path)
    assert sheet.at(0, 0) == date(1951, 6, 14)
    assert sheet.epoch_1904


def test_a_million_formatted_rows_are_no_rows(tmp_path: Path) -> None:
    blanks = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(5, 4000))
    far = b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    path = write_book(tmp_path / "a.xlsx", {"A": [["x"], ["y"]]})
    changed_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", blanks + far))
    assert one_sheet(path).rows == [["x"], ["y"]]


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"A": [["x", "y"]]})
    changed_part(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', xml))
    assert one_sheet(path).rows == [["x", "y"]]


def test_one_stray_cell_in_the_last_corner_is_refused_and_named(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"A": [["x"]]}, lambda book: book.worksheets()[0].write("XFD1048576", " "))
    with pytest.raises(UserError) as caught:
        read_workbook(path)
    assert (caught.value.code, caught.value.facts["cell"]) == ("import.sheet_too_large", "XFD1048576")


def test_open_document_tables(tmp_path: Path) -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="9"/>'
    )
    sheet = one_sheet(ods(tmp_path / "a.ods", empty + "</table:table-row>"))
    assert sheet.rows == [["ПІБ", "Адреса"], [7.0, None]]
    assert (sheet.merged, sheet.hidden_rows) == (((0, 1, 1, 1),), {1})


def test_repeated_cells_of_open_document_are_measured_first(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    bomb = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert code_of(ods(tmp_path / "a.ods", bomb)) == "import.sheet_too_large"
    assert code_of(ods(tmp_path / "b.ods", manifest="<m:encryption-data/>")) == "import.protection_unknown"


def test_a_far_cell_of_a_binary_workbook_is_measured_first(tmp_path: Path) -> None:
    row = bytes([0, 4]) + (1048575).to_bytes(4, "little")
    cell = bytes([2, 8]) + (16383).to_bytes(4, "little") + bytes(4)
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x00")
        archive.writestr("xl/worksheets/sheet1.bin", row + cell)
    assert code_of(tmp_path / "a.xlsb") == "import.sheet_too_large"


def test_an_element_that_is_never_closed(tmp_path: Path) -> None:
    assert code_of(ods(tmp_path / "a.ods", "<table:table-row>")) == "import.damaged"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "import.empty_file"),
        ("a.xlsx", "ПІБ;Адреса\nСорока;Садова".encode(), "import.is_text"),
        ("a.xlsx", "ПІБ;Адреса".encode("utf-16"), "import.is_text"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table>", "import.is_html"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00", "import.is_picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00", "import.is_picture"),
        ("a.pdf", b"%PDF-1.7\n", "import.is_document"),
        ("a.xlsx", b"\x00\x01\x02\x03", "import.damaged"),
        ("a.exe", b"MZ\x90\x00", "import.unknown_type"),
        ("a.xlsx", OLE + b"\x00" * 64 + "EncryptedPackage".encode("utf-16-le"), "import.password"),
        ("a.doc", OLE + b"\x00" * 64 + "WordDocument".encode("utf-16-le"), "import.is_document"),
        ("a.xls", OLE + b"\x00" * 64 + "Workbook".encode("utf-16-le"), "import.damaged"),
        ("~$a.xlsx", b"\x05user", "import.lock_file"),
        ("a.csv", b"\x98\x98;\x98\n", "import.encoding"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.xlsx") == "import.no_file"
    assert code_of(tmp_path) == "import.is_folder"


def test_archives_that_are_no_workbook(tmp_path: Path) -> None:
    for name, part, code in [("a", "a.txt", "import.is_zip"), ("b", "word/document.xml", "import.is_document")]:
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx", "w") as archive:
            archive.writestr(part, "x")
        assert code_of(tmp_path / f"{name}.xlsx") == code


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_truncated_workbooks(tmp_path: Path, kept: float) -> None:
    path = write_book(tmp_path / "a.xlsx", {"A": [["x", n] for n in range(300)]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert code_of(path) == "import.damaged"


def test_a_damaged_byte_is_noticed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"A": [["x", n] for n in range(300)]})
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 200] ^= 0xFF
    path.write_bytes(bytes(content))
    assert code_of(path).startswith("import.damaged")


def test_bombs_and_entities_are_refused_before_they_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    path = write_book(tmp_path / "a.xlsx", {"A": [["x"]]})
    changed_part(path, "xl/worksheets/sheet1.xml", lambda _xml: entities)
    assert code_of(path) == "import.unsafe"
    monkeypatch.setattr(guards, "LARGEST_UNPACKED", 1 << 20)
    bomb = write_book(tmp_path / "b.xlsx", {"A": [["x"]]})
    changed_part(bomb, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (2 << 20))
    assert bomb.stat().st_size < 20_000
    assert code_of(bomb) == "import.unpacks_too_large"
    monkeypatch.setattr(guards, "LARGEST_FILE", 1000)
    assert code_of(bomb) == "import.file_too_large"


def test_a_sheet_whose_xml_breaks_off(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"A": [["x", n] for n in range(50)]})
    changed_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert code_of(path) == "import.damaged"


def test_error_texts_of_formats_that_do_not_mark_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ПІБ,Адреса\n#Н/Д,#REF!\n", encoding="utf-8")
    sheet = one_sheet(path)
    assert sheet.errors == {(1, 0): "#Н/Д", (1, 1): "#REF!"}
    assert sheet.rows[1] == [None, None]


def test_names_of_cells() -> None:
    assert [cell_name(16, 2), cell_name(0, 26), cell_name(1048575, 16383)] == ["C17", "AA1", "XFD1048576"]
    assert all(column_index(column_letters(column)) == column for column in range(0, 16384, 37))


def test_moments_keep_their_time(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    page.write_datetime(0, 0, datetime(2023, 8, 14, 13, 25), moment)
    book.close()
    assert one_sheet(path).at(0, 0) == datetime(2023, 8, 14, 13, 25)
