"""Verbs on where a household stands."""

from __future__ import annotations

from datetime import date

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.events import EventKind
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import DecisionRow, EventRow


def decide(
    session: Session,
    household_id: str,
    decision: Decision,
    *,
    wants_on: date | None = None,
    reason: str = "",
    note: str = "",
    on: date | None = None,
) -> Outcome[None]:
    """Record what a household decided. `on` is the day they left by themselves or returned (default today).

    Leaving by themselves and returning are events of each member who is there (or away); a correction that
    takes such a decision back voids the events it made, so that the counts follow.
    """
    if decision is Decision.EVACUATED:
        raise UserError("decision.evacuated_by_trip")
    with session.act("decide", decision=decision.value) as act:
        set_decision(act, household_id, decision, wants_on=wants_on, reason=reason, note=note)
        day = on or session.today()
        if decision is Decision.LEFT_THEMSELVES:
            _record(act, household_id, EventKind.LEFT_THEMSELVES, day)
        elif decision is Decision.RETURNED:
            _record(act, household_id, EventKind.RETURNED, day)
    return act.outcome(None)


def record_departure(
    session: Session, household_id: str, kind: EventKind, on: date, organisation: str = ""
) -> Outcome[int]:
    """Record that a household was taken out by another organisation, or by us without a trip on the books.

    Returns how many people. UserError "departure.kind" for kinds that are no departure.
    """
    if kind not in (EventKind.OTHER_ORGANISATION, EventKind.BY_US):
        raise UserError("departure.kind")
    with session.act("record_departure", kind=kind.value) as act:
        set_decision(act, household_id, Decision.EVACUATED)
        people = _record(act, household_id, kind, on, organisation)
    return act.outcome(people)


def set_decision(
    act: Act,
    household_id: str,
    decision: Decision,
    *,
    wants_on: date | None = None,
    reason: str = "",
    note: str = "",
) -> None:
    """Write the decision and its history entry; used by every verb that changes it."""
    row = stores.households.get(act.db, household_id)
    if row is None:
        raise UserError("household.gone")
    if row.decision == Decision.LEFT_THEMSELVES and decision not in GONE and decision is not Decision.RETURNED:
        _void(act, household_id, EventKind.LEFT_THEMSELVES)
    stores.households.change(
        act.db,
        household_id,
        decision=decision.value,
        wants_on=wants_on,
        refusal_reason=reason if decision is Decision.REFUSED else "",
        decided_at=act.now,
        decided_by=act.user,
    )
    entry = DecisionRow(new_id(), household_id, decision.value, wants_on, reason, act.now, act.user, note)
    stores.decisions.add(act.db, [entry])
    act.touch(Touched.DECISIONS | Touched.HOUSEHOLDS, household_id)


def _record(act: Act, household_id: str, kind: EventKind, on: date, organisation: str = "") -> int:
    row = stores.households.get(act.db, household_id)
    people = stores.people.where(act.db, household_id=household_id)
    settlement_id = row.settlement_id if row else None
    stores.events.add(
        act.db,
        [
            EventRow(
                new_id(),
                person.id,
                household_id,
                kind.value,
                on,
                act.now,
                settlement_id=settlement_id,
                organisation=organisation,
            )  # fmt: skip
            for person in people
        ],
    )
    act.touch(Touched.EVENTS, household_id)
    return len(people)


def _void(act: Act, household_id: str, kind: EventKind) -> None:
    for event in stores.events.where(act.db, household_id=household_id, kind=kind.value, voided=False):
        stores.events.change(act.db, event.id, voided=True)
    act.touch(Touched.EVENTS, household_id)
