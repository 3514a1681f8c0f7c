"""Making and opening a register: one folder, NAME.register, with the encrypted database and its key file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.opening import Access, Opening, refuse_network, unlock_slot
from coordinator.session import Clock, Session, told, utc_now
from coordinator.settings import TRAINING
from db import connection, keys, schema, stores
from db.connection import Database
from db.files import sync_folder
from db.ids import new_id
from db.journal import recording
from db.layout import DATA, KEYS, SUFFIX
from db.rows import ActionRow, SettingRow, UserRow

__all__ = ["SUFFIX", "Access", "check_passphrase", "create_register", "open_register", "open_unlocked", "unlock"]

MIN_PASSPHRASE = 8


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
    refuse_network(folder.parent)
    key, first = keys.new_key(), UserRow(new_id(), user, Role.COORDINATOR.value)
    with told(), _whole_or_not_there(folder) as draft:
        keys.save_slots(draft / KEYS, [keys.make_slot(key, passphrase, first.id)])
        action = ActionRow(new_id(), "create_register", {}, clock(), user)
        _fill(connection.create(draft / DATA, key), training, first, action)
    return Opening(Keyring(folder, key), first.id, access, clock).session()


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

    Where it cannot be written (another window has it, a newer program wrote it, its folder is read-only, it is a
    copy, its migration failed), the session is read-only and says why. Raises UserError: "register.not_found",
    "register.no_keys", "register.wrong_passphrase" (`wait`: seconds until the next try is heard), "register.wait",
    "register.user_removed", "register.user_unknown", "register.damaged", "register.network_drive" …
    """
    keyring, owner = unlock(folder, passphrase, clock)
    return open_unlocked(keyring, owner, access=access, clock=clock, migrations=migrations)


def open_unlocked(
    keyring: Keyring, owner: str, *, access: Access, clock: Clock = utc_now, migrations: Path = schema.FOLDER
) -> Session:
    """Open the register of a keyring for the user `owner`: after a restore nobody is asked again."""
    return Opening(keyring, owner, access, clock, migrations).session()


def unlock(folder: Path, passphrase: str, clock: Clock = utc_now) -> tuple[Keyring, str]:
    """The key of a register and the id of the user whose passphrase this is; the database is not touched.

    Raises UserError as `open_register`.
    """
    return unlock_slot(register_folder(folder), passphrase, keys.PASSPHRASE, clock)
