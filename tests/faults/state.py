"""What a register holds, short enough to compare: rows counted, and a digest of all that does not differ by run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from coordinator.session import Session
from db.connection import Database
from db.tables import ALL_TABLES, JOURNALLED

_OF_THE_RUN = ("id", "_at", "_by", "_id", "_into", "digest", "summary")
"""Ends of the names of columns that hold identifiers and moments."""


class State(NamedTuple):
    """`rows` by table, and the digest of the content."""

    rows: dict[str, int]
    content: str


def state_of(session: Session) -> State:
    with session.reading() as db:
        return state_of_database(db)


def state_of_database(db: Database) -> State:
    present = {name for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    names = [name for model in ALL_TABLES if (name := model._meta.table_name) in present]
    rows = {name: int(db.rows(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names}
    # The next opening sweeps a key whose user was not written any more, and says so in the history.
    swept = db.rows("SELECT count(*) FROM action WHERE label = 'drop_unknown_keys'")[0][0]
    rows["action"] -= int(swept)
    digest = hashlib.sha256()
    for model in JOURNALLED:
        if model._meta.table_name in present:
            digest.update(_content(db, model._meta.table_name, list(model._meta.columns)).encode())
    return State(rows, digest.hexdigest())


def _content(db: Database, table: str, columns: list[str]) -> str:
    lasting = [column for column in columns if not column.endswith(_OF_THE_RUN)]
    if not lasting:
        return ""
    listed = ", ".join(f'"{column}"' for column in lasting)
    found = db.rows(f'SELECT {listed} FROM "{table}"')
    return json.dumps([table, *sorted(json.dumps(row, ensure_ascii=False) for row in found)], ensure_ascii=False)


def biggest_file(folder: Path) -> int:
    return max((entry.stat().st_size for entry in folder.rglob("*") if entry.is_file()), default=1)


def damage_of(db: Database) -> list[str]:
    """What the engine and the journal find wrong with the file; empty where it is whole."""
    found = [str(row[0]) for row in db.rows("PRAGMA integrity_check") if row != ("ok",)]
    found += [f"foreign key {row}" for row in db.rows("PRAGMA foreign_key_check")]
    found += [f"action under way {row}" for row in db.rows("SELECT action_id FROM action_scope")]
    found += [
        f"change without its action {row}"
        for row in db.rows("SELECT id FROM change_log WHERE action_id NOT IN (SELECT id FROM action)")
    ]
    return found
