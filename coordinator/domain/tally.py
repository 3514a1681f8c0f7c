"""The counts of a period in plain numbers, for the dashboard and the terminal; the rules stand in counting."""

from __future__ import annotations

from datetime import date

from coordinator.domain.counting import ALL_WHO_LEFT, OURS, THEMSELVES, daily, moves, people
from coordinator.domain.events import Counts, DayCount
from coordinator.domain.ledger import Ledger


def tally(ledger: Ledger, since: date | None = None, until: date | None = None) -> Counts:
    """Count [since, until], both included; None is open. A day without a report is absent from `by_day`."""
    ours, alone = people(ledger, since, until, OURS), people(ledger, since, until, THEMSELVES)
    return Counts(
        since,
        until,
        people=ours.value,
        children=ours.children.value,
        events=moves(ledger, since, until).value,
        self_evacuated=alone.value,
        self_children=alone.children.value,
        by_all_known=people(ledger, since, until, ALL_WHO_LEFT).value,
        by_day=_by_day(ledger, since, until),
    )


def _by_day(ledger: Ledger, since: date | None, until: date | None) -> tuple[DayCount, ...]:
    days = [on for on in ledger.reports if (since is None or since.toordinal() <= on)
            and (until is None or on <= until.toordinal())]  # fmt: skip
    if not days:
        return ()
    first, last = date.fromordinal(min(days)), date.fromordinal(max(days))
    found = []
    for ours, alone in zip(daily(ledger, first, last, OURS), daily(ledger, first, last, THEMSELVES), strict=True):
        if ours is not None and alone is not None:
            found.append(
                DayCount(
                    ours.day, ours.now.value, ours.now.children.value, ours.moves.value, alone.now.value,
                    alone.now.children.value,
                )
            )  # fmt: skip
    return tuple(found)
