"""Taking a call: a new household, and the question whether it is known already, as one action."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.outcome import Outcome
from coordinator.services.duplicates import propose_pairs
from coordinator.services.writing import HouseholdDraft, describe_new, write_households
from coordinator.session import Session


@dataclass(frozen=True, slots=True)
class Taken:
    """A call that was saved: the new household, and how many others it may be the same as."""

    household_id: str
    possible_duplicates: int


def take_call(session: Session, draft: HouseholdDraft) -> Outcome[Taken]:
    """Write the household and ask about everybody whom it may be. Incomplete is allowed."""
    with session.act("add_household") as act:
        (household_id,) = write_households(act, [draft])
        describe_new(act, household_id)
        taken = Taken(household_id, propose_pairs(act, household_id))
    return act.outcome(taken)
