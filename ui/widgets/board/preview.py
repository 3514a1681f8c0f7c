"""What a lane would look like if the card in hand were put down: worked out in memory while it moves."""

from __future__ import annotations

from dataclasses import replace

from coordinator.domain.schedule import Load, PlannedStop, layout_for
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.planning.insertion import minus
from coordinator.queries.board import BoardStop, BoardTrip, HouseholdLine
from coordinator.queries.draft import DraftStop, DraftTrip
from coordinator.queries.moving import Move
from ui.widgets.board.cards import Lane, lane_of
from ui.widgets.schedule.reading import DayView


def lane_after(view: DayView, household_id: str, move: Move) -> Lane | None:
    """The lane of the vehicle that takes the household; None where it goes off its trip."""
    if move.trip_id is None or household_id not in move.draft.trips[move.trip_id].households:
        return None
    vehicle_id = move.draft.trips[move.trip_id].vehicle_id
    trips = [_after(view, trip, household_id, move) for trip in move.draft.lane(vehicle_id)]
    given_up = [trip for trip in view.board.trips if trip.vehicle_id == vehicle_id and trip not in view.live]
    vehicle = next((one for one in view.vehicles if one.id == vehicle_id), None)
    return lane_of(vehicle_id, [*trips, *given_up], view.papers, vehicle, view.outs.get(vehicle_id, ""), household_id)


def _after(view: DayView, draft: DraftTrip, household_id: str, move: Move) -> BoardTrip:
    base = view.trip(draft.id) or _new(view, draft)
    before = {stop.household.household_id: stop for stop in base.stops}
    times = {stop.household_id: stop for stop in draft.times.stops} if draft.times else {}
    stops = tuple(_stop(view, stop, before, times) for stop in draft.stops)
    load = base.load
    stood = household_id in before and before[household_id].result is StopResult.OPEN
    line = view.lines.get(household_id)
    if line is not None and stood != (household_id in draft.households):
        load = minus(load, line.load) if stood else load + line.load
    findings = move.findings if draft.id == move.trip_id else base.findings
    return replace(
        base, stops=stops, load=load, capacity=layout_for(base.layouts, load) or base.layouts[0], findings=findings,
        depart=draft.times.depart if draft.times else base.depart, back=draft.times.back if draft.times else base.back,
    )  # fmt: skip


def _stop(
    view: DayView, stop: DraftStop, before: dict[str, BoardStop], times: dict[str, PlannedStop]
) -> BoardStop:  # fmt: skip
    old, time = before.get(stop.household_id), times.get(stop.household_id)
    if old is None or not stop.active:
        line = view.lines.get(stop.household_id) or _nobody(stop.household_id)
        old = old or BoardStop(stop.id, line, 0, 0, StopResult.OPEN, "", 0)
    return replace(old, arrive=time.arrive, leave=time.leave) if time and stop.active else old


def _nobody(household_id: str) -> HouseholdLine:
    """A household that the day shows nowhere."""
    return HouseholdLine(household_id, 0, "", "", "", (), 0, 0, Load(), 0, False, None)


def _new(view: DayView, draft: DraftTrip) -> BoardTrip:
    vehicle = next(one for one in view.vehicles if one.id == draft.vehicle_id)
    return BoardTrip(
        draft.id, 0, "", TripStatus.PLANNED, draft.vehicle_id, vehicle.plate, vehicle.model, vehicle.capacity,
        draft.driver_id, vehicle.driver, vehicle.phone, "", 0, 0, 0.0, "", (), (), Load(),
        layouts=(vehicle.capacity, *vehicle.layouts),
    )  # fmt: skip
