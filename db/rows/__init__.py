"""What stores take and give: one plain NamedTuple per table, fields in the order of its columns.

Ids are 32 hex digits of a UUIDv7 made by the client. "" means "not said" for text; None for the rest.
"""

from __future__ import annotations

from db.rows.exchange import BatchLineRow, BatchRow, MappingRow, MissingRow, RecipientRow, SenderRow, ValueMeaningRow
from db.rows.households import ContactRow, DecisionRow, EventRow, HouseholdRow, NeedRow, PairRow, PersonRow
from db.rows.outreach import AttemptRow, IncidentRow, RequestRow, SavedViewRow
from db.rows.places import CurfewRow, SettlementAliasRow, SettlementRow, StreetLinkRow, StreetRow, ZoneOrderRow
from db.rows.register import ActionRow, ChangeRow, DraftRow, SettingRow, UserRow
from db.rows.reports import PublishedCountRow, ReportRow
from db.rows.schedule import (
    ConfirmationRow,
    CrewWordRow,
    DestinationRow,
    DriverRow,
    DropOutRow,
    LeftOverRow,
    NoticeRow,
    PassengerRow,
    PrintedRow,
    RoadRow,
    StopRow,
    TripRow,
    VehicleLayoutRow,
    VehicleRow,
)

__all__ = [
    "ActionRow",
    "AttemptRow",
    "BatchLineRow",
    "BatchRow",
    "ChangeRow",
    "ConfirmationRow",
    "ContactRow",
    "CrewWordRow",
    "CurfewRow",
    "DecisionRow",
    "DestinationRow",
    "DraftRow",
    "DriverRow",
    "DropOutRow",
    "EventRow",
    "HouseholdRow",
    "IncidentRow",
    "LeftOverRow",
    "MappingRow",
    "MissingRow",
    "NeedRow",
    "NoticeRow",
    "PairRow",
    "PassengerRow",
    "PersonRow",
    "PrintedRow",
    "PublishedCountRow",
    "RecipientRow",
    "ReportRow",
    "RequestRow",
    "RoadRow",
    "SavedViewRow",
    "SenderRow",
    "SettingRow",
    "SettlementAliasRow",
    "SettlementRow",
    "StopRow",
    "StreetLinkRow",
    "StreetRow",
    "TripRow",
    "UserRow",
    "ValueMeaningRow",
    "VehicleLayoutRow",
    "VehicleRow",
    "ZoneOrderRow",
]
