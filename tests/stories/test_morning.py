"""A morning: the day is planned and its lists go out; at 6:10 a vehicle breaks down, and nobody is forgotten by it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coordinator.domain.trip import TripStatus
from coordinator.session import Session
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, number_of, stop_of, trips_of
from tests.stories.test_window import CTRL, Window, print_all, window  # noqa: F401
from tests.ui.conftest import crashes, dressed, own_preferences, qt_says_nothing  # noqa: F401
from ui import ask
from ui.dialogs.print_lists import PrintListsDialog
from ui.dialogs.rescue import RescueDialog
from ui.dialogs.tell_list import TellListDialog
from ui.paper.preview import PaperPreview


def text_of(pdf: Path) -> str:
    return "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf))


def test_a_morning_with_a_breakdown(window: Window, session: Session, tmp_path: Path) -> None:  # noqa: F811
    add_hubs(session)
    add_settlement(session, "Подоли")
    vehicles = [add_vehicle(session, plate, seats=8) for plate in ("AX0001AA", "AX0002AA")]
    homes = [add_household(session, name, people=2, phone="050 123 45 67") for name in ("Коваль", "Ткач", "Бондар")]
    window.main.open(session)
    window.until(lambda: window.main.desk is not None)
    window.come_forward()
    assert window.main.register is not None
    window.main.register.working_date.choose(DAY)
    window.desk.go("schedule")
    window.settle()
    page = window.schedule

    # In the evening before: planned, looked at on the board, printed.
    QTest.keyClick(page.trips, Qt.Key.Key_R, CTRL)
    window.until(lambda: any("nobody is left over" in text for text in window.desk.notices.texts()))
    window.settle()
    page.totals.board.click()
    printed = text_of(print_all(window, tmp_path))
    assert all(f"№ {number_of(session, one)}" in printed for one in homes)
    before = {one: stop_of(session, one) for one in homes}
    broken = next(trip for trip in trips_of(session) if trip.vehicle_id in vehicles)

    # 6:10, on the way out of the base: two clicks, and what changes for whom is shown.
    on_it = next(one for one in homes if before[one].trip_id == broken.id)
    assert page.board.select_household(on_it)
    page.chosen.broken.click()
    proposal = window.dialog(RescueDialog)
    proposal.minute.setText("06:10")
    proposal.minute.editingFinished.emit()
    window.settle()
    freed = [one for one in homes if before[one].trip_id == broken.id]
    assert len([line for line in proposal.rows.records() if not line.left]) >= len(freed)
    proposal.go.click()
    window.settle()
    for one in freed:
        trip = next(trip for trip in trips_of(session) if trip.id == stop_of(session, one).trip_id)
        assert trip.vehicle_id != broken.vehicle_id and stop_of(session, one).arrive >= 6 * 60 + 10
    assert next(trip for trip in trips_of(session) if trip.id == broken.id).status == TripStatus.CANCELLED
    assert any(lane.out for lane in page.board.rows.lanes)

    # Everybody whose pickup changed is called.
    page.trouble.untold.go.click()
    calls = window.dialog(TellListDialog)
    assert {one.number for one in calls.rows.records()} >= {number_of(session, one) for one in freed}
    for _one in calls.rows.records():
        QTest.keyClick(calls.table, Qt.Key.Key_1)
        window.settle()
    assert all(one.told for one in calls.rows.records())
    calls.accept()
    window.settle()
    assert not page.trouble.strips.isVisibleTo(page)

    # The driver gets one sheet with what changed.
    sheet = text_of(print_differences(window, tmp_path))
    assert "AX0001AA" in sheet or "AX0002AA" in sheet
    assert "2023-08-15/" in sheet


def print_differences(window: Window, folder: Path) -> Path:  # noqa: F811
    window.schedule.print_lists()
    lists = window.dialog(PrintListsDialog)
    lists.tick(everything=True)
    lists.differences.click()
    preview = window.dialog(PaperPreview)
    target = folder / "changes.pdf"
    with ask.answers([target]):
        preview.save_as_pdf()
    window.until(target.exists)
    window.settle()
    preview.reject()
    lists.reject()
    return target
