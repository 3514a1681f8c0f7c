"""The one way a test waits for a window: until nothing is under way. No sleeping, and no guess how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.tasks import Tasks

SHORT_MS = 1000
"""A single shot below this is the rest before something is read or shown; longer ones are for a person."""


def settle(qtbot: QtBot, where: MainWindow | Tasks, calm: Callable[[], bool] = lambda: True) -> None:
    """Until every task has ended, every page was told of every change and has read, and nothing is in a queue.

    `calm` says what else has come to rest. A page that stands alone has no window: give its tasks.
    """

    def still() -> None:
        for _before_and_after in range(2):
            QApplication.processEvents()
            assert not list(under_way(where)) and calm()

    qtbot.waitUntil(still)


def under_way(where: MainWindow | Tasks) -> Iterator[str]:
    if isinstance(where, Tasks):
        yield from ("a task",) * where.busy
        return
    register = where.register
    if where._lobby.busy or where.closing.under_way:
        yield "opening or closing"
    if register is not None and register.tasks.busy:
        yield "a task"
    if register is not None and register.bridge.waiting:
        yield "a change that no page was told of"
    yield from (f"a timer of {type(one.parent()).__name__}" for one in where.findChildren(QTimer) if _rests(one))


def _rests(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() < SHORT_MS
