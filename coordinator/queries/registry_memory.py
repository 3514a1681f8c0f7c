"""The rows of the registry kept in memory for all who show or count them: after a change only what it touched is read.

30,000 households take seconds to read and an edit touches one of them. Rows of a closed register go with its session.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import date

from coordinator.collecting import without_collecting
from coordinator.outcome import Change, Touched
from coordinator.queries.registry import RegistryRow, registry
from coordinator.session import Session

SHOWN = Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.DUPLICATES | Touched.PLACES | Touched.SCHEDULE
"""What a row is made of."""
MOST_PATCHED = 400
"""Changes of more households than this read everything again."""


class RegistryMemory:
    """`hear` each change, on any thread; `rows` and `some` on the reader thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._rows: dict[str, RegistryRow] | None = None
        self._day: date | None = None
        self._stale: frozenset[str] = frozenset()
        self._forgotten = 0

    def hear(self, change: Change) -> None:
        """A change was committed; one that names no households may be about any."""
        if not change.touched & SHOWN:
            return
        with self._lock:
            self._stale |= change.households
            many = len(self._stale) > MOST_PATCHED
        if many or not change.households:
            self.forget()

    def forget(self) -> None:
        """Read everything anew when asked next."""
        with self._lock:
            self._rows, self._stale = None, frozenset()
            self._forgotten += 1

    def rows(self, day: date) -> list[RegistryRow]:
        """All households in the order of their numbers, as of now; ages on `day`."""
        return list(self._fresh(day).values())

    def some(self, day: date, ids: Collection[str]) -> list[RegistryRow]:
        """Those of these households that are there."""
        rows = self._fresh(day)
        return [rows[one] for one in ids if one in rows]

    def _fresh(self, day: date) -> dict[str, RegistryRow]:
        with self._lock:
            known = self._rows if self._day == day else None
            stale, self._stale = self._stale, frozenset()
            forgotten = self._forgotten
        if known is None:
            with without_collecting():
                read = {row.id: row for row in registry(self._session, day)}
        elif stale:
            read = {one: row for one, row in known.items() if one not in stale}
            read |= {row.id: row for row in registry(self._session, day, stale)}
            read = dict(sorted(read.items(), key=lambda entry: entry[1].number))
        else:
            return known
        with self._lock:
            # What was heard while reading may have come too late for it: named households are read next time,
            # and where it may be any, everything.
            self._rows = read if forgotten == self._forgotten else None
            self._day = day
        return read
