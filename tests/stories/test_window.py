"""A whole day through the real window on a new file: workbooks, duplicates, plan, paper, results, counts, lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, WAIT
from tests.stories import workbooks
from tests.ui.conftest import crashes, dressed, own_preferences, qt_says_nothing  # noqa: F401
from tests.ui.settling import settle
from ui import ask
from ui.app import load_pages
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.dialogs.print_lists import PrintListsDialog
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.dialogs.results import ResultsDialog
from ui.main_window import MainWindow
from ui.pages.import_ import ImportPage
from ui.pages.schedule import SchedulePage
from ui.pages.today import TodayPage
from ui.paper.preview import PaperPreview
from ui.preferences import Preferences

D = TypeVar("D", bound=QDialog)
CTRL = Qt.KeyboardModifier.ControlModifier
DAY = date(2023, 8, 15)


class Window:
    """The whole program as a person has it before them, and how to wait for it."""

    def __init__(self, qtbot: QtBot, crash_desk: CrashDesk) -> None:
        self.qtbot = qtbot
        self.main = MainWindow(load_pages, Preferences(language="en", theme="light"), crash_desk)
        qtbot.addWidget(self.main)
        self.main.resize(1366, 768)
        self.main.show_unlock()
        self.main.show()

    @property
    def desk(self) -> Desk:
        assert self.main.desk is not None
        return self.main.desk

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def come_forward(self) -> None:
        """After a dialog, where there is no window manager."""
        self.main.activateWindow()
        self.until(self.main.isActiveWindow)

    def settle(self) -> None:
        settle(self.qtbot, self.main)

    def make_register(self, folder: Path) -> None:
        page = self.main.unlock_page
        assert page is not None
        page.open_form.switch.click()
        form = page.new_form
        form.name.setText("centre")
        form.place.setText(str(folder))
        form.passphrase.line.setText(PASSPHRASE)
        form.again.line.setText(PASSPHRASE)
        form.button.click()
        self.until(lambda: self.main.findChild(RecoveryCodeDialog) is not None)
        self.main.findChild(RecoveryCodeDialog).done_button.click()
        self.until(lambda: self.main.desk is not None)
        self.come_forward()
        assert self.main.register is not None
        self.main.register.working_date.choose(DAY)
        self.settle()

    def bring_in(self, path: Path) -> None:
        page = self.desk.pages["import"]
        assert isinstance(page, ImportPage)
        self.desk.go("import")
        with ask.answers([path]):
            page.choose()
        self.until(lambda: page.preview.isVisible() and page.preview.ready)
        self.settle()
        page.import_now()
        self.until(lambda: not page.preview.isVisible())
        self.settle()

    def dialog(self, kind: type[D]) -> D:
        def found() -> list[D]:
            return [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]

        self.until(lambda: len(found()) == 1)
        self.settle()
        return found()[0]

    @property
    def schedule(self) -> SchedulePage:
        page = self.desk.pages["schedule"]
        assert isinstance(page, SchedulePage)
        return page

    def sentence(self) -> str:
        page = self.desk.pages["today"]
        assert isinstance(page, TodayPage)
        return page.sentence.text()


@pytest.fixture
def window(
    qtbot: QtBot,
    dressed: QApplication,  # noqa: F811
    own_preferences: Callable[[], Path],  # noqa: F811
    crashes: CrashDesk,  # noqa: F811
) -> Iterator[Window]:
    made = Window(qtbot, crashes)
    yield made
    made.main.close()


def test_a_day_at_the_centre(window: Window, tmp_path: Path) -> None:
    window.make_register(tmp_path)
    for book in (workbooks.people_list, workbooks.requests, workbooks.fleet):
        window.bring_in(book(tmp_path))

    window.desk.go("duplicates")
    window.settle()
    QTest.keyClick(window.main, Qt.Key.Key_S)
    window.settle()
    window.desk.go("registry")
    window.settle()

    window.desk.go("schedule")
    window.settle()
    page = window.schedule
    QTest.keyClick(page.trips, Qt.Key.Key_R, CTRL)
    window.until(lambda: any(text.endswith("nobody is left over.") for text in window.desk.notices.texts()))
    window.settle()
    assert page.totals.parts["planned"][0].text() == "8 people"

    pdf = print_all(window, tmp_path)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf))
    assert text.count("Приклад Олена Іванівна") >= 1
    assert "Return or destroy after the trip" in text

    enter_all_results(window)
    window.desk.go("today")
    said = "By us 8 people in 10 days, 3 of them children; by all known 8."
    window.until(lambda: window.sentence() == said)

    window.main.lock()
    window.until(lambda: window.main.unlock_page is not None)
    assert "Приклад" not in window.main.windowTitle()


def print_all(window: Window, folder: Path) -> Path:
    """Preview all lists and save them as a PDF; a child without an escort is a warning, not a block."""
    QTest.keyClick(window.schedule.trips, Qt.Key.Key_P, CTRL)
    lists = window.dialog(PrintListsDialog)
    lists.preview.click()
    preview = window.dialog(PaperPreview)
    target = folder / "lists.pdf"
    with ask.answers([target]):
        preview.save_as_pdf()
    window.until(target.exists)
    window.settle()
    preview.reject()
    lists.reject()
    window.settle()
    return target


def enter_all_results(window: Window) -> None:
    """Everybody boards, and every trip arrives."""
    window.come_forward()
    QTest.keyClick(window.schedule.trips, Qt.Key.Key_E, CTRL)
    entry = window.dialog(ResultsDialog)
    for number in range(entry.trips.count()):
        entry.trips.setCurrentRow(number)
        window.settle()
        trip = entry.trip()
        assert trip is not None
        for _stop in trip.stops:
            QTest.keyClick(entry.stops, Qt.Key.Key_1)
            window.settle()
        QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
        window.settle()
    entry.reject()
