"""Text tables in the encodings and separators that they come in (FAULTS 60, 65)."""

from __future__ import annotations

import pytest

from coordinator.exchange.delimited import decode, guess_separator, read_delimited

TABLE = [["ПІБ", "Адреса"], ["Сорока Олена", "вул. Садова, 5"], ["Їжак Ґалаґан", "м. Подоли"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in TABLE) + "\r\n"
    assert read_delimited("a.csv", text.encode(encoding)) == TABLE


def test_commas_and_quotes() -> None:
    text = 'ПІБ,Адреса\n"Сорока ""Оля""","вул. Садова, 5\nбіля школи"\n'
    assert read_delimited("a.csv", text.encode()) == [
        ["ПІБ", "Адреса"],
        ['Сорока "Оля"', "вул. Садова, 5\nбіля школи"],
    ]


def test_uneven_rows_stay_uneven() -> None:
    assert read_delimited("a.csv", "а;б;в\n1;2\n\n1;2;3;4\n".encode()) == [
        ["а", "б", "в"],
        ["1", "2"],
        [],
        ["1", "2", "3", "4"],
    ]


def test_the_line_that_names_the_separator_keeps_its_row() -> None:
    assert read_delimited("a.csv", "sep=;\nПІБ;Вік\n".encode()) == [[], ["ПІБ", "Вік"]]


def test_marks_against_formulas_are_taken_off() -> None:
    text = "ПІБ;Примітка\n'=A1;'+380501112233\n'-;'Сорока\n"
    assert read_delimited("a.csv", text.encode())[1:] == [["=A1", "+380501112233"], ["-", "'Сорока"]]


def test_an_unclosed_quote_does_not_swallow_the_list() -> None:
    lines = ["ПІБ;Адреса", '"Сорока;Садова 1'] + [f"Дрозд {n};Садова {n}" for n in range(60)]
    assert len(read_delimited("a.csv", "\n".join(lines).encode())) == 62


def test_null_characters_are_left_out() -> None:
    assert decode("a.csv", b"a\x00b") == "ab"


def test_a_single_column_has_some_separator() -> None:
    assert guess_separator("ПІБ\nСорока\n") == ","
