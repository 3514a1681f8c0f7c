"""Work that cannot be interrupted, and somebody who may lose patience."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

EVERY = 0.1
"""Seconds between two questions."""


def asking(work: Callable[[], T], ask: Callable[[], None]) -> T:
    """What `work` gives or raises, while `ask` is called every tenth of a second in the calling thread.

    What `ask` raises ends the waiting at once. The work then comes to its end by itself, in a thread of its own, and
    nobody hears of it: it must change nothing and use no connection.
    """
    given: list[T] = []
    raised: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            given.append(work())
        except BaseException as fault:
            raised.append(fault)
        finally:
            done.set()

    threading.Thread(target=run, daemon=True).start()
    while not done.wait(EVERY):
        ask()
    if raised:
        raise raised[0]
    return given[0]
