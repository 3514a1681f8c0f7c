"""Work that cannot be interrupted, and somebody who may lose patience."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


class _Stopped(Exception):
    """Nobody waits for the work any more."""


Ask = Callable[[], None]


@contextmanager
def beside(work: Callable[[Ask], T]) -> Iterator[Callable[[Ask], T]]:
    """`work` in a thread of its own while the block runs, which gets a function that waits for what it gives or raises.

    That function calls what it is given every tenth of a second, and what this raises ends the waiting. When the block
    ends before the work, what `work` asks with raises, and the block waits until it has cleaned up after itself.
    """
    given: list[T] = []
    raised: list[BaseException] = []
    done, unwanted = threading.Event(), threading.Event()

    def wanted() -> None:
        if unwanted.is_set():
            raise _Stopped

    def run() -> None:
        try:
            given.append(work(wanted))
        except BaseException as fault:
            raised.append(fault)
        finally:
            done.set()

    def result(ask: Ask) -> T:
        while not done.wait(EVERY):
            ask()
        if raised:
            raise raised[0]
        return given[0]

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield result
    finally:
        unwanted.set()
        thread.join()
