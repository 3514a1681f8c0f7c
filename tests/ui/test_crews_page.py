"""A crew on the page and in the bottom line: it leaves, is silent, overdue, sends a word, is back; by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.crews import CrewState, WordKind
from coordinator.domain.shelling import Incident
from coordinator.queries.crews import day_crews
from coordinator.register import create_register
from coordinator.services.incidents import record_incident
from coordinator.session import Session
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, on_trip
from tests.conftest import PASSPHRASE
from tests.ui.bench import Bench, press, type_over, unnamed
from ui.crash import CrashDesk
from ui.pages.crews import CrewsPage

Key = Qt.Key


class Clock:
    now = datetime(2023, 8, 15, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def at(self, hour: int, minute: int = 0) -> None:
        self.now = datetime(2023, 8, 15, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def centre(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    with create_register(tmp_path / "centre", PASSPHRASE, clock=clock) as session:
        add_hubs(session)
        place = add_settlement(session, "Подоли")
        for plate, surname in (("AX0001AA", "Коваль"), ("AX0002AA", "Гай")):
            on_trip(session, add_vehicle(session, plate), add_household(session, surname))
        record_incident(session, Incident(None, place, "вул. Садова", clock.now - timedelta(hours=1)))
        yield session


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, centre: Session, crashes: CrashDesk) -> Bench:
    made = Bench(qtbot, centre, crashes, more={"crews": CrewsPage})
    made.desk.go("crews")
    made.settle()
    return made


def page_of(bench: Bench) -> CrewsPage:
    page = bench.desk.pages["crews"]
    assert isinstance(page, CrewsPage)
    return page


def passes(bench: Bench) -> None:
    """The clock has moved; the timers of page and bottom line ring."""
    page_of(bench).tick()
    assert bench.window.register is not None
    bench.window.register.crews.tick()
    bench.settle()


def says(bench: Bench) -> CrewState:
    chosen = page_of(bench).chosen()
    assert chosen is not None
    return chosen.standing.state


def test_a_crew_from_leaving_to_coming_back_by_keyboard_alone(bench: Bench, clock: Clock):
    page, sign = page_of(bench), bench.desk.status.crews
    (trip,) = [line.trip_id for line in day_crews(bench.session, DAY).lines if line.plate == "AX0001AA"]
    page.table.select_id(trip)
    page.table.setFocus()
    assert says(bench) is CrewState.NOT_LEFT and not page.panel.well_button.isEnabled()
    press(page.table, Key.Key_D)
    bench.settle()
    assert says(bench) is CrewState.ON_ROAD and sign.isHidden()
    hit = page.rows.text(page.rows.row_of(trip) or 0, 8)
    assert "06:00" in hit, "an hour ago, in the street of an open stop"

    clock.at(10, 55)
    passes(bench)
    assert says(bench) is CrewState.SILENT
    assert page.table.currentIndex().row() == 0, "what needs attention stands first and stays chosen"
    assert "AX0001AA" in sign.text() and not sign.isHidden()
    bench.desk.go("registry")
    bench.settle()
    assert sign.isVisible(), "on every page"
    sign.click()
    bench.settle()
    assert bench.desk.current() is page

    page.table.setFocus()
    press(page.table, Key.Key_N)
    assert bench.window.focusWidget() is page.panel.note
    type_over(page.panel.note, "черга на блокпосту")
    press(page.panel.note, Key.Key_Return)
    bench.settle()
    assert says(bench) is CrewState.ON_ROAD and sign.isHidden() and page.panel.note.text() == ""

    clock.at(14)
    passes(bench)
    assert says(bench) is CrewState.OVERDUE
    assert page.alarm.isVisible() and "черга на блокпосту" in page.alarm.words.text()
    assert page.table.model().index(0, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert bench.window.register.crews.sounded == 2, "once when silent, once when overdue"
    type_over(page.panel.back, "16:30")
    press(page.panel.back, Key.Key_Return)
    bench.settle()
    assert says(bench) is CrewState.ON_ROAD and not page.alarm.isVisible()

    page.table.setFocus()
    press(page.table, Key.Key_B)
    bench.settle()
    assert says(bench) is CrewState.BACK
    bench.desk.undo()
    bench.settle()
    (line,) = [line for line in day_crews(bench.session, DAY).lines if line.trip_id == trip]
    assert [word.kind for word in line.words] == [WordKind.LATE, WordKind.WORD, WordKind.DEPARTED]


def test_who_goes_along_is_kept_and_every_field_is_named(bench: Bench):
    page = page_of(bench)
    page.table.take_focus()
    type_over(page.panel.escort, "Марія, 050 111 22 33")
    page.panel.escort.editingFinished.emit()
    bench.settle()
    chosen = page.chosen()
    assert chosen is not None and chosen.line.escort == "Марія, 050 111 22 33"
    assert unnamed(page) == []


def test_what_was_typed_for_a_crew_waits_for_it_and_is_never_sent_for_another(bench: Bench):
    page = page_of(bench)
    first, second = (page.rows.row_id(row) for row in (0, 1))
    page.table.select_id(first)
    type_over(page.panel.note, "черга")
    page.table.select_id(second)
    assert page.panel.note.text() == ""
    kept = page.state()
    page.restore(kept)
    page.table.select_id(first)
    assert page.panel.note.text() == "черга"
