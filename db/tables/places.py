"""Where people live: settlements, streets, orders, curfews."""

from __future__ import annotations

from peewee import BooleanField, FloatField, IntegerField, TextField

from db.fields import DayField
from db.tables.base import Table, refers


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
    parent = refers("self", "parent_id", null=True)
    sort_key = TextField()


class SettlementAlias(Table):
    settlement = refers(Settlement, "settlement_id")
    name = TextField()
    source = TextField()


class ZoneOrder(Table):
    settlement = refers(Settlement, "settlement_id")
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
    settlement = refers(Settlement, "settlement_id")
    name = TextField()
    sort_key = TextField()


class StreetLink(Table):
    settlement = refers(Settlement, "settlement_id")
    first = TextField()
    second = TextField()
