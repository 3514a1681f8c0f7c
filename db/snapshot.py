"""Copies of the database that are proved before they count, and a register's content replaced by that of a copy."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from peewee import DatabaseError, OperationalError
from sqlcipher3 import dbapi2

from db.connection import Ask, Database, nobody, open_existing, refuse_plaintext
from db.errors import StorageError
from db.files import sync_file, sync_folder

MEGABYTE = 1024 * 1024
_ENGINE = (DatabaseError, dbapi2.DatabaseError)
_REFUSED = (OperationalError, dbapi2.OperationalError)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_SPARE = MEGABYTE
"""Left free on the disk beside a copy: the register itself has to go on writing there."""


class Tally(NamedTuple):
    """What a database holds, without personal data: its last migration, how many rows, its last change."""

    schema: str
    households: int
    people: int
    events: int
    change: int
    action: str
    """The id of the action of the last change; with the change's number it names one state of one register."""


_COUNTED = {"households": "household", "people": "person", "events": "event"}


def tally(database: Database) -> Tally:
    with database.one_moment():
        counts = {name: _count(database, table) for name, table in _COUNTED.items()}
        last = database.rows("SELECT id, action_id FROM change_log ORDER BY id DESC LIMIT 1")
        change, action = last[0] if last else (0, "")
        schema = str(database.rows("SELECT coalesce(max(name), '') FROM schema_migration")[0][0])
    return Tally(schema, counts["households"], counts["people"], counts["events"], int(change), str(action))


def _count(database: Database, table: str) -> int:
    return int(database.rows(f'SELECT count(*) FROM "{table}"')[0][0])


def copy_verified(database: Database, key: bytes, target: Path, ask: Ask = nobody) -> Tally:
    """Write a copy to `target`, reopen it, check it whole, then give it its name. Returns what it holds.

    `ask` is called a few times a second; what it raises ends it all, as a fault does.

    `database` may be read-only, and others may go on writing. Raises StorageError "disk.full_backup" (with `free`
    and `needed`, MB), "register.damaged" where the original cannot be read, "backup.failed"; nothing is left under
    `target` then.
    """
    target.parent.mkdir(mode=0o700, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    needed = 0
    try:
        needed = size_of_content(database)
        refuse_full(target.parent, needed)
        _write(database, draft, ask)
        copied = _prove(draft, key, database, ask)
        sync_file(draft)
        os.replace(draft, target)
        sync_folder(target.parent)
        return copied
    except (*_ENGINE, OSError) as fault:
        raise _told(fault, database.path, target, needed) from fault
    finally:
        for leftover in (draft, *(draft.with_name(draft.name + ending) for ending in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def size_of_content(database: Database) -> int:
    """So many bytes a copy takes."""
    (pages,), (free,), (size,) = (
        database.rows(f"PRAGMA {name}")[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return (int(pages) - int(free)) * int(size)


def refuse_full(folder: Path, needed: int) -> None:
    """StorageError "disk.full_backup" where `folder` has no room for so many bytes more."""
    if shutil.disk_usage(folder).free < needed + _SPARE:
        raise full(folder, needed)


def free_megabytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free // MEGABYTE


def full(folder: Path, needed: int) -> StorageError:
    free = free_megabytes(folder)
    return StorageError("disk.full_backup", path=str(folder), free=free, needed=(needed + _SPARE) // MEGABYTE + 1)


def _write(database: Database, draft: Path, ask: Ask) -> None:
    draft.touch(0o600)
    read_only = database.rows("PRAGMA query_only") == [(1,)]
    database.execute_sql("PRAGMA query_only = 0")
    try:
        with database.asked_meanwhile(ask):
            database.execute_sql("VACUUM INTO ?", (str(draft),))
    finally:
        if read_only:
            database.execute_sql("PRAGMA query_only = 1")


def _told(fault: Exception, source: Path, target: Path, needed: int) -> StorageError:
    message = str(fault)
    if isinstance(fault, _ENGINE) and not isinstance(fault, _REFUSED):
        return StorageError("register.damaged", path=str(source.parent), reason=message)
    if "locked" in message or "busy" in message:
        return StorageError("register.busy", reason=message)
    with suppress(OSError):
        short = shutil.disk_usage(target.parent).free < needed + _SPARE
        if short or "full" in message or getattr(fault, "errno", None) in _FULL:
            return full(target.parent, needed)
    return StorageError("backup.failed", path=str(target), reason=message)


def _prove(path: Path, key: bytes, original: Database, ask: Ask) -> Tally:
    """The copy opens with its key, is not in plain text, is whole, and counts what the original counted then."""
    refuse_plaintext(path)
    copy = open_existing(path, key, read_only=True)
    try:
        with copy.asked_meanwhile(ask):
            whole = copy.rows("PRAGMA integrity_check") == [("ok",)]
            found = tally(copy)
    finally:
        copy.close()
    if not whole:
        raise StorageError("backup.failed", path=str(path), reason="integrity_check")
    if found != _tally_as_of(original, found):
        raise StorageError("backup.failed", path=str(path), reason="count")
    return found


def prove_like(path: Path, original: Path, key: bytes) -> None:
    """StorageError "backup.failed" unless the file at `path` is whole and holds what the copy `original` holds."""
    refuse_plaintext(path)
    copy, source = open_existing(path, key, read_only=True), open_existing(original, key, read_only=True)
    try:
        if copy.rows("PRAGMA integrity_check") != [("ok",)] or tally(copy) != tally(source):
            raise StorageError("backup.failed", path=str(path), reason="integrity_check")
    finally:
        copy.close()
        source.close()


def _tally_as_of(database: Database, copy: Tally) -> Tally:
    """What `database` held when its last change was that of `copy`: others may have written since."""
    with database.one_moment():
        now = tally(database)
        since = database.rows(
            """SELECT "table", sum(CASE kind WHEN 'insert' THEN 1 ELSE -1 END) FROM change_log
               WHERE id > ? AND kind <> 'update' GROUP BY "table" """,
            (copy.change,),
        )
        last = database.rows("SELECT action_id FROM change_log WHERE id = ?", (copy.change,))
    more = {table: int(count) for table, count in since}
    counts = {name: getattr(now, name) - more.get(table, 0) for name, table in _COUNTED.items()}
    return now._replace(**counts, change=copy.change, action=str(last[0][0]) if last else "")


def replace_content(database: Database, copy: Database) -> None:
    """Make the content of `database` that of `copy`: one transaction, so a death in between leaves old or new.

    Both have the same key and page size. Who else has the file open sees the new content at their next look.
    """
    source: Any = copy.connection()
    source.backup(database.connection(), pages=-1)


class _Alone(Database):
    """Asks for the whole file before anything of it is read."""

    def _add_conn_hooks(self, conn: Any) -> None:
        conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        super()._add_conn_hooks(conn)


def open_alone(path: Path, key: bytes) -> Database:
    """A connection that keeps every other one out until it closes, also those of other programs.

    Raises StorageError "register.busy" where another has the file open, "register.damaged" where it cannot be read,
    "disk.failed" where its folder cannot.
    """
    if not path.is_file() or path.stat().st_size < 512:
        raise StorageError("register.damaged", path=str(path.parent))
    refuse_plaintext(path)
    database = _Alone(path, key)
    try:
        database.connect()
        database.rows("SELECT count(*) FROM sqlite_master")
    except _ENGINE as fault:
        database.close()
        raise StorageError(_why_not_alone(fault), path=str(path.parent), reason=str(fault)) from fault
    return database


def _why_not_alone(fault: Exception) -> str:
    message = str(fault)
    if isinstance(fault, _REFUSED) and ("locked" in message or "busy" in message):
        return "register.busy"
    # A folder that cannot be entered is no damage; a sector that cannot be read is.
    return "disk.failed" if "unable to open" in message else "register.damaged"


def is_whole(database: Database) -> bool:
    """Can every page be read, and do they fit together?"""
    try:
        return database.rows("PRAGMA integrity_check") == [("ok",)]
    except _ENGINE:
        return False


def settle(database: Database) -> None:
    """Everything into the one file, nothing beside it, and close."""
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute_sql("PRAGMA journal_mode = DELETE")
    database.close()
    sync_file(database.path)
