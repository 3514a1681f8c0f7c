"""The schedule page in a real window on a real register, at the working date 15.08.2023."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coordinator.session import Session
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle
from tests.conftest import WAIT
from tests.ui.settling import settle
from tests.ui.window import Notes
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.schedule import SchedulePage
from ui.preferences import Preferences
from ui.widgets.schedule.model import ROOT
from ui.widgets.schedule.rows import Row

D = TypeVar("D", bound=QDialog)


class ScheduleBench:
    """Other pages are stand-ins that remember where they were sent to."""

    def __init__(self, qtbot: QtBot, session: Session, crashes: CrashDesk) -> None:
        self.qtbot, self.session = qtbot, session
        pages = {"schedule": SchedulePage, "registry": Notes, "fleet": Notes, "duplicates": Notes}
        self.window = MainWindow(lambda: pages, Preferences(language="en", theme="light"), crashes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open(session)
        qtbot.waitUntil(lambda: self.window.desk is not None, timeout=WAIT)
        assert self.window.register is not None
        self.window.register.working_date.choose(DAY)
        self.desk.go("schedule")
        self.settle()

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    @property
    def page(self) -> SchedulePage:
        """The page, once it shows everything that was done before."""
        self.settle()
        return self._page

    @property
    def _page(self) -> SchedulePage:
        page = self.desk.pages["schedule"]
        assert isinstance(page, SchedulePage)
        return page

    def settle(self) -> None:
        """Until all work is done and every change has been shown."""
        settle(self.qtbot, self.window, lambda: self._page.run.planner is None)

    def dialog(self, kind: type[D]) -> D:
        """The dialog of this kind that is open, its content read."""
        self.qtbot.waitUntil(lambda: len(self._dialogs(kind)) == 1, timeout=WAIT)
        self.settle()
        return self._dialogs(kind)[0]

    def no_dialog(self, kind: type[QDialog]) -> None:
        self.qtbot.waitUntil(lambda: not self._dialogs(kind), timeout=WAIT)
        self.settle()

    def _dialogs(self, kind: type[D]) -> list[D]:
        return [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]

    def rows(self) -> list[Row]:
        """All lines of the day's trips, from top to bottom."""
        model = self.page.trips.rows
        found = []
        for place in range(model.rowCount(ROOT)):
            index = model.index(place, 0)
            below = [model.row(model.index(n, 0, index)) for n in range(model.rowCount(index))]
            found += [row for row in (model.row(index), *below) if row is not None]
        return found

    def spoken(self) -> str:
        """Everything that a screen reader could read of the trips."""
        return "\n".join(row.spoken for row in self.rows())

    def notices(self) -> list[str]:
        return self.desk.notices.texts()


def centre(session: Session, vehicles: int = 1) -> list[str]:
    """A base, a transit centre, the village Подоли, and minibuses of eight seats; ids of the vehicles."""
    add_hubs(session)
    add_settlement(session, "Подоли")
    return [add_vehicle(session, f"AX000{n}AA") for n in range(1, vehicles + 1)]


def families(session: Session, *surnames: str, people: int = 2, children: int = 0) -> list[str]:
    """Households that are ready; ids."""
    return [
        add_household(session, surname, people=people, children=children, phone=f"050 123 45 {n:02}")
        for n, surname in enumerate(surnames)
    ]


def key(bench: ScheduleBench, what: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key pressed on the day's trips."""
    QTest.keyClick(bench.page.trips, what, modifier)
