"""Filters by column: what is kept of them is the same filter, and what they leave is what a plain reading says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.filtering import Condition, Field, Kind, checks, condition_from, keys_of, state_of
from coordinator.domain.names import fold

DAY = date(2023, 8, 15)
TEXTS = ("", "вул. Миру", "Дар’я", "ДАР'Я ґалаґан", "10")
CODES = ("", "a", "b", "c")


class Row(NamedTuple):
    text: str
    code: str
    codes: tuple[str, ...]
    number: int | None
    day: date | None


FIELDS: dict[Kind, Field[Row]] = {
    Kind.TEXT: Field(Kind.TEXT, lambda row: row.text),
    Kind.CODE: Field(Kind.CODE, lambda row: row.code),
    Kind.CODES: Field(Kind.CODES, lambda row: row.codes),
    Kind.NUMBER: Field(Kind.NUMBER, lambda row: row.number),
    Kind.DAY: Field(Kind.DAY, lambda row: row.day),
}
days = st.dates(DAY - timedelta(9), DAY + timedelta(9))
rows = st.builds(
    Row, st.sampled_from(TEXTS), st.sampled_from(CODES), st.lists(st.sampled_from(CODES[1:]), unique=True).map(tuple),
    st.none() | st.integers(0, 4), st.none() | days,
)  # fmt: skip
bounds: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.NUMBER: st.none() | st.integers(0, 4),
    Kind.DAY: st.none() | days | st.integers(-9, 9),
}


@st.composite
def conditions(draw: st.DrawFn, kind: Kind) -> Condition:
    """Any condition on a column of this kind; its keys are those of some rows."""
    keys = st.frozensets(rows.flatmap(lambda row: st.sampled_from(keys_of(kind, FIELDS[kind].value(row)))), max_size=3)
    bound = bounds.get(kind, st.none())
    words = st.sampled_from(("", "миру", "дар’я ґала", "немає")) if kind is Kind.TEXT else st.just("")
    return Condition(draw(st.none() | keys), draw(keys), draw(words), draw(bound), draw(bound))


def passes(row: Row, kind: Kind, condition: Condition) -> bool:
    """The rule as it is told to people."""
    value = FIELDS[kind].value(row)
    keys = set(keys_of(kind, value))
    least, most = (
        DAY + timedelta(bound) if kind is Kind.DAY and isinstance(bound, int) else bound
        for bound in (condition.least, condition.most)
    )
    return (
        (condition.only is None or bool(keys & condition.only))
        and not keys & condition.but
        and all(word in fold(str(value)) for word in fold(condition.words).split())
        and (least is None or (value is not None and value >= least))
        and (most is None or (value is not None and value <= most))
    )


@given(st.data(), st.lists(rows, max_size=12))
def test_a_filter_leaves_what_it_says(data: st.DataObject, given_rows: list[Row]) -> None:
    for kind, field in FIELDS.items():
        condition = data.draw(conditions(kind))
        found = [row for row in given_rows if all(test(row) for test in checks(field, condition, DAY))]
        assert found == [row for row in given_rows if passes(row, kind, condition)]
        assert condition or found == given_rows


@given(st.data())
def test_what_is_kept_is_the_same_filter(data: st.DataObject) -> None:
    for kind in FIELDS:
        condition = data.draw(conditions(kind))
        assert condition_from(state_of(condition)) == condition


def test_what_an_older_or_newer_program_kept_never_fails() -> None:
    assert condition_from({"least": "someday", "only": None, "shade": "blue"}) == Condition()
