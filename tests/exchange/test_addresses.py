"""Addresses in one cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.exchange.addresses import is_ditto, read_address, read_house, read_street


@pytest.mark.parametrize(
    ("text", "street", "house", "flat"),
    [
        ("вул. Набережна, 62, кв. 17", "Набережна", "62", "17"),
        ("вул. 1 Травня, 88, кв. 31", "1 Травня", "88", "31"),
        ("вул Садова 16 кв 7", "Садова", "16", "7"),
        ("Садова 16/7", "Садова", "16/7", ""),
        ("вул.Садова,буд.5,кв.7", "Садова", "5", "7"),
        ("ул. Садовая д. 5 кв 6", "Садовая", "5", "6"),
        ("пров. Шкільний, 4", "пров. Шкільний", "4", ""),
        ("вул. Миру, 5 А", "Миру", "5А", ""),
        ("вул. Миру, 12, корп. 2, кв. 5", "Миру", "12 корп. 2", "5"),
        ("вул. 40 років Перемоги, 12", "40 років Перемоги", "12", ""),
        ("1 Травня 88", "1 Травня", "88", ""),
        ("вул. Садова б/н", "Садова", "б/н", ""),
        ("Sadova st. 5, apt 3", "Sadova", "5", "3"),
        ("Садова", "Садова", "", ""),
        ("62", "", "62", ""),
    ],
)
def test_street_house_flat(text: str, street: str, house: str, flat: str) -> None:
    read = read_address(text)
    assert (read.address.street, read.address.house, read.address.flat) == (street, house, flat)
    assert (read.address.text, read.settlement) == (text, "")


@pytest.mark.parametrize(
    ("text", "settlement", "line"),
    [
        ("с. Подоли, вул. Садова, 5", "с. Подоли", "Садова, 5"),
        ("смт Ківшарівка вул. Лісова 5а, кв.3", "смт Ківшарівка", "Лісова, 5а, кв. 3"),
        ("Степова обл., Лісовий р-н, с. Подоли, вул. Миру, 5", "с. Подоли", "Миру, 5"),
        ("м. Куп'янськ", "м. Куп'янськ", "м. Куп'янськ"),
        ("с. Подоли 5", "с. Подоли", "5"),
        ("Село Подоли, 5", "Село Подоли", "5"),
        ("С. Подоли, вул. Садова, 5", "С. Подоли", "Садова, 5"),
        ("М. Грушевського, 5", "", "М. Грушевського, 5"),
        ("вул. М. Грушевського, 5", "", "М. Грушевського, 5"),
        ("Куп'янськ, вул. Миру 3", "Куп'янськ", "Миру, 3"),
        ("Куп’янськ-Вузловий, Залізнична 12", "Куп’янськ-Вузловий", "Залізнична, 12"),
        ("Харківська обл., Ковшаровка ул. Мира, д. 3", "Ковшаровка", "Мира, 3"),
        ("с. Піщане, Курилівська громада, вул. Садова 1а", "с. Піщане, Курилівська громада", "Садова, 1а"),
        ("Піщане, Курилівська ТГ, вул. Садова 1а", "Піщане, Курилівська ТГ", "Садова, 1а"),
        ("Курилівська громада, вул. Садова 1а", "", "Садова, 1а"),
        ("Піщане, буд. 5", "", "Піщане, 5"),
        ("Піщане", "Піщане", "Піщане"),
        ("гуртожиток, вул. Миру 3", "", "гуртожиток, вул. Миру, 3"),
    ],
)
def test_the_settlement_before_the_street(text: str, settlement: str, line: str) -> None:
    read = read_address(text)
    assert (read.settlement, read.address.line) == (settlement, line)


def test_brackets_are_a_landmark() -> None:
    assert read_address("вул. Миру, 7 (біля магазину)").address.landmark == "біля магазину"


@given(st.text(max_size=40))
def test_any_text_is_kept(text: str) -> None:
    read = read_address(text)
    assert read.address.text == "" or read.address.line


def test_columns_of_their_own() -> None:
    assert [read_house(value) for value in (62.0, "62.0", "62 а", "буд. 5", date(2023, 3, 5), "кв. 7", None)] == [
        "62", "62", "62а", "5", "5/3", "7", "",
    ]  # fmt: skip
    assert [read_street(value) for value in ("вул. Садова", "Садова", "пров. Тихий")] == [
        "Садова",
        "Садова",
        "пров. Тихий",
    ]


def test_marks_for_as_above() -> None:
    assert all(is_ditto(text) for text in ("-//-", "там же", '"', "та сама", "——"))
    assert not any(is_ditto(text) for text in ("-", "—", "", None, "вул. Миру", 5.0))
