"""What several verbs share when they write trips and stops. Used inside an action; opens none itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from coordinator.domain.schedule import LeftReason, PlannedTrip
from coordinator.domain.trip import PICKUP_LIST, StopResult, TripStatus
from coordinator.outcome import Touched
from coordinator.queries.draft import DayDraft, DraftTrip
from coordinator.session import Act
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import LeftOverRow, StopRow, TripRow


def next_trip_number(db: Database, day: date) -> int:
    """Numbers go on through the day; a printed list keeps its number, since cancelled trips stay."""
    return 1 + max((trip.number for trip in stores.trips.where(db, work_on=day)), default=0)


def is_printed(db: Database, trip_id: str) -> bool:
    return bool(stores.printed.where(db, trip_id=trip_id, kind=PICKUP_LIST))


def drop_stop(act: Act, stop: StopRow) -> None:
    """Take a household off a trip; where its paper is out the line stays, marked as taken off."""
    if is_printed(act.db, stop.trip_id):
        stores.stops.change(act.db, stop.id, freed=True)
    else:
        stores.stops.remove(act.db, [stop.id])
    act.touch(Touched.SCHEDULE, stop.household_id)


def close_trip(act: Act, trip: TripRow) -> None:
    """Give a trip up with all its stops: deleted, or cancelled where its paper is out."""
    stops = stores.stops.where(act.db, trip_id=trip.id)
    if is_printed(act.db, trip.id):
        stores.trips.change(act.db, trip.id, status=TripStatus.CANCELLED.value)
        for stop in stops:
            stores.stops.change(act.db, stop.id, freed=True)
    else:
        stores.stops.remove(act.db, [stop.id for stop in stops])
        stores.trips.remove(act.db, [trip.id])
    act.touch(Touched.SCHEDULE, *(stop.household_id for stop in stops))


def new_trip_row(
    trip_id: str, day: date, number: int, times: PlannedTrip, driver_id: str | None, destination_id: str
) -> TripRow:
    return TripRow(
        trip_id, day, number, times.vehicle_id, driver_id, destination_id, times.depart, times.back, times.km
    )


def change_times(act: Act, trip_id: str, times: PlannedTrip, transit: str) -> None:
    """A planned trip replaces what was overridden by hand. `transit`: where it ends unless it says otherwise."""
    stores.trips.change(
        act.db, trip_id, depart=times.depart, back=times.back, km=times.km, driver_id=times.driver_id,
        destination_id=times.destination_id or transit, override_reason="",
    )  # fmt: skip


def write_stops(act: Act, trip_id: str, day: date, times: PlannedTrip, pinned: Collection[str] = ()) -> None:
    """Open stops in the order of the plan; those that stand on the trip keep their rows. `pinned`: households."""
    rows = {row.household_id: row for row in stores.stops.where(act.db, trip_id=trip_id, freed=False)}
    fresh = []
    for position, stop in enumerate(times.stops, start=1):
        row = rows.get(stop.household_id)
        if row is not None:
            stores.stops.change(act.db, row.id, position=position, arrive=stop.arrive, leave=stop.leave)
        else:
            one = StopRow(new_id(), trip_id, day, position, stop.household_id, stop.arrive, stop.leave)
            fresh.append(one._replace(pinned=stop.household_id in pinned))
    stores.stops.add(act.db, fresh)


def write_draft(act: Act, draft: DayDraft, trip_ids: Iterable[str]) -> None:
    """Write the trips of a draft that differ from the register: new ones, new times, another order."""
    day = draft.records.day
    for trip_id in sorted(trip_ids, key=list(draft.trips).index):
        trip = draft.trips[trip_id]
        row = stores.trips.get(act.db, trip_id)
        times = trip.times or PlannedTrip(trip.vehicle_id, trip.driver_id, 0, 0, ())
        if row is None:
            number = next_trip_number(act.db, day)
            to = trip.destination_id or draft.scene.hub("transit").destination_id
            base = new_trip_row(trip.id, day, number, times, trip.driver_id, to)
            stores.trips.add(act.db, [base])
        else:
            stores.trips.change(
                act.db, trip_id, vehicle_id=trip.vehicle_id, driver_id=trip.driver_id, depart=times.depart,
                back=times.back, km=times.km,
            )  # fmt: skip
        _write_stops(act, draft, trip, times)


def _write_stops(act: Act, draft: DayDraft, trip: DraftTrip, times: PlannedTrip) -> None:
    planned = {stop.household_id: stop for stop in times.stops}
    before = {row.id: row for row in stores.stops.where(act.db, trip_id=trip.id, freed=False)}
    fresh: list[StopRow] = []
    for position, stop in enumerate(trip.stops, start=1):
        time = planned.get(stop.household_id) if stop.active else None
        old = before.get(stop.id)
        if old is not None:
            arrive, leave = (time.arrive, time.leave) if time else (old.arrive, old.leave)
            stores.stops.change(act.db, stop.id, position=position, arrive=arrive, leave=leave)
        elif time is not None:
            day = draft.records.day
            fresh.append(StopRow(stop.id, trip.id, day, position, stop.household_id, time.arrive, time.leave))
        act.touch(Touched.SCHEDULE, stop.household_id)
    stores.stops.add(act.db, fresh)


def set_left_over(act: Act, day: date, household_id: str, reason: LeftReason | None) -> None:
    """Write why a household is in no trip of the day; None: it is in one now."""
    old = stores.left_overs.where(act.db, work_on=day, household_id=household_id)
    stores.left_overs.remove(act.db, [row.id for row in old])
    if reason is not None:
        stores.left_overs.add(act.db, [LeftOverRow(new_id(), day, household_id, reason.value)])
    act.touch(Touched.SCHEDULE, household_id)


def free_elsewhere(act: Act, household_id: str, first: date, last: date | None, keep_trip: str) -> list[str]:
    """Take a household's open stops of the days `first` to `last` (None: no end) off other trips; returns those."""
    rows = stores.stops.where(act.db, household_id=household_id, result=StopResult.OPEN.value, freed=False)
    others = [
        row for row in rows if row.trip_id != keep_trip and first <= row.work_on and (not last or row.work_on <= last)
    ]
    for stop in others:
        drop_stop(act, stop)
    return [stop.trip_id for stop in others]
