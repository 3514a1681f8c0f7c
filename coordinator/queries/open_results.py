"""The open list: what was planned on earlier days and never came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.household import Household
from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.queries.day_records import DayRecords, driver_phone, head_of, phones_of, read_day
from coordinator.queries.presence import Presence
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import TripRow


@dataclass(frozen=True, slots=True)
class OpenStop:
    """A planned household of an earlier day of which nobody knows what became."""

    stop_id: str
    household_id: str
    number: int
    head: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenTrip:
    """A list of an earlier day that is not finished. `on_the_way`: people on board of a trip that never arrived."""

    trip_id: str
    day: date
    list_number: str
    plate: str
    driver: str
    driver_phone: str
    stops: tuple[OpenStop, ...]
    on_the_way: int


def open_results(session: Session, before_day: date) -> list[OpenTrip]:
    """The open list of the next morning: unfinished lists of all days before `before_day`, oldest first.

    A household that has left since is not asked about any more.
    """
    with session.reading() as db:
        stops = stores.stops.where(db, result=StopResult.OPEN.value, freed=False)
        trips = stores.trips.where(db, status=[TripStatus.PLANNED.value, TripStatus.DEPARTED.value])
        days = {day for day in {s.work_on for s in stops} | {t.work_on for t in trips} if day < before_day}
        read = [read_day(db, day) for day in sorted(days)]
        since = _presence(db, read, before_day)
        found = [_open_trip(records, trip, since) for records in read for trip in records.trips]
    return [trip for trip in found if trip.stops or trip.on_the_way]


def _presence(db: Database, read: list[DayRecords], day: date) -> Presence:
    people = {person.id for records in read for one in records.households.values() for person in one.people}
    return Presence.on(db, people, day)


def _has_left(household: Household, since: Presence) -> bool:
    return bool(household.people) and not since.of(household)


def _open_trip(records: DayRecords, row: TripRow, since: Presence) -> OpenTrip:
    vehicle, driver = records.vehicles[row.vehicle_id], records.drivers.get(row.driver_id or "")
    arrived = row.status == TripStatus.ARRIVED
    return OpenTrip(
        trip_id=row.id,
        day=row.work_on,
        list_number=list_number(row.work_on, row.number),
        plate=vehicle.plate,
        driver=driver.name if driver else "",
        driver_phone=driver_phone(driver),
        stops=tuple(
            OpenStop(stop.id, household.id, household.number, head_of(household).full, phones_of(household))
            for stop in records.stops[row.id]
            if stop.result == StopResult.OPEN
            for household in [records.households[stop.household_id]]
            if not _has_left(household, since)
        ),
        on_the_way=0 if arrived else len(records.passengers[row.id]),
    )
