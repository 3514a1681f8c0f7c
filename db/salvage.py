"""Reading what can be read of a damaged database, and writing it to a new one.

A page that was changed fails its check and is refused as a whole, so nothing wrong is ever taken for data. Tables
are read by ranges of rows: a range that cannot be read is halved until only the unreadable rows are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from peewee import DatabaseError
from playhouse.migrations import Runner
from sqlcipher3 import dbapi2

from db import connection, schema
from db.connection import Database
from db.errors import StorageError
from db.tables import ALL_TABLES, LOOSE_REFERENCES

_ENGINE = (DatabaseError, dbapi2.DatabaseError)
_PART = 5_000
_SMALLEST_ROW = 16
_MOST_FAILURES, _MOST_GUESSES = 20_000, 2_000
"""A try that fails costs a new connection. Where an index tells which rows there are, more of them are worth it."""
_HISTORY = "schema_migration"


class TableRead(NamedTuple):
    """Of one table: rows read, rows known to be unreadable, rows left out since what they belong to is lost."""

    table: str
    read: int
    lost: int
    left_out: int


def salvage(damaged: Path, key: bytes, target: Path) -> list[TableRead]:
    """Write what can be read of the file `damaged` to the new file `target`, of the same schema.

    `damaged` must be a copy that nobody else uses. Raises StorageError "salvage.nothing" where not even the list of
    tables can be read.
    """
    reader = _Reader(damaged, key)
    try:
        objects = reader.objects()
        writer = connection.create(target, key)
        try:
            return _rescued(reader, writer, objects)
        finally:
            writer.close()
    finally:
        reader.close()


class _Object(NamedTuple):
    kind: str
    name: str
    sql: str


class _Reader:
    """A connection that is made anew after each page that could not be read: the engine refuses all after one."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._database: Database | None = None

    def rows(self, sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]] | None:
        """None where a page of it cannot be read."""
        try:
            if self._database is None:
                self._database = Database(self._path, self._key, read_only=True)
                self._database.connect()
            return self._database.rows(sql, params)
        except _ENGINE:
            self.close()
            return None

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def objects(self) -> list[_Object]:
        sql = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        found = self.rows(sql)
        if not found:
            raise StorageError("salvage.nothing", path=str(self._path.parent))
        return [_Object(*row) for row in found]

    def table(self, name: str) -> tuple[Iterator[list[tuple[Any, ...]]], int]:
        """Its rows in parts, each row led by its rowid, and how many rows there should be (0: not known)."""
        ids = self._ids(name)
        if ids is not None:
            return self._parts(name, ids), len(ids)
        last = self.rows(f'SELECT max(rowid) FROM "{name}"')
        # Where the end of a table cannot be read either, no row is further than the size of the file allows.
        highest = self._path.stat().st_size // _SMALLEST_ROW if last is None else int(last[0][0] or 0)
        return self._parts(name, range(1, highest + 1)), 0

    def _ids(self, name: str) -> list[int] | None:
        """The rowids as an index has them: it lies on other pages than the rows."""
        for _number, index, _unique, _origin, partial in self.rows(f'PRAGMA index_list("{name}")') or []:
            found = None if partial else self.rows(f'SELECT rowid FROM "{name}" INDEXED BY "{index}"')
            if found is not None:
                return sorted(row[0] for row in found)
        return None

    def _parts(self, name: str, ids: Sequence[int]) -> Iterator[list[tuple[Any, ...]]]:
        sql = f'SELECT rowid, * FROM "{name}" WHERE rowid BETWEEN ? AND ?'
        starts = range(0, len(ids), _PART)
        waiting = [ids[start : start + _PART] for start in reversed(starts)]
        most = _MOST_FAILURES if isinstance(ids, list) else _MOST_GUESSES
        while waiting:
            part = waiting.pop()
            found = self.rows(sql, (part[0], part[-1]))
            if found:
                yield found
            elif found is None:
                most -= 1
                middle = len(part) // 2
                if middle and most > 0:
                    waiting += [part[middle:], part[:middle]]


def _rescued(reader: _Reader, writer: Database, objects: list[_Object]) -> list[TableRead]:
    tables = [one for one in objects if one.kind == "table"]
    writer.execute_sql("PRAGMA foreign_keys = 0")
    with writer.atomic("IMMEDIATE"):
        read = {}
        for table in tables:
            writer.execute_sql(table.sql)
            read[table.name] = _copy_table(reader, writer, table.name)
        _name_schema(writer, {table.name for table in tables})
        left_out = _without_orphans(writer)
        for one in objects:
            if one.kind != "table":
                writer.execute_sql(one.sql)
    return [TableRead(name, rows, max(0, known - rows), left_out.get(name, 0)) for name, (rows, known) in read.items()]


def _copy_table(reader: _Reader, writer: Database, name: str) -> tuple[int, int]:
    columns = [row[1] for row in writer.rows(f'PRAGMA table_info("{name}")')]
    marks = ", ".join("?" * (len(columns) + 1))
    listed = ", ".join(f'"{column}"' for column in columns)
    raw: Any = writer.connection()
    # Where a table's key is its rowid, the same value is given twice; else its rows keep their order.
    own = f'INSERT OR IGNORE INTO "{name}" (rowid, {listed}) VALUES ({marks})'
    parts, known = reader.table(name)
    for part in parts:
        raw.executemany(own, part)
    return int(writer.rows(f'SELECT count(*) FROM "{name}"')[0][0]), known


def _name_schema(writer: Database, tables: set[str]) -> None:
    """Where the list of applied scripts is lost: that of this version, if all its tables are there."""
    if _HISTORY in tables and writer.rows(f'SELECT count(*) FROM "{_HISTORY}"')[0][0]:
        return
    if not tables >= {model._meta.table_name for model in ALL_TABLES}:
        raise StorageError("salvage.nothing", path=str(writer.path.parent))
    Runner(writer, str(schema.FOLDER)).fake()


def _without_orphans(writer: Database) -> dict[str, int]:
    """Take off what names a lost row: a reference that may be empty becomes so, else the row is left out."""
    left_out: dict[str, int] = {}
    while orphans := writer.rows("PRAGMA foreign_key_check"):
        for table, rowid, _parent, number in orphans:
            column = next(row[3] for row in writer.rows(f'PRAGMA foreign_key_list("{table}")') if row[0] == number)
            needed = next(row[3] for row in writer.rows(f'PRAGMA table_info("{table}")') if row[1] == column)
            if needed:
                found = writer.execute_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,)).rowcount
                left_out[table] = left_out.get(table, 0) + found
            else:
                writer.execute_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
    for model, column, target in LOOSE_REFERENCES:
        if model._meta.columns[column].null:
            writer.execute_sql(
                f'UPDATE "{model._meta.table_name}" SET "{column}" = NULL WHERE "{column}" IS NOT NULL AND '
                f'"{column}" NOT IN (SELECT id FROM "{target._meta.table_name}")'
            )
    return left_out
