"""An open register: its connections, journal, listeners and clock. Born when it opens, dies when it locks.

A session is handed by hand to every verb and query. Verbs write through `act`, one transaction and one
labelled action each; queries read through `reading` on a second connection that can only read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from coordinator import copies
from coordinator.domain import memory
from coordinator.domain.days import kyiv, kyiv_day
from coordinator.domain.roles import Right, Role, may
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.outcome import Change, Outcome, Touched
from coordinator.settings import TRAINING, Option
from db import journal, occupancy, snapshot, steps, stores
from db.connection import Ask, Database, nobody
from db.errors import StorageError, storage_faults
from db.ids import new_id
from db.layout import BACKUPS, DATA
from db.occupancy import Holder, Mark
from db.rows import ActionRow, SettingRow

T = TypeVar("T")
S = TypeVar("S", int, float, str, bool)
Listener = Callable[[Change], None]
Notice = tuple[str, dict[str, object]]
"""Something to tell when the register opens: the code and the facts of a sentence."""
Clock = Callable[[], datetime]

SETTLING = "log into file"
"""The name of a thread that tidies up after a long action."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Who:
    """Who opened the register. `name` may be "": registers of the first schema knew nobody."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Why a register can only be read, as the code and the facts of a sentence."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


class Hold:
    """What keeps others out or tells them: the lock of the writing window and the mark of this process."""

    def __init__(self, mark: Mark, window: FileLock | None = None) -> None:
        self.mark = mark
        self.window = window

    def leave(self) -> None:
        """Before the database is closed: see db.occupancy."""
        self.mark.leave()

    def release(self) -> None:
        """After the database is closed."""
        if self.window is not None:
            self.window.release()


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

    def __init__(
        self,
        keyring: Keyring,
        views: Database,
        who: Who,
        clock: Clock,
        *,
        writer: Database | None = None,
        hold: Hold | None = None,
        read_only: ReadOnly | None = None,
        notices: tuple[Notice, ...] = (),
    ) -> None:
        self.folder = keyring.folder
        self.name = self.folder.name.removesuffix(".register")
        self.keyring = keyring
        self.who = who
        self.clock = clock
        self.read_only = read_only
        self.notices = notices
        self._writer, self._views, self._hold = writer, views, hold
        self._write_lock, self._read_lock = threading.RLock(), threading.RLock()
        self._listeners: list[Listener] = []
        self._moved = (writer or views).changed_elsewhere()
        self.training = self.setting(TRAINING)

    @property
    def user(self) -> str:
        return self.who.name

    @property
    def user_id(self) -> str:
        return self.who.id

    @property
    def role(self) -> Role:
        return self.who.role

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, forget the key and what was remembered of names, and let others write.

        What is asked afterwards raises UserError "register.closed".
        """
        with self._write_lock, self._read_lock:
            if self._hold is not None:
                self._hold.leave()
            # The last to close takes the log away: a mark of somebody who died must not outlive it.
            with suppress(OSError):
                occupancy.sweep_beside_log(self.folder)
            self._views.close()
            if self._writer is not None:
                self._writer.close()
            if self._hold is not None:
                self._hold.release()
                self._hold = None
            self.keyring.forget()
        memory.forget()

    def close_keeping_the_window(self) -> FileLock | None:
        """Close, and hand over the lock of the writing window, so that nobody gets in between.

        None, and nothing is closed, where another window has it.
        """
        with self._write_lock, self._read_lock, told():
            window = self._hold.window if self._hold is not None else None
            window = window or occupancy.take_window(self.folder)
            if window is not None:
                if self._hold is not None:
                    self._hold.window = None
                self.close()
            return window

    @property
    def is_window(self) -> bool:
        """Does this session hold the lock of the one writing window?"""
        return self._hold is not None and self._hold.window is not None

    def may(self, right: Right) -> bool:
        return may(self.who.role, right)

    def require(self, right: Right) -> None:
        """UserError "role.refused" where the role of this user lacks the right."""
        if not self.may(right):
            raise UserError("role.refused", role=self.who.role.value, right=right.value)

    def require_writing(self, right: Right = Right.WRITE) -> Database:
        """The connection that writes; UserError where the register can only be read, or the role lacks the right."""
        if self.read_only is not None:
            raise UserError(self.read_only.code, **self.read_only.facts)
        self.require(right)
        if self._writer is None:
            raise UserError("register.closed")
        return self._writer

    def who_now(self) -> bool:
        """Read role and name anew, as another program may have changed them; False where the user was removed."""
        try:
            with self.reading() as db:
                self._look_who(db)
        except UserError as error:
            if error.code == "register.user_removed":
                return False
            raise
        return True

    def _look_who(self, db: Database) -> None:
        row = stores.users.get(db, self.who.id) if self.read_only is None else None
        if row is None:
            return
        if not row.active:
            raise UserError("register.user_removed")
        self.who = Who(row.id, row.name, Role(row.role))

    def today(self) -> date:
        return kyiv_day(self.clock())

    @contextmanager
    def act(
        self,
        label: str,
        *,
        right: Right = Right.WRITE,
        source: str = "",
        now: datetime | None = None,
        at_length: bool = False,
        **facts: object,
    ) -> Iterator[Act]:
        """One transaction, one journalled action. Listeners hear of it after the commit.

        `now`: its moment, where rows that bear it were made before; nobody may have written since.
        `at_length`: it writes very many rows.
        `label` is a code of `resources.messages` ("action.<label>") and `facts` its plain values. Raises
        UserError "register.busy" where another program holds the file for over 5 seconds, "role.refused", or why
        the register can only be read.
        """
        with self._write_lock:
            writer = self.require_writing(right)
            act = Act(new_id(), writer, now or self.clock(), self.user)
            row = ActionRow(act.id, label, facts, act.now, self.user, source)
            try:
                length = writer.at_length() if at_length else nullcontext()
                with told(), self.keyring.with_action(), length, journal.recording(writer, row):
                    self._look_who(writer)
                    self.require(right)
                    yield act
            except UserError as error:
                raise self._with_facts(error) from error.__cause__
        self._tell(act.change)
        if at_length:
            threading.Thread(target=self._settle, name=SETTLING).start()

    def _settle(self) -> None:
        """Bring the long log of an action into the file, while nobody waits for it."""
        with suppress(UserError), self._write_lock, told():
            self.require_writing().into_file()

    @contextmanager
    def beside_the_journal(self) -> Iterator[Database]:
        """A transaction for what is no part of the register yet (drafts). UserError as `act`."""
        with self._write_lock:
            writer = self.require_writing()
            try:
                with told(), writer.atomic("IMMEDIATE"):
                    yield writer
            except UserError as error:
                raise self._with_facts(error) from error.__cause__

    def others(self) -> list[Holder]:
        """Who else has this register open for writing, windows first."""
        return occupancy.holders(self.folder, self.keyring.key, self._hold.mark if self._hold else None)

    def _with_facts(self, error: UserError) -> UserError:
        """A file that stays busy is told with who has it open, a full disk with the room there is and has to be."""
        if error.code != "register.busy":
            return with_room(error, self.folder)
        holder = next(iter(self.others()), None)
        if holder is None:
            return error
        return UserError("register.busy_held" if holder.user else "register.busy_unnamed", **holder_facts(holder))

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The read-only connection. All reading in the block sees one moment; a block inside it sees the same.

        No transaction stays open after the outermost block.
        """
        with self._read_lock, told(), self._views.one_moment():
            yield self._views

    def moved(self) -> bool:
        """Has another process committed since this was last asked? False while this session is writing.

        Asked on the writing connection where there is one, whose own commits do not count: those reach the
        listeners. A read-only session asks on its only connection, between its transactions.
        """
        lock = self._read_lock if self._writer is None else self._write_lock
        if not lock.acquire(blocking=False):
            return False
        try:
            with told():
                return self._moved()
        finally:
            lock.release()

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

    def safe_copy(self, why: str, into: Path | None = None, ask: Ask = nobody) -> Path:
        """A verified copy of the register's data and keys, by default in its own `backups` folder; see copies.

        `ask` is called meanwhile; what it raises ends the copying, and there is no copy.
        """
        with told():
            into = into or self.folder / BACKUPS
            return copies.make_copy(self.folder, self.keyring.key, into, why, self.clock(), ask)


def with_room(error: UserError, folder: Path) -> UserError:
    """A full disk told with the folder, and free and needed MB; any other error as it is.

    Needed is as much again as the register takes: for the log of what is written, or for a copy. SQLite calls it a
    disk that failed where there is no room for the index of its log.
    """
    free = snapshot.free_megabytes(folder) if error.code.startswith("disk.") else 1
    if error.code != "disk.full" and (error.code != "disk.failed" or free):
        return error
    size = sum(file.stat().st_size for file in folder.glob(f"{DATA}*")) // snapshot.MEGABYTE
    return UserError("disk.full_room", path=str(folder), free=free, needed=max(size + 2, free + 1))


def holder_facts(holder: Holder) -> dict[str, object]:
    """The facts that sentences about another program need: who, host, since (Kyiv time)."""
    since = f"{kyiv(holder.since):%H:%M %d.%m.%Y}"
    return {"who": holder.user, "host": holder.host, "since": since, "kind": holder.kind, "pid": holder.pid}


@contextmanager
def told() -> Iterator[None]:
    """Faults of the file become a UserError with a code that has a sentence."""
    try:
        with storage_faults():
            yield
    except StorageError as fault:
        raise UserError(fault.code, **fault.facts) from fault


def change_setting(session: Session, option: Option[S], value: S) -> Outcome[S]:
    """Set one option; UserError "setting.limits" where it is outside its limits, "role.refused" (see Option.right)."""
    checked = option.checked(value)
    with session.act("change_setting", right=option.right, key=option.key) as act:
        if stores.settings.get(act.db, option.key) is None:
            stores.settings.add(act.db, [SettingRow(option.key, checked)])
        else:
            stores.settings.change(act.db, option.key, value=checked)
        act.touch(Touched.SETTINGS)
    return act.outcome(checked)
