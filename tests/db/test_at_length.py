"""A transaction of very many rows commits into the log alone; the log goes into the file afterwards."""

from __future__ import annotations

import threading
from pathlib import Path

from coordinator.register import open_register
from coordinator.session import SETTLING, Session
from db import stores
from db.ids import new_id
from db.rows import HouseholdRow
from tests.conftest import PASSPHRASE

COUNT = 4000


def families() -> list[HouseholdRow]:
    return [HouseholdRow(new_id(), number, note="дві валізи, чекають біля школи" * 9) for number in range(1, COUNT + 1)]


def sizes(folder: Path) -> tuple[int, int]:
    """Bytes of the file and of its log."""
    return (folder / "register.db").stat().st_size, (folder / "register.db-wal").stat().st_size


def test_a_long_commit_leaves_the_file_to_later(session: Session) -> None:
    database = session._writer
    assert database is not None
    settings = [database.rows(f"PRAGMA {name}") for name in ("cache_size", "wal_autocheckpoint")]
    before, _log = sizes(session.folder)
    with database.at_length(), session.act("seed") as act:
        stores.households.add(act.db, families())
    assert [database.rows(f"PRAGMA {name}") for name in ("cache_size", "wal_autocheckpoint")] == settings
    file, log = sizes(session.folder)
    assert file == before and log > 4_000_000
    database.into_file()
    assert sizes(session.folder)[0] > 4_000_000


def test_the_log_of_a_long_action_goes_into_the_file_by_itself_or_at_closing(session: Session) -> None:
    with session.act("seed", at_length=True) as act:
        stores.households.add(act.db, families())
    for thread in threading.enumerate():
        if thread.name == SETTLING:
            thread.join()
    assert sizes(session.folder)[0] > 4_000_000
    with session.act("seed", at_length=True) as act:
        stores.households.remove(act.db, [row.id for row in stores.households.all(act.db)][1:])
    session.close()
    with open_register(session.folder, PASSPHRASE) as again, again.reading() as db:
        assert stores.households.count(db) == 1
