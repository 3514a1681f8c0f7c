"""How far long work is, told from its thread, and the wish to stop it, told to its thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from coordinator.errors import Cancelled

SHOWN_EVERY = 0.1
"""Seconds between two signs of life."""


class Progress:
    """Handed to long work as its keyword argument `progress`. Call it with how far it is, from 0 to 1.

    It answers False once the person has cancelled, so it also serves as a solver's callback: further
    arguments are ignored.
    """

    def __init__(self, moved: Callable[[], None]) -> None:
        self._moved = moved
        self._stop = threading.Event()
        self._last = 0.0
        self.fraction: float | None = None
        self.started = time.monotonic()

    def __call__(self, fraction: float, *_more: object) -> bool:
        self.fraction = min(1.0, max(0.0, fraction))
        now = time.monotonic()
        if now - self._last >= SHOWN_EVERY or self.fraction == 1.0:
            self._last = now
            self._moved()
        return not self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled once the person has cancelled."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    @property
    def seconds_left(self) -> float | None:
        """Judged by the pace so far; None while that says nothing yet."""
        spent = time.monotonic() - self.started
        if self.fraction is None or self.fraction < 0.03 or spent < 1.0:
            return None
        return spent * (1.0 - self.fraction) / self.fraction


@dataclass(frozen=True, slots=True)
class Running:
    """A task that is under way, as the status line shows it."""

    number: int
    label: str
    fraction: float | None
    seconds_left: float | None
    can_cancel: bool
    cancelled: bool
