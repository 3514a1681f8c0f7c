"""Hand-written reading about what left: the number of the next export, and the one that a mark names."""

from __future__ import annotations

from db import stores
from db.connection import Database
from db.rows import PrintedRow


def next_number(database: Database) -> int:
    """Exports are counted from 1."""
    return 1 + int(database.rows("SELECT coalesce(max(json_extract(about, '$.number')), 0) FROM printed")[0][0])


def next_confirmation(database: Database) -> int:
    """Confirmations of evacuation are counted from 1; a number is never given twice."""
    return 1 + int(database.rows("SELECT coalesce(max(number), 0) FROM confirmation")[0][0])


def sent(database: Database, number: int, tail: str) -> PrintedRow | None:
    """The export with this number whose id ends so; None where this register did not make it."""
    found = database.rows(
        "SELECT id FROM printed WHERE json_extract(about, '$.number') = ? AND substr(id, -length(?)) = ?",
        (number, tail, tail),
    )
    return stores.printed.get(database, found[0][0]) if found else None


def first_action(database: Database) -> str:
    """The id of the action that the register begins with: copies of it have the same, other registers have not."""
    found = database.rows("SELECT id FROM action ORDER BY rowid LIMIT 1")
    return str(found[0][0]) if found else ""
