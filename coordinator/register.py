"""Making and opening a register: one folder, NAME.register, with the encrypted database and its key file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coordinator.errors import UserError
from coordinator.session import Clock, Session, told, utc_now
from coordinator.settings import TRAINING
from db import connection, keys, schema, stores
from db.connection import Database
from db.files import sync_folder
from db.ids import new_id
from db.journal import recording
from db.rows import ActionRow, SettingRow

DATA = "register.db"
KEYS = "keys.json"
SUFFIX = ".register"
MIN_PASSPHRASE = 8


def register_folder(path: Path) -> Path:
    """The folder that a name stands for: "centre" and "centre.register" are the same register.

    UserError "register.no_name" for a path that names nothing to make, such as "." or "/".
    """
    if not path.name:
        raise UserError("register.no_name", path=os.fspath(path))
    return path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX)


def create_register(
    folder: Path, passphrase: str, *, user: str = "", training: bool = False, clock: Clock = utc_now
) -> Session:
    """Make an empty register with the newest schema and open it.

    Raises UserError: "register.exists" for any existing path, "register.short_passphrase".
    """
    folder = register_folder(folder)
    if folder.exists():
        raise UserError("register.exists", path=os.fspath(folder))
    if len(passphrase.strip()) < MIN_PASSPHRASE:
        raise UserError("register.short_passphrase", least=MIN_PASSPHRASE)
    key = keys.new_key()
    with told():
        with _whole_or_not_there(folder) as draft:
            keys.save_slots(draft / KEYS, [keys.make_slot(key, passphrase, user)])
            action = ActionRow(new_id(), "create_register", {}, clock(), user)
            _fill(connection.create(draft / DATA, key), training, action)
        writer, views = _open(folder, key)
    return Session(folder, writer, views, key, user, clock)


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


def _fill(writer: Database, training: bool, action: ActionRow) -> None:
    try:
        schema.migrate(writer)
        with recording(writer, action):
            stores.settings.add(writer, [SettingRow(TRAINING.key, training)])
    finally:
        writer.close()


def _open(folder: Path, key: bytes) -> tuple[Database, Database]:
    """The connection that writes and the one that reads."""
    writer = connection.open_existing(folder / DATA, key)
    try:
        schema.refuse_newer(writer, folder)
        return writer, connection.open_existing(folder / DATA, key, read_only=True)
    except BaseException:
        writer.close()
        raise


def open_register(folder: Path, passphrase: str, *, clock: Clock = utc_now) -> Session:
    """Open a register; the passphrase is tried on the key file before the database is touched.

    Raises UserError: "register.not_found", "register.no_keys", "register.wrong_passphrase", "register.damaged" …
    """
    folder = register_folder(folder)
    if not folder.is_dir():
        raise UserError("register.not_found", path=os.fspath(folder))
    with told():
        opened = keys.unwrap(keys.load_slots(folder / KEYS), passphrase)
        if opened is None:
            raise UserError("register.wrong_passphrase")
        key, slot = opened
        writer, views = _open(folder, key)
        session = Session(folder, writer, views, key, slot.user, clock)
        if schema.pending(writer):
            session.safe_copy("before-migration")
            schema.migrate(writer)
    return session
