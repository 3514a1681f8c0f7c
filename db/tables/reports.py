"""Counts that others published, and the centre's own reports as they were sent."""

from __future__ import annotations

from peewee import IntegerField, TextField

from db.fields import DayField, JsonField, MomentField
from db.tables.base import Table


class PublishedCount(Table):
    as_of_on = DayField(index=True)
    scope = TextField()
    figures = JsonField()
    source = TextField()
    published_at = MomentField(null=True)
    entered_at = MomentField()
    entered_by = TextField()
    note = TextField()


class Report(Table):
    number = IntegerField(unique=True)
    kind = TextField()
    work_on = DayField(index=True)
    content = JsonField()
    definitions = JsonField()
    frozen_at = MomentField()
    frozen_by = TextField()
    sent_to = TextField()
