"""The call list of a day: was the household told when it is picked up?"""

from __future__ import annotations

from datetime import date

from coordinator.domain.decision import Decision
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.decisions import set_decision
from coordinator.services.standing import restore_decision
from coordinator.services.trip_writing import drop_stop
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import NoticeRow
from resources.i18n import _


def set_notice(session: Session, household_id: str, day: date, outcome: CallOutcome) -> Outcome[None]:
    """Record the call; a later call of the day replaces it.

    "Said no" is a refusal: the decision follows and the stop of that day comes free, so that planning can use the
    place. Another outcome after it takes the refusal back, where nobody has decided otherwise since; the household
    is then ready again and in no trip. UserError "household.gone".
    """
    with session.act("set_notice", day=day.isoformat(), outcome=outcome.value) as act:
        if stores.households.get(act.db, household_id) is None:
            raise UserError("household.gone")
        before = stores.notices.where(act.db, household_id=household_id, work_on=day)
        stores.notices.remove(act.db, [row.id for row in before])
        stores.notices.add(act.db, [NoticeRow(new_id(), household_id, day, outcome.value, act.now, act.user)])
        had_said_no = any(row.outcome == CallOutcome.SAID_NO for row in before)
        if outcome is CallOutcome.SAID_NO and not had_said_no:
            _said_no(act, household_id, day)
        elif had_said_no and outcome is not CallOutcome.SAID_NO:
            _take_back(act, household_id)
        act.touch(Touched.SCHEDULE, household_id)
    return act.outcome(None)


def _said_no(act: Act, household_id: str, day: date) -> None:
    reason = _("said no on the call for {day}").format(day=f"{day:%d.%m.%Y}")
    set_decision(act, household_id, Decision.REFUSED, reason=reason)
    for stop in stores.stops.where(act.db, household_id=household_id, work_on=day, freed=False):
        if stop.result == StopResult.OPEN:
            drop_stop(act, stop)


def _take_back(act: Act, household_id: str) -> None:
    row = stores.households.get(act.db, household_id)
    if row is not None and row.decision == Decision.REFUSED:
        restore_decision(act, household_id)
