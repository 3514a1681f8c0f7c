"""Dividing a family for its seats, when somebody has confirmed it: each part is fetched by itself, and can rejoin."""

from __future__ import annotations

from coordinator.domain.splitting import SplitPlan
from coordinator.outcome import Outcome
from coordinator.queries.dividing import Division
from coordinator.queries.household import load_households
from coordinator.services.splitting import Parted, split_household
from coordinator.session import Session


def divide_household(session: Session, division: Division) -> Outcome[Parted]:
    """Both parts stand as the family did, at the same address and with the same phones. UserError as `split_household`.

    Whoever of the family is not to be fetched stays with the first part's record.
    """
    with session.reading() as db:
        everybody = {person.id for person in load_households(db, [division.household_id])[0].people}
    leaves = frozenset(everybody - {person.id for person in division.second})
    return split_household(session, division.household_id, SplitPlan(leaves))
