"""The window: the unlock page or the desk of an open register. Language, theme, font size, lock and leave."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from coordinator.copies import CopyInfo
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.session import Session
from coordinator.settings import LOCK_MINUTES
from resources import i18n
from resources.i18n import _
from resources.messages import sentence
from ui import actions, ask, speech, texts, theme
from ui.crash import CrashDesk
from ui.desk import Desk, OpenRegister, Pages
from ui.dialogs.damaged import DamagedDialog, PutBack, back_words
from ui.dialogs.keys import KeySheet
from ui.locking.closing import Closing, Lobby
from ui.locking.idle import IdleWatch
from ui.locking.traces import clear_clipboard, close_windows_over, drop_caches
from ui.opening_again import open_again
from ui.pages.unlock import UnlockPage
from ui.preferences import LARGEST, SMALLEST, STEP, Preferences, save
from ui.restoring import Restored, WaitingPage, restore_open
from ui.restoring import words as restored_words
from ui.widgets.notice_bar import Kind

FIRST_SIZE = (1280, 720)
LEAST_SIZE = (960, 560)
PANIC_KEYS = frozenset({Qt.Key.Key_F12, Qt.Key.Key_Pause})
"""As declared in ui.actions; over a dialog, where shortcuts do not reach, they are heard by the idle watch."""


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
        self.closing = Closing(self)
        self.closing.closed.connect(self._tell_last_errors)
        self._lobby = Lobby(self.closing, self)
        self._lobby.crashed.connect(crashes.take)
        self.idle = IdleWatch(self)
        self.idle.keys = PANIC_KEYS
        self.idle.idle.connect(self.lock)
        self.idle.pressed.connect(lambda _key: self.panic())
        QTimer.singleShot(0, self, lambda: self._lobby.run_work(load_pages, done=self._use_pages))
        self._folder: Path | None = None
        self._wrong: list[str] = []
        self._left_alone = False
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
        page.restore_wanted.connect(self._show_damaged)
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
        self.register.bridge.changed.connect(self._hear)
        self.preferences.remember(session.folder)
        save(self.preferences)
        self._show_desk({})
        self.idle.start(LOCK_MINUTES.default)
        self._ask_lock_minutes()
        self.register.drafts.begin()
        self.register.copies.begin()
        self.register.copies.restore_wanted.connect(self.restore)
        self._tell_last_errors([])

    def lock(self) -> None:
        """Show the unlock page at once and close the register behind it; never asks, never waits.

        What is half-typed becomes a draft. Errors of the last writes are told on the unlock page.
        """
        self._left_alone = True
        if self.register is not None:
            folder, self._wrong = self.register.session.folder, []
            self._let_go()
            self.show_unlock(folder)

    def panic(self) -> None:
        """Take the window out of sight, lock, and leave nothing in the clipboard and in caches."""
        self.showMinimized()
        self.lock()
        clear_clipboard()
        drop_caches()

    def open_again(self) -> None:
        """Try to open for writing what can only be looked at."""
        if self.register is not None and self.desk is not None:
            self.desk.read_only.wait(True)
            self._lobby.run_work(
                open_again, self.register.session, done=self._opened_again, failed=self._not_again
            )  # fmt: skip

    def _opened_again(self, session: Session) -> None:
        desk = self.desk
        if desk is None:
            session.close()
        elif session.read_only is not None:
            session.close()
            desk.read_only.wait(False)
            desk.notices.show_notice(sentence(session.read_only.code, session.read_only.facts))
        else:
            state = desk.state()
            self._let_go()
            self.open(session)
            if self.desk is not None:
                self.desk.restore(state)

    def _not_again(self, error: UserError) -> None:
        if self.desk is not None:
            self.desk.read_only.wait(False)
            self.desk.notices.show_notice(texts.error_text(error), Kind.WARNING)

    def restore(self, copy: CopyInfo) -> None:
        """Put a copy in the place of the open register: it is closed for that, and opened again without a question."""
        if self.register is None:
            return
        register, self.register = self.register, None
        self._left_alone = False
        self.idle.stop()
        last = register.stop()
        close_windows_over(self)
        self._put(WaitingPage(_("Restoring the copy…")), _("Evacuation Coordinator"))
        self._lobby.run_work(restore_open, register, last, copy, done=partial(self._restored, register))

    def _show_damaged(self, folder: Path, passphrase: str) -> None:
        dialog = DamagedDialog(self._lobby, folder, passphrase, self)
        dialog.restored.connect(self._put_back)
        ask.show(dialog)

    def _put_back(self, back: PutBack) -> None:
        self.open(back.session)
        if self.desk is not None:
            self.desk.notices.show_notice(back_words(back), Kind.SUCCESS)

    def _restored(self, register: OpenRegister, restored: Restored) -> None:
        register.forget()
        wrong = self._sentences([restored.fault] if restored.fault else [])
        if restored.session is not None and self._left_alone:  # locked meanwhile: nobody may be here
            restored.session.close()
            self.show_unlock(register.session.folder)
            return
        if restored.session is None:
            self.show_unlock(register.session.folder, "\n".join(wrong))
            return
        self.open(restored.session)
        if self.desk is not None:
            kind = Kind.WARNING if wrong else Kind.SUCCESS
            self.desk.notices.show_notice("\n".join(wrong) or restored_words(restored), kind)

    def keep_drafts(self) -> None:
        """The person logs out: what is half-typed is on the disk when this returns."""
        if self.register is not None:
            self.register.drafts.save_now()

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
        if self.register is not None:
            self._let_go()
            self.repaint()
        wrong = self._sentences(self.closing.end())
        if wrong:
            self.show_unlock(folder, "\n".join(wrong))
            event.ignore()
            return
        self._lobby.close()
        self.closing.close()
        if self._unlocked is not None:
            self._unlocked.close()
        save(self.preferences)
        super().closeEvent(event)

    def _let_go(self) -> None:
        """The register begins to close; nothing of it stays on the screen or in the clipboard."""
        assert self.register is not None
        register, self.register = self.register, None
        self.idle.stop()
        last = register.stop()
        close_windows_over(self)
        clear_clipboard()
        self.setCentralWidget(QWidget())
        self.closing.begin(register, last)

    def _sentences(self, errors: list[BaseException]) -> list[str]:
        """What went wrong with the last writes."""
        for error in errors:
            if not isinstance(error, UserError):
                self._crashes.take(error)
        lost = _("The last edit could not be saved. Open the register and look whether it is there.")
        return [texts.error_text(error) if isinstance(error, UserError) else lost for error in errors]

    def _tell_last_errors(self, errors: list[BaseException]) -> None:
        """On the page that stands there; whoever has unlocked meanwhile is told on the desk."""
        self._wrong += self._sentences(errors)
        if self.desk is not None:
            for said in self._wrong:
                self.desk.notices.show_notice(said, Kind.WARNING)
            self._wrong = []
        elif self.unlock_page is not None and self._wrong:
            self.unlock_page.say("\n".join(self._wrong))

    def _ask_lock_minutes(self) -> None:
        if self.register is not None:
            ask_for = self.register.session.setting
            self.register.tasks.run_query(ask_for, LOCK_MINUTES, done=self.idle.start, key="lock.minutes")

    def _hear(self, change: Change) -> None:
        if change.touched & Touched.SETTINGS:
            self._ask_lock_minutes()

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
        desk.read_only.again_wanted.connect(self.open_again)
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
        actions.make(widget, "panic", self.panic)
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
        if self.desk is not None and self.register is not None:
            self.register.drafts.set_aside()
            self._show_desk(self.desk.state())
        elif self.unlock_page is not None:
            self.show_unlock(self._folder)


def language_of(preferences: Preferences) -> str:
    """The language that was chosen, else the system's."""
    return preferences.language if preferences.language in i18n.LANGUAGES else i18n.system_language()
