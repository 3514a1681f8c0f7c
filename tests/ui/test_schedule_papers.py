"""The call list, printing, and what earlier days left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.queries.household import household_card
from coordinator.services.moving import move_household
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from tests.builders import (
    DAY,
    add_household,
    decision_of,
    on_trip,
    person_ids,
)
from tests.ui.schedule_bench import ScheduleBench, centre, families, key
from tests.ui.test_paper import texts_of
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.print_lists import PrintListsDialog
from ui.dialogs.results import ResultsDialog
from ui.paper.preview import PaperPreview

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


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
    bench: ScheduleBench, session: Session, tmp_path: Path
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
    assert preview.is_draft and preview._save.text() == "Issue and save as PDF…"
    target = tmp_path / "lists.pdf"
    with ask.answers([target]):
        preview.save_as_pdf()
    bench.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert not preview.is_draft
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


def test_on_a_day_without_trips_there_is_nothing_to_print(bench: ScheduleBench) -> None:
    key(bench, Qt.Key.Key_P, CTRL)
    bench.no_dialog(PrintListsDialog)
    assert "no lists to print" in bench.desk.notices.texts()[0]


def test_fault_73_a_driver_gets_a_sheet_of_what_changed(bench: ScheduleBench, session: Session, tmp_path: Path) -> None:
    (bus,) = centre(session)
    koval, tkach, moroz = families(session, "Коваль", "Ткач", "Мороз")
    trip = on_trip(session, bus, koval, tkach)
    issue_pickup_lists(session, DAY)
    move_household(session, DAY, moroz, trip)
    move_household(session, DAY, koval, None)
    bench.settle()
    assert bench.page.bar.buttons["print"].text() == "Print lists (1 changed)"
    key(bench, Qt.Key.Key_P, CTRL)
    dialog = bench.dialog(PrintListsDialog)
    assert "Changed since printed (v1), 2 stops: 1 new stop, 1 taken off" in dialog.trips.item(0).text()
    assert "Мороз" in dialog.trips.item(0).toolTip() and "Коваль" in dialog.trips.item(0).toolTip()
    dialog.differences.click()
    preview = bench.dialog(PaperPreview)
    assert preview.is_draft
    with ask.answers([tmp_path / "changes.pdf"]):
        preview.save_as_pdf()
    bench.settle()
    assert "DO NOT GO THERE (1)" in texts_of((tmp_path / "changes.pdf").read_bytes())[0]
    preview.reject()
    dialog.reject()
    assert "Printed (v2)" in bench.spoken()
