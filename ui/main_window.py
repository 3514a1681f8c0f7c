"""The window: the unlock page or the desk of an open register. Language, theme, font size, lock and leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from coordinator.errors import UserError
from coordinator.session import Session
from resources import i18n
from resources.i18n import _
from ui import actions, ask, speech, texts, theme
from ui.crash import CrashDesk
from ui.desk import Desk, OpenRegister, Pages
from ui.dialogs.keys import KeySheet
from ui.pages.unlock import UnlockPage
from ui.preferences import LARGEST, SMALLEST, STEP, Preferences, save
from ui.tasks import Tasks

FIRST_SIZE = (1280, 720)
LEAST_SIZE = (960, 560)


class MainWindow(QMainWindow):
    """Owns the open register and hands it to the desk; pages come from a table and know nothing of the window.

    `load_pages` gives that table. It runs in a worker while the passphrase is typed: charts take a second to
    load, and the unlock page does not wait for them.
    """

    def __init__(self, load_pages: Callable[[], Pages], preferences: Preferences, crashes: CrashDesk) -> None:
        super().__init__()
        self.preferences = preferences
        self.register: OpenRegister | None = None
        self._pages: Pages | None = None
        self._unlocked: Session | None = None
        self._crashes = crashes
        self._lobby = Tasks(self)
        self._lobby.crashed.connect(crashes.take)
        QTimer.singleShot(0, self, lambda: self._lobby.run_work(load_pages, done=self._use_pages))
        self._folder: Path | None = None
        self.setWindowIcon(theme.icon("application"))
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*FIRST_SIZE)
        self.restoreGeometry(QByteArray.fromHex(QByteArray(preferences.geometry.encode("ascii", "ignore"))))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def desk(self) -> Desk | None:
        central = self.centralWidget()
        return central if isinstance(central, Desk) else None

    @property
    def unlock_page(self) -> UnlockPage | None:
        central = self.centralWidget()
        return central if isinstance(central, UnlockPage) else None

    def show_unlock(self, folder: Path | None = None, message: str = "") -> UnlockPage:
        """The page where registers are opened, with this one chosen."""
        page = UnlockPage(self._lobby, self.preferences, folder)
        page.opened.connect(self.open)
        page.language_chosen.connect(self.speak)
        page.theme_chosen.connect(self.wear)
        self._folder = folder
        self._put(page, _("Evacuation Coordinator"))
        page.begin()
        if message:
            page.say(message)
        return page

    def open(self, session: Session) -> None:
        """Show the desk of a register that was just unlocked, as soon as its pages are loaded."""
        if self._pages is None:
            self._unlocked = session
            if self.unlock_page is not None:
                self.unlock_page.wait()
            return
        self.register = OpenRegister(session)
        self.register.tasks.crashed.connect(self._crashes.take)
        self.preferences.remember(session.folder)
        save(self.preferences)
        self._show_desk({})

    def lock(self) -> None:
        """Close the register and show the unlock page; never asks. Errors of the last writes are told there."""
        if self.register is not None:
            folder = self.register.session.folder
            self.show_unlock(folder, "\n".join(self._close_register()))

    def speak(self, code: str) -> None:
        """Switch the language of everything that is shown."""
        self.preferences.language = code
        speech.speak(code)
        self._make_anew()

    def wear(self, choice: str) -> None:
        """Switch the theme: "system", "light" or "dark"."""
        self.preferences.theme = choice
        self._dress()

    def zoom(self, step: int) -> None:
        """Text larger (+1), smaller (-1) or as usual (0)."""
        percent = self.preferences.font_percent + step * STEP if step else 100
        self.preferences.font_percent = min(LARGEST, max(SMALLEST, percent))
        self._dress()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave without a question: everything is saved. Where the last write failed, the window stays to say so."""
        self.preferences.geometry = self.saveGeometry().toHex().toStdString()
        folder = self.register.session.folder if self.register else self._folder
        wrong = self._close_register()
        if wrong:
            self.show_unlock(folder, "\n".join(wrong))
            event.ignore()
            return
        self._lobby.close()
        if self._unlocked is not None:
            self._unlocked.close()
        save(self.preferences)
        super().closeEvent(event)

    def _close_register(self) -> list[str]:
        """Finish and close; what went wrong with the last writes, in sentences."""
        if self.register is None:
            return []
        register, self.register = self.register, None
        errors = register.close()
        QGuiApplication.clipboard().clear()
        for error in errors:
            if not isinstance(error, UserError):
                self._crashes.take(error)
        lost = _("The last edit could not be saved. Open the register and look whether it is there.")
        return [texts.error_text(error) if isinstance(error, UserError) else lost for error in errors]

    def _use_pages(self, pages: Pages) -> None:
        self._pages = pages
        if self._unlocked is not None:
            session, self._unlocked = self._unlocked, None
            self.open(session)

    def _show_desk(self, state: dict[str, Any]) -> None:
        if self.register is None or self._pages is None:
            return
        desk = Desk(self.register, self._pages, self.preferences, self.lock)
        desk.header.language_chosen.connect(self.speak)
        desk.header.theme_chosen.connect(self.wear)
        training = self.register.session.training
        self._put(desk, _("TRAINING – Evacuation Coordinator") if training else _("Evacuation Coordinator"))
        desk.restore(state)

    def _put(self, widget: QWidget, title: str) -> None:
        self.setWindowTitle(title)
        self.setCentralWidget(widget)
        widget.show()
        actions.make(widget, "font.larger", lambda: self.zoom(1))
        actions.make(widget, "font.smaller", lambda: self.zoom(-1))
        actions.make(widget, "font.normal", lambda: self.zoom(0))
        actions.make(widget, "keys", lambda: ask.show(KeySheet(actions.sheet(widget), self)))
        actions.make(widget, "quit", self.close)

    def _system_changed(self) -> None:
        if self.preferences.theme == "system":
            self._dress()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.wear(application, theme.chosen(self.preferences.theme), self.preferences.font_percent)
        self._make_anew()

    def _make_anew(self) -> None:
        """Build what is shown again in the language and theme of the moment. Waits until the click is over."""
        save(self.preferences)
        QTimer.singleShot(0, self, self._rebuild)

    def _rebuild(self) -> None:
        if self.desk is not None:
            self._show_desk(self.desk.state())
        elif self.unlock_page is not None:
            self.show_unlock(self._folder)


def language_of(preferences: Preferences) -> str:
    """The language that was chosen, else the system's."""
    return preferences.language if preferences.language in i18n.LANGUAGES else i18n.system_language()
