"""References that no foreign key guards: which of them name a row that is not there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from peewee import ForeignKeyField

from db.connection import Database
from db.staying import Cell, Written
from db.tables import JOURNALLED, LOOSE_REFERENCES

_LOOSE: dict[str, dict[str, str]] = defaultdict(dict)
for _model, _column, _target in LOOSE_REFERENCES:
    _LOOSE[_model._meta.table_name][_column] = _target._meta.table_name
_GUARDED: dict[str, dict[str, str]] = {
    model._meta.table_name: {
        field.column_name: field.rel_model._meta.table_name
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField)
    }
    for model in JOURNALLED
}
"""Foreign keys: a person who was moved has nowhere to go back to where the household is gone since."""
_COUNTS = {("household", "head_id"): "merged_into IS NULL"}
"""Merged records of older versions still name the head they had; nobody asks them for it."""


def dangling(database: Database) -> list[tuple[str, str, int]]:
    """(table, column, how many rows) for each such reference that names rows which are gone; [] where all is whole."""
    found = []
    for table, columns in _LOOSE.items():
        for column, target in columns.items():
            sql = f"""SELECT count(*) FROM "{table}"
                      WHERE "{column}" NOT IN (SELECT id FROM "{target}") AND {_COUNTS.get((table, column), "1")}
                        AND "{column}" IS NOT NULL"""
            count = int(database.rows(sql)[0][0])
            if count:
                found.append((table, column, count))
    return found


def lost(database: Database, changes: list[Written]) -> set[Cell]:
    """The references that taking an action back would point at rows that are gone. `changes`: all that it wrote.

    What counts is the value before the action: it may have written one several times.
    """
    inserted = {change.row for change in changes if change.kind == "insert"}
    back = {change.row for change in changes if change.kind == "delete"}
    named: dict[str, dict[Cell, str]] = defaultdict(dict)
    seen: set[Cell] = set()
    for cell, old in _old_values(database, changes):
        if cell[:2] in inserted or cell in seen:
            continue
        seen.add(cell)
        target = _LOOSE[cell[0]].get(cell[2]) or _GUARDED[cell[0]][cell[2]]
        if old is not None and (target, old) not in back:
            named[target][cell] = old
    found: set[Cell] = set()
    for target, cells in named.items():
        there = _there(database, target, set(cells.values()))
        found |= {cell for cell, old in cells.items() if old not in there}
    return found


def _old_values(database: Database, changes: list[Written]) -> Iterator[tuple[Cell, Any]]:
    """What the references of changed rows held before each update, then what the loose ones of deleted rows held."""
    deleted: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        columns = _LOOSE.get(change.table, {})
        if change.kind == "delete" and columns:
            deleted[change.table].append(change.id)
        guarded = _GUARDED.get(change.table, {}) if change.kind == "update" else {}
        for column in (columns.keys() | guarded.keys()) & change.fields.keys():
            yield (*change.row, column), change.fields[column][0]
    for table, ids in deleted.items():
        names = list(_LOOSE[table])
        values = ", ".join(f"json_extract(fields, '$.{name}[0]')" for name in names)
        sql = f"SELECT row_id, {values} FROM change_log WHERE id IN (SELECT value FROM json_each(?))"
        for row_id, *held in database.rows(sql, (json.dumps(ids),)):
            for name, value in zip(names, held, strict=True):
                yield (table, row_id, name), value


def _there(database: Database, table: str, ids: Iterable[str]) -> set[str]:
    sql = f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
    return {row[0] for row in database.rows(sql, (json.dumps(list(ids)),))}
