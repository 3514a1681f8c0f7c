"""Identifiers made by the client: UUIDv7, ordered by time, as 32 hex digits."""

from __future__ import annotations

import threading
import time
from os import urandom

_VERSION, _VARIANT = 7 << 76, 2 << 62
_LOW = (1 << 62) - 1
_last = 0
_lock = threading.Lock()


def new_id() -> str:
    """Greater than every id that this process made before.

    After the milliseconds stand 12 bits of parts of one (RFC 9562, method 3), so that a hundred thousand ids made
    at once run ahead of the clock by less than a tenth of a second.
    """
    global _last
    now = time.time_ns() * 4096 // 1_000_000
    with _lock:
        _last = now = now if now > _last else _last + 1
    milliseconds, part = now >> 12, now & 0xFFF
    number = (milliseconds & 0xFFFFFFFFFFFF) << 80 | _VERSION | part << 64 | _VARIANT
    return f"{number | int.from_bytes(urandom(8)) & _LOW:032x}"
