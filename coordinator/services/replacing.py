"""The steps of a restore that touch the files. Its caller keeps everybody else out."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coordinator import copies
from coordinator.copies import CopyInfo
from coordinator.domain.roles import Right, Role, may
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.session import told
from db import journal, schema, snapshot, stores
from db.connection import Database, open_existing
from db.errors import StorageError
from db.files import sync_folder
from db.ids import new_id
from db.layout import BACKUPS, DATA, KEYS, LOG, SET_ASIDE
from db.rows import ActionRow, DraftRow, UserRow


@dataclass(frozen=True, slots=True)
class Replacing:
    """One restore: of which register, from which copy, with the users as they are now, by whom and when."""

    folder: Path
    key: bytes
    copy: CopyInfo
    users: list[UserRow]
    who: str
    now: datetime

    def of_whole(self, current: Database, draft: Path) -> Path:
        """Set a verified copy aside, then give the open file new content in one transaction of the engine."""
        aside = copies.copy_held(current, self.folder, self.key, self.folder / BACKUPS, "before-restore", self.now)
        drafts = stores.drafts.all(current) if current.table_exists("draft") else []
        prepared = self._prepare(draft, drafts)
        try:
            snapshot.refuse_full(self.folder, snapshot.size_of_content(prepared))
            snapshot.replace_content(current, prepared)
            if snapshot.tally(current) != snapshot.tally(prepared):
                raise StorageError("backup.failed", path=str(self.folder), reason="count")
        finally:
            prepared.close()
        current.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        copies.thin_out(self.folder / BACKUPS, self.key, self.now, aside)
        return aside

    def of_damaged(self, draft: Path) -> Path:
        """Set the files aside untouched, then move the new one into their place.

        A death in between leaves the damaged file without its log; both lie together in what was set aside.
        """
        snapshot.settle(self._prepare(draft, []))
        aside = self._set_aside()
        for name in (LOG, f"{DATA}-shm", f"{DATA}-journal"):
            # A log that stayed would be played into the new file.
            (self.folder / name).unlink(missing_ok=True)
        sync_folder(self.folder)
        os.replace(draft / DATA, self.folder / DATA)
        sync_folder(self.folder)
        return aside

    def _prepare(self, draft: Path, drafts: list[DraftRow]) -> Database:
        """The copy as it shall be: of this schema, with the users of now, and with the action that says so."""
        for name in (DATA, LOG):
            if (self.copy.path / name).exists():
                copies.copy_file(self.copy.path / name, draft / name)
        database = open_existing(draft / DATA, self.key)
        try:
            schema.migrate(database)
            facts = {"made_at": self.copy.made_at.isoformat(), "why": self.copy.why}
            with journal.recording(database, ActionRow(new_id(), "restore", facts, self.now, self.who)):
                _keep_users(database, self.users)
            with database.atomic():
                known = {row.id for row in stores.drafts.all(database)}
                stores.drafts.add(database, [row for row in drafts if row.id not in known])
            if not snapshot.is_whole(database):
                raise StorageError("copy.damaged", path=str(self.copy.path))
        except BaseException:
            database.close()
            raise
        return database

    def _set_aside(self) -> Path:
        """A second name for the files as they are, or a copy where the disk knows no second names.

        They stay until a person lets old copies go, or the register is erased.
        """
        aside = self.folder / f"{SET_ASIDE}{self.now.astimezone(UTC):%Y%m%d-%H%M%S-%f}"
        aside.mkdir(mode=0o700)
        for name in (DATA, LOG):
            if (self.folder / name).exists():
                try:
                    os.link(self.folder / name, aside / name)
                except OSError:
                    copies.copy_file(self.folder / name, aside / name)
        if (self.folder / KEYS).exists():
            copies.copy_file(self.folder / KEYS, aside / KEYS)
        copies.write_card(aside, self.key, "set-aside", self.now, None)
        sync_folder(aside)
        sync_folder(self.folder)
        return aside


def _keep_users(database: Database, users: list[UserRow]) -> None:
    """Who may open the register is as it is now: a restore takes no key's owner away and gives none a role again."""
    known = {row.id: row for row in stores.users.all(database)}
    stores.users.add(database, [row for row in users if row.id not in known])
    for row in users:
        if row.id in known and row != known[row.id]:
            stores.users.change(database, row.id, name=row.name, role=row.role, active=row.active)


def users_of(folder: Path, key: bytes) -> list[UserRow]:
    """The users that the register or copy in `folder` knows; none where it cannot be read or knows nobody."""
    with suppress(Exception), told():
        database = open_existing(folder / DATA, key, read_only=True)
        try:
            return stores.users.all(database) if database.table_exists("user") else []
        finally:
            database.close()
    return []


def who_restores(folder: Path, key: bytes, owner: str, copy: Path | None = None) -> tuple[list[UserRow], str]:
    """The users as they are now and the name of who brings data back, by the id of their key's user.

    Where the register cannot be read any more, the users of the copy count. UserError "role.refused",
    "register.user_removed", and "register.user_unknown" for a key that nobody has in a register that can be read.
    """
    users = users_of(folder, key)
    found = next((row for row in users or (users_of(copy, key) if copy else []) if row.id == owner), None)
    if found is None:
        coordinators = {row.id for row in users if row.active and row.role == Role.COORDINATOR}
        # As at opening: where no coordinator has a key any more, who has one may do all.
        if coordinators & Keyring(folder, key).owners():
            raise UserError("register.user_unknown")
        return users, ""
    if not found.active:
        raise UserError("register.user_removed")
    if not may(Role(found.role), Right.RESTORE):
        raise UserError("role.refused", role=found.role, right=Right.RESTORE.value)
    return users, found.name
