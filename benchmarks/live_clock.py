"""A clock of the register that two programs on one machine share, and that tells the moment of the running clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

from benchmarks.counting import UNTIL
from coordinator.domain.days import moments

NOON = 12 * 60


class LiveClock:
    """It is noon of the last day that is counted when the running clock says `begun`."""

    def __init__(self, begun: float) -> None:
        self.begun = begun
        self._noon = moments(UNTIL, NOON)[0]

    def __call__(self) -> datetime:
        return self.at(monotonic())

    def at(self, running: float) -> datetime:
        return self._noon + timedelta(seconds=running - self.begun)
