"""Of the rows that an action inserted, those that must stay when it is taken back: later work stands on them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from peewee import ForeignKeyField, Model

from db.connection import Database
from db.tables import JOURNALLED, LOOSE_REFERENCES, LeftOver, Missing, Pair

Row = tuple[str, str]
"""A row of any table: (table, id)."""
Cell = tuple[str, str, str]
"""One value of a row: (table, id, column)."""

_DERIVED = frozenset(model._meta.table_name for model in (Pair, LeftOver, Missing))
"""Tables that the program fills by itself: they hold no row back and go with the rows they name."""


class Written(NamedTuple):
    """A change of the log; `fields` (column -> old and new value) are read for updates alone."""

    id: int
    table: str
    row_id: str
    kind: str
    fields: dict[str, Any]

    @property
    def row(self) -> Row:
        return self.table, self.row_id


class _Reference(NamedTuple):
    """`part`: the row belongs to the one it names and would be deleted with it."""

    table: str
    column: str
    target: str
    part: bool


def _references() -> Iterator[_Reference]:
    for model in JOURNALLED:
        for field in model._meta.sorted_fields:
            if isinstance(field, ForeignKeyField):
                target = field.rel_model._meta.table_name
                yield _Reference(model._meta.table_name, field.column_name, target, not field.null)
    for model, column, target in LOOSE_REFERENCES:
        yield _Reference(model._meta.table_name, column, target._meta.table_name, False)


_REFERENCES = tuple(_references())
_MODELS = {model._meta.table_name: model for model in JOURNALLED}


def model_of(table: str) -> type[Model]:
    return _MODELS[table]


def columns_of(table: str) -> list[str]:
    """All columns of a table but its id."""
    return [name for name in _MODELS[table]._meta.columns if name != "id"]


def by_table(rows: Iterable[Row]) -> dict[str, set[str]]:
    tables: dict[str, set[str]] = defaultdict(set)
    for table, row_id in rows:
        tables[table].add(row_id)
    return tables


def rows_that_stay(database: Database, action_id: str, changes: list[Written], lost: Collection[Cell] = ()) -> set[Row]:
    """Rows the action inserted that must not be deleted with it. `changes`: all that it wrote, oldest first.

    `lost`: values that it wrote and that stay, since what they named before is gone: they hold what they name now.
    """
    inserted = {change.row for change in changes if change.kind == "insert"}
    if not inserted:
        return set()
    there = _there(database, inserted)
    staying = _changed_since(database, changes[-1].id, there)
    said = _said(changes, lost)
    waiting = set(staying)
    waiting |= {target for holder, target in _held(database, there, inserted, said) if holder[0] not in _DERIVED}
    # Who stays keeps what it names and what is part of it.
    while waiting:
        staying |= waiting
        waiting = _joined(database, waiting, there) - staying
    return _with_derived(database, staying, there, inserted, said)


def _said(changes: list[Written], lost: Collection[Cell]) -> dict[Row, dict[str, Any]]:
    """What the action wrote into rows that were there before it, and what goes with it again."""
    said: dict[Row, dict[str, Any]] = defaultdict(dict)
    for change in changes:
        if change.kind == "update":
            going = {column: new for column, (_old, new) in change.fields.items() if (*change.row, column) not in lost}
            said[change.row].update(going)
    return said


def _there(database: Database, inserted: set[Row]) -> set[Row]:
    """Of the rows inserted those that nobody has deleted since."""
    found: set[Row] = set()
    for table, ids in by_table(inserted).items():
        sql = f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        found |= {(table, row[0]) for row in database.rows(sql, (_listed(ids),))}
    return found


def _changed_since(database: Database, last: int, there: set[Row]) -> set[Row]:
    """Rows that are not as the action left them. Only those in the log of later actions need to be compared."""
    later = {(table, row_id) for table, row_id in database.rows(_LATER, (last,))} & there
    changed: set[Row] = set()
    for table, ids in by_table(later).items():
        left = _left(database, last, table, ids)
        columns = columns_of(table)
        names = ", ".join(f'"{name}"' for name in ("id", *columns))
        sql = f'SELECT {names} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        for row_id, *values in database.rows(sql, (_listed(ids),)):
            now = dict(zip(columns, values, strict=True))
            if any(old is _FORGOTTEN or old != now[name] for name, old in left[row_id].items()):
                changed.add((table, row_id))
    return changed


_LATER = 'SELECT DISTINCT "table", row_id FROM change_log WHERE id > ?'


_FORGOTTEN = object()
"""What a row held before personal data were taken out of the journal: see db.scrubbing."""


def _left(database: Database, last: int, table: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    """By row, what later changes first found in its columns; a column that no later change names is as it was."""
    left: dict[str, dict[str, Any]] = defaultdict(dict)
    found = database.rows(
        """SELECT row_id, kind, fields FROM change_log
           WHERE id > ? AND "table" = ? AND row_id IN (SELECT value FROM json_each(?)) ORDER BY id""",
        (last, table, _listed(ids)),
    )
    for row_id, kind, text in found:
        fields = json.loads(text)
        if kind == "delete":
            fields = dict.fromkeys(columns_of(table), (None, None)) | fields
        for column, (old, new) in fields.items() if kind != "insert" else ():
            left[row_id].setdefault(column, _FORGOTTEN if old == new and kind == "update" else old)
    return left


def _held(
    database: Database, there: set[Row], inserted: set[Row], said: dict[Row, dict[str, Any]]
) -> Iterator[tuple[Row, Row]]:
    """(holder, target): rows of other actions that name one of these, except where this action wrote it so."""
    own, targets = by_table(inserted), by_table(there)
    for table, column, target, _part in _REFERENCES:
        if target not in targets:
            continue
        sql = f"""SELECT id, "{column}" FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))
                  AND id NOT IN (SELECT value FROM json_each(?))"""
        for holder_id, target_id in database.rows(sql, (_listed(targets[target]), _listed(own.get(table, ())))):
            holder = (table, holder_id)
            if said.get(holder, {}).get(column) != target_id:
                yield holder, (target, target_id)


def _joined(database: Database, rows: set[Row], there: set[Row]) -> set[Row]:
    """Of the rows still there: those that these name, and those that are parts of these."""
    found: set[Row] = set()
    ids = by_table(rows)
    for table, column, target, part in _REFERENCES:
        if table in _DERIVED:
            continue
        if table in ids:
            sql = f'SELECT "{column}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
            found |= {(target, row[0]) for row in database.rows(sql, (_listed(ids[table]),))}
        if part and target in ids:
            sql = f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'
            found |= {(table, row[0]) for row in database.rows(sql, (_listed(ids[target]),))}
    return found & there


def _with_derived(
    database: Database, staying: set[Row], there: set[Row], inserted: set[Row], said: dict[Row, dict[str, Any]]
) -> set[Row]:
    """Derived rows stay where all that they name of this action stays."""
    targets = by_table(there)
    asked = by_table(staying)
    named: dict[Row, set[Row]] = defaultdict(set)
    for table, column, target, _part in _REFERENCES:
        if table not in _DERIVED or not staying:
            continue
        sql = f"""SELECT id, "{column}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(?1))
                  OR id IN ({_naming(table)})"""
        params = (_listed(asked.get(table, ())), _listed({row_id for ids in asked.values() for row_id in ids}))
        for holder_id, target_id in database.rows(sql, params):
            holder = (table, holder_id)
            own = holder in inserted or said.get(holder, {}).get(column) != target_id
            if own and target_id in targets.get(target, ()):
                named[holder].add((target, target_id))
    for holder, of_holder in named.items():
        if of_holder <= staying:
            staying.add(holder)
        else:
            staying.discard(holder)
    return staying


def _naming(table: str) -> str:
    """Ids of the rows of a derived table that name one of the rows of the second parameter."""
    columns = [reference.column for reference in _REFERENCES if reference.table == table]
    any_of = " OR ".join(f'"{column}" IN (SELECT value FROM json_each(?2))' for column in columns)
    return f'SELECT id FROM "{table}" WHERE {any_of}'


def _listed(ids: Collection[str]) -> str:
    return json.dumps(list(ids))
