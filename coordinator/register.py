"""Making and opening a register: one folder, NAME.register, with the encrypted database and its key file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from coordinator import copies
from coordinator.domain.roles import Right, Role
from coordinator.errors import UserError
from coordinator.keyring import FILE as KEYS
from coordinator.keyring import Keyring
from coordinator.patience import forget_failures, note_failure, require_patience
from coordinator.recovery_code import normal
from coordinator.session import Clock, Hold, Notice, ReadOnly, Session, Who, holder_facts, told, utc_now, with_room
from coordinator.settings import TRAINING
from db import connection, keys, medium, occupancy, schema, stores
from db.connection import Database
from db.errors import StorageError
from db.files import sync_folder
from db.ids import new_id
from db.journal import recording
from db.rows import ActionRow, SettingRow, UserRow

DATA = "register.db"
LOG = "register.db-wal"
SUFFIX = ".register"
MIN_PASSPHRASE = 8


class Access(StrEnum):
    """WINDOW: the one writing window. COMMAND: writes beside a window. READ: only looks."""

    WINDOW = "window"
    COMMAND = "command"
    READ = "read"


def register_folder(path: Path) -> Path:
    """The folder that a name stands for: "centre" and "centre.register" are the same register.

    UserError "register.no_name" for a path that names nothing to make, such as "." or "/".
    """
    if not path.name:
        raise UserError("register.no_name", path=os.fspath(path))
    return path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX)


def check_passphrase(passphrase: str) -> None:
    """UserError "register.short_passphrase" for one that is too short, an empty one included."""
    if len(passphrase.strip()) < MIN_PASSPHRASE:
        raise UserError("register.short_passphrase", least=MIN_PASSPHRASE)


def create_register(
    folder: Path,
    passphrase: str,
    *,
    user: str = "",
    training: bool = False,
    access: Access = Access.COMMAND,
    clock: Clock = utc_now,
) -> Session:
    """Make an empty register with the newest schema and open it; `user` becomes its first coordinator.

    Raises UserError: "register.exists" for any existing path, "register.short_passphrase", "register.network_drive".
    """
    folder = register_folder(folder)
    if folder.exists():
        raise UserError("register.exists", path=os.fspath(folder))
    check_passphrase(passphrase)
    _refuse_network(folder.parent)
    key, first = keys.new_key(), UserRow(new_id(), user, Role.COORDINATOR.value)
    with told(), _whole_or_not_there(folder) as draft:
        keys.save_slots(draft / KEYS, [keys.make_slot(key, passphrase, first.id)])
        action = ActionRow(new_id(), "create_register", {}, clock(), user)
        _fill(connection.create(draft / DATA, key), training, first, action)
    return _Opening(folder, Keyring(folder, key), first.id, access, clock).session()


@contextmanager
def _whole_or_not_there(folder: Path) -> Iterator[Path]:
    """A folder to fill beside `folder`, which takes its name at the end; where something goes wrong it is removed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}-{new_id()}")
    draft.mkdir(mode=0o700)
    try:
        yield draft
        draft.rename(folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(writer: Database, training: bool, first: UserRow, action: ActionRow) -> None:
    try:
        schema.migrate(writer)
        with recording(writer, action):
            stores.settings.add(writer, [SettingRow(TRAINING.key, training)])
            stores.users.add(writer, [first])
    finally:
        writer.close()


def open_register(
    folder: Path,
    passphrase: str,
    *,
    access: Access = Access.COMMAND,
    clock: Clock = utc_now,
    migrations: Path = schema.FOLDER,
) -> Session:
    """Open a register; the passphrase is tried on the key file before the database is touched.

    Where it cannot be written (another window has it, a newer program wrote it, its folder is read-only, its
    migration failed), the session is read-only and says why. Raises UserError: "register.not_found",
    "register.no_keys", "register.wrong_passphrase" (`wait`: seconds until the next try is heard), "register.wait",
    "register.user_removed", "register.damaged", "register.network_drive" …
    """
    keyring, owner = unlock(folder, passphrase, clock)
    return open_unlocked(keyring, owner, access=access, clock=clock, migrations=migrations)


def open_unlocked(
    keyring: Keyring, owner: str, *, access: Access, clock: Clock = utc_now, migrations: Path = schema.FOLDER
) -> Session:
    """Open the register of a keyring for the user `owner`: after a restore nobody is asked again."""
    return _Opening(keyring.folder, keyring, owner, access, clock, migrations).session()


def unlock(folder: Path, passphrase: str, clock: Clock = utc_now) -> tuple[Keyring, str]:
    """The key of a register and the id of the user whose passphrase this is; the database is not touched.

    Raises UserError as `open_register`.
    """
    return _unlock(register_folder(folder), passphrase, keys.PASSPHRASE, clock)


def people_of_code(folder: Path, code: str, *, clock: Clock = utc_now) -> list[tuple[str, str]]:
    """(id, name) of the users whose passphrase the recovery code can set anew, coordinators first.

    Raises UserError "register.wrong_code" (with `wait`) and as `open_register`.
    """
    keyring, _slot = _unlock(register_folder(folder), normal(code), keys.RECOVERY, clock)
    with _Opening(keyring.folder, keyring, "", Access.READ, clock).session() as session, session.reading() as db:
        rows = [row for row in _users(db) if row.active]
    order = list(Role)
    return [(row.id, row.name) for row in sorted(rows, key=lambda row: (order.index(Role(row.role)), row.name))]


def recover(
    folder: Path,
    code: str,
    user_id: str,
    new_passphrase: str,
    *,
    access: Access = Access.COMMAND,
    clock: Clock = utc_now,
) -> Session:
    """Give a user a new passphrase with the recovery code, and open the register for them.

    Raises UserError: "register.short_passphrase", "register.wrong_code", "users.passphrase_taken", "users.gone",
    and why the register can only be read.
    """
    check_passphrase(new_passphrase)
    keyring, _slot = _unlock(register_folder(folder), normal(code), keys.RECOVERY, clock)
    session = _Opening(keyring.folder, keyring, user_id, access, clock).session()
    try:
        # Looking is all the right that this needs: a viewer forgets passphrases too.
        with session.act("recover", right=Right.EXPORT_COUNTS, name=session.user) as act:
            row = stores.users.get(act.db, user_id)
            if row is None or not row.active:
                raise UserError("users.gone")
            if keyring.owner_of(new_passphrase) not in (None, user_id):
                raise UserError("users.passphrase_taken")
            keyring.put(user_id, new_passphrase)
    except BaseException:
        session.close()
        raise
    return session


def _unlock(folder: Path, secret: str, kind: str, clock: Clock) -> tuple[Keyring, str]:
    if not folder.is_dir():
        raise UserError("register.not_found", path=os.fspath(folder))
    _refuse_network(folder)
    require_patience(folder, clock())
    with told():
        opened = keys.unwrap(keys.load_slots(folder / KEYS), secret, kind)
    if opened is None:
        code = "register.wrong_passphrase" if kind == keys.PASSPHRASE else "register.wrong_code"
        raise UserError(code, wait=note_failure(folder, clock()))
    forget_failures(folder)
    key, slot = opened
    return Keyring(folder, key), slot.owner


def _refuse_network(folder: Path) -> None:
    if medium.on_network(folder):
        raise UserError("register.network_drive", path=os.fspath(folder))


@dataclass
class _Opening:
    """From a key to a session: locks, connections, migration, the user."""

    folder: Path
    keyring: Keyring
    owner: str
    access: Access
    clock: Clock
    migrations: Path = schema.FOLDER
    notices: list[Notice] = field(default_factory=list)

    def session(self) -> Session:
        try:
            with told():
                why = self._why_not_write()
                if why is not None:
                    return self._reading(why)
                return self._writing()
        except UserError as error:
            raise with_room(error, self.folder) from error.__cause__

    def _why_not_write(self) -> ReadOnly | None:
        if self.access is Access.READ:
            return ReadOnly("register.asked_read_only")
        if not medium.can_write(self.folder):
            return ReadOnly("register.folder_read_only", {"path": os.fspath(self.folder)})
        return None

    def _writing(self) -> Session:
        window = occupancy.take_window(self.folder) if self.access is Access.WINDOW else None
        if self.access is Access.WINDOW and window is None:
            return self._reading(self._held())
        try:
            died = occupancy.sweep(self.folder)
            if died and not (self.folder / LOG).exists():
                self.notices.append(("register.copied_without_wal", {"path": os.fspath(self.folder)}))
            writer = connection.open_existing(self.folder / DATA, self.keyring.key)
            try:
                return self._with_writer(writer, window)
            except BaseException:
                writer.close()
                raise
        except BaseException:
            if window is not None:
                window.release()
            raise

    def _with_writer(self, writer: Database, window: FileLock | None) -> Session:
        why = self._brought_up_to_date(writer)
        if why is not None:
            writer.close()
            if window is not None:
                window.release()
            return self._reading(why)
        who = self._first_user(writer) or self._who(writer)
        mark = occupancy.arrive(self.folder, self.keyring.key, self.access.value, who.name, self.clock())
        try:
            views = connection.open_existing(self.folder / DATA, self.keyring.key, read_only=True)
            hold = Hold(mark, window)
            return Session(self.keyring, views, who, self.clock, writer=writer, hold=hold, notices=tuple(self.notices))
        except BaseException:
            mark.leave()
            raise

    def _brought_up_to_date(self, writer: Database) -> ReadOnly | None:
        """Migrate, after a verified copy; where that cannot be done, why the file is only read."""
        if schema.is_newer(writer, self.migrations):
            return ReadOnly("register.newer_read_only")
        if not schema.pending(writer, self.migrations):
            return None
        from_copy = self._copy_before_migration()
        try:
            schema.migrate(writer, self.migrations)
        except Exception as fault:
            # Any fault of a script: its transaction is rolled back, and what was there can still be read.
            return ReadOnly("register.migration_failed", {"reason": str(fault), "copy": from_copy.name})
        return None

    def _copy_before_migration(self) -> Path:
        into = self.folder / "backups"
        return copies.make_copy(self.folder, self.keyring.key, into, "before-migration", self.clock())

    def _held(self) -> ReadOnly:
        holder = next(iter(occupancy.holders(self.folder, self.keyring.key)), None)
        if holder is None:
            return ReadOnly("register.held_unknown")
        code = "register.held" if holder.user else "register.held_unnamed"
        return ReadOnly(code, holder_facts(holder))

    def _reading(self, why: ReadOnly) -> Session:
        path = self.folder / DATA
        log = self.folder / LOG
        frozen = why.code == "register.folder_read_only" and not (log.exists() and log.stat().st_size)
        views = connection.open_existing(path, self.keyring.key, read_only=True, immutable=frozen)
        try:
            who = self._who(views)
            return Session(self.keyring, views, who, self.clock, read_only=why, notices=tuple(self.notices))
        except BaseException:
            views.close()
            raise

    def _first_user(self, writer: Database) -> Who | None:
        """A register of the first schema knew nobody: who opens it first becomes its coordinator."""
        if stores.users.all(writer):
            return None
        row = UserRow(self.owner, "", Role.COORDINATOR.value)
        with recording(writer, ActionRow(new_id(), "first_user", {}, self.clock(), "")):
            stores.users.add(writer, [row])
        return Who(row.id, row.name, Role.COORDINATOR)

    def _who(self, db: Database) -> Who:
        rows = _users(db)
        found = next((row for row in rows if row.id == self.owner), None)
        if found is None:
            return Who(self.owner, "", self._role_of_nobody(rows))
        if not found.active:
            raise StorageError("register.user_removed")
        return Who(found.id, found.name, Role(found.role))

    def _role_of_nobody(self, rows: list[UserRow]) -> Role:
        """A key whose user is not known may look; where no coordinator has a key any more, it may do all."""
        owners = self.keyring.owners()
        coordinators = {row.id for row in rows if row.active and row.role == Role.COORDINATOR}
        return Role.VIEWER if coordinators & owners else Role.COORDINATOR


def _users(db: Database) -> list[UserRow]:
    """All users; none in a register of the first schema that was not migrated."""
    return stores.users.all(db) if db.table_exists("user") else []
