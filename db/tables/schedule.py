"""Vehicles, drivers, destinations, trips, stops and papers."""

from __future__ import annotations

from peewee import BooleanField, FloatField, IntegerField, TextField

from db.fields import DayField, JsonField, MomentField
from db.tables.base import Table, refers
from db.tables.households import Household, Person
from db.tables.places import Settlement


class Driver(Table):
    name = TextField()
    phone_raw = TextField()
    phone = TextField()
    licence = TextField()
    note = TextField()
    most_minutes = IntegerField(null=True)


class Vehicle(Table):
    plate = TextField(unique=True)
    model = TextField()
    seats = IntegerField()
    wheelchair = IntegerField()
    stretcher = IntegerField()
    armoured = BooleanField()
    licence = TextField()
    organisation = TextField()
    driver = refers(Driver, "driver_id", null=True)
    available_from = IntegerField(null=True)
    available_until = IntegerField(null=True)
    active = BooleanField()
    licence_reason = TextField()
    note = TextField()
    space = IntegerField(null=True)


class Destination(Table):
    name = TextField()
    kind = TextField()
    settlement = refers(Settlement, "settlement_id", null=True)
    address = TextField()
    lat = FloatField(null=True)
    lon = FloatField(null=True)
    free_places = IntegerField(null=True)
    takes_pets = BooleanField()
    takes_wheelchairs = BooleanField()
    active = BooleanField()


class Trip(Table):
    work_on = DayField(index=True)
    number = IntegerField()
    vehicle = refers(Vehicle, "vehicle_id")
    driver_id = TextField(null=True)
    destination_id = TextField(null=True)
    depart = IntegerField()
    back = IntegerField()
    km = FloatField()
    status = TextField()
    arrived_at = MomentField(null=True)
    override_reason = TextField()
    pinned = BooleanField(default=False)
    crew = TextField(default="")
    departed_at = MomentField(null=True)

    class Meta:
        indexes = ((("work_on", "number"), True),)


class Stop(Table):
    trip = refers(Trip, "trip_id")
    work_on = DayField(index=True)
    position = IntegerField()
    household = refers(Household, "household_id")
    arrive = IntegerField()
    leave = IntegerField()
    result = TextField()
    result_note = TextField()
    result_at = MomentField(null=True)
    freed = BooleanField()
    pinned = BooleanField(default=False)
    override_reason = TextField(default="")


class Passenger(Table):
    trip = refers(Trip, "trip_id")
    stop_id = TextField(null=True)
    person = refers(Person, "person_id")
    household_id = TextField()
    met = BooleanField()

    class Meta:
        indexes = ((("trip", "person"), True),)


class LeftOver(Table):
    work_on = DayField(index=True)
    household = refers(Household, "household_id")
    reason = TextField()
    facts = JsonField(null=True)


class Notice(Table):
    household = refers(Household, "household_id")
    work_on = DayField(index=True)
    outcome = TextField()
    noted_at = MomentField()
    noted_by = TextField()


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
    about = JsonField(null=True)
    content = JsonField(null=True)
    copies = IntegerField(default=1)
    returned_at = MomentField(null=True)


class VehicleLayout(Table):
    vehicle = refers(Vehicle, "vehicle_id")
    position = IntegerField()
    name = TextField()
    seats = IntegerField()
    wheelchair = IntegerField()
    stretcher = IntegerField()
    space = IntegerField(null=True)


class Road(Table):
    first_id = TextField(index=True)
    second_id = TextField()
    minutes = FloatField(null=True)
    km = FloatField(null=True)
    closed = BooleanField()
    vehicle = refers(Vehicle, "vehicle_id", null=True)
    from_on = DayField(null=True)
    until_on = DayField(null=True)
    source = TextField()


class DropOut(Table):
    work_on = DayField(index=True)
    vehicle = refers(Vehicle, "vehicle_id", null=True)
    driver = refers(Driver, "driver_id", null=True)
    from_minute = IntegerField(null=True)
    until_minute = IntegerField(null=True)
    reason = TextField()


class CrewWord(Table):
    trip = refers(Trip, "trip_id")
    kind = TextField()
    said_at = MomentField()
    expected_back = IntegerField(null=True)
    note = TextField()
    noted_by = TextField()


class Confirmation(Table):
    number = IntegerField(unique=True)
    household = refers(Household, "household_id")
    content = JsonField()
    code = TextField()
    issued_at = MomentField()
    issued_by = TextField()
