"""strings over all that a register consists of finds nobody in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from coordinator.register import Access, create_register
from coordinator.services import drafts
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME
from tests import builders
from tests.conftest import PASSPHRASE
from tests.strings import ENCODINGS, files_in, holding, strings

SECRETS = ("Горобинченко", "Явдоха", "Дзвінкова", "0671239871", "671239871", "інсулін", "Штаб Куп", "Оператор Устя")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_itself_finds_a_name_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "memory.bin"
    file.write_bytes(b"\x00\xff\x07" + "Горобинченко Явдоха".encode(encoding) + b"\x00\x01")
    assert holding([file], ["горобинченко"]) == [("memory.bin", "горобинченко")]


def test_it_would_find_a_name_in_a_plain_database(tmp_path: Path) -> None:
    file = tmp_path / "plain.db"
    plain = sqlite3.connect(file)
    plain.execute("CREATE TABLE person (name TEXT)")
    plain.execute("INSERT INTO person VALUES ('Горобинченко Явдоха')")
    plain.commit()
    plain.close()
    assert file.read_bytes()[:16] == b"SQLite format 3\x00"
    assert holding([file], SECRETS)


def test_fault_13_and_25_strings_finds_no_name_while_a_register_is_open_nor_afterwards(tmp_path: Path) -> None:
    with create_register(tmp_path / "centre", PASSPHRASE, user="Оператор Устя", access=Access.WINDOW) as session:
        _fill(session)
        session.safe_copy("test")
        _look_into(session.folder, expected={"register.db", "register.db-wal", "keys.json", "window.lock"})
        open_marks = [path.name for path in files_in(session.folder) if path.name.startswith("open-")]
        assert open_marks
        folder = session.folder
    _look_into(folder, expected={"register.db", "keys.json"})


def _fill(session: Session) -> None:
    change_setting(session, CENTRE_NAME, "Штаб Куп’янськ")
    for house in range(40):
        builders.add_household(
            session, "Горобинченко", phone="067 123 98 71", street="вул. Дзвінкова", house=str(house),
            note="інсулін на льоду",
        )  # fmt: skip
    typed = {"name": "Горобинченко Явдоха", "phone": "0671239871"}
    drafts.keep_drafts(session, [(drafts.new_draft_id(), "call", typed)], [])


def _look_into(folder: Path, expected: set[str]) -> None:
    files = files_in(folder)
    assert expected <= {path.name for path in files}
    assert holding(files, SECRETS) == []
    for path in files:
        assert not path.read_bytes().startswith(b"SQLite format 3")
        if path.name.endswith(".db"):
            assert not [text for text in strings(path.read_bytes()) if "CREATE TABLE" in text]
