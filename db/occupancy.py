"""Who has a register open: the lock of the one writing window, and a mark of each process that can write.

Locks are the operating system's: it frees them when a process dies, so a stale one is simply taken over. A mark
tells who it is; the user's name in it is encrypted with the register's key. Marks go before the database is
closed: a stale mark beside a missing write-ahead log says that the folder was copied without that log.
"""

from __future__ import annotations

import base64
import json
import os
import platform
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from filelock import FileLock, Timeout

from db.files import write_atomically
from db.ids import new_id
from db.layout import LOG
from db.medium import can_write

WINDOW_LOCK = "window.lock"
_MARKS = "open-*.json"
_DRAFTS = (".keys-*.json", ".open-*.json", ".erasing-*.json", ".tries-*.json")
"""Files that db.files was about to put in place."""
_NONCE_BYTES = 12
_LITTER_AGE = timedelta(minutes=1)
_LOOK_SECONDS = 0.05
"""Longer than another process takes to look whether a mark is stale: for that it holds the mark's lock itself."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has the register open. `kind` "window" or "command"; `user` "" where it is not known."""

    kind: str
    host: str
    pid: int
    since: datetime
    user: str


class Mark:
    """That this process has the register open; `leave` before the database is closed."""

    def __init__(self, file: Path, lock: FileLock) -> None:
        self.file = file
        self._lock = lock

    def leave(self) -> None:
        with suppress(OSError):
            self.file.unlink(missing_ok=True)
        self._lock.release()
        with suppress(OSError):
            _lock_of(self.file).unlink(missing_ok=True)


def take_window(folder: Path) -> FileLock | None:
    """The lock of the writing window, or None where another window has it."""
    return _locked(folder / WINDOW_LOCK)


def arrive(folder: Path, key: bytes, kind: str, user: str, now: datetime) -> Mark:
    """Leave a mark; raises OSError where the folder cannot be written."""
    file = folder / f"open-{new_id()}.json"
    lock = _locked(_lock_of(file))
    if lock is None:
        raise OSError(f"{file.name} is locked")
    mark = Mark(file, lock)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, user.encode(), file.name.encode())
    said = {"kind": kind, "host": platform.node(), "pid": os.getpid(), "since": now.isoformat()}
    try:
        write_atomically(file, json.dumps({**said, "user": base64.b64encode(sealed).decode()}).encode())
    except BaseException:
        mark.leave()
        raise
    return mark


def holders(folder: Path, key: bytes, own: Mark | None = None) -> list[Holder]:
    """Who else has the register open, windows first; the marks of dead processes do not count."""
    found = []
    for file in folder.glob(_MARKS):
        if (own is None or file != own.file) and not _is_stale(file):
            holder = _read(file, key)
            if holder is not None:
                found.append(holder)
    return sorted(found, key=lambda holder: (holder.kind != "window", holder.since))


def sweep(folder: Path) -> bool:
    """Remove what dead processes left; True where there was a mark of one."""
    stale = [file for file in folder.glob(_MARKS) if _is_stale(file)]
    for file in stale:
        file.unlink(missing_ok=True)
        _lock_of(file).unlink(missing_ok=True)
    _sweep_litter(folder)
    return bool(stale)


def sweep_beside_log(folder: Path) -> None:
    """Sweep while the write-ahead log is there: who dies with it has lost nothing. Raises OSError."""
    if (folder / LOG).exists() and can_write(folder):
        sweep(folder)


def _sweep_litter(folder: Path) -> None:
    """What a process left that died while it wrote a file or its mark; young ones may be under way."""
    for draft in (entry for pattern in _DRAFTS for entry in folder.glob(pattern)):
        with suppress(OSError):
            if _is_old(draft):
                draft.unlink(missing_ok=True)
    for lock_file in folder.glob("open-*.lock"):
        with suppress(OSError):
            if _is_old(lock_file) and not lock_file.with_suffix(".json").exists() and (lock := _locked(lock_file)):
                lock.release()
                lock_file.unlink(missing_ok=True)


def _is_old(file: Path) -> bool:
    return datetime.now().timestamp() - file.stat().st_mtime > _LITTER_AGE.total_seconds()


def _is_stale(file: Path) -> bool:
    lock = _locked(_lock_of(file), _LOOK_SECONDS)
    if lock is None:
        return False
    lock.release()
    return True


def _locked(path: Path, patience: float = 0.0) -> FileLock | None:
    # A soft lock would outlive its process: better none, and told, than one that nobody frees.
    lock = FileLock(path, timeout=patience, thread_local=False, mode=0o600, fallback_to_soft=False)
    try:
        lock.acquire(poll_interval=_LOOK_SECONDS / 5)
    except Timeout:
        return None
    return lock


def _lock_of(mark: Path) -> Path:
    return mark.with_suffix(".lock")


def _read(file: Path, key: bytes) -> Holder | None:
    try:
        data = json.loads(file.read_text("utf-8"))
        since = datetime.fromisoformat(data["since"])
        return Holder(str(data["kind"]), str(data["host"]), int(data["pid"]), since, _user(data, file, key))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _user(data: dict[str, str], file: Path, key: bytes) -> str:
    sealed = base64.b64decode(data["user"])
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], file.name.encode()).decode()
    except (InvalidTag, ValueError):
        return ""
