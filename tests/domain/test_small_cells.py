"""What is hidden cannot be worked out from what stands there, and no more is hidden than it takes."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.small_cells import Sum, hidden_cells

Key = object
LEAST = 5
COLUMNS = ("women", "men", "children")


def table(rows: list[list[int]]) -> tuple[dict[Key, int], list[Sum[Key]]]:
    """Villages with women, men, children and their sum; every second one in another hromada; a row for all."""
    cells: dict[Key, int] = {}
    sums: list[Sum[Key]] = []
    for at, values in enumerate(rows):
        cells |= {(at, column): value for column, value in zip(COLUMNS, values, strict=True)}
        cells[at, "people"] = sum(values)
        sums.append(Sum((at, "people"), tuple((at, column) for column in COLUMNS)))
    for column in (*COLUMNS, "people"):
        halves = range(min(2, len(rows)))
        for half in halves:
            places = tuple((at, column) for at in range(half, len(rows), 2))
            cells[f"hromada {half}", column] = sum(cells[key] for key in places)
            sums.append(Sum((f"hromada {half}", column), places))
        both = tuple((f"hromada {half}", column) for half in halves)
        cells["all", column] = sum(cells[key] for key in both)
        sums.append(Sum(("all", column), both))
    return cells, sums


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_small_cell_can_be_worked_out(rows: list[list[int]]) -> None:
    cells, sums = table(rows)
    hidden = hidden_cells(cells, sums, LEAST, needed={("all", column) for column in (*COLUMNS, "people")})
    small = {key for key, value in cells.items() if 0 < value < LEAST}
    assert small <= hidden
    for key in small:
        assert not follows(sums, hidden, key), key


def follows(sums: list[Sum[Key]], hidden: frozenset[Key], wanted: Key) -> bool:
    """By rank: an equation that says the cell alone adds nothing to the system only where it follows from it."""
    unknown = sorted(hidden, key=repr)
    system = [[_factor(one, key) for key in unknown] for one in sums]
    return rank(system) == rank([*system, [Fraction(key == wanted) for key in unknown]])


def _factor(one: Sum[Key], key: Key) -> Fraction:
    return Fraction(one.of.count(key) - (one.total == key))


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            times = rows[at][column] / rows[found][column]
            rows[at] = [a - times * b for a, b in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def test_a_second_cell_goes_where_the_sum_would_tell_and_the_smallest_one() -> None:
    cells: dict[Key, int] = {"a": 2, "b": 9, "c": 6, "all": 17}
    assert hidden_cells(cells, [Sum("all", ("a", "b", "c"))], LEAST) == {"a", "c"}
    assert hidden_cells(cells | {"a": 0, "all": 15}, [Sum("all", ("a", "b", "c"))], LEAST) == frozenset()
    assert hidden_cells(cells, [Sum("all", ("a", "b", "c"))], 0) == frozenset()


def test_a_cell_that_is_needed_stays_as_long_as_another_one_helps() -> None:
    cells: dict[Key, int] = {"a": 2, "b": 0, "c": 60, "all": 62}
    assert hidden_cells(cells, [Sum("all", ("a", "b", "c"))], LEAST, needed={"all", "b"}) == {"a", "c"}
    alone: dict[Key, int] = {"a": 2, "all": 2}
    assert hidden_cells(alone, [Sum("all", ("a",))], LEAST, needed={"all"}) == {"a", "all"}


def test_people_of_unknown_sex_stand_in_no_column_and_are_not_told_by_the_others() -> None:
    cells: dict[Key, int] = {"women": 9, "men": 6, "rest": 1, "people": 16}
    sums = [Sum("people", ("women", "men", "rest"))]
    assert hidden_cells(cells, sums, LEAST, unseen={"rest"}) == {"men"}
    assert hidden_cells(cells | {"women": 4, "people": 11}, sums, LEAST, unseen={"rest"}) == {"women"}
