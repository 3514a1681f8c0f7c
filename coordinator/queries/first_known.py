"""The running total as it was first reported for each day: as known at the end of the day its report came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from coordinator.domain.counting import Fact, Kinds, Ledger
from coordinator.domain.person import AgeGroup

NEVER = 10_000_000


def first_known(ledger: Ledger, kinds: Kinds, since: date | None, days: Sequence[date]) -> dict[date, tuple[int, int]]:
    """Day -> persons and children among them (by the first fact known then) from `since` on, as known when reported.

    Empty where nothing was recorded late or withdrawn: there the totals are still the same.
    """
    facts = [fact for fact in ledger.within(since, None) if fact.kind in kinds]
    if not any(fact.recorded_on > fact.on or fact.withdrawn_on for fact in facts):
        return {}
    people = {person: number for number, person in enumerate(dict.fromkeys(fact.person_id for fact in facts))}
    # From the last to the first: of several facts of a person the first one is written last, and stays.
    facts.reverse()
    who = np.array([people[fact.person_id] for fact in facts])
    on, known_from, known_until = np.array([(fact.on, fact.recorded_on, _until(fact)) for fact in facts]).T
    child = np.array([fact.group is AgeGroup.CHILD for fact in facts])
    found = {}
    for day in days:
        came = ledger.reports[day.toordinal()]
        known = (on <= day.toordinal()) & (known_from <= came) & (known_until > came)
        seen, children = np.zeros(len(people), bool), np.zeros(len(people), bool)
        seen[who[known]] = True
        children[who[known]] = child[known]
        found[day] = int(seen.sum()), int(children.sum())
    return found


def _until(fact: Fact) -> int:
    return NEVER if fact.withdrawn_on is None else fact.withdrawn_on
