"""Models and migrated schema agree: in a new file, and in every old one that was migrated."""

from __future__ import annotations

from pathlib import Path

import pytest
from peewee import SQL
from playhouse.schema_diff import SchemaDiff, diff_models

from coordinator.session import Session
from db.connection import Database
from db.tables import ALL_TABLES
from tests.data import old_registers, opened_copy

Shape = dict[str, list[tuple[object, ...]]]

WRITTEN_IN_SQL = " ".join(index.sql for model in ALL_TABLES for index in model._meta.indexes if isinstance(index, SQL))
"""Partial indexes and those of an expression: schema_diff cannot see them in a model."""


def test_a_new_file_has_what_the_models_say(session: Session) -> None:
    with session.reading() as db:
        assert difference(db) == "", "the models say more or less than the migrations: write one"


@pytest.mark.parametrize("name", old_registers())
def test_a_migrated_old_file_is_shaped_like_a_new_one(name: str, session: Session, tmp_path: Path) -> None:
    with opened_copy(name, tmp_path) as old:
        with old.reading() as db:
            assert difference(db) == ""
            migrated = shape(db)
        with session.reading() as db:
            assert migrated == shape(db)


def test_what_no_migration_made_is_found(session: Session) -> None:
    with session.act("seed") as act:
        act.db.execute_sql("ALTER TABLE draft DROP COLUMN kind")
        act.db.execute_sql("DROP INDEX settlement_name")
        found = difference(act.db)
    assert "draft" in found and "kind" in found and "settlement" in found


def test_indexes_written_in_sql_are_those_of_the_models(session: Session) -> None:
    with session.reading() as db:
        found = {sql for _name, _table, sql in shape(db)["index"]}
    assert {index.sql for model in ALL_TABLES for index in model._meta.indexes if isinstance(index, SQL)} <= found


def difference(db: Database) -> str:
    found = diff_models(db, list(ALL_TABLES))
    dropped = [index for index in found.drop_indexes if f'"{index.name}"' not in WRITTEN_IN_SQL]
    missing = SchemaDiff(*found._replace(drop_indexes=dropped))
    return str(missing) if any(missing) else ""


def shape(db: Database) -> Shape:
    """Columns, indexes and triggers of every table, with types, which schema_diff does not compare."""
    tables = [name for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    shapes: Shape = {name: sorted(row[1:] for row in db.rows(f'PRAGMA table_info("{name}")')) for name in tables}
    for kind in ("index", "trigger"):
        found = db.rows("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = ? ORDER BY name", (kind,))
        shapes[kind] = [(name, table, " ".join((sql or "").split())) for name, table, sql in found]
    return shapes
