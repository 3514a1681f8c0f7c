"""Copies, restoring and checking from the terminal, each command a process of its own on the real file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coordinator.register import create_register, open_register
from tests.builders import add_household, add_settlement
from tests.conftest import PASSPHRASE
from tests.stories.terminal import Completed, coordinator


@pytest.fixture
def register(tmp_path: Path) -> Path:
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена") as session:
        add_settlement(session, "Подоли")
        add_household(session, "Приклад", "Подоли", people=3)
        return session.folder


def run(register: Path, command: str, *arguments: str) -> Completed:
    return coordinator(register.parent, command, register.name, *arguments)


def people_of(register: Path) -> int:
    with open_register(register, PASSPHRASE) as session, session.reading() as db:
        return int(db.rows("SELECT count(*) FROM person")[0][0])


def test_a_register_is_copied_changed_and_brought_back(register: Path) -> None:
    made = run(register, "backup")
    assert made.returncode == 0, made.stderr
    assert "1 household, 3 people" in made.stderr
    copy = Path(made.stdout.strip())
    with open_register(register, PASSPHRASE) as session:
        add_household(session, "Зразок", "Подоли", people=2)

    listed = json.loads(run(register, "restore", "--json").stdout)
    assert [(entry["people"], entry["why"]) for entry in listed] == [(3, "asked")]
    refused = run(register, "restore", copy.name)
    assert refused.returncode == 2
    assert "People: 5 → 3" in refused.stderr
    assert "1 action was done since then" in refused.stderr
    assert "Приклад" not in refused.stderr
    assert people_of(register) == 5

    done = run(register, "restore", copy.name[:15], "--yes")
    assert done.returncode == 0, done.stderr
    assert people_of(register) == 3
    back = run(register, "restore", done.stdout.strip(), "--yes")
    assert back.returncode == 0, back.stderr
    assert people_of(register) == 5


def test_a_copy_goes_where_it_is_wanted(register: Path, tmp_path: Path) -> None:
    made = run(register, "backup", "--to", str(tmp_path / "stick"), "--json")
    said = json.loads(made.stdout)
    assert Path(said["path"]).parent == tmp_path / "stick"
    assert (said["households"], said["people"]) == (1, 3)
    assert people_of(Path(said["path"])) == 3


def test_fault_11_a_damaged_register_is_checked_salvaged_and_restored(register: Path) -> None:
    with open_register(register, PASSPHRASE) as session:
        for _ in range(40):
            add_household(session, "Зразок", "Подоли")
    assert run(register, "check").returncode == 0
    data = register / "register.db"
    content = bytearray(data.read_bytes())
    content[-5_000] ^= 1
    data.write_bytes(content)

    found = run(register, "check", "--salvage")
    assert found.returncode == 1
    assert "Damaged" in found.stdout
    assert "Saved in a new copy" in found.stderr
    assert "ERROR CORE" not in found.stderr
    assert data.read_bytes() == bytes(content)
    assert run(register, "backup").returncode == 1

    saved = Path(found.stdout.splitlines()[-1])
    assert run(register, "restore", str(saved), "--yes").returncode == 0
    assert run(register, "check").returncode == 0
    (aside,) = register.glob("set-aside-*")
    assert (aside / "register.db").read_bytes() == bytes(content)


def test_fault_10_an_empty_file_is_told_and_a_copy_restored(register: Path) -> None:
    assert run(register, "backup").returncode == 0
    (register / "register.db").write_bytes(b"")
    assert run(register, "check").returncode == 1
    done = run(register, "restore", "20", "--yes")
    assert done.returncode == 0, done.stderr
    assert "cannot be read" in done.stderr
    assert people_of(register) == 3


def test_an_unknown_copy_is_told(register: Path) -> None:
    result = run(register, "restore", "1999")
    assert result.returncode == 1
    assert "There is no copy 1999" in result.stderr
