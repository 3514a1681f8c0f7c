"""From the core to the views: a session's listener, called on any thread, becomes one queued Qt signal.

Changes that come quicker than views can redraw are added up, so that a burst costs a few refreshes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coordinator.outcome import Change, Touched

CALM_MS = 150
"""With the half second between two redraws (ui.charts.calm) and the look at the file (ui.tasks) well below a second."""


class Speaks(Protocol):
    """What the bridge needs of a session."""

    def add_listener(self, listener: Callable[[Change], None], /) -> Callable[[], None]: ...


class Bridge(QObject):
    """`changed(Change)` reaches pages on the GUI thread: the first at once, then at most seven a second."""

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, session: Speaks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Change | None = None
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._pass_on)
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = session.add_listener(self.tell)

    @property
    def waiting(self) -> bool:
        """A change has arrived here that the pages are told of only when the burst before it has calmed."""
        return self._waiting is not None

    def tell(self, change: Change) -> None:
        """Pass a change on; from any thread."""
        self._heard.emit(change)

    def tell_everything(self) -> None:
        """Another program has committed: what it touched is not known."""
        self.tell(Change(Touched.EVERYTHING))

    def close(self) -> None:
        self._stop_listening()
        self._calm.stop()
        self._waiting = None

    def _take(self, change: Change) -> None:
        if not change.touched:
            return
        self._waiting = change if self._waiting is None else self._waiting | change
        if not self._calm.isActive():
            self._pass_on()

    def _pass_on(self) -> None:
        change, self._waiting = self._waiting, None
        if change is not None:
            self._calm.start()
            self.changed.emit(change)
