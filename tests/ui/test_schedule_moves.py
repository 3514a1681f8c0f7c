"""Changes of the day by hand: by keyboard, by dragging, with the check shown first and reasons kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.trip import StopResult, TripStatus
from coordinator.queries.moving import NewTrip
from coordinator.services.moving import set_departed
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from tests.builders import (
    DAY,
    add_pair,
    add_vehicle,
    number_of,
    on_trip,
    plan,
    stop_of,
    trips_of,
)
from tests.ui.schedule_bench import ScheduleBench, centre, families, key
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.move_household import MoveHouseholdDialog
from ui.dialogs.record import RecordDialog
from ui.widgets.schedule.model import household_mime
from ui.widgets.schedule.rows import Kind, Place
from ui.widgets.schedule.tree import TripsView
from ui.widgets.schedule.waiting import WaitingView

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def test_a_household_is_moved_by_keyboard_with_the_check_first(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач")
    trip = on_trip(session, first_bus, koval)
    other = on_trip(session, second_bus, tkach)
    assert bench.page.trips.select_household(koval)
    key(bench, Qt.Key.Key_M, CTRL)
    dialog = bench.dialog(MoveHouseholdDialog)
    names = [dialog.trips.item(row).text() for row in range(dialog.trips.count())]
    assert names[0].endswith("(stands here now)") and names[-1] == "Take off trip 1"
    dialog.trips.setCurrentRow(1)
    dialog.position.setCurrentIndex(1)
    bench.settle()
    assert dialog.check.words.text().startswith("It fits. There ")
    assert "seats 4 of 8" in dialog.check.words.text()
    dialog.go.click()
    bench.no_dialog(MoveHouseholdDialog)
    assert stop_of(session, koval).trip_id == other != trip
    assert stop_of(session, koval).position == 1
    assert bench.notices() == [f"Household {number_of(session, koval)} was moved. Ctrl+Z takes it back."]
    bench.desk.undo()
    bench.settle()
    assert stop_of(session, koval).trip_id == trip


def test_what_breaks_a_rule_is_refused_until_a_reason_is_given(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач", people=5)
    trip = on_trip(session, bus, koval)
    bench.page.moves.drop(tkach, Place(trip))
    dialog = bench.dialog(MoveHouseholdDialog)
    assert "10" in dialog.check.words.text() and "8" in dialog.check.words.text()
    assert not dialog.go.isEnabled() and dialog.go.toolTip() == "Give the reason first"
    dialog.reason.setText("two sit on a third bench")
    dialog.go.click()
    bench.no_dialog(MoveHouseholdDialog)
    assert stop_of(session, tkach).trip_id == trip
    assert "Done all the same: two sit on a third bench" in bench.spoken()


def test_dragging_over_a_trip_shows_the_check_at_once(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач", people=5)
    on_trip(session, first_bus, koval)
    on_trip(session, second_bus, tkach)
    trips = bench.page.trips
    stop = next(row for row in bench.rows() if row.household_id == tkach)
    rect = trips.visualRect(trips.rows.index_of(stop.key))
    before = trips.place_for(tkach, QPoint(rect.center().x(), rect.top() + 2))
    assert before == Place(stop_of(session, tkach).trip_id, 0)
    assert trips.place_for(tkach, QPoint(rect.center().x(), rect.bottom() - 1)) == Place(
        stop_of(session, tkach).trip_id, 1
    )
    trips.hovered.emit(koval, before)
    bench.settle()
    assert "10" in bench.page.check.words.text()
    trips.hovered.emit(koval, None)
    assert bench.page.check.isHidden()
    bench.page.waiting.view.dropped.emit(koval, Place(None))
    bench.settle()
    assert [row.who.split()[1] for row in bench.page.view.waiting] == ["Коваль"]  # type: ignore[union-attr]


def drag_over(view: TripsView | WaitingView, household_id: str, at: QPoint) -> QDragMoveEvent:
    """What Qt tells a view while something is dragged across it."""
    content = household_mime(household_id)
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(at, move, content, left, plain))
    moving = QDragMoveEvent(at, move, content, left, plain)
    QApplication.sendEvent(view.viewport(), moving)
    return moving


def let_go(view: TripsView | WaitingView, household_id: str, at: QPoint) -> None:
    content = household_mime(household_id)
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(at), Qt.DropAction.MoveAction, content, left, plain)
    QApplication.sendEvent(view.viewport(), event)


def test_drag_and_drop_between_the_lists(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач")
    trip = on_trip(session, bus, koval)
    trips, waiting = bench.page.trips, bench.page.waiting.view
    card = trips.visualRect(trips.rows.index_of(trip)).center()
    assert drag_over(trips, tkach, card).isAccepted()
    bench.settle()
    assert bench.page.check.words.text().startswith("It fits.")
    let_go(trips, tkach, card)
    bench.settle()
    assert stop_of(session, tkach).trip_id == trip
    assert not drag_over(trips, tkach, QPoint(5, trips.viewport().height() - 2)).isAccepted()
    assert drag_over(waiting, koval, QPoint(20, 20)).isAccepted()
    let_go(waiting, koval, QPoint(20, 20))
    bench.settle()
    assert [stop.household.household_id for stop in bench.page.view.board.trips[0].stops] == [tkach]  # type: ignore[union-attr]
    assert not drag_over(waiting, koval, QPoint(20, 20)).isAccepted()


def test_a_vehicle_without_a_trip_takes_a_household_too(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, first_bus, koval)
    free = next(row for row in bench.rows() if row.kind is Kind.VEHICLE)
    bench.page.trips.open_all(True)
    rect = bench.page.trips.visualRect(bench.page.trips.rows.index_of(free.key))
    assert bench.page.trips.place_for("", rect.center()) == Place(NewTrip(second_bus))
    bench.page.moves.drop(tkach, Place(NewTrip(second_bus)))
    bench.settle()
    assert len(trips_of(session)) == 2


def test_delete_takes_a_household_off_and_gives_a_trip_up(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, bus, koval, tkach)
    issue_pickup_lists(session, DAY)
    bench.page.trips.select_household(koval)
    key(bench, Qt.Key.Key_Delete)
    bench.settle()
    assert f"Household {number_of(session, koval)} is on no trip now. Ctrl+Z takes it back." in bench.notices()
    assert "Changed since printed (v1)" in bench.spoken()
    assert bench.page.bar.buttons["print"].text() == "Print lists (1 changed)"
    bench.page.trips.setCurrentIndex(bench.page.trips.rows.index(0, 0))
    key(bench, Qt.Key.Key_Delete, CTRL)
    bench.settle()
    assert trips_of(session)[0].status == TripStatus.CANCELLED
    assert "Tell the driver: the list of this trip is void." in bench.spoken()


def test_the_driver_and_the_vehicle_of_a_trip_are_chosen(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    small = add_vehicle(session, "AX0009AA", seats=1)
    (koval,) = families(session, "Коваль")
    on_trip(session, first_bus, koval)
    bench.page.trips.select_household(koval)
    key(bench, Qt.Key.Key_F2)
    strip = bench.page.chosen
    assert strip.driver.currentText() == "Водій AX0001AA"
    strip.driver.setCurrentText("Водій AX0002AA")
    strip.driver.activated.emit(strip.driver.currentIndex())
    bench.settle()
    assert bench.page.view is not None and bench.page.view.board.trips[0].driver == "Водій AX0002AA"
    with ask.answers(["they sit on each other's knees"]):
        strip.vehicle.setCurrentIndex(strip.vehicle.findData(small))
        strip.vehicle.activated.emit(strip.vehicle.currentIndex())
        bench.settle()
    bench.settle()
    trip = trips_of(session)[0]
    assert (trip.vehicle_id, trip.override_reason) == (small, "they sit on each other's knees")
    assert second_bus


def test_a_trip_that_has_left_is_marked_and_cannot_be_given_up(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    (koval,) = families(session, "Коваль")
    trip = on_trip(session, bus, koval)
    bench.page.trips.setCurrentIndex(bench.page.trips.rows.index(0, 0))
    bench.page.chosen.departed.click()
    bench.settle()
    assert "On the road" in bench.spoken()
    assert not bench.page.chosen.remove.isEnabled()
    assert bench.page.chosen.remove.toolTip() == "The trip has left"
    set_departed(session, trip, False, "a mistake")


def test_a_possible_duplicate_is_decided_or_confirmed(bench: ScheduleBench, session: Session) -> None:
    centre(session)
    koval, tkach = families(session, "Коваль", "Ткач")
    add_pair(session, koval, tkach)
    plan(session)
    waiting = bench.page.waiting
    assert waiting.view.select_household(tkach)
    assert "Possibly the same" in waiting.view.current().reason  # type: ignore[union-attr]
    waiting.decide_button.click()
    assert bench.desk.pages["duplicates"].target == {"household": tkach}  # type: ignore[attr-defined]
    bench.desk.go("schedule")
    with ask.answers([True]):
        waiting.both_button.click()
    bench.settle()
    bench.page.plan()
    bench.settle()
    assert stop_of(session, tkach).result == StopResult.OPEN


def test_a_new_trip_for_planning_by_hand(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    families(session, "Коваль")
    assert bench.page.view is not None
    QTest.keyClick(bench.page.trips, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = bench.dialog(RecordDialog)
    box = dialog.editors["vehicle"]
    box.setCurrentIndex(box.findData(second_bus))  # type: ignore[attr-defined]
    dialog.submit()
    bench.no_dialog(RecordDialog)
    assert [trip.vehicle_id for trip in trips_of(session)] == [second_bus]
    assert first_bus
