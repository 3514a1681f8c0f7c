"""The running total as it was first reported for each day: as known at the end of the day its report came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from coordinator.domain.counting import Fact, Kinds, Ledger
from coordinator.domain.person import AgeGroup

NEVER = 10_000_000


def first_known(
    ledger: Ledger, kinds: Kinds, since: date | None, days: Sequence[date], *, children: bool = False
) -> dict[date, int]:
    """Day -> persons (or children, by the first fact known then) from `since` on, as known when it was reported.

    Days on which nothing was recorded late or withdrawn are left out: there the total is still the same.
    """
    facts = [fact for fact in ledger.within(since, None) if fact.kind in kinds]
    if not any(fact.recorded_on > fact.on or fact.withdrawn_on for fact in facts):
        return {}
    people = {person: number for number, person in enumerate(dict.fromkeys(fact.person_id for fact in facts))}
    who = np.array([people[fact.person_id] for fact in facts])
    on = np.array([fact.on for fact in facts])
    known_from = np.array([fact.recorded_on for fact in facts])
    known_until = np.array([_until(fact) for fact in facts])
    child = np.array([fact.group is AgeGroup.CHILD for fact in facts])
    found = {}
    for day in days:
        came = ledger.reports[day.toordinal()]
        known = (on <= day.toordinal()) & (known_from <= came) & (known_until > came)
        _persons, first = np.unique(who[known], return_index=True)
        found[day] = int(child[known][first].sum()) if children else first.size
    return found


def _until(fact: Fact) -> int:
    return NEVER if fact.withdrawn_on is None else fact.withdrawn_on
