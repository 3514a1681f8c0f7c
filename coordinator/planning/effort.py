"""How long the planner may look: three words that the window and the terminal share."""

from __future__ import annotations

from enum import StrEnum


class Effort(StrEnum):
    QUICK = "quick"
    GOOD = "good"
    BEST = "best"

    @property
    def seconds(self) -> float:
        return _SECONDS[self]


_SECONDS = {Effort.QUICK: 5.0, Effort.GOOD: 30.0, Effort.BEST: 120.0}
