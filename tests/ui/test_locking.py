"""Locking: by itself when nobody is there, at once by key; it never asks, never waits, and loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPixmap, QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain import memory
from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Touched
from coordinator.register import open_register
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME, LOCK_MINUTES
from db import stores
from db.rows import SettlementRow
from tests.conftest import PASSPHRASE
from tests.ui.locks import Clock, closed, is_locked
from tests.ui.window import CTRL, notes, press, unlock
from ui import ask, texts
from ui.locking.idle import IdleWatch
from ui.locking.traces import close_windows_over
from ui.main_window import MainWindow
from ui.progress import Progress


@pytest.fixture
def clock(window: MainWindow) -> Clock:
    made = Clock()
    window.idle.clock = made
    return made


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[IdleWatch]:
    made = IdleWatch(clock=Clock())
    made.start(4)
    yield made
    made.stop()


def wait(watch: IdleWatch, seconds: int) -> None:
    assert isinstance(watch.clock, Clock)
    for _second in range(seconds):
        watch.clock.go(1)
        watch.look()


class Busy:
    """An import that takes as long as the test wants, and does not hear of being cancelled before."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.writing, self.go_on = threading.Event(), threading.Event()

    def __call__(self, progress: Progress) -> None:
        with self.session.act("import") as act:
            stores.settlements.add(act.db, [SettlementRow("1" * 32, name="Подоли")])
            self.writing.set()
            self.go_on.wait(20)
            progress.check()
            act.touch(Touched.PLACES)


@pytest.fixture
def busy(opened: MainWindow, qtbot: QtBot) -> Iterator[Busy]:
    """The import is in the middle of its transaction."""
    assert opened.register is not None
    made = Busy(opened.register.session)
    opened.register.tasks.run_verb(made, label="Import", progress=True)
    qtbot.waitUntil(made.writing.is_set)
    yield made
    made.go_on.set()
    opened.closing.wait()


class TestNobodyThere:
    def test_it_is_told_after_the_minutes_without_a_touch(self, watch: IdleWatch, qtbot: QtBot) -> None:
        told: list[str] = []
        watch.idle.connect(lambda: told.append("idle"))
        wait(watch, 4 * 60 - 1)
        assert told == []
        wait(watch, 1)
        assert told == ["idle"]

    @pytest.mark.parametrize("touch", ["key", "mouse", "button"])
    def test_any_touch_of_any_window_counts(self, watch: IdleWatch, qtbot: QtBot, touch: str) -> None:
        over, told = QDialog(), []
        qtbot.addWidget(over)
        over.open()
        watch.idle.connect(lambda: told.append("idle"))
        wait(watch, 200)
        handle = over.windowHandle()
        match touch:
            case "key":
                QTest.keyClick(handle, Qt.Key.Key_A)
            case "mouse":
                QTest.mouseMove(handle, QPoint(5, 5))
                QTest.mouseMove(handle, QPoint(9, 9))
            case "button":
                QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
        QApplication.processEvents()
        wait(watch, 200)
        assert told == []
        wait(watch, 40)
        assert told == ["idle"]

    def test_fault_23_a_computer_that_slept_is_told_though_its_steady_clock_stood_still(self, watch: IdleWatch) -> None:
        told: list[str] = []
        watch.idle.connect(lambda: told.append("idle"))
        assert isinstance(watch.clock, Clock)
        wait(watch, 5)
        watch.clock.wall += 61
        watch.look()
        assert told == ["idle"]

    def test_fault_21_a_wall_clock_that_is_set_back_does_not_keep_it_open(self, watch: IdleWatch) -> None:
        told: list[str] = []
        watch.idle.connect(lambda: told.append("idle"))
        assert isinstance(watch.clock, Clock)
        wait(watch, 100)
        watch.clock.wall -= 7200
        wait(watch, 140)
        assert told == ["idle"]

    def test_the_first_key_after_the_time_was_up_is_not_a_touch(self, watch: IdleWatch, qtbot: QtBot) -> None:
        field, told = QLineEdit(), []
        qtbot.addWidget(field)
        field.show()
        watch.look()
        watch.idle.connect(lambda: told.append("idle"))
        assert isinstance(watch.clock, Clock)
        watch.clock.go(4 * 60)
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
        assert told == ["idle"]

    def test_the_register_locks_and_the_unlock_page_is_never_watched(self, clock: Clock, opened: MainWindow) -> None:
        opened.idle.start(LOCK_MINUTES.default)
        assert opened.idle.watching
        clock.go(4 * 60 + 1)
        opened.idle.look()
        assert is_locked(opened)
        assert not opened.idle.watching

    def test_the_minutes_are_a_setting_of_the_register_that_works_at_once(
        self, clock: Clock, opened: MainWindow, qtbot: QtBot
    ) -> None:
        assert opened.register is not None
        register = opened.register
        register.tasks.run_verb(change_setting, register.session, LOCK_MINUTES, 1)
        qtbot.waitUntil(lambda: opened.idle.minutes == 1)
        clock.go(61)
        opened.idle.look()
        assert is_locked(opened)

    @pytest.mark.parametrize("minutes", [0, 61])
    def test_it_cannot_be_switched_off(self, session: Session, minutes: int) -> None:
        with pytest.raises(UserError, match=r"setting\.limits"):
            change_setting(session, LOCK_MINUTES, minutes)


class TestTheScreen:
    def test_dialogs_menus_and_lists_over_the_page_are_gone_at_once_and_nothing_is_asked(
        self, opened: MainWindow, qtbot: QtBot
    ) -> None:
        assert opened.desk is not None
        dialog, inner = _Stubborn(opened.desk), QDialog
        second = inner(dialog)
        box = QComboBox(dialog)
        box.addItems(["Зозуля", "Мороз"])
        menu = QMenu(opened.desk)
        menu.addAction("Зозуля")
        for one in (dialog, second):
            ask.show(one)
        box.showPopup()
        menu.popup(QPoint(5, 5))
        opened.lock()
        over = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not opened]
        assert over == []
        assert dialog.asked == 0

    def test_what_lay_over_it_stays_away_when_it_is_opened_again(
        self, opened: MainWindow, folder: Path, qtbot: QtBot
    ) -> None:
        ask.show(dialog := QDialog(opened.desk))
        close_windows_over(opened)
        assert not dialog.isVisible()
        qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))

    def test_the_pages_are_forgotten(self, opened: MainWindow, qtbot: QtBot) -> None:
        desk, page = opened.desk, notes(opened)
        opened.lock()
        qtbot.waitUntil(lambda: not shiboken6.isValid(desk) and not shiboken6.isValid(page))

    def test_the_clipboard_and_the_selection_are_cleared(self, opened: MainWindow) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText("050 123 45 67")
        opened.lock()
        assert clipboard.text() == ""

    def test_no_title_names_the_register(self, opened: MainWindow, folder: Path) -> None:
        assert opened.register is not None and opened.register.session.name == "kupiansk"
        assert opened.windowTitle() == "Evacuation Coordinator"
        opened.lock()
        assert "kupiansk" not in opened.windowTitle()


class TestNeverWaits:
    def test_fault_23_the_view_locks_while_an_import_runs_and_the_import_rolls_back(
        self, opened: MainWindow, folder: Path, busy: Busy, qtbot: QtBot
    ) -> None:
        opened.lock()
        assert is_locked(opened)
        assert opened.closing.under_way, "the register is still being closed behind the page"
        busy.go_on.set()
        qtbot.waitUntil(lambda: closed(opened))
        assert opened.unlock_page is not None and opened.unlock_page.open_form.message.text() == ""
        with open_register(folder, PASSPHRASE) as again, again.reading() as db:
            assert stores.settlements.get(db, "1" * 32) is None

    def test_fault_23_an_import_does_not_keep_it_awake(self, clock: Clock, opened: MainWindow, busy: Busy) -> None:
        clock.go(4 * 60 + 1)
        opened.idle.look()
        assert is_locked(opened)
        busy.go_on.set()

    def test_unlocking_meanwhile_waits_for_the_last_write(
        self, opened: MainWindow, folder: Path, busy: Busy, qtbot: QtBot
    ) -> None:
        assert opened.register is not None
        opened.register.tasks.run_verb(change_setting, opened.register.session, CENTRE_NAME, "Центр")
        opened.lock()
        unlock(opened, folder, PASSPHRASE)
        assert opened.closing.under_way
        busy.go_on.set()
        qtbot.waitUntil(lambda: opened.register is not None, timeout=20_000)
        assert opened.register is not None
        assert opened.register.session.read_only is None, "the window before has let go of the file"
        assert opened.register.session.setting(CENTRE_NAME) == "Центр"

    def test_a_last_write_that_failed_is_told_on_the_unlock_page(self, opened: MainWindow, qtbot: QtBot) -> None:
        assert opened.register is not None
        opened.register.tasks.run_verb(_refuse)
        opened.lock()
        qtbot.waitUntil(lambda: closed(opened))
        assert opened.unlock_page is not None
        assert opened.unlock_page.open_form.message.text() == texts.error_text(UserError("register.busy"))

    def test_a_cancelled_import_is_no_fault(self, opened: MainWindow, qtbot: QtBot) -> None:
        assert opened.register is not None

        def cancelled() -> None:
            raise Cancelled

        opened.register.tasks.run_verb(cancelled)
        opened.lock()
        qtbot.waitUntil(lambda: closed(opened))
        assert opened.unlock_page is not None and opened.unlock_page.open_form.message.text() == ""

    def test_closing_the_window_waits_and_closes_the_file(self, opened: MainWindow, busy: Busy) -> None:
        threading.Timer(0.05, busy.go_on.set).start()
        assert opened.close()
        assert not opened.closing.under_way
        with pytest.raises(UserError, match=r"register\.closed"), busy.session.reading():
            pass


class TestPanic:
    @pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Pause])
    def test_fault_28_one_key_locks_hides_the_window_and_leaves_nothing_behind(
        self, opened: MainWindow, qtbot: QtBot, key: Qt.Key
    ) -> None:
        QGuiApplication.clipboard().setText("050 123 45 67")
        QPixmapCache.insert("household", QPixmap(8, 8))
        remembered = memory.remembered(str.casefold, 8)
        remembered("Зозуля")
        page = notes(opened)
        press(qtbot, opened, key)
        assert is_locked(opened)
        assert opened.isMinimized()
        assert QGuiApplication.clipboard().text() == ""
        assert QPixmapCache.find("household") is None or QPixmapCache.find("household").isNull()
        assert remembered.cache_info().currsize == 0  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: not shiboken6.isValid(page))

    @pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Pause])
    def test_fault_28_it_works_over_a_dialog_too(self, opened: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
        dialog, column = QDialog(opened.desk), QVBoxLayout()
        column.addWidget(QLineEdit())
        dialog.setLayout(column)
        ask.show(dialog)
        opened.idle.look()
        QTest.keyClick(dialog.windowHandle(), key)
        assert is_locked(opened)
        assert opened.isMinimized()

    def test_the_usual_lock_works_over_a_dialog_too(self, opened: MainWindow) -> None:
        dialog = QDialog(opened.desk)
        ask.show(dialog)
        opened.idle.look()
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert is_locked(opened)
        assert not opened.isMinimized()

    def test_fault_28_it_works_while_an_import_runs(self, opened: MainWindow, busy: Busy, qtbot: QtBot) -> None:
        press(qtbot, opened, Qt.Key.Key_F12)
        assert is_locked(opened) and opened.isMinimized()
        assert opened.closing.under_way
        busy.go_on.set()
        qtbot.waitUntil(lambda: closed(opened))

    def test_ctrl_l_locks_and_leaves_the_window_where_it_is(self, opened: MainWindow, qtbot: QtBot) -> None:
        press(qtbot, opened, Qt.Key.Key_L, CTRL)
        assert is_locked(opened) and not opened.isMinimized()


class _Stubborn(QDialog):
    """A form that asks before it is closed."""

    asked = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def reject(self) -> None:
        self.asked += 1


def _refuse() -> None:
    raise UserError("register.busy")
