"""The last days in a report tell no small day, neither by their bars nor by what the running total grew."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from coordinator.day_bars import withheld_bars
from coordinator.summary_content import DayBar
from tests.builders import DAY
from tests.domain.test_small_cells import Fraction, rank

LEAST = 5
Day = tuple[int, int]
"""Adults, children."""


def bars(earlier: Day, days: list[Day | None]) -> list[DayBar]:
    total, found = sum(earlier), []
    for at, day in enumerate(days):
        on = DAY - timedelta(days=len(days) - 1 - at)
        if day is None:
            found.append(DayBar(on))
            continue
        total += sum(day)
        found.append(DayBar(on, sum(day), day[1], 0, total))
    return found


def told(earlier: Day, days: list[Day | None], hidden: frozenset[str] = frozenset()) -> list[tuple[object, ...]]:
    """(people, children, running total) as they stand on paper."""
    made = bars(earlier, days)
    children = earlier[1] + sum(day[1] for day in days if day)
    out = withheld_bars(made, DAY, hidden, children, LEAST)
    return [
        tuple("…" if name in out.get(bar.day, ()) or 0 < (getattr(bar, name) or 0) < LEAST else getattr(bar, name)
              for name in ("people", "children", "total"))
        for bar in made
    ]  # fmt: skip


def test_the_total_stands_only_where_its_growth_may_be_known() -> None:
    days = [(20, 8), (2, 1), (30, 9), None, (25, 7)]
    assert told((0, 0), days) == [
        (28, 8, 28), ("…", "…", "…"), ("…", "…", 70), (None, None, None), (32, 7, 102),
    ]  # fmt: skip
    assert told((3, 0), [(20, 8), (20, 9)]) == [("…", "…", 31), (29, 9, 60)]
    assert told((50, 9), [(20, 8), (2, 1)], frozenset({"people", "children"}))[0] == ("…", "…", "…")


days = st.tuples(st.integers(0, 12), st.integers(0, 8))


@given(days, st.lists(days, min_size=1, max_size=7))
@example((0, 0), [(3, 0), (20, 9)])
def test_no_small_day_follows_from_the_bars_and_the_figures_of_the_day_itself(earlier: Day, moved: list[Day]) -> None:
    """Unknown are the adults and the children of each day, and of all earlier ones together."""
    small = {name for name, n in (("people", sum(moved[-1])), ("children", moved[-1][1])) if 0 < n < LEAST}
    if 0 < moved[-1][0] < LEAST:
        small.add("children")
    total = sum(earlier) + sum(map(sum, moved))
    small |= {"total"} if 0 < total < LEAST else set()
    rows = told(earlier, list(moved), frozenset(small))
    size = 2 * (len(moved) + 1)

    def mine(first: int, last: int, *which: int) -> list[Fraction]:
        return [Fraction(first <= at // 2 <= last and at % 2 in which) for at in range(size)]

    children = earlier[1] + sum(day[1] for day in moved)
    known = [] if 0 < children < LEAST else [mine(0, len(moved), 1)]
    for at, (people, children, running) in enumerate(rows, 1):
        known += [mine(at, at, 0, 1)] if people != "…" else []
        known += [mine(at, at, 1)] if children != "…" else []
        known += [mine(0, at, 0, 1)] if running != "…" else []
        for n, one in ((people, mine(at, at, 0, 1)), (children, mine(at, at, 1))):
            if n == 0:
                known += [[value if spot == unknown else Fraction(0) for spot, value in enumerate(one)]
                          for unknown in range(size) if one[unknown]]  # fmt: skip
    for at, day in enumerate(moved, 1):
        for n, one in ((sum(day), mine(at, at, 0, 1)), (day[1], mine(at, at, 1)), (day[0], mine(at, at, 0))):
            assert not 0 < n < LEAST or rank([*known, one]) > rank(known), (rows, at)
