"""The table of trips for the wall, and passenger lists for checkpoints."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from coordinator.day_papers import CheckpointList, CheckpointPaper, Passenger, WallPaper, WallTrip
from coordinator.domain.person import Birth, Person
from coordinator.domain.places import known_as
from coordinator.domain.schedule import Load
from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.queries.board import BoardStop, BoardTrip
from coordinator.queries.day_records import DayRecords, read_day
from coordinator.queries.schedule import day_board
from coordinator.session import Session
from db.rows import TripRow


def wall_paper(session: Session, day: date) -> WallPaper:
    """The trips that stand, by number."""
    board = day_board(session, day)
    trips = tuple(_on_the_wall(trip) for trip in board.trips if trip.status is not TripStatus.CANCELLED)
    waiting = (len(board.waiting), board.totals.waiting)
    return WallPaper(day, session.clock(), trips, waiting, session.training)


def _on_the_wall(trip: BoardTrip) -> WallTrip:
    stops = [stop for stop in trip.stops if stop.result in (StopResult.OPEN, StopResult.BOARDED)]
    places = sum((stop.household.load for stop in stops), Load())
    return WallTrip(
        number=trip.number,
        vehicle=" ".join(part for part in (trip.plate, trip.model) if part),
        departure=trip.depart,
        back=trip.back,
        settlements=tuple(dict.fromkeys(stop.household.settlement for stop in stops)),
        stops=len(stops),
        people=sum(map(_taken, stops)) + sum(met.people for met in trip.met),
        children=sum(min(stop.household.children, _taken(stop)) for stop in stops)
        + sum(met.children for met in trip.met),
        places=Load(places.seats, places.wheelchair, places.stretcher),
        destination=trip.destination,
        status=trip.status,
    )


def _taken(stop: BoardStop) -> int:
    """Who boarded, or is still expected."""
    return stop.boarded if stop.result is StopResult.BOARDED else stop.household.people


def checkpoint_paper(session: Session, day: date, trip_ids: Collection[str] | None = None) -> CheckpointPaper:
    """A list a trip (of `trip_ids` only): who is on board or expected, and who was met on the way."""
    with session.reading() as db:
        records = read_day(db, day)
    wanted = (trip for trip in records.trips if trip_ids is None or trip.id in trip_ids)
    lists = tuple(_checkpoint(records, trip) for trip in wanted if trip.status != TripStatus.CANCELLED)
    return CheckpointPaper(day, session.clock(), lists, session.training)


def _checkpoint(records: DayRecords, trip: TripRow) -> CheckpointList:
    vehicle = records.vehicles.get(trip.vehicle_id)
    destination = records.destinations.get(trip.destination_id or "")
    people = [person for stop in records.stops[trip.id] for person in records.aboard(stop)]
    people += records.met(trip.id)
    return CheckpointList(
        number=list_number(trip.work_on, trip.number),
        day=trip.work_on,
        vehicle=" ".join(part for part in (vehicle.plate, vehicle.model) if part) if vehicle else "",
        to=destination.name if destination else "",
        passengers=tuple(_passengers(records, people)),
    )


def _passengers(records: DayRecords, people: Iterable[Person]) -> Iterable[Passenger]:
    for person in dict.fromkeys(people):
        place = records.place(person.household_id)
        written = records.households[person.household_id].settlement_text
        yield Passenger(person.name.full, year_of(person.birth), known_as(place.name if place else "", written))


def year_of(birth: Birth) -> int | None:
    """The year of birth; None where only an age is known, which leaves it open."""
    return birth.on.year if birth.on else birth.year
