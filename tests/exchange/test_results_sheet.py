"""The results sheet: the blank as it is written, and what hands write into it."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.exchange.results_cells import Unreadable, read_boarded, read_list, read_time
from coordinator.exchange.results_sheet import (
    BlankRow,
    ResultLine,
    ResultsRead,
    read_results,
    read_results_text,
    write_results_sheet,
)
from resources import i18n

BLANK = [
    BlankRow(
        "2023-08-15/1",
        1,
        417,
        "Коваль Олена",
        "Подоли",
        "вул. Садова, 1",
        3,
        "1 Коваль Олена; 2 Коваль Марко; 3 Коваль Софія",
    ),
    BlankRow("2023-08-15/1", 2, 5, "=Гай", "Подоли", "", 1, ""),
    BlankRow("2023-08-15/1"),
    BlankRow("2023-08-15/1", arrival=True),
]
RESULT, BOARDED, TIME, NOTE, WHO = 9, 10, 11, 12, 4


def filled(folder: Path, *cells: tuple[int, int, object]) -> ResultsRead:
    """The blank with values written at (row of Excel, column), read back."""
    path = folder / "sheet.xlsx"
    write_results_sheet(path, "15.08.2023", BLANK)
    book = load_workbook(path)
    for row, column, value in cells:
        book.worksheets[0].cell(row, column).value = value
    book.save(path)
    return read_results(path)


def lines(text: str) -> tuple[ResultLine, ...]:
    return read_results_text(text.encode()).lines


def test_an_empty_blank_reads_back_as_nothing(tmp_path: Path) -> None:
    read = filled(tmp_path)

    assert (read.rows_read, read.blank, read.lines, read.set_aside) == (4, 4, (), ())


def test_the_blank_has_typed_cells_and_a_list_of_results(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_results_sheet(path, "15.08.2023", BLANK)
    page = load_workbook(path).worksheets[0]

    assert page.freeze_panes == "A2"
    assert (page.cell(2, 3).value, page.cell(3, 4).value, page.cell(3, 4).data_type) == (417, "=Гай", "s")
    (choice,) = page.data_validations.dataValidation
    assert choice.formula1 == '"boarded,refused,not home,other,came along,yes"'
    assert "I2" in choice.sqref


@pytest.mark.parametrize("code", ["en", "uk"])
def test_a_filled_blank_of_either_language_is_understood(tmp_path: Path, code: str) -> None:
    i18n.set_language(code)
    path = tmp_path / "sheet.xlsx"
    write_results_sheet(path, "15.08.2023", BLANK)
    book = load_workbook(path)
    page = book.worksheets[0]
    choices = page.data_validations.dataValidation[0].formula1.strip('"').split(",")
    for row, value in ((2, choices[0]), (3, choices[2]), (4, choices[4]), (5, choices[5])):
        page.cell(row, RESULT).value = value
    page.cell(2, TIME).value = time(9, 40)
    page.cell(4, WHO).value = "Мак Ніна"
    book.save(path)
    i18n.set_language("uk" if code == "en" else "en")

    boarded, missing, along, arrived = read_results(path).lines

    assert (boarded.household, boarded.result, boarded.time) == (417, StopResult.BOARDED, 9 * 60 + 40)
    assert missing.result is StopResult.NOT_HOME
    assert along.along and along.who == "Мак Ніна"
    assert arrived.arrived and arrived.list_number == 1


@pytest.mark.parametrize(
    ("word", "result"),
    [
        ("забрали", StopResult.BOARDED), ("Відмова", StopResult.REFUSED), ("НЕМАЄ ", StopResult.NOT_HOME),
        ("інше", StopResult.OTHER), ("boarded", StopResult.BOARDED), ("not home.", StopResult.NOT_HOME),
        ("+", StopResult.BOARDED),
    ],
)  # fmt: skip
def test_words_in_both_languages(tmp_path: Path, word: str, result: StopResult) -> None:
    (line,) = filled(tmp_path, (2, RESULT, word)).lines
    assert line.result is result


def test_what_cannot_be_read_is_set_aside_by_its_cell(tmp_path: Path) -> None:
    read = filled(tmp_path, (2, RESULT, "можливо"), (3, RESULT, "забрали"), (3, BOARDED, "двоє"), (5, RESULT, "як"))

    found = [(remark.code, remark.at.cell, remark.at.value) for remark in read.set_aside]
    assert found == [
        ("results.result_unreadable", "I2", "можливо"),
        ("results.number_unreadable", "J3", "двоє"),
        ("results.result_unreadable", "I5", "як"),
    ]
    assert (read.lines, read.blank, read.rows_read) == ((), 1, 4)


def test_an_unreadable_time_warns_and_the_line_is_used(tmp_path: Path) -> None:
    read = filled(tmp_path, (2, RESULT, "boarded"), (2, TIME, "зранку"))

    assert [line.time for line in read.lines] == [None]
    assert [(remark.code, remark.at.cell) for remark in read.warnings] == [("results.time_unreadable", "K2")]


@pytest.mark.parametrize(("column", "value"), [(RESULT, "рейс прибув"), (RESULT, "так"), (TIME, time(15, 5))])
def test_a_trip_arrives_by_word_yes_or_time(tmp_path: Path, column: int, value: object) -> None:
    (line,) = filled(tmp_path, (5, column, value)).lines
    assert line.arrived and line.list_number == 1


def test_no_is_not_arrived_yet(tmp_path: Path) -> None:
    assert filled(tmp_path, (5, RESULT, "ні")).lines == ()


def test_lines_typed_into_a_terminal() -> None:
    boarded, part, met, arrived = lines(
        "1,417,boarded,4,09:40,\n2023-08-15/1;5;забрали;1, 3;;\n".replace(";", ",").replace("1, 3", '"1, 3"')
        + '1,,з нами,2,,,"Мак Ніна"\n1,,arrived,,15:20,\n'
    )

    assert (boarded.list_number, boarded.household, boarded.boarded, boarded.time) == (1, 417, 4, 580)
    assert (part.list_number, part.members, part.boarded) == (1, (1, 3), None)
    assert (met.along, met.who, met.boarded, met.household) == (True, "Мак Ніна", 2, None)
    assert (arrived.arrived, arrived.time) == (True, 920)


def test_columns_of_text_go_by_their_header() -> None:
    (line,) = lines("Результат;Домогосподарство;Примітка\nвідмова;417;мати хвора\n")

    assert (line.household, line.list_number, line.result, line.note) == (417, None, StopResult.REFUSED, "мати хвора")


@pytest.mark.parametrize("text", ["", "привіт\n", "Ім'я;Адреса\nКоваль;Садова\n"])
def test_another_file_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match=r"results\.no_header"):
        read_results_text(text.encode())


@given(st.one_of(st.none(), st.floats(), st.text(max_size=12), st.booleans(), st.times(), st.timedeltas()))
def test_cells_are_read_or_refused_and_never_raise_otherwise(value: object) -> None:
    for read in (read_boarded, read_list, read_time):
        try:
            read(value)  # type: ignore[operator]
        except Unreadable as refused:
            assert refused.code.startswith("results.")
