"""Start-up, told from top to bottom. The only place where the window's parts are put together."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui import crash, preferences, speech, theme
from ui.desk import Pages
from ui.locking.ending import Ending
from ui.locking.system import SystemWatch, session_bus, system_bus
from ui.main_window import MainWindow, language_of

NAME = "Evacuation Coordinator"


def run_window(folder: Path | None = None, passphrase: str = "") -> int:
    """Show the window until it is closed; returns the exit code.

    `folder` is chosen on the unlock page; with `passphrase` too (a training register) it is opened at once.
    Call it only where `ui.probe.look_for_screen` found a screen: Qt cannot be stopped from aborting without one.
    """
    application = start_qt()
    kept = preferences.load()
    speech.speak(language_of(kept))
    theme.load_fonts()
    theme.wear(application, theme.chosen(kept.theme), kept.font_percent)
    crashes = crash.CrashDesk(application)
    undo_hooks = crashes.install()
    window = MainWindow(load_pages, kept, crashes)
    away = SystemWatch(window, session=session_bus(), system=system_bus())
    away.away.connect(window.lock)
    ending = Ending(window.keep_drafts, window)
    ending.asked.connect(window.close)
    page = window.show_unlock(folder)
    window.show()
    if folder is not None and passphrase:
        page.unlock(folder, passphrase)
    try:
        return application.exec()
    finally:
        ending.close()
        away.close()
        undo_hooks()


def load_pages() -> Pages:
    """All pages. Their charts load numpy and pyqtgraph, so the import waits until the unlock page stands there."""
    from ui.pages.table import PAGES

    return PAGES


def start_qt() -> QApplication:
    """The application object with its name; the one that exists already where a test made it."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QCoreApplication.setApplicationName(NAME)
    QGuiApplication.setDesktopFileName("evacuation-coordinator")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return QApplication(sys.argv[:1])
