"""Python's cyclic garbage is swept on the GUI thread only.

Left to itself the collector runs in whichever thread allocates next. A forgotten page or timer swept by the
reader thread dies in the wrong thread: Qt complains about its timers, or the program crashes.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from coordinator.collecting import resting

EVERY_MS = 500
SHARE = 1000
"""A sweep of everything that took so long comes again after so many times as long: with 60,000 people it takes a
good part of a second."""


class Sweeper(QObject):
    """Collects by Python's own thresholds, but twice a second and here; never while a long run makes many values."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._whole_again = 0.0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        if resting() or counts[0] <= limits[0]:
            return
        begun = monotonic()
        whole = counts[1] > limits[1] and counts[2] > limits[2] and begun > self._whole_again
        gc.collect(2 if whole else int(counts[1] > limits[1]))
        if whole:
            self._whole_again = monotonic() + SHARE * (monotonic() - begun)


def sweep_on_this_thread() -> None:
    """Begin, once for the application; later calls do nothing."""
    application = QCoreApplication.instance()
    if application is not None and application.findChild(Sweeper) is None:
        Sweeper(application)
