"""Cells to values: births, days, moments, times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.days import KYIV
from coordinator.domain.person import Birth
from coordinator.exchange.reading import CellValue
from coordinator.exchange.values import is_month_first, read_age, read_birth, read_day, read_moment, read_time, shown
from tests.exchange.making import LIST_DAY

DAY = date(1951, 6, 14)


@pytest.mark.parametrize(
    "value",
    [
        datetime(1951, 6, 14), DAY, "14.06.1951", "14.6.51", "14/06/1951", "14-06-1951", "14,06,1951", "14 06 1951",
        "1951-06-14", "1951-06-14 00:00:00", "14.06.1951 р.н.", "14.06.1951р", "14 червня 1951", "14 июня 1951 г.",
        "June 14, 1951", "14 Jun 1951", 18793.0, "18793", "\u00a014.06.1951 ",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(value: CellValue) -> None:
    assert read_birth(value, LIST_DAY) == (Birth(on=DAY), "")


@pytest.mark.parametrize(
    "value", [1987.0, "1987", "1987 р.н.", "1987р.", "1987 г.р.", "близько 1987", "~1987", "06.1987", "00.00.1987"]
)
def test_only_a_year(value: CellValue) -> None:
    assert read_birth(value, LIST_DAY) == (Birth(year=1987), "")


@pytest.mark.parametrize(("value", "age"), [("5 років", 5), ("45 р.", 45), ("8 міс", 0), ("31 year", 31)])
def test_an_age_in_the_birth_column(value: CellValue, age: int) -> None:
    assert read_birth(value, LIST_DAY).birth == Birth(age=age, age_on=LIST_DAY)


@pytest.mark.parametrize("value", ["31.02.1987", "30.13.1990", 140.0, 12.0, "абв", "14..06.1951", time(6, 0), "32"])
def test_what_is_no_birth_keeps_its_text(value: CellValue) -> None:
    assert read_birth(value, LIST_DAY) == (Birth(raw=shown(value)), "import.birth_unreadable")


@pytest.mark.parametrize("value", [None, "", "-", "невідомо", "?"])
def test_nothing_is_no_problem(value: CellValue) -> None:
    assert read_birth(value, LIST_DAY) == (Birth(), "")


def test_births_after_the_list() -> None:
    born = date(2023, 8, 20)
    assert read_birth(born, LIST_DAY) == (Birth(on=born, raw="20.08.2023"), "import.birth_later")
    assert read_birth(2024.0, LIST_DAY) == (Birth(year=2024, raw="2024"), "import.birth_later")
    assert read_birth(date(2031, 1, 1), LIST_DAY).birth == Birth(raw="01.01.2031")


def test_two_digits_of_a_year_never_lie_ahead() -> None:
    assert read_birth("14.06.23", LIST_DAY).birth.on == date(2023, 6, 14)
    assert read_birth("14.06.24", LIST_DAY).birth.on == date(1924, 6, 14)


@pytest.mark.parametrize(
    ("texts", "answer"), [(["5/31/1980", "1/2/1981"], True), (["31/5/1980", "5/6/1981"], False), (["5/6/1981"], None)]
)
def test_the_order_of_a_column(texts: list[str], answer: bool | None) -> None:
    assert is_month_first(texts) is answer


def test_the_epoch_of_1904_moves_plain_numbers() -> None:
    assert read_birth(17331.0, LIST_DAY, epoch_1904=True).birth.on == DAY


@pytest.mark.parametrize(
    ("value", "birth"),
    [
        (45.0, Birth(age=45, age_on=LIST_DAY)),
        ("17", Birth(age=17, age_on=LIST_DAY)),
        ("0,5", Birth(age=0, age_on=LIST_DAY)),
        ("1987", Birth(year=1987)),
        ("дитина", Birth(stated_child=True)),
        ("adult", Birth(stated_child=False)),
        (140.0, Birth(raw="140")),
        (None, Birth()),
    ],
)
def test_ages(value: CellValue, birth: Birth) -> None:
    assert read_age(value, LIST_DAY).birth == birth


@given(st.dates(date(1904, 1, 2), LIST_DAY))
def test_every_written_day_reads_back(day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", day.isoformat(), f"{day.day}.{day.month}.{day.year} р.н."):
        assert read_birth(text, LIST_DAY) == (Birth(on=day), "")


@given(st.one_of(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False), st.times(), st.booleans()))
def test_no_cell_makes_the_readers_stumble(value: CellValue) -> None:
    read = read_birth(value, LIST_DAY)
    assert (read.birth.raw != "") <= bool(read.problem)
    read_age(value, LIST_DAY)
    read_day(value, LIST_DAY)
    read_moment(value, value, LIST_DAY)
    read_time(value)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("16.08", date(2023, 8, 16)),
        ("16 серпня", date(2023, 8, 16)),
        ("до 16.08.2023 включно", date(2023, 8, 16)),
        (datetime(2023, 8, 16, 9, 0), date(2023, 8, 16)),
        (45154.0, date(2023, 8, 16)),
        ("31.02", None),
        ("скоріше", None),
        (True, None),
    ],
)
def test_days(value: CellValue, day: date | None) -> None:
    assert read_day(value, LIST_DAY) == day


@pytest.mark.parametrize(
    ("value", "clock"),
    [
        (datetime(2023, 8, 12, 13, 25), None),
        ("12.08.2023 13:25", None),
        ("2023-08-12T13:25", None),
        ("12.08.2023", time(13, 25)),
        (date(2023, 8, 12), "13:25"),
        (45150 + (13 * 60 + 25) / 1440, None),
    ],
)
def test_moments_are_kyiv_time(value: CellValue, clock: CellValue) -> None:
    assert read_moment(value, clock, LIST_DAY) == datetime(2023, 8, 12, 10, 25, tzinfo=UTC)


def test_a_moment_in_the_night_of_the_change_is_some_moment() -> None:
    moment = read_moment("29.10.2023 03:30", None, LIST_DAY)
    assert moment is not None
    assert moment.astimezone(KYIV).hour == 3


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (time(6, 0, 12), time(6, 0)), (0.25, time(6, 0)), (6.0, time(6, 0)), ("6", time(6, 0)), ("6:00", time(6, 0)),
        ("06.30", time(6, 30)), ("6-00", time(6, 0)), ("6 год 30", time(6, 30)), ("6 pm", time(18, 0)),
        ("12am", time(0, 0)), ("24:00", time(23, 59)), (timedelta(hours=6), time(6, 0)), (45150.5, time(12, 0)),
        ("25:00", None), ("зранку", None), (None, None), (timedelta(days=3), None),
    ],
)  # fmt: skip
def test_times_of_day(value: CellValue, at: time | None) -> None:
    assert read_time(value) == at
