"""Counts, marks, plates, licences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.exchange.figures import Count, read_count, read_hours, read_licence, read_number, read_plate, read_yes
from coordinator.exchange.reading import CellValue


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (5.0, Count(5)),
        ("5", Count(5)),
        ("4 чол", Count(4)),
        ("4 особи", Count(4)),
        ("п'ятеро", Count(5)),
        ("двоє дітей", Count(2)),
        (None, Count()),
        ("-", Count()),
        (0.0, Count(0)),
        (True, Count(1)),
        (2.5, Count(3, None, "import.count_half")),
        (-3.0, Count(problem="import.count_negative")),
        ("2+1", Count(3, 1, "import.count_added")),
        ("2 дорослих, 1 дитина", Count(3, 1, "import.count_added")),
        ("2 дор. + 2 діт.", Count(4, 2, "import.count_added")),
        ("сім'я 4", Count(4, None, "import.count_unclear")),
        ("3-4", Count(4, None, "import.count_unclear")),
        ("380501112233", Count(problem="import.count_unreadable")),
        (2023.0, Count(problem="import.count_unreadable")),
        (date(2023, 2, 1), Count(problem="import.count_unreadable")),
        ("багато", Count(problem="import.count_unreadable")),
    ],
)
def test_counts(value: CellValue, count: Count) -> None:
    assert read_count(value) == count


@given(st.one_of(st.text(max_size=15), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_count_is_never_negative_and_never_huge(value: CellValue) -> None:
    people = read_count(value).people
    assert people is None or 0 <= people < 300


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("так", True), ("Да", True), ("+", True), ("х", True), (True, True), (1.0, True), ("так, складний", True),
        ("ні", False), ("-", False), (None, False), (0.0, False), ("немає", False), (False, False),
        ("складний", None), ("інв. коляска", None),
    ],
)  # fmt: skip
def test_marks(value: CellValue, answer: bool | None) -> None:
    assert read_yes(value) is answer


@pytest.mark.parametrize("text", ["АХ 1234 ВС", "AX1234BC", "ах-1234-вс", "Ax 1234 Bc"])
def test_plates_in_either_alphabet_are_one(text: str) -> None:
    assert read_plate(text) == "AX1234BC"


def test_plates_with_other_letters_stay_as_they_are() -> None:
    assert read_plate("д 123 жж") == "Д123ЖЖ"


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("B", "B"),
        ("В", "B"),
        ("Д1", "D1"),
        ("Д", "D"),
        ("B, C, D1", "D1"),
        ("кат. D", "D"),
        ("BE", "B"),
        ("C", "C"),
        ("", ""),
    ],
)
def test_licences(text: str, licence: str) -> None:
    assert read_licence(text) == licence


def test_hours_and_numbers() -> None:
    assert [moment and moment.hour for moment in read_hours("з 6:00 до 18.30")] == [6, 18]
    assert read_hours("цілодобово") == (None, None)
    assert [read_number(value) for value in ("49,5", " 1 200 ", 7.0, "біля 5", None, True)] == [
        49.5, 1200.0, 7.0, None, None, None,
    ]  # fmt: skip
