"""The key of an open register and the slots that wrap it: what a session holds and forgets when it closes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coordinator.recovery_code import normal
from db import keys
from db.files import sync_folder
from db.ids import new_id
from db.keys import PASSPHRASE, RECOVERY, Slot
from db.layout import KEYS


class Keyring:
    """Slots are read from the file each time: another program may have changed them.

    Change them inside an action only: its write lock keeps two programs from overwriting each other's slots.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key
        self._before: Path | None = None
        self._written = b""

    @property
    def key(self) -> bytes:
        """32 bytes; b"" once forgotten."""
        return self._key

    def forget(self) -> None:
        self._key = b""

    def slots(self) -> list[Slot]:
        """Raises StorageError where the key file is missing or damaged."""
        return keys.load_slots(self.folder / KEYS)

    @contextmanager
    def with_action(self) -> Iterator[None]:
        """Slots that the block saves go back where it fails: a full disk can refuse the entry in the history.

        The old file lies ready for that, since there may be no room to write it again.
        """
        self._before = self.folder / f".keys-{new_id()}.json"
        try:
            yield
        except BaseException:
            # The write lock is free again: what somebody else has written meanwhile stays.
            with suppress(OSError):
                if self._before.exists() and (self.folder / KEYS).read_bytes() == self._written:
                    os.replace(self._before, self.folder / KEYS)
                    sync_folder(self.folder)
            raise
        finally:
            with suppress(OSError):
                self._before.unlink(missing_ok=True)
            self._before = None

    def save(self, slots: Iterable[Slot]) -> None:
        path = self.folder / KEYS
        if self._before is not None and not self._before.exists():
            self._before.touch(0o600)
            self._before.write_bytes(path.read_bytes())
        keys.save_slots(path, list(slots))
        self._written = path.read_bytes()

    def owners(self) -> set[str]:
        """The ids of the users who have a passphrase."""
        return {slot.owner for slot in self.slots() if slot.kind == PASSPHRASE}

    def put(self, user_id: str, passphrase: str) -> None:
        """Give a user this passphrase instead of any other."""
        kept = [slot for slot in self.slots() if slot.kind != PASSPHRASE or slot.owner != user_id]
        self.save([*kept, keys.make_slot(self._key, passphrase, user_id)])

    def take_away(self, user_id: str) -> None:
        self.save(slot for slot in self.slots() if slot.kind != PASSPHRASE or slot.owner != user_id)

    def put_recovery(self, code: str) -> None:
        """Let this code open the register, and no earlier one."""
        kept = [slot for slot in self.slots() if slot.kind != RECOVERY]
        self.save([*kept, keys.make_slot(self._key, normal(code), "", RECOVERY)])

    def has_recovery(self) -> bool:
        return any(slot.kind == RECOVERY for slot in self.slots())

    def owner_of(self, passphrase: str) -> str | None:
        """The id of the user whom this passphrase opens for."""
        opened = keys.unwrap(self.slots(), passphrase)
        return None if opened is None else opened[1].owner
