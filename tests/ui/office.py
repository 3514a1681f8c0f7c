"""A window with the pages on which forms are opened, for tests of half-typed forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from coordinator.register import Access, open_register
from coordinator.services.drafts import Draft, drafts
from coordinator.session import ReadOnly, Session
from tests.builders import DAY, on_trip
from tests.conftest import PASSPHRASE, WAIT
from tests.ui.schedule_bench import centre, families
from tests.ui.settling import settle
from ui.crash import CrashDesk
from ui.dialogs.take_call import TakeCallDialog
from ui.main_window import MainWindow
from ui.pages.fleet import FleetPage
from ui.pages.registry import RegistryPage
from ui.pages.schedule import SchedulePage
from ui.preferences import Preferences

D = TypeVar("D", bound=QDialog)


class Office:
    """A window with the pages on which forms are opened; it can be locked and unlocked."""

    def __init__(self, qtbot: QtBot, session: Session, crashes: CrashDesk) -> None:
        self.qtbot, self.folder = qtbot, session.folder
        session.close()
        pages = {"registry": RegistryPage, "schedule": SchedulePage, "fleet": FleetPage}
        self.window = MainWindow(lambda: pages, Preferences(language="en", theme="light"), crashes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.unlock()

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.window.closing.wait()
        session = open_register(self.folder, passphrase, access=Access.WINDOW)
        self.window.open(session)
        self.qtbot.waitUntil(lambda: self.window.desk is not None, timeout=WAIT)
        assert self.window.register is not None
        self.window.register.working_date.choose(DAY)
        self.settle()

    def lock(self) -> None:
        self.window.lock()
        assert self.window.register is None
        self.qtbot.waitUntil(lambda: not self.window.closing.under_way, timeout=WAIT)

    def lock_and_unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.lock()
        self.unlock(passphrase)

    @property
    def session(self) -> Session:
        assert self.window.register is not None
        return self.window.register.session

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def page(self, name: str) -> QWidget:
        assert self.window.desk is not None
        self.window.desk.go(name)
        self.settle()
        return self.window.desk.pages[name]

    def household(self, household_id: str) -> RegistryPage:
        page = self.page("registry")
        assert isinstance(page, RegistryPage)
        page.show_target(household=household_id)
        self.settle()
        assert page.panel.editing.household_id == household_id
        return page

    def shown(self, kind: type[D]) -> list[D]:
        return [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]

    def dialog(self, kind: type[D]) -> D:
        self.qtbot.waitUntil(lambda: len(self.shown(kind)) == 1, timeout=WAIT)
        self.settle()
        return self.shown(kind)[0]

    def call(self, phone: str = "050 765 43 21", note: str = "двоє дітей, бояться") -> TakeCallDialog:
        self.page("registry")
        assert self.window.desk is not None
        self.window.desk.take_call()
        dialog = self.dialog(TakeCallDialog)
        dialog.phone.edit.setText(phone)
        dialog.settlement.setText("Подоли")
        dialog.people.setValue(4)
        dialog.day.edit.setText("не знаю")
        dialog.note.setPlainText(note)
        return dialog

    def kept(self) -> list[Draft]:
        """What another program finds in the file right now."""
        with open_register(self.folder, PASSPHRASE) as other:
            return drafts(other)

    def tick(self) -> None:
        """What the timer of the drafts does every three seconds, at once."""
        assert self.window.register is not None
        keeper = self.window.register.drafts
        assert keeper._timer.isActive() and keeper._timer.interval() <= 3000
        self.settle()
        keeper.look()
        self.settle()

    def refuse(self) -> None:
        """From now on the register takes no write, as one whose disk is full."""
        self.session.read_only = ReadOnly("disk.full")

    def hurry(self) -> None:
        """Where another program holds the file, the register says so at once and not after five seconds."""
        self.session.require_writing().execute_sql("PRAGMA busy_timeout = 20")


def at_work(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Office]:
    """An office as long as a test needs it."""
    made = Office(qtbot, session, crashes)
    yield made
    made.window.close()


def one_trip(session: Session) -> tuple[str, list[str]]:
    """A trip with two families; its id and theirs."""
    (bus,) = centre(session)
    households = families(session, "Коваль", "Ткач")
    return on_trip(session, bus, *households), households
