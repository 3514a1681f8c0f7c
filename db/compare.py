"""What differs between a register and a copy of it, row by row, and what was done in one and not in the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from db.connection import Database
from db.journal import action_of
from db.rows import ActionRow
from db.tables import JOURNALLED

_WORKED_OUT = frozenset({"search_text", "sort_key"})


class RowsOf(NamedTuple):
    """Of one table: rows that only the register has, only the copy has, and that differ."""

    table: str
    here: int
    there: int
    different: int


@contextmanager
def beside(database: Database, copy: Path, key: bytes) -> Iterator[None]:
    """The file `copy` as the schema "there" of this connection; both have the same key."""
    database.execute_sql("ATTACH DATABASE ? AS there KEY ?", (str(copy), f"x'{key.hex()}'"))
    try:
        with database.one_moment():
            yield
    finally:
        if not database.is_closed():
            database.execute_sql("DETACH DATABASE there")


def rows_apart(database: Database) -> list[RowsOf]:
    """The journalled tables that differ. A table that one of the two does not have counts as empty there."""
    found = []
    for model in JOURNALLED:
        table = model._meta.table_name
        here, there = _columns(database, "main", table), _columns(database, "there", table)
        if here and there:
            line = _apart(database, table, [name for name in here if name in there])
        else:
            counts = [_count(database, name, table) if columns else 0 for name, columns in
                      (("main", here), ("there", there))]  # fmt: skip
            line = RowsOf(table, counts[0], counts[1], 0)
        if line.here or line.there or line.different:
            found.append(line)
    return found


def _apart(database: Database, table: str, columns: list[str]) -> RowsOf:
    missing = 'SELECT count(*) FROM {a}."{t}" a WHERE NOT EXISTS (SELECT 1 FROM {b}."{t}" b WHERE b.id = a.id)'
    here = database.rows(missing.format(a="main", b="there", t=table))[0][0]
    there = database.rows(missing.format(a="there", b="main", t=table))[0][0]
    differs = " OR ".join(f'a."{name}" IS NOT b."{name}"' for name in columns if name not in {"id", *_WORKED_OUT})
    different = database.rows(f'SELECT count(*) FROM main."{table}" a JOIN there."{table}" b ON b.id = a.id '
                              f"WHERE {differs or 0}")[0][0]  # fmt: skip
    return RowsOf(table, int(here), int(there), int(different))


def _columns(database: Database, schema: str, table: str) -> list[str]:
    return [row[1] for row in database.rows(f'PRAGMA {schema}.table_info("{table}")')]


def _count(database: Database, schema: str, table: str) -> int:
    return int(database.rows(f'SELECT count(*) FROM {schema}."{table}"')[0][0])


def done_since(database: Database, limit: int) -> tuple[int, list[ActionRow]]:
    """How many actions the register has that the copy has not, and the last of them, newest first."""
    where = "FROM main.action a WHERE NOT EXISTS (SELECT 1 FROM there.action b WHERE b.id = a.id)"
    count = int(database.rows(f"SELECT count(*) {where}")[0][0])
    # By the order of writing: the clock may have been set back.
    sql = f"SELECT a.id, a.label, a.facts, a.done_at, a.done_by, a.source {where} ORDER BY a.rowid DESC LIMIT ?"
    return count, [action_of(row) for row in database.rows(sql, (limit,))]
