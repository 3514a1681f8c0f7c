"""Rows, tables and migrations say the same."""

from __future__ import annotations

import pytest
from peewee import Model

from coordinator.session import Session
from db import stores, tables
from db.stores.base import Store

STORES = {name: store for name, store in vars(stores).items() if isinstance(store, Store)}


@pytest.mark.parametrize("name", STORES)
def test_a_row_has_the_columns_of_its_table(name: str) -> None:
    store = STORES[name]
    assert list(store.row._fields) == [field.column_name for field in store.fields]


def test_every_table_has_a_store_or_belongs_to_the_journal() -> None:
    journal = {tables.Action, tables.ActionScope, tables.ChangeLog}
    assert {store.model for store in STORES.values()} | journal == set(tables.ALL_TABLES)


@pytest.mark.parametrize("model", tables.ALL_TABLES, ids=lambda model: model.__name__)
def test_the_migrated_schema_has_the_columns_of_the_models(session: Session, model: type[Model]) -> None:
    with session.reading() as db:
        found = {column.name: column.null for column in db.get_columns(model._meta.table_name)}
    assert found == {field.column_name: field.null for field in model._meta.sorted_fields}


@pytest.mark.parametrize("model", tables.JOURNALLED, ids=lambda model: model.__name__)
def test_every_table_of_content_is_journalled(session: Session, model: type[Model]) -> None:
    with session.reading() as db:
        name = model._meta.table_name
        kept = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%' AND tbl_name = ?"
        triggers = db.rows(kept, (name,))
    assert {f"journal_{name}_{kind}" for kind in ("insert", "update", "delete")} == {row[0] for row in triggers}
