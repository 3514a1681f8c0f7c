"""What the day's papers say: the drivers' pickup lists and the call list, from one reading of the register."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from coordinator.domain.household import Household, load_of
from coordinator.domain.names import sort_key
from coordinator.domain.person import AgeGroup, Need, Person, age_on
from coordinator.domain.places import known_as
from coordinator.domain.schedule import Window
from coordinator.domain.trip import PICKUP_LIST, CallOutcome, StopResult, TripStatus, list_number
from coordinator.paper_changes import ListChanges, changes_between
from coordinator.paper_content import CallList, CallRow, PaperStop, PickupList
from coordinator.paper_keeping import kept_list
from coordinator.queries.day_records import DayRecords, driver_phone, head_of, phones_of, read_day
from coordinator.queries.escorts import escorts_on
from coordinator.queries.problem import Rules, Scene, rules_of
from coordinator.session import Session
from coordinator.settings import COORDINATOR_PHONE
from db import stores
from db.connection import Database
from db.rows import PrintedRow, StopRow, TripRow

RESULTS_OF_THE_DOOR = (StopResult.NOT_HOME, StopResult.OTHER)


def pickup_lists(session: Session, day: date, trip_ids: Collection[str] | None = None) -> list[PickupList]:
    """The lists of the day's trips (of `trip_ids` only), by number, with the version a print would get now.

    Cancelled trips have none.
    """
    with session.reading() as db:
        return PickupPapers.read(session, db, day).lists(trip_ids)


def issued_list(session: Session, trip_id: str) -> PickupList | None:
    """What the last issued list of a trip says; None: none was issued, or it was not kept then."""
    with session.reading() as db:
        rows = [row for row in stores.printed.where(db, trip_id=trip_id, kind=PICKUP_LIST) if row.content]
    last = max(rows, key=print_order, default=None)
    return kept_list(last.content) if last is not None else None


def printed_orders(db: Database, trip_ids: Collection[str]) -> dict[str, dict[int, int]]:
    """Trip id -> household number -> its place on the last issued list; trips without a kept one are left out."""
    rows = [row for row in stores.printed.where(db, trip_id=list(trip_ids)) if row.kind == PICKUP_LIST and row.content]
    last = {row.trip_id: row.content for row in sorted(rows, key=print_order) if row.trip_id}
    return {
        trip_id: {stop["household_number"]: stop["order"] for stop in content["stops"]}
        for trip_id, content in last.items()
    }


class PickupPapers:
    """Builds the lists of one day; used by the board too, which compares them with what was printed."""

    def __init__(self, session: Session, db: Database, records: DayRecords, scene: Scene) -> None:
        self.session = session
        self.records = records
        self.scene = scene
        self.phone = session.setting(COORDINATOR_PHONE)
        prints = stores.printed.where(db, trip_id=[trip.id for trip in records.trips])
        self.prints = sorted((row for row in prints if row.kind == PICKUP_LIST), key=print_order)
        self.printed = {row.trip_id: row for row in self.prints if row.trip_id}
        self._earlier = _earlier_tries(db, records)
        self._now: dict[str, PickupList] = {}

    @classmethod
    def read(cls, session: Session, db: Database, day: date, rules: Rules | None = None) -> PickupPapers:
        records = read_day(db, day)
        return cls(session, db, records, Scene.of(db, records, rules or rules_of(session)))

    def lists(self, trip_ids: Collection[str] | None = None) -> list[PickupList]:
        return [self.versioned(trip) for trip in self.trips(trip_ids)]

    def trips(self, trip_ids: Collection[str] | None = None) -> list[TripRow]:
        """The trips that have a list."""
        wanted = (trip for trip in self.records.trips if trip_ids is None or trip.id in trip_ids)
        return [trip for trip in wanted if trip.status != TripStatus.CANCELLED]

    def versioned(self, trip: TripRow) -> PickupList:
        """The list with its version: that of the last print where nothing changed since, else the next, a draft."""
        paper = self.now(trip)
        last = self.printed.get(trip.id)
        if last is None:
            return replace(paper, draft=True)
        if last.digest != digest_of(paper):
            return replace(paper, version=last.version + 1, draft=True)
        given = sum(row.copies for row in self.prints if row.trip_id == trip.id and row.version == last.version)
        return replace(paper, version=last.version, first_copy=given + 1)

    def now(self, trip: TripRow) -> PickupList:
        """What a paper would say now: of a trip that was given up, that it is void."""
        if trip.id not in self._now:
            paper = self.list_of(trip)
            void = trip.status == TripStatus.CANCELLED
            self._now[trip.id] = replace(paper, void=True, stops=()) if void else paper
        return self._now[trip.id]

    def changed(self, trip: TripRow) -> bool:
        """Its list says something else now than when it was printed last. What is back needs no new paper."""
        last = self.printed.get(trip.id)
        return last is not None and trip.status != TripStatus.ARRIVED and last.digest != digest_of(self.now(trip))

    def issued(self, trip_id: str, before: int | None = None) -> PickupList | None:
        """The content of the last issued version (before version `before`); None: none, or it was not kept then."""
        content = self._content(trip_id, before)
        return kept_list(content) if content else None

    def _content(self, trip_id: str, before: int | None = None) -> dict[str, Any] | None:
        rows = [row for row in self.prints if row.trip_id == trip_id and (before is None or row.version < before)]
        last = max((row.version for row in rows), default=None)
        return next((row.content for row in rows if row.version == last and row.content), None)

    def changes(self, trip: TripRow) -> ListChanges | None:
        """What a driver who holds the last issued version has to hear; None: nothing, or it is not known."""
        if not self.changed(trip):
            return None
        old = self.issued(trip.id)
        return changes_between(old, self.now(trip)) if old is not None else None

    def list_of(self, trip: TripRow) -> PickupList:
        records = self.records
        vehicle = records.vehicles.get(trip.vehicle_id)
        driver = records.drivers.get(trip.driver_id or "")
        destination = records.destinations.get(trip.destination_id or "")
        stops = records.stops[trip.id]
        windows = [self.scene.window(records.place(stop.household_id)) for stop in stops]
        return PickupList(
            number=list_number(trip.work_on, trip.number),
            version=1,
            day=trip.work_on,
            printed_at=self.session.clock(),
            stops=tuple(self._stop(order, stop) for order, stop in enumerate(stops, start=1)),
            vehicle=", ".join(part for part in (vehicle.plate, vehicle.model) if part) if vehicle else "",
            driver=driver.name if driver else "",
            driver_phone=driver_phone(driver),
            coordinator_phone=self.phone,
            departure=trip.depart,
            must_be_out_by=min((window.end for window in windows), default=None),
            back_at=trip.back,
            destination=destination.name if destination else "",
            training=self.session.training,
        )

    def _stop(self, order: int, stop: StopRow) -> PaperStop:
        household = self.records.households[stop.household_id]
        place = self.records.place(household.id)
        people = self.records.expected(stop)
        groups = [age_on(person.birth, self.records.day).group for person in people]
        load = load_of(people)
        return PaperStop(
            order=order,
            household_number=household.number,
            settlement=known_as(place.name if place else "", household.settlement_text),
            window=Window(stop.arrive, stop.leave),
            hromada=place.hromada if place else "",
            street_line=household.address.line,
            landmark=household.address.landmark,
            contact_name=head_of(household).full,
            phones=phones_of(household),
            people=len(people),
            adults=groups.count(AgeGroup.ADULT) + groups.count(AgeGroup.SENIOR),
            children=groups.count(AgeGroup.CHILD),
            walking=load.seats,
            wheelchair=load.wheelchair,
            stretcher=load.stretcher,
            needs=driver_needs(people),
            pets=household.pets,
            luggage=household.luggage,
            names=tuple(person.name.full for person in people if person.name),
            escorts=escorts_on(self.records, stop),
            part_stays=household.part_stays or len(people) < len(self.records.at_door(stop)),
            note="; ".join(part for part in (self._earlier.get(household.id, ""), stop.override_reason) if part),
        )


def driver_needs(people: Collection[Person]) -> tuple[Need, ...]:
    """What a driver must know of a person's function. A disability as such is not his to know (DOMAIN: paper)."""
    return tuple(need for need in Need if need is not Need.DISABILITY for person in people if need in person.needs)


def digest_of(paper: object) -> str:
    """Of what a paper says, without when it was printed and which version it is."""
    said = asdict(paper)  # type: ignore[call-overload]
    for passing in ("printed_at", "version", "draft", "training", "copies", "first_copy"):
        said.pop(passing, None)
    if not said.get("void"):
        said.pop("void", None)
    elif isinstance(paper, PickupList):
        said = {"void": paper.number}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()


def print_order(row: PrintedRow) -> tuple[int, datetime, str]:
    """Later prints of one paper sort later, also where the clock was set back between them."""
    return row.version, row.printed_at, row.id


def _earlier_tries(db: Database, records: DayRecords) -> dict[str, str]:
    """What earlier drivers met with at the door: "12.08: the gate is locked, call from the road"."""
    ids = {stop.household_id for stops in records.stops.values() for stop in stops}
    tries: dict[str, list[str]] = {}
    for stop in sorted(stores.stops.where(db, household_id=ids, freed=False), key=lambda stop: stop.work_on):
        if stop.work_on < records.day and stop.result in RESULTS_OF_THE_DOOR and stop.result_note:
            tries.setdefault(stop.household_id, []).append(f"{stop.work_on:%d.%m}: {stop.result_note}")
    return {household_id: "; ".join(said) for household_id, said in tries.items()}


def call_list(session: Session, day: date) -> CallList:
    """Everybody to be told about the day, by settlement, street and house; those without a trip at the end.

    Left out: who said no on the call already, and who has boarded.
    """
    with session.reading() as db:
        records = read_day(db, day)
    rows = [_call(records, records.households[stop.household_id], stop) for stop in _to_call(records)]
    waiting = [household for household in records.waiting() if not _said_no(records, household.id)]
    rows += [_call(records, household, None) for household in waiting]
    rows.sort(key=lambda row: (row.pickup is None, sort_key(row.settlement), sort_key(row.street_line)))
    return CallList(day, session.clock(), tuple(rows), session.training)


def _to_call(records: DayRecords) -> list[StopRow]:
    open_trips = [trip for trip in records.trips if trip.status == TripStatus.PLANNED]
    stops = [stop for trip in open_trips for stop in records.stops[trip.id] if stop.result == StopResult.OPEN]
    return [stop for stop in stops if not _said_no(records, stop.household_id)]


def _said_no(records: DayRecords, household_id: str) -> bool:
    notice = records.notices.get(household_id)
    return notice is not None and notice.outcome == CallOutcome.SAID_NO


def _call(records: DayRecords, household: Household, stop: StopRow | None) -> CallRow:
    place = records.place(household.id)
    people = records.expected(stop) if stop else records.going(household.id)
    return CallRow(
        household_number=household.number,
        settlement=known_as(place.name if place else "", household.settlement_text),
        street_line=household.address.line,
        contact_name=head_of(household).full,
        phones=phones_of(household),
        people=len(people),
        children=sum(1 for person in people if age_on(person.birth, records.day).is_child),
        pickup=Window(stop.arrive, stop.leave) if stop else None,
        note=household.note,
    )
