"""The actual time of a stop, typed for the night in which the clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot

from coordinator.domain.trip import StopResult
from coordinator.session import Session
from tests.builders import on_trip, stop_of
from tests.ui.schedule_bench import ScheduleBench, centre, families
from ui import texts
from ui.crash import CrashDesk
from ui.dialogs.results import ResultsDialog

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
NIGHT = date(2023, 10, 29)


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def test_fault_21_a_time_that_comes_twice_is_asked_about_and_what_was_typed_stays(
    bench: ScheduleBench, session: Session
) -> None:
    (bus,) = centre(session)
    (koval,) = families(session, "Коваль")
    on_trip(session, bus, koval, day=NIGHT)
    assert bench.window.register is not None
    bench.window.register.working_date.choose(NIGHT)
    bench.page.enter_results()
    dialog = bench.dialog(ResultsDialog)
    entry = dialog.entry
    entry.time.setText("03:30")
    entry.note.setText("собаки")
    entry.choose(StopResult.NOT_HOME)
    bench.settle()
    assert "Write 03:30 (1) for the first time, or 03:30 (2) for the second." in dialog.message.words.text()
    assert texts.day_short(NIGHT) in dialog.message.words.text()
    assert (entry.time.text(), entry.note.text()) == ("03:30", "собаки")
    assert stop_of(session, koval, NIGHT).result == "open"
    entry.time.setText("03:30 (2)")
    entry.choose(StopResult.NOT_HOME)
    bench.settle()
    assert stop_of(session, koval, NIGHT).result_at == datetime(2023, 10, 29, 1, 30, tzinfo=UTC)
    dialog.accept()
