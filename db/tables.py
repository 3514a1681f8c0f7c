"""The tables as peewee models, not bound to a database: every query names its connection.

The columns are those of `db.rows`; a test holds both and the migrations together.
"""

from __future__ import annotations

from typing import Any

from peewee import SQL, AutoField, BooleanField, FloatField, ForeignKeyField, IntegerField, Model, TextField

from db.fields import DayField, JsonField, MomentField


class Table(Model):
    """`id` is a UUIDv7 in hex, made by the client, so that records of several laptops can meet."""

    id = TextField(primary_key=True)

    class Meta:
        legacy_table_names = False


def _refers(model: Any, column: str, null: bool = False) -> Any:
    return ForeignKeyField(model, column_name=column, null=null, on_delete="CASCADE" if not null else "SET NULL")


class Settlement(Table):
    katottg = TextField(null=True, unique=True)
    pcode = TextField()
    name = TextField(index=True)
    name_en = TextField()
    kind = TextField()
    hromada = TextField()
    hromada_code = TextField()
    raion = TextField()
    oblast = TextField()
    lat = FloatField(null=True)
    lon = FloatField(null=True)
    estimated = BooleanField()
    population = IntegerField(null=True)
    population_source = TextField()
    parent = _refers("self", "parent_id", null=True)
    sort_key = TextField()


class SettlementAlias(Table):
    settlement = _refers(Settlement, "settlement_id")
    name = TextField()
    source = TextField()


class ZoneOrder(Table):
    settlement = _refers(Settlement, "settlement_id")
    kind = TextField()
    from_on = DayField()
    until_on = DayField(null=True)
    source = TextField()


class Curfew(Table):
    hromada = TextField()
    from_on = DayField()
    until_on = DayField(null=True)
    starts = IntegerField()
    ends = IntegerField()
    source = TextField()


class Street(Table):
    settlement = _refers(Settlement, "settlement_id")
    name = TextField()
    sort_key = TextField()


class Household(Table):
    number = IntegerField(unique=True)
    settlement = _refers(Settlement, "settlement_id", null=True)
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


class Person(Table):
    household = _refers(Household, "household_id")
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


class Need(Table):
    person = _refers(Person, "person_id")
    kind = TextField()


class Contact(Table):
    household = _refers(Household, "household_id")
    position = IntegerField()
    raw_text = TextField(column_name="raw")
    e164 = TextField(index=True)
    note = TextField()


class Decision(Table):
    household = _refers(Household, "household_id")
    kind = TextField()
    wants_on = DayField(null=True)
    reason = TextField()
    decided_at = MomentField()
    decided_by = TextField()
    note = TextField()


class Destination(Table):
    name = TextField()
    kind = TextField()
    settlement = _refers(Settlement, "settlement_id", null=True)
    address = TextField()
    lat = FloatField(null=True)
    lon = FloatField(null=True)
    free_places = IntegerField(null=True)
    takes_pets = BooleanField()
    takes_wheelchairs = BooleanField()
    active = BooleanField()


class Driver(Table):
    name = TextField()
    phone_raw = TextField()
    phone = TextField()
    licence = TextField()
    note = TextField()


class Vehicle(Table):
    plate = TextField(unique=True)
    model = TextField()
    seats = IntegerField()
    wheelchair = IntegerField()
    stretcher = IntegerField()
    armoured = BooleanField()
    licence = TextField()
    organisation = TextField()
    driver = _refers(Driver, "driver_id", null=True)
    available_from = IntegerField(null=True)
    available_until = IntegerField(null=True)
    active = BooleanField()
    licence_reason = TextField()
    note = TextField()


class Trip(Table):
    work_on = DayField(index=True)
    number = IntegerField()
    vehicle = _refers(Vehicle, "vehicle_id")
    driver_id = TextField(null=True)
    destination_id = TextField(null=True)
    depart = IntegerField()
    back = IntegerField()
    km = FloatField()
    status = TextField()
    arrived_at = MomentField(null=True)
    override_reason = TextField()

    class Meta:
        indexes = ((("work_on", "number"), True),)


class Stop(Table):
    trip = _refers(Trip, "trip_id")
    work_on = DayField(index=True)
    position = IntegerField()
    household = _refers(Household, "household_id")
    arrive = IntegerField()
    leave = IntegerField()
    result = TextField()
    result_note = TextField()
    result_at = MomentField(null=True)
    freed = BooleanField()


class Passenger(Table):
    trip = _refers(Trip, "trip_id")
    stop_id = TextField(null=True)
    person = _refers(Person, "person_id")
    household_id = TextField()
    met = BooleanField()

    class Meta:
        indexes = ((("trip", "person"), True),)


class LeftOver(Table):
    work_on = DayField(index=True)
    household = _refers(Household, "household_id")
    reason = TextField()
    facts = JsonField(null=True)


class Notice(Table):
    household = _refers(Household, "household_id")
    work_on = DayField(index=True)
    outcome = TextField()
    noted_at = MomentField()
    noted_by = TextField()


class Event(Table):
    person = _refers(Person, "person_id")
    household_id = TextField()
    kind = TextField()
    occurred_on = DayField(index=True)
    recorded_at = MomentField()
    trip_id = TextField(null=True)
    settlement_id = TextField(null=True)
    destination_id = TextField(null=True)
    organisation = TextField()
    voided = BooleanField()


class Incident(Table):
    settlement = _refers(Settlement, "settlement_id")
    street = TextField()
    occurred_at = MomentField()
    severity = IntegerField()
    houses_hit = IntegerField(null=True)
    source = TextField()


class Batch(Table):
    file_name = TextField()
    sha256 = TextField(index=True)
    kind = TextField()
    list_on = DayField(null=True)
    imported_at = MomentField()
    imported_by = TextField()
    summary = JsonField(null=True)


class BatchLine(Table):
    # No foreign key: the lines outlast an undone import, and count again when it is done again.
    batch_id = TextField(index=True)
    sheet = TextField()
    line = IntegerField()
    status = TextField()
    household_id = TextField(null=True, index=True)
    raw_text = TextField(column_name="raw")


class Pair(Table):
    first = _refers(Household, "first_id")
    second = _refers(Household, "second_id")
    reasons = JsonField()
    state = TextField(index=True)
    decided_at = MomentField(null=True)
    decided_by = TextField()
    both_on = DayField(null=True)

    class Meta:
        indexes = ((("first", "second"), True),)


class Printed(Table):
    kind = TextField()
    work_on = DayField(null=True)
    trip_id = TextField(null=True, index=True)
    version = IntegerField()
    digest = TextField()
    printed_at = MomentField()
    printed_by = TextField()
    people = IntegerField()
    target = TextField()


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
    """At most one row: the action of the transaction under way. The journal's triggers read it."""

    id = IntegerField(primary_key=True)
    action_id = TextField()

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


REMOVED_OWNER = "coalesce(json_extract(fields, '$.household_id[0]'), json_extract(fields, '$.person_id[0]'))"
"""Of a deleted row in the log: the household it belonged to, or else the person. Written as its index has it."""

Stop.add_index(
    SQL(
        'CREATE UNIQUE INDEX "stop_one_open_a_day" ON "stop" ("work_on", "household_id") '
        "WHERE \"freed\" = 0 AND \"result\" IN ('open', 'boarded')"
    )
)
ChangeLog.add_index(SQL(f'CREATE INDEX "change_log_removed" ON "change_log" ({REMOVED_OWNER}) WHERE kind = \'delete\''))

JOURNALLED: tuple[type[Model], ...] = (
    Settlement, SettlementAlias, ZoneOrder, Curfew, Street, Household, Person, Need, Contact, Decision,
    Destination, Driver, Vehicle, Trip, Stop, Passenger, LeftOver, Notice, Event, Incident, Batch, Pair,
    Printed, User, Setting,
)  # fmt: skip
"""Tables whose every write belongs to an action. BatchLine is provenance: written once, never
changed; a Draft is not part of the register yet."""

ALL_TABLES: tuple[type[Model], ...] = (*JOURNALLED, BatchLine, Draft, Action, ActionScope, ChangeLog)

LOOSE_REFERENCES: tuple[tuple[type[Model], str, type[Model]], ...] = (
    (Household, "head_id", Person), (Household, "merged_into", Household), (Person, "escort_id", Person),
    (Passenger, "stop_id", Stop), (Passenger, "household_id", Household), (Trip, "driver_id", Driver),
    (Trip, "destination_id", Destination), (Event, "household_id", Household), (Event, "trip_id", Trip),
    (Event, "settlement_id", Settlement), (Event, "destination_id", Destination),
)  # fmt: skip
"""Columns that name a row of another table without a foreign key. What only tells where something came from
(batch_id, the trip of a printed paper) is not among them."""
