"""What was proposed for a breakdown becomes the day's plan: one action, which one key takes back."""

from __future__ import annotations

from coordinator.domain.schedule import LeftOver
from coordinator.domain.trip import list_number
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.draft import DayDraft
from coordinator.queries.moving import load_draft
from coordinator.queries.problem import rules_of
from coordinator.queries.rescue import Moved, Rescue
from coordinator.queries.telling import CHANGE_TOLD
from coordinator.services.drop_outs import enter_drop_out
from coordinator.services.trip_writing import close_trip, drop_stop, is_printed, set_left_over, write_draft
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import DropOutRow, LeftOverRow


def accept_rescue(session: Session, rescue: Rescue) -> Outcome[tuple[str, ...]]:
    """Write the proposal; returns the numbers of printed lists that are void by it.

    Done stops stay. Where the vehicle broke down it is out of use from that minute. UserError "plan.outdated": the
    day has changed since the proposal was made, nothing is written.
    """
    rules = rules_of(session)
    with session.act(CHANGE_TOLD) as act:
        now = load_draft(act.db, rescue.day, rules)
        if _as_it_stands(now) != _as_it_stands(rescue.base):
            raise UserError("plan.outdated")
        void = tuple(
            list_number(rescue.day, now.records.trip(trip_id).number)
            for trip_id in (*rescue.freed, *rescue.changed)
            if is_printed(act.db, trip_id)
        )
        if rescue.vehicle_id is not None:
            enter_drop_out(
                act, DropOutRow(new_id(), rescue.day, rescue.vehicle_id, None, rescue.minute, None, rescue.reason)
            )
        act.describe(**_facts(rescue, now))
        for one in rescue.moved:
            if one.trip_before in rescue.freed:
                _free(act, rescue, one)
        write_draft(act, rescue.draft, (*rescue.changed, *rescue.new))
        for trip_id in rescue.freed:
            _end(act, trip_id, rescue.reason)
        _leave_over(act, rescue)
        act.touch(Touched.SCHEDULE, *(one.household_id for one in rescue.moved))
    return act.outcome(void)


def _facts(rescue: Rescue, now: DayDraft) -> dict[str, object]:
    """What the history says, and what the list of those to be told is read from: ids and minutes, no names.

    `told`: household, minute and vehicle before.
    """
    vehicle = now.records.vehicles.get(rescue.vehicle_id or now.trips[rescue.freed[0]].vehicle_id)
    told = [[one.household_id, one.arrive_before, now.trips[one.trip_before].vehicle_id] for one in rescue.moved]
    return {"plate": vehicle.plate if vehicle else "–", "day": rescue.day.isoformat(), "told": told}


def _as_it_stands(draft: DayDraft) -> object:
    """What a proposal was made from: trips, their stops and results, minutes, and who cannot come."""
    trips = {
        trip.id: (
            trip.vehicle_id,
            trip.driver_id,
            trip.pinned,
            trip.times,
            [(s.id, s.active, s.pinned) for s in trip.stops],
        )
        for trip in draft.trips.values()
    }
    results = {stop.id: stop.result for stops in draft.records.stops.values() for stop in stops}
    status = {trip.id: trip.status for trip in draft.records.trips}
    return trips, results, status, draft.records.drop_outs


def _free(act: Act, rescue: Rescue, one: Moved) -> None:
    for stop in stores.stops.where(act.db, trip_id=one.trip_before, household_id=one.household_id, freed=False):
        if stop.pinned:
            stores.stops.change(act.db, stop.id, pinned=False)
        drop_stop(act, stop)


def _end(act: Act, trip_id: str, reason: str) -> None:
    """Where nothing was done the trip is given up; else it stays with what was done, and with the reason."""
    trip = stores.trips.get(act.db, trip_id)
    if trip is None:
        return
    if trip.pinned:
        stores.trips.change(act.db, trip_id, pinned=False)
    if stores.stops.where(act.db, trip_id=trip_id, freed=False) or stores.passengers.where(act.db, trip_id=trip_id):
        said = "; ".join(part for part in (trip.override_reason, reason) if part)
        stores.trips.change(act.db, trip_id, override_reason=said)
    else:
        close_trip(act, trip)


def _leave_over(act: Act, rescue: Rescue) -> None:
    placed = {one.household_id for one in rescue.moved if one.trip_after is not None}
    reasons: dict[str, LeftOver] = {one.household_id: one for one in rescue.left}
    for household_id in placed:
        set_left_over(act, rescue.day, household_id, None)
    for household_id, one in reasons.items():
        set_left_over(act, rescue.day, household_id, None)
        row = LeftOverRow(new_id(), rescue.day, household_id, one.reason.value, one.facts or None)
        stores.left_overs.add(act.db, [row])
