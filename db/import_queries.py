"""Hand-written reading for imports: what the last list of a kind said, and how far the journal has come."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from db.connection import Database


class SaidLine(NamedTuple):
    """One row of the last import that named a household; `list_on` in ISO form."""

    household_id: str
    batch_id: str
    list_on: str | None
    line: int
    raw: str


def last_said(database: Database, kind: str) -> Iterator[SaidLine]:
    """The rows of each household in the last import of this kind that named it, in the order of the file."""
    found = database.each(
        """SELECT l.household_id, l.batch_id, b.list_on, l.line, l.raw
           FROM batch_line l
           JOIN batch b ON b.id = l.batch_id
           JOIN (SELECT line.household_id AS household_id, max(line.batch_id) AS batch_id
                 FROM batch_line line JOIN batch ON batch.id = line.batch_id
                 WHERE batch.kind = ? AND line.household_id IS NOT NULL GROUP BY line.household_id) newest
             ON newest.household_id = l.household_id AND newest.batch_id = l.batch_id
           ORDER BY l.id""",
        (kind,),
    )
    return map(SaidLine._make, found)


def first_rows(database: Database, household_ids: Collection[str]) -> dict[tuple[str, str], tuple[str, int]]:
    """(household, import) -> sheet and row where the household began in that file."""
    found = database.rows(
        """SELECT household_id, batch_id, sheet, min(line) FROM batch_line
           WHERE household_id IN (SELECT value FROM json_each(?)) GROUP BY household_id, batch_id""",
        (json.dumps(list(household_ids)),),
    )
    return {(household, batch): (sheet, line) for household, batch, sheet, line in found}


def batches_of_actions(database: Database, action_ids: Collection[str]) -> dict[str, str]:
    """Action -> the import that it wrote."""
    found = database.rows(
        """SELECT action_id, row_id FROM change_log
           WHERE "table" = 'batch' AND kind = 'insert' AND action_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(action_ids)),),
    )
    return dict(found)


def journal_mark(database: Database) -> int:
    """A number that grows with every change of the register: the same mark, the same register."""
    return int(database.rows("SELECT coalesce(max(id), 0) FROM change_log")[0][0])
