"""Workbooks are put together in memory: no temporary folder is asked for, and nothing is lost on the way."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from coordinator.errors import Cancelled
from coordinator.exchange.writing import CellKind, Column, Note, Sheet, write_workbook

COLUMNS = [Column("name", "Name"), Column("born", "Born", kind=CellKind.DATE), Column("n", "N", kind=CellKind.INTEGER)]
ROWS = [[f"Їжак <{n}> & «Ґава» =SUM(1)", date(1950, 1, 1 + n % 28), n] for n in range(3000)]


def test_all_rows_come_back_though_no_temporary_folder_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    path = tmp_path / "list.xlsx"
    sheets = [Sheet("People", COLUMNS, ROWS), Sheet("Empty", COLUMNS, [])]
    assert write_workbook(path, sheets, [Note("About", [("Line", "Text")])]) == len(ROWS)
    monkeypatch.undo()
    book = openpyxl.load_workbook(path)
    found = [[cell.value for cell in row] for row in book["People"].iter_rows(min_row=2)]
    assert [[name, born.date(), n] for name, born, n in found] == ROWS
    assert [cell.value for cell in book["Empty"][1]] == ["Name", "Born", "N"]
    assert book["About"]["B1"].value == "Text"
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.xlsx"]


def test_what_a_killed_export_left_goes_with_the_next_one_and_nothing_else(tmp_path: Path) -> None:
    left = [tmp_path / ".people-ab3_x9zq.xlsx", tmp_path / ".all-00000000.pdf"]
    others = [tmp_path / "people-ab3_x9zq.xlsx", tmp_path / ".people-notes.xlsx", tmp_path / ".people-ab3_x9zq.txt"]
    for path in (*left, *others):
        path.write_text("Їжак")
        os.utime(path, (0, 0))
    write_workbook(tmp_path / "list.xlsx", [Sheet("People", COLUMNS, ROWS[:1])])
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in others)


def test_a_stopped_export_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_workbook(tmp_path / "list.xlsx", [Sheet("People", COLUMNS, ROWS)], progress=lambda _part, _what: False)
    assert list(tmp_path.iterdir()) == []
