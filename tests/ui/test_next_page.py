"""At 22:40 two houses in Sadova street are hit. In the morning the window says whom to call first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Again, Decision, Said
from coordinator.queries.household import household_card
from coordinator.register import create_register
from coordinator.services.asking import ask_again
from coordinator.services.decisions import decide_many
from coordinator.services.history import undo
from coordinator.session import Session
from db import stores
from tests.builders import add_household, add_settlement, decision_of
from tests.conftest import PASSPHRASE
from tests.ui.bench import Bench, press, type_over, unnamed
from ui.crash import CrashDesk
from ui.dialogs.ask_again import AskAgainDialog
from ui.dialogs.call_sheets import CallSheetsDialog
from ui.dialogs.incident import IncidentDialog
from ui.dialogs.record import RecordDialog
from ui.pages.next import WEIGHTS, NextPage
from ui.paper.preview import PaperPreview

LAST_WEEK = datetime(2023, 8, 10, 9, 0, tzinfo=UTC)
MORNING = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Session, dict[str, str]]]:
    """Three families that were asked on the 10th: in Myru street, and in Sadova at 7 and 9. It is the 15th now."""
    now = [LAST_WEEK]
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: now[0]) as session:
        add_settlement(session, "Подоли")
        found = {
            "myru": add_household(session, "Гай", street="вул. Миру", people=4, children=2, phone="050 111 22 33"),
            "sadova7": add_household(session, "Коваль", house="7", decision=Decision.UNDECIDED),
            "sadova9": add_household(session, "Лис", house="9", decision=Decision.REFUSED),
        }
        now[0] = MORNING
        yield session, found


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, homes: tuple[Session, dict[str, str]], crashes: CrashDesk) -> Bench:
    made = Bench(qtbot, homes[0], crashes, more={"next": NextPage})
    made.desk.go("next")
    made.settle()
    return made


def page_of(bench: Bench) -> NextPage:
    page = bench.desk.pages["next"]
    assert isinstance(page, NextPage)
    return page


def dialog_of(bench: Bench, kind: type[QDialog]) -> QDialog:
    bench.settle()
    (dialog,) = [one for one in bench.window.findChildren(kind) if one.isVisible()]
    return dialog


def order(bench: Bench) -> list[str]:
    return page_of(bench).list.shown_ids()


def why(bench: Bench, household_id: str) -> str:
    rows = page_of(bench).list.rows
    row = rows.row_of(household_id)
    assert row is not None
    return rows.text(row, [column.key for column in rows.columns].index("why"))


def record_shelling(bench: Bench) -> None:
    """By keyboard from another page, the street as somebody says it on the telephone."""
    bench.desk.go("registry")
    press(bench.window, Qt.Key.Key_H, CONTROL | SHIFT)
    dialog = dialog_of(bench, IncidentDialog)
    assert isinstance(dialog, IncidentDialog) and unnamed(dialog) == []
    type_over(dialog.settlement, "Подоли")
    dialog.settlement.commit()
    bench.settle()
    type_over(dialog.street, "ул. Садовая")
    assert dialog.known.text() == "вул. Садова: 2 households"
    type_over(dialog.day.edit, "14.8")
    type_over(dialog.time, "25:00")
    press(dialog, Qt.Key.Key_Return, CONTROL)
    assert "25:00" in dialog.fault.text() and dialog.isVisible()
    type_over(dialog.time, "22:40")
    dialog.houses.setValue(2)
    type_over(dialog.house, "9")
    press(dialog, Qt.Key.Key_Return, CONTROL)
    bench.settle()


def test_a_hit_is_recorded_by_keyboard_and_the_street_rises_with_its_reasons(
    bench: Bench, homes: tuple[Session, dict[str, str]]
) -> None:
    session, families = homes
    assert order(bench) == [families["myru"], families["sadova7"], families["sadova9"]]
    record_shelling(bench)
    page = page_of(bench)
    page.tabs.setCurrentIndex(0)
    assert order(bench) == [families["sadova9"], families["sadova7"], families["myru"]]
    assert why(bench, families["sadova9"]) == (
        "Two hits on their house yesterday, refused on 10.08, shelling came near since, last asked 5 days ago"
    )
    page.list.table.select_id(families["sadova7"])
    page.list.detail.weighed.setChecked(True)
    assert page.list.detail.head.text() == "№ 2 Коваль Олена" and page.list.detail.phones.text() == "no phone"
    assert unnamed(page) == []
    undo(session)
    bench.settle()
    assert order(bench) == [families["myru"], families["sadova7"], families["sadova9"]]


def test_those_chosen_are_dated_scheduled_and_put_on_sheets(
    bench: Bench, homes: tuple[Session, dict[str, str]]
) -> None:
    session, families = homes
    page = page_of(bench)
    page.list.table.selectAll()
    press(page.list.table, Qt.Key.Key_A)
    dialog = dialog_of(bench, AskAgainDialog)
    assert isinstance(dialog, AskAgainDialog)
    type_over(dialog.day.edit, "+3")
    type_over(dialog.by, "Марія")
    press(dialog, Qt.Key.Key_Return, CONTROL)
    bench.settle()
    assert all(why(bench, one).find("call again 18.08") > 0 for one in families.values())
    with session.reading() as db:
        assert {row.again_by for row in stores.households.all(db)} == {"Марія"}

    page.list.table.select_id(families["sadova7"])
    page.list.into_schedule()
    (menu,) = page.list.findChildren(QMenu)
    menu.actions()[1].trigger()
    menu.close()
    bench.settle()
    household = household_card(session, families["sadova7"]).household
    assert (household.decision, household.wants_on) == (Decision.WANTS_PICKUP, bench.desk.pages["next"].context.day)
    assert decision_of(session, families["myru"]) is Decision.PACKED
    assert families["sadova7"] not in order(bench)  # somebody has just spoken with them
    page.list.bar.clear_all()
    bench.settle()
    assert set(order(bench)) == set(families.values())

    page.list.make_sheets()
    sheets = dialog_of(bench, CallSheetsDialog)
    assert isinstance(sheets, CallSheetsDialog)
    sheets.callers.setValue(2)
    press(sheets, Qt.Key.Key_Return, CONTROL)
    preview = dialog_of(bench, PaperPreview)
    assert isinstance(preview, PaperPreview)
    assert len(preview._document.pages) == 2
    preview.reject()


def test_a_call_that_is_due_stays_in_the_list_though_they_were_called_today(
    bench: Bench, homes: tuple[Session, dict[str, str]]
) -> None:
    session, families = homes
    decide_many(session, [families["myru"], families["sadova7"]], Said(Decision.UNDECIDED))
    ask_again(session, [families["myru"]], Again(MORNING))
    bench.settle()
    assert order(bench) == [families["myru"], families["sadova9"]]
    assert "call back was due today at 08:00" in why(bench, families["myru"])
    bench.desk.go("next", due=True)
    assert order(bench) == [families["myru"]]


def test_a_weight_is_changed_in_the_table_and_the_order_follows(
    bench: Bench, homes: tuple[Session, dict[str, str]]
) -> None:
    _session, families = homes
    page = page_of(bench)
    page.tabs.setCurrentIndex(WEIGHTS)
    bench.settle()
    page.weights.table.select_id("next.refused")
    page.weights.edit()
    dialog = dialog_of(bench, RecordDialog)
    assert isinstance(dialog, RecordDialog)
    field = dialog.editors["value"]
    type_over(field, "150")
    press(field, Qt.Key.Key_Return)
    bench.settle()
    assert order(bench)[0] == families["sadova9"]


def test_half_typed_shelling_is_a_draft_that_comes_back(bench: Bench) -> None:
    press(bench.window, Qt.Key.Key_H, CONTROL | SHIFT)
    dialog = dialog_of(bench, IncidentDialog)
    assert isinstance(dialog, IncidentDialog) and dialog.draft() == {}
    type_over(dialog.source, "староста")
    kept = dialog.draft()
    dialog.reject()
    page_of(bench).record_shelling()
    again = dialog_of(bench, IncidentDialog)
    assert isinstance(again, IncidentDialog)
    again.take_draft(kept)
    assert again.source.text() == "староста" and again.draft() == kept
