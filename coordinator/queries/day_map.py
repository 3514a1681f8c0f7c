"""The map of a working date: settlements by people remaining, orders, recent hits, and the trips of the day.

People are counted as in queries.coverage. A hit is recent for `shelling.recent_hours` before the end of the working
date, or before now where that date is not over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.domain.days import MINUTES_A_DAY, moments
from coordinator.domain.fleet import OrderKind
from coordinator.domain.mercator import Spot, is_place, project
from coordinator.domain.shelling import Hit, Severity
from coordinator.domain.trip import TripStatus, list_number
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.coverage import Coverage, coverage_of
from coordinator.queries.day_records import DayRecords, read_day
from coordinator.queries.incidents import hits_since
from coordinator.session import Session
from coordinator.settings import RECENT_HOURS
from db import stores
from db.rows import DestinationRow, SettlementRow, TripRow


@dataclass(frozen=True, slots=True)
class Hits:
    """Recent hits of one settlement: how many, how bad the worst of them was, and when the last one fell (UTC)."""

    count: int
    worst: Severity
    last: datetime


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A settlement on the map; `remaining`, `ready` and `known` are persons. `spot` None: nobody knows where it is.

    `id` "": a name that the gazetteer does not know. `estimated`: it stands at its hromada's centre.
    `trips`: list numbers of the day's trips that stop there.
    """

    id: str
    name: str
    hromada: str
    spot: Spot | None
    estimated: bool = False
    known: int = 0
    remaining: int = 0
    ready: int = 0
    order: OrderKind | None = None
    hits: Hits | None = None
    trips: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.id or f"text:{self.name}"


@dataclass(frozen=True, slots=True)
class TripLine:
    """The way of one trip, from where it begins over the settlements of its stops to where it ends.

    `missing` stops are in settlements that have no place on the map.
    """

    trip_id: str
    number: str
    plate: str
    status: TripStatus
    way: tuple[Spot, ...]
    missing: int = 0


@dataclass(frozen=True, slots=True)
class MapHub:
    """A destination: a base, a transit centre and so on."""

    name: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class DayMap:
    """`places` by people remaining, the most first; then those of which nothing is known but where
    exactly they are."""

    day: date
    as_of: datetime
    places: tuple[MapPlace, ...]
    trips: tuple[TripLine, ...]
    hubs: tuple[MapHub, ...]
    hit_hours: int

    @property
    def unplaced(self) -> tuple[MapPlace, ...]:
        """Where people remain, but the map cannot show it."""
        return tuple(place for place in self.places if place.spot is None and place.remaining)


def day_map(session: Session, day: date, memory: CountMemory | None = None) -> DayMap:
    """Everything that the map shows of a day, in one reading. `memory`: that of the charts, as for the dashboard."""
    now, hours = session.clock(), session.setting(RECENT_HOURS)
    until = min(now, moments(day, MINUTES_A_DAY)[0])
    with session.reading() as db:
        settlements = {row.id: row for row in stores.settlements.all(db)}
        records = read_day(db, day)
        lines, hubs = _ways(records, settlements)
        stops = _stops(records)
        hits = {
            place: _together(found) for place, found in hits_since(db, until - timedelta(hours=hours), until).items()
        }
        counted = coverage_of(db, day, memory.population(db) if memory is not None else None)
    seen = {line.id for line in counted}
    counted += [Coverage(row.id, row.name, row.hromada) for row in settlements.values() if row.id not in seen]
    places = [_place(line, settlements.get(line.id), hits.get(line.id), stops.get(line.id, ())) for line in counted]
    shown = (place for place in places if place.known or place.order or (place.spot and not place.estimated))
    ordered = sorted(shown, key=lambda place: (-place.remaining, not place.known, place.name, place.key))
    return DayMap(day, now, tuple(ordered), lines, hubs, hours)


def _place(line: Coverage, row: SettlementRow | None, hits: Hits | None, trips: Iterable[str]) -> MapPlace:
    return MapPlace(
        line.id, line.name, line.hromada, _spot(row), bool(row and row.estimated), line.known, line.remaining,
        line.ready, line.order, hits, tuple(trips),
    )  # fmt: skip


def _spot(row: SettlementRow | DestinationRow | None) -> Spot | None:
    if row is None or row.lat is None or row.lon is None or not is_place(row.lat, row.lon):
        return None
    return project(row.lat, row.lon)


def _together(hits: Sequence[Hit]) -> Hits:
    """All of one settlement; there is at least one."""
    worst, last = max(hit.severity for hit in hits), max(hit.occurred_at for hit in hits)
    return Hits(sum(hit.count for hit in hits), worst, last)


def _stops(records: DayRecords) -> dict[str, list[str]]:
    """Settlement id -> the numbers of the lists that stop there."""
    found: dict[str, list[str]] = {}
    for trip in _driven(records):
        places = {records.households[stop.household_id].settlement_id or "" for stop in records.stops[trip.id]}
        for place in places:
            found.setdefault(place, []).append(list_number(trip.work_on, trip.number))
    return found


def _driven(records: DayRecords) -> list[TripRow]:
    return [trip for trip in records.trips if trip.status != TripStatus.CANCELLED]


def _ways(
    records: DayRecords, settlements: dict[str, SettlementRow]
) -> tuple[tuple[TripLine, ...], tuple[MapHub, ...]]:
    hubs = {row.id: spot for row in records.destinations.values() if (spot := _hub_spot(row, settlements))}
    bases = sorted(
        (row for row in records.destinations.values() if row.kind == "base" and row.active and row.id in hubs),
        key=lambda row: (row.name, row.id),
    )
    start = hubs[bases[0].id] if bases else None
    lines = tuple(_line(records, trip, start, hubs.get(trip.destination_id or "")) for trip in _driven(records))
    names = {row.id: row for row in records.destinations.values() if row.active}
    return lines, tuple(MapHub(names[one].name, spot) for one, spot in hubs.items() if one in names)


def _line(records: DayRecords, trip: TripRow, start: Spot | None, end: Spot | None) -> TripLine:
    stops = [_spot(records.place(stop.household_id)) for stop in records.stops[trip.id]]
    way: list[Spot] = []
    for spot in (start, *stops, end):
        if spot is not None and (not way or way[-1] != spot):
            way.append(spot)
    vehicle = records.vehicles[trip.vehicle_id]
    number, status = list_number(trip.work_on, trip.number), TripStatus(trip.status)
    return TripLine(trip.id, number, vehicle.plate, status, tuple(way), sum(1 for spot in stops if spot is None))


def _hub_spot(row: DestinationRow, settlements: dict[str, SettlementRow]) -> Spot | None:
    return _spot(row) or _spot(settlements.get(row.settlement_id or ""))
