"""The log of many new rows leaves out what they said; whoever asks is told it all the same."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coordinator.errors import UserError
from coordinator.queries.household import household_card
from coordinator.queries.journal import action_detail
from coordinator.queries.provenance import origins
from coordinator.register import open_register
from coordinator.services import history
from coordinator.session import Session
from db import journal, stores, tables, touched
from db.connection import Database
from db.rows import HouseholdRow
from db.stores import base
from tests.conftest import PASSPHRASE
from tests.services import test_undo_properties
from tests.services.test_undo_properties import STEPS, Step, copied

begun = test_undo_properties.begun

ALL = STEPS | {"undo": lambda s, _at, _how: history.undo(s), "redo": lambda s, _at, _how: history.redo(s)}
COLUMNS = {"person": "household_id", "need": "person_id", "event": "person_id", "stop": "household_id"}


def keep_each(database: Database) -> None:
    """Beside the journal, each new row is logged whole by a trigger."""
    database.execute_sql('CREATE TEMP TABLE whole ("table" TEXT, row_id TEXT, fields TEXT)')
    for model in tables.JOURNALLED:
        name = model._meta.table_name
        database.execute_sql(
            f"""CREATE TEMP TRIGGER whole_{name} AFTER INSERT ON main."{name}" BEGIN
                INSERT INTO whole VALUES ('{name}', NEW.id, '{{' || substr({journal._new_fields(model)}, 2) || '}}');
                END"""
        )


def write_whole(database: Database) -> int:
    """Put into the log what each new row said; how many had been left out."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for table, row_id, fields in database.rows('SELECT "table", row_id, fields FROM whole ORDER BY rowid'):
        said[table, row_id].append(fields)
    silent = 0
    for key, table, row_id, fields in database.rows(
        "SELECT id, \"table\", row_id, fields FROM change_log WHERE kind = 'insert' ORDER BY id"
    ):
        # What was there before the test began is logged as it was.
        whole = said[table, row_id].pop(0) if said[table, row_id] else fields
        assert fields in ("{}", whole)
        silent += fields == "{}"
        database.execute_sql("UPDATE change_log SET fields = ? WHERE id = ?", (whole, key))
    assert not any(said.values())
    return silent


def told(session: Session) -> list[Any]:
    """All that is told of the past, by whoever reads what new rows said."""
    db = session._writer
    assert db is not None
    actions = [row[0] for row in db.rows("SELECT id FROM action ORDER BY rowid")]
    homes = [row.id for row in stores.households.all(db)]
    found: list[Any] = [journal.changes_of_action(db, action) for action in actions]
    found += [(household_card(session, home).history, origins(session, home)) for home in homes]
    found += [action_detail(session, action) for action in actions]
    for action in actions:
        found += [touched._written(db, action, table, column) for table, column in COLUMNS.items()]
    return found


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(ALL)), st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=14))
def test_what_many_rows_said_is_told_as_if_each_had_been_logged(begun: Path, steps: list[Step]) -> None:
    with copied(begun) as folder, open_register(folder, PASSPHRASE) as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "_MANY", 1)
        assert session._writer is not None
        keep_each(session._writer)
        for name, at, how in [("import", 1, 1), ("add", 2, 2), *steps]:
            with suppress(UserError, ZeroDivisionError, ValueError):
                ALL[name](session, at, how)
        left_out = told(session)
        assert write_whole(session._writer)
        assert told(session) == left_out


Life = tuple[int, str, int | None, bool]
LIVES = st.lists(
    st.tuples(st.integers(1, 2), st.sampled_from(["кіт", "пес", ""]), st.sampled_from([None, 0, 3]), st.booleans()),
    min_size=3,
    max_size=12,
)
"""The number of a household, what it says now, and whether it goes where it is there already."""


@settings(max_examples=12, deadline=None)
@given(LIVES)
@example([(1, "кіт", None, False), (1, "пес", 3, False), (1, "", 0, True), (1, "", 3, False), (1, "", 0, False)])
def test_each_life_of_a_row_has_its_own_first_values(
    begun: Path, lives: list[tuple[int, str, int | None, bool]]
) -> None:
    with copied(begun) as folder, open_register(folder, PASSPHRASE) as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "_MANY", 1)
        assert session._writer is not None
        keep_each(session._writer)
        for number, pets, luggage, goes in [(1, "", None, False), *lives]:
            with session.act("seed") as act:
                if stores.households.get(act.db, str(number)) is None:
                    stores.households.add(act.db, [HouseholdRow(str(number), number, pets=pets, luggage=luggage)])
                elif goes:
                    stores.households.remove(act.db, [str(number)])
                else:
                    stores.households.change(act.db, str(number), pets=pets, luggage=luggage)
        left_out = told(session)
        assert write_whole(session._writer)
        assert told(session) == left_out
