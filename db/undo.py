"""Taking an action back: which one is next, and writing its old values again without touching later work."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlcipher3 import dbapi2

from db.connection import Database
from db.errors import Clash
from db.journal import action_of
from db.loose import lost as lost_references
from db.rows import ActionRow
from db.staying import Cell, Row, Written, by_table, columns_of, model_of, rows_that_stay
from db.tables import Household

Tick = Callable[[float], object]
"""Hears the share done, 0 to 1; what it raises takes everything back."""

_AT_ONCE = 2000
"""Rows of one statement between two signs of life."""

_REDONE = "SELECT coalesce(json_extract(facts, '$.of'), '') FROM action WHERE label = 'redo'"
_TAKEN_BACK = f"""SELECT coalesce(json_extract(facts, '$.of'), '') FROM action
                  WHERE label = 'undo' AND id NOT IN ({_REDONE})"""
_COLUMNS = "id, label, facts, done_at, done_by, source"
_CHANGED = "EXISTS (SELECT 1 FROM change_log c WHERE c.action_id = a.id)"


May = Callable[[ActionRow], bool]
"""Whether whoever asks may take this action back."""


def last_standing(database: Database, passing: Collection[str], may: May = lambda _action: True) -> ActionRow | None:
    """The newest action that changed something, is not taken back and `may` be; those labelled as `passing` never.

    Newest by the order of writing, which is that of the rowid: the clock may have been set back.
    """
    return _first(
        database,
        f"""SELECT {_COLUMNS} FROM action a
            WHERE label NOT IN (SELECT value FROM json_each(?)) AND id NOT IN ({_TAKEN_BACK}) AND {_CHANGED}
            ORDER BY rowid DESC""",
        (json.dumps(list(passing)),),
        may,
    )


def last_taken_back(database: Database, passing: Collection[str], may: May = lambda _action: True) -> ActionRow | None:
    """The newest undo not done again that `may` be, unless an action not labelled as `passing` came after it."""
    return _first(
        database,
        f"""SELECT {_COLUMNS} FROM action a
            WHERE label = 'undo' AND id NOT IN ({_REDONE}) AND {_CHANGED} AND rowid > coalesce((
                SELECT rowid FROM action a
                WHERE label NOT IN (SELECT value FROM json_each(?)) AND {_CHANGED} ORDER BY rowid DESC LIMIT 1), 0)
            ORDER BY rowid DESC""",
        (json.dumps(list(passing)),),
        may,
    )


def action(database: Database, action_id: str) -> ActionRow | None:
    return _one(database, f"SELECT {_COLUMNS} FROM action WHERE id = ?", (action_id,))


def taken_back(database: Database, action_ids: Collection[str]) -> set[str]:
    """Which of these actions are taken back and not done again; of an undo: whether it was done again."""
    found = database.rows(
        f"""SELECT value FROM json_each(?) WHERE value IN ({_TAKEN_BACK}) OR value IN ({_REDONE})""",
        (json.dumps(list(action_ids)),),
    )
    return {row[0] for row in found}


def is_taken_back(database: Database, action_id: str) -> bool:
    return action_id in taken_back(database, [action_id])


def returns_to(database: Database, action_id: str, passing: Collection[str]) -> bool:
    """Whether taking this action back leads exactly to where the register stood before it, so that no rule is asked.

    So it is where all that was done since, except what is labelled as `passing`, is taken back whole, and nothing
    older is. False also in some cases where it would.
    """
    found = database.rows(
        f"""SELECT 1 FROM action a
            WHERE a.rowid > (SELECT rowid FROM action WHERE id = ?1) AND {_CHANGED}
              AND label NOT IN (SELECT value FROM json_each(?2))
              AND CASE
                WHEN label IN ('undo', 'redo') AND coalesce(json_extract(facts, '$.kept'), 0) THEN 1
                WHEN label = 'undo' AND id IN ({_REDONE}) THEN 0
                WHEN label IN ('undo', 'redo') THEN
                  (SELECT t.rowid FROM action t WHERE t.id = json_extract(a.facts, '$.of'))
                  < (SELECT rowid FROM action WHERE id = ?1)
                ELSE id NOT IN ({_TAKEN_BACK}) END
            LIMIT 1""",
        (action_id, json.dumps([label for label in passing if label not in ("undo", "redo")])),
    )
    return not found


def _one(database: Database, sql: str, params: tuple[Any, ...]) -> ActionRow | None:
    return _first(database, sql, params, lambda _action: True)


def _first(database: Database, sql: str, params: tuple[Any, ...], may: May) -> ActionRow | None:
    cursor = database.execute_sql(sql, params)
    try:
        return next(filter(may, map(action_of, cursor)), None)
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`kept`: what stays as it is, a row for each value or row kept. `households`: ids of those written again.

    `lost`: references that were not written again, since what they named is gone.
    """

    kept: list[Row]
    households: set[str]
    lost: set[Cell]


def take_back(database: Database, action_id: str, tick: Tick = lambda _part: None) -> TakenBack:
    """Write the old values of an action again, newest change first; must run inside a new action.

    Kept as they are: a field that somebody changed since, or that named a row which is gone; a row that somebody
    changed since or that later work refers to, with the parts and owners the action gave it (a household stays
    whole). A row that comes back names nobody where the one it named is gone. Neighbouring changes of one kind go
    together, in their order: a statement for each of 150,000 rows would take minutes. Raises Clash where a rule of
    the file is broken by it.
    """
    changes = _changes(database, action_id)
    lost = lost_references(database, changes)
    staying = rows_that_stay(database, action_id, changes, lost)
    tick(0.2)
    kept: list[Row] = []
    done = 0
    for (table, kind), group in groupby(reversed(changes), key=lambda change: (change.table, change.kind)):
        run = list(group)
        if kind == "insert":
            kept += [change.row for change in run if change.row in staying]
        run = [change for change in run if change.row not in staying]
        for part in _parts(run):
            kept += _REVERSE[kind](database, table, part, lost)
            done += len(part)
            tick(0.2 + 0.8 * done / len(changes))
    households = {change.row_id for change in changes if change.table == Household._meta.table_name}
    return TakenBack(kept, households, lost)


def households_of(database: Database, rows: Iterable[Row]) -> list[int]:
    """The numbers of the households that these rows are about, in order."""
    ids: set[str] = set()
    for table, of_table in by_table(rows).items():
        if table == Household._meta.table_name:
            ids |= of_table
        elif "household_id" in model_of(table)._meta.columns:
            sql = f'SELECT DISTINCT household_id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
            ids |= {row[0] for row in database.rows(sql, (json.dumps(list(of_table)),))}
    sql = "SELECT number FROM household WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number"
    return [row[0] for row in database.rows(sql, (json.dumps(list(ids)),))]


def _changes(database: Database, action_id: str) -> list[Written]:
    """What the action wrote. The fields of inserted and deleted rows are left in the file: they are many."""
    found = database.rows(
        """SELECT id, "table", row_id, kind, CASE kind WHEN 'update' THEN fields END
           FROM change_log WHERE action_id = ? ORDER BY id""",
        (action_id,),
    )
    return [Written._make((*row[:4], json.loads(row[4]) if row[4] else {})) for row in found]


def _parts(run: list[Written]) -> Iterator[list[Written]]:
    """So many at a time; a row that was changed twice comes in two parts."""
    part: list[Written] = []
    rows: set[str] = set()
    for change in run:
        if len(part) == _AT_ONCE or change.row_id in rows:
            yield part
            part, rows = [], set()
        part.append(change)
        rows.add(change.row_id)
    if part:
        yield part


def _delete_again(database: Database, table: str, inserted: list[Written], _lost: set[Cell]) -> list[Row]:
    _many(database, f'DELETE FROM "{table}" WHERE id = ?', [(change.row_id,) for change in inserted])
    return []


def _insert_again(database: Database, table: str, deleted: list[Written], lost: set[Cell]) -> list[Row]:
    # The log leaves out the columns that were empty: json_extract gives NULL for those.
    columns = columns_of(table)
    listed = ", ".join(f'"{column}"' for column in columns)
    old = ", ".join(f"json_extract(fields, '$.{column}[0]')" for column in columns)
    sql = f'INSERT INTO "{table}" (id, {listed}) SELECT row_id, {old} FROM change_log WHERE id = ?'
    _many(database, sql, [(change.id,) for change in deleted])
    without = [(change.row, column) for change in deleted for column in columns if (*change.row, column) in lost]
    for row, column in without:
        database.execute_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE id = ?', (row[1],))
    return [row for row, _column in without]


def _set_again(database: Database, table: str, updated: list[Written], lost: set[Cell]) -> list[Row]:
    """What somebody changed since is kept; a row that is gone stays gone."""
    columns = sorted({column for change in updated for column in change.fields})
    listed = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT id, {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
    found = database.rows(sql, (json.dumps([change.row_id for change in updated]),))
    now = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in found}
    kept: list[Row] = []
    writes: list[tuple[str, tuple[Any, ...]]] = []
    for change in updated:
        if change.row_id not in now:
            continue
        values = now[change.row_id]
        back = {
            column: old
            for column, (old, new) in change.fields.items()
            if values[column] == new and (*change.row, column) not in lost
        }
        if back:
            settings = ", ".join(f'"{column}" = ?' for column in back)
            writes.append((f'UPDATE "{table}" SET {settings} WHERE id = ?', (*back.values(), change.row_id)))
        if len(back) < len(change.fields):
            kept.append(change.row)
    for statement, same in groupby(writes, key=lambda write: write[0]):
        _many(database, statement, [params for _statement, params in same])
    return kept


_REVERSE: dict[str, Callable[[Database, str, list[Written], set[Cell]], list[Row]]] = {
    "insert": _delete_again,
    "delete": _insert_again,
    "update": _set_again,
}


def _many(database: Database, sql: str, params: list[tuple[Any, ...]]) -> None:
    connection: Any = database.connection()
    try:
        connection.executemany(sql, params)
    except dbapi2.IntegrityError as clash:
        raise Clash(str(clash)) from clash
