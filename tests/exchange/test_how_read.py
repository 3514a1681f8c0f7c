"""A sheet that is read as a person has said: header row, columns, households, blanks, days, hidden rows, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Relation, Sex
from coordinator.exchange.how_read import NO_WORDS, UNUSED, Division, Reading, SheetReading, Words
from coordinator.exchange.incoming import IncomingList, ListKind
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.understand import understand
from tests.exchange.making import LIST_DAY, codes, raw_sheet, sizes

FOREIGN = [["Q1", "Q2", "Q3", "Q4"], ["Сорока Олена", "Садова 5", "1981", "ж"], ["Дрозд Іван", "Миру 1", "1950", "ч"]]


def read(
    tmp_path: Path,
    rows: Sequence[Sequence[object]] | RawSheet,
    *,
    kind: ListKind | None = None,
    words: Words = NO_WORDS,
    **how: object,
) -> IncomingList:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"stand-in")
    sheet = rows if isinstance(rows, RawSheet) else raw_sheet(rows)
    reading = Reading(kind, {"Подоли": SheetReading(**how)}, words)  # type: ignore[arg-type]
    return understand(path, [sheet], LIST_DAY, how=reading)


def heads(found: IncomingList) -> list[str]:
    return [household.people[0].name.full for household in found.households]


def test_headers_that_nobody_knows_are_read_by_what_was_said_of_them(tmp_path: Path) -> None:
    found = read(tmp_path, FOREIGN, header_row=0, columns={0: "full_name", 1: "address", 2: "birth", 3: "sex"})
    assert heads(found) == ["Сорока Олена", "Дрозд Іван"]
    first = found.households[0]
    assert (first.address.house, first.people[0].birth.year, first.people[0].sex) == ("5", 1981, Sex.FEMALE)
    assert not found.warnings


def test_a_column_that_is_not_used_is_not_read_and_not_remarked(tmp_path: Path) -> None:
    rows = [["ПІБ", "Адреса", "Телефон", "Колір"], ["Сорока Олена", "Садова 5", "0501112233", "зелений"]]
    found = read(tmp_path, rows, columns={2: UNUSED, 3: UNUSED})
    assert found.households[0].contacts == () and not found.warnings


def test_what_was_said_of_a_doubled_column_ends_the_remark(tmp_path: Path) -> None:
    rows = [["ПІБ", "Адреса", "Адреса"], ["Сорока Олена", "Садова 5", "Миру 9"]]
    assert codes(read(tmp_path, rows).warnings) == ["import.column_doubled"]
    found = read(tmp_path, rows, columns={1: UNUSED, 2: "address"})
    assert found.households[0].address.house == "9" and not found.warnings


def test_another_header_row_than_the_one_that_was_guessed(tmp_path: Path) -> None:
    rows = [["ПІБ", "Адреса", "Телефон"], ["Імʼя", "Де", "Нотатка"], ["Сорока Олена", "Садова 5", "0501112233"]]
    found = read(tmp_path, rows, header_row=1, columns={0: "full_name", 1: "address", 2: "phone"})
    assert found.households[0].rows == (3,) and found.sheets[0].header_row == 2


LIST = [
    ["№", "ПІБ", "Адреса", "Телефон"],
    [1, "Сорока Олена", "Садова 5", "0501112233"],
    [1, "Сорока Іван", "Садова 5", "0501112233"],
    [2, "Дрозд Микола", "Садова 5", "0671112244"],
    [3, "Галка Віра", "Миру 1", "0671112244"],
]


@pytest.mark.parametrize(
    ("division", "households"),
    [
        (None, [3, 1]),
        (Division.ADDRESS, [3, 1]),
        (Division.NUMBER, [2, 1, 1]),
        (Division.CONTACT, [2, 2]),
        (Division.EACH, [1, 1, 1, 1]),
    ],
)
def test_households_are_told_apart_as_was_said(
    tmp_path: Path, division: Division | None, households: list[int]
) -> None:
    assert sizes(read(tmp_path, LIST, division=division)) == households


def test_households_by_merged_cells(tmp_path: Path) -> None:
    sheet = replace(raw_sheet(LIST), merged=((2, 0, 3, 0),))
    assert sizes(read(tmp_path, sheet, division=Division.MERGED)) == [1, 2, 1]


def test_fault_33_blank_cells_are_filled_down_where_that_was_said(tmp_path: Path) -> None:
    rows = [
        ["Прізвище", "Ім'я", "Адреса", "Населений пункт"],
        ["Сорока", "Олена", "Садова 5", "Подоли"],
        ["", "Іван", "", ""],
        ["Всього", "2", "", ""],
        ["", "Віра", "Миру 1", "Курилівка"],
    ]
    plain = read(tmp_path, rows)
    assert [p.name.surname for h in plain.households for p in h.people] == ["Сорока", "", ""]
    filled = read(tmp_path, rows, fill_down=frozenset({0}))
    assert [p.name.surname for h in filled.households for p in h.people] == ["Сорока", "Сорока", ""]
    assert len(filled.skipped) == 1


def test_fault_33_merged_cells_need_not_speak_for_their_rows(tmp_path: Path) -> None:
    rows = [["ПІБ", "Адреса", "Телефон"], ["Сорока Олена", "Садова 5", "0501112233"], ["Сорока Іван", "Садова 7", ""]]
    sheet = replace(raw_sheet(rows), merged=((1, 2, 2, 2),))
    assert [len(h.contacts) for h in read(tmp_path, sheet).households] == [1, 1]
    assert [len(h.contacts) for h in read(tmp_path, sheet, merged_down=False).households] == [1, 0]


def test_fault_37_the_answer_for_a_column_of_days_is_followed(tmp_path: Path) -> None:
    rows = [
        ["ПІБ", "Адреса", "Дата народження", "Коли виїзд", "Дата заявки"],
        ["Сорока Олена", "Садова 5", "5/3/1981", "9/8/23", "7/8/2023 10:30"],
    ]
    found = read(tmp_path, rows)
    assert codes(found.warnings) == ["import.birth_order"] * 3
    assert [warning.at.cell for warning in found.warnings] == ["D2", "E2", "C2"]
    answered = read(tmp_path, rows, month_first={2: True, 3: True, 4: False})
    (household,) = answered.households
    assert household.people[0].birth.on == date(1981, 5, 3) and household.wants_on == date(2023, 9, 8)
    assert household.requested_at and household.requested_at.date() == date(2023, 8, 7)
    assert not answered.warnings
    assert read(tmp_path, rows, month_first={2: False}).households[0].people[0].birth.on == date(1981, 3, 5)


def test_fault_38_days_that_were_counted_from_1904_are_put_right(tmp_path: Path) -> None:
    rows = [["ПІБ", "Адреса", "Дата народження"], ["Сорока Олена", "Садова 5", datetime(1977, 3, 4)]]
    rows += [["Дрозд Іван", "Миру 1", 16500]]
    found = read(tmp_path, rows, epoch_1904=True)
    assert [h.people[0].birth.on for h in found.households] == [date(1981, 3, 5), date(1949, 3, 5)]


def test_fault_35_hidden_rows_are_left_out_where_that_was_said(tmp_path: Path) -> None:
    sheet = replace(raw_sheet(LIST), hidden_rows=frozenset({4}))
    found = read(tmp_path, sheet, hidden_rows=False)
    assert heads(found) == ["Сорока Олена"] and codes(found.warnings) == ["import.hidden_rows_left"]
    assert codes(read(tmp_path, sheet, hidden_rows=True).warnings) == ["import.hidden_rows"]


def test_a_sheet_that_was_left_out_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"x")
    sheets = [raw_sheet(LIST), raw_sheet(LIST, "Чернетка")]
    found = understand(path, sheets, LIST_DAY, how=Reading(sheets={"Чернетка": SheetReading(use=False)}))
    assert [sheet.used for sheet in found.sheets] == [True, False]
    assert [(warning.code, warning.facts) for warning in found.warnings] == [
        ("import.sheet_left", {"sheet": "Чернетка", "rows": 5})
    ]


def test_another_kind_and_settlement_than_were_guessed(tmp_path: Path) -> None:
    rows = [["ПІБ", "Адреса", "Телефон"], ["Сорока Олена", "Садова 5", "0501112233"]]
    found = read(tmp_path, rows, kind=ListKind.REQUESTS, settlement="Курилівка")
    assert found.kind is ListKind.REQUESTS and found.households[0].decision is Decision.WANTS_PICKUP
    assert read(tmp_path, rows, settlement="Курилівка").households[0].settlement_text == "Курилівка"


def test_fault_49_words_mean_what_was_said_of_them(tmp_path: Path) -> None:
    rows = [
        ["ПІБ", "Адреса", "Стать", "Потреби", "Роль", "Рішення", "Візок"],
        ["Сорока Олена", "Садова 5", "2", "кат. А", "госп.", "жовтий", "ходунки"],
    ]
    meanings = {
        ("sex", "2"): Sex.FEMALE.value, ("needs", "кат а"): "stretcher,escort", ("relation", "госп"): "head",
        ("decision", "жовтий"): "undecided", ("wheelchair", "ходунки"): "no",
    }  # fmt: skip
    found = read(tmp_path, rows, words=Words(meanings))
    (household,) = found.households
    person = household.people[0]
    assert (person.sex, person.relation) == (Sex.FEMALE, Relation.HEAD)
    assert person.needs == {Need.STRETCHER, Need.ESCORT} and household.decision is Decision.UNDECIDED
    assert not found.warnings
