"""The journal: every write belongs to one labelled action, and old and new value of each field are kept.

Triggers write it, so no code path can forget it: outside an action a write is refused by the database.
History, undo and taking back an import (db.undo) read the same log. An undo is itself a new action.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from peewee import Model

from db.connection import Database
from db.rows import ActionRow, ChangeRow
from db.tables import JOURNALLED, REMOVED_OWNER, Action, ActionScope

_TRIGGER = """CREATE TRIGGER journal_{table}_{kind} AFTER {kind} ON "{table}"
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
    """Create the triggers anew: they name each column. Called at the end of every migration."""
    for model in models:
        for kind in ("insert", "update", "delete"):
            database.execute_sql(f"DROP TRIGGER IF EXISTS journal_{model._meta.table_name}_{kind}")
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


def describe(database: Database, action_id: str, facts: dict[str, object]) -> None:
    """Give the action under way its facts, where they are only known once it has looked around."""
    Action.update(facts=facts).where(Action.id == action_id).execute(database)


def changes_of_rows(database: Database, rows: Mapping[str, Collection[str]]) -> list[tuple[ChangeRow, ActionRow]]:
    """The history of some rows, by table, with the action each change belongs to, oldest first."""
    found: list[tuple[Any, ...]] = []
    for table, ids in rows.items():
        found += database.rows(
            """SELECT c.id, c.action_id, c."table", c.row_id, c.kind, c.fields,
                      a.id, a.label, a.facts, a.done_at, a.done_by, a.source
               FROM change_log c JOIN action a ON a.id = c.action_id
               WHERE c."table" = ? AND c.row_id IN (SELECT value FROM json_each(?))""",
            (table, json.dumps(list(ids))),
        )
    return [(_change(row[:6]), action_of(row[6:])) for row in sorted(found, key=lambda row: row[0])]


def removed_parts(database: Database, table: str, owners: Collection[str]) -> list[str]:
    """Ids of rows of `table` that were deleted while they belonged to one of these households or people."""
    # The plus keeps SQLite from the index of all changes by table: that of the deleted rows is far smaller.
    found = database.rows(
        f"""SELECT DISTINCT row_id FROM change_log
            WHERE kind = 'delete' AND {REMOVED_OWNER} IN (SELECT value FROM json_each(?)) AND +"table" = ?""",
        (json.dumps(list(owners)), table),
    )
    return [row[0] for row in found]


def changes_of_action(database: Database, action_id: str) -> list[ChangeRow]:
    found = database.rows(
        'SELECT id, action_id, "table", row_id, kind, fields FROM change_log WHERE action_id = ? ORDER BY id',
        (action_id,),
    )
    return [_change(row) for row in found]


def _change(row: tuple[Any, ...]) -> ChangeRow:
    return ChangeRow._make((*row[:5], json.loads(row[5])))


def action_of(row: tuple[Any, ...]) -> ActionRow:
    """An action from its columns in the order of ActionRow, as the file keeps them."""
    facts = json.loads(row[2]) if row[2] else None
    return ActionRow(row[0], row[1], facts, datetime.fromisoformat(row[3]), row[4], row[5])
