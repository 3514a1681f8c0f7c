"""The planner's view of a day: who is to be picked up, with what, and by which rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator.domain.household import Household
from coordinator.domain.person import Person, age_on
from coordinator.domain.roads import Ways
from coordinator.domain.schedule import (
    ANY_SPACE,
    DayProblem,
    Hub,
    Load,
    Pickup,
    Pin,
    Point,
    Stands,
    TravelRules,
    VehicleDay,
    Way,
    Window,
)
from coordinator.domain.seating import carriers_in, party_load
from coordinator.domain.trip import PICKUP_LIST, TAKES_A_PLACE, StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.planning.travel import NO_WAY, Geometric, Recorded, hub_place
from coordinator.queries.day_records import DayRecords, back_of, open_lists, read_day
from coordinator.queries.hours import Hours
from coordinator.queries.pairs import held_households
from coordinator.queries.ways import travel_rules, ways_on
from coordinator.queries.who_next import points
from coordinator.session import Session
from coordinator.settings import (
    CARRY_MINUTES,
    LAPS,
    PERSON_MINUTES,
    STOP_MINUTES,
    UNLOAD_MINUTES,
)
from db import stores
from db.connection import Database
from db.rows import DestinationRow, SettlementRow, TripRow, VehicleRow

DAY_STARTS, DAY_ENDS = 6 * 60, 18 * 60
"""Hours of a vehicle for which none are given."""
POINT = 100
"""Weight of one point of "who is next"."""
_RAION = Point(49.71, 37.61)
"""Kupiansk, for the hours of daylight when nothing else is known."""
_LATIN = str.maketrans("ВСДЕ", "BCDE")
MOST_DAYS = 99
"""Days waiting decide between equals and never weigh as much as one point."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that a plan follows; minutes."""

    stop: int
    person: int
    carry: int
    unloading: int
    travel: TravelRules
    now: datetime
    laps: bool = False


def rules_of(session: Session) -> Rules:
    return Rules(
        stop=session.setting(STOP_MINUTES),
        person=session.setting(PERSON_MINUTES),
        carry=session.setting(CARRY_MINUTES),
        unloading=session.setting(UNLOAD_MINUTES),
        travel=travel_rules(session.setting),
        now=session.clock(),
        laps=session.setting(LAPS),
    )


def build_problem(session: Session, day: date, confirmed: frozenset[str] = frozenset()) -> DayProblem:
    """What is to be planned: the households ready for `day` that no fixed trip has, and the fleet's free hours.

    `confirmed` are households planned although they may be the same family as another one.
    UserError "plan.no_base", "plan.no_transit".
    """
    with session.reading() as db:
        return planning_problem(db, day, rules_of(session), confirmed)


def planning_problem(db: Database, day: date, rules: Rules, confirmed: frozenset[str] = frozenset()) -> DayProblem:
    """As `build_problem`, on the connection given."""
    records = read_day(db, day)
    fixed = [trip for trip in records.trips if records.stays(trip)]
    kept = {s.household_id for trip in fixed for s in records.stops[trip.id] if StopResult(s.result) in TAKES_A_PLACE}
    free = [h for h in _ready(records) if h.id not in kept]
    held = held_households(db, records, [household.id for household in free], confirmed)
    unknown = open_lists(db, day, [household.id for household in free])
    scene = Scene.of(db, records, rules)
    pins, before = _pins(records), _stands(db, records)
    urgent = points(db, day, rules.now, [household.id for household in free])
    pickups = [
        replace(
            scene.pickup(h, records.going(h.id), held.get(h.id), unknown.get(h.id, "")),
            weight=weight_of(urgent.get(h.id, 0.0), records.days_waiting(h.id)),
            pinned=pins.get(h.id),
            stands=before.get(h.id),
        )
        for h in free
    ]
    return scene.problem(pickups, free_vehicles(records, fixed, scene.hop()), _brought(records, fixed))


def _brought(records: DayRecords, fixed: Iterable[TripRow]) -> dict[str, int]:
    """People by destination on trips that stay as they are."""
    found: dict[str, int] = {}
    for trip in fixed:
        people = sum(len(records.aboard(stop)) for stop in records.stops[trip.id]) + len(records.met(trip.id))
        if trip.destination_id and trip.status != TripStatus.CANCELLED:
            found[trip.destination_id] = found.get(trip.destination_id, 0) + people
    return found


def _less(hub: Hub, taken: Mapping[str, int]) -> Hub:
    """A destination with the places that are left."""
    if hub.places is None:
        return hub
    return replace(hub, places=max(0, hub.places - taken.get(hub.destination_id, 0)))


def weight_of(score: float, days_waiting: int) -> int:
    """What a household counts when places are short: its points in "who is next", and between equals the days."""
    return POINT * round(max(0.0, score)) + min(days_waiting, MOST_DAYS)


def _stands(db: Database, records: DayRecords) -> dict[str, Stands]:
    """Household -> its stop on a trip that a new plan would replace."""
    trips = [trip for trip in records.trips if trip.status == TripStatus.PLANNED and not records.stays(trip)]
    rows = stores.printed.where(db, trip_id=[trip.id for trip in trips], kind=PICKUP_LIST) if trips else ()
    printed = {row.trip_id for row in rows}
    return {
        stop.household_id: Stands(trip.vehicle_id, trip.number, stop.arrive, trip.id in printed)
        for trip in trips
        for stop in records.stops[trip.id]
    }


def _pins(records: DayRecords) -> dict[str, Pin]:
    """Household -> what was decided for it, on trips that planning may change."""
    trips = [trip for trip in records.trips if trip.status == TripStatus.PLANNED and not records.stays(trip)]
    found = ((stop.household_id, records.pin(stop.id)) for trip in trips for stop in records.stops[trip.id])
    return {household_id: pin for household_id, pin in found if pin is not None}


def _ready(records: DayRecords) -> list[Household]:
    """Ready households; those with nobody recorded stay, to be named as left over."""
    return sorted((records.households[one] for one in records.ready), key=lambda h: h.number)


@dataclass(frozen=True, slots=True)
class Scene:
    """The hubs, hours, places and rules of a day, ready to turn households into pickups.

    `others`: where trips may end besides the transit centre: further ones, and dormitories, where people stay.
    Without a base or a transit centre it still tells places and hours; `problem` then raises UserError.
    """

    records: DayRecords
    rules: Rules
    hubs: dict[str, Hub]
    hours: Hours
    ways: tuple[Way, ...] = ()
    others: tuple[Hub, ...] = ()

    @classmethod
    def of(cls, db: Database, records: DayRecords, rules: Rules) -> Scene:
        places = {row.settlement_id for row in records.destinations.values() if row.settlement_id}
        known = {row.id: row for row in stores.settlements.where(db, id=places)}
        rows = records.destinations.values()
        bases, transits = hubs(rows, known, "base", 0), hubs(rows, known, "transit", rules.unloading)
        found = {kind: places[0] for kind, places in (("base", bases), ("transit", transits)) if places}
        others = (*transits[1:], *hubs(rows, known, "dormitory", rules.unloading))
        hours, ways = Hours(records.day, stores.curfews.all(db)), ways_on(db, records.day, _ends(records))
        return cls(records, rules, found, hours, ways, others)

    def hub(self, kind: str) -> Hub:
        """ "base" or "transit"; UserError "plan.no_base", "plan.no_transit"."""
        if kind not in self.hubs:
            raise UserError(f"plan.no_{kind}")
        return self.hubs[kind]

    def problem(
        self, pickups: Iterable[Pickup], vehicles: Iterable[VehicleDay], taken: Mapping[str, int] | None = None
    ) -> DayProblem:
        """`taken`: people by destination whom trips bring that are not looked at."""
        base = self.hub("base")
        transit, *others = (_less(one, taken or {}) for one in (self.hub("transit"), *self.others))
        return DayProblem(
            self.records.day.isoformat(), tuple(pickups), tuple(vehicles), base, transit, self.rules.travel,
            self.ways, tuple(others),
        )  # fmt: skip

    def window(self, place: SettlementRow | None) -> Window:
        """When a vehicle may stand there; by the light at the base where the place is not known."""
        point, _estimated = self.point(place)
        if point is None:
            point = self.hubs["base"].point if "base" in self.hubs else _RAION
        return self.hours.at(place.hromada if place else "", point)

    def hop(self) -> int:
        """Minutes from the transit centre to the base; where that way is closed, as if it were not."""
        base, transit = self.hub("base"), self.hub("transit")
        if base.point == transit.point:
            return 0
        straight = Geometric(self.rules.travel)
        places = [hub_place(transit), hub_place(base)]
        minutes = int(Recorded(Ways(self.ways), straight).legs(places).minutes[0, 1])
        return int(straight.legs(places).minutes[0, 1]) if minutes >= NO_WAY else minutes

    def pickup(
        self, household: Household, people: tuple[Person, ...], held_by: int | None = None, open_list: str = ""
    ) -> Pickup:
        place = self.records.place(household.id)
        point, estimated = self.point(place)
        load = self.load(household, people)
        return Pickup(
            household_id=household.id,
            number=household.number,
            load=load,
            children=sum(map(self._is_child, people)),
            point=point,
            window=self.window(place),
            service=self.service(load),
            weight=0,
            estimated=estimated,
            held_by=held_by,
            settlement=place.name if place else household.settlement_text,
            open_list=open_list,
            settlement_id=place.id if place else "",
            pets=carriers_in(household.pets) > 0,
        )

    def load(self, household: Household, people: Sequence[Person]) -> Load:
        """The places that these people of a household take, with what they bring."""
        return party_load(
            people, self.records.day, luggage=household.luggage, pets=household.pets, laps=self.rules.laps
        )

    def service(self, load: Load) -> int:
        """Minutes at the door."""
        carried = load.wheelchair + load.stretcher
        return self.rules.stop + self.rules.person * load.people + self.rules.carry * carried

    def _is_child(self, person: Person) -> bool:
        return age_on(person.birth, self.records.day).is_child

    def point(self, place: SettlementRow | None) -> tuple[Point | None, bool]:
        """Where a settlement is, and whether that is only an estimate (its hromada's centre)."""
        if place is None or place.lat is None or place.lon is None:
            return None, False
        return Point(place.lat, place.lon), place.estimated


def _ends(records: DayRecords) -> set[str]:
    """Where the day's ways begin and end: its households' settlements, and all destinations."""
    homes = {household.settlement_id for household in records.households.values()}
    hubs = {end for row in records.destinations.values() for end in (row.id, row.settlement_id)}
    return {end for end in homes | hubs if end}


def hubs(rows: Iterable[DestinationRow], known: dict[str, SettlementRow], kind: str, unloading: int) -> list[Hub]:
    """The active destinations of a kind whose place is known, by name."""
    found = []
    for row in sorted((row for row in rows if row.kind == kind and row.active), key=lambda row: (row.name, row.id)):
        place = known.get(row.settlement_id or "")
        lat, lon = (row.lat, row.lon) if row.lat is not None or place is None else (place.lat, place.lon)
        if lat is not None and lon is not None:
            found.append(Hub(
                row.id, Point(lat, lon), unloading, row.settlement_id or "", row.name, row.free_places, row.takes_pets,
                row.takes_wheelchairs,
            ))  # fmt: skip
    return found


def hours_of(vehicle: VehicleRow) -> Window:
    start, end = vehicle.available_from, vehicle.available_until
    return Window(DAY_STARTS if start is None else start, DAY_ENDS if end is None else end)


def capacity_of(vehicle: VehicleRow) -> Load:
    """The places of its usual layout."""
    space = ANY_SPACE if vehicle.space is None else vehicle.space
    return Load(vehicle.seats, vehicle.wheelchair, vehicle.stretcher, space)


def vehicle_day(
    records: DayRecords, vehicle: VehicleRow, window: Window, driver_id: str | None, used: int = 0
) -> VehicleDay:
    """`used`: minutes that its driver is on the road that day beside what is looked at."""
    driver = records.drivers.get(driver_id or "")
    licence = category((driver.licence if driver else "") or vehicle.licence)
    return VehicleDay(
        vehicle.id, vehicle.plate, capacity_of(vehicle), window, licence, driver.id if driver else None,
        records.layouts.get(vehicle.id, ()),
        None if driver is None or driver.most_minutes is None else max(0, driver.most_minutes - used),
        vehicle.model,
        records.outs(vehicle.id),
    )  # fmt: skip


def category(licence: str) -> str:
    """The widest category for passengers that a licence names ("B, C1, D" is D), in Latin letters."""
    names = re.split(r"[^A-Z0-9]+", licence.upper().translate(_LATIN))
    return next((name for name in ("D", "D1", "B") if name in names), licence.strip())


def free_vehicles(records: DayRecords, fixed: Iterable[TripRow], hop: int) -> list[VehicleDay]:
    """Active vehicles in their longest free stretch of the day, beside the trips that stay.

    A driver drives one vehicle: of several that name him the one with most places has him. `hop` is the way
    between transit centre and base: the planner begins at the base, and the trip before ended elsewhere.
    """
    busy = list(fixed)
    found, driving = [], set[str]()
    for vehicle in sorted(records.vehicles.values(), key=lambda v: (-capacity_of(v).people, v.plate)):
        if not vehicle.active or not capacity_of(vehicle).people:
            continue
        hours = hours_of(vehicle)
        driver_id = vehicle.driver_id if vehicle.driver_id not in driving else None
        outs = records.outs(vehicle.id)
        if any(out.driver_id == driver_id and out.window.start <= hours.start for out in outs if out.driver_id):
            driver_id = None  # Somebody else may drive it: the checker warns until there is one.
        out_of_use = [out.window for out in outs if out.driver_id in ("", driver_id)]
        taken = [t for t in busy if t.vehicle_id == vehicle.id or (driver_id and t.driver_id == driver_id)]
        window = longest_gap(hours, [*out_of_use, *(Window(t.depart - hop, back_of(t) + hop) for t in taken)])
        if window is None:
            continue
        if driver_id:
            driving.add(driver_id)
        used = sum(back_of(trip) - trip.depart for trip in busy if driver_id and trip.driver_id == driver_id)
        found.append(vehicle_day(records, vehicle, window, driver_id, used))
    return sorted(found, key=lambda v: v.plate)


def longest_gap(hours: Window, taken: Iterable[Window]) -> Window | None:
    """The longest part of `hours` outside all of `taken`; the earlier of two equal ones."""
    gaps, start = [], hours.start
    for window in sorted(taken, key=lambda window: window.start):
        gaps.append(Window(start, min(window.start, hours.end)))
        start = max(start, window.end)
    gaps.append(Window(start, hours.end))
    open_gaps = [gap for gap in gaps if gap.end > gap.start]
    return max(open_gaps, key=lambda gap: gap.end - gap.start, default=None)
