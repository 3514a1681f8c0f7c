"""Phones of one cell, in every form that lists have them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.household import Contact
from coordinator.domain.phones import parse_phones, search_digits, show_phone

NUMBER = "+380501234567"


@pytest.mark.parametrize(
    "cell",
    [
        380501234567.0,
        501234567.0,
        380501234567,
        "380501234567.0",
        "501234567",
        "0501234567",
        "050 123 45 67",
        "050-123-45-67",
        "050.123.45.67",
        "050/123-45-67",
        "(050) 123-45-67",
        "+38 (050) 123-45-67",
        "+38(050)1234567",
        "80501234567",
        "8 050 123 45 67",
        "8-050-1234567",
        "00380501234567",
        "О50 123 45 67",
        "тел. 0501234567",
        "\u00a0050\u00a0123\u200b45 67\n",
    ],
)
def test_every_usual_form_is_read(cell: object) -> None:
    (contact,) = parse_phones(cell)
    assert contact.e164 == NUMBER
    assert not contact.note


@pytest.mark.parametrize(
    ("cell", "contacts"),
    [
        (
            "+380501234567, 0671234567 (сусідка)",
            [("+380501234567", ""), ("+380671234567", "сусідка")],
        ),
        ("0501234567 0671234567", [("+380501234567", ""), ("+380671234567", "")]),
        ("0501234567/0671234567", [("+380501234567", ""), ("+380671234567", "")]),
        ("мама 0501234567 тато 0671234567", [("+380501234567", "мама"), ("+380671234567", "тато")]),
        ("050 123 45 67 (мама) 067 123 45 67 тато", [("+380501234567", "мама"), ("+380671234567", "тато")]),
        ("0501234567 син Іван, 0671234567 дочка", [("+380501234567", "син Іван"), ("+380671234567", "дочка")]),
        ("0501234567 або 0671234567", [("+380501234567", ""), ("+380671234567", "")]),
        ("0501234567, +38 050 123 45 67 (та сама)", [("+380501234567", "та сама")]),
        ("0501234567 доб. 12", [("+380501234567", "доб. 12")]),
        ("+48 501 234 567", [("+48501234567", "")]),
        ("(057) 700-12-34", [("+380577001234", "")]),
    ],
)
def test_several_numbers_and_words(cell: str, contacts: list[tuple[str, str]]) -> None:
    assert [(contact.e164, contact.note) for contact in parse_phones(cell)] == contacts


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        ("3,80501E+11", "3,80501E+11"),
        ("3.80501e+11", "3.80501e+11"),
        ("050123456", "050123456"),
        ("5-12-34", "5-12-34"),
        ("спитати сусідку", "спитати сусідку"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed(cell: str, raw: str) -> None:
    assert parse_phones(cell) == (Contact(raw),)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—", "немає", "нет", True])
def test_no_phone(cell: object) -> None:
    assert parse_phones(cell) == ()


@given(
    st.lists(st.integers(0, 9_999_999), min_size=1, max_size=3, unique=True), st.sampled_from([", ", "; ", " ", "\n"])
)
def test_no_number_of_a_cell_is_lost(numbers: list[int], between: str) -> None:
    cell = between.join(f"050{number:07d}" for number in numbers)
    assert [contact.e164 for contact in parse_phones(cell)] == [f"+38050{number:07d}" for number in numbers]


@given(st.text(alphabet="0123456789 +-();/аб", max_size=30))
def test_digits_of_any_cell_are_kept(cell: str) -> None:
    kept = "".join(contact.raw + contact.note for contact in parse_phones(cell))
    assert sorted(filter(str.isdigit, kept)) == sorted(filter(str.isdigit, cell))


@given(st.text(max_size=40))
def test_any_text_is_taken(cell: str) -> None:
    for contact in parse_phones(cell):
        assert contact.raw


def test_showing_and_searching() -> None:
    assert show_phone(NUMBER) == "050 123 45 67"
    assert show_phone("+48501234567") == "+48 501 234 567"
    assert show_phone("05 12") == "05 12"
    assert search_digits(NUMBER) == "0501234567"
    assert search_digits("+48501234567") == "48501234567"
