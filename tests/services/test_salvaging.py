"""A damaged register: looked at without touching it, and what can be read of it saved."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

import pytest

from coordinator.copies import list_copies
from coordinator.errors import UserError
from coordinator.register import create_register, open_register, unlock
from coordinator.services.backups import backup
from coordinator.services.checking import check
from coordinator.services.restore import difference, restore_closed
from coordinator.services.salvaging import salvage
from tests.builders import add_household, add_settlement
from tests.conftest import PASSPHRASE

PAGE = 4096
HOUSEHOLDS = 60


class Made(NamedTuple):
    folder: Path
    key: bytes
    schema_ends: int
    """The list of tables lies before this page: without it nothing can be read."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    with create_register(tmp_path_factory.mktemp("made") / "centre", PASSPHRASE) as session:
        with session.reading() as db:
            ((empty,),) = db.rows("PRAGMA page_count")
        add_settlement(session, "Подоли")
        for _ in range(HOUSEHOLDS):
            add_household(session, "Приклад", "Подоли", people=2)
        return Made(session.folder, session.keyring.key, empty + 1)


@pytest.fixture
def register(made: Made, tmp_path: Path) -> Path:
    folder = tmp_path / "centre.register"
    folder.mkdir()
    for name in ("register.db", "keys.json"):
        (folder / name).write_bytes((made.folder / name).read_bytes())
    return folder


def owner_of(folder: Path) -> str:
    return unlock(folder, PASSPHRASE)[1]


def flip(folder: Path, *pages: int) -> bytes:
    data = folder / "register.db"
    content = bytearray(data.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 1234] ^= 1
    data.write_bytes(content)
    return bytes(content)


def pages_of(folder: Path) -> int:
    return (folder / "register.db").stat().st_size // PAGE


def codes(folder: Path, key: bytes) -> dict[str, bool | None]:
    return {line.code: line.ok for line in check(folder, key).lines}


def test_of_a_whole_register_everything_is_salvaged(made: Made, register: Path) -> None:
    saved = salvage(register, made.key, owner_of(register))
    assert (saved.copy.households, saved.copy.people) == (HOUSEHOLDS, 2 * HOUSEHOLDS)
    assert (saved.lost, saved.left_out) == (0, 0)


@pytest.mark.parametrize("seed", range(4))
def test_fault_11_of_a_flipped_bit_the_rest_is_read(made: Made, register: Path, seed: int) -> None:
    page = random.Random(seed).randrange(made.schema_ends, pages_of(register))
    damaged = flip(register, page)
    saved = salvage(register, made.key, owner_of(register))
    assert (register / "register.db").read_bytes() == damaged
    assert saved.read > 200
    assert not (saved.copy.path / "raw").exists()
    found = difference(register, made.key, saved.copy.path)
    restore_closed(register, made.key, saved.copy.path, owner=owner_of(register))
    with open_register(register, PASSPHRASE) as session, session.reading() as db:
        assert db.rows("PRAGMA foreign_key_check") == []
        assert db.rows("SELECT count(*) FROM household")[0][0] == found.counts[0].then
    assert check(register, made.key).whole


def test_fault_11_many_lost_pages_still_give_what_is_left(made: Made, register: Path) -> None:
    flip(register, *range(made.schema_ends, pages_of(register), 9))
    saved = salvage(register, made.key, owner_of(register))
    assert saved.read
    restore_closed(register, made.key, saved.copy.path, owner=owner_of(register))
    with open_register(register, PASSPHRASE) as session:
        add_settlement(session, "Ягідне")


def test_fault_10_a_truncated_file_gives_what_is_left(made: Made, register: Path) -> None:
    data = register / "register.db"
    data.write_bytes(data.read_bytes()[: PAGE * (pages_of(register) * 3 // 4)])
    assert not check(register, made.key).whole
    try:
        assert salvage(register, made.key, owner_of(register)).read
    except UserError as fault:
        assert fault.code == "salvage.nothing"


def test_fault_10_where_the_first_page_is_lost_nothing_is_made_up(made: Made, register: Path) -> None:
    flip(register, 1)
    with pytest.raises(UserError) as caught:
        salvage(register, made.key, owner_of(register))
    assert caught.value.code == "salvage.nothing"
    assert list((register / "backups").iterdir()) == []


def test_a_whole_register_is_found_whole(made: Made, register: Path) -> None:
    before = (register / "register.db").read_bytes()
    found = codes(register, made.key)
    assert found["check.pages"] is found["check.references"] is found["check.schema"] is True
    assert found["check.no_copy"] is None
    assert check(register, made.key).whole
    assert (register / "register.db").read_bytes() == before
    with open_register(register, PASSPHRASE) as session:
        backup(session)
        add_settlement(session, "Ягідне")
        # With a log beside the file.
        assert check(register, made.key).whole
    assert codes(register, made.key)["check.copy"] is True
    assert [copy.fault for copy in list_copies(register / "backups")] == [""]


def test_fault_11_a_flipped_bit_is_found(made: Made, register: Path) -> None:
    flip(register, pages_of(register) // 2)
    assert not check(register, made.key).whole
    assert codes(register, made.key)["check.pages_broken"] is False


@pytest.mark.parametrize("content", [b"", b"x" * 300, b"SQLite format 3\x00" + bytes(4096), bytes(8192)])
def test_fault_12_what_is_no_register_is_found(made: Made, register: Path, content: bytes) -> None:
    (register / "register.db").write_bytes(content)
    assert not check(register, made.key).whole


def test_a_damaged_key_file_is_found(made: Made, register: Path) -> None:
    (register / "keys.json").write_text("{")
    assert codes(register, made.key)["register.keys_damaged"] is False
