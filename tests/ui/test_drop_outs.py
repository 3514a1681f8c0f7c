"""When the day goes otherwise: a breakdown in two clicks, those to be told, and trips that no longer fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coordinator.domain.schedule import Breach
from coordinator.queries.fleet import vehicles
from coordinator.services.fleet import save_vehicle
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from tests.builders import on_trip, stop_of, trips_of
from tests.ui.bench import unnamed
from tests.ui.schedule_bench import DAY, ScheduleBench, centre, families
from ui.crash import CrashDesk
from ui.dialogs.record import RecordDialog
from ui.dialogs.rescue import RescueDialog
from ui.dialogs.tell_list import TellListDialog
from ui.dialogs.troubles import TroublesDialog
from ui.widgets.board.troubled import reasons, troubled
from ui.widgets.schedule.reading import read_day_view

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def test_a_breakdown_takes_two_clicks_and_leads_to_those_to_be_told(bench: ScheduleBench, session: Session) -> None:
    broken, whole = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач")
    on_trip(session, broken, koval)
    beside = on_trip(session, whole, tkach)
    issue_pickup_lists(session, DAY, {row.id for row in trips_of(session)}, "printer")
    assert bench.page.trips.select_household(koval)
    bench.page.chosen.broken.click()
    dialog = bench.dialog(RescueDialog)
    assert dialog.go.isEnabled() and unnamed(dialog) == []
    lines = dialog.rows.records()
    assert lines[0].who.endswith("Коваль Олена") and "AX0002AA" in lines[0].after
    assert "Printed lists that will be void: 2023-08-15/1, 2023-08-15/2." in dialog.said.words.text()
    dialog.go.click()
    bench.no_dialog(RescueDialog)
    assert stop_of(session, koval).trip_id == beside
    strip = bench.page.trouble.untold
    assert strip.isVisibleTo(bench.page) and "Still to be told" in strip.words.text()
    strip.go.click()
    told = bench.dialog(TellListDialog)
    assert unnamed(told) == [] and told.tally.text().startswith("Told 0 of")
    for _household in told.rows.records():
        QTest.keyClick(told.table, Qt.Key.Key_1)
        bench.settle()
    assert all(one.told for one in told.rows.records())
    told.accept()
    bench.settle()
    assert not bench.page.trouble.untold.isVisibleTo(bench.page)


def test_a_trip_that_no_longer_fits_is_listed_and_solved(bench: ScheduleBench, session: Session) -> None:
    bus, spare = centre(session, 2)
    (koval,) = families(session, "Коваль")
    trip = on_trip(session, bus, koval)
    bench.settle()
    assert not bench.page.trouble.misfits.isVisibleTo(bench.page)
    bench.page.totals.trouble.click()
    dialog = bench.dialog(TroublesDialog)
    assert dialog.heading.text() == "Every trip of this day fits." and unnamed(dialog) == []
    dialog.out.click()
    form = bench.dialog(RecordDialog)
    form.editors["reason"].setText("no fuel")  # type: ignore[attr-defined]
    form.submit()
    bench.no_dialog(RecordDialog)
    assert dialog.heading.text() == "1 trip no longer fits."
    assert "no fuel" in dialog.why.words.text() and dialog.vehicle.currentText().endswith("– fits")
    assert bench.page.trouble.misfits.words.text() == "1 trip no longer fits."
    dialog.give.click()
    bench.settle()
    assert [row.vehicle_id for row in trips_of(session)] == [spare] and trips_of(session)[0].id == trip
    assert dialog.heading.text() == "Every trip of this day fits."
    dialog.back.click()
    bench.settle()
    assert dialog.outs.count() == 0
    dialog.accept()


def test_fewer_seats_or_a_driver_without_the_licence_are_found_at_once(session: Session) -> None:
    small, large = centre(session, 2)
    koval, tkach = families(session, "Коваль", "Ткач", people=3)
    on_trip(session, small, koval)
    on_trip(session, large, tkach)
    assert troubled(read_day_view(session, DAY)) == ()
    known = {one.id: one for one in vehicles(session)}
    save_vehicle(session, replace(known[small], seats=2))
    save_vehicle(session, replace(known[large], seats=16))
    view = read_day_view(session, DAY)
    found = {trip.plate: [one.breach for one in reasons(view, trip)] for trip in troubled(view)}
    assert found == {"AX0001AA": [Breach.SEATS], "AX0002AA": [Breach.LICENCE]}
    save_vehicle(session, replace(known[large], seats=16, licence_reason="a bus licence is under way"))
    assert [trip.plate for trip in troubled(read_day_view(session, DAY))] == ["AX0001AA"]
