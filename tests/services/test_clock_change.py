"""Times typed for the night in which the clocks change: asked about where they are stored as moments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from coordinator.exchange.results_sheet import read_results_text
from coordinator.services.imports import preview_import
from coordinator.services.results_sheet import ResultsApplied, apply_results
from coordinator.session import Session
from db import stores
from tests.builders import add_household, add_vehicle, number_of, on_trip, stop_of

BACK, FORWARD = date(2023, 10, 29), date(2023, 3, 26)


@pytest.fixture
def family(centre: Session) -> str:
    """On a trip of either night."""
    family, vehicle = add_household(centre, "Коваль"), add_vehicle(centre)
    for night in (BACK, FORWARD):
        on_trip(centre, vehicle, family, day=night)
    return family


def enter(session: Session, family: str, night: date, time: str, result: str = "not home") -> ResultsApplied:
    line = f";{number_of(session, family)};{result};;{time}\n"
    return apply_results(session, night, read_results_text(line.encode())).value


@pytest.mark.parametrize(("night", "code"), [(BACK, "time.twice"), (FORWARD, "time.never")])
def test_fault_21_a_time_that_exists_twice_or_never_is_asked_about_before_it_is_entered(
    centre: Session, family: str, night: date, code: str
) -> None:
    done = enter(centre, family, night, "03:30")
    assert done.applied == 0
    assert [(remark.code, remark.facts["time"]) for remark in done.set_aside] == [(code, "03:30")]
    assert stop_of(centre, family, night).result == "open"


@pytest.mark.parametrize(("typed", "hour"), [("03:30 (1)", 0), ("3.30(2)", 1)])
def test_fault_21_which_of_the_two_times_it_was_is_written_behind_it(
    centre: Session, family: str, typed: str, hour: int
) -> None:
    assert enter(centre, family, BACK, typed).applied == 1
    assert stop_of(centre, family, BACK).result_at == datetime(2023, 10, 29, hour, 30, tzinfo=UTC)


def test_any_other_time_of_such_a_night_is_entered_as_ever(centre: Session, family: str) -> None:
    assert enter(centre, family, BACK, "02:59").applied == 1
    assert stop_of(centre, family, BACK).result_at == datetime(2023, 10, 28, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "code"), [("29.10.2023 03:30", "import.time_twice"), ("26.03.2023 03:30", "import.time_never")]
)
def test_fault_21_a_call_of_that_hour_is_kept_and_told(
    centre: Session, tmp_path: Path, written: str, code: str
) -> None:
    """A list is read without somebody to ask at each row: the family is never set aside for the hour of its call."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Дата заявки", "ПІБ", "Населений пункт", "Телефон"], [written, "Ткач Ганна", "Подоли", "0501112233"]):
        book.active.append(row)
    book.save(tmp_path / "calls.xlsx")
    report = preview_import(centre, tmp_path / "calls.xlsx", BACK).report
    assert report.rows_added == 1
    assert code in [remark.code for remark in report.warnings]


def test_moments_are_kept_in_utc_whatever_the_clock_says(centre: Session, family: str) -> None:
    enter(centre, family, BACK, "03:30 (2)")
    with centre.reading() as db:
        raw = db.rows("SELECT result_at FROM stop WHERE id = ?", (stop_of(centre, family, BACK).id,))
        assert stores.stops.get(db, stop_of(centre, family, BACK).id) is not None
    assert raw == [("2023-10-29T01:30:00.000000Z",)]
