"""Faults of whole files that come in: protected, foreign, damaged, unsafe, held open."""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coordinator.exchange import calamine_reader, guards
from coordinator.exchange.incoming import IncomingList
from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.understand import understand
from coordinator.services.imports import apply_import
from coordinator.session import Session
from tests.exchange.making import changed_part, read_book, write_book
from tests.exchange.old_books import cell, ods, ods_row, protect, write_xls, xlsb
from tests.exchange.told import OLENA, SHORT, looked, one, refused, state, surnames

SHEET = "xl/worksheets/sheet1.xml"
Shape = Callable[[Any], None]


def one_list(path: Path, *rows: list[Any], shape: Shape | None = None, **options: object) -> Path:
    """A people list of one sheet: headers, then the rows."""
    return write_book(path, {"Подоли": [SHORT, *rows]}, shape, **options)


def one_sheet(path: Path) -> RawSheet:
    (sheet,) = read_workbook(path)
    return sheet


def test_fault_54_a_protected_workbook_asks_for_its_password(session: Session, tmp_path: Path) -> None:
    path = protect(one_list(tmp_path / "list.xlsx", OLENA), "Пароль-7")
    assert "protected by a password. Enter the one that its sender gave you." in refused(session, path)
    assert "not the password of list.xlsx" in refused(session, path, "пароль-7")
    assert surnames(read_book_with(path, "Пароль-7")) == ["Сорока"]


def read_book_with(path: Path, password: str) -> IncomingList:
    return understand(path, read_workbook(path, password), date(2023, 8, 14))


def test_fault_54_an_old_protected_workbook(session: Session, tmp_path: Path) -> None:
    rows: list[list[object]] = [list(SHORT), [1.0, "Сорока Олена", 1981.0, "вул. Садова, 5"]]
    path = write_xls(tmp_path / "list.xls", rows, password="Пароль-7")
    assert "protected by a password" in refused(session, path)
    assert "not the password" in refused(session, path, "інший")
    assert surnames(read_book_with(path, "Пароль-7")) == ["Сорока"]


def test_fault_54_what_excel_opens_without_asking_is_opened(session: Session, tmp_path: Path) -> None:
    path = protect(one_list(tmp_path / "list.xlsx", OLENA), "VelvetSweatshop")
    assert surnames(looked(session, path).incoming) == ["Сорока"]


def test_fault_54_nothing_decrypted_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[object]] = [["ПІБ"], ["Сорока Олена"]]
    books = [write_xls(tmp_path / "a.xls", rows, password="x"), protect(one_list(tmp_path / "b.xlsx", OLENA), "x")]
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, None)
    before = sorted(tmp_path.iterdir())
    opened: list[str] = []
    listening = True

    def hear(event: str, args: tuple[object, ...]) -> None:
        # Flags of open() that write, create or truncate.
        if listening and event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & 3:
            opened.append(str(args[0]))

    sys.addaudithook(hear)
    for book in books:
        assert read_workbook(book, "x")
    listening = False
    assert [name for name in opened if not name.startswith("/dev/null")] == [] and sorted(tmp_path.iterdir()) == before


def test_fault_54_protections_that_cannot_be_opened_say_what_to_do(session: Session, tmp_path: Path) -> None:
    path = ods(tmp_path / "list.ods", ods_row("ПІБ"))
    changed_part(path, "META-INF/manifest.xml", lambda _xml: b"<m:encryption-data/>")
    assert "save it without the password" in refused(session, path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", "ПІБ;Адреса\nСорока;Садова 5\n".encode(), "holds plain text. Give it the ending .csv"),
        ("list.xls", b"<html><table><tr><td>x</td></tr></table></html>", "web page or XML and not a workbook"),
        ("list.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "is a picture"),
        ("list.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "is a picture"),
        ("list.xlsx", b"", "is empty (0 bytes)"),
        ("list.pdf", b"%PDF-1.7\n", "is a document and not a workbook"),
        ("list.xls", b"\x00\x01\x02\x03" * 99, "is damaged or was not copied to its end"),
    ],
)
def test_fault_55_files_that_are_something_else(
    session: Session, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refused(session, tmp_path / name)


def test_fault_55_archives_and_truncated_workbooks(session: Session, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr("list.xlsx", b"x")
    assert "is an archive and not a workbook" in refused(session, tmp_path / "list.zip")
    whole = one_list(tmp_path / "whole.xlsx", OLENA).read_bytes()
    protected = protect(one_list(tmp_path / "locked.xlsx", OLENA), "x").read_bytes()
    for name, content in (("a.xlsx", whole), ("b.xlsx", whole[:-900]), ("c.xlsx", protected)):
        (tmp_path / name).write_bytes(content[: len(content) * 9 // 10])
        assert "is damaged or was not copied to its end" in refused(session, tmp_path / name, "x")


def test_fault_56_one_damaged_byte_in_a_sheet(session: Session, tmp_path: Path) -> None:
    path = one_list(tmp_path / "list.xlsx", *[[n, f"Сорока {n}", 1981, f"вул. Садова, {n}"] for n in range(200)])
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(SHEET).header_offset
    content = bytearray(path.read_bytes())
    content[start + 300] ^= 0x10
    path.write_bytes(bytes(content))
    assert "is damaged" in refused(session, path)


def test_fault_57_a_zip_bomb_is_measured_before_it_is_opened(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "LARGEST_UNPACKED", 4 << 20)
    path = one_list(tmp_path / "list.xlsx", OLENA)
    changed_part(path, SHEET, lambda xml: xml + b" " * (8 << 20))
    assert path.stat().st_size < 40_000
    assert "would unpack to 8 MB, more than the 4 MB" in refused(session, path)
    assert "would unpack to" in refused(session, protect(path, "x"), "x")


def test_fault_58_entities_are_refused_before_they_expand(session: Session, tmp_path: Path) -> None:
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet>&c;</worksheet>'
    path = changed_part(one_list(tmp_path / "list.xlsx", OLENA), SHEET, lambda _xml: entities)
    text = refused(session, path)
    assert SHEET in text and "can do harm" in text
    table = ods(tmp_path / "list.ods", ods_row("ПІБ"))
    changed_part(table, "content.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    assert "content.xml" in refused(session, table)


def test_fault_59_macro_and_binary_and_open_document_books_give_values_only(tmp_path: Path) -> None:
    macros = one_list(tmp_path / "list.xlsx", OLENA)
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    macros = macros.rename(tmp_path / "list.xlsm")
    headers: list[object] = list(SHORT)
    binary = xlsb(tmp_path / "list.xlsb", headers, [1, "Сорока Олена Іванівна", "05.03.1981", "вул. Садова, 5"])
    sum_of = (
        '<table:table-cell table:formula="of:=2" office:value-type="float" office:value="1981"><text:p>1981</text:p>'
        "</table:table-cell>"
    )
    table = ods(tmp_path / "list.ods", ods_row(*SHORT) + ods_row("1", "Сорока Олена", sum_of, "вул. Садова, 5"))
    for path in (macros, binary, table):
        incoming = read_book(path)
        assert surnames(incoming) == ["Сорока"]
        assert incoming.households[0].people[0].birth.year == 1981 or incoming.households[0].people[0].birth.on


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize(("name", "separator"), [("list.csv", ";"), ("list.csv", ","), ("list.tsv", "\t")])
def test_fault_60_text_tables_in_all_encodings_with_uneven_rows(
    tmp_path: Path, encoding: str, name: str, separator: str
) -> None:
    lines = [SHORT, ["1", "Сорока Олена", "31.02.1981", "Садова 5"], ["2", "Їжак Ґалаґан"], []]
    lines += [["3", "Дрозд Микола", "1950", "Миру 1", "", "", "зайве"]]
    path = tmp_path / name
    path.write_bytes("\r\n".join(separator.join(row) for row in lines).encode(encoding))
    incoming = read_book(path)
    assert surnames(incoming) == ["Сорока", "Їжак", "Дрозд"]
    assert one(incoming.warnings, "import.birth_unreadable").at.cell == "C2"
    assert incoming.households[-1].rows == (5,)


def test_fault_60_letters_that_cannot_be_read(session: Session, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"\x98\x98;\x98\n")
    assert "Save it as “CSV UTF-8”" in refused(session, tmp_path / "list.csv")


def test_fault_61_a_file_that_excel_holds_open(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = one_list(tmp_path / "list.xlsx", OLENA)
    mark = tmp_path / "~$list.xlsx"
    mark.write_bytes(b"\x05user")
    assert "the mark that Excel leaves beside an open workbook" in refused(session, mark)

    def held(_path: Path) -> bytes:
        raise PermissionError(13, "held by another process")

    monkeypatch.setattr(Path, "read_bytes", held)
    assert "another program holds it" in refused(session, path)


def test_a_file_of_a_refused_kind_leaves_an_imported_register_as_it_was(session: Session, tmp_path: Path) -> None:
    apply_import(session, looked(session, one_list(tmp_path / "list.xlsx", OLENA)))
    before = state(session)
    (tmp_path / "next.xlsx").write_bytes(b"PK\x03\x04 broken")
    refused(session, tmp_path / "next.xlsx")
    assert state(session) == before


def test_the_reader_of_old_formats_has_no_file_to_write(tmp_path: Path) -> None:
    """The child gets the workbook on its standard input and nothing else."""
    path = write_xls(tmp_path / "a.xls", [["x"]])
    done = subprocess.run(
        [sys.executable, "-P", calamine_reader.__file__], input=path.read_bytes(), capture_output=True, check=False
    )
    assert done.returncode == 0 and done.stdout


def test_cells_of_the_maker_are_read_as_written(tmp_path: Path) -> None:
    assert cell(0, 0, 1.5).endswith(struct.pack("<d", 1.5))
    assert one_sheet(write_xls(tmp_path / "a.xls", [["Ґанок", 1.5, None]])).rows == [["Ґанок", 1.5]]
