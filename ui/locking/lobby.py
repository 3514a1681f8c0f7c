"""The tasks of the page where registers are opened. What a lock overtakes is turned away."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from coordinator.errors import Cancelled
from coordinator.session import Session
from ui.locking.closing import Closing
from ui.receivers import Callback, present
from ui.tasks import Tasks


class Lobby(Tasks):
    """What opens a register waits until the one before is closed.

    A register that is open only after the window was locked, or after the page that asked for it is gone, is closed
    again: nobody may be there. `turned_away(value)` has what the work came to.
    """

    began = Signal()
    turned_away = Signal(object)

    def __init__(self, closing: Closing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = closing
        self.locks = 0
        """How often the window was locked: work that began before another count comes too late."""

    def lock(self) -> None:
        self.locks += 1

    def run_work(self, work: Callback, *args: object, done: Callback | None = None, **options: Any) -> int:
        asked = self.locks
        arrived = partial(self._arrived_after, asked, done)
        self.began.emit()
        return super().run_work(partial(self._in_turn, asked, work), *args, done=arrived, **options)

    def forget(self) -> None:
        """A register whose opening the end of the window overtook is closed too."""
        for job in self._left:
            session = session_of(job.value)
            if session is not None:
                session.close()
        super().forget()

    def see_through(self, work: Callback, *args: object, done: Callback) -> int:
        """Work that a lock does not turn away: `done` looks at `locks` itself."""
        return super().run_work(partial(_after, self._closing, work), *args, done=done)

    def _in_turn(self, asked: int, work: Callback, *args: object, **named: object) -> object:
        """In a worker."""
        self._closing.wait()
        if self.locks != asked or self._closed:
            raise Cancelled
        value = work(*args, **named)
        session = session_of(value)
        if self._closed and session is not None:  # the window is gone, and takes nothing any more
            session.close()
        return value

    def _arrived_after(self, asked: int, done: Callback | None, value: object) -> None:
        if self.locks == asked and (done is None or present(done)):
            if done is not None:
                done(value)
            return
        session = session_of(value)
        if session is not None:
            self._closing.turn_away(session)
        self.turned_away.emit(value)


def session_of(value: object) -> Session | None:
    """The session that the work opened, itself or in what it came to."""
    session = value if isinstance(value, Session) else getattr(value, "session", None)
    return session if isinstance(session, Session) else None


def _after(closing: Closing, work: Callback, *args: object, **named: object) -> object:
    closing.wait()
    return work(*args, **named)
