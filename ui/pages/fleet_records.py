"""The lists of the page "Fleet", each declared once: columns, form, and the verbs that save and remove."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeVar

from coordinator.domain.days import clock_text
from coordinator.domain.fleet import (
    Destination,
    DestinationKind,
    Driver,
    Vehicle,
    exceeds_licence,
    layouts_text,
)
from coordinator.domain.phones import show_phone
from coordinator.queries import fleet as queries
from coordinator.services import fleet as verbs
from coordinator.services.settings import SettingLine, set_option, settings
from coordinator.session import Session
from resources.i18n import N_, _
from ui import texts
from ui.dialogs.record import Field, FieldKind
from ui.pages.record_list import RecordList
from ui.tables.columns import Column

R = TypeVar("R")

DESTINATION_KINDS = {
    DestinationKind.BASE: N_("Base, where vehicles start"),
    DestinationKind.TRANSIT: N_("Transit centre"),
    DestinationKind.COLLECTION: N_("Collection point"),
    DestinationKind.DORMITORY: N_("Dormitory"),
    DestinationKind.RELATIVES: N_("Relatives"),
    DestinationKind.HOSPITAL: N_("Hospital"),
    DestinationKind.STATION: N_("Railway station"),
}


def _hours(vehicle: Vehicle) -> str:
    if vehicle.available_from is None and vehicle.available_until is None:
        return ""
    start = clock_text(vehicle.available_from) if vehicle.available_from is not None else "…"
    end = clock_text(vehicle.available_until) if vehicle.available_until is not None else "…"
    return f"{start}–{end}"


def _phone(phone: str) -> str:
    return show_phone(phone) if phone.startswith("+") else phone


def _licence(vehicle: Vehicle) -> str:
    if not exceeds_licence(vehicle.licence, vehicle.seats):
        return vehicle.licence
    return _("{licence}: too many seats").format(licence=vehicle.licence)


VEHICLE_COLUMNS: list[Column[Vehicle]] = [
    Column("plate", N_("Plate"), lambda v: v.plate, width=11, always=True),
    Column("model", N_("Make and model"), lambda v: v.model, width=20),
    Column("seats", N_("Seats"), lambda v: str(v.seats), sort=lambda v: v.seats, width=7, right=True),
    Column("wheelchair", N_("Wheelchairs"), lambda v: str(v.wheelchair or ""), sort=lambda v: v.wheelchair, width=9,
           right=True),
    Column("stretcher", N_("Stretchers"), lambda v: str(v.stretcher or ""), sort=lambda v: v.stretcher, width=9,
           right=True),
    Column("layouts", N_("Other layouts"), lambda v: layouts_text(v.layouts), width=13, shown=False),
    Column("space", N_("Luggage"), lambda v: "" if v.space is None else str(v.space), sort=lambda v: v.space, width=8,
           right=True, shown=False),
    Column("driver", N_("Driver"), lambda v: v.driver, width=18),
    Column("phone", N_("Driver's phone"), lambda v: _phone(v.phone), width=13),
    Column("licence", N_("Licence"), _licence, width=16,
           mark=lambda v: "warning" if exceeds_licence(v.licence, v.seats) else "",
           icon=lambda v: "warning" if exceeds_licence(v.licence, v.seats) else ""),
    Column("hours", N_("Hours"), _hours, width=11),
    Column("active", N_("In service"), lambda v: _("yes") if v.active else _("no"), width=8,
           mark=lambda v: "" if v.active else "muted"),
    Column("organisation", N_("Organisation"), lambda v: v.organisation, width=20),
    Column("armoured", N_("Armoured"), lambda v: _("yes") if v.armoured else "", width=9, shown=False),
    Column("note", N_("Note"), lambda v: v.note, width=30),
]  # fmt: skip

DRIVER_COLUMNS: list[Column[Driver]] = [
    Column("name", N_("Driver"), lambda d: d.name, width=30, always=True),
    Column("phone", N_("Phone"), lambda d: _phone(d.phone), width=18),
    Column("licence", N_("Licence"), lambda d: d.licence, width=10),
    Column("most", N_("Hours at most"), lambda d: "" if d.most_minutes is None else clock_text(d.most_minutes),
           sort=lambda d: d.most_minutes, width=12),
    Column("note", N_("Note"), lambda d: d.note, width=40),
]  # fmt: skip


DESTINATION_COLUMNS: list[Column[Destination]] = [
    Column("name", N_("Destination"), lambda d: d.name, width=32, always=True),
    Column("kind", N_("Kind"), lambda d: _(DESTINATION_KINDS[d.kind]), width=24),
    Column("address", N_("Address"), lambda d: d.address, width=30),
    Column("free", N_("Free places"), lambda d: "" if d.free_places is None else texts.number(d.free_places),
           sort=lambda d: d.free_places, width=12, right=True),
    Column("pets", N_("Takes pets"), lambda d: _("yes") if d.takes_pets else _("no"), width=11),
    Column("chairs", N_("Takes wheelchairs"), lambda d: _("yes") if d.takes_wheelchairs else _("no"), width=16),
    Column("place", N_("Coordinates"), lambda d: "" if d.lat is None else f"{d.lat:.4f}, {d.lon:.4f}", width=18),
    Column("active", N_("In use"), lambda d: _("yes") if d.active else _("no"), width=8),
]  # fmt: skip

SETTING_COLUMNS: list[Column[SettingLine]] = [
    Column("label", N_("Setting"), lambda s: s.label, width=56, always=True),
    Column("value", N_("Value"), lambda s: s.value, width=30),
    Column("default", N_("Default"), lambda s: s.default, width=16),
]


def vehicle_form() -> list[Field]:
    return [
        Field("plate", _("Plate"), required=True),
        Field("model", _("Make and model")),
        Field("seats", _("Passenger seats"), FieldKind.INTEGER, required=True, hint=_("without the driver's")),
        Field("wheelchair", _("Wheelchair places"), FieldKind.INTEGER),
        Field("stretcher", _("Stretcher places"), FieldKind.INTEGER),
        Field("layouts", _("Other layouts"), hint=_("seats/wheelchairs/stretchers, such as 5/1/0; 2/2/0")),
        Field("space", _("Room for luggage, pieces"), FieldKind.INTEGER, hint=_("empty: never full")),
        Field("driver", _("Driver")),
        Field("phone", _("Driver's phone")),
        Field("licence", _("Licence category"), hint="B, D1, D"),
        Field("available_from", _("Available from"), FieldKind.TIME, hint="06:00"),
        Field("available_until", _("Available until"), FieldKind.TIME, hint="18:00"),
        Field("organisation", _("Organisation")),
        Field("licence_reason", _("Reason for more seats")),
        Field("note", _("Note")),
        Field("armoured", _("Armoured"), FieldKind.FLAG),
        Field("active", _("In service"), FieldKind.FLAG),
    ]


def driver_form() -> list[Field]:
    return [
        Field("name", _("Driver"), required=True),
        Field("phone", _("Phone")),
        Field("licence", _("Licence category"), hint="B, D1, D"),
        Field("most_minutes", _("Hours on the road a day"), FieldKind.TIME, hint=_("10:30; empty: no limit")),
        Field("note", _("Note")),
    ]


def destination_form() -> list[Field]:
    kinds = tuple((kind.value, _(words)) for kind, words in DESTINATION_KINDS.items())
    return [
        Field("name", _("Destination"), required=True),
        Field("kind", _("Kind"), FieldKind.CHOICE, choices=kinds),
        Field("address", _("Address")),
        Field("settlement_id", _("Settlement"), FieldKind.SETTLEMENT),
        Field("lat", _("Latitude"), FieldKind.DECIMAL, hint="49.9935"),
        Field("lon", _("Longitude"), FieldKind.DECIMAL, hint="36.2304"),
        Field("free_places", _("Free places"), FieldKind.INTEGER),
        Field("takes_pets", _("Takes pets"), FieldKind.FLAG),
        Field("takes_wheelchairs", _("Takes wheelchairs"), FieldKind.FLAG),
        Field("active", _("In use"), FieldKind.FLAG),
    ]


def setting_form() -> list[Field]:
    return [Field("value", _("Value"), hint=_("empty brings the default back"))]


def _save_vehicle(session: Session, values: dict[str, Any]) -> Any:
    counted = {key: values.get(key) or 0 for key in ("seats", "wheelchair", "stretcher")}
    layouts = verbs.layouts_of(values.get("layouts") or "")
    return verbs.save_vehicle(session, Vehicle(**{**values, **counted, "layouts": layouts}))


def _vehicle_values(vehicle: Vehicle) -> dict[str, Any]:
    return {**asdict(vehicle), "layouts": layouts_text(vehicle.layouts)}


def _save_destination(session: Session, values: dict[str, Any]) -> Any:
    return verbs.save_destination(session, Destination(**{**values, "kind": DestinationKind(values["kind"])}))


def _save_setting(session: Session, values: dict[str, Any]) -> Any:
    return set_option(session, values["id"], values["value"])


def _id(record: Any) -> str:
    return str(record.id)


LISTS: tuple[RecordList[Any], ...] = (
    RecordList(
        "vehicles", N_("Vehicles"), N_("Add the vehicles and drivers of the day, or import a fleet workbook."), "fleet",
        VEHICLE_COLUMNS, queries.vehicles, _id, vehicle_form, _vehicle_values, _save_vehicle,
        {"id": None, "active": True}, verbs.remove_vehicle,
    ),
    RecordList(
        "drivers", N_("Drivers"), N_("Drivers come with their vehicles, or are added here."), "people",
        DRIVER_COLUMNS, queries.drivers, _id, driver_form, asdict,
        lambda session, values: verbs.save_driver(session, Driver(**values)), {"id": None},
    ),
    RecordList(
        "destinations", N_("Destinations"), N_("Planning needs a base and a transit centre."), "place",
        DESTINATION_COLUMNS, queries.destinations, _id, destination_form, asdict, _save_destination,
        {"id": None, "kind": "collection", "active": True, "takes_pets": True, "takes_wheelchairs": True},
        verbs.remove_destination,
    ),
    RecordList(
        "settings", N_("Settings"), "", "columns", SETTING_COLUMNS, settings, _id, setting_form,
        lambda line: {"id": line.id, "label": line.label, "value": line.value}, _save_setting, None,
    ),
)  # fmt: skip
