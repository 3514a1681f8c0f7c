"""Households, their people, needs, phones, doubles and what was counted of them."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from db.fields import DayField, JsonField, MomentField
from db.tables.base import Table, refers
from db.tables.places import Settlement


class Household(Table):
    number = IntegerField(unique=True)
    settlement = refers(Settlement, "settlement_id", null=True)
    settlement_text = TextField()
    street = TextField()
    house = TextField()
    flat = TextField()
    address_text = TextField()
    landmark = TextField()
    head_id = TextField(null=True)
    decision = TextField(index=True)
    wants_on = DayField(null=True)
    refusal_reason = TextField()
    decided_at = MomentField(null=True)
    decided_by = TextField()
    part_stays = BooleanField()
    pets = TextField()
    luggage = IntegerField(null=True)
    destination_wish = TextField()
    note = TextField()
    requested_at = MomentField(null=True)
    created_at = MomentField(null=True)
    batch_id = TextField(null=True, index=True)
    source = TextField()
    merged_into = TextField(null=True)
    search_text = TextField()
    sort_key = TextField()
    form_signed = BooleanField(default=False)
    children_stay = IntegerField(null=True)
    holds_back = JsonField(null=True)
    would_change = TextField(default="")
    spoke_at = MomentField(null=True)
    spoke_by = TextField(default="")
    again_at = MomentField(null=True, index=True)
    again_by = TextField(default="")
    split_from_id = TextField(null=True, index=True)


class Person(Table):
    household = refers(Household, "household_id")
    position = IntegerField()
    surname = TextField()
    given = TextField()
    patronymic = TextField()
    sex = TextField()
    birth_on = DayField(null=True)
    birth_year = IntegerField(null=True)
    age = IntegerField(null=True)
    age_on = DayField(null=True)
    stated_child = BooleanField(null=True)
    birth_raw = TextField()
    relation = TextField()
    documents = TextField()
    escort_id = TextField(null=True)
    escort_basis = TextField()
    no_escort_reason = TextField()
    needs_raw = TextField()
    note = TextField()
    sort_key = TextField()
    decision = TextField(default="")
    wants_on = DayField(null=True)
    refusal_reason = TextField(default="")
    carer_id = TextField(null=True)


class Need(Table):
    person = refers(Person, "person_id")
    kind = TextField()


class Contact(Table):
    household = refers(Household, "household_id")
    position = IntegerField()
    raw_text = TextField(column_name="raw")
    e164 = TextField(index=True)
    note = TextField()


class Decision(Table):
    household = refers(Household, "household_id")
    kind = TextField()
    wants_on = DayField(null=True)
    reason = TextField()
    decided_at = MomentField()
    decided_by = TextField()
    note = TextField()
    person_id = TextField(null=True)
    form_signed = BooleanField(default=False)
    children_stay = IntegerField(null=True)
    holds_back = JsonField(null=True)
    would_change = TextField(default="")


class Event(Table):
    person = refers(Person, "person_id")
    household_id = TextField()
    kind = TextField()
    occurred_on = DayField(index=True)
    recorded_at = MomentField()
    trip_id = TextField(null=True)
    settlement_id = TextField(null=True)
    destination_id = TextField(null=True)
    organisation = TextField()
    voided = BooleanField()


class Pair(Table):
    first = refers(Household, "first_id")
    second = refers(Household, "second_id")
    reasons = JsonField()
    state = TextField(index=True)
    decided_at = MomentField(null=True)
    decided_by = TextField()
    both_on = DayField(null=True)
    batch_id = TextField(null=True)
    parked_at = MomentField(null=True)

    class Meta:
        indexes = ((("first", "second"), True),)
