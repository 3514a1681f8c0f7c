"""What taking an action back means, said one row at a time: slow and plain, to hold the quick way against."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from peewee import ForeignKeyField, Model

from db.connection import Database
from db.journal import DERIVED, changes_of_action, changes_of_rows
from db.rows import ChangeRow
from db.staying import _REFERENCES, Cell, Row
from db.tables import JOURNALLED, LOOSE_REFERENCES, LeftOver, Missing, Pair

_DERIVED = frozenset(model._meta.table_name for model in (Pair, LeftOver, Missing))


def take_back(database: Database, action_id: str) -> list[ChangeRow]:
    """Write the old values of an action again, newest change first; must run inside a new action.

    Kept as they are: a field that somebody changed since, or that named a row which is gone; a row that somebody
    changed since or that later work refers to, with the parts and owners the action gave it (a household stays
    whole). Returns what was kept.
    """
    changes = changes_of_action(database, action_id)
    lost = _lost(database, changes)
    staying = _staying(database, action_id, changes, lost)
    kept: list[ChangeRow] = []
    for change in reversed(changes):
        if (change.table, change.row_id) in staying:
            if change.kind == "insert":
                kept.append(change)
        elif not _reverse(database, change, lost):
            kept.append(change)
    return kept


def _lost(database: Database, changes: list[ChangeRow]) -> set[Cell]:
    """References whose value before the action names a row that is gone and does not come back with it."""
    first: dict[Cell, Any] = {}
    inserted = {(change.table, change.row_id) for change in changes if change.kind == "insert"}
    back = {(change.table, change.row_id) for change in changes if change.kind == "delete"}
    for change in changes:
        for column, (old, _new) in change.fields.items():
            if (change.table, change.row_id) not in inserted:
                first.setdefault((change.table, change.row_id, column), old)
    lost = set()
    updated = {(change.table, change.row_id) for change in changes if change.kind == "update"}
    guarded = [
        (model, field.column_name, field.rel_model)
        for model in JOURNALLED
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField)
    ]
    for model, column, target in [*LOOSE_REFERENCES, *guarded]:
        table, named = model._meta.table_name, target._meta.table_name
        of_column = {
            cell: old
            for cell, old in first.items()
            if (cell[0], cell[2]) == (table, column)
            and ((model, column, target) in LOOSE_REFERENCES or cell[:2] in updated)
        }
        for cell, old in of_column.items():
            there = database.rows(f'SELECT 1 FROM "{named}" WHERE id = ?', (old,))
            if old is not None and (named, old) not in back and not there:
                lost.add(cell)
    return lost


class _Link(NamedTuple):
    """`holder` names `target`; `part`: it belongs to it and would be deleted with it."""

    holder: Row
    target: Row
    part: bool


def _staying(database: Database, action_id: str, changes: list[ChangeRow], lost: set[Cell]) -> set[Row]:
    """Rows the action inserted that must not be deleted with it."""
    said: dict[Row, dict[str, Any]] = defaultdict(dict)
    inserted: set[Row] = set()
    for change in changes:
        row = (change.table, change.row_id)
        said[row].update({column: new for column, (_old, new) in change.fields.items() if (*row, column) not in lost})
        if change.kind == "insert":
            inserted.add(row)
    going, staying = _untouched(database, action_id, inserted, said)
    links = list(_links(database, going | staying, said, inserted))
    # Who stays keeps what it names and what is part of it.
    joined: dict[Row, list[Row]] = defaultdict(list)
    waiting = list(staying)
    for link in links:
        if link.holder[0] in _DERIVED:
            continue
        if link.holder not in inserted:
            waiting.append(link.target)
        joined[link.holder].append(link.target)
        if link.part:
            joined[link.target].append(link.holder)
    while waiting:
        row = waiting.pop()
        staying.add(row)
        waiting += [other for other in joined.pop(row, []) if other in going]
    return _with_derived(staying, links)


def _with_derived(staying: set[Row], links: list[_Link]) -> set[Row]:
    """Derived rows stay where all that they name of this action stays."""
    named: dict[Row, set[Row]] = defaultdict(set)
    for link in links:
        if link.holder[0] in _DERIVED:
            named[link.holder].add(link.target)
    for holder, targets in named.items():
        if targets <= staying:
            staying.add(holder)
        else:
            staying.discard(holder)
    return staying


def _untouched(
    database: Database, action_id: str, inserted: set[Row], said: dict[Row, dict[str, Any]]
) -> tuple[set[Row], set[Row]]:
    """Of the rows inserted and still there: those that are as the action left them, and those changed since."""
    same: set[Row] = set()
    changed: set[Row] = set()
    for table, ids in _by_table(inserted).items():
        empty = {name: None if field.null else "" for name, field in _model(table)._meta.columns.items()}
        columns = [name for name in empty if name != "id" and name not in DERIVED]
        listed = ", ".join(f'"{name}"' for name in ("id", *columns))
        sql = f'SELECT {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        for row_id, *values in database.rows(sql, (json.dumps(list(ids)),)):
            row = (table, row_id)
            gave = empty | said[row]
            alike = all(gave[name] == value for name, value in zip(columns, values, strict=True))
            (same if alike and _derived_as_left(database, action_id, row) else changed).add(row)
    return same, changed


def _derived_as_left(database: Database, action_id: str, row: Row) -> bool:
    """Derived columns are not logged with a new row: they changed where a later change found something else."""
    history = [change for change, _action in changes_of_rows(database, {row[0]: [row[1]]})]
    last = max(change.id for change in history if change.action_id == action_id)
    for column in DERIVED & _model(row[0])._meta.columns.keys():
        later = [change.fields[column][0] for change in history if change.id > last and column in change.fields]
        now = database.rows(f'SELECT "{column}" FROM "{row[0]}" WHERE id = ?', (row[1],))[0][0]
        if later and later[0] != now:
            return False
    return True


def _links(database: Database, rows: set[Row], said: dict[Row, dict[str, Any]], inserted: set[Row]) -> Iterator[_Link]:
    """All that names one of these rows, except where taking the action back changes that anyway."""
    ids = {table: json.dumps(list(of_table)) for table, of_table in _by_table(rows).items()}
    for table, column, target, part in _REFERENCES:
        if target not in ids:
            continue
        sql = f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'
        for holder_id, target_id in database.rows(sql, (ids[target],)):
            holder = (table, holder_id)
            if holder in inserted or said.get(holder, {}).get(column) != target_id:
                yield _Link(holder, (target, target_id), part)


def _by_table(rows: Iterable[Row]) -> dict[str, set[str]]:
    tables: dict[str, set[str]] = defaultdict(set)
    for table, row_id in rows:
        tables[table].add(row_id)
    return tables


def _model(table: str) -> type[Model]:
    return next(model for model in JOURNALLED if model._meta.table_name == table)


def _reverse(database: Database, change: ChangeRow, lost: set[Cell]) -> bool:
    """False where a value was kept: of somebody who changed the row since, or since what it named is gone."""
    table = f'"{change.table}"'
    if change.kind == "insert":
        database.execute_sql(f"DELETE FROM {table} WHERE id = ?", (change.row_id,))
        return True
    if change.kind == "delete":
        empty = {column for table, row_id, column in lost if (table, row_id) == (change.table, change.row_id)}
        _insert_again(database, change, empty)
        return not empty
    listed = ", ".join(f'"{column}"' for column in change.fields)
    found = database.rows(f"SELECT {listed} FROM {table} WHERE id = ?", (change.row_id,))
    if not found:
        return True
    now = dict(zip(change.fields, found[0], strict=True))
    back = {
        column: old
        for column, (old, new) in change.fields.items()
        if now[column] == new and (change.table, change.row_id, column) not in lost
    }
    if back:
        settings = ", ".join(f'"{column}" = ?' for column in back)
        database.execute_sql(f"UPDATE {table} SET {settings} WHERE id = ?", (*back.values(), change.row_id))
    return len(back) == len(change.fields)


def _insert_again(database: Database, change: ChangeRow, empty: set[str]) -> None:
    # The log leaves out the columns that were empty.
    old = {column: values[0] for column, values in change.fields.items() if column not in empty}
    columns = ["id", *(name for name in _model(change.table)._meta.columns if name != "id")]
    listed, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    values = (change.row_id, *(old.get(column) for column in columns[1:]))
    database.execute_sql(f'INSERT INTO "{change.table}" ({listed}) VALUES ({marks})', values)
