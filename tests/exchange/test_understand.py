"""A whole file: which kind it is, which sheets count, what is said about them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.exchange.how_read import Reading, SheetReading
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.layout import find_table
from coordinator.exchange.understand import understand
from tests.exchange.making import (
    LIST_DAY,
    PEOPLE_HEADERS,
    REQUEST_HEADERS,
    codes,
    raw_sheet,
    read_book,
    read_rows,
    read_sheets,
    sizes,
    write_book,
)

PERSON = [1, "Сорока Олена", 1981, "вул. Садова, 5", "0501112233"]
OTHER = [1, "Дрозд Микола", 1950, "вул. Лісова, 7", "0671112233"]


def test_a_workbook_with_a_sheet_for_each_settlement(tmp_path: Path) -> None:
    title = ["станом на 10.08.2023"]
    path = write_book(
        tmp_path / "list.xlsx",
        {
            "Довідка": [["Список сформовано старостами."]],
            "Подоли": [["СПИСОК"], title, [], PEOPLE_HEADERS, PERSON, [], ["Всього:", 1], [], [None, "Староста"]],
            "Ківшарівка": [["СПИСОК"], title, [], PEOPLE_HEADERS, OTHER, [2, "Дрозд Ганна", datetime(2010, 5, 1)]],
        },
    )
    found = read_book(path, date(2023, 9, 1))
    assert [(s.name, s.rows_read, s.used, s.header_row, s.settlement) for s in found.sheets] == [
        ("Довідка", 0, False, None, ""),
        ("Подоли", 3, True, 4, "Подоли"),
        ("Ківшарівка", 2, True, 4, "Ківшарівка"),
    ]
    assert (found.kind, found.file_name, found.list_on) == (ListKind.PEOPLE, "list.xlsx", date(2023, 8, 10))
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (found.rows_read, sizes(found)) == (5, [1, 2])
    assert [(h.sheet, h.rows) for h in found.households] == [("Подоли", (5,)), ("Ківшарівка", (5, 6))]
    assert not found.warnings


@pytest.mark.parametrize(
    ("titles", "day"),
    [
        (["станом на 14.08.2023"], date(2023, 8, 14)),
        (["Список осіб станом на 9 серпня 2023 року"], date(2023, 8, 9)),
        (["по состоянию на 01.08.23 г."], date(2023, 8, 1)),
        (["as of August 7, 2023"], date(2023, 8, 7)),
        (["Дата: 2023-08-05"], date(2023, 8, 5)),
        (["на виконання наказу від 01.02.2023 № 5"], LIST_DAY),
        ([], LIST_DAY),
    ],
)
def test_the_date_of_the_list(tmp_path: Path, titles: list[str], day: date) -> None:
    assert read_rows(tmp_path, PEOPLE_HEADERS, PERSON, titles=titles).list_on == day


def test_a_cover_sheet_dates_the_whole_file(tmp_path: Path) -> None:
    cover = raw_sheet([["станом на", datetime(2023, 8, 3)]], "Довідка")
    assert read_sheets(tmp_path, cover, raw_sheet([PEOPLE_HEADERS, PERSON])).list_on == date(2023, 8, 3)


@pytest.mark.parametrize("above", [0, 5, 24])
def test_headers_stand_in_the_first_25_rows(tmp_path: Path, above: int) -> None:
    rows = [["Назва"]] * above + [PEOPLE_HEADERS, PERSON]
    assert sizes(read_sheets(tmp_path, raw_sheet(rows))) == [1]


def test_headers_below_row_25_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_sheets(tmp_path, raw_sheet([["Назва"]] * 25 + [PEOPLE_HEADERS, PERSON]))
    assert caught.value.code == "import.nothing_usable"
    assert caught.value.facts == {"file": "list.xlsx", "sheets": "Подоли", "rows": 25}


def test_headers_without_rows(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_rows(tmp_path, PEOPLE_HEADERS)
    assert caught.value.code == "import.no_rows"


def test_hidden_sheets_are_counted_and_left_out_unless_asked_for(tmp_path: Path) -> None:
    hidden = replace(raw_sheet([PEOPLE_HEADERS, OTHER], "Старе"), visible=False)
    shown = raw_sheet([PEOPLE_HEADERS, PERSON])
    found = read_sheets(tmp_path, shown, hidden)
    assert sizes(found) == [1]
    assert [(w.code, w.facts) for w in found.warnings] == [("import.sheet_hidden", {"sheet": "Старе", "rows": 1})]
    wanted = Reading(sheets={"Старе": SheetReading(use=True)})
    everything = understand(tmp_path / "list.xlsx", [shown, hidden], LIST_DAY, how=wanted)
    assert sizes(everything) == [1, 1]
    assert sizes(read_sheets(tmp_path, hidden)) == [1]


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    sheet = replace(raw_sheet([PEOPLE_HEADERS, PERSON, OTHER]), hidden_rows=frozenset({2, 9}))
    found = read_sheets(tmp_path, sheet)
    assert sizes(found) == [1, 1]
    assert found.warnings[0].code == "import.hidden_rows"
    assert found.warnings[0].facts == {"sheet": "Подоли", "rows": 1, "first": 3, "last": 3}


def test_sheets_of_another_kind_or_of_none_are_named(tmp_path: Path) -> None:
    fleet = raw_sheet([["Держномер", "Марка", "Місць"], ["AX1234BC", "Sprinter", 8]], "Транспорт")
    notes = raw_sheet([["а", "б", "в"]] * 4, "Інше")
    found = read_sheets(tmp_path, raw_sheet([PEOPLE_HEADERS, PERSON, OTHER]), fleet, notes)
    assert found.kind is ListKind.PEOPLE
    assert codes(found.warnings) == ["import.sheet_other_kind", "import.sheet_not_understood"]


def test_unknown_and_doubled_columns_are_named(tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Адреса", "Колір", "Порожня", "Телефон 1", "Телефон 2"]
    found = read_rows(tmp_path, headers, ["Сорока Олена", None, "Садова 5", "синій", None, "0501112233", "0671112233"])
    assert [(w.code, w.at.cell) for w in found.warnings] == [
        ("import.column_doubled", "C1"),
        ("import.column_unknown", "D1"),
    ]
    (household,) = found.households
    assert (household.address.line, len(household.contacts)) == ("Садова, 5", 2)


def test_headers_repeated_on_each_page_are_no_data(tmp_path: Path) -> None:
    found = read_rows(tmp_path, PEOPLE_HEADERS, PERSON, PEOPLE_HEADERS, OTHER)
    assert sizes(found) == [1, 1]
    assert codes(found.skipped) == ["import.skipped_header"]


def test_hashtags_under_the_headers_are_no_data(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ["ПІБ", "Адреса", "Вік"], ["#name", "#loc", "#age"], ["Сорока Олена", "Садова 5", 42])
    assert (found.rows_read, sizes(found)) == (1, [1])


def test_the_size_of_the_family_makes_no_request_list(tmp_path: Path) -> None:
    headers = ["ПІБ", "Дата народження", "Адреса", "Кількість членів сім'ї"]
    people = read_rows(
        tmp_path,
        headers,
        ["Сорока Олена", 1981, "Садова 5", 3],
        ["Сорока Тарас", 2012],
        ["Дрозд Іван", 1950, "Лісова 7"],
    )
    assert people.kind is ListKind.PEOPLE
    assert codes(people.warnings) == ["import.count_differs"]
    requests = read_rows(tmp_path, headers, ["Сорока Олена", 1981, "Садова 5", 3], ["Дрозд Іван", 1950, "Лісова 7", 1])
    assert requests.kind is ListKind.REQUESTS
    assert sizes(requests) == [3, 1]
    assert requests.households[0].people[0].birth.year == 1981


def test_a_blank_settlement_takes_the_one_above_and_is_said_once(tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Населений пункт"]
    rows = [
        ["Сорока Олена", "Садова 5", "Курилівка"],
        ["Дрозд Іван", "Лісова 7", None],
        ["Чайка Ганна", "Лісова 9", None],
    ]
    found = read_rows(tmp_path, headers, *rows)
    assert [household.settlement_text for household in found.households] == ["Курилівка"] * 3
    assert [(w.code, w.at.cell) for w in found.warnings] == [("import.settlement_from_above", "C3")]


def test_a_first_row_of_words_is_a_person_and_no_second_header(tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", None, "Примітка", "Потреби"]
    found = read_rows(tmp_path, headers, ["Сорока Олена", "вул. Садова", "візок", "син поруч", "лежача"])
    assert (found.rows_read, sizes(found)) == (1, [1])


def test_uneven_text_rows_with_two_header_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ПІБ;Адреса;Телефон\nПрізвище;Адреса\nСорока;Садова 5;0501112233\n", encoding="utf-8")
    assert sizes(read_book(path)) == [1]


def test_requests_as_text_in_an_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    rows = [REQUEST_HEADERS, ["12.08.2023 13:25", "Сорока Олена", "Подоли", "Садова", "5", "", "0501112233", "2", "1"]]
    path.write_bytes("\n".join(";".join(row) for row in rows).encode("cp1251"))
    found = read_book(path)
    assert (found.kind, sizes(found)) == (ListKind.REQUESTS, [2])
    assert not found.warnings


def test_the_better_of_two_header_rows_wins() -> None:
    table = find_table(raw_sheet([["ПІБ", "Телефон"], ["Староста", "0501112233"], PEOPLE_HEADERS, PERSON]))
    assert table is not None
    assert table.header_row == 2
