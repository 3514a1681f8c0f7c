"""The one rate limiter of all that redraws: at most twice a second, and the last request is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

REDRAW_MS = 500


class Timer(Protocol):
    """What is needed of a QTimer that fires once."""

    timeout: Any

    def isActive(self) -> bool: ...

    def start(self) -> None: ...


class Calm:
    """Calls `redraw` at most every half second: the first request at once, those that come meanwhile as one.

    `timer`: fires once, half a second after its start.
    """

    def __init__(self, owner: QObject, redraw: Callable[[], object], timer: Timer | None = None) -> None:
        self._timer: Timer = timer or QTimer(owner, interval=REDRAW_MS, singleShot=True)
        self._redraw = redraw
        self._waiting = False
        self._timer.timeout.connect(self._again)

    def ask(self) -> None:
        if self._timer.isActive():
            self._waiting = True
            return
        self._timer.start()
        self._redraw()

    def _again(self) -> None:
        if self._waiting:
            self._waiting = False
            self.ask()
