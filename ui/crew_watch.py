"""Watches the crews of today while a register is open: every few seconds by the clock, without asking the register."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from coordinator.domain.crews import ALARMS, Standing
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.crews import CrewBoard, CrewLine, day_crews
from coordinator.session import Session
from ui.bridge import Bridge
from ui.tasks import Tasks

TICK_MS = 15_000
AGAIN = timedelta(minutes=10)
"""After so long the register is asked once more: hits grow old, and a night brings another day."""
CREWS = Touched.SCHEDULE | Touched.FLEET | Touched.SHELLING | Touched.SETTINGS | Touched.PLACES


class CrewWatch(QObject):
    """`changed()` when other crews alarm than before. `sounded` counts the sounds made, one for each new alarm."""

    changed = Signal()

    def __init__(self, session: Session, tasks: Tasks, bridge: Bridge) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._board: CrewBoard | None = None
        self._read_at: datetime | None = None
        self._told: frozenset[tuple[str, str]] = frozenset()
        self.alarms: list[tuple[CrewLine, Standing]] = []
        self.sounded = 0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        bridge.changed.connect(self._hear)

    def follow(self) -> None:
        self._timer.start()
        self.read()

    def close(self) -> None:
        self._timer.stop()
        self._board = None

    def read(self) -> None:
        self._tasks.run_query(
            day_crews, self._session, self._session.today(), done=self._take, failed=_pass, key="crews.watch"
        )

    def tick(self) -> None:
        """What the clock alone changes."""
        now = self._session.clock()
        if self._board is None:
            return
        if self._board.day != self._session.today() or self._read_at is None or now - self._read_at > AGAIN:
            self.read()
        self._look(now)

    def _take(self, board: CrewBoard) -> None:
        self._board, self._read_at = board, self._session.clock()
        self._look(self._read_at)

    def _look(self, now: datetime) -> None:
        if self._board is None:
            return
        self.alarms = [pair for pair in self._board.at(now) if pair[1].state in ALARMS]
        told = frozenset((line.trip_id, one.state.value) for line, one in self.alarms)
        if told - self._told and self._board.sound:
            self.sounded += 1
            QApplication.beep()
        self._told = told
        self.changed.emit()

    def _hear(self, change: Change) -> None:
        if change.touched & CREWS:
            self.read()


def _pass(_error: UserError) -> None:
    """A register that cannot be read says so elsewhere; the last board goes on ticking."""
