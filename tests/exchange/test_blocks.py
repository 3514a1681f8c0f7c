"""Which rows of a list of people are one household (issue A, point 4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.making import read_rows, sizes

SHORT = ["№", "ПІБ", "Дата народження", "Адреса", "Телефон", "Примітка"]


def test_an_address_on_each_row_is_one_household(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5"],
        [2, "Сорока Тарас", 2012, "вул. Садова, 5 "],
        [3, "Дрозд Микола", 1950, "вул. Садова, 7"],
    )
    assert sizes(found) == [2, 1]


def test_two_separate_blocks_with_one_address_stay_two(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5"],
        [2, "Сорока Тарас", 2012],
        [3, "Дрозд Микола", 1950, "вул. Садова, 5"],
        [4, "Дрозд Ганна", 1952],
    )
    assert sizes(found) == [2, 2]


def test_two_merged_blocks_with_one_address_stay_two(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5", "0501112233"],
        [2, "Сорока Тарас", 2012],
        [3, "Дрозд Микола", 1950, "вул. Садова, 5", "0671112233"],
        [4, "Дрозд Ганна", 1952],
        merged=[(1, 3, 2, 3), (3, 3, 4, 3), (1, 4, 2, 4), (3, 4, 4, 4)],
    )
    assert sizes(found) == [2, 2]
    assert [len(household.contacts) for household in found.households] == [1, 1]


def test_a_merged_phone_over_two_households_belongs_to_both(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5", "0501112233"],
        [2, "Дрозд Микола", 1950, "вул. Садова, 7"],
        merged=[(1, 4, 2, 4)],
    )
    assert [household.contacts[0].e164 for household in found.households] == ["+380501112233"] * 2


def test_a_merged_blank_address_is_a_household_too(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5"],
        [2, "Дрозд Микола", 1950, None, "0671112233"],
        [3, "Дрозд Ганна", 1952],
        merged=[(2, 3, 3, 3)],
    )
    assert sizes(found) == [1, 2]


def test_totals_between_blocks_end_a_household(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path, SHORT, [1, "Сорока Олена", 1981, "вул. Садова, 5"], ["Разом", 1], [2, "Дрозд Микола", 1950]
    )
    assert sizes(found) == [1, 1]
    assert found.households[1].address.text == ""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[1, "А Олена", "0501112233"], [None, "Б Тарас"], [2, "В Микола", "0671112233"]], [2, 1]),
        ([[1, "А Олена", "0501112233"], [2, "Б Тарас"], [3, "В Микола", "0671112233"]], [2, 1]),
        ([[1, "А Олена", "0501112233"], [2, "Б Тарас", "0501112233"], [3, "В Микола", "0671112233"]], [2, 1]),
        ([[1, "А Олена"], [1, "Б Тарас"], [2, "В Микола"]], [2, 1]),
        ([[1, "А Олена"], [2, "Б Тарас"], [3, "В Микола"]], [1, 1, 1]),
    ],
    ids=["number", "contact", "contact on each row", "number repeated", "each row"],
)
def test_without_addresses(tmp_path: Path, rows: list[list[object]], expected: list[int]) -> None:
    assert sizes(read_rows(tmp_path, ["№", "ПІБ", "Телефон"], *rows)) == expected


def test_a_household_number_of_its_own_column_decides(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        ["Household No.", "Surname", "Given name", "Address"],
        [1, "Сорока", "Олена", "вул. Садова, 5"],
        [1, "Сорока", "Тарас", "вул. Садова, 5"],
        [2, "Дрозд", "Микола", "вул. Садова, 5"],
    )
    assert sizes(found) == [2, 1]


def test_a_mark_for_as_above_is_no_address(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5"],
        [2, "Сорока Тарас", 2012, "-//-"],
        [3, "Сорока Іван", 2015, "там же"],
    )
    assert sizes(found) == [3]
