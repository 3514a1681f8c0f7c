"""Python's cyclic garbage is swept on the GUI thread only.

Left to itself the collector runs in whichever thread allocates next. A forgotten page or timer swept by the
reader thread dies in the wrong thread: Qt complains about its timers, or the program crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY_MS = 500


class Sweeper(QObject):
    """Collects by Python's own thresholds, but twice a second and here."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] > limits[0]:
            generation = 2 if counts[1] > limits[1] and counts[2] > limits[2] else int(counts[1] > limits[1])
            gc.collect(generation)


def sweep_on_this_thread() -> None:
    """Begin, once for the application; later calls do nothing."""
    application = QCoreApplication.instance()
    if application is not None and application.findChild(Sweeper) is None:
        Sweeper(application)
