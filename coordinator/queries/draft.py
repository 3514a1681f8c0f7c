"""A day's trips as they would be after a change by hand: new times, and what the checker says of them.

The same draft is shown while somebody moves a household and written when they let go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from coordinator.domain.person import Person
from coordinator.domain.schedule import DayProblem, Finding, Pickup, PlannedStop, PlannedTrip, VehicleDay
from coordinator.domain.trip import PICKUP_LIST, TAKES_A_PLACE, StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.planning.check import check
from coordinator.planning.timing import retime
from coordinator.queries.day_records import DayRecords, back_of, open_lists
from coordinator.queries.pairs import open_partners
from coordinator.queries.problem import Scene, hours_of, vehicle_day
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import TripRow


@dataclass(slots=True)
class DraftStop:
    """`active`: takes a place; a stop that came to nothing keeps its line and its times."""

    id: str
    household_id: str
    active: bool = True
    pinned: bool = False


@dataclass(slots=True)
class DraftTrip:
    id: str
    vehicle_id: str
    driver_id: str | None
    arrived: bool
    stops: list[DraftStop]
    times: PlannedTrip | None = None
    pinned: bool = False
    destination_id: str = ""

    @property
    def runs(self) -> bool:
        """It has somebody to fetch, or has been driven."""
        return self.arrived or bool(self.households)

    @property
    def households(self) -> list[str]:
        return [stop.household_id for stop in self.stops if stop.active]


@dataclass(slots=True)
class DayDraft:
    """`trips` by id, without the cancelled ones; `changed` are those that `settle` gave new times.

    `partners`: undecided possible duplicates; `printed`: trips whose list is out; `unknown`: households of whom
    nobody knows what became of them on an earlier day, with that list's number.
    """

    records: DayRecords
    scene: Scene
    partners: dict[str, set[str]]
    printed: frozenset[str]
    unknown: dict[str, str] = field(default_factory=dict)
    trips: dict[str, DraftTrip] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    _as_read: dict[str, list[Finding]] | None = None
    _known: dict[tuple[str, int | None, str], Pickup] = field(default_factory=dict)

    @classmethod
    def of(cls, db: Database, records: DayRecords, scene: Scene) -> DayDraft:
        live = (trip for trip in records.trips if trip.status != TripStatus.CANCELLED)
        partners = open_partners(db, records.households, records.day)
        rows = stores.printed.where(db, work_on=records.day, kind=PICKUP_LIST)
        printed = frozenset(row.trip_id for row in rows if row.trip_id)
        unknown = open_lists(db, records.day, records.households)
        trips = {trip.id: _draft_trip(records, trip) for trip in live}
        return cls(records, scene, partners, printed, unknown, trips)

    def copy(self) -> DayDraft:
        """The same day, to try something on."""
        self.as_read()
        trips = {trip.id: replace(trip, stops=list(trip.stops)) for trip in self.trips.values()}
        return replace(self, trips=trips, changed=set())

    def as_read(self) -> dict[str, list[Finding]]:
        """What the checker said before anything was changed; asked before the first change."""
        if self._as_read is None:
            self._as_read = self.findings()
        return self._as_read

    def trip(self, trip_id: str) -> DraftTrip:
        """A trip that can still change; UserError "plan.trip_gone", "plan.trip_arrived", "plan.trip_pinned"."""
        trip = self.trips.get(trip_id)
        if trip is None:
            raise UserError("plan.trip_gone")
        if trip.arrived:
            raise UserError("plan.trip_arrived", number=self.records.trip(trip_id).number)
        if trip.pinned:
            raise UserError("plan.trip_pinned", number=self.records.trip(trip_id).number)
        return trip

    def add_trip(self, vehicle_id: str) -> DraftTrip:
        """A new, empty trip at the end of the vehicle's day, with the vehicle's own driver."""
        vehicle = self.records.vehicles.get(vehicle_id)
        if vehicle is None:
            raise UserError("vehicle.gone")
        driver_id = vehicle.driver_id if vehicle.driver_id in self.records.drivers else None
        trip = DraftTrip(new_id(), vehicle_id, driver_id, arrived=False, stops=[])
        self.trips[trip.id] = trip
        return trip

    def take_off(self, household_id: str) -> tuple[str, DraftStop] | None:
        """Take the household's open stop off its trip; None where it stands on none.

        UserError "plan.has_boarded" for one that is on board, "plan.trip_arrived", "plan.trip_pinned",
        "plan.stop_pinned".
        """
        for trip in self.trips.values():
            for stop in trip.stops:
                if stop.household_id == household_id and stop.active:
                    if self.result_of(stop.id) == StopResult.BOARDED:
                        raise UserError("plan.has_boarded", number=self.records.households[household_id].number)
                    self.trip(trip.id)
                    if stop.pinned:
                        raise UserError("plan.stop_pinned", number=self.records.households[household_id].number)
                    trip.stops.remove(stop)
                    return trip.id, stop
        return None

    def result_of(self, stop_id: str) -> StopResult:
        rows = (row for stops in self.records.stops.values() for row in stops if row.id == stop_id)
        row = next(rows, None)
        return StopResult(row.result) if row else StopResult.OPEN

    def keep_times(self, trip_id: str) -> None:
        """The other stops of a trip come as they were told, though one was taken off."""
        trip = self.trips[trip_id]
        if trip.times is not None:
            staying = set(trip.households)
            stops = tuple(stop for stop in trip.times.stops if stop.household_id in staying)
            trip.times = replace(trip.times, stops=stops)
            self.changed.add(trip_id)

    def settle(self, touched: Iterable[str]) -> None:
        """New times for the touched trips, and for later ones of their vehicles that would start too early."""
        wanted = set(touched)
        for vehicle_id in {self.trips[trip_id].vehicle_id for trip_id in wanted}:
            self._settle_vehicle(vehicle_id, wanted)

    def _settle_vehicle(self, vehicle_id: str, wanted: set[str]) -> None:
        lane = self.lane(vehicle_id)
        problem = self.problem(lane)
        vehicle = next(v for v in problem.vehicles if v.vehicle_id == vehicle_id)
        earliest, first, came = vehicle.window.start, True, ""
        for trip in lane:
            late = trip.times is not None and trip.times.depart < earliest
            free = not trip.arrived and not trip.pinned
            if free and (trip.id in wanted or trip.times is None or (late and trip.households)):
                trip.times = retime(problem, vehicle_id, trip.households, earliest, first, came, trip.destination_id)
                self.changed.add(trip.id)
            if trip.times is not None and trip.runs:
                earliest = max(earliest, trip.times.back + problem.rules.start_service)
                first, came = False, trip.destination_id

    def lane(self, vehicle_id: str) -> list[DraftTrip]:
        """The trips of a vehicle in the order of the day; new ones last."""
        trips = [trip for trip in self.trips.values() if trip.vehicle_id == vehicle_id]
        return sorted(trips, key=lambda trip: (trip.times is None, trip.times.depart if trip.times else 0))

    def problem(self, trips: Iterable[DraftTrip] | None = None) -> DayProblem:
        """The day as it is drafted: who stands on (these) trips, and the vehicles with all their hours."""
        held = self._held()
        pickups = [
            self._pickup(trip.id, stop, held.get(stop.household_id))
            for trip in (self.trips.values() if trips is None else trips)
            for stop in trip.stops
            if stop.active
        ]
        return self.scene.problem(pickups, self._vehicles())

    def _pickup(self, trip_id: str, stop: DraftStop, held_by: int | None) -> Pickup:
        """Worked out once for all copies: a card that is dragged asks at every move of the hand."""
        key = stop.id, held_by, self._open_list(stop)
        if key not in self._known:
            household = self.records.households[stop.household_id]
            self._known[key] = self.scene.pickup(household, self._people(trip_id, stop), held_by, key[2])
        known = self._known[key]
        return replace(known, pinned=self.records.pin(stop.id)) if stop.pinned else known

    def _open_list(self, stop: DraftStop) -> str:
        """The earlier list that has no result of theirs; "" once they have one of this day."""
        found = self.unknown.get(stop.household_id, "")
        return found if found and self.result_of(stop.id) is StopResult.OPEN else ""

    def _held(self) -> dict[str, int]:
        """Households that may be the same family as one on another trip -> its number."""
        trip_of = {one: trip.id for trip in self.trips.values() for one in trip.households}
        found: dict[str, int] = {}
        for one in self.partners.keys() & trip_of.keys():
            standing = self.partners[one] & trip_of.keys()
            elsewhere = [other for other in standing if trip_of[other] != trip_of[one]]
            if elsewhere:
                found[one] = min(self.records.households[other].number for other in elsewhere)
        return found

    def _people(self, trip_id: str, stop: DraftStop) -> tuple[Person, ...]:
        row = next((row for row in self.records.stops.get(trip_id, ()) if row.id == stop.id), None)
        if row is not None:
            return self.records.aboard(row)
        return self.records.asked(stop.household_id)

    def _vehicles(self) -> list[VehicleDay]:
        drivers = {trip.vehicle_id: trip.driver_id for trip in self.trips.values()}
        return [
            vehicle_day(self.records, vehicle, hours_of(vehicle), drivers.get(vehicle.id, vehicle.driver_id))
            for vehicle in self.records.vehicles.values()
        ]

    def findings(self) -> dict[str, list[Finding]]:
        """What the checker says, by trip."""
        trips = [trip for trip in self.trips.values() if trip.times is not None and trip.runs]
        found: dict[str, list[Finding]] = {}
        for finding in check(self.problem(), [trip.times for trip in trips if trip.times is not None]):
            found.setdefault(trips[finding.trip].id, []).append(finding)
        return found


def _draft_trip(records: DayRecords, row: TripRow) -> DraftTrip:
    stops = [
        DraftStop(stop.id, stop.household_id, StopResult(stop.result) in TAKES_A_PLACE, stop.pinned)
        for stop in records.stops[row.id]
    ]
    arrived = row.status == TripStatus.ARRIVED
    times, to = planned_trip(records, row), row.destination_id or ""
    return DraftTrip(row.id, row.vehicle_id, row.driver_id, arrived, stops, times, row.pinned, to)


def planned_trip(records: DayRecords, row: TripRow) -> PlannedTrip:
    """A trip of the register in the planner's words: the stops that take a place; back when it really was."""
    stops = tuple(
        PlannedStop(stop.household_id, stop.arrive, stop.leave)
        for stop in records.stops[row.id]
        if StopResult(stop.result) in TAKES_A_PLACE
    )
    to = row.destination_id or ""
    return PlannedTrip(row.vehicle_id, row.driver_id, row.depart, back_of(row), stops, row.km, to)
