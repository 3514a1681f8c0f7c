"""The one way to run work off the GUI thread.

Three lanes: one writer thread runs verbs in the order given, one reader thread runs queries, a small pool
parses and solves without touching the register. Whatever comes back is handed over on the GUI thread by a
queued signal; a receiver that was destroyed meanwhile is simply not called.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coordinator.collecting import without_collecting
from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Outcome
from ui.progress import Progress, Running
from ui.receivers import Callback, present
from ui.sweeping import sweep_on_this_thread

POLL_MS = 100
"""Between two looks whether another program has committed; one takes a few microseconds."""
POOL_THREADS = 2
CLOSING_PATIENCE = 10.0
"""Seconds that what only reads or computes has to come to an end while closing. Writes have all the time they need."""
SWITCH_SECONDS = 0.0002
"""How long a busy thread keeps the interpreter while the window waits for it. A table asks it for every cell:
with Python's own 5 ms one repaint beside a computing thread took up to two seconds, with this ten milliseconds."""


@dataclass(slots=True, eq=False)
class _Job:
    number: int
    work: Callback
    args: tuple[object, ...]
    done: Callback | None
    failed: Callable[[UserError], object] | None
    ended: Callable[[], object] | None
    label: str = ""
    key: Hashable | None = None
    writes: bool = False
    progress: Progress | None = None
    future: Future[None] | None = None
    superseded: bool = False
    started: bool = False
    ran: bool = False
    value: object = None
    error: BaseException | None = None

    def fault(self) -> BaseException | None:
        """What went wrong; where it never came to an end, that is not known."""
        return self.error if self.ran else UserError("write.unknown")

    def let_go(self) -> None:
        """Forget who waited, on the GUI thread: a worker that drops the last reference to a page destroys it there."""
        self.done = self.failed = self.ended = None
        self.work, self.args, self.value = _nothing, (), None


def _nothing() -> None:
    """What a job works on once it is done."""


@dataclass(slots=True)
class _Lanes:
    writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "writer"))
    reader: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "reader"))
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(POOL_THREADS, "work"))


class Tasks(QObject):
    """Made and closed by the main window and handed to each page.

    For every job: `done(value)` when it went well (of an Outcome the value), `failed(error)` for a UserError
    (without it the notice bar tells), `ended()` before either and also after a cancel or a fault of ours.
    """

    told = Signal(object)
    """A UserError that no caller takes: for the notice bar."""
    crashed = Signal(object)
    """Any other exception: for the crash dialog."""
    saved = Signal()
    writing = Signal()
    """A verb was given; it is written after those before it."""
    running_changed = Signal(tuple)
    idle = Signal()
    """Nothing that was asked for is under way any more."""

    _arrived = Signal(object)
    _moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_SECONDS)
        sweep_on_this_thread()
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}
        self._newest: dict[Hashable, _Job] = {}
        self._lanes = _Lanes()
        self._closed = False
        self._left: list[_Job] = []
        self._poll: Callable[[], bool] | None = None
        self._poll_seen: Callable[[], object] | None = None
        self._poll_timer = QTimer(self, interval=POLL_MS)
        self._poll_timer.timeout.connect(self._ask_poll)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self._show_running, Qt.ConnectionType.QueuedConnection)

    def run_verb(
        self,
        verb: Callback,
        *args: object,
        done: Callback | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[], object] | None = None,
        label: str = "",
        progress: bool = False,
    ) -> int:
        """Run a verb on the writer thread, after all that were given before. Returns its number.

        With `progress` the verb gets the keyword argument `progress`; with a `label` the status line shows it.
        """
        job = self._job(verb, args, done, failed, ended, label, progress)
        job.writes = True
        self.writing.emit()
        return self._start(self._lanes.writer, job)

    def run_query(
        self,
        query: Callback,
        *args: object,
        done: Callback | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[], object] | None = None,
        key: Hashable | None = None,
    ) -> int:
        """Run a query on the reader thread. A newer query with the same key supersedes one that waits.

        One that already runs is dropped too, unless it asks the very same question: its answer still serves,
        and a view that is asked to refresh all the time is shown something.
        """
        job = self._job(query, args, done, failed, ended, "", False)
        job.key = key
        if key is not None:
            older = self._newest.get(key)
            if older is not None and not (older.started and _same_question(older, job)):
                older.superseded = True
            self._newest[key] = job
        return self._start(self._lanes.reader, job)

    def run_work(
        self,
        work: Callback,
        *args: object,
        done: Callback | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[], object] | None = None,
        label: str = "",
        progress: bool = False,
    ) -> int:
        """Run pure work (parsing, solving, printing) in the pool; it must not use the register's connections."""
        return self._start(self._lanes.pool, self._job(work, args, done, failed, ended, label, progress))

    def cancel(self, number: int) -> None:
        """Ask a task to stop; one that has no progress runs to its end."""
        job = self._jobs.get(number)
        if job is not None and job.progress is not None:
            job.progress.cancel()
            self._show_running()

    @property
    def busy(self) -> bool:
        return any(job.key is not _POLL for job in self._jobs.values())

    def watch(self, moved: Callable[[], bool], seen: Callable[[], object]) -> None:
        """Ask `moved` on the reader thread ten times a second and call `seen` here whenever it says yes."""
        self._poll, self._poll_seen = moved, seen
        self._poll_timer.start()

    def close(self) -> list[BaseException]:
        """`stop`, `finish` and `forget` in one, for where nobody watches: it may wait long; see `finish`."""
        self.stop()
        errors = self.finish()
        self.forget()
        return errors

    def stop(self) -> None:
        """The first step of closing, at once: nothing is begun or handed over any more."""
        if self._closed:
            return
        self._closed = True
        self._left = list(self._jobs.values())
        self._poll_timer.stop()
        for job in self._left:
            if job.progress is not None:
                job.progress.cancel()
        self._lanes.reader.shutdown(wait=False, cancel_futures=True)
        self._lanes.pool.shutdown(wait=False, cancel_futures=True)
        self._lanes.writer.shutdown(wait=False)

    def finish(self) -> list[BaseException]:
        """The second step, on any thread: wait for what is under way; what went wrong with the writes.

        Each write given before `stop` is tried, however long another program holds the file; queries and pure work
        have ten seconds. A write that was given up, or whose thread died, is UserError "write.unknown".
        """
        patience = time.monotonic() + CLOSING_PATIENCE
        wait(job.future for job in self._left if job.writes and job.future is not None)
        # A future cancelled in its queue never counts as done for `wait`: it would wait the whole time.
        others = [job.future for job in self._left if not job.writes and job.future is not None]
        wait([one for one in others if not one.cancelled()], timeout=max(0.0, patience - time.monotonic()))
        errors = [job.fault() for job in self._left if job.writes]
        return [error for error in errors if error is not None and not isinstance(error, Cancelled)]

    def give_up(self) -> None:
        """After `stop`, on any thread: writes that have not begun are dropped; `finish` names them as gone wrong."""
        for job in self._left:
            if job.future is not None and not job.started:
                job.future.cancel()

    def unwritten(self) -> int:
        """After `stop`: how many edits are not written yet. A draft that is being kept counts as one."""
        return sum(job.writes and not job.ran for job in self._left)

    def forget(self) -> None:
        """The last step, on the GUI thread: let go of who waited."""
        for job in self._left:
            job.let_go()
        self._left = []
        self._jobs.clear()
        self._newest.clear()

    def _job(
        self,
        work: Callback,
        args: tuple[object, ...],
        done: Callback | None,
        failed: Callable[[UserError], object] | None,
        ended: Callable[[], object] | None,
        label: str,
        progress: bool,
    ) -> _Job:
        handle = Progress(partial(self._emit, self._moved)) if progress else None
        return _Job(next(self._numbers), work, args, done, failed, ended, label, progress=handle)

    def _start(self, lane: ThreadPoolExecutor, job: _Job) -> int:
        if self._closed:
            return 0
        self._jobs[job.number] = job
        job.future = lane.submit(self._run, job)
        if job.label:
            self._show_running()
        return job.number

    def _run(self, job: _Job) -> None:
        """In a worker thread. Nothing may escape from here: each end is reported."""
        job.started = True
        try:
            if job.superseded or (job.progress is not None and job.progress.cancelled):
                raise Cancelled
            # What is made here does not wait for the window's thread to walk through it: see coordinator.collecting.
            # Looking at the file makes nothing, and is no work that a quiet moment would wait for: see ui.sweeping.
            with nullcontext() if job.key is _POLL else without_collecting():
                if job.progress is not None:
                    job.progress.started = time.monotonic()
                    job.value = job.work(*job.args, progress=job.progress)
                else:
                    job.value = job.work(*job.args)
        except Exception as error:
            job.error = error
        job.ran = True
        self._emit(self._arrived, job)

    def _emit(self, signal: Any, *args: object) -> None:
        """Emit from any thread; a window that is gone by now no longer wants to know."""
        if self._closed or not shiboken6.isValid(self):
            return
        try:
            signal.emit(*args)
        except RuntimeError:
            if shiboken6.isValid(self):
                raise

    def _deliver(self, job: _Job) -> None:
        self._jobs.pop(job.number, None)
        if job.key is not None and self._newest.get(job.key) is job:
            del self._newest[job.key]
        if self._closed:
            job.let_go()
            return
        if job.label:
            self._show_running()
        try:
            self._hand_over(job)
        finally:
            job.let_go()
            if not self.busy:
                self.idle.emit()

    def _hand_over(self, job: _Job) -> None:
        if job.writes and isinstance(job.value, Outcome) and job.value.change.touched:
            self.saved.emit()
        if present(job.ended):
            job.ended()
        if job.superseded or isinstance(job.error, Cancelled):
            return
        if job.error is None:
            value = job.value.value if isinstance(job.value, Outcome) else job.value
            if present(job.done):
                job.done(value)
        elif not isinstance(job.error, UserError):
            self.crashed.emit(job.error)
        elif present(job.failed):
            job.failed(job.error)
        elif job.writes or job.done is None or present(job.done):
            self.told.emit(job.error)

    def _show_running(self) -> None:
        shown = tuple(
            Running(
                job.number,
                job.label,
                job.progress.fraction if job.progress else None,
                job.progress.seconds_left if job.progress else None,
                job.progress is not None,
                job.progress is not None and job.progress.cancelled,
            )
            for job in self._jobs.values()
            if job.label
        )
        self.running_changed.emit(shown)

    def _ask_poll(self) -> None:
        if self._poll is not None and _POLL not in self._newest:
            self.run_query(self._poll, done=self._polled, failed=self._poll_failed, key=_POLL)

    def _polled(self, moved: object) -> None:
        if moved and self._poll_seen is not None:
            self._poll_seen()

    def _poll_failed(self, error: UserError) -> None:
        """The file is out of reach. Said once; asked again only after the register is opened anew."""
        self._poll_timer.stop()
        self.told.emit(error)


_POLL = object()


def _same_question(one: _Job, other: _Job) -> bool:
    return bool(one.work == other.work) and one.args == other.args
