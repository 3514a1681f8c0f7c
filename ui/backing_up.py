"""Copies by themselves: at the start, every half hour if something changed. Watches the places they lie in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from coordinator.copies import CopyInfo
from coordinator.domain.days import kyiv
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.services import backups
from coordinator.services.backups import OVERDUE, Backup, SecondState
from coordinator.session import Session
from resources.i18n import _
from resources.messages import sentence
from ui import copy_words
from ui.bridge import Bridge
from ui.tasks import Tasks
from ui.widgets.notice_bar import Kind

START_MS = 1_500
"""The first page is read before the first copy begins."""
LOOK_MS = 3_000
EVERY = timedelta(minutes=30)
REMIND = timedelta(hours=24)
FAILED, FULL, GONE = "failed", "full", "second.gone"


@dataclass(frozen=True, slots=True)
class CopyState:
    """How the copies stand. `last`: when the newest whole one was made, in whichever place.

    `failed`: why the last try did not work; `rescued`: that copy lies in the second place instead. `out_of_reach`:
    the register's own folder is gone.
    """

    last: datetime | None = None
    failed: UserError | None = None
    rescued: bool = False
    second: SecondState | None = None
    out_of_reach: bool = False


@dataclass(frozen=True, slots=True)
class CopyNotice:
    """Something to tell: a translated sentence; `elsewhere` offers a copy in another place as the next step."""

    text: str
    kind: Kind
    elsewhere: bool = False


class Seen(NamedTuple):
    """Which places are within reach. `second` None: none is chosen."""

    register: bool
    second: bool | None


class BackingUp(QObject):
    """Belongs to an open register from unlock to lock. All work is done by `tasks`, with connections of its own."""

    changed = Signal(object)
    """The CopyState is another one now."""
    noticed = Signal(object)
    """A CopyNotice."""
    restore_wanted = Signal(object)
    """A CopyInfo that shall take the register's place: for the window, which closes the register for it."""

    def __init__(self, session: Session, tasks: Tasks, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self.state = CopyState()
        self.seen = Seen(True, None)
        self._tried: datetime | None = None
        self._reminded: datetime | None = None
        self._told: set[str] = set()
        self._next: Callable[[], object] | None = None
        self._making = self._looking = self._paused = False
        self._copying = 0
        self._idle: Callable[[], object] | None = None
        self._reading = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, interval=START_MS, singleShot=True)
        self._first.timeout.connect(self.start)
        bridge.changed.connect(self._hear)

    def now(self) -> datetime:
        return self._session.clock()

    def begin(self) -> None:
        """The register was unlocked: soon look how its copies stand, make the first one, and go on.

        What was seen at opening is told now: a folder that was copied without its log may lack the last work.
        """
        for code, facts in self._session.notices:
            self._say(sentence(code, facts), Kind.WARNING, elsewhere=True)
        self._first.start()

    def start(self) -> None:
        self.read()
        self._make(partial(backups.backup_if_changed, why="start"))
        self._timer.start()

    def close(self) -> None:
        """Nothing more is begun; a copy under way is left to the tasks."""
        self._timer.stop()
        self._first.stop()
        self._next = None

    def pause(self, then: Callable[[], object]) -> None:
        """Begin no copy any more, and call `then` once none is under way."""
        self._paused, self._next, self._idle = True, None, then
        self._rest()

    def resume(self) -> None:
        self._paused, self._idle = False, None

    def _rest(self) -> None:
        if self._idle is not None and not self._making and not self._copying:
            then, self._idle = self._idle, None
            then()

    def read(self) -> None:
        """How do the copies stand?"""
        self._reading += 1
        self._tasks.run_work(
            read_state, self._session, done=self._show, failed=self._unread, ended=self._was_read
        )  # fmt: skip

    def make_now(self, done: Callable[[Backup], object]) -> None:
        """By hand: a copy in each place, also of what did not change. `done` hears of it in the end."""
        if self._making and not self._paused:
            self._next = partial(self._make, backups.backup, done)
        else:
            self._make(backups.backup, done)

    def name_of_copy(self) -> str:
        """A name that says which register and when; the moment keeps two of them apart."""
        return f"{self._session.name}-{kyiv(self.now()):%Y-%m-%d-%H%M%S}"

    def copy_to(self, target: Path) -> None:
        """The whole register, data and keys, to a place that a person chose."""

        def made(copy: CopyInfo) -> None:
            self._say(copy_words.copied_to(copy.path), Kind.SUCCESS)

        if self._paused:
            return
        self._copying += 1
        self._tasks.run_work(
            backups.make_a_copy, self._session, target, done=made, ended=self._copied, label=_("Copying the register…")
        )

    def _copied(self) -> None:
        self._copying -= 1
        self._rest()

    def look(self) -> None:
        """Every few seconds: is a copy due, is the second place overdue, are the places still there?"""
        now = self.now()
        if self.seen.register and _passed(self._tried, now, EVERY):
            self._make(backups.backup_if_changed)
        self._mind_second(now)
        if not self._looking:
            self._looking = True
            place = self.state.second.place if self.state.second else None
            self._tasks.run_work(look_at, self._session.folder, place, done=self._saw, ended=self._looked)

    def _hear(self, change: Change) -> None:
        if change.touched & Touched.SETTINGS:
            self.read()

    def _make(self, work: Callable[[Session], Backup | None], done: Callable[[Backup], object] | None = None) -> None:
        if self._making or self._paused or self._session.read_only is not None:
            return
        self._making, self._tried = True, self.now()

        def made(backup: Backup | None) -> None:
            self._made(backup)
            if backup is not None and done is not None:
                done(backup)

        self._tasks.run_work(
            work, self._session, done=made, failed=self._failed, ended=self._ended, label=_("Copying the register…")
        )

    def _ended(self) -> None:
        self._making = False
        if self._next is not None:
            following, self._next = self._next, None
            following()
        self._rest()

    def _made(self, backup: Backup | None) -> None:
        """A copy was made, or there was one of just this state."""
        if backup is not None and backup.fault is not None:
            self._tell_once(FAILED, copy_words.rescued(backup.fault), Kind.WARNING, elsewhere=True)
            self._set(replace(self.state, failed=backup.fault, rescued=True, last=backup.copy.made_at))
        else:
            self._told.discard(FAILED)
            self._set(replace(self.state, failed=None, rescued=False))
        self.read()

    def _failed(self, error: UserError) -> None:
        self._tell_once(FAILED, copy_words.failed(error), Kind.DANGER, elsewhere=True)
        self._set(replace(self.state, failed=error, rescued=False))
        self.read()

    def _show(self, state: CopyState) -> None:
        """What was read, with what only this session knows."""
        kept = self.state
        if (kept.second and kept.second.place) != (state.second and state.second.place):
            self.seen = self.seen._replace(second=None)
            self._reminded = None
            self._told -= {FULL}
        last = max(filter(None, (state.last, kept.last if kept.rescued else None)), default=None)
        self._set(replace(kept, last=last, second=state.second))
        second = state.second
        if second is None or second.fault in ("", GONE):
            self._told -= {FULL}
        else:
            self._tell_once(FULL, copy_words.second_failed(second), Kind.WARNING, elsewhere=True)

    def _was_read(self) -> None:
        self._reading -= 1

    def _unread(self, _error: UserError) -> None:
        """Whether the register is out of reach is looked at, and told, elsewhere."""

    def _mind_second(self, now: datetime) -> None:
        """It becomes overdue while nobody reads, and is reminded of once a day."""
        second = self.state.second
        if second is None or self._making or self._reading or self._session.read_only is not None:
            return
        overdue = second.last is None or abs(now - second.last) > OVERDUE
        if overdue != second.overdue:
            self._set(replace(self.state, second=replace(second, overdue=overdue)))
        if overdue and _passed(self._reminded, now, REMIND):
            self._reminded = now
            self._say(copy_words.overdue(second, now), Kind.WARNING)

    def _looked(self) -> None:
        self._looking = False

    def _saw(self, seen: Seen) -> None:
        before, self.seen = self.seen, seen
        if before.register and not seen.register:
            self._say(copy_words.register_gone(self._session.folder), Kind.DANGER, elsewhere=True)
        elif seen.register and not before.register:
            self._say(copy_words.register_back(), Kind.SUCCESS)
        second = self.state.second
        if before.second and seen.second is False and second is not None:
            self._say(copy_words.second_gone(second, self.now()), Kind.WARNING, elsewhere=True)
        if before.second is False and seen.second:
            self._make(backups.backup_if_changed)
        if self.state.out_of_reach == seen.register:
            self._set(replace(self.state, out_of_reach=not seen.register))

    def _set(self, state: CopyState) -> None:
        self.state = state
        self.changed.emit(state)

    def _tell_once(self, what: str, text: str, kind: Kind, *, elsewhere: bool) -> None:
        """Until it has worked again, the same trouble is told once."""
        if what not in self._told:
            self._told.add(what)
            self._say(text, kind, elsewhere=elsewhere)

    def _say(self, text: str, kind: Kind, *, elsewhere: bool = False) -> None:
        self.noticed.emit(CopyNotice(text, kind, elsewhere))


def read_state(session: Session) -> CopyState:
    """In a worker: the newest whole copy here, and how the second place stands."""
    last = next((copy.made_at for copy in backups.list_copies(session) if not copy.fault), None)
    return CopyState(last=last, second=backups.second_state(session))


def look_at(folder: Path, second: Path | None) -> Seen:
    """In a worker: a dead drive may take long to say no."""
    return Seen(backups.within_reach(folder), None if second is None else second.is_dir())


def _passed(since: datetime | None, now: datetime, term: timedelta) -> bool:
    """Has the term passed? A clock that was set back must not put off what is due."""
    return since is None or not timedelta() <= now - since < term
