"""What taking an action back means, said one row at a time: slow and plain, to hold the quick way against."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from peewee import Model

from db.connection import Database
from db.journal import changes_of_action
from db.rows import ChangeRow
from db.staying import _REFERENCES, Row
from db.tables import JOURNALLED, LeftOver, Pair

_DERIVED = frozenset(model._meta.table_name for model in (Pair, LeftOver))


def take_back(database: Database, action_id: str) -> list[ChangeRow]:
    """Write the old values of an action again, newest change first; must run inside a new action.

    Kept as they are: a field that somebody changed since; a row that somebody changed since or that later work
    refers to, with the parts and owners the action gave it (a household stays whole). Returns what was kept.
    """
    changes = changes_of_action(database, action_id)
    staying = _staying(database, changes)
    kept: list[ChangeRow] = []
    for change in reversed(changes):
        if (change.table, change.row_id) in staying:
            if change.kind == "insert":
                kept.append(change)
        elif not _reverse(database, change):
            kept.append(change)
    return kept


class _Link(NamedTuple):
    """`holder` names `target`; `part`: it belongs to it and would be deleted with it."""

    holder: Row
    target: Row
    part: bool


def _staying(database: Database, changes: list[ChangeRow]) -> set[Row]:
    """Rows the action inserted that must not be deleted with it."""
    said: dict[Row, dict[str, Any]] = defaultdict(dict)
    inserted: set[Row] = set()
    for change in changes:
        row = (change.table, change.row_id)
        said[row].update({column: new for column, (_old, new) in change.fields.items()})
        if change.kind == "insert":
            inserted.add(row)
    going, staying = _untouched(database, inserted, said)
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


def _untouched(database: Database, inserted: set[Row], said: dict[Row, dict[str, Any]]) -> tuple[set[Row], set[Row]]:
    """Of the rows inserted and still there: those that are as the action left them, and those changed since."""
    same: set[Row] = set()
    changed: set[Row] = set()
    for table, ids in _by_table(inserted).items():
        columns = [name for name in _model(table)._meta.columns if name != "id"]
        listed = ", ".join(f'"{name}"' for name in ("id", *columns))
        sql = f'SELECT {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        for row_id, *values in database.rows(sql, (json.dumps(list(ids)),)):
            row = (table, row_id)
            gave = said[row]
            alike = all(gave.get(name) == value for name, value in zip(columns, values, strict=True))
            (same if alike else changed).add(row)
    return same, changed


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


def _reverse(database: Database, change: ChangeRow) -> bool:
    """False where somebody changed the row since and a value of theirs was kept."""
    table = f'"{change.table}"'
    if change.kind == "insert":
        database.execute_sql(f"DELETE FROM {table} WHERE id = ?", (change.row_id,))
        return True
    if change.kind == "delete":
        _insert_again(database, change)
        return True
    listed = ", ".join(f'"{column}"' for column in change.fields)
    found = database.rows(f"SELECT {listed} FROM {table} WHERE id = ?", (change.row_id,))
    if not found:
        return True
    now = dict(zip(change.fields, found[0], strict=True))
    back = {column: old for column, (old, new) in change.fields.items() if now[column] == new}
    if back:
        settings = ", ".join(f'"{column}" = ?' for column in back)
        database.execute_sql(f"UPDATE {table} SET {settings} WHERE id = ?", (*back.values(), change.row_id))
    return len(back) == len(change.fields)


def _insert_again(database: Database, change: ChangeRow) -> None:
    # The log leaves out the columns that were empty.
    old = {column: values[0] for column, values in change.fields.items()}
    columns = ["id", *(name for name in _model(change.table)._meta.columns if name != "id")]
    listed, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    values = (change.row_id, *(old.get(column) for column in columns[1:]))
    database.execute_sql(f'INSERT INTO "{change.table}" ({listed}) VALUES ({marks})', values)
