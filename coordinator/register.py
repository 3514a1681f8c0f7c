"""Making and opening a register: one folder, NAME.register, with the encrypted database and its key file."""

from __future__ import annotations

import os
from pathlib import Path

from coordinator.errors import UserError
from coordinator.session import Clock, Session, told, utc_now
from coordinator.settings import TRAINING
from db import connection, keys, schema, stores
from db.ids import new_id
from db.journal import recording
from db.rows import ActionRow, SettingRow

DATA = "register.db"
KEYS = "keys.json"
SUFFIX = ".register"
MIN_PASSPHRASE = 8


def register_folder(path: Path) -> Path:
    """The folder that a name stands for: "centre" and "centre.register" are the same register."""
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
        folder.mkdir(parents=True)
        keys.save_slots(folder / KEYS, [keys.make_slot(key, passphrase, user)])
        writer = connection.create(folder / DATA, key)
        schema.migrate(writer)
        with recording(writer, ActionRow(new_id(), "create_register", {}, clock(), user)):
            stores.settings.add(writer, [SettingRow(TRAINING.key, training)])
        views = connection.open_existing(folder / DATA, key, read_only=True)
    return Session(folder, writer, views, key, user, clock)


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
        writer = connection.open_existing(folder / DATA, key)
        schema.refuse_newer(writer, folder)
        session = Session(
            folder, writer, connection.open_existing(folder / DATA, key, read_only=True), key, slot.user, clock
        )
        if schema.pending(writer):
            session.safe_copy("before-migration")
            schema.migrate(writer)
    return session
