"""What a party takes: places by need, a carer beside a stretcher, laps, luggage and animals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.person import Birth, Need, Person
from coordinator.domain.schedule import Load
from coordinator.domain.seating import carriers_in, party_load

DAY = date(2023, 8, 15)


def person(age: int, *needs: Need) -> Person:
    return Person("p", "h", 1, birth=Birth(age=age, age_on=DAY), needs=frozenset(needs))


MOTHER, BOY, INFANT, SECOND = person(34), person(7), person(1), person(0)
LYING, ROLLING = person(78, Need.STRETCHER), person(70, Need.WHEELCHAIR)


@pytest.mark.parametrize(
    ("people", "laps", "expected"),
    [
        ([MOTHER, BOY], False, Load(seats=2)),
        ([LYING], False, Load(seats=1, stretcher=1, carers=1)),
        ([LYING, MOTHER], False, Load(seats=1, stretcher=1)),
        ([LYING, LYING, MOTHER], False, Load(seats=2, stretcher=2, carers=1)),
        ([LYING, BOY], False, Load(seats=2, stretcher=1, carers=1)),
        ([LYING, ROLLING], False, Load(seats=1, wheelchair=1, stretcher=1, carers=1)),
        ([MOTHER, INFANT], False, Load(seats=2)),
        ([MOTHER, INFANT], True, Load(seats=1, laps=1)),
        ([MOTHER, INFANT, SECOND], True, Load(seats=2, laps=1)),
        ([BOY, INFANT], True, Load(seats=2)),
        ([], True, Load()),
    ],
)
def test_who_takes_which_place(people: list[Person], laps: bool, expected: Load) -> None:
    assert party_load(people, DAY, luggage=0, laps=laps) == expected


@given(st.lists(st.sampled_from([MOTHER, BOY, INFANT, LYING, ROLLING]), max_size=9), st.booleans())
def test_places_never_change_how_many_people_there_are(people: list[Person], laps: bool) -> None:
    load = party_load(people, DAY, luggage=3, pets="кіт", laps=laps)
    assert load.people == len(people)
    assert load.seats >= 0 and load.laps <= sum(one in (INFANT,) for one in people)
    assert load.space == (4 if people else 0)


@pytest.mark.parametrize(
    ("text", "animals"),
    [
        ("", 0), ("–", 0), ("немає", 0), ("кіт", 1), ("6 котів", 6), ("6 котів, собака", 7), ("кіт і 2 собаки", 3),
        ("собака (велика)", 1), ("2 cats and a dog", 3), ("так", 1),
    ],
)  # fmt: skip
def test_animals_are_counted_as_they_are_told(text: str, animals: int) -> None:
    assert carriers_in(text) == animals


def test_luggage_that_nobody_counted_is_a_piece_a_person() -> None:
    assert party_load([MOTHER, BOY], DAY).space == 2
    assert party_load([MOTHER, BOY], DAY, luggage=5, pets="кіт").space == 6
