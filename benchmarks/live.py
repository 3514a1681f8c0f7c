"""Pages that follow changes at 60,000 people and 100,000 events: how long the window is held up, how soon they show.

    uv run python -m benchmarks.live [--people 60000]

Held up: the longest that a beat of the window's thread was late while ten changes a second came from this program,
and from another one, by the clock of the wall; in brackets how much of that this program's own work took at most.
Shown: from the commit of a change until the page that counts it was painted, 20 changes at uneven times.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import accumulate
from random import Random
from statistics import median
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.counting import PASSPHRASE, SINCE, UNTIL, full_register, wanted_people
from benchmarks.held_up import Heart, until
from benchmarks.live_clock import LiveClock
from coordinator.domain.decision import Decision
from coordinator.queries.charts import Span, Wish
from coordinator.services import decisions
from coordinator.session import Session, change_setting
from coordinator.settings import LOCK_MINUTES
from ui import theme
from ui.charts.card import ChartCard
from ui.crash import CrashDesk
from ui.main_window import MainWindow
from ui.pages.charts import ChartsPage
from ui.pages.map import MapPage
from ui.pages.reports import ReportsPage
from ui.pages.today import TodayPage
from ui.preferences import Preferences

Change = Callable[[list[float], Callable[[], object]], list[float]]
PAGES = {"charts": ChartsPage, "today": TodayPage, "map": MapPage, "reports": ReportsPage}
TEN_A_SECOND = [0.1] * 30
UNEVEN = [0.15 + Random(1).random() * 0.9 for _change in range(20)]


def main() -> None:
    wanted = wanted_people(__doc__)
    application = QApplication([])
    theme.load_fonts()
    theme.wear(application, theme.load("light"))
    clock = LiveClock(monotonic())
    with full_register(wanted, clock) as session:
        # Nobody touches a key meanwhile; on a slow machine the window would lock itself.
        change_setting(session, LOCK_MINUTES, 60)
        Window(session, clock).measure()
    application.quit()


class Window:
    """A window with the pages that follow, and changes that come from here or from another program."""

    def __init__(self, session: Session, clock: LiveClock) -> None:
        self.session, self.clock = session, clock
        self.window = MainWindow(lambda: dict(PAGES), Preferences(), CrashDesk())
        self.window.resize(1366, 740)
        self.window.show()
        self.window.open(session)
        until(lambda: self.window.desk is not None)
        assert self.window.desk is not None and self.window.register is not None
        self.desk, self.register = self.window.desk, self.window.register
        self.register.working_date.choose(UNTIL)
        with session.reading() as db:
            self.homes = [row[0] for row in db.rows("SELECT id FROM household ORDER BY number")]

    def measure(self) -> None:
        for name in PAGES:
            self.desk.go(name)
            charts = self.desk.pages[name]
            if isinstance(charts, ChartsPage):
                charts.bar.show_wish(Wish(Span.BETWEEN, SINCE, UNTIL))
                charts.show_target(chart="daily")
            self._rest()
            for whence, change in (("this program", self.here), ("another program", self.elsewhere)):
                heart = Heart(5)
                change(TEN_A_SECOND, heart.rest)
                print(f"held up at most: {name:8} {whence:16} {heart.late * 1000:5.0f} ms ({heart.own * 1000:.0f})")
        self.desk.go("charts")
        self._rest()
        for whence, change in (("this program", self.here), ("another program", self.elsewhere)):
            print(f"shown after a commit: {whence:16} {self.shown(change)}")
        self.window.close()

    def here(self, gaps: list[float], begin: Callable[[], object]) -> list[float]:
        """The readings of the running clock after each commit; `begin` is called before the first."""
        made: list[float] = []

        def change(household: str) -> None:
            decisions.decide(self.session, household, Decision.RETURNED)
            made.append(monotonic())

        begin()
        for household, after in zip(self._some(gaps), accumulate(gaps), strict=True):
            QTimer.singleShot(round(after * 1000), lambda one=household: self.register.tasks.run_verb(change, one))
        until(lambda: len(made) == len(gaps))
        self._rest()
        return made

    def elsewhere(self, gaps: list[float], begin: Callable[[], object]) -> list[float]:
        """As `here`; the other program has started and opened the register by then."""
        other = QProcess()
        asked = [str(self.session.folder), PASSPHRASE, str(self.clock.begun), json.dumps(self._some(gaps))]
        other.start(sys.executable, ["-m", "benchmarks.elsewhere", *asked, json.dumps(gaps)])
        until(other.canReadLine)
        other.readLine()
        self._rest()
        begin()
        other.write(b"go\n")
        until(lambda: other.state() == QProcess.ProcessState.NotRunning)
        made = [float(line) for line in bytes(other.readAllStandardOutput().data()).split()]
        self._rest()
        return made

    def shown(self, change: Change) -> str:
        """Median and worst time until a painted chart counts a change."""
        card = self._card()
        assert card is not None and card.view is not None
        paints = Paints(card, card.view.viewport())
        made = change(UNEVEN, lambda: None)
        latest = self.clock.at(made[-1])
        until(lambda: bool(paints.seen) and paints.seen[-1][1] >= latest)
        took = [
            next(at for at, as_of in paints.seen if as_of >= self.clock.at(commit)) - commit for commit in made
        ]  # fmt: skip
        paints.stop()
        return f"median {median(took) * 1000:5.0f} ms, worst {max(took) * 1000:5.0f} ms"

    def _card(self) -> ChartCard | None:
        page = self.desk.current()
        return page.card if isinstance(page, ChartsPage) else None

    def _some(self, gaps: list[float]) -> list[str]:
        return [self.homes.pop() for _gap in gaps]

    def _rest(self) -> None:
        until(lambda: not self.register.tasks.busy and not self.register.bridge.waiting)


class Paints(QObject):
    """When a chart was painted, and as of when it counts."""

    def __init__(self, card: ChartCard, where: QWidget) -> None:
        super().__init__()
        self._card, self._where = card, where
        self.seen: list[tuple[float, datetime]] = []
        where.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._card.read is not None:
            self.seen.append((monotonic(), self._card.read.chart.as_of))
        return False

    def stop(self) -> None:
        self._where.removeEventFilter(self)


if __name__ == "__main__":
    main()
