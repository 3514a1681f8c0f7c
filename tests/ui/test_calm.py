"""How often a page that follows is redrawn, by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject

from ui.charts.calm import REDRAW_MS, Calm

A_SECOND = 1000


class Shot:
    """A timer that fires once, by a clock in milliseconds."""

    def __init__(self, after: int) -> None:
        self.now, self._after = 0, after
        self._due: int | None = None
        self._calls: list[Callable[[], object]] = []
        self.timeout = self

    def connect(self, call: Callable[[], object]) -> None:
        self._calls.append(call)

    def isActive(self) -> bool:
        return self._due is not None

    def start(self) -> None:
        self._due = self.now + self._after

    def turn_to(self, now: int) -> None:
        self.now = now
        if self._due is not None and now >= self._due:
            self._due = None
            for call in self._calls:
                call()


@pytest.mark.parametrize("apart", [10, 100, 130, 499, 700])
def test_the_first_change_is_shown_at_once_and_a_burst_twice_a_second_with_its_last(apart: int) -> None:
    timer, drawn = Shot(REDRAW_MS), [-1]
    drawn.clear()
    calm = Calm(QObject(), lambda: drawn.append(timer.now), timer)
    changes = list(range(50, 5 * A_SECOND, apart))
    for now in range(7 * A_SECOND):
        timer.turn_to(now)
        if now in changes:
            calm.ask()
    assert drawn[0] == changes[0]
    assert all(later - earlier >= REDRAW_MS for earlier, later in pairwise(drawn))
    assert all(any(0 <= shown - change <= REDRAW_MS for shown in drawn) for change in changes)
    assert max(sum(start <= shown < start + A_SECOND for shown in drawn) for start in range(7 * A_SECOND)) <= 2
