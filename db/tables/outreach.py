"""Talks, requests and shelling: why a household is asked, and when again."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from db.fields import JsonField, MomentField
from db.tables.base import Table, refers
from db.tables.households import Household
from db.tables.places import Settlement


class Attempt(Table):
    household = refers(Household, "household_id")
    person_id = TextField(null=True)
    kind = TextField()
    outcome = TextField()
    phone = TextField()
    done_at = MomentField(index=True)
    done_by = TextField()
    note = TextField()
    again_at = MomentField(null=True)
    again_by = TextField()


class Request(Table):
    number = IntegerField(unique=True)
    household = refers(Household, "household_id")
    organisation = TextField()
    reference = TextField(index=True)
    channel = TextField()
    requested_at = MomentField(null=True)
    recorded_at = MomentField()
    recorded_by = TextField()
    note = TextField()


class Incident(Table):
    settlement = refers(Settlement, "settlement_id")
    street = TextField()
    occurred_at = MomentField()
    severity = IntegerField()
    houses_hit = IntegerField(null=True)
    source = TextField()
    house = TextField(default="")
    note = TextField(default="")
    recorded_at = MomentField(null=True)
    recorded_by = TextField(default="")


class SavedView(Table):
    page = TextField()
    name = TextField()
    state = JsonField()
    pinned = BooleanField()
    position = IntegerField()
    made_by = TextField()
