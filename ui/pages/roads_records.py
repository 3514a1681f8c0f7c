"""The list of roads on the page "Places": columns, form, and what is written from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from coordinator.domain.roads import Road, holds_on
from coordinator.domain.schedule import EVERYWHERE
from coordinator.outcome import Outcome
from coordinator.queries.roads import roads
from coordinator.services.roads import SavedRoad, close_road, remove_road, set_road, vehicles_named
from coordinator.session import Session
from resources.i18n import N_, _, pgettext
from ui import texts
from ui.dialogs.record import Field, FieldKind
from ui.pages.record_list import RecordList
from ui.tables.columns import Column

OPEN, CLOSED = "open", "closed"


def road_name(road: Road) -> str:
    """ "Куп'янськ – Ківшарівка"; "Ківшарівка: all roads" where a place is cut off."""
    if road.second_id == EVERYWHERE:
        return _("{settlement}: all roads there").format(settlement=road.first)
    return f"{road.first} – {road.second}"


def state_words(road: Road) -> str:
    if not road.closed:
        return _("measured")
    return _("closed, way round known") if road.minutes is not None else _("closed")


def _days(road: Road) -> str:
    if road.from_on is None and road.until_on is None:
        return _("further notice") if road.closed else ""
    begins = texts.day_short(road.from_on) if road.from_on else "…"
    return f"{begins} – {texts.day_short(road.until_on) if road.until_on else '…'}"


def figure(value: float | None) -> str:
    """ "35", "20,5"; "" for none."""
    return "" if value is None else texts.decimal(value, 0 if value == round(value) else 1)


ROAD_COLUMNS: list[Column[Road]] = [
    Column("road", N_("Road"), road_name, width=32, always=True, icon=lambda r: "close" if r.closed else ""),
    Column("state", N_("State"), state_words, width=20, mark=lambda r: "danger" if r.closed else ""),
    Column("days", N_("Days"), _days, sort=lambda r: (r.from_on or date.min, r.until_on or date.max), width=22),
    Column("minutes", N_("Minutes"), lambda r: figure(r.minutes), sort=lambda r: r.minutes, width=9, right=True),
    Column("km", N_("km"), lambda r: figure(r.km), sort=lambda r: r.km, width=8, right=True),
    Column("vehicle", N_("Vehicle"), lambda r: r.plate or "", width=14),
    Column("source", N_("Source"), lambda r: r.source, width=32),
]  # fmt: skip


def road_form() -> list[Field]:
    return [
        Field("first_id", pgettext("road", "From"), FieldKind.SETTLEMENT, required=True),
        Field(
            "second_id",
            pgettext("road", "To"),
            FieldKind.SETTLEMENT,
            hint=_("empty: all roads into the first settlement"),
        ),
        Field("state", _("State"), FieldKind.CHOICE, choices=((CLOSED, _("closed")), (OPEN, _("measured")))),
        Field(
            "minutes", _("Minutes"), FieldKind.DECIMAL, hint=_("of a closed road: of the way round, if there is one")
        ),
        Field("km", _("Kilometres"), FieldKind.DECIMAL),
        Field("from_on", _("First day"), FieldKind.DAY, hint=_("empty: from any day on")),
        Field("until_on", _("Last day"), FieldKind.DAY, hint=_("until further notice")),
        Field("plates", _("Only for vehicles"), hint=_("plates with commas between; empty: for all")),
        Field("source", _("Source"), hint=_("who said so")),
    ]


def road_values(road: Road) -> dict[str, Any]:
    return {
        "id": road.id, "label": road_name(road), "first_id": road.first_id, "second_id": road.second_id or None,
        "state": CLOSED if road.closed else OPEN, "minutes": road.minutes, "km": road.km, "from_on": road.from_on,
        "until_on": road.until_on, "plates": road.plate, "source": road.source,
    }  # fmt: skip


def save_road(session: Session, values: dict[str, Any]) -> Outcome[SavedRoad]:
    """A new closure may be for several vehicles, a row each; an old row stays one."""
    vehicle_ids = vehicles_named(session, values["plates"])
    road = Road(
        values.get("id"), values["first_id"], values["second_id"] or EVERYWHERE, minutes=values["minutes"],
        km=values["km"], closed=values["state"] == CLOSED, vehicle_id=vehicle_ids[0] if vehicle_ids else "",
        from_on=values["from_on"], until_on=values["until_on"], source=values["source"],
    )  # fmt: skip
    return close_road(session, road, vehicle_ids) if road.closed and road.id is None else set_road(session, road)


ROADS: RecordList[Road] = RecordList(
    "roads",
    N_("Roads"),
    N_(
        "Without a measured road, times come from the straight line and the speeds under Fleet, Settings. "
        "Close a road here, or import a table of travel times."
    ),
    "place",
    ROAD_COLUMNS,
    roads,
    lambda road: road.id or "",
    road_form,
    road_values,
    save_road,
    {"id": None, "state": CLOSED},
    remove_road,
)


def in_force(road: Road, day: date) -> bool:
    return road.closed and holds_on(road.from_on, road.until_on, day)
