"""The tables as peewee models, not bound to a database: every query names its connection.

The columns are those of `db.rows`; a test holds both and the migrations together.
"""

from __future__ import annotations

from peewee import SQL, Model

from db.tables.base import Table
from db.tables.exchange import Batch, BatchLine, Mapping, Missing, Recipient, Sender, ValueMeaning
from db.tables.households import Contact, Decision, Event, Household, Need, Pair, Person
from db.tables.outreach import Attempt, Incident, Request, SavedView
from db.tables.places import Curfew, Settlement, SettlementAlias, Street, StreetLink, ZoneOrder
from db.tables.register import Action, ActionScope, ChangeLog, Draft, Setting, User
from db.tables.reports import PublishedCount, Report
from db.tables.schedule import (
    Confirmation,
    CrewWord,
    Destination,
    Driver,
    DropOut,
    LeftOver,
    Notice,
    Passenger,
    Printed,
    Road,
    Stop,
    Trip,
    Vehicle,
    VehicleLayout,
)

__all__ = [
    "ALL_TABLES",
    "JOURNALLED",
    "LOOSE_REFERENCES",
    "REMOVED_OWNER",
    "Action",
    "ActionScope",
    "Attempt",
    "Batch",
    "BatchLine",
    "ChangeLog",
    "Confirmation",
    "Contact",
    "CrewWord",
    "Curfew",
    "Decision",
    "Destination",
    "Draft",
    "Driver",
    "DropOut",
    "Event",
    "Household",
    "Incident",
    "LeftOver",
    "Mapping",
    "Missing",
    "Need",
    "Notice",
    "Pair",
    "Passenger",
    "Person",
    "Printed",
    "PublishedCount",
    "Recipient",
    "Report",
    "Request",
    "Road",
    "SavedView",
    "Sender",
    "Setting",
    "Settlement",
    "SettlementAlias",
    "Stop",
    "Street",
    "StreetLink",
    "Table",
    "Trip",
    "User",
    "ValueMeaning",
    "Vehicle",
    "VehicleLayout",
    "ZoneOrder",
]

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
    Printed, User, Setting, Attempt, StreetLink, Request, SavedView, Sender, Mapping, ValueMeaning, Missing, Recipient,
    VehicleLayout, Road, DropOut, CrewWord, Confirmation, PublishedCount, Report,
)  # fmt: skip
"""Tables whose every write belongs to an action. BatchLine is provenance: written once, never
changed; a Draft is not part of the register yet."""

ALL_TABLES: tuple[type[Model], ...] = (*JOURNALLED, BatchLine, Draft, Action, ActionScope, ChangeLog)

LOOSE_REFERENCES: tuple[tuple[type[Model], str, type[Model]], ...] = (
    (Household, "head_id", Person), (Household, "merged_into", Household), (Person, "escort_id", Person),
    (Passenger, "stop_id", Stop), (Passenger, "household_id", Household), (Trip, "driver_id", Driver),
    (Trip, "destination_id", Destination), (Event, "household_id", Household), (Event, "trip_id", Trip),
    (Event, "settlement_id", Settlement), (Event, "destination_id", Destination),
    (Household, "split_from_id", Household), (Person, "carer_id", Person), (Decision, "person_id", Person),
    (Attempt, "person_id", Person), (Missing, "person_id", Person), (Batch, "sender_id", Sender),
)  # fmt: skip
"""Columns that name a row of another table without a foreign key. What only tells where something came from
(batch_id, the trip of a printed paper) is not among them."""
