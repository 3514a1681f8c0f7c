"""The stops that are planned for a household, and whether their trips still have the places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from coordinator.domain.schedule import Breach
from coordinator.domain.trip import StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.queries.day_records import read_day
from coordinator.queries.draft import DayDraft
from coordinator.queries.problem import Rules, Scene
from db import stores
from db.connection import Database

_FULL = frozenset({Breach.SEATS, Breach.WHEELCHAIR, Breach.STRETCHER})


@dataclass(frozen=True, slots=True)
class StopNews:
    """An open stop: the number of its list, its day, whose it is, how many are expected. `full`: too few places."""

    list_number: str
    day: date
    household_id: str
    number: int
    people: int
    full: bool = False


def planned_stops(db: Database, household_ids: Collection[str], rules: Rules) -> tuple[StopNews, ...]:
    """Stops without a result, by day; those of earlier days too, whose results are still to come."""
    open_stops = stores.stops.where(db, household_id=list(household_ids), result=StopResult.OPEN.value, freed=False)
    found = []
    for day in sorted({stop.work_on for stop in open_stops}):
        records = read_day(db, day)
        overfull = _overfull(db, records.day, rules)
        for trip in records.trips:
            if trip.status == TripStatus.CANCELLED:
                continue
            for stop in records.stops[trip.id]:
                if stop.household_id in household_ids and stop.result == StopResult.OPEN:
                    number, people = records.households[stop.household_id].number, len(records.expected(stop))
                    listed = list_number(day, trip.number)
                    found.append(StopNews(listed, day, stop.household_id, number, people, trip.id in overfull))
    return tuple(found)


def _overfull(db: Database, day: date, rules: Rules) -> set[str]:
    records = read_day(db, day)
    try:
        findings = DayDraft.of(db, records, Scene.of(db, records, rules)).findings()
    except UserError:
        # Without a base or a transit centre nothing can be judged.
        return set()
    return {trip_id for trip_id, found in findings.items() if any(one.breach in _FULL for one in found)}
