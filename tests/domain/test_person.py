"""Age and childhood by the rule of the list's own date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.decision import Decision, is_ready
from coordinator.domain.household import load_of
from coordinator.domain.person import AgeGroup, Birth, Need, Person, age_on
from coordinator.domain.schedule import Load

LIST_DAY = date(2023, 8, 14)


@pytest.mark.parametrize(
    ("birth", "child", "uncertain"),
    [
        (Birth(on=date(2005, 8, 15)), True, False),
        (Birth(on=date(2005, 8, 14)), False, False),
        (Birth(year=2006), True, False),
        (Birth(year=2005), True, True),
        (Birth(year=2004), False, False),
        (Birth(age=17, age_on=LIST_DAY), True, False),
        (Birth(age=18, age_on=LIST_DAY), False, False),
        (Birth(stated_child=True), True, False),
        (Birth(stated_child=False), False, False),
        (Birth(), False, False),
    ],
)
def test_a_child_is_under_eighteen_on_the_day(birth: Birth, child: bool, uncertain: bool) -> None:
    age = age_on(birth, LIST_DAY)
    assert (age.is_child, age.uncertain) == (child, uncertain)


def test_nothing_known_is_unknown_and_neither_child_nor_adult() -> None:
    assert age_on(Birth(), LIST_DAY).group is AgeGroup.UNKNOWN


def test_born_on_the_29th_of_february_has_the_birthday_on_the_1st_of_march() -> None:
    born = Birth(on=date(2004, 2, 29))
    assert age_on(born, date(2022, 2, 28)).is_child
    assert not age_on(born, date(2022, 3, 1)).is_child


@given(st.dates(date(1900, 1, 1), date(2023, 1, 1)), st.dates(date(2023, 1, 1), date(2040, 1, 1)))
def test_nobody_grows_younger_and_the_year_alone_never_hides_a_child(born: date, day: date) -> None:
    exact, by_year = age_on(Birth(on=born), day), age_on(Birth(year=born.year), day)
    assert age_on(Birth(on=born), day + timedelta(days=1)).years >= exact.years  # type: ignore[operator]
    assert by_year.is_child or not exact.is_child


@pytest.mark.parametrize(
    ("age", "day", "years", "child", "uncertain"),
    [
        (17, date(2024, 8, 13), 17, True, True),
        (17, date(2024, 8, 14), 18, False, False),
        (17, date(2025, 12, 1), 19, False, True),
        (16, date(2024, 8, 14), 17, True, False),
        (18, date(2023, 8, 11), 17, True, True),
        (0, date(2023, 8, 1), 0, True, True),
    ],
)
def test_an_age_told_on_a_day_grows_with_the_years(
    age: int, day: date, years: int, child: bool, uncertain: bool
) -> None:
    found = age_on(Birth(age=age, age_on=LIST_DAY), day)
    assert (found.years, found.is_child, found.uncertain) == (years, child, uncertain)


@given(st.dates(date(1930, 1, 1), date(2023, 8, 14)), st.dates(date(2023, 8, 14), date(2040, 1, 1)))
def test_an_age_told_earlier_never_hides_a_child(born: date, day: date) -> None:
    told = age_on(Birth(on=born), LIST_DAY).years
    exact, by_age = age_on(Birth(on=born), day), age_on(Birth(age=told, age_on=LIST_DAY), day)
    assert exact.years is not None and by_age.years is not None
    assert by_age.years <= exact.years <= by_age.years + by_age.uncertain
    assert by_age.is_child or not exact.is_child


@pytest.mark.parametrize(
    ("decision", "wants_on", "ready"),
    [
        (Decision.PACKED, None, True),
        (Decision.WANTS_PICKUP, LIST_DAY, True),
        (Decision.WANTS_PICKUP, LIST_DAY - timedelta(days=3), True),
        (Decision.WANTS_PICKUP, LIST_DAY + timedelta(days=1), False),
        (Decision.WANTS_PICKUP, None, True),
        (Decision.PREPARING, None, False),
        (Decision.REFUSED, None, False),
        (Decision.EVACUATED, None, False),
    ],
)
def test_ready_is_packed_or_wanted_on_or_before_the_day(decision: Decision, wants_on: date | None, ready: bool) -> None:
    assert is_ready(decision, wants_on, LIST_DAY) is ready


def test_a_person_takes_one_place_of_the_kind_that_they_need() -> None:
    needs = [frozenset[Need](), {Need.WHEELCHAIR}, {Need.STRETCHER, Need.WHEELCHAIR}, {Need.STEPS}]
    people = [Person("p", "h", n, needs=frozenset(kinds)) for n, kinds in enumerate(needs)]
    assert load_of(people) == Load(seats=2, wheelchair=1, stretcher=1)
