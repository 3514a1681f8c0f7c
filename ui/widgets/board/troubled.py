"""Which trips no longer fit, and with what they could be driven: worked out over the day that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coordinator.domain.schedule import Breach, Finding
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.board import BoardTrip
from coordinator.queries.draft import DayDraft
from coordinator.queries.moving import propose_vehicle
from ui.widgets.schedule.reading import DayView


def troubled(view: DayView) -> tuple[BoardTrip, ...]:
    """Trips of the day that no longer fit, in the order in which they leave.

    One that was overridden with a reason counts only while its vehicle or driver cannot come.
    """
    found = (trip for trip in view.live if reasons(view, trip))
    return tuple(sorted(found, key=lambda trip: (trip.depart, trip.number)))


def reasons(view: DayView, trip: BoardTrip) -> tuple[Finding, ...]:
    """Why it does not fit, the gravest first."""
    if trip.status is TripStatus.ARRIVED or not _carries(trip):
        return ()
    over = bool(trip.override_reason)
    breaches = [one for one in trip.breaches if one.breach is Breach.OUT or not over]
    excused = over or any(one.id == trip.vehicle_id and one.licence_reason for one in view.vehicles)
    kinds = {Breach.NO_DRIVER} if excused else {Breach.NO_DRIVER, Breach.LICENCE}
    warnings = [one for one in trip.warnings if one.breach in kinds]
    return (*breaches, *warnings)


def _carries(trip: BoardTrip) -> bool:
    return any(stop.result in (StopResult.OPEN, StopResult.BOARDED) for stop in trip.stops) or bool(trip.met)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A vehicle that could drive a trip: `breaches` of it then."""

    vehicle_id: str
    breaches: tuple[Finding, ...]


def fitting(draft: DayDraft, trip_id: str, vehicle_ids: Sequence[str]) -> tuple[Fitting, ...]:
    """Those with which the trip would be sound first. Run it in the pool."""
    found = []
    for vehicle_id in vehicle_ids:
        try:
            move = propose_vehicle(draft, trip_id, vehicle_id)
        except UserError:
            continue
        found.append(Fitting(vehicle_id, move.breaches))
    return tuple(sorted(found, key=lambda one: len(one.breaches)))
