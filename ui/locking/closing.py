"""A locked register is closed behind the unlock page: its last writes may take a while, and the page does not wait."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from ui.drafts import LastWords
from ui.tasks import Callback, Tasks


class Closable(Protocol):
    """What a register offers for this: see ui.desk.OpenRegister."""

    def finish(self, last: LastWords) -> list[BaseException]: ...

    def forget(self) -> None: ...


class Closing(QObject):
    """`closed(list)` with what went wrong with the last writes, once a register given to `begin` is closed."""

    closed = Signal(list)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "closing")
        self._under_way: dict[Future[list[BaseException]], Closable] = {}
        self._ended.connect(self._told, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> bool:
        return bool(self._under_way)

    def begin(self, register: Closable, last: LastWords) -> None:
        """Close a register that was stopped already. It is kept until then: nothing of it may die on the thread."""
        future = self._thread.submit(register.finish, last)
        self._under_way[future] = register
        future.add_done_callback(self._ended.emit)

    def wait(self) -> None:
        """On any thread: until every register given so far is closed."""
        for future in list(self._under_way):
            future.exception()

    def end(self) -> list[BaseException]:
        """On the GUI thread, when the window closes: wait; what went wrong and was not told yet."""
        self.wait()
        return [error for future in list(self._under_way) for error in self._take(future)]

    def close(self) -> None:
        self._thread.shutdown()

    def _told(self, future: Future[list[BaseException]]) -> None:
        if future in self._under_way:
            self.closed.emit(self._take(future))

    def _take(self, future: Future[list[BaseException]]) -> list[BaseException]:
        register = self._under_way.pop(future)
        register.forget()
        fault = future.exception()
        return future.result() if fault is None else [fault]


class Lobby(Tasks):
    """The tasks of the unlock page. What opens a register waits until the one before is closed."""

    def __init__(self, closing: Closing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = closing

    def run_work(self, work: Callback, *args: object, **options: Any) -> int:
        return super().run_work(partial(_then, self._closing, work), *args, **options)


def _then(closing: Closing, work: Callback, *args: object, **named: object) -> object:
    closing.wait()
    return work(*args, **named)
