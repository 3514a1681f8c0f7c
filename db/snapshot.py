"""Copies of the database that are proved before they count."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from peewee import DatabaseError

from db.connection import Database, open_existing, refuse_plaintext
from db.errors import StorageError
from db.files import replacing, sync_file, sync_folder


def copy_verified(database: Database, key: bytes, target: Path) -> int:
    """Write a copy to `target`, reopen it, check it whole, then give it its name. Returns its size in bytes.

    Raises StorageError; nothing is left under `target` then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        database.execute_sql("VACUUM INTO ?", (str(draft),))
        _prove(draft, key, _households(database))
        sync_file(draft)
        os.replace(draft, target)
        sync_folder(target.parent)
        return target.stat().st_size
    except (DatabaseError, OSError) as fault:
        raise StorageError("backup.failed", path=str(target), reason=str(fault)) from fault
    finally:
        for leftover in (draft, draft.with_name(draft.name + "-wal"), draft.with_name(draft.name + "-shm")):
            leftover.unlink(missing_ok=True)


def _prove(path: Path, key: bytes, households: int) -> None:
    refuse_plaintext(path)
    copy = open_existing(path, key, read_only=True)
    try:
        if copy.rows("PRAGMA integrity_check") != [("ok",)] or _households(copy) != households:
            raise StorageError("backup.failed", path=str(path), reason="integrity_check")
    finally:
        copy.close()


def _households(database: Database) -> int:
    return int(database.rows("SELECT count(*) FROM household")[0][0])


def copy_file(source: Path, target: Path) -> None:
    """Copy a small file so that it is whole or not there."""
    with replacing(target) as draft:
        shutil.copyfile(source, draft)


def keep_newest(folder: Path, count: int) -> None:
    """Let the oldest copies go; their names begin with the moment, so the order of names is that of time."""
    copies = sorted(entry for entry in folder.iterdir() if entry.is_dir())
    for old in copies[:-count]:
        shutil.rmtree(old, ignore_errors=True)
