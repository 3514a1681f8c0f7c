"""The crews of a day: who is out with which vehicle, what they said last, and what was hit near their open stops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.domain.addresses import house_key, house_of, street_key, street_of
from coordinator.domain.crews import CrewRules, CrewStop, Run, Standing, WordKind, by_need, standing
from coordinator.domain.days import moment_of
from coordinator.domain.shelling import CLOSE, NearHit, Shelled
from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.queries.day_records import DayRecords, driver_phone, read_day
from coordinator.queries.incidents import shelled_since
from coordinator.queries.problem import Scene, rules_of
from coordinator.session import Session
from coordinator.settings import CREW_HIT_HOURS, CREW_LEAVE, CREW_SILENCE, CREW_SOUND, CREW_TOLERANCE
from db import stores
from db.connection import Database
from db.rows import CrewWordRow, StopRow, TripRow


@dataclass(frozen=True, slots=True)
class CrewWord:
    """`expected_back` in minutes of the trip's day."""

    word_id: str
    kind: WordKind
    said_at: datetime
    expected_back: int | None
    note: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class HitNear:
    """A hit close to a stop that nobody has been to yet."""

    number: int
    place: str
    hit: NearHit


@dataclass(frozen=True, slots=True)
class CrewLine:
    """A trip with its crew. `words`: the newest first. `escort`: who goes along beside the driver."""

    trip_id: str
    day: date
    list_number: str
    status: TripStatus
    plate: str
    model: str
    driver: str
    phone: str
    escort: str
    run: Run
    departed_at: datetime | None
    words: tuple[CrewWord, ...] = ()
    hits: tuple[HitNear, ...] = ()
    people: int = 0

    @property
    def last(self) -> CrewWord | None:
        return self.words[0] if self.words else None

    def minute(self, now: datetime) -> int:
        """Minutes since midnight of the trip's day, past 1440 on the next one."""
        return int((now - moment_of(self.day, 0)) / timedelta(minutes=1))

    def standing(self, now: datetime, rules: CrewRules) -> Standing:
        return standing(self.run, self.minute(now), rules)


@dataclass(frozen=True, slots=True)
class CrewBoard:
    """All crews of a day; `hours` for which hits are told."""

    day: date
    lines: tuple[CrewLine, ...]
    rules: CrewRules
    hours: int
    sound: bool = True

    def at(self, now: datetime) -> list[tuple[CrewLine, Standing]]:
        """Every crew as it stands now, in the order of what needs attention. Asks nothing of the register."""
        found = [(line, line.standing(now, self.rules)) for line in self.lines]
        return [found[place] for place in by_need([one for _line, one in found])]


def crew_rules(session: Session) -> CrewRules:
    return CrewRules(session.setting(CREW_TOLERANCE), session.setting(CREW_SILENCE), session.setting(CREW_LEAVE))


def day_crews(session: Session, day: date) -> CrewBoard:
    """The crews of `day`, with those of the day before that are still out."""
    rules, hours = rules_of(session), session.setting(CREW_HIT_HOURS)
    now = session.clock()
    with session.reading() as db:
        shelled = shelled_since(db, now - timedelta(hours=hours), now)
        lines: list[CrewLine] = []
        for one in (day - timedelta(days=1), day):
            trips = [row for row in stores.trips.where(db, work_on=one) if _counts(row, today=one == day)]
            if trips:
                records = read_day(db, one)
                lines += _lines(db, records, Scene.of(db, records, rules), trips, shelled)
    kept = [line for line in lines if line.day == day or line.run.returned is None]
    return CrewBoard(day, tuple(kept), crew_rules(session), hours, session.setting(CREW_SOUND))


def _counts(trip: TripRow, today: bool) -> bool:
    if today:
        return trip.status != TripStatus.CANCELLED
    return trip.status == TripStatus.DEPARTED and trip.departed_at is not None


def _lines(
    db: Database, records: DayRecords, scene: Scene, trips: Iterable[TripRow], shelled: Shelled
) -> list[CrewLine]:
    wanted = list(trips)
    words: dict[str, list[CrewWordRow]] = {}
    for row in stores.crew_words.where(db, trip_id={trip.id for trip in wanted}):
        words.setdefault(row.trip_id, []).append(row)
    return [_line(records, scene, trip, words.get(trip.id, ()), shelled) for trip in wanted]


def _line(records: DayRecords, scene: Scene, trip: TripRow, words: Sequence[CrewWordRow], shelled: Shelled) -> CrewLine:
    vehicle, driver = records.vehicles.get(trip.vehicle_id), records.drivers.get(trip.driver_id or "")
    stops = sorted(records.stops.get(trip.id, ()), key=lambda stop: stop.position)
    if trip.status == TripStatus.PLANNED:
        words = ()  # Its departure was taken back: what was said on the road holds no longer, least of all "back".
    told = tuple(_word(row) for row in sorted(words, key=lambda row: (row.said_at, row.id), reverse=True))
    return CrewLine(
        trip.id,
        trip.work_on,
        list_number(trip.work_on, trip.number),
        TripStatus(trip.status),
        vehicle.plate if vehicle else "",
        vehicle.model if vehicle else "",
        driver.name if driver else "",
        driver_phone(driver),
        trip.crew,
        _run(records, scene, trip, stops, told),
        trip.departed_at,
        told,
        tuple(_hits(records, stops, shelled)) if trip.status != TripStatus.ARRIVED else (),
        sum(len(records.aboard(stop)) for stop in stops),
    )


def _run(records: DayRecords, scene: Scene, trip: TripRow, stops: Sequence[StopRow], words: Sequence[CrewWord]) -> Run:
    def minute(at: datetime | None) -> int | None:
        return None if at is None else int((at - moment_of(trip.work_on, 0)) / timedelta(minutes=1))

    still_open = [stop for stop in stops if stop.result == StopResult.OPEN]
    ends = [scene.window(records.place(stop.household_id)).end for stop in still_open]
    back = next((word.said_at for word in words if word.kind is WordKind.BACK), trip.arrived_at)
    returned = minute(back)
    if returned is None and trip.status == TripStatus.ARRIVED:
        returned = trip.back
    departed = minute(trip.departed_at)
    if departed is None and trip.status == TripStatus.DEPARTED:
        departed = trip.depart
    return Run(
        trip.depart,
        trip.back,
        tuple(
            CrewStop(_place(records, stop), stop.arrive, stop.leave, stop.result != StopResult.OPEN) for stop in stops
        ),
        departed,
        minute(words[0].said_at) if words else None,
        next((word.expected_back for word in words if word.expected_back is not None), None),
        returned,
        min(ends, default=None),
    )


def _place(records: DayRecords, stop: StopRow) -> str:
    place = records.place(stop.household_id)
    return place.name if place else records.households[stop.household_id].settlement_text


def _hits(records: DayRecords, stops: Iterable[StopRow], shelled: Shelled) -> Iterable[HitNear]:
    """For each open stop the nearest of what was hit close to it."""
    for stop in stops:
        household = records.households[stop.household_id]
        if stop.result != StopResult.OPEN:
            continue
        address = household.address
        near = shelled.near(household.settlement_id, street_key(street_of(address)), house_key(house_of(address)))
        close = next((hit for hit in near if hit.nearness in CLOSE), None)
        if close is not None:
            yield HitNear(household.number, _place(records, stop), close)


def _word(row: CrewWordRow) -> CrewWord:
    return CrewWord(row.id, WordKind(row.kind), row.said_at, row.expected_back, row.note, row.noted_by)
