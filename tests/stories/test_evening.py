"""An evening through the real window: results from papers in their own order, people met on the way, counts agree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coordinator.domain.papers import CopyEnd
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.queries.counts import counts
from coordinator.queries.day_papers import wall_paper
from coordinator.queries.print_log import print_log
from coordinator.queries.summary_paper import summary_paper
from coordinator.services.moving import move_household
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from tests.builders import DAY, add_household, number_of, on_trip, stop_of, trips_of
from tests.ui.conftest import crashes, dressed, own_preferences, qt_says_nothing  # noqa: F401
from tests.ui.schedule_bench import ScheduleBench, centre, families, key
from ui.crash import CrashDesk
from ui.dialogs.met_on_way import MetOnWayDialog
from ui.dialogs.print_log import PrintLogDialog
from ui.dialogs.results import ResultsDialog

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(
    qtbot: QtBot,
    session: Session,
    crashes: CrashDesk,  # noqa: F811
) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def column(dialog: ResultsDialog, name: str) -> list[str]:
    model = dialog.stops.model_rows
    keys = [one.key for one in model.columns]
    return [str(model.index(row, keys.index(name)).data()) for row in range(model.rowCount())]


def test_an_evening_from_the_papers_to_counts_that_agree(bench: ScheduleBench, session: Session) -> None:
    """The list was printed; then one family was put before the others, one moved to another trip, one came new."""
    first_bus, second_bus = centre(session, 2)
    ids = families(session, "Коваль", "Ткач", "Мороз", "Щербак", people=2)
    koval, tkach, moroz, shcherbak = ids
    trip = on_trip(session, first_bus, koval, tkach, moroz)
    other = on_trip(session, second_bus, add_household(session, "Гай", people=1))
    issue_pickup_lists(session, DAY, target="printer", copies=("", "міст"))
    move_household(session, DAY, tkach, other)
    move_household(session, DAY, shcherbak, trip)
    met = add_household(session, "Бойко", people=1)

    key(bench, Qt.Key.Key_E, CTRL)
    dialog = bench.dialog(ResultsDialog)

    def press(what: Qt.Key) -> None:
        QTest.keyClick(dialog.stops, what)
        bench.settle()

    # The driver's paper says Коваль, Ткач, Мороз; Щербак is not on it, and Ткач is another vehicle's by now.
    numbers = [str(number_of(session, one)) for one in ids]
    assert [text.split()[0] for text in column(dialog, "who")] == numbers
    assert column(dialog, "order") == ["1", "2", "3", "–"]
    assert column(dialog, "result")[1] == "Now on trip 2"
    press(Qt.Key.Key_Return)
    assert dialog.stops.current().stop.household.household_id == moroz
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_2)
    assert "If they boarded all the same" in dialog.message.words.text()
    press(Qt.Key.Key_Return)
    coming = bench.dialog(MetOnWayDialog)
    bench.qtbot.waitUntil(lambda: coming.found.count() == 1)
    bench.settle()
    QTest.keyClick(coming.search, Qt.Key.Key_Return)
    bench.no_dialog(MetOnWayDialog)
    assert column(dialog, "result").count("Met on the way") == 1
    dialog.stops.select_id(stop_of(session, moroz).id)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert stop_of(session, shcherbak).result == StopResult.BOARDED

    dialog.add_met()
    walking = bench.dialog(MetOnWayDialog)
    walking.search.setText("Бойко")
    bench.qtbot.waitUntil(lambda: walking.found.count() == 1)
    bench.settle()
    QTest.keyClick(walking.search, Qt.Key.Key_Return)
    bench.no_dialog(MetOnWayDialog)
    dialog.end.arrived.emit(None, 0)
    bench.settle()
    assert "7 people arrived" in dialog.message.words.text()
    dialog.accept()

    assert trips_of(session)[0].status == TripStatus.ARRIVED
    assert counts(session, DAY, DAY).people == 7
    assert summary_paper(session, DAY).total.people == 7
    assert bench.page.totals.parts["arrived"][0].text() == "7 people"
    (on_the_wall, _other) = wall_paper(session, DAY).trips
    assert on_the_wall.people == 7 and met

    bench.page.more_papers.open_log(DAY)
    log = bench.dialog(PrintLogDialog)
    assert log.tally.text() == "4 copies are out"
    log.table.select_id(log.rows.record(0).key)
    QTest.keyClick(log.table, Qt.Key.Key_1)
    bench.settle()
    assert [one.end for one in print_log(session, DAY)].count(CopyEnd.RETURNED) == 1
    assert log.tally.text() == "3 copies are out"
    log.accept()
