"""Where a household stands after something came back from the road. Used inside an action; opens none itself."""

from __future__ import annotations

from datetime import date

from coordinator.domain.decision import Decision
from coordinator.outcome import Touched
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.services.decisions import set_decision
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import DecisionRow

_TAKEN_BACK = frozenset({Decision.REFUSED, Decision.EVACUATED})


def note_try(act: Act, household_id: str, note: str) -> None:
    """The decision stands; the history says what came of the pickup. How long they wait does not start anew."""
    row = stores.households.get(act.db, household_id)
    if row is not None:
        entry = DecisionRow(new_id(), household_id, row.decision, row.wants_on, "", act.now, act.user, note)
        stores.decisions.add(act.db, [entry])
        act.touch(Touched.DECISIONS, household_id)


def restore_decision(act: Act, household_id: str, otherwise: Decision = Decision.WANTS_PICKUP) -> None:
    """The decision before a refusal or an evacuation that turned out wrong, with its own day.

    `otherwise` where the history has none.
    """
    entries = stores.decisions.where(act.db, household_id=household_id)
    before = [entry for entry in entries if Decision(entry.kind) not in _TAKEN_BACK]
    last = max(before, key=lambda entry: (entry.decided_at, entry.id), default=None)
    if last is None:
        set_decision(act, household_id, otherwise)
        return
    set_decision(act, household_id, Decision(last.kind), wants_on=last.wants_on, reason=last.reason)
    stores.households.change(act.db, household_id, decided_at=last.decided_at, decided_by=last.decided_by)


def settle_decision(act: Act, household_id: str, day: date, otherwise: Decision = Decision.WANTS_PICKUP) -> None:
    """The decision that the events say: evacuated when everybody left, otherwise as before; a part that left is
    marked, since the others stay ready.
    """
    (household,) = load_households(act.db, [household_id])
    presence = Presence.on(act.db, [person.id for person in household.people], day)
    at_home = presence.of(household)
    if not at_home:
        if household.decision is not Decision.EVACUATED:
            set_decision(act, household_id, Decision.EVACUATED)
        return
    if household.decision is Decision.EVACUATED:
        restore_decision(act, household_id, otherwise)
    if len(at_home) < len(household.people) and not household.part_stays:
        stores.households.change(act.db, household_id, part_stays=True)
    act.touch(Touched.HOUSEHOLDS | Touched.DECISIONS, household_id)
