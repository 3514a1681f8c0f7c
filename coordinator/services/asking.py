"""When to ask households again, without having spoken with them now."""

from __future__ import annotations

from collections.abc import Collection

from coordinator.domain.decision import Again
from coordinator.domain.names import clean
from coordinator.outcome import Outcome, Touched
from coordinator.services.standing import live
from coordinator.session import Session
from db import stores


def ask_again(session: Session, household_ids: Collection[str], again: Again) -> Outcome[int]:
    """Set when to ask these households again, and who; returns how many. UserError "household.gone"."""
    with session.act("ask_again", count=len(household_ids)) as act:
        for household_id in household_ids:
            row = live(act, household_id)
            act.describe(number=row.number if len(household_ids) == 1 else "")
            stores.households.change(act.db, household_id, again_at=again.at, again_by=clean(again.by))
            act.touch(Touched.DECISIONS, household_id)
    return act.outcome(len(household_ids))
