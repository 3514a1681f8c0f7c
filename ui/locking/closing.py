"""A locked register is closed behind the unlock page: its last writes may take a while, and the page does not wait."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coordinator.errors import UserError
from coordinator.session import Session
from ui.drafts import LastWords, Patience

SLOW_MS = 10_000
"""A register that is not closed after so long: the person is told that it still writes."""


class Closable(Protocol):
    """What a register offers for this: see ui.desk.OpenRegister."""

    def finish(self, last: LastWords, patience: Patience) -> list[BaseException]: ...

    def forget(self) -> None: ...

    def give_up(self) -> None: ...

    def unwritten(self) -> int: ...


class Unwritten(NamedTuple):
    """What would be lost now: so many edits, and the kinds of the forms with text in them."""

    edits: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Late:
    """A session that nobody wants any more: it was opened while the window was being locked."""

    session: Session

    def finish(self, _last: LastWords, _patience: Patience) -> list[BaseException]:
        self.session.close()
        return []

    def forget(self) -> None:
        """Nothing is kept."""

    def give_up(self) -> None:
        """Nothing is written."""

    def unwritten(self) -> int:
        return 0


class _Closed(NamedTuple):
    register: Closable
    last: LastWords


class Closing(QObject):
    """Closes registers one after the other, on a thread of its own.

    `closed(list)` with what went wrong with the last writes, once a register given to `begin` is closed.
    `held(UserError or None)` when that takes long: another program has the file, or the reason is not known.
    """

    closed = Signal(list)
    held = Signal(object)
    _ended = Signal(object)
    _waits = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "closing")
        self._under_way: dict[Future[list[BaseException]], _Closed] = {}
        self.patience = Patience(self._waits.emit)
        self._slow = QTimer(self, interval=SLOW_MS, singleShot=True)
        self._slow.timeout.connect(partial(self._hold, None))
        self._ended.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self._waits.connect(self._hold, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> bool:
        return bool(self._under_way)

    def begin(self, register: Closable, last: LastWords) -> None:
        """Close a register that was stopped already. It is kept until then: nothing of it may die on the thread."""
        future = self._thread.submit(register.finish, last, self.patience)
        self._under_way[future] = _Closed(register, last)
        self._slow.start()
        future.add_done_callback(self._ended.emit)

    def turn_away(self, session: Session) -> None:
        """Close a session that came too late; nothing was done with it."""
        self.begin(_Late(session), LastWords())

    def wait(self, seconds: float | None = None) -> bool:
        """On any thread: until every register given so far is closed; False where that took longer."""
        return not wait(list(self._under_way), timeout=seconds).not_done

    def take_errors(self) -> list[BaseException]:
        """On the GUI thread, after `wait`: what went wrong and was not told yet."""
        done = [future for future in self._under_way if future.done()]
        return [error for future in done for error in self._take(future)]

    def unwritten(self) -> Unwritten:
        """What a person would lose who leaves now."""
        waiting = [one for future, one in self._under_way.items() if not future.done()]
        forms = [typed.kind for one in waiting for typed in (*one.last.typed, *one.last.saving)]
        return Unwritten(sum(one.register.unwritten() for one in waiting), tuple(forms))

    def give_up(self) -> None:
        """The person leaves without what is not written: no edit is begun, nobody is waited for any more."""
        self.patience.end()
        for one in self._under_way.values():
            one.register.give_up()

    def close(self) -> None:
        """The thread ends when what it does is done."""
        self._slow.stop()
        self._thread.shutdown(wait=False)

    def _hold(self, why: UserError | None) -> None:
        if self.under_way:
            self.held.emit(why)

    def _told(self, future: Future[list[BaseException]]) -> None:
        if future in self._under_way:
            errors = self._take(future)
            self.closed.emit(errors)

    def _take(self, future: Future[list[BaseException]]) -> Sequence[BaseException]:
        closed = self._under_way.pop(future)
        closed.register.forget()
        if not self._under_way:
            self._slow.stop()
        fault = future.exception()
        return future.result() if fault is None else [fault]
