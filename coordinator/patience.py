"""Growing delay after wrong passphrases, kept beside the register so that a new start does not shorten it.

It slows somebody at the keyboard. Against a copied folder only the cost of Argon2id helps, and a good passphrase.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from coordinator.errors import UserError

FILE = "tries.json"
DELAYS = (0, 0, 0, 2, 4, 8, 16, 30)
"""Seconds to wait after so many wrong tries in a row; the last one holds for all more."""


def require_patience(folder: Path, now: datetime) -> None:
    """UserError "register.wait" with `seconds` while the delay of the last wrong try runs."""
    failed, last = _read(folder)
    delay = _delay(failed)
    if not delay or last is None:
        return
    if now < last:
        # The clock was set back: the delay begins anew rather than last for ever.
        _write(folder, failed, now)
        last = now
    left = timedelta(seconds=delay) - (now - last)
    if left > timedelta():
        raise UserError("register.wait", seconds=-(-left // timedelta(seconds=1)))


def note_failure(folder: Path, now: datetime) -> int:
    """Count a wrong try; returns the seconds until the next is heard."""
    failed = _read(folder)[0] + 1
    _write(folder, failed, now)
    return _delay(failed)


def forget_failures(folder: Path) -> None:
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def _delay(failed: int) -> int:
    return DELAYS[min(failed, len(DELAYS) - 1)]


def _read(folder: Path) -> tuple[int, datetime | None]:
    try:
        data = json.loads((folder / FILE).read_text("utf-8"))
        return max(0, int(data["failed"])), datetime.fromisoformat(data["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None


def _write(folder: Path, failed: int, now: datetime) -> None:
    with suppress(OSError):
        (folder / FILE).write_text(json.dumps({"failed": failed, "last": now.isoformat()}), "utf-8")
