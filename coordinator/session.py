"""An open register: its connections, journal, listeners and clock. Born when it opens, dies when it locks.

A session is handed by hand to every verb and query. Verbs write through `act`, one transaction and one
labelled action each; queries read through `reading` on a second connection that can only read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from coordinator.domain import memory
from coordinator.domain.days import kyiv_day
from coordinator.errors import UserError
from coordinator.outcome import Change, Outcome, Touched
from coordinator.settings import TRAINING, Option
from db import journal, snapshot, steps, stores
from db.connection import Database
from db.errors import StorageError, storage_faults
from db.ids import new_id
from db.rows import ActionRow, SettingRow

T = TypeVar("T")
S = TypeVar("S", int, float, str, bool)
Listener = Callable[[Change], None]
Clock = Callable[[], datetime]

KEPT_COPIES = 20


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Act:
    """The action under way: where to write, the moment, and what it has touched so far."""

    id: str
    db: Database
    now: datetime
    user: str
    change: Change = field(default_factory=Change)

    def step(self) -> AbstractContextManager[None]:
        """A part of the action that is taken back by itself where it raises."""
        return steps.step(self.db)

    def touch(self, touched: Touched, *household_ids: str) -> None:
        self.change = self.change | Change(touched, frozenset(household_ids))

    def describe(self, **facts: object) -> None:
        """Set the facts of the action, where they are only known once it has looked around."""
        journal.describe(self.db, self.id, facts)

    def outcome(self, value: T) -> Outcome[T]:
        return Outcome(value, self.change)


class Session:
    """See the module's docstring. Made by `coordinator.register`; `close` it, or use it in a with-block."""

    def __init__(self, folder: Path, writer: Database, views: Database, key: bytes, user: str, clock: Clock) -> None:
        self.folder = folder
        self.name = folder.name.removesuffix(".register")
        self.user = user
        self.clock = clock
        self._writer, self._views, self._key = writer, views, key
        self._write_lock, self._read_lock = threading.RLock(), threading.RLock()
        self._listeners: list[Listener] = []
        self._moved = writer.changed_elsewhere()
        self.training = self.setting(TRAINING)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close both connections, forget the key and what was remembered of names.

        What is asked afterwards raises UserError "register.closed".
        """
        with self._write_lock, self._read_lock:
            self._views.close()
            self._writer.close()
            self._key = b""
        memory.forget()

    def today(self) -> date:
        return kyiv_day(self.clock())

    @contextmanager
    def act(self, label: str, *, source: str = "", **facts: object) -> Iterator[Act]:
        """One transaction, one journalled action. Listeners hear of it after the commit.

        `label` is a code of `resources.messages` ("action.<label>") and `facts` its plain values. Raises
        UserError "register.busy" where another program holds the file for over 5 seconds.
        """
        with self._write_lock:
            act = Act(new_id(), self._writer, self.clock(), self.user)
            row = ActionRow(act.id, label, facts, act.now, self.user, source)
            with told(), journal.recording(self._writer, row):
                yield act
        self._tell(act.change)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The read-only connection. All reading in the block sees one moment; a block inside it sees the same.

        No transaction stays open after the outermost block.
        """
        with self._read_lock, told(), self._views.one_moment():
            yield self._views

    def moved(self) -> bool:
        """Has another process committed since this was last asked? False while this session is writing.

        Asked on the writing connection, whose own commits do not count: those reach the listeners.
        """
        if not self._write_lock.acquire(blocking=False):
            return False
        try:
            with told():
                return self._moved()
        finally:
            self._write_lock.release()

    def add_listener(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` (from any thread) after each commit of this session; returns how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _tell(self, change: Change) -> None:
        for listener in list(self._listeners):
            listener(change)

    def setting(self, option: Option[S]) -> S:
        with self.reading() as db:
            row = stores.settings.get(db, option.key)
        return option.default if row is None else type(option.default)(row.value)

    def safe_copy(self, why: str) -> Path:
        """A verified copy of the register's data and keys in its own `backups` folder; old ones are let go."""
        folder = self.folder / "backups"
        moment = self.clock().strftime("%Y%m%d-%H%M%S-%f")
        target = folder / f"{moment}-{why}" / "register.db"
        with self._write_lock, told():
            snapshot.copy_verified(self._writer, self._key, target)
            snapshot.copy_file(self.folder / "keys.json", target.with_name("keys.json"))
            snapshot.keep_newest(folder, KEPT_COPIES)
        return target.parent


@contextmanager
def told() -> Iterator[None]:
    """Faults of the file become a UserError with a code that has a sentence."""
    try:
        with storage_faults():
            yield
    except StorageError as fault:
        raise UserError(fault.code, **fault.facts) from fault


def change_setting(session: Session, option: Option[S], value: S) -> Outcome[S]:
    """Set one option; UserError "setting.limits" where it is outside its limits."""
    checked = option.checked(value)
    with session.act("change_setting", key=option.key) as act:
        if stores.settings.get(act.db, option.key) is None:
            stores.settings.add(act.db, [SettingRow(option.key, checked)])
        else:
            stores.settings.change(act.db, option.key, value=checked)
        act.touch(Touched.SETTINGS)
    return act.outcome(checked)
