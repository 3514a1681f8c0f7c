"""Results by keyboard in the order of the paper: one key a stop, people met on the way, arrival, corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.days import kyiv
from coordinator.domain.decision import Decision
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.queries.counts import dashboard
from coordinator.queries.fleet import vehicles
from coordinator.queries.household import household_card
from coordinator.queries.registry import registry
from coordinator.session import Session
from tests.builders import DAY, add_household, decision_of, number_of, on_trip, person_ids, stop_of, trips_of
from tests.ui.bench import unnamed
from tests.ui.schedule_bench import ScheduleBench, centre, families
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.met_on_way import MetOnWayDialog
from ui.dialogs.results import ResultsDialog

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def trip(session: Session) -> list[str]:
    """One trip with three families of two adults, and another bus; their ids in the order of the paper."""
    bus, _other = centre(session, 2)
    ids = families(session, "Коваль", "Ткач", "Мороз")
    on_trip(session, bus, *ids)
    return ids


@pytest.fixture
def bench(qtbot: QtBot, session: Session, trip: list[str], crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


@pytest.fixture
def entry(bench: ScheduleBench) -> ResultsDialog:
    QTest.keyClick(bench.page.trips, Qt.Key.Key_E, CTRL)
    dialog = bench.dialog(ResultsDialog)
    bench.settle()
    return dialog


@pytest.fixture
def press(bench: ScheduleBench, entry: ResultsDialog) -> Callable[[Qt.Key], None]:
    """A key in the list of stops, and what follows from it."""

    def pressed(key: Qt.Key) -> None:
        QTest.keyClick(entry.stops, key)
        bench.settle()

    return pressed


def other_bus(session: Session) -> str:
    """The vehicle that has no trip yet."""
    busy = {trip.vehicle_id for trip in trips_of(session)}
    return next(one.id for one in vehicles(session) if one.id and one.id not in busy)


def results(session: Session, ids: list[str]) -> list[str]:
    return [stop_of(session, one).result for one in ids]


def test_one_key_a_stop_and_on_to_the_next(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    assert entry.stops.current().stop.household.household_id == trip[0]  # type: ignore[union-attr]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_2, Qt.Key.Key_3):
        press(key)
    assert results(session, trip) == [StopResult.BOARDED, StopResult.NOT_HOME, StopResult.REFUSED]
    assert decision_of(session, trip[1]) is Decision.PACKED
    assert decision_of(session, trip[2]) is Decision.REFUSED
    assert entry.counted.text() == "3 of 3 entered, on board: 2"
    assert QApplication.focusWidget() is entry.end.arrive or not entry.isActiveWindow()


def test_arrival_moves_the_counts(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_1)
    assert dashboard(session, DAY).today.arrived.value == 0
    QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
    bench.settle()
    assert dashboard(session, DAY).today.arrived.value == 4
    assert entry.message.words.text() == "4 people arrived. 1 stop has no result: it stays on the open list."
    assert trips_of(session)[0].status == TripStatus.ARRIVED
    assert not entry.end.arrive.isEnabled()
    assert bench.page.totals.parts["arrived"][0].text() == "4 people"


def test_only_a_part_boarded_at_a_time_with_a_note(
    bench: ScheduleBench, entry: ResultsDialog, session: Session, trip: list[str]
) -> None:
    stays, goes = person_ids(session, trip[0])
    entry.entry.people.boxes[stays].setChecked(False)
    entry.entry.time.setText("9:40")
    entry.entry.note.setText("чоловік залишився")
    QTest.keyClick(entry, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    bench.qtbot.waitUntil(lambda: stop_of(session, trip[0]).result != StopResult.OPEN, timeout=20_000)
    bench.settle()
    row = stop_of(session, trip[0])
    assert (row.result, row.result_note) == (StopResult.BOARDED, "чоловік залишився")
    assert row.result_at is not None and f"{kyiv(row.result_at):%d.%m %H:%M}" == "15.08 09:40"
    assert entry.stops.model_rows.text(0, 4) == "Boarded 1 of 2"
    assert goes


def test_a_time_that_cannot_be_read_is_not_saved(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    entry.entry.time.setText("25:99")
    press(Qt.Key.Key_1)
    assert stop_of(session, trip[0]).result == StopResult.OPEN
    assert entry.entry.time.property("fault") is True


def test_other_waits_for_its_note(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    press(Qt.Key.Key_4)
    assert stop_of(session, trip[0]).result == StopResult.OPEN
    QTest.keyClick(entry.entry.note, Qt.Key.Key_Return)
    bench.settle()
    assert stop_of(session, trip[0]).result == StopResult.OPEN
    entry.entry.note.setText("дорога замінована")
    QTest.keyClick(entry.entry.note, Qt.Key.Key_Return)
    bench.settle()
    assert stop_of(session, trip[0]).result_note == "дорога замінована"


def test_a_step_back_asks_for_the_reason(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    press(Qt.Key.Key_1)
    entry.stops.select_id(stop_of(session, trip[0]).id)
    press(Qt.Key.Key_2)
    assert "Give the reason" in entry.message.words.text()
    assert stop_of(session, trip[0]).result == StopResult.BOARDED
    entry.entry.reason.setText("водій переплутав двори")
    QTest.keyClick(entry.entry.reason, Qt.Key.Key_Return)
    bench.settle()
    assert stop_of(session, trip[0]).result == StopResult.NOT_HOME


def test_a_correction_after_arrival_asks_for_the_reason_and_the_counts_follow(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    for _stop in trip:
        press(Qt.Key.Key_1)
    entry.end.say_arrived()
    bench.settle()
    entry.stops.select_id(stop_of(session, trip[1]).id)
    press(Qt.Key.Key_3)
    assert dashboard(session, DAY).today.arrived.value == 6
    entry.entry.reason.setText("відмовилися біля машини")
    QTest.keyClick(entry.entry.reason, Qt.Key.Key_Return)
    bench.settle()
    assert dashboard(session, DAY).today.arrived.value == 4


def test_zero_takes_a_result_back_and_undo_works_in_the_dialog(
    bench: ScheduleBench, entry: ResultsDialog, press: Callable[[Qt.Key], None], session: Session, trip: list[str]
) -> None:
    press(Qt.Key.Key_1)
    QTest.keyClick(entry, Qt.Key.Key_Z, CTRL)
    bench.settle()
    assert stop_of(session, trip[0]).result == StopResult.OPEN
    assert entry.message.words.text().startswith("Undone: ")


def test_typed_text_outlives_a_change_from_elsewhere(
    bench: ScheduleBench, entry: ResultsDialog, session: Session, trip: list[str]
) -> None:
    entry.entry.note.setText("ще пишу")
    add_household(session, "Новий")
    bench.settle()
    assert entry.entry.note.text() == "ще пишу"


def test_somebody_met_is_searched_first_and_comes_free_elsewhere(
    bench: ScheduleBench, entry: ResultsDialog, session: Session
) -> None:
    other = add_household(session, "Лисогор", people=3, phone="067 765 43 21")
    on_trip(session, other_bus(session), other)
    bench.settle()
    QTest.keyClick(entry, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    met = bench.dialog(MetOnWayDialog)
    assert not met.add.isEnabled() and met.add.toolTip() == "Search first: they may be in the register already"
    met.search.setText("0677654321")
    bench.qtbot.waitUntil(lambda: met.found.count() == 1, timeout=20_000)
    bench.settle()
    assert "stands on list 2023-08-15/2: that stop comes free" in met.found.item(0).text()
    assert len(met.people.boxes) == 3
    QTest.keyClick(met.search, Qt.Key.Key_Return)
    bench.no_dialog(MetOnWayDialog)
    assert entry.message.words.text() == (
        "3 people met on the way are on board. They were also taken off list 2023-08-15/2."
    )
    assert entry.stops.model_rows.rowCount() == 4
    entry.stops.select_id(f"met {other}")
    QTest.keyClick(entry.stops, Qt.Key.Key_Delete)
    bench.settle()
    assert entry.stops.model_rows.rowCount() == 3


def test_the_boxes_of_a_large_family_leave_the_found_list_alone(
    bench: ScheduleBench, entry: ResultsDialog, session: Session
) -> None:
    add_household(session, "Лисогор", people=9)
    entry.add_met()
    met = bench.dialog(MetOnWayDialog)
    met.search.setText("Лисогор")
    bench.qtbot.waitUntil(lambda: len(met.people.boxes) == 9, timeout=20_000)
    bench.settle()
    for height in (met.height(), 420):
        met.resize(met.width(), height)
        QApplication.processEvents()
        lowest = met.found.mapTo(met, met.found.rect().bottomLeft()).y()
        for box in met.people.boxes.values():
            assert box.mapTo(met, box.rect().topLeft()).y() > lowest
    assert met.rect().contains(met.add.geometry())


def test_nobody_fits_so_a_new_household_is_counted(
    bench: ScheduleBench, entry: ResultsDialog, session: Session
) -> None:
    entry.add_met()
    met = bench.dialog(MetOnWayDialog)
    met.search.setText("Зозуля")
    bench.qtbot.waitUntil(lambda: met.add.isEnabled(), timeout=20_000)
    assert met.contact.text() == "Зозуля"
    met.children.setValue(2)
    met.count.setValue(3)
    met.settlement.setText("Подоли")
    met.add_new()
    bench.no_dialog(MetOnWayDialog)
    newest = max(registry(session, DAY), key=lambda row: row.number)
    assert (newest.head, newest.people, newest.children, newest.settlement) == ("Зозуля", 3, 2, "Подоли")
    assert entry.counted.text() == "0 of 3 entered, on board: 3"


def test_who_stands_on_this_list_is_sent_to_the_stop(
    bench: ScheduleBench, entry: ResultsDialog, session: Session, trip: list[str]
) -> None:
    entry.add_met()
    met = bench.dialog(MetOnWayDialog)
    met.search.setText("Ткач")
    bench.qtbot.waitUntil(lambda: met.found.count() == 1, timeout=20_000)
    bench.settle()
    assert not met.join.isEnabled()
    assert met.told.words.text() == "They stand on this list: enter the result of their stop."
    met.reject()
    assert number_of(session, trip[1])


def test_people_met_can_be_taken_off_after_arrival_with_a_reason(
    bench: ScheduleBench, entry: ResultsDialog, session: Session
) -> None:
    other = add_household(session, "Лисогор", people=1)
    entry.add_met()
    met = bench.dialog(MetOnWayDialog)
    met.search.setText("Лисогор")
    bench.qtbot.waitUntil(lambda: met.found.count() == 1, timeout=20_000)
    met.take_along()
    bench.no_dialog(MetOnWayDialog)
    entry.end.at.setText("12:15")
    entry.end.say_arrived()
    bench.settle()
    arrived_at = trips_of(session)[0].arrived_at
    assert arrived_at is not None and f"{kyiv(arrived_at):%H:%M}" == "12:15"
    entry.stops.select_id(f"met {other}")
    with ask.answers(["помилка в списку"]):
        entry.take_off()
        bench.settle()
    bench.settle()
    assert [event for event in household_card(session, other).events if not event.voided] == []


def test_another_trip_is_chosen_from_the_list(bench: ScheduleBench, entry: ResultsDialog, session: Session) -> None:
    other = add_household(session, "Лисогор", people=1)
    on_trip(session, other_bus(session), other)
    bench.settle()
    assert entry.trips.count() == 2
    entry.trips.setCurrentRow(1)
    bench.settle()
    assert entry.title.text() == "Trip 2, AX0002AA"
    assert entry.stops.model_rows.rowCount() == 1
    assert unnamed(entry) == []
