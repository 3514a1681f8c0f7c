"""Taking a call: a new household, and the question whether it is known already, as one action."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.outcome import Outcome
from coordinator.services.duplicates import propose_pairs
from coordinator.services.requests import Request, add_request
from coordinator.services.writing import HouseholdDraft, describe_new, write_households
from coordinator.session import Session


@dataclass(frozen=True, slots=True)
class Taken:
    """A call that was saved: the new household, how many others it may be, and our number of the request."""

    household_id: str
    possible_duplicates: int
    request: int


def take_call(session: Session, draft: HouseholdDraft, request: Request | None = None) -> Outcome[Taken]:
    """Write the household and its request, and ask about everybody whom it may be. Incomplete is allowed.

    UserError "request.twice" where the organisation has sent this reference before.
    """
    with session.act("add_household") as act:
        (household_id,) = write_households(act, [draft])
        number = add_request(act, household_id, request or Request(requested_at=draft.requested_at))
        describe_new(act, household_id)
        taken = Taken(household_id, propose_pairs(act, household_id), number)
    return act.outcome(taken)
