"""The board of vehicles: cards carried by keys and by hand, the lane under them changing at every step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coordinator.session import Session
from tests.builders import on_trip, stop_of
from tests.ui.bench import unnamed
from tests.ui.schedule_bench import ScheduleBench, centre, families
from tests.ui.test_schedule_moves import drag_over
from ui.crash import CrashDesk
from ui.dialogs.move_household import MoveHouseholdDialog
from ui.widgets.board.cards import Card
from ui.widgets.board.view import BoardView

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def board_of(bench: ScheduleBench) -> BoardView:
    bench.page.totals.show_as(board=True)
    bench.settle()
    return bench.page.board


def cards(board: BoardView, column: int) -> list[Card]:
    lane = board.rows.lane(column)
    assert lane is not None
    return list(lane.cards)


def test_a_card_is_carried_by_keys_and_the_lane_changes_under_it(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач", people=3)
    on_trip(session, first_bus, koval)
    other = on_trip(session, second_bus, tkach)
    board = board_of(bench)
    assert [lane.title for lane in board.rows.lanes] == ["AX0001AA", "AX0002AA"]
    back = cards(board, 1)[0].aside
    board.select_household(koval)
    QTest.keyClick(board, Qt.Key.Key_Space)
    QTest.keyClick(board, Qt.Key.Key_Right)
    # Nothing was asked of the register: the lane is as it would be, at once.
    assert [card.held for card in cards(board, 1)[:3]] == [False, True, False]
    assert cards(board, 1)[0].bars[0].words == "seats 6 of 8" and cards(board, 1)[0].aside != back
    QTest.keyClick(board, Qt.Key.Key_Down)
    assert [card.held for card in cards(board, 1)[:3]] == [False, False, True]
    QTest.keyClick(board, Qt.Key.Key_Escape)
    assert cards(board, 1)[0].aside == back and board.current().household_id == koval  # type: ignore[union-attr]
    for what in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(board, what)
    bench.settle()
    assert stop_of(session, koval).trip_id == other
    assert board.current().household_id == koval and board.currentIndex().column() == 1  # type: ignore[union-attr]
    QTest.keyClick(board, Qt.Key.Key_Down)
    assert board.current().household_id == tkach  # type: ignore[union-attr]
    bench.desk.undo()
    bench.settle()
    assert stop_of(session, koval).trip_id != other


def test_what_does_not_fit_is_red_with_the_reason_and_needs_one(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач", people=5)
    trip = on_trip(session, bus, koval)
    board = board_of(bench)
    bench.page.waiting.view.select_household(tkach)
    QTest.keyClick(bench.page.waiting.view, Qt.Key.Key_Space)
    head = cards(board, 0)[0]
    assert head.tone == "danger" and head.middle == "AX0001AA: seats needed 10, available 8."
    assert "seats needed 10" in bench.page.check.words.text()
    QTest.keyClick(board, Qt.Key.Key_Return)
    dialog = bench.dialog(MoveHouseholdDialog)
    dialog.reason.setText("two sit on a third bench")
    dialog.go.click()
    bench.no_dialog(MoveHouseholdDialog)
    assert stop_of(session, tkach).trip_id == trip
    assert stop_of(session, tkach).override_reason == "two sit on a third bench"
    card = next(card for card in cards(bench.page.board, 0) if card.household_id == tkach)
    assert card.below == "Done all the same: two sit on a third bench"


def test_a_card_is_dragged_between_vehicles_and_read_aloud(bench: ScheduleBench, session: Session) -> None:
    first_bus, _second_bus = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, first_bus, koval)
    board = board_of(bench)
    new = board.visualRect(board.rows.index(0, 1))
    move = drag_over(board, koval, new.center())
    assert move.isAccepted() and [card.held for card in cards(board, 1)] == [False, True, False]
    beyond = QPoint(board.viewport().width() - 2, 10)
    assert not drag_over(board, koval, beyond).isAccepted()
    assert [card.held for card in cards(board, 1)] == [False]
    place = board.place_for(tkach, new.center())
    assert place is not None
    board.dropped.emit(tkach, place)
    bench.settle()
    with_stops = QAccessible.queryAccessibleInterface(board)
    spoken = [with_stops.child(at).text(QAccessible.Text.Name) for at in range(with_stops.childCount())]
    assert any("Коваль" in said and "2 people" in said for said in spoken)
    assert unnamed(bench.page) == []
