"""Results in the order of the paper: what came of each stop, and corrections of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Household, expected_people
from coordinator.domain.person import Person
from coordinator.domain.trip import TAKES_A_PLACE, StopResult, TripStatus, goes_backwards
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.boarding import (
    free_other_stops,
    household_of,
    live_trip,
    presence_of,
    refuse_carried,
    refuse_second_stop,
    set_passengers,
)
from coordinator.services.standing import note_try, refuse, take_back_refusal
from coordinator.session import Act, Session
from coordinator.standing_notes import CORRECTED, NOT_HOME, NOT_PICKED_UP, PART_BOARDED, REFUSED_AT_DOOR, coded
from db import stores
from db.rows import StopRow, TripRow


@dataclass(frozen=True, slots=True)
class StopEntry:
    """What the paper says of one stop. `boarded`: who of the household; None: all who were expected.

    `at`: the actual time, None: not said. `reason` is needed where something said before is taken back.
    """

    result: StopResult
    note: str = ""
    boarded: Collection[str] | None = None
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StopRecorded:
    """`changed`: False where the register said so already. `freed`: numbers of other lists that lost the household."""

    changed: bool
    boarded: int = 0
    freed: tuple[str, ...] = ()


def record_stop(
    session: Session,
    stop_id: str,
    result: StopResult,
    *,
    note: str = "",
    boarded: Collection[str] | None = None,
    at: datetime | None = None,
    reason: str = "",
) -> Outcome[StopRecorded]:
    """Record what came of a stop; see `StopEntry`.

    Not home and other: the household stays ready, with a note. Refused: the decision follows. Boarded: on the way;
    it counts as evacuated when the trip arrives (at once, where it has arrived already). Of a part that boarded the
    others stay ready. UserError: "results.needs_reason" for a step backwards or a correction after arrival,
    "results.nobody_boarded", "results.not_of_household", "results.on_another_trip", "departure.left_later",
    "results.planned_elsewhere", "results.taken_off", "results.trip_cancelled", "results.stop_gone".
    """
    with session.reading() as db:
        stop = stores.stops.get(db, stop_id)
        household = stores.households.get(db, stop.household_id) if stop else None
    if household is None:
        raise UserError("results.stop_gone")
    with session.act("record_stop", number=household.number, result=result.value) as act:
        recorded = enter_result(act, stop_id, StopEntry(result, note.strip(), boarded, at, reason.strip()))
    return act.outcome(recorded)


def enter_result(act: Act, stop_id: str, entry: StopEntry) -> StopRecorded:
    """As `record_stop`, inside an action."""
    stop = stores.stops.get(act.db, stop_id)
    if stop is None:
        raise UserError("results.stop_gone")
    trip, household = live_trip(act, stop.trip_id), household_of(act, stop.household_id)
    people = _people(act, trip, household, entry)
    news = _is_news(act, stop, entry, people)
    same_details = entry.note in ("", stop.result_note) and entry.at in (None, stop.result_at)
    if not news and same_details:
        return StopRecorded(False, len(people))
    if news:
        _refuse_backwards(trip, stop, entry)
    if stop.freed and entry.result is not StopResult.BOARDED:
        raise UserError("results.taken_off", number=household.number)
    freed = _write(act, trip, stop, household, entry, people)
    return StopRecorded(True, len(people), freed)


def _people(act: Act, trip: TripRow, household: Household, entry: StopEntry) -> list[Person]:
    """Who boarded."""
    if entry.result is not StopResult.BOARDED:
        return []
    presence = presence_of(act, household, trip.work_on)
    if entry.boarded is None:
        aboard = {row.person_id for row in stores.passengers.where(act.db, trip_id=trip.id)}
        at_door = presence.of(household, trip.id)
        asked = expected_people(household, at_door, trip.work_on)
        people = [person for person in at_door if person in asked or person.id in aboard]
    else:
        people = [person for person in household.people if person.id in entry.boarded]
        if len(people) < len(set(entry.boarded)):
            raise UserError("results.not_of_household", number=household.number)
    if not people:
        raise UserError("results.nobody_boarded", number=household.number)
    refuse_carried(act, people, presence, trip.id)
    return people


def _is_news(act: Act, stop: StopRow, entry: StopEntry, people: list[Person]) -> bool:
    """Another result, or other people, than the register has. A note alone is none."""
    if stop.freed or stop.result != entry.result:
        return True
    rows = stores.passengers.where(act.db, trip_id=stop.trip_id, stop_id=stop.id)
    return {row.person_id for row in rows} != {person.id for person in people}


def _refuse_backwards(trip: TripRow, stop: StopRow, entry: StopEntry) -> None:
    before = StopResult(stop.result)
    corrected = trip.status == TripStatus.ARRIVED and before is not StopResult.OPEN and not stop.freed
    if (corrected or goes_backwards(before, entry.result)) and not entry.reason:
        raise UserError("results.needs_reason", before=before, after=entry.result)


def _write(
    act: Act, trip: TripRow, stop: StopRow, household: Household, entry: StopEntry, people: list[Person]
) -> tuple[str, ...]:
    freed: tuple[str, ...] = ()
    _leave_decision(act, stop, household, entry)
    set_passengers(act, trip, household, stop.id, people)
    if entry.result is StopResult.BOARDED:
        freed = free_other_stops(act, trip, household, whole_day=True)
    if entry.result in TAKES_A_PLACE:
        refuse_second_stop(act, trip, household, stop.id)
    stores.stops.change(
        act.db, stop.id, result=entry.result.value, result_note=entry.note, freed=False,
        result_at=None if entry.result is StopResult.OPEN else entry.at or act.now,
    )  # fmt: skip
    _follow_decision(act, trip, household, entry, people)
    act.touch(Touched.SCHEDULE, household.id)
    return freed


def _leave_decision(act: Act, stop: StopRow, household: Household, entry: StopEntry) -> None:
    """A refusal at the door that was none: the household and its members stand where they stood before."""
    if stop.result == StopResult.REFUSED and entry.result is not StopResult.REFUSED:
        take_back_refusal(act, household.id, REFUSED_AT_DOOR)


def _follow_decision(act: Act, trip: TripRow, household: Household, entry: StopEntry, people: list[Person]) -> None:
    day = trip.work_on
    if entry.result is StopResult.REFUSED and _gone(act, household.id):
        # A late paper: they have left since, so their refusal of that day is history and no decision.
        note_try(act, household.id, coded(REFUSED_AT_DOOR, day, words=entry.note))
    elif entry.result is StopResult.REFUSED:
        at_home = presence_of(act, household, day).of(household, trip.id)
        refuse(act, household, expected_people(household, at_home, day), REFUSED_AT_DOOR, day, entry.note)
    elif entry.result is StopResult.NOT_HOME:
        note_try(act, household.id, coded(NOT_HOME, day, words=entry.note))
    elif entry.result is StopResult.OTHER:
        note_try(act, household.id, coded(NOT_PICKED_UP, day, words=entry.note))
    elif entry.result is StopResult.BOARDED:
        staying = [person for person in household.people if person not in people]
        if entry.boarded is not None and staying:
            numbers = len(people), len(household.people)
            note_try(act, household.id, coded(PART_BOARDED, *numbers, day, words=entry.note))
    if entry.reason:
        note_try(act, household.id, coded(CORRECTED, words=entry.reason))


def _gone(act: Act, household_id: str) -> bool:
    row = stores.households.get(act.db, household_id)
    return row is not None and Decision(row.decision) in GONE
