"""The log of all actions, newest first, a part at a time."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from db.connection import Database
from db.first_values import change_of, with_first_values
from db.journal import action_of
from db.rows import ActionRow

NEWEST = 2**62
"""The place before which everything lies."""


class Placed(NamedTuple):
    """An action and its place in the order of writing."""

    place: int
    action: ActionRow


class PrintedBrief(NamedTuple):
    """What went out with one action: all papers of it together."""

    people: int
    targets: str
    kinds: str


def actions_before(
    database: Database,
    place: int,
    limit: int,
    labels: Collection[str] | None = None,
    without: Collection[str] = (),
    done_by: Collection[str] | None = None,
) -> list[Placed]:
    """Actions written before `place`, newest first; only of these labels and people (None: all).

    The list of what an undo kept is left out of its facts: it may name thousands.
    """
    terms, params = ["rowid < ?"], [place]
    for column, values, negated in (
        ("label", labels, ""),
        ("label", without or None, "NOT "),
        ("done_by", done_by, ""),
    ):
        if values is not None:
            terms.append(f"{column} {negated}IN (SELECT value FROM json_each(?))")
            params.append(json.dumps(list(values)))  # type: ignore[arg-type]
    found = database.rows(
        f"""SELECT rowid, id, label, json_remove(facts, '$.households'), done_at, done_by, source
            FROM action WHERE {" AND ".join(terms)} ORDER BY rowid DESC LIMIT ?""",
        (*params, limit),
    )
    return [Placed(row[0], action_of(row[1:])) for row in found]


def authors(database: Database) -> dict[str, int]:
    """Everybody who did something ("" where nobody is named), with how many actions."""
    return dict(database.rows("SELECT done_by, count(*) FROM action GROUP BY done_by"))


def names_of(database: Database, ids: Collection[str]) -> dict[str, str]:
    """Of settlements, people and households among these ids: what they are called now."""
    found = database.rows(
        """SELECT id, name FROM settlement WHERE id IN (SELECT value FROM json_each(?1))
           UNION ALL SELECT id, trim(surname || ' ' || given || ' ' || patronymic) FROM person
           WHERE id IN (SELECT value FROM json_each(?1))
           UNION ALL SELECT id, '№ ' || number FROM household WHERE id IN (SELECT value FROM json_each(?1))""",
        (json.dumps(list(ids)),),
    )
    return dict(found)


def printed_by_action(database: Database, action_ids: Collection[str]) -> dict[str, PrintedBrief]:
    """What actions printed or exported: how many people stood in it, and where it went."""
    found = database.rows(
        """SELECT c.action_id, sum(p.people), group_concat(DISTINCT p.target), group_concat(DISTINCT p.kind)
           FROM change_log c JOIN printed p ON p.id = c.row_id
           WHERE c.action_id IN (SELECT value FROM json_each(?)) AND c."table" = 'printed' AND c.kind = 'insert'
           GROUP BY c.action_id""",
        (json.dumps(list(action_ids)),),
    )
    return {row[0]: PrintedBrief(int(row[1] or 0), row[2] or "", row[3] or "") for row in found}


def changed_rows(database: Database, action_id: str, limit: int) -> list[tuple[Any, ...]]:
    """(table, row id, kind, fields) of the first changes of an action, in their order."""
    found = database.rows(
        """SELECT id, action_id, "table", row_id, kind, fields FROM change_log
           WHERE action_id = ? ORDER BY id LIMIT ?""",
        (action_id, limit),
    )
    changes = with_first_values(database, [change_of(row) for row in found])
    return [(change.table, change.row_id, change.kind, change.fields) for change in changes]


def changes_counted(database: Database, action_id: str) -> int:
    return int(database.rows("SELECT count(*) FROM change_log WHERE action_id = ?", (action_id,))[0][0])


def households_numbered(database: Database, ids: Collection[str]) -> dict[str, tuple[int, bool]]:
    """Household id -> number, and whether it stands for itself; those that are gone are left out."""
    found = database.rows(
        "SELECT id, number, merged_into IS NULL FROM household WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row[0]: (row[1], bool(row[2])) for row in found}


def households_of_people(database: Database, ids: Collection[str]) -> dict[str, str]:
    """Person id -> household id."""
    found = database.rows(
        "SELECT id, household_id FROM person WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return dict(found)


def ids_of_numbers(database: Database, numbers: Collection[int]) -> dict[int, str]:
    found = database.rows(
        "SELECT number, id FROM household WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
        (json.dumps(list(numbers)),),
    )
    return dict(found)
