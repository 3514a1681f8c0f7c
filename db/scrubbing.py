"""Taking personal data out of households: out of their rows, out of the journal, and off the free pages.

Runs inside an action. `choose` names the households; the functions after it work on what was chosen, also on the
records merged into them and on what was deleted of them. Undo of older actions stays possible and brings nothing
back: a field without its old value counts as changed since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from db.connection import Database
from db.queries import DISABLING
from db.scrubbing_papers import still_said
from db.tables import REMOVED_OWNER

Words = Callable[[str], bool]
"""Says whether a text holds words of the people chosen."""

_HOUSEHOLD = (
    "street", "house", "flat", "address_text", "landmark", "refusal_reason", "would_change", "pets",
    "destination_wish", "note",
)  # fmt: skip
_PERSON = ("birth_raw", "documents", "escort_basis", "no_escort_reason", "needs_raw", "refusal_reason", "note")
_NAMES = ("surname", "given", "patronymic", "sort_key")
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "household": _HOUSEHOLD, "person": _PERSON, "decision": ("reason", "note", "would_change"),
    "stop": ("result_note", "override_reason"), "attempt": ("phone", "note"),
    "request": ("organisation", "reference", "note"),
}  # fmt: skip
"""Columns of text that are emptied. Needs and phones go as whole rows."""

_LOGGED: Mapping[str, tuple[str, ...]] = {
    **_TEXTS,
    "household": (*_HOUSEHOLD, "settlement_text", "search_text", "sort_key"),
    "person": (*_PERSON, *_NAMES),
}
_LOGGED_VALUES: Mapping[str, tuple[str, ...]] = {
    "household": ("luggage", "again_at"),
    "person": ("birth_on", "birth_year", "age", "age_on", "stated_child"),
}
"""Columns that may be NULL, as far as the journal forgets them."""

_PARTS: Mapping[str, tuple[str, str]] = {
    "person": ("household_id", "household"), "contact": ("household_id", "household"),
    "decision": ("household_id", "household"), "stop": ("household_id", "household"),
    "attempt": ("household_id", "household"), "request": ("household_id", "household"),
    "need": ("person_id", "person"),
}  # fmt: skip
_LOOSE: Mapping[str, tuple[str, ...]] = {
    "incident": ("source", "note"), "published_count": ("source", "scope", "note"), "report": ("sent_to",),
}  # fmt: skip
_WHOSE = ("source", "scope")
_TRACE = json.dumps({"address_text": ["", ""]})
"""What the journal keeps of the removal for each household: that it happened, and no old value."""


def holding(database: Database, *, names: bool) -> set[str]:
    """Ids of the households that still hold what would be removed, as one with what was merged into them."""
    in_person = " OR ".join(f"p.{column} <> ''" for column in (*_PERSON, *(_NAMES[:3] if names else ())))
    if names:
        in_person += " OR p.birth_on IS NOT NULL OR p.birth_year IS NOT NULL"
    in_household = " OR ".join(f"{column} <> ''" for column in _HOUSEHOLD)
    kept = f"n.kind = 'disability' AND n.id = (SELECT min(id) FROM need WHERE person_id = n.person_id AND {_COUNTS})"
    found = database.rows(
        f"""SELECT coalesce(merged_into, id) FROM household WHERE {in_household} OR luggage IS NOT NULL
            UNION SELECT coalesce(h.merged_into, h.id) FROM contact c JOIN household h ON h.id = c.household_id
            UNION SELECT coalesce(h.merged_into, h.id) FROM attempt a JOIN household h ON h.id = a.household_id
                  WHERE a.phone <> '' OR a.note <> ''
            UNION SELECT coalesce(h.merged_into, h.id) FROM request r JOIN household h ON h.id = r.household_id
                  WHERE r.organisation <> '' OR r.reference <> '' OR r.note <> ''
            UNION SELECT coalesce(h.merged_into, h.id) FROM decision d JOIN household h ON h.id = d.household_id
                  WHERE d.reason <> '' OR d.note <> '' OR d.would_change <> ''
            UNION SELECT coalesce(h.merged_into, h.id) FROM stop s JOIN household h ON h.id = s.household_id
                  WHERE s.result_note <> ''
            UNION SELECT coalesce(h.merged_into, h.id) FROM stop s JOIN household h ON h.id = s.household_id
                  WHERE s.trip_id IN (SELECT trip_id FROM crew_word WHERE note <> ''
                                      UNION SELECT id FROM trip WHERE crew <> '' AND {_DRIVEN})
            UNION SELECT coalesce(h.merged_into, h.id) FROM person p JOIN household h ON h.id = p.household_id
                  WHERE {in_person}
            UNION SELECT coalesce(h.merged_into, h.id) FROM need n JOIN person p ON p.id = n.person_id
                  JOIN household h ON h.id = p.household_id WHERE NOT ({kept})
            UNION {still_said(names=names)}"""
    )
    return {row[0] for row in found}


_DRIVEN = "status IN ('arrived', 'cancelled')"
"""Who goes along is forgotten once the trip is over: until then the crew is waited for."""
_COUNTS = f"kind IN {DISABLING}"
_CHOSEN = "(SELECT row_id FROM temp.chosen WHERE kind = '{}')"


@contextmanager
def chosen(database: Database, household_ids: Collection[str]) -> Iterator[None]:
    """Within the block the functions below work on these households."""
    database.execute_sql("CREATE TEMP TABLE chosen (kind TEXT, row_id TEXT, PRIMARY KEY (kind, row_id)) WITHOUT ROWID")
    try:
        _choose(database, "SELECT 'household', value FROM json_each(?)", json.dumps(list(household_ids)))
        _choose(database, f"SELECT 'household', id FROM household WHERE merged_into IN {_CHOSEN.format('household')}")
        for table, (column, owner) in _PARTS.items():
            among = _CHOSEN.format(owner)
            _choose(database, f"SELECT '{table}', id FROM \"{table}\" WHERE {column} IN {among}")
            _choose(
                database,
                f"""SELECT "table", row_id FROM change_log
                    WHERE kind = 'delete' AND {REMOVED_OWNER} IN {among} AND +"table" = '{table}'""",
            )
        yield
    finally:
        database.execute_sql("DROP TABLE temp.chosen")


def _choose(database: Database, select: str, *params: str) -> None:
    database.execute_sql(f"INSERT OR IGNORE INTO temp.chosen {select}", params)


def known_words(database: Database, *, names: bool) -> tuple[set[str], set[str]]:
    """(surnames, phones in E.164) of the people chosen; no surnames where the names stay."""
    people, contacts = _CHOSEN.format("person"), _CHOSEN.format("contact")
    surnames = database.rows(f"SELECT DISTINCT surname FROM person WHERE id IN {people}") if names else []
    phones = database.rows(f"SELECT DISTINCT e164 FROM contact WHERE id IN {contacts} AND e164 <> ''")
    return {row[0] for row in surnames if row[0]}, {row[0] for row in phones}


def empty_rows(database: Database, *, names: bool) -> None:
    """Addresses, phones, needs and free text of the households chosen; with `names` who they are.

    A settlement that nobody has resolved stays as it was written: it is the place that the counts name.
    """
    for table, columns in _TEXTS.items():
        wiped = (*columns, *(_NAMES if names and table == "person" else ()))
        settings = ", ".join(f"{column} = ''" for column in wiped)
        settings += ", luggage = NULL, again_at = NULL, again_by = ''" if table == "household" else ""
        database.execute_sql(f'UPDATE "{table}" SET {settings} WHERE id IN {_CHOSEN.format(table)}')
    homes, people = _CHOSEN.format("household"), _CHOSEN.format("person")
    database.execute_sql(f"UPDATE household SET settlement_text = '' WHERE settlement_id IS NOT NULL AND id IN {homes}")
    database.execute_sql(f"DELETE FROM contact WHERE id IN {_CHOSEN.format('contact')}")
    # One mark without its kind is left of a disability: the daily summary counts it.
    counted = f"(SELECT min(id) FROM need WHERE person_id IN {people} AND {_COUNTS} GROUP BY person_id)"
    database.execute_sql(f"DELETE FROM need WHERE person_id IN {people} AND id NOT IN {counted}")
    database.execute_sql(f"UPDATE need SET kind = 'disability' WHERE person_id IN {people} AND kind <> 'disability'")
    database.execute_sql(f"DELETE FROM pair WHERE state = 'open' AND (first_id IN {homes} OR second_id IN {homes})")
    database.execute_sql(
        f"""UPDATE trip SET override_reason = '' WHERE override_reason <> ''
            AND id IN (SELECT trip_id FROM stop WHERE household_id IN {homes})"""
    )
    theirs = f"(SELECT trip_id FROM stop WHERE household_id IN {homes})"
    database.execute_sql(f"UPDATE trip SET crew = '' WHERE crew <> '' AND {_DRIVEN} AND id IN {theirs}")
    database.execute_sql(f"UPDATE crew_word SET note = '' WHERE note <> '' AND trip_id IN {theirs}")
    database.execute_sql(
        f"UPDATE batch_line SET raw = '', household_id = NULL, person_id = NULL WHERE household_id IN {homes}"
    )


def set_ages(database: Database, ages: Iterable[tuple[int | None, str | None, str]]) -> None:
    """(age, the day it was told on, person): instead of the birth date or year."""
    connection: Any = database.connection()
    sql = "UPDATE person SET birth_on = NULL, birth_year = NULL, age = ?, age_on = ? WHERE id = ?"
    connection.executemany(sql, list(ages))


def empty_elsewhere(database: Database, holds: Words, before: str) -> None:
    """Rows of lists and other texts that belong to no household, facts of actions, saved views, half-typed forms.

    `before`: a moment as the file keeps it. Rows and forms that are older go in any case.
    """
    lines = database.rows(
        """SELECT l.id, l.raw, coalesce(b.imported_at, '') FROM batch_line l LEFT JOIN batch b ON b.id = l.batch_id
           WHERE l.household_id IS NULL AND l.raw <> ''"""
    )
    _each(
        database,
        "UPDATE batch_line SET raw = '' WHERE id = ?",
        [(line,) for line, raw, at in lines if at < before or holds(raw)],
    )
    _forget_words_of_lists(database, holds)
    facts = database.rows("SELECT id, facts FROM action WHERE facts IS NOT NULL AND facts <> '{}'")
    told = [(_dumped(_without(json.loads(text), holds)), key) for key, text in facts if holds(text)]
    _each(database, "UPDATE action SET facts = ? WHERE id = ?", told)
    sources = database.rows("SELECT id, source FROM action WHERE source <> ''")
    named = [(_shown_without(text, holds, "source"), key) for key, text in sources if holds(text)]
    _each(database, "UPDATE action SET source = ? WHERE id = ?", named)
    _empty_loose(database, holds)
    _empty_views(database, holds)
    known = {row[0] for row in database.rows("SELECT row_id FROM temp.chosen WHERE kind IN ('household', 'person')")}
    drafts = database.rows("SELECT id, fields, saved_at FROM draft")
    _each(
        database,
        "DELETE FROM draft WHERE id = ?",
        [(key,) for key, text, at in drafts if at < before or not known.isdisjoint(text.split('"'))],
    )


def _empty_loose(database: Database, holds: Words) -> None:
    """Texts of rows that belong to no household: who told of shelling, a remark on it or on a published count, to
    whom a report was sent can all name people.
    """
    for table, columns in _LOOSE.items():
        for column in columns:
            rows = database.rows(f"SELECT id, {column} FROM \"{table}\" WHERE {column} <> ''")
            found = [(_shown_without(text, holds, column), key) for key, text in rows if holds(text)]
            _each(database, f'UPDATE "{table}" SET {column} = ? WHERE id = ?', found)
            logged = database.rows('SELECT id, fields FROM change_log WHERE "table" = ?', (table,))
            path = f"fields, '$.{column}'"
            _each(
                database,
                f"""UPDATE change_log SET fields = CASE kind WHEN 'delete'
                   THEN json_replace({path}, json('["", null]')) ELSE json_remove({path}) END WHERE id = ?""",
                [(key,) for key, fields in logged if holds(str(json.loads(fields).get(column, "")))],
            )


def _shown_without(text: str, holds: Words, column: str) -> str:
    """Of whose count it is the other words stay: a published count without its source would be nobody's."""
    left = " ".join(word for word in text.split() if not holds(word)) if column in _WHOSE else ""
    return "" if holds(left) else left


def _forget_words_of_lists(database: Database, holds: Words) -> None:
    """Words that were given a meaning, and headers: a name gets among them where a list was read from a wrong row."""
    for table, columns in (("value_meaning", "said"), ("mapping", "headers || ' ' || columns || ' ' || options")):
        rows = database.rows(f'SELECT id, {columns} FROM "{table}"')
        _each(database, f'DELETE FROM "{table}" WHERE id = ?', [(key,) for key, text in rows if holds(text or "")])
        logged = database.rows(f"SELECT id, fields FROM change_log WHERE \"table\" = '{table}'")
        _each(database, "DELETE FROM change_log WHERE id = ?", [(key,) for key, text in logged if holds(text)])


def _empty_views(database: Database, holds: Words) -> None:
    """What a saved view looks for may be a name or a phone; its own name may be one too."""
    views = database.rows("SELECT id, name, state FROM saved_view")
    found = [
        ("" if holds(name) else name, _dumped(_without(json.loads(state), holds)), key)
        for key, name, state in views
        if holds(name) or holds(state)
    ]
    _each(database, "UPDATE saved_view SET name = ?, state = ? WHERE id = ?", found)
    logged = database.rows("SELECT rowid, fields FROM change_log WHERE \"table\" = 'saved_view'")
    kept = [(_dumped(_without(json.loads(fields), holds)), row) for row, fields in logged if holds(fields)]
    _each(database, "UPDATE change_log SET fields = ? WHERE rowid = ?", kept)


def _without(value: Any, holds: Words) -> Any:
    if isinstance(value, Mapping):
        return {key: _without(inner, holds) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, holds) for inner in value]
    return "" if isinstance(value, str) and holds(value) else value


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _each(database: Database, sql: str, params: Sequence[tuple[Any, ...]]) -> None:
    connection: Any = database.connection()
    if params:
        connection.executemany(sql, params)


def empty_journal(database: Database, action_id: str, *, names: bool, after: int) -> None:
    """Let the journal forget old and new values of what was emptied, those of this action included.

    `after`: how far the journal had come before the action. It must not come to the same place again, by which
    previews, exports and counts know a state of the register.
    """
    for table in ("need", "contact"):
        database.execute_sql(
            f"DELETE FROM change_log WHERE \"table\" = '{table}' AND row_id IN {_CHOSEN.format(table)}"
        )
    for table, texts in _LOGGED.items():
        kept = () if names or table != "person" else _NAMES
        columns = [column for column in texts if column not in kept]
        values = _LOGGED_VALUES.get(table, ()) if names or table != "person" else ()
        _forget(database, table, columns, values)
    database.execute_sql(
        """UPDATE change_log SET fields = json_remove(fields, '$.override_reason')
           WHERE "table" = 'trip' AND kind <> 'delete' AND row_id IN (SELECT trip_id FROM stop WHERE household_id IN """
        + _CHOSEN.format("household")
        + ")"
    )
    _forget_crews(database)
    database.execute_sql("DELETE FROM change_log WHERE kind = 'update' AND fields = '{}'")
    database.execute_sql(
        """INSERT INTO change_log (id, action_id, "table", row_id, kind, fields)
            SELECT max(?, (SELECT coalesce(max(id), 0) FROM change_log)) + row_number() OVER (ORDER BY row_id),
                   ?, 'household', row_id, 'update', ? FROM temp.chosen WHERE kind = 'household'""",
        (after, action_id, _TRACE),
    )


def _forget_crews(database: Database) -> None:
    """What was noted of the crews of their trips; words that were taken back keep a text, though empty."""
    theirs = f"(SELECT trip_id FROM stop WHERE household_id IN {_CHOSEN.format('household')})"
    over = f"(SELECT id FROM trip WHERE {_DRIVEN})"
    database.execute_sql(
        f"""UPDATE change_log SET fields = json_remove(fields, '$.crew') WHERE "table" = 'trip' AND kind <> 'delete'
            AND row_id IN {theirs} AND row_id IN {over}"""
    )
    words = f"""(SELECT row_id FROM change_log WHERE "table" = 'crew_word'
                 AND json_extract(fields, '$.trip_id[' || (kind <> 'delete') || ']') IN {theirs}
                 UNION SELECT id FROM crew_word WHERE trip_id IN {theirs})"""
    emptied = """json_replace(fields, '$.note', json('["", null]'))"""
    database.execute_sql(
        f"""UPDATE change_log SET fields = CASE kind WHEN 'delete' THEN {emptied}
            ELSE json_remove(fields, '$.note') END WHERE "table" = 'crew_word' AND row_id IN {words}"""
    )


def _forget(database: Database, table: str, texts: Sequence[str], values: Sequence[str]) -> None:
    among = f"\"table\" = '{table}' AND row_id IN {_CHOSEN.format(table)}"
    paths = ", ".join(f"'$.{column}'" for column in (*texts, *values))
    database.execute_sql(
        f"UPDATE change_log SET fields = json_remove(fields, {paths}) WHERE kind <> 'delete' AND {among}"
    )
    # What was deleted may be entered again by an undo: text must then be there, though empty.
    emptied = ", ".join(f"'$.{column}', json('[\"\", null]')" for column in texts)
    gone = ", ".join(f"'$.{column}'" for column in values)
    fields = f"json_remove(fields, {gone})" if gone else "fields"
    database.execute_sql(
        f"UPDATE change_log SET fields = json_replace({fields}, {emptied}) WHERE kind = 'delete' AND {among}"
    )


def overwrite_freed(database: Database) -> None:
    """From now on this connection overwrites with zeros what it deletes."""
    database.execute_sql("PRAGMA secure_delete = ON")


def rewrite(database: Database) -> bool:
    """Write the whole file anew without what was deleted, and empty its -wal. Must run outside a transaction.

    False where another program reads the file, so that the -wal could not be emptied. Needs the file's size twice.
    """
    overwrite_freed(database)
    database.execute_sql("VACUUM")
    blocked, *_pages = database.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
    return not blocked
