"""Taking people out of what papers said: the kept pickup lists, the log of their copies, evacuation confirmations.

Works within `db.scrubbing.chosen`. What is left says that there was a paper, its number, version and counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any

from db.connection import Database

Words = Callable[[str], bool]

_CHOSEN = "(SELECT row_id FROM temp.chosen WHERE kind = 'household')"
_STOP_TEXTS = ("settlement", "hromada", "street_line", "landmark", "contact_name", "pets", "note")
_STOP_LISTS = ("phones", "needs", "names", "escorts")


def still_said(*, names: bool) -> str:
    """A query for the households of whom a confirmation still holds what would be removed."""
    people = " OR json_array_length(c.content, '$.people') > 0" if names else ""
    return f"""SELECT coalesce(h.merged_into, h.id) FROM confirmation c JOIN household h ON h.id = c.household_id
               WHERE coalesce(json_extract(c.content, '$.address'), '') <> ''{people}"""


def empty_papers(database: Database, holds: Words, *, names: bool) -> None:
    """Stops of the chosen households lose all that names or places them, in lists and in the journal.

    A confirmation loses the address, and with `names` its people; number, code, day and count prove it all the same.
    """
    numbers = {row[0] for row in database.rows(f"SELECT number FROM household WHERE id IN {_CHOSEN}")}
    rows = database.rows("SELECT id, content, about FROM printed WHERE content IS NOT NULL OR about IS NOT NULL")
    found = []
    for key, content, about in rows:
        after = _list_without(content, numbers, holds), _texts_without(about, holds)
        if after != (content, about):
            found.append((*after, key))
    _each(database, "UPDATE printed SET content = ?, about = ? WHERE id = ?", found)
    _empty_confirmations(database, holds, names=names)
    for table in ("printed", "confirmation"):
        _forget_content(database, table)
    logged = database.rows("SELECT rowid, fields FROM change_log WHERE \"table\" = 'printed'")
    said = [(row,) for row, fields in logged if holds(fields)]
    _each(database, "UPDATE change_log SET fields = json_remove(fields, '$.about') WHERE rowid = ?", said)


def _list_without(content: str | None, numbers: Collection[int], holds: Words) -> str | None:
    if not content:
        return content
    said = json.loads(content)
    touched = False
    for stop in said.get("stops", ()):
        if stop.get("household_number") in numbers:
            stop.update(dict.fromkeys(_STOP_TEXTS, ""), **{key: [] for key in _STOP_LISTS}, luggage=None)
            touched = True
    if holds(content):
        # Somebody of these families can be named at another stop, as who travels with its children.
        said, touched = _without(said, holds), True
    return _dumped(said) if touched else content


def _empty_confirmations(database: Database, holds: Words, *, names: bool) -> None:
    rows = database.rows(f"SELECT id, content, household_id IN {_CHOSEN} FROM confirmation")
    found = []
    for key, content, theirs in rows:
        said = json.loads(content)
        if theirs:
            said.update(address="", **({"people": []} if names else {}))
        if theirs or holds(content):
            found.append((_dumped(_without(said, holds)), key))
    _each(database, "UPDATE confirmation SET content = ? WHERE id = ?", found)


def _texts_without(text: str | None, holds: Words) -> str | None:
    return _dumped(_without(json.loads(text), holds)) if text and holds(text) else text


def _without(value: Any, holds: Words) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, holds) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, holds) for inner in value]
    return "" if isinstance(value, str) and holds(value) else value


def _forget_content(database: Database, table: str) -> None:
    """The journal keeps no copy of what a paper said; the row itself has what may be kept."""
    database.execute_sql(
        """UPDATE change_log SET fields = CASE kind
           WHEN 'delete' THEN json_replace(fields, '$.content', json('["{}", null]'))
           ELSE json_remove(fields, '$.content') END WHERE "table" = ?""",
        (table,),
    )
    database.execute_sql("DELETE FROM change_log WHERE \"table\" = ? AND kind = 'update' AND fields = '{}'", (table,))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _each(database: Database, sql: str, params: Sequence[tuple[Any, ...]]) -> None:
    connection: Any = database.connection()
    if params:
        connection.executemany(sql, params)
