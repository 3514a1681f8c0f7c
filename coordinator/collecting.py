"""A rest for Python's collector of cycles during a long run."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0
_rested = 0
_was_on = False


@contextmanager
def without_collecting() -> Iterator[None]:
    """While the block runs, and any other of its kind in another thread, nothing looks for cycles.

    Afterwards it is as before: a window collects by itself, on its own thread only (see ui.sweeping), and a collector
    let loose in a worker would end the life of Qt's objects there.

    A list of 60,000 rows is millions of live values without a cycle among them; the collector would walk through
    all of them again and again, which takes a seventh of the whole import. What is in no cycle is freed as ever. The
    first look afterwards passes them too: they count as old.
    """
    global _resting, _rested, _was_on
    with _lock:
        _resting += 1
        if _resting == 1:
            _was_on = gc.isenabled()
            gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            _rested += 1
            if _resting == 0:
                # Frozen and thawed, all that lives is among the oldest, without having been walked through.
                gc.freeze()
                gc.unfreeze()
                if _was_on:
                    gc.enable()


def _trimmer() -> Callable[[int], object] | None:
    if not sys.platform.startswith("linux"):
        return None
    # Only glibc has it; it lets go of the interpreter meanwhile.
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


_trim = _trimmer()


def give_back() -> None:
    """Let the system have memory that is free, where the C library would keep it: after a list was read, some 70 MB."""
    if _trim is not None:
        _trim(0)


def resting() -> bool:
    """Does such a block run now?"""
    return _resting > 0


def rests() -> int:
    """How many such blocks have ended."""
    return _rested
