"""Verbs on those whom a list no longer names: what became of them. Nobody is deleted for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.missing import LEFT, OPEN_QUESTIONS, Answer
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.presence import Presence
from coordinator.services.decisions import enter_decision, enter_departure, enter_own
from coordinator.services.standing import live
from coordinator.session import Act, Session
from db import stores
from db.rows import HouseholdRow, MissingRow, PersonRow


def answer_missing(
    session: Session, missing_ids: Collection[str], answer: Answer, on: date | None = None
) -> Outcome[int]:
    """Say what became of them, all in one action; returns how many.

    Of those who left, the departure is recorded with its day (`on`, default today), unless the register knows it
    already. UserError "missing.decided" where somebody has answered meanwhile, "household.gone", and those of
    `departures`: one that cannot be recorded keeps all from being recorded, and is named.
    """
    with session.act("answer_missing", count=len(missing_ids), answer=answer.value) as act:
        for missing_id in missing_ids:
            row = stores.missing.get(act.db, missing_id)
            if row is None or row.state not in OPEN_QUESTIONS:
                raise UserError("missing.decided")
            if answer in LEFT:
                _record(act, row, answer, on or kyiv_day(act.now))
            stores.missing.change(act.db, row.id, state=answer.value, decided_at=act.now, decided_by=act.user)
            act.touch(Touched.MISSING | Touched.HOUSEHOLDS, row.household_id)
    return act.outcome(len(missing_ids))


def _record(act: Act, row: MissingRow, answer: Answer, on: date) -> None:
    household = live(act, row.household_id)
    person = stores.people.get(act.db, row.person_id) if row.person_id else None
    if _is_away(act, household, person, on):
        return
    if answer is Answer.WITH_US:
        enter_departure(act, household.id, EventKind.BY_US, on, only=[person.id] if person else None)
    elif person is None:
        enter_decision(act, household, Said(Decision.LEFT_THEMSELVES, on=on))
    else:
        enter_own(act, household, person, Said(Decision.LEFT_THEMSELVES, on=on))


def _is_away(act: Act, household: HouseholdRow, person: PersonRow | None, on: date) -> bool:
    """The register says so already; what it says stays."""
    if person is None:
        return Decision(household.decision) in GONE
    return not Presence.on(act.db, [person.id], on).is_there(person.id)
