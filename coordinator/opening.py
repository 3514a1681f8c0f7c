"""From a passphrase to a session: the slot, locks and marks, connections, migration, and who it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from coordinator import copies
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.patience import begin_try
from coordinator.session import Clock, Hold, Notice, ReadOnly, Session, Who, holder_facts, told, with_room
from db import connection, keys, medium, occupancy, schema, stores
from db.connection import Database
from db.errors import StorageError
from db.ids import new_id
from db.journal import recording
from db.layout import BACKUPS, DATA, KEYS, LOG
from db.rows import ActionRow, UserRow

NOBODY = ""
"""The owner of the recovery code: it opens the file to look who there is, for no user."""


class Access(StrEnum):
    """WINDOW: the one writing window. COMMAND: writes beside a window. READ: only looks."""

    WINDOW = "window"
    COMMAND = "command"
    READ = "read"


def unlock_slot(folder: Path, secret: str, kind: str, clock: Clock) -> tuple[Keyring, str]:
    """The key of a register and the owner of the slot that `secret` opens; the database is not touched.

    Raises UserError "register.not_found", "register.network_drive", "register.wait", "register.wrong_passphrase" or
    "register.wrong_code" (with `wait`, seconds), and what is wrong with the key file.
    """
    if not folder.is_dir():
        raise UserError("register.not_found", path=os.fspath(folder))
    refuse_network(folder)
    with told():
        slots = keys.load_slots(folder / KEYS)
        attempt = begin_try(folder, clock())
        opened = keys.unwrap(slots, secret, kind)
    if opened is None:
        code = "register.wrong_passphrase" if kind == keys.PASSPHRASE else "register.wrong_code"
        raise UserError(code, wait=attempt.wait)
    attempt.was_right()
    key, slot = opened
    return Keyring(folder, key), slot.owner if kind == keys.PASSPHRASE else NOBODY


def refuse_network(folder: Path) -> None:
    """UserError "register.network_drive"."""
    if medium.on_network(folder):
        raise UserError("register.network_drive", path=os.fspath(folder))


@dataclass
class Opening:
    """One register being opened for `owner` (the id of a user)."""

    keyring: Keyring
    owner: str
    access: Access
    clock: Clock
    migrations: Path = schema.FOLDER
    notices: list[Notice] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.keyring.folder

    def session(self) -> Session:
        """Raises UserError; where the register cannot be written, the session is read-only and says why."""
        try:
            with told():
                why = self._why_not_write()
                if why is not None:
                    return self._reading(why)
                return self._writing()
        except UserError as error:
            told_with_room = with_room(error, self.folder)
            if told_with_room.code != "disk.full_room":
                raise told_with_room from error.__cause__
            return self._on_a_full_disk(told_with_room)

    def _on_a_full_disk(self, error: UserError) -> Session:
        """Looking needs no room, unless a log has to be read: its index needs some."""
        try:
            with told():
                return self._reading(ReadOnly("register.disk_full", error.facts))
        except UserError as fault:
            raise error from fault

    def _why_not_write(self) -> ReadOnly | None:
        if self.access is Access.READ:
            return ReadOnly("register.asked_read_only")
        if not medium.can_write(self.folder):
            return ReadOnly("register.folder_read_only", {"path": os.fspath(self.folder)})
        # The program lets old copies go: nobody may have worked in one.
        return ReadOnly("register.is_copy") if copies.is_copy(self.folder) else None

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
        if who.role is Role.COORDINATOR:
            self._drop_unknown_keys(writer, who)
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
        try:
            copy = copies.make_copy(
                self.folder, self.keyring.key, self.folder / BACKUPS, "before-migration", self.clock()
            )
        except StorageError as fault:
            return ReadOnly("register.not_migrated", {"reason": str(fault.facts.get("reason", fault.code))})
        try:
            schema.migrate(writer, self.migrations)
        except Exception as fault:
            # Any fault of a script: its transaction is rolled back, and what was there can still be read.
            return ReadOnly("register.migration_failed", {"reason": str(fault), "copy": copy.name})
        return None

    def _held(self) -> ReadOnly:
        holder = next(iter(occupancy.holders(self.folder, self.keyring.key)), None)
        if holder is None:
            return ReadOnly("register.held_unknown")
        code = "register.held" if holder.user else "register.held_unnamed"
        return ReadOnly(code, holder_facts(holder))

    def _reading(self, why: ReadOnly) -> Session:
        views = connection.open_existing(self.folder / DATA, self.keyring.key, read_only=True)
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

    def _drop_unknown_keys(self, writer: Database, who: Who) -> None:
        """Take away slots without a user: adding one was cut off, or the data are older than the key file."""
        if not self._unknown(writer):
            return
        action = ActionRow(new_id(), "drop_unknown_keys", {}, self.clock(), who.name)
        with self.keyring.with_action(), recording(writer, action):
            # Asked again inside: somebody may just be adding a user.
            for owner in self._unknown(writer) - {who.id}:
                self.keyring.take_away(owner)

    def _unknown(self, db: Database) -> set[str]:
        return self.keyring.owners() - {row.id for row in users_in(db)}

    def _who(self, db: Database) -> Who:
        if self.owner == NOBODY:
            return Who(NOBODY, "", Role.VIEWER)
        rows = users_in(db)
        found = next((row for row in rows if row.id == self.owner), None)
        if found is None:
            return self._who_nobody_knows(rows)
        if not found.active:
            raise StorageError("register.user_removed")
        return Who(found.id, found.name, Role(found.role))

    def _who_nobody_knows(self, rows: list[UserRow]) -> Who:
        """Refused, unless no coordinator has a key any more: then who has one may do all."""
        coordinators = {row.id for row in rows if row.active and row.role == Role.COORDINATOR}
        if coordinators & self.keyring.owners():
            raise StorageError("register.user_unknown")
        return Who(self.owner, "", Role.COORDINATOR)


def users_in(db: Database) -> list[UserRow]:
    """All users; none in a register of the first schema that was not migrated."""
    return stores.users.all(db) if db.table_exists("user") else []
