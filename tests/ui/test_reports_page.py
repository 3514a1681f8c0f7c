"""A day is reported: frozen, copied, put on paper and in a workbook; what comes late is shown; published counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.events import EventKind
from coordinator.exchange.published_book import write_form
from coordinator.queries.published import published
from coordinator.services import decisions
from coordinator.session import Session
from db import stores
from tests.builders import DAY, add_household
from tests.services.test_published import SERIES
from tests.ui.bench import Bench, press, unnamed
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.record import RecordDialog
from ui.pages.reports import ReportsPage


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Bench:
    """On the evening of the day on which nine people left, two of them children."""
    session.clock = lambda: datetime(2023, 8, 15, 17, tzinfo=UTC)
    family = add_household(session, people=9, children=2)
    decisions.record_departure(session, family, EventKind.BY_US, DAY)
    bench = Bench(qtbot, session, crashes, more={"reports": ReportsPage})
    bench.desk.go("reports")
    bench.settle()
    return bench


def page(bench: Bench) -> ReportsPage:
    found = bench.desk.pages["reports"]
    assert isinstance(found, ReportsPage)
    return found


def freeze(bench: Bench, to: str) -> None:
    page(bench).reports.freeze.click()
    (dialog,) = page(bench).findChildren(RecordDialog)
    dialog.editors["sent_to"].setText(to)  # type: ignore[attr-defined]
    dialog.submitted.emit({"sent_to": to})
    bench.settle()


def test_a_day_is_frozen_and_sent_and_what_comes_late_is_told(bench: Bench, session: Session, tmp_path: Path) -> None:
    view = page(bench).reports
    assert "DRAFT" in view.text.toPlainText()
    assert not view.book.isEnabled() and view.book.toolTip()
    freeze(bench, "ОВА")
    assert view.heading.text().startswith("Report No. 1")
    assert "DRAFT" not in view.text.toPlainText()
    view.copy.click()
    bench.settle()
    assert "Evacuated that day: 9, of them children …" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    press(view.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert QGuiApplication.clipboard().text() == view.text.toPlainText()
    with session.reading() as db:
        logged = [(row.kind, row.target, row.work_on, row.about) for row in stores.printed.all(db)]
    assert logged == [("export:report-text", "clipboard", DAY, {"report": 1, "recipient": "ОВА"})] * 2
    with ask.answers([tmp_path / "report.xlsx"]):
        view.book.click()
    bench.settle()
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert [cell.value for cell in book["Total"][2]][5:7] == [9, 0]
    assert not view.changed.isVisible()
    session.clock = lambda: datetime(2023, 8, 15, 17, tzinfo=UTC) + timedelta(days=2)
    decisions.record_departure(session, add_household(session, people=3, house="2"), EventKind.BY_US, DAY)
    bench.settle()
    assert "15.08: 9 sent, 12 known now (3 were recorded on 17.08)" in view.changed.words.text()
    assert "Evacuated that day: 9" in view.text.toPlainText()


def test_published_counts_come_from_the_form_and_stand_apart(bench: Bench, session: Session, tmp_path: Path) -> None:
    session.clock = lambda: datetime(2023, 8, 29, 17, tzinfo=UTC)
    write_form(tmp_path / "form.xlsx", SERIES)
    page(bench).show_target(list="published")
    view = page(bench).lists[0]
    with ask.answers([tmp_path / "form.xlsx"]):
        view._import.click()  # type: ignore[attr-defined]
    bench.settle()
    assert view.rows.rowCount() == len(SERIES) == len(published(session))
    assert view.rows.text(0, 0) == "28.08.2023"
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    view._add.click()
    bench.settle()
    (form,) = page(bench).findChildren(RecordDialog)
    assert form.focusWidget() is form.editors["day"]
    form.reject()
    assert unnamed(page(bench)) == []
    assert date(2023, 8, 12) in {one.day for one in published(session)}
