"""What new rows said, where the log left that to the rows themselves because they came many at once.

A row holds what it said until it is changed or removed; the log of that keeps the old value.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from peewee import Model

from db.connection import Database
from db.rows import ChangeRow
from db.tables import JOURNALLED

DERIVED = frozenset({"search_text", "sort_key"})
"""Columns that are worked out from others and from the parts of a household."""

_MODELS = {model._meta.table_name: model for model in JOURNALLED}


def with_first_values(
    database: Database, changes: list[ChangeRow], columns: Collection[str] | None = None
) -> list[ChangeRow]:
    """The changes; those that brought a row among many get the fields they would have if it had come alone.

    `columns`: the only ones that matter of those. Where the row is lost, and nothing later tells of it, they stay
    empty.
    """
    silent: dict[str, list[ChangeRow]] = defaultdict(list)
    for change in changes:
        if change.kind == "insert" and not change.fields:
            silent[change.table].append(change)
    told: dict[int, dict[str, Any]] = {}
    for table, brought in silent.items():
        told.update(_told(database, table, brought, columns))
    return [change._replace(fields=told[change.id]) if change.id in told else change for change in changes]


def _told(
    database: Database, table: str, brought: list[ChangeRow], only: Collection[str] | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The id of each change and the fields that it tells."""
    empty = _empty(_MODELS[table], only)
    ids = {change.row_id for change in brought}
    now = values_now(database, table, ids, empty)
    later = _later(database, table, ids, min(change.id for change in brought))
    for change in brought:
        held, gone = _found_later(later.get(change.row_id, ()), change.id)
        values = held if gone else now.get(change.row_id, {}) | held
        said = {column: values.get(column, nothing) for column, nothing in empty.items()}
        yield change.id, {column: [None, value] for column, value in said.items() if value != empty[column]}


def _empty(model: type[Model], only: Collection[str] | None) -> dict[str, str | None]:
    """The columns that the log tells of a new row, and what it leaves out as saying nothing."""
    return {
        field.column_name: None if field.null else ""
        for field in model._meta.sorted_fields
        if not field.primary_key and field.column_name not in DERIVED and (only is None or field.column_name in only)
    }


def _later(database: Database, table: str, ids: Iterable[str], after: int) -> dict[str, list[ChangeRow]]:
    """By row, the changes after a place of the log that tell old values, oldest first."""
    found = database.rows(
        """SELECT id, action_id, "table", row_id, kind, fields FROM change_log
           WHERE id > ? AND "table" = ? AND row_id IN (SELECT value FROM json_each(?)) AND kind <> 'insert'
           ORDER BY id""",
        (after, table, json.dumps(list(ids))),
    )
    later: dict[str, list[ChangeRow]] = defaultdict(list)
    for row in found:
        later[row[3]].append(change_of(row))
    return later


def _found_later(later: Iterable[ChangeRow], after: int) -> tuple[dict[str, Any], bool]:
    """What the first changes after a place of the log found in the row's columns, and whether it was removed then."""
    values: dict[str, Any] = {}
    for change in later:
        if change.id > after:
            values = {column: old for column, (old, _new) in change.fields.items()} | values
            if change.kind == "delete":
                return values, True
    return values, False


def values_now(
    database: Database, table: str, row_ids: Collection[str], columns: Iterable[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Rows as the file keeps them, in the terms of the log: id -> column -> value. Those that are gone are left out.

    `columns`: beside the id; all of them by default.
    """
    names = ["id", *(name for name in columns or _MODELS[table]._meta.columns if name != "id")]
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f'SELECT {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
    rows = (dict(zip(names, row, strict=True)) for row in database.rows(sql, (json.dumps(list(row_ids)),)))
    return {str(row["id"]): row for row in rows}


def change_of(row: tuple[Any, ...]) -> ChangeRow:
    """A change from its columns in the order of ChangeRow, as the file keeps them."""
    return ChangeRow._make((*row[:5], json.loads(row[5])))
