"""The journal: every write belongs to one labelled action, and old and new value of each field are kept.

Triggers write it, so no code path can forget it: outside an action a write is refused by the database.
History, undo and taking back an import (db.undo) read the same log. An undo is itself a new action.
Of a new row the log leaves out what is empty, and the texts that searching and sorting derive from the others; of
many new rows at once it leaves out all: the rows themselves hold it, or later changes do (see db.first_values).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter
from typing import Any

from peewee import Model

from db.connection import Database
from db.first_values import DERIVED, change_of, with_first_values
from db.first_values import values_now as values_now
from db.rows import ActionRow, ChangeRow
from db.tables import JOURNALLED, REMOVED_OWNER, Action, ActionScope

_TRIGGER = """CREATE TRIGGER journal_{table}_{kind} AFTER {kind} ON "{table}"{when}
BEGIN
  SELECT RAISE(ABORT, 'write outside an action') WHERE NOT EXISTS (SELECT 1 FROM action_scope);
  INSERT INTO change_log (action_id, "table", row_id, kind, fields)
  SELECT action_id, '{table}', {side}."id", '{kind}', '{{' || substr({fields}, 2) || '}}' FROM action_scope{where};
END"""
_ONE_BY_ONE = " WHEN NOT EXISTS (SELECT 1 FROM action_scope WHERE in_bulk = '{table}')"
_IN_BULK = """INSERT INTO change_log (action_id, "table", row_id, kind, fields)
  SELECT s.action_id, '{table}', t."id", 'insert', '{{}}'
  FROM action_scope s JOIN "{table}" t WHERE t.rowid > ? ORDER BY t.rowid"""


def install(database: Database, models: tuple[type[Model], ...] = JOURNALLED) -> None:
    """Create the triggers anew: they name each column. Called at the end of every migration."""
    for model in models:
        for kind in ("insert", "update", "delete"):
            database.execute_sql(f"DROP TRIGGER IF EXISTS journal_{model._meta.table_name}_{kind}")
            database.execute_sql(_trigger(model, kind))


def _trigger(model: type[Model], kind: str) -> str:
    """The fields are put together as text, which takes half the time of json_group_object over a list of them."""
    table = model._meta.table_name
    if kind == "insert":
        when, fields, differs = _ONE_BY_ONE.format(table=table), _new_fields(model), []
    else:
        names = [field.column_name for field in model._meta.sorted_fields if not field.primary_key]
        values = [(f'OLD."{name}"', "NULL" if kind == "delete" else f'NEW."{name}"', name) for name in names]
        differs = [f"{old} IS NOT {new}" for old, new, _name in values]
        when, fields = "", _joined([_field(f"{old} IS NOT {new}", name, old, new) for old, new, name in values])
    return _TRIGGER.format(
        table=table,
        kind=kind,
        when=when,
        side="OLD" if kind == "delete" else "NEW",
        fields=fields,
        where=" WHERE " + " OR ".join(differs) if kind == "update" else "",
    )


def _new_fields(model: type[Model]) -> str:
    """The fields of a new row that say something; what is not said of a text is "", of all else NULL."""
    fields = []
    for field in model._meta.sorted_fields:
        if not field.primary_key and field.column_name not in DERIVED:
            new, empty = f'NEW."{field.column_name}"', "NULL" if field.null else "''"
            fields.append(_field(f"{new} IS NOT {empty}", field.column_name, "NULL", new))
    return _joined(fields)


def _field(said: str, name: str, old: str, new: str) -> str:
    return f"CASE WHEN {said} THEN ',\"{name}\":' || json_array({old}, {new}) ELSE '' END"


def _joined(fields: list[str]) -> str:
    return "(" + " || ".join(fields) + ")"


@contextmanager
def recording(database: Database, action: ActionRow) -> Iterator[None]:
    """One transaction, one action: all of the block's writes, or none. Takes the write lock at once."""
    with database.atomic("IMMEDIATE"):
        values = action._asdict()
        Action.insert(**values).execute(database)
        ActionScope.insert(id=1, action_id=action.id).execute(database)
        yield
        ActionScope.delete().execute(database)


@contextmanager
def in_bulk(database: Database, model: type[Model]) -> Iterator[None]:
    """New rows of one table, logged together at the end of the block and without their values, a third of the time.

    Outside an action the first row is refused, as ever; where the block raises, what it has inserted is logged before
    the exception goes on.
    """
    table = model._meta.table_name
    (last,) = database.rows(f'SELECT coalesce(max(rowid), 0) FROM "{table}"')[0]
    ActionScope.update(in_bulk=table).execute(database)
    try:
        yield
    finally:
        # On a full disk SQLite has rolled the whole transaction back already.
        if database.connection().in_transaction:
            database.execute_sql(_IN_BULK.format(table=table), (last,))
            ActionScope.update(in_bulk=None).execute(database)


def actions(database: Database, limit: int = 200) -> list[ActionRow]:
    """The last actions, newest first."""
    query = Action.select().order_by(Action.done_at.desc(), Action.id.desc()).limit(limit).tuples()
    return [ActionRow(*row) for row in query.execute(database)]


def actions_of(database: Database, label: str, since: datetime) -> list[ActionRow]:
    """The actions of one label since a moment, oldest first."""
    query = Action.select().where(Action.label == label, Action.done_at >= since).order_by(Action.done_at, Action.id)
    return [ActionRow(*row) for row in query.tuples().execute(database)]


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
    found.sort(key=itemgetter(0))
    changes = with_first_values(database, [change_of(row[:6]) for row in found])
    return [(change, action_of(row[6:])) for change, row in zip(changes, found, strict=True)]


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
    return with_first_values(database, [change_of(row) for row in found])


def change(database: Database, change_id: int) -> ChangeRow | None:
    """One change of the log by its id."""
    found = database.rows(
        'SELECT id, action_id, "table", row_id, kind, fields FROM change_log WHERE id = ?', (change_id,)
    )
    return with_first_values(database, [change_of(found[0])])[0] if found else None


def values_before(database: Database, changed: ChangeRow, columns: Collection[str]) -> dict[str, Any]:
    """What these columns of the row held before that change.

    A column that the change left alone held what a later change first found there, or what it holds now.
    """
    values = {column: changed.fields[column][0] for column in columns if column in changed.fields}
    missing = [column for column in columns if column not in values]
    if missing:
        now = values_now(database, changed.table, [changed.row_id]).get(changed.row_id, {})
        values |= {column: now.get(column) for column in missing}
        later = changes_of_rows(database, {changed.table: [changed.row_id]})
        for one, _action in reversed([entry for entry in later if entry[0].id > changed.id]):
            values |= {column: one.fields[column][0] for column in missing if column in one.fields}
    return values


def action_of(row: tuple[Any, ...]) -> ActionRow:
    """An action from its columns in the order of ActionRow, as the file keeps them."""
    facts = json.loads(row[2]) if row[2] else None
    return ActionRow(row[0], row[1], facts, datetime.fromisoformat(row[3]), row[4], row[5])
