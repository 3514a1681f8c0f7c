"""Copies of the database proved before they count, and one content in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.session import Session
from db import snapshot
from db.compare import RowsOf, beside, rows_apart
from db.connection import Database, open_existing
from db.errors import StorageError
from tests.builders import add_household, add_settlement


@pytest.fixture
def database(session: Session) -> Iterator[Database]:
    """A connection beside those of the session."""
    add_settlement(session, "Подоли")
    add_household(session, "Приклад", "Подоли")
    database = open_existing(session.folder / "register.db", session.keyring.key, read_only=True)
    yield database
    database.close()


def test_a_copy_counts_what_the_original_counted(session: Session, database: Database, tmp_path: Path) -> None:
    copied = snapshot.copy_verified(database, session.keyring.key, tmp_path / "copy.db")
    assert copied == snapshot.tally(database)
    assert (copied.households, copied.people) == (1, 2)
    assert [entry.name for entry in tmp_path.glob("*copy*")] == ["copy.db"]


def test_the_connection_that_reads_goes_on_only_reading(session: Session, database: Database, tmp_path: Path) -> None:
    snapshot.copy_verified(database, session.keyring.key, tmp_path / "copy.db")
    assert database.rows("PRAGMA query_only") == [(1,)]


def test_who_wants_the_file_alone_waits_for_nobody_who_stays(
    impatient: None, session: Session, database: Database
) -> None:
    with pytest.raises(StorageError) as caught:
        snapshot.open_alone(session.folder / "register.db", session.keyring.key)
    assert caught.value.code == "register.busy"
    key = session.keyring.key
    database.close()
    session.close()
    alone = snapshot.open_alone(session.folder / "register.db", key)
    with pytest.raises(StorageError) as caught:
        open_existing(session.folder / "register.db", key)
    assert caught.value.code == "register.busy"
    alone.close()


def test_content_is_replaced_in_one_transaction_and_seen_at_once(session: Session, tmp_path: Path) -> None:
    add_settlement(session, "Подоли")
    key, data = session.keyring.key, session.folder / "register.db"
    reader = open_existing(data, key, read_only=True)
    snapshot.copy_verified(reader, key, tmp_path / "copy.db")
    before = snapshot.tally(reader)
    add_household(session, "Приклад", "Подоли")
    session.close()
    copy, writer = open_existing(tmp_path / "copy.db", key), open_existing(data, key)
    snapshot.replace_content(writer, copy)
    assert snapshot.tally(reader) == before
    for one in (copy, writer, reader):
        one.close()


def test_rows_of_two_files_are_told_apart(session: Session, database: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    snapshot.copy_verified(database, session.keyring.key, copy)
    add_household(session, "Зразок", "Подоли", people=3)
    with beside(database, copy, session.keyring.key):
        apart = {line.table: line for line in rows_apart(database)}
    assert apart["household"] == RowsOf("household", 1, 0, 0)
    assert apart["person"] == RowsOf("person", 3, 0, 0)
    assert "settlement" not in apart
