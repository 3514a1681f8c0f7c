"""Recorded roads as the pages show them, and the trips that drive over closed ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from coordinator.domain.names import sort_key
from coordinator.domain.roads import Road
from coordinator.domain.schedule import Breach
from coordinator.domain.trip import TripStatus, list_number
from coordinator.queries.day_records import read_day
from coordinator.queries.draft import DayDraft
from coordinator.queries.problem import Rules, Scene
from coordinator.queries.ways import names_of
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import RoadRow


@dataclass(frozen=True, slots=True)
class RoadTrip:
    """A trip that is to drive a closed road. `way` as "A – B"."""

    trip_id: str
    day: date
    list_number: str
    plate: str
    way: str
    departed: bool


def roads(session: Session) -> list[Road]:
    """All recorded roads: closed ones first, then by name."""
    with session.reading() as db:
        found = load_roads(db)
    return sorted(found, key=lambda road: (not road.closed, sort_key(road.first), sort_key(road.second)))


def load_roads(db: Database, near: Collection[str] | None = None) -> list[Road]:
    """All of them, or those that begin at one of `near`."""
    rows = stores.roads.all(db) if near is None else stores.roads.where(db, first_id=near)
    names, plates = names_of(db, rows), {row.id: row.plate for row in stores.vehicles.all(db)}
    return [road_of(row, names, plates) for row in rows]


def road_of(row: RoadRow, names: dict[str, str], plates: dict[str, str]) -> Road:
    return Road(
        row.id, row.first_id, row.second_id, names.get(row.first_id, ""), names.get(row.second_id, ""), row.minutes,
        row.km, row.closed, row.vehicle_id or "", plates.get(row.vehicle_id or "", ""), row.from_on, row.until_on,
        row.source,
    )  # fmt: skip


def trips_on_closed_roads(db: Database, days: Iterable[date], rules: Rules) -> list[RoadTrip]:
    """Trips of these days, not yet back, with a leg that is closed for their vehicle."""
    found: dict[str, RoadTrip] = {}
    for day in sorted(set(days)):
        records = read_day(db, day)
        scene = Scene.of(db, records, rules)
        if not scene.ways or len(scene.hubs) < 2:
            continue
        for trip_id, findings in DayDraft.of(db, records, scene).findings().items():
            trip = records.trip(trip_id)
            closed = [str(one.facts.get("way", "")) for one in findings if one.breach is Breach.ROAD]
            if closed and trip.status in (TripStatus.PLANNED, TripStatus.DEPARTED):
                plate = records.vehicles[trip.vehicle_id].plate if trip.vehicle_id in records.vehicles else ""
                departed, ways = trip.status == TripStatus.DEPARTED, ", ".join(dict.fromkeys(closed))
                found[trip_id] = RoadTrip(trip_id, day, list_number(day, trip.number), plate, ways, departed)
    return list(found.values())
