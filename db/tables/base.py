"""What all tables share."""

from __future__ import annotations

from typing import Any

from peewee import ForeignKeyField, Model, TextField


class Table(Model):
    """`id` is a UUIDv7 in hex, made by the client, so that records of several laptops can meet."""

    id = TextField(primary_key=True)

    class Meta:
        legacy_table_names = False


def refers(model: Any, column: str, null: bool = False) -> Any:
    return ForeignKeyField(model, column_name=column, null=null, on_delete="CASCADE" if not null else "SET NULL")
