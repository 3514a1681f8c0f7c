"""The window: the unlock page or the desk of an open register. Language, theme, font size, lock and leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from coordinator.outcome import Change, Touched
from coordinator.session import Session
from coordinator.settings import LOCK_MINUTES
from resources import i18n
from resources.i18n import _
from resources.messages import sentence
from ui import actions, ask, theme
from ui.crash import CrashDesk
from ui.desk import Desk, OpenRegister, Pages
from ui.dialogs.damaged import PutBack
from ui.dialogs.keys import KeySheet
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.drafts import LastWords
from ui.locking.closing import Closing
from ui.locking.idle import IdleWatch
from ui.locking.leaving import Leaving
from ui.locking.lobby import Lobby
from ui.locking.telling import Telling
from ui.locking.traces import clear_clipboard, close_windows_over, drop_caches
from ui.looks import Looks
from ui.pages.unlock import Made, UnlockPage
from ui.pages.waiting import WaitingPage
from ui.preferences import Preferences, save
from ui.restoring import is_restored
from ui.returning import Returning

FIRST_SIZE = (1280, 720)
LEAST_SIZE = (960, 560)
PANIC_KEYS = frozenset({Qt.Key.Key_F12, Qt.Key.Key_Pause})
LOCK_KEYS = frozenset({int(Qt.Key.Key_L), ord("Д")})
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
        self.closing.closed.connect(self._register_closed)
        self._telling = Telling(self, crashes)
        self.closing.held.connect(self._telling.hold)
        self._leaving = Leaving(self.closing, self.show_waiting, lambda: QTimer.singleShot(0, self, self.close))
        self._lobby = Lobby(self.closing, self)
        self._lobby.crashed.connect(crashes.take)
        self._lobby.turned_away.connect(self._came_too_late)
        self._returning = Returning(self, self._lobby, self.closing)
        self.idle = IdleWatch(self)
        self.idle.keys, self.idle.with_control = PANIC_KEYS, LOCK_KEYS
        self.idle.idle.connect(self.lock)
        self.idle.pressed.connect(lambda key: self.lock() if key in LOCK_KEYS else self.panic())
        self._lobby.began.connect(self._watch)
        self._lobby.idle.connect(self._rest)
        QTimer.singleShot(0, self, lambda: self._lobby.see_through(load_pages, done=self._use_pages))
        self._folder: Path | None = None
        self.setWindowIcon(theme.icon("application"))
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*FIRST_SIZE)
        self.restoreGeometry(QByteArray.fromHex(QByteArray(preferences.geometry.encode("ascii", "ignore"))))
        looks = Looks(preferences, self)
        looks.changed.connect(self._rebuild)
        self.speak, self.wear, self.zoom = looks.speak, looks.wear, looks.zoom

    @property
    def desk(self) -> Desk | None:
        central = self.centralWidget()
        return central if isinstance(central, Desk) else None

    @property
    def unlock_page(self) -> UnlockPage | None:
        central = self.centralWidget()
        return central if isinstance(central, UnlockPage) else None

    @property
    def waiting_page(self) -> WaitingPage | None:
        central = self.centralWidget()
        return central if isinstance(central, WaitingPage) else None

    def show_unlock(self, folder: Path | None = None, message: str = "") -> UnlockPage:
        """The page where registers are opened, with this one chosen."""
        page = UnlockPage(self._lobby, self.preferences, folder)
        page.opened.connect(self.open)
        page.restore_wanted.connect(lambda path, typed: self._returning.show_damaged(path, typed, self))
        page.language_chosen.connect(self.speak)
        page.theme_chosen.connect(self.wear)
        self._folder = folder
        self.put(page, _("Evacuation Coordinator"))
        page.begin()
        self._telling.go_on()
        if message:
            page.say(message)
        return page

    def show_waiting(self, text: str) -> None:
        """A page without a register: something has to be done first."""
        self.put(WaitingPage(text), _("Evacuation Coordinator"))
        self._telling.go_on()

    def open(self, session: Session) -> None:
        """Show the desk of a register that was just unlocked, as soon as its pages are loaded."""
        if self._pages is None:
            self._unlocked = session
            self._watch()
            if self.unlock_page is not None:
                self.unlock_page.wait()
            return
        self.register = OpenRegister(session, self.preferences)
        self.register.tasks.crashed.connect(self._crashes.take)
        self.register.bridge.changed.connect(self._hear)
        self.register.sent_away = self._send_away
        self.preferences.remember(session.folder)
        save(self.preferences)
        self._show_desk({})
        self.idle.start(LOCK_MINUTES.default)
        self._ask_lock_minutes()
        self.register.drafts.begin()
        self.register.copies.begin()
        self.register.copies.restore_wanted.connect(self._returning.restore)
        self._telling.tell()

    def lock(self) -> None:
        """Show the unlock page at once and close the register behind it; never asks, never waits.

        What is half-typed becomes a draft. Errors of the last writes are told on the unlock page. A register that is
        being opened comes too late.
        """
        self._lobby.lock()
        if self._unlocked is not None:
            self.closing.turn_away(self._unlocked)
            self._unlocked = None
        if self.register is not None:
            folder = self.register.session.folder
            self._telling.begin_anew()
            self.let_go()
            self.show_unlock(folder)
        elif self.unlock_page is not None:
            self._lock_the_door(self.unlock_page)

    def _lock_the_door(self, page: UnlockPage) -> None:
        """No register is open, but one may be opening, its passphrase typed, its recovery code shown."""
        codes = any(dialog.isVisible() for dialog in self.findChildren(RecoveryCodeDialog))
        if close_windows_over(self) or self._lobby.busy:
            self.show_unlock(page.open_form.chosen(), sentence("lock.code_unseen") if codes else "")
        else:
            page.wipe()

    def panic(self) -> None:
        """Take the window out of sight, lock, and leave nothing in the clipboard and in caches."""
        self.showMinimized()
        self.lock()
        clear_clipboard()
        drop_caches()

    def _send_away(self) -> None:
        """Somebody has removed this user: locked, as nobody may go on here."""
        self.lock()
        self._telling.tell(sentence("lock.sent_away"))

    def keep_drafts(self) -> None:
        """The person logs out: what is half-typed is on the disk when this returns."""
        if self.register is not None:
            self.register.drafts.save_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave without a question: everything is saved. Where the last write failed, the window stays to say so.

        Where another program holds the file, it stays until the last edits are written, or asks who will not wait.
        """
        self.preferences.geometry = self.saveGeometry().toHex().toStdString()
        if self.register is not None:
            self._folder = self.register.session.folder
            self.let_go()
            self.repaint()
        if not self._leaving.may_leave(self):
            event.ignore()
            return
        wrong = [] if self._leaving.loses else self.sentences(self.closing.take_errors())
        if wrong:
            self._leaving.stay()
            self.show_unlock(self._folder, "\n".join(wrong))
            event.ignore()
            return
        self._lobby.close()
        self.closing.close()
        if self._unlocked is not None:
            self._unlocked.close()
        save(self.preferences)
        super().closeEvent(event)

    def let_go(self) -> None:
        """The register begins to close; nothing of it stays on the screen or in the clipboard."""
        self.idle.stop()
        self.closing.begin(*self.take_down())

    def take_down(self) -> tuple[OpenRegister, LastWords]:
        """The register is stopped and handed over, to be closed or to be restored."""
        assert self.register is not None
        register, self.register = self.register, None
        last = register.stop()
        close_windows_over(self)
        clear_clipboard()
        self.setCentralWidget(QWidget())
        return register, last

    def sentences(self, errors: Iterable[BaseException]) -> list[str]:
        return self._telling.sentences(errors)

    def _register_closed(self, errors: list[BaseException]) -> None:
        self._telling.closed()
        if self._leaving.closed(self, bool(errors)):
            self.show_unlock(self._folder)
        if errors:
            self._telling.tell(*self.sentences(errors))

    def _came_too_late(self, value: object) -> None:
        """The window was locked before this was done."""
        if self.unlock_page is not None and isinstance(value, Made):
            self.unlock_page.say(sentence("lock.code_unseen"))
        elif self.unlock_page is not None and isinstance(value, PutBack):
            self.unlock_page.say(is_restored(value.copy))

    def _watch(self) -> None:
        """While a register is being opened too, somebody may go away from the desk."""
        if not self.idle.watching:
            self.idle.start(LOCK_MINUTES.default)

    def _rest(self) -> None:
        if self.register is None and self._unlocked is None:
            self.idle.stop()

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
        desk.read_only.again_wanted.connect(self._returning.open_again)
        training = self.register.session.training
        self.put(desk, _("TRAINING – Evacuation Coordinator") if training else _("Evacuation Coordinator"))
        desk.restore(state)

    def put(self, widget: QWidget, title: str) -> None:
        self.setWindowTitle(title)
        self.setCentralWidget(widget)
        widget.show()
        actions.make(widget, "font.larger", lambda: self.zoom(1))
        actions.make(widget, "font.smaller", lambda: self.zoom(-1))
        actions.make(widget, "font.normal", lambda: self.zoom(0))
        actions.make(widget, "keys", lambda: ask.show(KeySheet(actions.sheet(widget), self)))
        actions.make(widget, "panic", self.panic)
        actions.make(widget, "quit", self.close)

    def _rebuild(self) -> None:
        if self.desk is not None and self.register is not None:
            self.register.drafts.set_aside()
            self._show_desk(self.desk.state())
        elif self.unlock_page is not None:
            self.show_unlock(self._folder)


def language_of(preferences: Preferences) -> str:
    """The language that was chosen, else the system's."""
    return preferences.language if preferences.language in i18n.LANGUAGES else i18n.system_language()
