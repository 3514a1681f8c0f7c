"""Verbs on where a household stands."""

from __future__ import annotations

from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.events import EventKind
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.departures import record_move, take_back_departure
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import DecisionRow, HouseholdRow

_MOVES = {Decision.LEFT_THEMSELVES: EventKind.LEFT_THEMSELVES, Decision.RETURNED: EventKind.RETURNED}


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

    Leaving by themselves is an event of each member who is at home, returning of each who is away. A decision that
    takes a departure back voids the events of the last one, so that the counts follow. UserError "household.gone",
    "decision.evacuated_by_trip", and those of `departures`.
    """
    if decision is Decision.EVACUATED:
        raise UserError("decision.evacuated_by_trip")
    with session.act("decide") as act:
        row = _live(act, household_id)
        act.describe(number=row.number, decision=decision.value)
        enter_decision(act, row, decision, on or kyiv_day(act.now), wants_on=wants_on, reason=reason, note=note)
    return act.outcome(None)


def enter_decision(
    act: Act,
    row: HouseholdRow,
    decision: Decision,
    on: date,
    *,
    wants_on: date | None = None,
    reason: str = "",
    note: str = "",
) -> None:
    """As `decide`, inside an action."""
    if decision in _MOVES:
        record_move(act, row.id, _MOVES[decision], on)
    elif Decision(row.decision) in GONE:
        take_back_departure(act, row.id)
    set_decision(act, row.id, decision, wants_on=wants_on, reason=reason, note=note)


def record_departure(
    session: Session, household_id: str, kind: EventKind, on: date, organisation: str = ""
) -> Outcome[int]:
    """Record that a household was taken out by another organisation, or by us without a trip on the books.

    Those who are at home on that day; returns how many people. UserError "departure.kind" for kinds that are no
    departure, "household.gone", and those of `departures`.
    """
    if kind not in (EventKind.OTHER_ORGANISATION, EventKind.BY_US):
        raise UserError("departure.kind")
    with session.act("record_departure") as act:
        act.describe(number=_live(act, household_id).number, kind=kind.value)
        people = record_move(act, household_id, kind, on, organisation)
        set_decision(act, household_id, Decision.EVACUATED)
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
    """Write the decision and its history entry, and no event; used by every verb that changes it."""
    _live(act, household_id)
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


def _live(act: Act, household_id: str) -> HouseholdRow:
    """A household that stands for itself: UserError "household.gone" for one that was merged into another."""
    row = stores.households.get(act.db, household_id)
    if row is None or row.merged_into is not None:
        raise UserError("household.gone")
    return row
