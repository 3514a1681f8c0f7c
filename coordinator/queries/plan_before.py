"""The plan that stands before a day is planned again: whom it can fetch, for the comparison with the new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from coordinator.domain.schedule import Breach, Finding
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.queries.day_records import DayRecords, read_day
from coordinator.queries.draft import DayDraft
from coordinator.queries.problem import Scene, rules_of
from coordinator.session import Session
from db.rows import TripRow

_OF_ONE_HOUSEHOLD = frozenset({Breach.OPEN_RESULT, Breach.POSSIBLE_DUPLICATE})


def planned_before(session: Session, day: date) -> frozenset[str]:
    """Households on the trips that planning would replace, as far as these trips can still be driven.

    A trip that breaks a rule now counts only where somebody gave a reason for it. UserError "plan.no_base",
    "plan.no_transit".
    """
    rules = rules_of(session)
    with session.reading() as db:
        records = read_day(db, day)
        findings = DayDraft.of(db, records, Scene.of(db, records, rules)).findings()
    open_trips = [trip for trip in records.trips if trip.status == TripStatus.PLANNED and not records.stays(trip)]
    return frozenset(one for trip in open_trips for one in _sound(records, trip, findings.get(trip.id, ())))


def _sound(records: DayRecords, trip: TripRow, findings: Sequence[Finding]) -> Iterator[str]:
    breaches = [finding for finding in findings if not finding.warning and not trip.override_reason]
    vehicle = records.vehicles.get(trip.vehicle_id)
    if vehicle is None or not vehicle.active or any(one.breach not in _OF_ONE_HOUSEHOLD for one in breaches):
        return
    out = {finding.household_id for finding in breaches}
    for stop in records.stops[trip.id]:
        if stop.result == StopResult.OPEN and stop.household_id not in out:
            yield stop.household_id
