"""Python's cyclic garbage is swept on the GUI thread only.

Left to itself the collector runs in whichever thread allocates next. A forgotten page or timer swept by the
reader thread dies in the wrong thread: Qt complains about its timers, or the program crashes.

What a worker makes counts as old without having been walked through (see coordinator.collecting), so that sweeping
what is young takes no time. Walking through everything takes a tenth of a second with 60,000 people and 100,000
events: that is done where nothing was worked on for a while, so never while a view follows changes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from coordinator.collecting import resting, rests

EVERY_MS = 500
QUIET = 5.0
"""Seconds without any work in a worker, before everything is walked through."""
APART = 60.0
"""Seconds at least between two such walks."""
LATEST = 900.0
"""Seconds after which it is done all the same, where there is never any quiet."""
SHARE = 1000
"""A sweep of everything that took so long comes again after so many times as long: with 60,000 people it takes a
good part of a second."""


class Sweeper(QObject):
    """Twice a second what is young, in a quiet moment everything; never while a long run makes many values."""

    def __init__(self, parent: QObject, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(parent)
        gc.disable()
        self._clock = clock
        self._whole_again = self._quiet_since = clock()
        self._rests = rests()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        now = self._clock()
        if resting() or self._rests != rests():
            self._rests, self._quiet_since = rests(), now
        if resting():
            return
        if now >= self._whole_again and now >= min(self._quiet_since + QUIET, self._whole_again + LATEST):
            gc.collect()
            ended = self._clock()
            self._whole_again = ended + max(APART, SHARE * (ended - now))
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] > limits[0]:
            gc.collect(int(counts[1] > limits[1]))


def sweep_on_this_thread() -> None:
    """Begin, once for the application; later calls do nothing."""
    application = QCoreApplication.instance()
    if application is not None and application.findChild(Sweeper) is None:
        Sweeper(application)
