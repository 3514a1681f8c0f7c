"""A daily summary tells no small number of a day, nor how few were moved before it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.exchange.hiding import ALL, hidden_of, hromada, place
from coordinator.exchange.out_counts import SummaryLine
from tests.builders import DAY
from tests.domain.test_small_cells import rank

LEAST = 5
SORTS = ("women", "men", "children", "rest", "grown before", "children before")
"""Of a settlement, each counted once: those of the day, and those moved before it."""
MADE_OF = {
    "people": SORTS[:4], "women": SORTS[:1], "men": SORTS[1:2], "children": SORTS[2:3],
    "total": SORTS, "total_children": (SORTS[2], SORTS[5]),
}  # fmt: skip
BEFORE = {"before": SORTS[4:], "children before": SORTS[5:]}
numbers = st.sampled_from((0, 0, 1, 3, 4, 6, 11))


def line(at: int, counts: tuple[int, ...]) -> SummaryLine:
    women, men, children, rest, grown, before = counts
    people = women + men + children + rest
    return SummaryLine(
        DAY, f"h{at % 2}", "", f"s{at}", "", people, women, men, children, 0, 0, 0, 0, people + grown + before,
        children + before, 0, 0, "",
    )  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.tuples(*[numbers] * len(SORTS)), min_size=1, max_size=4))
def test_no_small_number_and_no_few_before_follow_from_a_summary(counts: list[tuple[int, ...]]) -> None:
    rows = {place(at): [at] for at in range(len(counts))}
    for name in ("h0", "h1")[: len(counts)]:
        rows[hromada(name)] = [at for at in range(len(counts)) if f"h{at % 2}" == name]
    rows[ALL] = list(range(len(counts)))
    hidden = hidden_of([line(at, one) for at, one in enumerate(counts)], LEAST)

    def sums(row: tuple[str, str], made_of: tuple[str, ...]) -> list[Fraction]:
        return [Fraction(at in rows[row] and sort in made_of) for at in range(len(counts)) for sort in SORTS]

    def value(row: tuple[str, str], made_of: tuple[str, ...]) -> int:
        return sum(counts[at][SORTS.index(sort)] for at in rows[row] for sort in made_of)

    known = [sums(row, of) for row in rows for name, of in MADE_OF.items() if (*row, name) not in hidden]
    nobody = {
        spot
        for row in rows
        for name, of in MADE_OF.items()
        if (*row, name) not in hidden and not value(row, of)
        for spot, share in enumerate(sums(row, of))
        if share
    }
    known = [[Fraction(0) if spot in nobody else share for spot, share in enumerate(one)] for one in known]
    for row in rows:
        for name, of in (MADE_OF | BEFORE).items():
            wanted = [Fraction(0) if spot in nobody else share for spot, share in enumerate(sums(row, of))]
            if 0 < value(row, of) < LEAST:
                assert rank([*known, wanted]) > rank(known), (row, name)
