"""The schedule page: what a day looks like, planning it, finding in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coordinator.domain.person import Need
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.services.moving import move_household, set_trip_driver
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from tests.builders import (
    DAY,
    add_household,
    add_hubs,
    add_vehicle,
    number_of,
    on_trip,
    plan,
    record,
    stop_of,
    trips_of,
)
from tests.ui.bench import unnamed
from tests.ui.schedule_bench import ScheduleBench, centre, families
from ui import theme
from ui.crash import CrashDesk
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.move_household import MoveHouseholdDialog
from ui.dialogs.print_lists import PrintListsDialog
from ui.widgets.schedule.rows import Kind

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def test_an_empty_day_says_the_next_step(bench: ScheduleBench, session: Session) -> None:
    assert bench.page.empty.button.text() == "Open the fleet"
    assert bench.page.bar.buttons["plan"].toolTip() == "No vehicles yet: add them under Fleet"

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
    why, would_help = (
        "Stretcher places needed: 1. The most that one vehicle of the day has is 0.",
        "More stretcher places",
    )
    assert rows[0] and rows[0].reason.startswith(f"{why} {would_help} in AX0001AA")
    assert rows[1] and rows[1].reason.startswith("They need 9 seats together")


def test_a_cancelled_search_keeps_the_best_plan(bench: ScheduleBench, session: Session) -> None:
    centre(session)
    families(session, "Коваль", "Ткач")
    page = bench.page
    page.bar.seconds.setCurrentIndex(1)
    page.plan()
    planner = page.run.planner
    assert planner is not None
    bench.qtbot.waitUntil(lambda: planner.best.trips > 0, timeout=20_000)
    assert not page.bar.buttons["plan"].isEnabled()
    assert planner.best.words() == "Best so far: 4 of 4 people in 1 trip"
    page.planning.stop.click()
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


def test_planning_again_names_the_printed_lists_that_are_void(bench: ScheduleBench, session: Session) -> None:
    buses = centre(session, 2)
    for bus, household in zip(buses, families(session, "Коваль", "Ткач"), strict=True):
        on_trip(session, bus, household)
    issue_pickup_lists(session, DAY)
    bench.page.plan()
    bench.settle()
    assert bench.notices()[0].endswith("Printed lists 1, 2 are no longer valid: tell the drivers.")


def test_who_stands_on_an_open_list_of_the_day_before_waits_with_that_reason(
    bench: ScheduleBench, session: Session
) -> None:
    (bus,) = centre(session)
    (koval,) = families(session, "Коваль")
    on_trip(session, bus, koval, day=DAY - timedelta(days=1))
    bench.page.plan()
    bench.settle()
    rows = bench.page.waiting.view.rows
    row = rows.row(rows.index(0, 0))
    assert row is not None
    assert row.reason == "Their result of list 2023-08-14/1 has not been entered. Enter it, then plan again."


def test_a_trip_without_a_driver_is_told_on_the_board_and_before_printing(
    bench: ScheduleBench, session: Session
) -> None:
    (bus,) = centre(session)
    set_trip_driver(session, on_trip(session, bus, *families(session, "Коваль")), None)
    assert "AX0001AA has no driver yet." in bench.spoken()
    bench.page.print_lists()
    papers = bench.dialog(PrintListsDialog)
    assert papers.message.words.text() == "Trip 1 has no driver yet."
    papers.reject()


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("text", ["text", "muted", "warning", "danger"])
@pytest.mark.parametrize("ground", ["surface", "sunken", "selection"])
def test_what_is_painted_can_be_read(name: str, text: str, ground: str) -> None:
    colours = theme.load(name).colours
    assert theme.contrast(colours[text], colours[ground]) >= 4.5


def test_a_child_alone_and_a_licence_are_told_in_words(bench: ScheduleBench, session: Session) -> None:
    centre(session, 0)
    bus = add_vehicle(session, seats=12, licence="B")
    child = add_household(session, "Щербак", people=1, children=1)
    on_trip(session, bus, child)
    number = number_of(session, child)
    assert f"Household {number}: a child travels without an escort. Choose one before printing." in bench.spoken()
    assert "licence category B allows 8" in bench.spoken()


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
    bench.qtbot.waitUntil(lambda: bench.desk.pages["schedule"] is not old, timeout=20_000)
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
