"""Lists of a sender through the command line: read as was said, remembered, and asked about in sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coordinator.queries.registry import registry
from coordinator.queries.senders import meaning_lines, sender_lines
from coordinator.register import open_register
from coordinator.session import Session
from tests.conftest import PASSPHRASE
from tests.exchange.making import LIST_DAY, write_book
from ui.cli import main

Command = Callable[..., tuple[int, str, str]]
HEADERS = ["Хто", "Q2", "Дані", "Кат."]
ROWS = [["Сорока Олена", "вул. Садова, 5", "5/3/1981", "К-1"], ["Дрозд Іван", "вул. Миру, 1", "4/3/1950", "х"]]
SAID = ("--column", "A=full_name", "--column", "B=address", "--column", "C=birth", "--column", "D=needs")
CLEAR = (*SAID, "--header-row", "1", "--month-first", "C", "--means", "needs:К-1=wheelchair", "--means", "needs:Х=")


@pytest.fixture
def command(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[tuple[Command, str]]:
    """Run a command in this process on the register of the test, which nobody else has open."""
    folder = str(session.folder)
    session.close()
    monkeypatch.setenv("COORDINATOR_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("COORDINATOR_LANG", "en")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run, folder


def looked(folder: str, read: Callable[[Session], Any]) -> Any:
    with open_register(Path(folder), PASSPHRASE) as opened:
        return read(opened)


def test_a_foreign_list_is_refused_with_what_is_not_clear_and_read_when_it_is_said(
    command: tuple[Command, str], tmp_path: Path
) -> None:
    run, folder = command
    path = str(write_book(tmp_path / "a.xlsx", {"Лист": [["Q1", "Q2"], ["x", 7], ["y", 8]]}))
    code, _out, err = run("import", folder, path)
    assert code == 1 and "a.xlsx cannot be read without an answer. No row of headers was recognised" in err
    book = str(write_book(tmp_path / "list.xlsx", {"Лист": [HEADERS, *ROWS]}))
    code, _out, err = run("import", folder, book, *SAID, "--strict")
    assert code == 1 and "Лист C2: In “5/3/1981” day and month could change places." in err
    assert "Words that are not understood: 2 (cells: 2)" in err
    assert looked(folder, lambda opened: registry(opened, LIST_DAY)) == []
    code, _out, err = run("import", folder, book, *SAID, "--header-row", "1", "--dry-run")
    assert code == 0 and "Лист: A Хто = full_name; B Q2 = address; C Дані = birth; D Кат. = needs" in err
    assert "  needs:К-1 (1: Лист D2)" in err.splitlines()
    code, out, err = run("import", folder, book, *CLEAR, "--sender", "Фонд «Міст»", "--strict", "--json")
    assert code == 0, err
    assert json.loads(out)["households_added"] == 2
    again = str(write_book(tmp_path / "next.xlsx", {"Лист": [[row[3], *row[:3]] for row in [HEADERS, *ROWS]]}))
    code, _out, err = run("import", folder, again, "--sender", "фонд «міст»", "--strict")
    assert code == 0 and "The column “Кат.” stands in A now; in the last list it was in D." in err
    (line,) = looked(folder, sender_lines)
    assert (line.name, line.lists, line.headers) == ("Фонд «Міст»", 1, 1)  # the second brought nothing new


def test_what_is_said_wrongly_is_refused_by_name(command: tuple[Command, str], tmp_path: Path) -> None:
    run, folder = command
    book = str(write_book(tmp_path / "list.xlsx", {"Лист": [HEADERS, *ROWS]}))
    for arguments, said in [
        (("--column", "A=colour"), "“colour” is no column that lists have. Possible are: unused, number"),
        (("--column", "7=phone"), "“7” is no column of a sheet"),
        (("--sheet", "Подоли"), "There is no sheet “Подоли” in the workbook. It has: Лист."),
        (("--means", "needs:х=dragon"), "“dragon” is no meaning that is known here. Possible are: steps, wheelchair"),
    ]:
        code, _out, err = run("import", folder, book, *arguments)
        assert code == 1 and said in err, err
    assert looked(folder, sender_lines) == []


def test_senders_and_words_are_listed_and_changed(command: tuple[Command, str], tmp_path: Path) -> None:
    run, folder = command
    book = str(write_book(tmp_path / "list.xlsx", {"Лист": [HEADERS, *ROWS]}))
    assert run("import", folder, book, *CLEAR, "--sender", "Міст")[0] == 0
    assert run("senders", folder, "rename", "міст", "Фонд «Міст»")[0] == 0
    assert run("senders", folder, "mean", "sex", "2", "female")[0] == 0
    _code, out, _err = run("senders", folder, "words")
    assert [line.split() for line in out.splitlines()] == [
        ["needs", "к-1", "wheelchair", "Фонд", "«Міст»"],
        ["needs", "х", "–", "Фонд", "«Міст»"],
        ["sex", "2", "f", "everybody"],
    ]
    code, _out, err = run("senders", folder, "forget", "needs", "Х")
    assert code == 1 and "removed meanwhile" in err
    assert run("senders", folder, "forget", "needs", "Х", "--sender", "фонд «міст»")[0] == 0
    assert [line.said for line in looked(folder, meaning_lines)] == ["к-1", "2"]
    code, _out, err = run("senders", folder, "remove", "Хтось")
    assert code == 1 and "There is no sender called “Хтось”. These are known: Фонд «Міст»." in err
    assert run("senders", folder, "remove", "Фонд «Міст»")[0] == 0
    assert "No sender is known yet" in run("senders", folder)[2]
