"""Growing delay after wrong passphrases, kept beside the register so that a new start does not shorten it.

It slows somebody at the keyboard. Against a copied folder only the cost of Argon2id helps, and a good passphrase.
A passphrase that fits takes nothing back but its own try: who has one cannot clear the count for guessing others.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coordinator.errors import UserError
from db.files import write_atomically

FILE = "tries.json"
DELAYS = (0, 0, 0, 2, 4, 8, 16, 30, 60, 120)
"""Seconds to wait after so many wrong tries; the last one holds for all more."""

FORGOTTEN_AFTER = timedelta(minutes=15)
"""Without another try."""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that counts as wrong until it proves right. `wait`: seconds until the next one is heard."""

    folder: Path
    wait: int
    _failed: int
    _last: datetime | None

    def was_right(self) -> None:
        """The count is again what it was before."""
        if self._failed and self._last is not None:
            _write(self.folder, self._failed, self._last)
        else:
            with suppress(OSError):
                (self.folder / FILE).unlink(missing_ok=True)


def begin_try(folder: Path, now: datetime) -> Try:
    """Count a try before its passphrase is tested, so that tries at one time do not pass as one.

    UserError "register.wait" with `seconds` while the delay of the last wrong one runs.
    """
    failed, last = _read(folder)
    if last is not None and now - last > FORGOTTEN_AFTER:
        failed, last = 0, None
    if last is not None and now < last:
        # The clock was set back: the delay begins anew rather than last for ever.
        last = now
        _write(folder, failed, now)
    if last is not None:
        left = timedelta(seconds=_delay(failed)) - (now - last)
        if left > timedelta():
            raise UserError("register.wait", seconds=-(-left // timedelta(seconds=1)))
    _write(folder, failed + 1, now)
    return Try(folder, _delay(failed + 1), failed, last)


def _delay(failed: int) -> int:
    return DELAYS[min(failed, len(DELAYS) - 1)]


def _read(folder: Path) -> tuple[int, datetime | None]:
    try:
        data = json.loads((folder / FILE).read_text("utf-8"))
        failed, last = max(0, int(data["failed"])), datetime.fromisoformat(data["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
    return (failed, last) if last.tzinfo else (0, None)


def _write(folder: Path, failed: int, now: datetime) -> None:
    # A folder that cannot be written keeps no count.
    with suppress(OSError):
        write_atomically(folder / FILE, json.dumps({"failed": failed, "last": now.isoformat()}).encode())
