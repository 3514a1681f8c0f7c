"""The journal: every write belongs to one labelled action, and old and new value of each field are kept.

Triggers write it, so no code path can forget it: outside an action a write is refused by the database.
History, undo and taking back an import read the same log. An undo is itself a new action.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from peewee import Model

from db.connection import Database
from db.rows import ActionRow, ChangeRow
from db.tables import JOURNALLED, Action, ActionScope, ChangeLog

_TRIGGER = """CREATE TRIGGER IF NOT EXISTS journal_{table}_{kind} AFTER {kind} ON "{table}"
BEGIN
  SELECT RAISE(ABORT, 'write outside an action') WHERE NOT EXISTS (SELECT 1 FROM action_scope);
  INSERT INTO change_log (action_id, "table", row_id, kind, fields)
  SELECT (SELECT action_id FROM action_scope), '{table}', {side}."id", '{kind}', fields FROM (
    SELECT json_group_object(column, json_array(old, new)) AS fields FROM (
      SELECT json_extract(value, '$[0]') AS column, json_extract(value, '$[1]') AS old,
             json_extract(value, '$[2]') AS new
      FROM json_each(json_array({columns})) WHERE old IS NOT new))
  WHERE fields <> '{{}}' OR '{kind}' <> 'update';
END"""


def install(database: Database, models: tuple[type[Model], ...] = JOURNALLED) -> None:
    """Create the triggers that are missing. Called at the end of every migration."""
    for model in models:
        for kind in ("insert", "update", "delete"):
            database.execute_sql(_trigger(model, kind))


def _trigger(model: type[Model], kind: str) -> str:
    columns = []
    for field in model._meta.sorted_fields:
        if field.primary_key:
            continue
        old = "NULL" if kind == "insert" else f'OLD."{field.column_name}"'
        new = "NULL" if kind == "delete" else f'NEW."{field.column_name}"'
        columns.append(f"json_array('{field.column_name}', {old}, {new})")
    side = "OLD" if kind == "delete" else "NEW"
    table = model._meta.table_name
    return _TRIGGER.format(table=table, kind=kind, side=side, columns=", ".join(columns))


@contextmanager
def recording(database: Database, action: ActionRow) -> Iterator[None]:
    """One transaction, one action: all of the block's writes, or none. Takes the write lock at once."""
    with database.atomic("IMMEDIATE"):
        values = action._asdict()
        Action.insert(**values).execute(database)
        ActionScope.insert(id=1, action_id=action.id).execute(database)
        yield
        ActionScope.delete().execute(database)


def actions(database: Database, limit: int = 200) -> list[ActionRow]:
    """The last actions, newest first."""
    query = Action.select().order_by(Action.done_at.desc(), Action.id.desc()).limit(limit).tuples()
    return [ActionRow(*row) for row in query.execute(database)]


def changes_of_rows(database: Database, row_ids: list[str]) -> list[tuple[ChangeRow, ActionRow]]:
    """The history of some rows with the action each change belongs to, oldest first."""
    if not row_ids:
        return []
    marks = ",".join("?" * len(row_ids))
    found = database.rows(
        f"""SELECT c.id, c.action_id, c."table", c.row_id, c.kind, c.fields,
                   a.id, a.label, a.facts, a.done_at, a.done_by, a.source
            FROM change_log c JOIN action a ON a.id = c.action_id
            WHERE c.row_id IN ({marks}) ORDER BY c.id""",
        tuple(row_ids),
    )
    return [(_change(row[:6]), _action(row[6:])) for row in found]


def changes_of_action(database: Database, action_id: str) -> list[ChangeRow]:
    found = database.rows(
        'SELECT id, action_id, "table", row_id, kind, fields FROM change_log WHERE action_id = ? ORDER BY id',
        (action_id,),
    )
    return [_change(row) for row in found]


def _change(row: tuple[Any, ...]) -> ChangeRow:
    return ChangeRow._make((*row[:5], json.loads(row[5])))


def _action(row: tuple[Any, ...]) -> ActionRow:
    facts = json.loads(row[2]) if row[2] else None
    return ActionRow(row[0], row[1], facts, datetime.fromisoformat(row[3]), row[4], row[5])


def take_back(database: Database, action_id: str) -> list[ChangeRow]:
    """Write the old values of an action again, newest change first; must run inside a new action.

    A field that somebody changed since is kept as it is. Returns the changes that were kept.
    """
    # A cascade deletes parents before children; put back in reverse, children come first for a moment.
    database.execute_sql("PRAGMA defer_foreign_keys = ON")
    kept: list[ChangeRow] = []
    for change in reversed(changes_of_action(database, action_id)):
        if not _reverse(database, change):
            kept.append(change)
    return kept


def _reverse(database: Database, change: ChangeRow) -> bool:
    table = f'"{change.table}"'
    if change.kind == "delete":
        old = {column: values[0] for column, values in change.fields.items()}
        blank = {name: default for name, default in _defaults(change.table).items() if name not in old}
        values = {"id": change.row_id, **blank, **old}
        columns = ", ".join(f'"{column}"' for column in values)
        marks = ", ".join("?" * len(values))
        database.execute_sql(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
        return True
    current = database.execute_sql(f"SELECT * FROM {table} WHERE id = ?", (change.row_id,))
    names = [entry[0] for entry in current.description]
    row = current.fetchone()
    if row is None:
        return False
    now = dict(zip(names, row, strict=True))
    if change.kind == "insert":
        # A row that got other values since is somebody's work: it stays.
        if any(now[column] != values[1] for column, values in change.fields.items()):
            return False
        database.execute_sql(f"DELETE FROM {table} WHERE id = ?", (change.row_id,))
        return True
    back = {column: values[0] for column, values in change.fields.items() if now[column] == values[1]}
    if back:
        settings = ", ".join(f'"{column}" = ?' for column in back)
        database.execute_sql(f"UPDATE {table} SET {settings} WHERE id = ?", (*back.values(), change.row_id))
    return len(back) == len(change.fields)


def _defaults(table: str) -> dict[str, Any]:
    model = next(model for model in JOURNALLED if model._meta.table_name == table)
    return {f.column_name: None for f in model._meta.sorted_fields if not f.primary_key}


__all__ = ["ChangeLog", "actions", "changes_of_action", "changes_of_rows", "install", "recording", "take_back"]
