"""All records of one working date, read in bulk: what the board, the papers and the planner look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.days import MINUTES_A_DAY, kyiv, kyiv_day
from coordinator.domain.decision import Decision
from coordinator.domain.household import Household, expected_people, ready_people, waits
from coordinator.domain.person import Person, PersonName
from coordinator.domain.phones import show_phone
from coordinator.domain.schedule import Load, Out, Pin, Window
from coordinator.domain.trip import TAKES_A_PLACE, StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.queries.fleet import layouts_by_vehicle
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from db import stores
from db.connection import Database
from db.rows import (
    DestinationRow,
    DriverRow,
    DropOutRow,
    HouseholdRow,
    LeftOverRow,
    NoticeRow,
    PassengerRow,
    SettlementRow,
    StopRow,
    TripRow,
    VehicleRow,
)

LAST_MINUTE = 2 * MINUTES_A_DAY
"""Later than any trip of the day ends."""


@dataclass(frozen=True, slots=True)
class DayRecords:
    """`households` are those of the day's trips and calls and those that are ready for it; `ready` names the latter.

    Ready is a household of whom somebody who is at home is (or nobody is recorded at all and its word is).

    `trips` by number, the cancelled ones included; `stops` of a trip by position, without those taken off.
    """

    day: date
    trips: tuple[TripRow, ...]
    stops: dict[str, tuple[StopRow, ...]]
    passengers: dict[str, tuple[PassengerRow, ...]]
    vehicles: dict[str, VehicleRow]
    drivers: dict[str, DriverRow]
    destinations: dict[str, DestinationRow]
    households: dict[str, Household]
    rows: dict[str, HouseholdRow]
    ready: frozenset[str]
    places: dict[str, SettlementRow]
    notices: dict[str, NoticeRow]
    left_over: dict[str, LeftOverRow]
    presence: Presence
    layouts: dict[str, tuple[Load, ...]] = field(default_factory=dict)
    drop_outs: tuple[DropOutRow, ...] = ()

    def place(self, household_id: str) -> SettlementRow | None:
        return self.places.get(self.households[household_id].settlement_id or "")

    def expected(self, stop: StopRow) -> tuple[Person, ...]:
        """Those whom a stop is for: at home before this trip came, and ready; who boarded was expected."""
        at_door = self.at_door(stop)
        asked = expected_people(self.households[stop.household_id], at_door, self.day)
        boarded = self.boarded(stop)
        return tuple(person for person in at_door if person in asked or person in boarded)

    def at_door(self, stop: StopRow) -> tuple[Person, ...]:
        """Those who could board at a stop, ready or not: at home before this trip came."""
        return self.presence.of(self.households[stop.household_id], stop.trip_id)

    def going(self, household_id: str) -> tuple[Person, ...]:
        """Those of a household who would be fetched: at home, and ready."""
        household = self.households[household_id]
        return ready_people(household, self.presence.of(household), self.day)

    def asked(self, household_id: str) -> tuple[Person, ...]:
        """Those whom a stop of the household would be for; where nobody is ready any more, as `expected_people`."""
        household = self.households[household_id]
        return expected_people(household, self.presence.of(household), self.day)

    def boarded(self, stop: StopRow) -> tuple[Person, ...]:
        """Who boarded at a stop; also those who belong to another part of the family since."""
        seats = [seat for seat in self.passengers.get(stop.trip_id, ()) if seat.stop_id == stop.id]
        on_board = {seat.person_id for seat in seats}
        homes = dict.fromkeys((stop.household_id, *(seat.household_id for seat in seats)))
        return tuple(p for one in homes for p in self.households[one].people if p.id in on_board)

    def aboard(self, stop: StopRow) -> tuple[Person, ...]:
        """Those who take a place: who boarded, or who is still expected; nobody where the stop came to nothing."""
        if stop.result == StopResult.OPEN:
            return self.expected(stop)
        return self.boarded(stop) if stop.result == StopResult.BOARDED else ()

    def met(self, trip_id: str) -> tuple[Person, ...]:
        """People who came along without being on the list."""
        ids = {p.person_id: p.household_id for p in self.passengers.get(trip_id, ()) if p.met}
        return tuple(p for hid in sorted(set(ids.values())) for p in self.households[hid].people if p.id in ids)

    def waiting(self) -> list[Household]:
        """Ready for the day, and in no trip of it."""
        taken = self.on_trips()
        return [self.households[one] for one in self.households if one in self.ready and one not in taken]

    def on_trips(self) -> set[str]:
        """Households that stand on a trip of the day or boarded one."""
        return {
            stop.household_id
            for trip in self.trips
            for stop in self.stops.get(trip.id, ())
            if trip.status != TripStatus.CANCELLED and StopResult(stop.result) in TAKES_A_PLACE
        }

    def waits_since(self, household_id: str) -> date | None:
        """The day of the request, or else of the decision, or else of the record."""
        row = self.rows[household_id]
        moment = row.requested_at or row.decided_at or row.created_at
        return kyiv_day(moment) if moment else None

    def days_waiting(self, household_id: str) -> int:
        since = self.waits_since(household_id)
        return max(0, (self.day - since).days) if since else 0

    def fixed(self, trip: TripRow) -> bool:
        """A trip that planning leaves alone: on the road, back, or with results."""
        if trip.status in (TripStatus.DEPARTED, TripStatus.ARRIVED):
            return True
        return bool(self.passengers.get(trip.id)) or any(
            stop.result != StopResult.OPEN for stop in self.stops.get(trip.id, ())
        )

    def stays(self, trip: TripRow) -> bool:
        """A trip that planning leaves as it is: fixed, pinned, or with a pinned stop and a rule overridden by hand."""
        if self.fixed(trip):
            return True
        stops = self.stops.get(trip.id, ())
        pinned = trip.pinned or (bool(trip.override_reason) and any(stop.pinned for stop in stops))
        return pinned and trip.status == TripStatus.PLANNED

    def pin(self, stop_id: str) -> Pin | None:
        """Vehicle and minute of a pinned stop."""
        for trip in self.trips:
            for stop in self.stops.get(trip.id, ()):
                if stop.id == stop_id and stop.pinned:
                    return Pin(trip.vehicle_id, stop.arrive)
        return None

    def outs(self, vehicle_id: str) -> tuple[Out, ...]:
        """When this vehicle, or any driver, is not to be had that day."""
        return tuple(
            Out(
                Window(row.from_minute or 0, LAST_MINUTE if row.until_minute is None else row.until_minute),
                row.reason,
                row.driver_id or "",
            )  # fmt: skip
            for row in self.drop_outs
            if row.vehicle_id == vehicle_id or row.driver_id
        )

    def trip(self, trip_id: str) -> TripRow:
        """A trip of the day; UserError "plan.trip_gone"."""
        found = next((trip for trip in self.trips if trip.id == trip_id), None)
        if found is None:
            raise UserError("plan.trip_gone")
        return found


def read_day(db: Database, day: date, also: Iterable[str] = ()) -> DayRecords:
    """The records of `day`; `also` are more households to look at."""
    trips = sorted(stores.trips.where(db, work_on=day), key=lambda trip: trip.number)
    ids = [trip.id for trip in trips]
    stops = sorted(stores.stops.where(db, trip_id=ids, freed=False), key=lambda stop: stop.position)
    passengers = stores.passengers.where(db, trip_id=ids)
    notices = {row.household_id: row for row in stores.notices.where(db, work_on=day)}
    said_so = _said_ready(db)
    listed = {stop.household_id for stop in stops} | {passenger.household_id for passenger in passengers}
    wanted = said_so | listed | notices.keys() | set(also)
    households = {household.id: household for household in load_households(db, list(wanted))}
    presence = Presence.on(db, [p.id for h in households.values() for p in h.people], day)
    ready = (one for one in said_so if waits(households[one], presence.of(households[one]), day))
    settlements = {h.settlement_id for h in households.values() if h.settlement_id}
    return DayRecords(
        day=day,
        trips=tuple(trips),
        stops={trip_id: tuple(s for s in stops if s.trip_id == trip_id) for trip_id in ids},
        passengers={trip_id: tuple(p for p in passengers if p.trip_id == trip_id) for trip_id in ids},
        vehicles={row.id: row for row in stores.vehicles.all(db)},
        drivers={row.id: row for row in stores.drivers.all(db)},
        destinations={row.id: row for row in stores.destinations.all(db)},
        households=households,
        rows={row.id: row for row in stores.households.where(db, id=list(wanted))},
        ready=frozenset(ready),
        places={row.id: row for row in stores.settlements.where(db, id=settlements)},
        notices=notices,
        left_over={row.household_id: row for row in stores.left_overs.where(db, work_on=day)},
        presence=presence,
        layouts=layouts_by_vehicle(db),
        drop_outs=tuple(
            sorted(stores.drop_outs.where(db, work_on=day), key=lambda row: (row.from_minute or 0, row.id))
        ),
    )


def _said_ready(db: Database) -> set[str]:
    """Households that may be ready for some day, by their own word or that of a member; none that was merged."""
    words = [Decision.PACKED.value, Decision.WANTS_PICKUP.value]
    people = {row.household_id for row in stores.people.where(db, decision=words)}
    rows = stores.households.where(db, decision=words) + stores.households.where(db, id=people)
    return {row.id for row in rows if row.merged_into is None}


def open_lists(db: Database, day: date, household_ids: Iterable[str]) -> dict[str, str]:
    """Those of whom nobody knows what became of them on an earlier day -> the number of the newest such list."""
    wanted = set(household_ids)
    stops = stores.stops.where(db, result=StopResult.OPEN.value, freed=False)
    stops = [stop for stop in stops if stop.work_on < day and stop.household_id in wanted]
    trips = {trip.id: trip for trip in stores.trips.where(db, id={stop.trip_id for stop in stops})}
    return {
        stop.household_id: list_number(stop.work_on, trips[stop.trip_id].number)
        for stop in sorted(stops, key=lambda stop: (stop.work_on, stop.id))
        if trips[stop.trip_id].status != TripStatus.CANCELLED
    }


def back_of(trip: TripRow) -> int:
    """The minute of the working date at which the vehicle is free again: as it came back, or else as planned.

    An arrival that was entered without its hour on a later day tells nothing about that hour.
    """
    came = kyiv(trip.arrived_at) if trip.arrived_at and trip.status == TripStatus.ARRIVED else None
    if came is None or came.date() != trip.work_on:
        return trip.back
    return max(trip.depart, came.hour * 60 + came.minute)


def head_of(household: Household) -> PersonName:
    """The head's name, or that of the first member."""
    head = next((person for person in household.people if person.id == household.head_id), None)
    if head is None:
        head = household.people[0] if household.people else None
    return head.name if head else PersonName()


def phones_of(household: Household) -> tuple[str, ...]:
    """Phones as they are read aloud, each with whose it is."""
    return tuple(
        f"{show_phone(contact.e164) if contact.e164 else contact.raw}{f' ({contact.note})' if contact.note else ''}"
        for contact in household.contacts
    )


def driver_phone(driver: DriverRow | None) -> str:
    """As it is read aloud; "" without a driver or a phone."""
    if driver is None:
        return ""
    return show_phone(driver.phone) if driver.phone else driver.phone_raw
