"""The key of an open register and the slots that wrap it: what a session holds and forgets when it closes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coordinator.recovery_code import normal
from db import keys
from db.keys import PASSPHRASE, RECOVERY, Slot

FILE = "keys.json"


class Keyring:
    """Slots are read from the file each time: another program may have changed them.

    Change them inside an action only: its write lock keeps two programs from overwriting each other's slots.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key

    @property
    def key(self) -> bytes:
        """32 bytes; b"" once forgotten."""
        return self._key

    def forget(self) -> None:
        self._key = b""

    def slots(self) -> list[Slot]:
        """Raises StorageError where the key file is missing or damaged."""
        return keys.load_slots(self.folder / FILE)

    def save(self, slots: Iterable[Slot]) -> None:
        keys.save_slots(self.folder / FILE, list(slots))

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
