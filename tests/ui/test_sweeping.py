"""The window's thread walks through everything only in a quiet moment."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from coordinator.collecting import without_collecting
from ui.sweeping import LATEST, QUIET, Sweeper


class Ring:
    def __init__(self) -> None:
        self.itself = self


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def collecting() -> Iterator[None]:
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.usefixtures("qapp", "collecting")
def test_a_ring_that_work_left_goes_in_a_quiet_moment_and_at_the_latest_without_one() -> None:
    clock, owner = Clock(), QObject()
    sweeper = Sweeper(owner, clock)

    def work() -> weakref.ref[Ring]:
        """As old as all that lives once it has ended."""
        with without_collecting():
            return weakref.ref(Ring())

    def pass_by(seconds: float, *, busy: bool) -> None:
        for _half in range(int(seconds * 2)):
            clock.now += 0.5
            if busy:
                work()
            sweeper.sweep()

    left = work()
    pass_by(QUIET - 1, busy=False)
    assert left() is not None
    pass_by(2, busy=False)
    assert left() is None
    left = work()
    pass_by(LATEST - 1, busy=True)
    assert left() is not None
    pass_by(1000, busy=True)
    assert left() is None
