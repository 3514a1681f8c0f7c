"""Lists that came and go: batches, senders, recipients."""

from __future__ import annotations

from peewee import IntegerField, TextField

from db.fields import DayField, JsonField, MomentField
from db.tables.base import Table, refers
from db.tables.households import Household


class Batch(Table):
    file_name = TextField()
    sha256 = TextField(index=True)
    kind = TextField()
    list_on = DayField(null=True)
    imported_at = MomentField()
    imported_by = TextField()
    summary = JsonField(null=True)
    sender_id = TextField(null=True)


class BatchLine(Table):
    # No foreign key: the lines outlast an undone import, and count again when it is done again.
    batch_id = TextField(index=True)
    sheet = TextField()
    line = IntegerField()
    status = TextField()
    household_id = TextField(null=True, index=True)
    raw_text = TextField(column_name="raw")
    person_id = TextField(null=True)


class Sender(Table):
    name = TextField(unique=True)
    note = TextField()


class Mapping(Table):
    sender = refers(Sender, "sender_id")
    kind = TextField()
    header_key = TextField(index=True)
    headers = JsonField()
    columns = JsonField()
    options = JsonField(null=True)
    used_at = MomentField()


class ValueMeaning(Table):
    sender = refers(Sender, "sender_id", null=True)
    field = TextField()
    said = TextField()
    meaning = TextField()


class Missing(Table):
    # No foreign key to the batch: it outlasts an undone import, as the lines do.
    batch_id = TextField(index=True)
    household = refers(Household, "household_id")
    person_id = TextField(null=True)
    state = TextField(index=True)
    decided_at = MomentField(null=True)
    decided_by = TextField()


class Recipient(Table):
    name = TextField()
    kind = TextField()
    columns = JsonField()
    options = JsonField(null=True)

    class Meta:
        indexes = ((("name", "kind"), True),)
