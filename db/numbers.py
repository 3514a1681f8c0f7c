"""Numbers that people use: the short number of a household or a request, for paper and talk."""

from __future__ import annotations

from db.connection import Database


def next_household_number(database: Database) -> int:
    """The next free number; those of removed households, which the journal knows, are not used again."""
    return _next(database, "household")


def next_request_number(database: Database) -> int:
    """As of households: a number that was told to somebody stays that of the request that was undone."""
    return _next(database, "request")


def _next(database: Database, table: str) -> int:
    found = database.rows(
        f"""SELECT max(n) FROM (SELECT max(number) AS n FROM "{table}" UNION ALL
           SELECT max(json_extract(fields, '$.number[0]')) FROM change_log
           WHERE "table" = ? AND kind = 'delete')""",
        (table,),
    )
    return int(found[0][0] or 0) + 1
