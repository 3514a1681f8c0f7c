"""What tests of locking share: clocks set by hand, when a window counts as locked, a register that closes slowly."""

from __future__ import annotations

import threading

from ui.drafts import LastWords, Patience
from ui.main_window import MainWindow


class Clock:
    """Both clocks of the idle watch, set by hand."""

    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 5000.0

    def __call__(self) -> tuple[float, float]:
        return self.steady, self.wall

    def go(self, seconds: float) -> None:
        """A second at a time, as a computer that is awake."""
        self.steady += seconds
        self.wall += seconds


def is_locked(window: MainWindow) -> bool:
    return window.unlock_page is not None and window.register is None


def closed(window: MainWindow) -> bool:
    return is_locked(window) and not window.closing.under_way


class Slow:
    """A register whose closing takes as long as the test wants."""

    def __init__(self, go_on: threading.Event) -> None:
        self._go_on = go_on

    def finish(self, _last: LastWords, _patience: Patience) -> list[BaseException]:
        self._go_on.wait(20)
        return []

    def forget(self) -> None:
        pass

    def give_up(self) -> None:
        pass

    def unwritten(self) -> int:
        return 0
