"""Rows as they stood at an earlier place of the journal: what they are now, with all changes since taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from db import journal, stores
from db.connection import Database
from db.rows import ContactRow, HouseholdRow, NeedRow, PersonRow

Values = dict[str, dict[str, Any]]
"""Id -> column -> value, as the file keeps it."""

_TABLES = ("household", "person", "need", "contact")


class RowsAt(NamedTuple):
    """Some households with what belonged to them then."""

    households: list[HouseholdRow]
    people: list[PersonRow]
    needs: list[NeedRow]
    contacts: list[ContactRow]


def rows_at(database: Database, mark: int, household_ids: Collection[str]) -> RowsAt:
    """These households as they were when the journal had come to `mark`; what is forgotten of them stays so."""
    changes = database.rows(
        """SELECT "table", row_id, kind, fields FROM change_log
           WHERE id > ? AND "table" IN (SELECT value FROM json_each(?)) ORDER BY id DESC""",
        (mark, json.dumps(_TABLES)),
    )
    touched: dict[str, set[str]] = {table: {row[1] for row in changes if row[0] == table} for table in _TABLES}
    now = _now(database, household_ids, touched)
    for table, row_id, kind, fields in changes:
        _take_back(now[table], row_id, kind, json.loads(fields))
    wanted = set(household_ids)
    people = {key: row for key, row in now["person"].items() if row["household_id"] in wanted}
    return RowsAt(
        [stores.households.from_file(row) for key, row in now["household"].items() if key in wanted],
        [stores.people.from_file(row) for row in people.values()],
        [stores.needs.from_file(row) for row in now["need"].values() if row["person_id"] in people],
        [stores.contacts.from_file(row) for row in now["contact"].values() if row["household_id"] in wanted],
    )


def _now(database: Database, household_ids: Collection[str], touched: dict[str, set[str]]) -> dict[str, Values]:
    """The rows that may have belonged to these households then, as they are now."""
    people = touched["person"] | _ids(database, "person", "household_id", household_ids)
    needs = touched["need"] | _ids(database, "need", "person_id", people)
    contacts = touched["contact"] | _ids(database, "contact", "household_id", household_ids)
    households = touched["household"] | set(household_ids)
    ids = {"household": households, "person": people, "need": needs, "contact": contacts}
    return {table: journal.values_now(database, table, ids[table]) for table in _TABLES}


def _ids(database: Database, table: str, column: str, owners: Iterable[str]) -> set[str]:
    sql = f'SELECT id FROM "{table}" WHERE {column} IN (SELECT value FROM json_each(?))'
    return {row[0] for row in database.rows(sql, (json.dumps(list(owners)),))}


def _take_back(rows: Values, row_id: str, kind: str, fields: dict[str, Any]) -> None:
    """The journal leaves out of a row that came or went the columns that were empty."""
    if kind == "insert":
        rows.pop(row_id, None)
    elif kind == "delete":
        rows[row_id] = {"id": row_id, **{column: values[0] for column, values in fields.items()}}
    elif row_id in rows:
        rows[row_id].update({column: values[0] for column, values in fields.items()})
