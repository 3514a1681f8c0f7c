"""The schedule page: what a day looks like, planning, moving by hand, the call list and the papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.queries.household import household_card
from coordinator.queries.moving import NewTrip
from coordinator.services.moving import move_household, set_departed
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from tests.builders import (
    DAY,
    add_household,
    add_hubs,
    add_pair,
    add_vehicle,
    decision_of,
    number_of,
    on_trip,
    person_ids,
    plan,
    record,
    stop_of,
    trips_of,
)
from tests.ui.bench import unnamed
from tests.ui.schedule_bench import ScheduleBench, centre, families
from ui import ask, theme
from ui.crash import CrashDesk
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.move_household import MoveHouseholdDialog
from ui.dialogs.print_lists import PrintListsDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.results import ResultsDialog
from ui.paper.preview import PaperPreview
from ui.widgets.schedule.model import household_mime
from ui.widgets.schedule.rows import Kind, Place
from ui.widgets.schedule.tree import TripsView
from ui.widgets.schedule.waiting import WaitingView

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    """Opened by the test when its day is written."""
    made: list[ScheduleBench] = []

    class Late:
        def __getattr__(self, name: str) -> object:
            if not made:
                made.append(ScheduleBench(qtbot, session, crashes))
            return getattr(made[0], name)

    yield Late()  # type: ignore[misc]
    for one in made:
        one.window.close()


def key(bench: ScheduleBench, what: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(bench.page.trips, what, modifier)


def test_an_empty_day_says_the_next_step(bench: ScheduleBench, session: Session) -> None:
    assert bench.page.empty.button.text() == "Open Fleet and places"
    assert bench.page.bar.buttons["plan"].toolTip() == "No vehicles yet: add them under Fleet and places"

    add_vehicle(session)
    bench.settle()
    assert "no base" in bench.page.empty.accessibleDescription()
    bench.page.empty.button.click()
    assert bench.desk.current_name() == "fleet"
    assert bench.desk.pages["fleet"].target == {"list": "destinations"}  # type: ignore[attr-defined]

    add_hubs(session)
    bench.desk.go("schedule")
    bench.settle()
    assert bench.page.empty.accessibleName() == "Nobody is ready for this day"

    add_household(session)
    bench.settle()
    assert bench.page.empty.accessibleName() == "No trips on this day yet"
    assert bench.page.bar.buttons["plan"].isEnabled()
    assert not bench.page.bar.buttons["results"].isEnabled()
    assert bench.page.bar.buttons["results"].toolTip() == "There are no trips on this day yet"


def test_planning_by_key_fills_the_trips_and_says_how_many(bench: ScheduleBench, session: Session) -> None:
    centre(session)
    families(session, "Коваль", "Ткач", children=1)
    QTest.keyClick(bench.page.trips, Qt.Key.Key_R, CTRL)
    bench.settle()
    assert bench.notices() == ["4 people in 1 trip; nobody is left over."]
    assert "seats 4 of 8. wheelchair 0 of 0. stretcher 0 of 0" in bench.spoken()
    assert bench.page.totals.parts["planned"][0].text() == "4 people"
    assert bench.page.waiting.empty.accessibleName() == "Nobody is left over"


def test_those_left_over_stand_with_their_reason_children_first(bench: ScheduleBench, session: Session) -> None:
    centre(session)
    add_household(session, "Дорослі", people=9)
    add_household(session, "Лежачий", people=1, needs=[Need.STRETCHER])
    plan(session)
    rows = [bench.page.waiting.view.rows.row(bench.page.waiting.view.rows.index(n, 0)) for n in range(2)]
    assert [row.who.split()[1] for row in rows if row] == ["Лежачий", "Дорослі"]
    assert rows[0] and rows[0].reason == "Stretcher places needed: 1. The most that one vehicle of the day has is 0."
    assert rows[1] and rows[1].reason.startswith("They need 9 seats together")


def test_a_cancelled_search_keeps_the_best_plan(bench: ScheduleBench, session: Session) -> None:
    centre(session)
    families(session, "Коваль", "Ткач")
    bench.page.bar.seconds.setCurrentIndex(1)
    bench.page.plan()
    planner = bench.page.run.planner
    assert planner is not None
    bench.qtbot.waitUntil(lambda: planner.best.trips > 0, timeout=20_000)
    assert not bench.page.bar.buttons["plan"].isEnabled()
    assert planner.best.words() == "Best so far: 4 of 4 people in 1 trip"
    bench.page.planning.stop.click()
    bench.settle()
    assert len(trips_of(session)) == 1


def test_a_plan_that_serves_fewer_people_leaves_the_old_one(bench: ScheduleBench, session: Session) -> None:
    """Made by hand with a reason, the plan before takes more than any plan within the rules could."""
    (vehicle,) = centre(session)
    (first,) = families(session, "Коваль")
    second = add_household(session, "Ткач", people=9)
    trip_id = on_trip(session, vehicle, first)
    move_household(session, DAY, second, trip_id, reason="two buses go together")
    bench.page.plan()
    bench.settle()
    assert "The plan before stays: it takes 11 people" in bench.notices()[0]
    assert stop_of(session, second).trip_id == trip_id


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
    before = trips.place_at(QPoint(rect.center().x(), rect.top() + 2))
    assert before == Place(stop_of(session, tkach).trip_id, 0)
    assert trips.place_at(QPoint(rect.center().x(), rect.bottom() - 1)) == Place(stop_of(session, tkach).trip_id, 1)
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


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("text", ["text", "muted", "warning", "danger"])
@pytest.mark.parametrize("ground", ["surface", "sunken", "selection"])
def test_what_is_painted_can_be_read(name: str, text: str, ground: str) -> None:
    colours = theme.load(name).colours
    assert theme.contrast(colours[text], colours[ground]) >= 4.5


def test_a_vehicle_without_a_trip_takes_a_household_too(bench: ScheduleBench, session: Session) -> None:
    first_bus, second_bus = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, first_bus, koval)
    free = next(row for row in bench.rows() if row.kind is Kind.VEHICLE)
    bench.page.trips.open_all(True)
    rect = bench.page.trips.visualRect(bench.page.trips.rows.index_of(free.key))
    assert bench.page.trips.place_at(rect.center()) == Place(NewTrip(second_bus))
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
    set_departed(session, trip, False)


def test_a_child_alone_and_a_licence_are_told_in_words(bench: ScheduleBench, session: Session) -> None:
    centre(session, 0)
    bus = add_vehicle(session, seats=12, licence="B")
    child = add_household(session, "Щербак", people=1, children=1)
    on_trip(session, bus, child)
    number = number_of(session, child)
    assert f"Household {number}: a child travels without an escort. Choose one before printing." in bench.spoken()
    assert "licence category B allows 8" in bench.spoken()


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


def test_the_call_list_goes_on_by_itself(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach, moroz = families(session, "Коваль", "Ткач", "Мороз")
    on_trip(session, bus, koval, tkach, moroz)
    key(bench, Qt.Key.Key_T, CTRL)
    dialog = bench.dialog(CallListDialog)
    assert dialog.phone.text() == "050 123 45 00"
    QTest.keyClick(dialog.table, Qt.Key.Key_1)
    bench.settle()
    assert dialog.phone.text() == "050 123 45 01"
    QTest.keyClick(dialog.table, Qt.Key.Key_2)
    bench.settle()
    QTest.keyClick(dialog.table, Qt.Key.Key_3)
    bench.settle()
    assert dialog.tally.text() == "Told 1, not reached 1, said no 1, still to call 0"
    assert decision_of(session, moroz) is Decision.REFUSED
    assert dialog.phone.text() == "050 123 45 01"
    QTest.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    bench.settle()
    assert decision_of(session, moroz) is Decision.PACKED
    dialog.accept()
    bench.settle()
    assert "Not reached" in bench.spoken() and "Told" in bench.spoken()


def test_lists_are_previewed_saved_and_logged_with_their_version(
    bench: ScheduleBench, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bus,) = centre(session)
    child = add_household(session, "Щербак", people=1, children=1)
    (koval,) = families(session, "Коваль")
    on_trip(session, bus, child, koval)
    key(bench, Qt.Key.Key_P, CTRL)
    dialog = bench.dialog(PrintListsDialog)
    assert len(dialog.chosen()) == 1
    (row,) = dialog.rows
    assert "1 child travels without an escort" in dialog.message.words.text()
    adult = person_ids(session, koval)[0]
    row.adult.setCurrentIndex(row.adult.findData(adult))
    row.adult.activated.emit(row.adult.currentIndex())
    bench.settle()
    assert household_card(session, child).household.people[0].escort_id == adult
    bench.qtbot.waitUntil(lambda: not dialog.rows, timeout=20_000)
    dialog.preview.click()
    preview = bench.dialog(PaperPreview)
    target = tmp_path / "lists.pdf"
    monkeypatch.setattr(preview, "_choose_path", lambda _parent, _name: target)
    preview.save_as_pdf()
    bench.settle()
    assert target.read_bytes().startswith(b"%PDF")
    preview.reject()
    dialog.reject()
    bench.settle()
    assert "Printed (v1)" in bench.spoken()


def test_earlier_days_without_results_are_one_click_away(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач")
    yesterday = DAY - timedelta(days=1)
    on_trip(session, bus, koval, tkach, day=yesterday)
    strip = bench.page.earlier
    assert strip.words.text() == "2 stops of earlier days have no result yet."
    strip.go.click()
    dialog = bench.dialog(ResultsDialog)
    assert bench.page.context.day == yesterday
    assert dialog.trip() is not None
    dialog.accept()


def test_search_finds_by_name_phone_and_address_on_both_sides(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach, moroz = families(session, "Коваль", "Ткач", "Мороз")
    on_trip(session, bus, koval, tkach)
    QTest.keyClick(bench.page.trips, Qt.Key.Key_F, CTRL)
    bench.page.bar.search.setText("коваль")
    assert [row.household_id for row in bench.rows() if row.kind is Kind.STOP] == [koval]
    assert bench.page.waiting.view.rows.rowCount() == 0
    bench.page.bar.search.setText("садова")
    assert bench.page.waiting.view.rows.rowCount() == 1
    bench.page.bar.search.setText("050 123 45 01")
    assert [row.household_id for row in bench.rows() if row.kind is Kind.STOP] == [tkach]
    bench.page.bar.search.setText("нікого")
    assert bench.page.empty.accessibleName() == "Nothing matches"
    assert moroz


def test_another_day_is_another_plan(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    (koval,) = families(session, "Коваль")
    on_trip(session, bus, koval)
    assert bench.page.totals.parts["planned"][0].text() == "2 people"
    bench.page.context.working_date.choose(DAY + timedelta(days=1))
    bench.settle()
    assert bench.page.totals.parts["planned"][0].text() == "0 people"


def test_a_change_from_elsewhere_keeps_the_place(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, bus, koval, tkach)
    bench.page.trips.select_household(tkach)
    set_notice(session, koval, DAY, CallOutcome.TOLD)
    bench.settle()
    current = bench.page.trips.current()
    assert current is not None and current.household_id == tkach


def test_the_page_is_made_anew_in_ukrainian_with_its_state(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    (koval,) = families(session, "Коваль")
    on_trip(session, bus, koval)
    bench.page.trips.collapse(bench.page.trips.rows.index(0, 0))
    bench.page.bar.search.setText("ков")
    old = bench.page
    bench.window.speak("uk")
    bench.qtbot.waitUntil(lambda: bench.window.desk is not None and bench.page is not old, timeout=20_000)
    bench.settle()
    assert bench.page.bar.search.text() == "ков"
    assert not bench.page.trips.isExpanded(bench.page.trips.rows.index(0, 0))


def test_everything_that_takes_the_focus_has_a_name(bench: ScheduleBench, session: Session) -> None:
    (bus,) = centre(session)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, bus, koval)
    assert unnamed(bench.page) == []
    bench.page.moves.choose(tkach)
    move = bench.dialog(MoveHouseholdDialog)
    assert unnamed(move) == []
    move.reject()
    bench.page.call_list()
    calls = bench.dialog(CallListDialog)
    assert unnamed(calls) == []
    calls.reject()
    bench.page.print_lists()
    papers = bench.dialog(PrintListsDialog)
    assert unnamed(papers) == []
    papers.reject()
    record(session, koval, StopResult.NOT_HOME, note="зачинено")
    bench.settle()
    assert "зачинено" in bench.spoken()
