"""A morning on the telephone: one key for what came of a call, and the next household stands there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.outreach import Result
from coordinator.queries.household import household_card
from coordinator.register import create_register
from coordinator.services.fleet import save_zone_order
from coordinator.services.history import undo
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement, decision_of
from tests.conftest import PASSPHRASE
from tests.ui.bench import Bench, press, unnamed
from ui.crash import CrashDesk
from ui.dialogs.record import RecordDialog
from ui.pages.calls import CallsPage

FAMILIES = (("Гай", 4, "050 111 22 33, 050 111 22 44"), ("Лис", 3, "050 222 22 33"), ("Бук", 1, ""))
MORNING = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
K = Qt.Key


@pytest.fixture
def now() -> list[datetime]:
    return [MORNING]


@pytest.fixture
def homes(tmp_path: Path, now: list[datetime]) -> Iterator[tuple[Session, list[str]]]:
    """Three families that nobody has asked, the one with most children first."""
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена", clock=lambda: now[0]) as session:
        place = add_settlement(session, "Подоли")
        save_zone_order(session, ZoneOrder(None, place, "", OrderKind.FORCED, DAY))
        yield session, [
            add_household(session, name, people=people, children=people - 1, phone=phone, decision=Decision.NOT_ASKED)
            for name, people, phone in FAMILIES
        ]  # fmt: skip


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, homes: tuple[Session, list[str]], crashes: CrashDesk) -> Bench:
    made = Bench(qtbot, homes[0], crashes, more={"calls": CallsPage})
    made.desk.go("calls")
    made.settle()
    return made


@pytest.fixture
def page(bench: Bench) -> CallsPage:
    found = bench.desk.pages["calls"]
    assert isinstance(found, CallsPage)
    return found


def key(bench: Bench, page: CallsPage, *keys: Qt.Key) -> None:
    for one in keys:
        press(QApplication.focusWidget() or page.table, one)
    bench.settle()


def test_a_morning_by_keyboard(
    bench: Bench, page: CallsPage, homes: tuple[Session, list[str]], now: list[datetime]
) -> None:
    session, (first, second, third) = homes
    assert [page.rows.row_id(row) for row in range(3)] == [first, second, third]
    assert page.card.number.text() == "050 111 22 33" and "number 1 of 2" in page.card.whose.text()
    assert "Forced evacuation holds there" in page.card.say.text()
    assert unnamed(page) == []

    key(bench, page, K.Key_2)
    assert "Nobody answers; again 15.08.2023 12:00, anyone" in bench.desk.notices.texts()[0]
    assert page.card.found is not None and page.card.found.card.household.id == second

    key(bench, page, K.Key_1)
    page.outcome.decision.setCurrentText("Packed, ready")
    page.outcome.obstacles[Obstacle.ANIMALS].click()
    page.outcome.note.setFocus()
    key(bench, page, K.Key_Return)
    assert decision_of(session, second) is Decision.PACKED
    assert household_card(session, second).household.holds_back == (Obstacle.ANIMALS,)

    assert page.card.number.text() == "no number" and page.card.found.card.household.id == third
    key(bench, page, K.Key_9)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())
    dialog.editors["phone"].setText("066 333 22 33 (сусідка)")  # type: ignore[attr-defined]
    dialog.submit()
    bench.settle()
    assert page.card.number.text() == "066 333 22 33" and "сусідка" in page.card.whose.text()

    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    page.table.setFocus()
    key(bench, page, K.Key_3)
    assert page.outcome.more.isVisible()
    page.outcome.again.edit.setText("15.08")
    page.outcome.time.setText("18:30")
    page.outcome.time.setFocus()
    key(bench, page, K.Key_Return)
    assert page.rows.rowCount() == 0 and page.card.nothing.isVisible()

    now[0] = MORNING + timedelta(hours=11)
    page.refresh(None)
    bench.settle()
    assert [page.rows.row_id(row) for row in range(page.rows.rowCount())] == [third, first], "the agreed call first"
    page.show_target(overdue=True)
    bench.settle()
    assert page.count.text() == "To call: 2 households"


def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(
    bench: Bench, page: CallsPage, homes: tuple[Session, list[str]]
) -> None:
    session, (first, *_rest) = homes
    key(bench, page, K.Key_4)
    page.outcome.reason.setText("чоловік на роботі")
    page.outcome.reason.setFocus()
    key(bench, page, K.Key_Return)
    assert page.outcome.fault.isVisible() and page.outcome.despite.isVisible(), "children stay under a forced order"
    assert page.outcome.reason.text() == "чоловік на роботі"
    page.outcome.despite.setText("батько відмовився, повідомлено поліцію")
    key(bench, page, K.Key_Return)
    assert decision_of(session, first) is Decision.REFUSED
    undo(session)
    bench.settle()
    assert decision_of(session, first) is Decision.NOT_ASKED


def test_a_wrong_number_leads_to_the_next_one_of_the_same_household(bench: Bench, page: CallsPage) -> None:
    key(bench, page, K.Key_8)
    assert page.card.number.text() == "050 111 22 44"
    key(bench, page, K.Key_8, K.Key_5)
    assert page.card.number.text() == "050 111 22 44" and "number" not in page.card.whose.text()
    page.outcome.channel.setCurrentIndex(1)
    page.outcome.pick(Result.WRONG_NUMBER)
    assert "Only a call" in page.outcome.fault.text()
