"""What is copied from the tables of an open register: how much of late, and what is still to be logged.

A list goes into the log before it goes to the clipboard. A few rows go at once, since somebody is about to dial or
to paste, and are logged behind it: the first at once, all that follow within a minute as one entry.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from coordinator.errors import UserError
from coordinator.services.copying import (
    FREE_MINUTES,
    FREE_ROWS,
    Copied,
    log_copied,
    log_few_copied,
    require_copying,
)
from coordinator.session import Session
from ui.tasks import Tasks

QUIET_MS = 60_000


class Copying(QObject):
    """Lives as long as the tasks of the register: another language or theme does not begin the count anew."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._session = session
        self._taken: list[tuple[float, int]] = []
        self._waiting: dict[str, Copied] = {}
        self._quiet = QTimer(self, interval=QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self.write)

    @classmethod
    def of(cls, session: Session, tasks: Tasks) -> Copying:
        found = tasks.findChild(cls)
        return found if found is not None else cls(session, tasks)

    @property
    def _tasks(self) -> Tasks:
        """The parent, not kept: a ring of the two would be let go only when Python sweeps, on whatever thread."""
        tasks = self.parent()
        assert isinstance(tasks, Tasks)
        return tasks

    def copy(self, table: str, rows: int, people: int, then: Callable[[], object]) -> None:
        """Call `then` where the rows may go to the clipboard. UserError as `require_copying`."""
        require_copying(self._session, rows, self._lately())
        if rows > FREE_ROWS:
            self._tasks.run_verb(log_copied, self._session, table, rows, people, done=lambda _none: then())
            return
        then()
        self._taken.append((time.monotonic(), rows))
        if self._session.read_only is None:
            self._add({table: Copied(rows, people)})
            if not self._quiet.isActive():
                self.write()

    def write(self) -> None:
        """Log what waits, and be quiet for a minute. What cannot be logged now is tried again after it."""
        if self._waiting:
            copied, self._waiting = self._waiting, {}
            self._quiet.start()
            self._tasks.run_verb(log_few_copied, self._session, copied, failed=partial(self._keep, copied))

    def _keep(self, copied: dict[str, Copied], _error: UserError) -> None:
        self._add(copied)
        self._quiet.start()

    def _add(self, copied: dict[str, Copied]) -> None:
        for table, (rows, people) in copied.items():
            before = self._waiting.get(table, Copied(0, 0))
            self._waiting[table] = Copied(before.rows + rows, before.people + people)

    def _lately(self) -> int:
        since = time.monotonic() - FREE_MINUTES * 60
        self._taken = [(moment, rows) for moment, rows in self._taken if moment > since]
        return sum(rows for _moment, rows in self._taken)
