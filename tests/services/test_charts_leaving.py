"""All charts of one choice, saved: no small number follows from all that stands in them together.

Whoever works it out knows of each number that is told whose sum it is, of whom it is told that there was nobody, and
can solve equations. The unknowns are all sorts of people there may be: of each day, age, sex, settlement, need and
carrier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import NamedTuple

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coordinator.domain.charts import Chart, Series
from coordinator.domain.counting import Fact, Ledger
from coordinator.domain.events import EventKind
from coordinator.domain.person import AgeGroup, Need, Sex
from coordinator.queries.charts import Span, Wish, chart, leaving
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.ledger import Book
from coordinator.session import Session
from coordinator.settings import HIDE_BELOW
from db.connection import Database

LEAST = HIDE_BELOW.default
FIRST, DAYS = date(2023, 8, 10), 5
PLACES = {"s1": ("Подоли", "Куп'янська"), "s2": ("Ківшарівка", "Куп'янська"), "s3": ("Тополі", "Дворічанська")}
YEARS = {3: AgeGroup.CHILD, 14: AgeGroup.CHILD, 40: AgeGroup.ADULT, 70: AgeGroup.SENIOR, None: AgeGroup.UNKNOWN}
CARRIERS = {
    "centre": (EventKind.BY_US, ""), "ДСНС": (EventKind.OTHER_ORGANISATION, "ДСНС"),
    "themselves": (EventKind.LEFT_THEMSELVES, ""),
}  # fmt: skip
NEEDS = [frozenset(needs) for needs in ((), (Need.PREGNANT,), (Need.STRETCHER,), (Need.PREGNANT, Need.STRETCHER))]
_PRIME = (1 << 31) - 1


class Sort(NamedTuple):
    """`day` -1: before the days that are asked about."""

    day: int
    carrier: str
    years: int | None
    sex: Sex
    place: str
    needs: frozenset[Need]


SORTS = [
    Sort(*one) for one in product(range(-1, DAYS), CARRIERS, YEARS, (Sex.FEMALE, Sex.MALE), PLACES, NEEDS)
]  # fmt: skip
WISHES = [Wish(Span.BETWEEN, FIRST, FIRST + timedelta(days=DAYS - 1), fine=fine) for fine in (False, True)]


class Given(CountMemory):
    """What is counted, without a register that has it."""

    def __init__(self, session: Session, facts: list[Fact]) -> None:
        super().__init__(session)
        reports = {day: day for day in range(FIRST.toordinal(), FIRST.toordinal() + DAYS)}
        self.given = Book(Ledger(facts, reports), datetime(2023, 8, 20, tzinfo=UTC), dict(PLACES), 0)

    def book(self, db: Database | None = None) -> Book:
        return self.given


def facts_of(crowd: list[tuple[Sort, int]]) -> Iterator[Fact]:
    for number, (sort, many) in enumerate(crowd):
        kind, organisation = CARRIERS[sort.carrier]
        on = FIRST.toordinal() + sort.day
        at = datetime.fromordinal(on).replace(hour=9, tzinfo=UTC)
        for one in range(many):
            yield Fact(
                f"{number}.{one}", f"p{number}.{one}", "h", kind, on, at, on, years=sort.years, group=YEARS[sort.years],
                sex=sort.sex, needs=sort.needs, settlement=sort.place, hromada=PLACES[sort.place][1],
                organisation=organisation,
            )  # fmt: skip


def whose(made: Chart, one: Series, at: int) -> Callable[[Sort], bool]:
    """Whom a cell counts."""
    key, ages = made.points[at].key, one.key.split(".")[-1].removeprefix("self_")
    of_age = {
        "children": lambda sort: YEARS[sort.years] is AgeGroup.CHILD,
        "unknown": lambda sort: sort.years is None,
        "adults": lambda sort: YEARS[sort.years] in (AgeGroup.ADULT, AgeGroup.SENIOR),
        "grown": lambda sort: YEARS[sort.years] is not AgeGroup.CHILD,
    }.get(ages, lambda _sort: True)
    if made.key == "daily":
        alone = one.stack == "alone"
        return lambda s: s.day == at and (s.carrier == "themselves") == alone and of_age(s)
    if made.key == "running":
        alone = one.key == "alone"
        return lambda s: s.day <= at and (s.carrier == "themselves") == alone and of_age(s)
    within = {
        "hromada": lambda s: PLACES[s.place][1] == key,
        "settlement": lambda s: s.place == key,
        "sex": lambda s: s.sex.value == key,
        "organisation": lambda s: s.carrier == key,
        "need": lambda s: key in {need.value for need in s.needs} if key != "none" else not s.needs,
        "age": lambda s: _band(key, s.years),
    }[made.key]
    organised = made.key != "organisation"
    return lambda s: s.day >= 0 and within(s) and of_age(s) and not (organised and s.carrier == "themselves")


def _band(key: str, years: int | None) -> bool:
    if years is None:
        return key == "unknown"
    if key.endswith("+"):
        return years >= int(key[:-1])
    low, _dash, high = key.partition("-")
    return low.isdigit() and int(low) <= years <= int(high)


def row(mine: Callable[[Sort], bool]) -> np.ndarray:
    return np.fromiter((mine(sort) for sort in SORTS), np.int64, len(SORTS))


class Equations:
    """Sums that are known, solved as far as they go, by remainders of a prime."""

    def __init__(self, nobody: np.ndarray) -> None:
        self.nobody = nobody
        self.solved: list[tuple[int, np.ndarray]] = []

    def rest(self, wanted: np.ndarray) -> np.ndarray:
        left = np.where(self.nobody, 0, wanted) % _PRIME
        for pivot, one in self.solved:
            if left[pivot]:
                left = (left - left[pivot] * one) % _PRIME
        return left

    def learn(self, known: np.ndarray) -> None:
        left = self.rest(known)
        if left.any():
            pivot = int(np.flatnonzero(left)[0])
            self.solved.append((pivot, left * pow(int(left[pivot]), -1, _PRIME) % _PRIME))

    def tell(self, wanted: np.ndarray) -> bool:
        return not self.rest(wanted).any()


KEYS = ("daily", "running", "hromada", "settlement", "age", "sex", "need", "organisation")


def cells(made: Chart) -> Iterator[tuple[Series, int, float, np.ndarray]]:
    for one in made.series:
        for at, cell in enumerate(one.cells):
            if cell is not None:
                yield one, at, cell.value, row(whose(made, one, at))


def secrets(made: Chart) -> Iterator[tuple[str, int, np.ndarray]]:
    """Every number of a chart with nothing kept back, the sums of its stacks, and all but the children."""
    for one, at, value, mine in cells(made):
        yield f"{made.key} {one.key} {at}", int(value), mine
    for stack in made.stacks:
        for at in range(len(made.points)):
            found = [(int(value), mine) for one, n, value, mine in cells(made) if n == at and one.stack == stack]
            if found:
                yield f"{made.key} {stack} {at}", sum(n for n, _mine in found), sum(mine for _n, mine in found)
                yield f"{made.key} {stack} grown {at}", found[0][0] + found[2][0], found[0][1] + found[2][1]


crowds = st.lists(st.tuples(st.sampled_from(SORTS), st.integers(1, 12)), min_size=1, max_size=40)


@settings(max_examples=20, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(crowds)
def test_no_small_number_follows_from_all_charts_together(session: Session, crowd: list[tuple[Sort, int]]) -> None:
    memory = Given(session, list(facts_of(crowd)))
    until = WISHES[0].until
    assert until is not None
    told = [leaving(memory, key, wish, until) for key in KEYS for wish in WISHES]
    known = [(value, mine) for made in told for _one, _at, value, mine in cells(made)]
    nobody = np.zeros(len(SORTS), bool)
    for value, mine in known:
        assert value == 0 or value >= LEAST
        nobody |= (mine > 0) & (value == 0)
    equations = Equations(nobody)
    for value, mine in known:
        if value:
            equations.learn(mine)
    for key in KEYS:
        for wish in WISHES:
            for what, value, mine in secrets(chart(memory, key, wish, until)):
                assert not (0 < value < LEAST and equations.tell(mine)), what
