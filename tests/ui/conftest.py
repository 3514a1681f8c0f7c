"""Fixtures of the window: the shipped font, the light theme, a window on a new register, calm shut-down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.register import create_register, open_register
from tests.conftest import PASSPHRASE
from tests.ui.window import PAGES
from ui import preferences, speech, theme
from ui.crash import CrashDesk
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.tasks import Tasks

HARMLESS = frozenset(
    {
        # The offscreen platform has no window manager.
        "This plugin does not support propagateSizeHints()",
        "This plugin does not support raise()",
        "This plugin does not support grabbing the keyboard",
    }
)


@pytest.fixture(autouse=True)
def qt_says_nothing() -> Iterator[None]:
    """Any message of Qt fails the test, except those above by their exact text."""
    said: list[str] = []

    def hear(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if text not in HARMLESS:
            said.append(text)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in English, light, at normal size, with the shipped font."""
    theme.load_fonts()
    speech.speak("en")
    theme.wear(qapp, theme.load("light"))
    yield qapp
    speech.speak("en")


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Preferences are read from and written to the test's own folder."""
    file = tmp_path / "window.json"
    monkeypatch.setattr(preferences, "preferences_file", lambda: file)
    return lambda: file


@pytest.fixture
def crashes(tmp_path: Path) -> CrashDesk:
    return CrashDesk(file=tmp_path / "faults.log")


@pytest.fixture
def window(
    qtbot: QtBot, dressed: QApplication, own_preferences: Callable[[], Path], crashes: CrashDesk
) -> Iterator[MainWindow]:
    made = MainWindow(lambda: PAGES, Preferences(language="en", theme="light"), crashes)
    made.resize(1366, 768)
    made.show_unlock()
    made.show()
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with create_register(tmp_path_factory.mktemp("shell") / "kupiansk", PASSPHRASE) as session:
        return session.folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A closed register of the test's own."""
    return Path(shutil.copytree(prepared, tmp_path / prepared.name))


@pytest.fixture
def opened(window: MainWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    window.open(open_register(folder, PASSPHRASE))
    qtbot.waitUntil(lambda: window.desk is not None)
    return window
