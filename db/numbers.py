"""Numbers that people use: the short number of a household, for paper and talk."""

from __future__ import annotations

from db.connection import Database


def next_household_number(database: Database) -> int:
    """The next free number; those of removed households, which the journal knows, are not used again."""
    found = database.rows(
        """SELECT max(n) FROM (SELECT max(number) AS n FROM household UNION ALL
           SELECT max(json_extract(fields, '$.number[0]')) FROM change_log
           WHERE "table" = 'household' AND kind = 'delete')"""
    )
    return int(found[0][0] or 0) + 1
