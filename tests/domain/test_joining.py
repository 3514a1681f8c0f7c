"""Who is who in two accounts of one family, and which value says more. All people are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from coordinator.domain.household import Contact
from coordinator.domain.joining import better_birth, better_name, joined_text, likeness, match_members, missing_phones
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth, PersonName

DAY = date(2023, 8, 14)


@dataclass(frozen=True)
class Told:
    name: PersonName
    birth: Birth = Birth()


def told(name: str, year: int | None = None, child: bool | None = None) -> Told:
    return Told(split_name(name), Birth(year=year, stated_child=child))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (told("Коваленко Олена Іванівна"), told("Коваленко Елена Ивановна"), True),
        (told("Коваленко О. І."), told("КОВАЛЕНКО ОЛЕНА ІВАНІВНА"), True),
        (told("Олена"), told("Коваленко Олена Іванівна"), True),
        (told("Коваленко Олена"), told("Коваленко Оксана"), False),
        (told("Коваленко Олександр", 2010), told("Коваленко Олександра", 2010), False),
        (told("Коваленко Петро", 1950), told("Коваленко Петро", 1980), False),
        (told("Коваленко Петро Ілліч", 1950), told("Коваленко Петро Ілліч", 1951), True),
        (told("Коваленко Петро Петрович", 1950), told("Коваленко Петро Петрович", 1980), False),
        (told("Коваленко"), told("Коваленко Петро"), False),
        (told("Ковалєнко Петро"), told("Коваленко Петро"), True),
    ],
)
def test_likeness_compares_each_part(one: Told, other: Told, same: bool) -> None:
    assert bool(likeness(one, other)) is same is bool(likeness(other, one))


def test_named_members_meet_first_and_counts_take_who_is_left() -> None:
    known = [told("Коваленко Олена", 1980), told("Коваленко Марко", 2012), told("Коваленко Петро", 1978)]
    counted = [told("", child=True), told("", child=False), told("Олена")]
    assert match_members(counted, known, DAY) == {2: 0, 0: 1, 1: 2}


def test_a_child_of_a_count_is_no_adult_with_a_name() -> None:
    assert match_members([told("", child=True)], [told("Коваленко Петро", 1978)], DAY) == {}


def test_what_is_more_precise_stays() -> None:
    full, short = PersonName("Коваленко", "Олена", "Іванівна"), PersonName("Коваленко", "О.", "")
    assert better_name(short, full) == better_name(full, short) == full
    assert better_name(PersonName("Коваленко", "П.", ""), full).given == "П."
    day, year = Birth(on=date(1980, 5, 1)), Birth(year=1981)
    assert better_birth(year, day) == better_birth(day, year) == day
    assert better_birth(year, Birth()) == year


def test_phones_and_texts_are_joined_once() -> None:
    known = [Contact("0501112233", "+380501112233")]
    new = [Contact("8 050 111 22 33", "+380501112233"), Contact("сусід"), Contact("Сусід")]
    assert missing_phones(known, new) == (Contact("сусід"),)
    assert joined_text("кіт", "КІТ, собака") == "КІТ, собака"
    assert joined_text("кіт", "собака") == "кіт; собака" and joined_text("кіт", "") == "кіт"
