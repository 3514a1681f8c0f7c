"""How long the window's thread is held up while its import page reads, compares and writes a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from coordinator.session import Session
from ui.crash import CrashDesk
from ui.main_window import MainWindow
from ui.pages.import_ import PREVIEW, START, ImportPage
from ui.pages.registry import RegistryPage
from ui.preferences import Preferences

PATIENCE_MS = 600_000


class Heart:
    """A timer that beats every few milliseconds, and the longest it was late; `own`: how much of the time of one beat
    this program's own work took at most, where the machine does other work besides."""

    def __init__(self, every: int) -> None:
        self._every, self._last, self.late = every / 1000, perf_counter(), 0.0
        self._worked, self.own = process_time(), 0.0
        self._timer = QTimer(interval=every, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = perf_counter(), process_time()
        late = now - self._last - self._every
        self.late, self.own = max(self.late, late), max(self.own, min(late, worked - self._worked))
        self._last, self._worked = now, worked

    def rest(self) -> float:
        """The longest so far; begins anew."""
        late, self.late, self._last = self.late, 0.0, perf_counter()
        self.own, self._worked = 0.0, process_time()
        return late


def longest_gaps(session: Session, workbook: Path, day: date, every: int) -> dict[str, float]:
    """By what the page is doing, seconds; `every`: milliseconds between two beats."""
    application = QApplication([])
    window = MainWindow(lambda: {"registry": RegistryPage, "import": ImportPage}, Preferences(), CrashDesk())
    window.resize(1366, 740)
    window.show()
    window.open(session)
    until(lambda: window.desk is not None)
    assert window.desk is not None and window.register is not None
    window.register.working_date.choose(day)
    window.desk.go("import")
    page = window.desk.pages["import"]
    assert isinstance(page, ImportPage)
    heart, tasks = Heart(every), window.register.tasks
    page.read(workbook)
    until(lambda: page._stack.currentIndex() == PREVIEW and not tasks.busy)
    gaps = {"reading, comparing and showing": heart.rest()}
    page.import_now()
    until(lambda: page._stack.currentIndex() == START and not tasks.busy)
    gaps["writing"] = heart.rest()
    window.desk.go("registry")
    until(lambda: not tasks.busy)
    gaps["showing the registry"] = heart.rest()
    window.close()
    application.quit()
    return gaps


def until(done: object) -> None:
    """Let events run until it is so."""
    loop, asking, giving_up = QEventLoop(), QTimer(interval=50), QTimer(interval=PATIENCE_MS, singleShot=True)
    assert callable(done)
    asking.timeout.connect(lambda: loop.quit() if done() else None)
    giving_up.timeout.connect(lambda: loop.exit(1))
    asking.start()
    giving_up.start()
    if loop.exec():
        raise TimeoutError("the window never came to rest")
