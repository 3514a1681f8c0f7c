"""The key file of a register that has lost its own, taken from one of its copies."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from coordinator.errors import UserError
from coordinator.files import write_atomically
from coordinator.patience import begin_try
from coordinator.session import Clock, told, utc_now
from db import keys
from db.connection import open_existing
from db.errors import StorageError
from db.layout import DATA, KEYS

_SALT = 16
"""Bytes at the head of the data file, which all copies of a register share."""


def put_keys_back(folder: Path, copy: Path, passphrase: str, clock: Clock = utc_now) -> None:
    """Give the register in `folder` the key file of `copy`: the passphrases are those of that moment then.

    One of them has to be known. A key file that cannot be read is kept beside as keys-unreadable.json. Who was removed
    from the register since stays out: the data say so. Raises UserError "keys.there" where the register's own can be
    read, "copy.no_keys", "register.keys_damaged", "register.wait", "register.wrong_passphrase", "keys.of_other".
    """
    _refuse_where_there_are(folder)
    if not (copy / KEYS).is_file():
        raise UserError("copy.no_keys", path=os.fspath(copy))
    with told():
        slots = keys.load_slots(copy / KEYS)
        attempt = begin_try(folder, clock())
        opened = keys.unwrap(slots, passphrase)
        if opened is None:
            raise UserError("register.wrong_passphrase", wait=attempt.wait)
        attempt.was_right()
        if not _belongs(folder, copy, opened[0]):
            raise UserError("keys.of_other", path=os.fspath(copy))
        with suppress(FileNotFoundError):
            os.replace(folder / KEYS, folder / "keys-unreadable.json")
        write_atomically(folder / KEYS, (copy / KEYS).read_bytes())


def _refuse_where_there_are(folder: Path) -> None:
    try:
        keys.load_slots(folder / KEYS)
    except StorageError as fault:
        if fault.code == "register.newer":
            raise UserError(fault.code, **fault.facts) from fault
        return
    raise UserError("keys.there", path=os.fspath(folder))


def _belongs(folder: Path, copy: Path, key: bytes) -> bool:
    """Whether the key opens the data; of damaged ones, whether they begin as those of the copy do."""
    try:
        open_existing(folder / DATA, key, read_only=True).close()
    except StorageError:
        with suppress(OSError):
            return (folder / DATA).read_bytes()[:_SALT] == (copy / DATA).read_bytes()[:_SALT]
        return False
    return True
