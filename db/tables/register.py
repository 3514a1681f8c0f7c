"""The register itself: users, drafts, settings, and the journal."""

from __future__ import annotations

from peewee import AutoField, BooleanField, ForeignKeyField, IntegerField, Model, TextField

from db.fields import JsonField, MomentField
from db.tables.base import Table


class User(Table):
    name = TextField()
    role = TextField()
    active = BooleanField()


class Draft(Table):
    user_id = TextField(index=True)
    kind = TextField()
    fields = JsonField()
    saved_at = MomentField()


class Setting(Table):
    value = JsonField(null=True)


class Action(Table):
    label = TextField()
    facts = JsonField(null=True)
    done_at = MomentField(index=True)
    done_by = TextField()
    source = TextField()


class ActionScope(Model):
    """At most one row: the action of the transaction under way. The journal's triggers read it.

    `in_bulk`: a table whose new rows are not logged one by one.
    """

    id = IntegerField(primary_key=True)
    action_id = TextField()
    trips = BooleanField(default=False)
    in_bulk = TextField(null=True)

    class Meta:
        legacy_table_names = False


class ChangeLog(Model):
    id = AutoField()
    action = ForeignKeyField(Action, column_name="action_id")
    table = TextField()
    row_id = TextField()
    kind = TextField()
    fields = JsonField()

    class Meta:
        legacy_table_names = False
        indexes = ((("table", "row_id"), False),)
