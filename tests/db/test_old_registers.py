"""Files of every released schema open for ever: migrated in a copy, after a copy, with all that was in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coordinator.domain.roles import Role
from coordinator.queries.counts import dashboard
from coordinator.queries.registry import registry
from coordinator.register import Access, open_register
from coordinator.services import history
from coordinator.services.recovery import people_of_code
from coordinator.services.users import users
from db import keys, schema
from db.connection import open_existing
from db.layout import KEYS
from tests.builders import add_household
from tests.data import OPERATOR_PASSPHRASE, PASSPHRASE, RECOVERY_CODES, REGISTERS, copied, old_registers, opened_copy
from tests.data.make_register import newest_schema
from tests.faults.state import damage_of, state_of, state_of_database

DAY = date(2026, 11, 23)
NAMES = old_registers()


def test_the_newest_schema_has_its_register() -> None:
    assert f"{newest_schema()}.register" in NAMES, "run `python -m tests.data.make_register` and keep what it made"
    assert NAMES[0] == "0001.register"


@pytest.mark.parametrize("name", NAMES)
def test_an_old_file_is_migrated_whole_and_nothing_of_it_is_lost(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path)
    key = _key(folder)
    before = open_existing(folder / "register.db", key, read_only=True)
    rows = state_of_database(before).rows
    before.close()
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as session:
        assert session.read_only is None and session.role is Role.COORDINATOR
        with session.reading() as db:
            assert schema.pending(db) == [] and damage_of(db) == []
        after = state_of(session).rows
    # The first schema knew no users: who opens it becomes one, in an action of its own.
    if name == "0001.register":
        rows = {**rows, "user": 1, "draft": 0, "action": rows["action"] + 1, "change_log": rows["change_log"] + 1}
    assert after == {table: rows.get(table, 0) for table in after} and rows.keys() <= after.keys()


@pytest.mark.parametrize("name", NAMES)
def test_an_old_file_is_read_and_written_as_a_new_one(name: str, tmp_path: Path) -> None:
    with opened_copy(name, tmp_path) as session:
        families = registry(session, DAY)
        assert len(families) > 20 and all(row.number for row in families)
        assert dashboard(session, DAY)
        assert session.training and users(session)
        add_household(session, "Зразок")
        assert len(registry(session, DAY)) == len(families) + 1
        history.undo(session)
        assert len(registry(session, DAY)) == len(families)


@pytest.mark.parametrize("name", [name for name in NAMES if name[:4] < newest_schema()])
def test_fault_06_a_copy_of_the_previous_schema_is_there_after_a_migration(name: str, tmp_path: Path) -> None:
    with opened_copy(name, tmp_path) as session:
        (copy,) = [entry for entry in (session.folder / "backups").iterdir() if "before-migration" in entry.name]
        key = session.keyring.key
    assert (copy / KEYS).read_bytes() == (REGISTERS / name / KEYS).read_bytes()
    previous = open_existing(copy / "register.db", key, read_only=True)
    try:
        assert damage_of(previous) == []
        assert schema.pending(previous)
    finally:
        previous.close()


@pytest.mark.parametrize("name", NAMES)
def test_an_old_file_is_opened_once_more_after_its_migration(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path)
    open_register(folder, PASSPHRASE).close()
    with open_register(folder, PASSPHRASE) as session:
        assert registry(session, DAY)
        assert len(list((folder / "backups").glob("*"))) == (name[:4] < newest_schema())


@pytest.mark.parametrize("name", RECOVERY_CODES)
def test_fault_27_an_old_recovery_code_still_opens(name: str, tmp_path: Path) -> None:
    people = people_of_code(copied(name, tmp_path), RECOVERY_CODES[name])
    assert "Навчальний Оператор" in [person for _id, person in people]
    with open_register(copied(name, tmp_path / "again"), OPERATOR_PASSPHRASE) as session:
        assert session.role is Role.OPERATOR


def test_the_kept_files_are_as_they_were_released() -> None:
    for name in NAMES:
        assert {entry.name for entry in (REGISTERS / name).iterdir()} == {"keys.json", "register.db"}


def _key(folder: Path) -> bytes:
    opened = keys.unwrap(keys.load_slots(folder / KEYS), PASSPHRASE)
    assert opened is not None
    return opened[0]
