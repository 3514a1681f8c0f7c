"""The days that have passed: who was brought out, by which vehicle, when, and that a couple came back in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from coordinator.demo.area import Area
from coordinator.demo.fleet import SIZE
from coordinator.demo.people import LEFT, Families
from coordinator.domain.days import KYIV
from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import place_of
from coordinator.domain.person import Relation
from coordinator.domain.schedule import Load
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.planning.travel import Geometric, Place
from coordinator.queries.ways import default_travel
from coordinator.services.writing import HouseholdDraft, write_households
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import DecisionRow, EventRow, PassengerRow, StopRow, TripRow, VehicleRow

SHARES = (64, 74, 86, 50, 0, 80, 85, 58, 88, 15)
"""People brought out on each of the ten days, by the eleven vehicles; the last is today, one is a day without trips."""
_CAME_BACK, _LEFT_AGAIN = 3, 6
_TODAYS_VEHICLES = 2
"""Only the first few are out in the morning of today; the others wait for the plan."""
_FIRST_DOOR, _EARLIEST = 8 * 60, 6 * 60 + 30
_AT_THE_DOOR, _UNLOADING = 8, 20
_TRAVEL = Geometric(default_travel())


@dataclass(frozen=True, slots=True)
class Party:
    """A household as it stands on a trip: new, or (with ids) one that was brought out before."""

    draft: HouseholdDraft
    load: Load
    household_id: str = ""
    person_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Run:
    """One vehicle's trip under way of being filled."""

    vehicle: VehicleRow
    parties: list[Party] = field(default_factory=list)
    load: Load = Load()

    def takes(self, party: Party) -> bool:
        offered = Load(self.vehicle.seats, self.vehicle.wheelchair, self.vehicle.stretcher)
        return (self.load + party.load).fits(offered)

    def add(self, party: Party) -> None:
        self.parties.append(party)
        self.load = self.load + party.load


@dataclass(frozen=True, slots=True)
class Past:
    """What was written: how many people left with us, and the trips with their last stops, for failed tries."""

    people: int
    trips: tuple[tuple[TripRow, StopRow], ...]


def moment_of(act: Act, day: date, minutes: int) -> datetime:
    """That minute of the day in UTC; never later than now."""
    wall = datetime.combine(day, time(), KYIV) + timedelta(minutes=minutes)
    return min(wall.astimezone(UTC), act.now)


def at(act: Act, moment: datetime) -> Act:
    """The same action, writing as if it were `moment`."""
    return replace(act, now=moment)


class PastDays:
    """Writes the ten days, one after the other. `scale`: how many times the people of SHARES."""

    def __init__(self, act: Act, families: Families, area: Area, fleet: Sequence[VehicleRow], scale: float) -> None:
        self._act, self._families, self._area = act, families, area
        self._fleets = [fleet[start : start + SIZE] for start in range(0, len(fleet), SIZE)]
        self._share = scale / len(self._fleets)
        self._stream = families.stream(LEFT)
        self._waiting: list[deque[Party]] = [deque() for _ in self._fleets]
        self._owed = [0.0 for _ in self._fleets]
        self._couple: Party | None = None
        self._trips: list[tuple[TripRow, StopRow]] = []
        self._people = 0

    def write(self, tick: Callable[[float], None]) -> Past:
        today = self._families.today
        for index, share in enumerate(SHARES):
            day = today - timedelta(days=len(SHARES) - 1 - index)
            if index == _CAME_BACK and self._couple is not None:
                self._come_back(self._couple, day)
            if share:
                self._day(index, day, share)
            tick((index + 1) / len(SHARES))
        return Past(self._people, tuple(self._trips))

    def _day(self, index: int, day: date, share: int) -> None:
        runs: list[Run] = []
        for number, fleet in enumerate(self._fleets):
            out = fleet[:_TODAYS_VEHICLES] if index == len(SHARES) - 1 else fleet
            again = self._couple if index == _LEFT_AGAIN and number == 0 else None
            runs += self._fill(number, share * self._share, [Run(vehicle) for vehicle in out], again)
        written = self._write_parties(day, runs)
        if index == 0:
            self._couple = _couple(written)
        self._write_runs(day, written)

    def _fill(self, number: int, people: float, runs: list[Run], again: Party | None) -> list[Run]:
        """Seat as many as the day brings; who finds no place goes the next day."""
        self._owed[number] += people
        parties = list(self._waiting[number])
        while sum(party.load.people for party in parties) < self._owed[number]:
            draft = next(self._stream)
            parties.append(Party(draft, sum((place_of(person.needs) for person in draft.people), Load())))
        order = {home.id: place for place, home in enumerate(self._area.homes)}
        parties.sort(key=lambda party: (party.load.seats == party.load.people, order[party.draft.settlement_id or ""]))
        self._waiting[number].clear()
        for party in ([again] if again else []) + parties:
            run = next((run for run in runs if run.takes(party)), None)
            if run is None:
                self._waiting[number].append(party)
            else:
                run.add(party)
                self._owed[number] -= party.load.people if party is not again else 0
        return [run for run in runs if run.parties]

    def _write_parties(self, day: date, runs: list[Run]) -> list[Run]:
        """Enter the households of a day; the runs come back with ids."""
        drafts = [self._evacuated(party.draft, day) for run in runs for party in run.parties if not party.household_id]
        ids = write_households(at(self._act, moment_of(self._act, day, 19 * 60)), drafts)
        self._people += sum(len(draft.people) for draft in drafts)
        members: dict[str, list[tuple[int, str]]] = {}
        for person in stores.people.where(self._act.db, household_id=ids):
            members.setdefault(person.household_id, []).append((person.position, person.id))
        asked = moment_of(self._act, day - timedelta(days=1), 18 * 60)
        stores.decisions.add(
            self._act.db,
            [DecisionRow(new_id(), key, Decision.WANTS_PICKUP.value, day, "", asked, self._act.user) for key in ids],
        )
        fresh = iter(ids)
        for run in runs:
            run.parties = [
                party if party.household_id else _with_ids(party, next(fresh), members) for party in run.parties
            ]
        return runs

    def _evacuated(self, draft: HouseholdDraft, day: date) -> HouseholdDraft:
        days, minutes = self._families.random.randint(1, 4), self._families.random.randint(480, 1200)
        asked = moment_of(self._act, day - timedelta(days=days), minutes)
        return replace(draft, decision=Decision.EVACUATED, requested_at=asked, source="training")

    def _write_runs(self, day: date, runs: list[Run]) -> None:
        trips, stops, passengers, events = [], [], [], []
        for number, run in enumerate(runs, start=1):
            trip, own = self._trip(day, number, run)
            trips.append(trip)
            stops += own
            self._trips.append((trip, own[-1]))
            for stop, party in zip(own, run.parties, strict=True):
                for person_id in party.person_ids:
                    passengers.append(PassengerRow(new_id(), trip.id, stop.id, person_id, party.household_id))
                    events.append(self._event(trip, party, person_id))
        stores.trips.add(self._act.db, trips)
        stores.stops.add(self._act.db, stops)
        stores.passengers.add(self._act.db, passengers)
        stores.events.add(self._act.db, events)

    def _trip(self, day: date, number: int, run: Run) -> tuple[TripRow, list[StopRow]]:
        points = [self._area.points[party.draft.settlement_id or ""] for party in run.parties]
        places = [Place(point) for point in (self._area.base, *points, self._area.transit)]
        minutes, hectometres = _TRAVEL.legs(places)
        depart = max(_EARLIEST, _FIRST_DOOR - int(minutes[0, 1]))
        trip_id, clock, stops = new_id(), depart, []
        for position, party in enumerate(run.parties, start=1):
            clock += int(minutes[position - 1, position])
            leave = clock + _AT_THE_DOOR + party.load.people
            stops.append(
                StopRow(
                    new_id(), trip_id, day, position, party.household_id, clock, leave, StopResult.BOARDED.value,
                    result_at=moment_of(self._act, day, leave),
                )
            )  # fmt: skip
            clock = leave
        back = clock + int(minutes[len(points), len(points) + 1]) + _UNLOADING
        km = sum(int(hectometres[leg, leg + 1]) for leg in range(len(points) + 1)) / 10
        row = TripRow(
            trip_id, day, number, run.vehicle.id, run.vehicle.driver_id, self._area.transit_id, depart, back, km,
            TripStatus.ARRIVED.value, moment_of(self._act, day, back),
        )  # fmt: skip
        return row, stops

    def _event(self, trip: TripRow, party: Party, person_id: str) -> EventRow:
        return EventRow(
            new_id(), person_id, party.household_id, EventKind.BY_US.value, trip.work_on,
            moment_of(self._act, trip.work_on, trip.back + 15), trip.id, party.draft.settlement_id,
            self._area.transit_id,
        )  # fmt: skip

    def _come_back(self, couple: Party, day: date) -> None:
        """They returned to their animals; later they leave again, so that there are more events than people."""
        noon, again = moment_of(self._act, day, 12 * 60), day + timedelta(days=_LEFT_AGAIN - _CAME_BACK)
        stores.events.add(
            self._act.db,
            [
                EventRow(
                    new_id(), person_id, couple.household_id, EventKind.RETURNED.value, day, noon,
                    settlement_id=couple.draft.settlement_id,
                )
                for person_id in couple.person_ids
            ],
        )  # fmt: skip
        told = ((Decision.RETURNED, noon), (Decision.EVACUATED, moment_of(self._act, again, 19 * 60)))
        rows = (DecisionRow(new_id(), couple.household_id, kind.value, None, "", when) for kind, when in told)
        stores.decisions.add(self._act.db, rows)


def _couple(runs: Iterable[Run]) -> Party | None:
    """Two by themselves, both walking."""
    parties = (party for run in runs for party in run.parties)
    return next((party for party in parties if _is_couple(party.draft) and party.load == Load(seats=2)), None)


def _is_couple(draft: HouseholdDraft) -> bool:
    return tuple(person.relation for person in draft.people) == (Relation.HEAD, Relation.SPOUSE)


def _with_ids(party: Party, household_id: str, members: dict[str, list[tuple[int, str]]]) -> Party:
    ids = tuple(person_id for _position, person_id in sorted(members[household_id]))
    return replace(party, household_id=household_id, person_ids=ids)
