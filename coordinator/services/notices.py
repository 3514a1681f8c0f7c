"""The call list of a day: was the household told when it is picked up?"""

from __future__ import annotations

from datetime import date

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import expected_people
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.services.standing import refuse, take_back_refusal
from coordinator.services.trip_writing import drop_stop
from coordinator.session import Act, Session
from coordinator.standing_notes import SAID_NO
from db import stores
from db.ids import new_id
from db.rows import HouseholdRow, NoticeRow


def set_notice(session: Session, household_id: str, day: date, outcome: CallOutcome) -> Outcome[None]:
    """Record the call; a later call of the day replaces it.

    "Said no" is a refusal: the decision follows and the stop of that day comes free, so that planning can use the
    place. Of people who have left or are on board the call is noted, and nothing else. Another outcome after it
    takes the refusal back, where nobody has decided otherwise since; the household is then ready again and in no
    trip. UserError "household.gone".
    """
    with session.act("set_notice") as act:
        row = stores.households.get(act.db, household_id)
        if row is None or row.merged_into is not None:
            raise UserError("household.gone")
        act.describe(number=row.number, day=day.isoformat(), outcome=outcome.value)
        before = stores.notices.where(act.db, household_id=household_id, work_on=day)
        stores.notices.remove(act.db, [row.id for row in before])
        stores.notices.add(act.db, [NoticeRow(new_id(), household_id, day, outcome.value, act.now, act.user)])
        had_said_no = any(row.outcome == CallOutcome.SAID_NO for row in before)
        if outcome is CallOutcome.SAID_NO and not had_said_no and _can_still_say_no(act, row, day):
            _said_no(act, household_id, day)
        elif had_said_no and outcome is not CallOutcome.SAID_NO:
            take_back_refusal(act, household_id, SAID_NO)
        act.touch(Touched.SCHEDULE, household_id)
    return act.outcome(None)


def _can_still_say_no(act: Act, row: HouseholdRow, day: date) -> bool:
    """Not those who are gone, nor those of whom somebody boarded that day: the call came too late."""
    if Decision(row.decision) in GONE:
        return False
    seats = stores.passengers.where(act.db, household_id=row.id)
    trips = stores.trips.where(act.db, id={seat.trip_id for seat in seats})
    if any(trip.work_on == day for trip in trips):
        return False
    (household,) = load_households(act.db, [row.id])
    presence = Presence.on(act.db, [person.id for person in household.people], day)
    return not household.people or bool(presence.of(household))


def _said_no(act: Act, household_id: str, day: date) -> None:
    (household,) = load_households(act.db, [household_id])
    at_home = Presence.on(act.db, [person.id for person in household.people], day).of(household)
    refuse(act, household, expected_people(household, at_home, day), SAID_NO, day)
    for stop in stores.stops.where(act.db, household_id=household_id, work_on=day, freed=False):
        if stop.result == StopResult.OPEN:
            drop_stop(act, stop)
