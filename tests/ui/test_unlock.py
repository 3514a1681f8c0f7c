"""The first page, locking, starting and leaving."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.session import change_setting
from coordinator.settings import CENTRE_NAME
from tests.conftest import PASSPHRASE
from tests.ui.window import CTRL, PAGES, press, unlock
from ui import ask, preferences, texts
from ui.crash import CrashDesk
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.main_window import MainWindow
from ui.preferences import Preferences


def test_the_unlock_page_stands_there_before_any_page_is_loaded(
    qtbot: QtBot, dressed: QApplication, own_preferences: Callable[[], Path], crashes: CrashDesk
) -> None:
    window = MainWindow(lambda: PAGES, Preferences(), crashes)
    qtbot.addWidget(window)
    page = window.show_unlock()
    window.show()
    assert page.isVisible()
    assert "No register has been opened" in page.open_form.empty.text()


def test_a_wrong_passphrase_is_told_calmly_and_can_be_typed_again(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    page = unlock(window, folder, "something else")
    qtbot.waitUntil(page.open_form.message.isVisible)
    assert page.open_form.message.text() == texts.error_text(UserError("register.wrong_passphrase"))
    assert page.open_form.isEnabled() and page.open_form.passphrase.line.selectedText()
    unlock(window, folder, PASSPHRASE)
    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.preferences.recent == [str(folder)]
    assert preferences.load().recent == [str(folder)]


def test_the_form_says_what_is_missing_before_anything_is_tried(window: MainWindow, folder: Path) -> None:
    page = window.unlock_page
    assert page is not None
    page.open_form.submit()
    assert page.open_form.message.text() == "Choose a register first."
    page.open_form.choose(folder)
    page.open_form.submit()
    assert page.open_form.message.text() == "Type the passphrase of this register."


def test_a_new_register_is_made_and_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    page = window.unlock_page
    assert page is not None
    page.open_form.switch.click()
    form = page.new_form
    for name, passphrase, again, complaint in (
        ("a/b", PASSPHRASE, PASSPHRASE, "without the signs"),
        ("centre", "short", "short", "at least 8"),
        ("centre", PASSPHRASE, "other", "differ"),
    ):
        form.name.setText(name)
        form.place.setText(str(tmp_path))
        form.passphrase.line.setText(passphrase)
        form.again.line.setText(again)
        form.submit()
        assert complaint in form.message.text()
    form.again.line.setText(PASSPHRASE)
    form.button.click()
    qtbot.waitUntil(lambda: window.findChild(RecoveryCodeDialog) is not None, timeout=20_000)
    window.findChild(RecoveryCodeDialog).done_button.click()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    assert (tmp_path / "centre.register").is_dir()


def test_a_register_elsewhere_is_chosen_by_its_folder(window: MainWindow, folder: Path) -> None:
    page = window.unlock_page
    assert page is not None
    with ask.answers([folder]):
        page.open_form.browse.click()
    assert page.open_form.list.currentItem().text().startswith("kupiansk")


def test_the_passphrase_is_hidden_until_the_eye_is_pressed_and_caps_lock_is_seen(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.unlock_page
    assert page is not None
    field, caps = page.open_form.passphrase, page.open_form.caps
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    field.eye.click()
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClicks(field.line, "a")
    assert caps.isHidden()
    qtbot.keyClick(field.line, "B", Qt.KeyboardModifier.NoModifier)
    assert caps.isVisible()


def test_lock_never_asks_closes_the_file_and_clears_the_clipboard(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.register is not None
    register = opened.register
    QGuiApplication.clipboard().setText("050 123 45 67")
    register.tasks.run_verb(change_setting, register.session, CENTRE_NAME, "Центр")
    press(qtbot, opened, Qt.Key.Key_L, CTRL)
    assert opened.unlock_page is not None and opened.register is None
    assert QGuiApplication.clipboard().text() == ""
    opened.closing.wait()
    with open_register(register.session.folder, PASSPHRASE) as again:
        assert again.setting(CENTRE_NAME) == "Центр", "an edit that was given is written before the file closes"


def test_a_last_write_that_fails_is_told_and_keeps_the_window(opened: MainWindow) -> None:
    assert opened.register is not None

    def refuse() -> None:
        raise UserError("register.busy")

    opened.register.tasks.run_verb(refuse)
    assert not opened.close()
    assert opened.unlock_page is not None
    assert opened.unlock_page.open_form.message.text() == texts.error_text(UserError("register.busy"))


def test_a_training_register_says_so(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.open(create_register(tmp_path / "training", PASSPHRASE, training=True))
    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    assert "TRAINING" in window.desk.header.mark.text()
    assert "TRAINING" in window.windowTitle()


def test_the_program_starts_opens_a_register_and_ends_by_itself(folder: Path, tmp_path: Path) -> None:
    told = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui import app
from ui.main_window import MainWindow
application = app.start_qt()
def look():
    window = next((w for w in application.topLevelWidgets() if isinstance(w, MainWindow)), None)
    if window is not None and window.desk is not None:
        print(window.desk.header.title.text())
        window.close()
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
sys.exit(app.run_window(Path(sys.argv[1]), sys.argv[2]))
"""
    home = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "COORDINATOR_LANG": "en"}
    child = subprocess.run(
        [sys.executable, "-W", "error", "-c", told, str(folder), PASSPHRASE],
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (child.returncode, child.stdout) == (0, "Today\n"), child.stderr
    kept = json.loads((tmp_path / "evacuation-coordinator" / "window.json").read_text(encoding="utf-8"))
    assert kept["recent"] == [str(folder)]
    assert "Traceback" not in child.stderr
