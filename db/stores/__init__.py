"""The stores, one a table."""

from __future__ import annotations

from db import rows, tables
from db.stores.base import Store

settlements = Store(tables.Settlement, rows.SettlementRow)
aliases = Store(tables.SettlementAlias, rows.SettlementAliasRow)
zone_orders = Store(tables.ZoneOrder, rows.ZoneOrderRow)
curfews = Store(tables.Curfew, rows.CurfewRow)
streets = Store(tables.Street, rows.StreetRow)
households = Store(tables.Household, rows.HouseholdRow)
people = Store(tables.Person, rows.PersonRow)
needs = Store(tables.Need, rows.NeedRow)
contacts = Store(tables.Contact, rows.ContactRow)
decisions = Store(tables.Decision, rows.DecisionRow)
destinations = Store(tables.Destination, rows.DestinationRow)
drivers = Store(tables.Driver, rows.DriverRow)
vehicles = Store(tables.Vehicle, rows.VehicleRow)
trips = Store(tables.Trip, rows.TripRow)
stops = Store(tables.Stop, rows.StopRow)
passengers = Store(tables.Passenger, rows.PassengerRow)
left_overs = Store(tables.LeftOver, rows.LeftOverRow)
notices = Store(tables.Notice, rows.NoticeRow)
events = Store(tables.Event, rows.EventRow)
incidents = Store(tables.Incident, rows.IncidentRow)
batches = Store(tables.Batch, rows.BatchRow)
batch_lines = Store(tables.BatchLine, rows.BatchLineRow)
pairs = Store(tables.Pair, rows.PairRow)
printed = Store(tables.Printed, rows.PrintedRow)
users = Store(tables.User, rows.UserRow)
drafts = Store(tables.Draft, rows.DraftRow)
settings = Store(tables.Setting, rows.SettingRow)
