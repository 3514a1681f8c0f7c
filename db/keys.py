"""The register's key and the slots that wrap it.

The database is encrypted with a random 256-bit key. keys.json holds slots: each wraps that key with a key
derived from a passphrase (Argon2id, RFC 9106 second recommended option) by AES-256-GCM. Another user, a
recovery code or a changed passphrase is another slot; the database itself is never re-encrypted.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from db.errors import StorageError
from db.files import write_atomically
from db.ids import new_id

PASSPHRASE, RECOVERY = "passphrase", "recovery"
KEY_BYTES = 32
FORMAT = 1
_MOST_ITERATIONS, _MOST_LANES, _MOST_MEMORY_KIB = 64, 64, 1024 * 1024
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16


class Cost(NamedTuple):
    """What it costs to try one passphrase; each slot keeps its own."""

    iterations: int
    lanes: int
    memory_kib: int


COST = Cost(3, 4, 64 * 1024)
"""Of new slots: the second recommended option of RFC 9106."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the key: whose it is, how the wrapping key is derived, and the wrapped key.

    `user` is an id, never a name: the key file can be read by whoever holds the folder. `kind` is PASSPHRASE or
    RECOVERY; the recovery code belongs to no user.
    """

    id: str
    user: str
    kind: str
    salt: bytes
    iterations: int
    lanes: int
    memory_kib: int
    nonce: bytes
    wrapped: bytes

    @property
    def owner(self) -> str:
        """The id of its user; registers of the first schema had one user without a name, known by the slot."""
        return self.user or self.id

    def to_json(self) -> dict[str, Any]:
        binary = {name: base64.b64encode(getattr(self, name)).decode() for name in ("salt", "nonce", "wrapped")}
        plain = {name: getattr(self, name) for name in ("id", "user", "kind", "iterations", "lanes", "memory_kib")}
        return {**plain, **binary}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Slot:
        """Raises ValueError, KeyError or TypeError for values that no slot can have, or that would take for ever."""
        lanes = _whole(data["lanes"], 1, _MOST_LANES)
        return cls(
            id=_text(data["id"]),
            user=_text(data["user"]),
            kind=_text(data["kind"]),
            salt=_bytes(data["salt"], _SALT_BYTES),
            iterations=_whole(data["iterations"], 1, _MOST_ITERATIONS),
            lanes=lanes,
            memory_kib=_whole(data["memory_kib"], 8 * lanes, _MOST_MEMORY_KIB),
            nonce=_bytes(data["nonce"], _NONCE_BYTES),
            wrapped=_bytes(data["wrapped"], KEY_BYTES + _TAG_BYTES),
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _bytes(value: object, size: int) -> bytes:
    decoded = base64.b64decode(_text(value), validate=True)
    if len(decoded) != size:
        raise ValueError(len(decoded))
    return decoded


def _whole(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def make_slot(key: bytes, passphrase: str, user: str, kind: str = PASSPHRASE) -> Slot:
    """Wrap `key` for `passphrase`; raises StorageError for an empty passphrase."""
    if not passphrase.strip():
        raise StorageError("register.empty_passphrase")
    salt, nonce, slot_id = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES), new_id()
    cost = COST
    wrapped = AESGCM(_derive(passphrase, salt, *cost)).encrypt(nonce, key, slot_id.encode())
    return Slot(slot_id, user, kind, salt, *cost, nonce, wrapped)


def unwrap(slots: list[Slot], passphrase: str, kind: str = PASSPHRASE) -> tuple[bytes, Slot] | None:
    """The key and the slot of this kind that `passphrase` opens, or None."""
    for slot in slots:
        if slot.kind != kind:
            continue
        wrapping = _derive(passphrase, slot.salt, slot.iterations, slot.lanes, slot.memory_kib)
        try:
            return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, slot.id.encode()), slot
        except InvalidTag:
            continue
    return None


def save_slots(path: Path, slots: list[Slot]) -> None:
    text = json.dumps({"format": FORMAT, "slots": [slot.to_json() for slot in slots]}, indent=1, ensure_ascii=False)
    write_atomically(path, text.encode())


def load_slots(path: Path) -> list[Slot]:
    """The slots of a key file; raises StorageError where it is missing, newer or damaged."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["format"] > FORMAT:
            raise StorageError("register.newer", path=os.fspath(path.parent))
        return [Slot.from_json(slot) for slot in data["slots"]]
    except FileNotFoundError as fault:
        raise StorageError("register.no_keys", path=os.fspath(path.parent)) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise StorageError("register.keys_damaged", path=os.fspath(path.parent)) from fault


def _derive(passphrase: str, salt: bytes, iterations: int, lanes: int, memory_kib: int) -> bytes:
    # NFKC: the same passphrase typed on another keyboard or system gives the same bytes.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=iterations, lanes=lanes, memory_cost=memory_kib).derive(
        secret
    )
