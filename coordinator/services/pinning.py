"""Pins: what somebody decided stays, whatever is planned again.

A pinned trip keeps its vehicle, driver, stops, order and times. A pinned stop keeps its vehicle and its minute; who
else is on that trip may change.
"""

from __future__ import annotations

from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.session import Act, Session
from db import stores
from db.rows import StopRow, TripRow


def pin_trip(session: Session, trip_id: str, pinned: bool = True) -> Outcome[None]:
    """Planning leaves the trip as it is, and by hand it is changed only after its pin was taken off (False).

    UserError "plan.trip_gone", "plan.trip_arrived".
    """
    label = "pin_trip" if pinned else "unpin_trip"
    with session.act(label) as act:
        trip = _planned(act, stores.trips.get(act.db, trip_id))
        act.describe(list=list_number(trip.work_on, trip.number))
        stores.trips.change(act.db, trip_id, pinned=pinned)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def pin_stop(session: Session, stop_id: str, pinned: bool = True) -> Outcome[None]:
    """The household is fetched by this vehicle at this minute; False takes the pin off.

    UserError "results.stop_gone", "plan.stop_has_result", "plan.trip_arrived".
    """
    label = "pin_stop" if pinned else "unpin_stop"
    with session.act(label) as act:
        stop = stores.stops.get(act.db, stop_id)
        if stop is None or stop.freed:
            raise UserError("results.stop_gone")
        trip = _planned(act, stores.trips.get(act.db, stop.trip_id))
        number = _number(act, stop)
        if stop.result != StopResult.OPEN:
            raise UserError("plan.stop_has_result", number=number)
        act.describe(number=number, list=list_number(trip.work_on, trip.number))
        stores.stops.change(act.db, stop_id, pinned=pinned)
        act.touch(Touched.SCHEDULE, stop.household_id)
    return act.outcome(None)


def _planned(act: Act, trip: TripRow | None) -> TripRow:
    if trip is None or trip.status == TripStatus.CANCELLED:
        raise UserError("plan.trip_gone")
    if trip.status == TripStatus.ARRIVED:
        raise UserError("plan.trip_arrived", number=trip.number)
    return trip


def _number(act: Act, stop: StopRow) -> int:
    row = stores.households.get(act.db, stop.household_id)
    return row.number if row else 0
