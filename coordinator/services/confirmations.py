"""Issuing, reissuing and withdrawing the confirmation that people of a household were evacuated by us.

A list of ours counts as proof of evacuation (DOMAIN: rules), so its number and code are kept with what it said.
"""

from __future__ import annotations

import secrets
from typing import Any

from coordinator.day_papers import ConfirmationPaper
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.confirmations import line_of, paper_of, valid_of
from coordinator.queries.day_papers import year_of
from coordinator.queries.household import load_households
from coordinator.session import Act, Session
from db import outgoing, stores
from db.ids import new_id
from db.rows import ConfirmationRow, EventRow

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No 0 and O, no 1 and I: the code is read out over the phone."""
CODE_LENGTH = 8


def issue_confirmation(session: Session, household_id: str) -> Outcome[ConfirmationPaper]:
    """Issue one for those of the household whom we have evacuated; it takes the place of an earlier one.

    UserError "household.gone", "confirmation.nobody" where no event by us stands, "confirmation.no_names" where none
    of them has a name.
    """
    with session.act("issue_confirmation", right=Right.PRINT) as act:
        found = load_households(act.db, [household_id])
        if not found:
            raise UserError("household.gone")
        (household,) = found
        people = _people(act, household)
        earlier = valid_of(act.db, household_id)
        number, code = outgoing.next_confirmation(act.db), "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
        content = _content(session, act, household, people, earlier)
        row = ConfirmationRow(new_id(), number, household_id, content, code, act.now, act.user)
        stores.confirmations.add(act.db, [row])
        if earlier is not None:
            _end(act, earlier, {"replaced_by": row.number})
        act.describe(number=household.number, confirmation=row.number, people=len(people))
        act.touch(Touched.HOUSEHOLDS, household_id)
    return act.outcome(paper_of(session, row))


def withdraw_confirmation(session: Session, confirmation_id: str, reason: str) -> Outcome[None]:
    """Whoever checks it from now on is told that it does not hold.

    UserError "confirmation.gone", "confirmation.ended" where it holds no longer, "confirmation.needs_reason".
    """
    with session.act("withdraw_confirmation", right=Right.PRINT) as act:
        row = stores.confirmations.get(act.db, confirmation_id)
        if row is None:
            raise UserError("confirmation.gone")
        if (row.content or {}).get("ended"):
            raise UserError("confirmation.ended", confirmation=row.number)
        if not reason.strip():
            raise UserError("confirmation.needs_reason", confirmation=row.number)
        _end(act, row, {"reason": reason.strip()})
        act.describe(confirmation=row.number)
        act.touch(Touched.HOUSEHOLDS, row.household_id)
    return act.outcome(None)


def _people(act: Act, household: Household) -> list[dict[str, Any]]:
    """The named members with their last event by us."""
    last: dict[str, EventRow] = {}
    events = stores.events.where(act.db, person_id=[person.id for person in household.people], voided=False)
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at)):
        if event.kind == EventKind.BY_US:
            last[event.person_id] = event
    if not last:
        raise UserError("confirmation.nobody", number=household.number)
    wanted = {event.destination_id for event in last.values() if event.destination_id}
    names = {row.id: row.name for row in stores.destinations.where(act.db, id=wanted)}
    found = [
        {
            "name": person.name.full,
            "born": year_of(person.birth),
            "on": last[person.id].occurred_on.isoformat(),
            "to": names.get(last[person.id].destination_id or "", ""),
        }
        for person in household.people
        if person.id in last and person.name
    ]
    if not found:
        raise UserError("confirmation.no_names", number=household.number)
    return found


def _content(
    session: Session, act: Act, household: Household, people: list[dict[str, Any]], earlier: ConfirmationRow | None
) -> dict[str, Any]:
    place = stores.settlements.get(act.db, household.settlement_id or "")
    before = line_of(session, earlier).paper if earlier is not None else None
    return {
        "version": before.version + 1 if before else 1,
        "replaces": before.number if before else None,
        "household_number": household.number,
        "settlement": place.name if place else household.settlement_text,
        "hromada": place.hromada if place else "",
        "address": household.address.line,
        "centre": session.name,
        "people": people,
        "count": len(people),
    }


def _end(act: Act, row: ConfirmationRow, how: dict[str, Any]) -> None:
    ended = {"at": act.now.isoformat(), "by": act.user, **how}
    stores.confirmations.change(act.db, row.id, content={**row.content, "ended": ended})
