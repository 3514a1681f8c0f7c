"""Who has to be told that their pickup changed: read from the actions that changed it, so that nothing is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from coordinator.domain.days import moment_of
from coordinator.domain.schedule import clock
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.paper_content import CallList
from coordinator.queries.day_records import DayRecords, head_of, phones_of, read_day
from coordinator.queries.papers import call_list
from coordinator.session import Session
from db import journal
from db.connection import Database
from db.rows import StopRow, TripRow
from resources.i18n import _

CHANGE_TOLD = "accept_rescue"
"""The label of the action that moves the stops of a vehicle that broke down."""
LOOKED_BACK = timedelta(days=7)
"""A day is not changed earlier than this."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """`before`: the minute they were to be fetched before the first change; `after`: now, None: no longer today.

    `outcome` of the last call since the change, `called_at` its moment. `plate` "" where they are on no trip.
    """

    household_id: str
    number: int
    head: str
    phones: tuple[str, ...]
    people: int
    before: int
    after: int | None
    plate: str
    changed_at: datetime
    outcome: CallOutcome | None = None
    called_at: datetime | None = None

    @property
    def told(self) -> bool:
        return self.outcome is CallOutcome.TOLD


def to_tell(session: Session, day: date) -> list[ToTell]:
    """Those whose pickup of `day` a breakdown changed, by the time they have to be told.

    Who has boarded or said no needs no call any more.
    """
    with session.reading() as db:
        changes = _changes(db, day)
        if not changes:
            return []
        records = read_day(db, day, changes)
        found = [one for key, change in changes.items() if (one := _to_tell(records, key, *change)) is not None]
    return sorted(found, key=lambda one: (min(one.before, one.after or one.before), one.number))


def _to_tell(
    records: DayRecords, household_id: str, before: int, vehicle_id: str, changed_at: datetime
) -> ToTell | None:
    household = records.households.get(household_id)
    stop, trip = _standing(records, household_id)
    over = stop.result != StopResult.OPEN if stop is not None else household_id not in records.ready
    after = stop.arrive if stop is not None else None
    as_before = after == before and trip is not None and trip.vehicle_id == vehicle_id
    if household is None or over or as_before:
        return None
    notice = records.notices.get(household_id)
    since = notice if notice is not None and notice.noted_at >= changed_at else None
    return ToTell(
        household_id, household.number, head_of(household).full, phones_of(household),
        len(records.asked(household_id)), before, after,
        records.vehicles[trip.vehicle_id].plate if trip is not None else "", changed_at,
        CallOutcome(since.outcome) if since else None, since.noted_at if since else None,
    )  # fmt: skip


def _standing(records: DayRecords, household_id: str) -> tuple[StopRow | None, TripRow | None]:
    """The last stop of the day that was not taken off, with its trip."""
    found: tuple[StopRow | None, TripRow | None] = (None, None)
    for trip in records.trips:
        for stop in records.stops[trip.id]:
            if stop.household_id == household_id and trip.status != TripStatus.CANCELLED:
                found = stop, trip
    return found


def _changes(db: Database, day: date) -> dict[str, tuple[int, str, datetime]]:
    """Household -> minute and vehicle before the first change of the day, and when the last one was made.

    A change that was taken back needs no asking: the household stands on its old vehicle at its old minute again.
    """
    found: dict[str, tuple[int, str, datetime]] = {}
    since = moment_of(day, 0) - LOOKED_BACK
    for action in journal.actions_of(db, CHANGE_TOLD, since):
        if (action.facts or {}).get("day") != day.isoformat():
            continue
        for household_id, before, vehicle_id in action.facts.get("told", ()):
            first = found.get(household_id, (before, vehicle_id))
            found[household_id] = first[0], first[1], action.done_at
    return found


def tell_paper(session: Session, day: date) -> CallList:
    """The call list of those alone who are still to be told, with the time that they were told before."""
    waiting = {one.number: one for one in to_tell(session, day) if not one.told}
    paper = call_list(session, day)
    rows = [
        replace(row, note=_("was at {time}").format(time=clock(waiting[row.household_number].before)))
        for row in paper.rows
        if row.household_number in waiting
    ]
    return replace(paper, rows=tuple(rows))
