"""Verified copies of a register: data and keys together in a folder that opens like any register.

A copy carries a card, copy.json, that says without personal data when and why it was made and what it holds. It is
made under another name and gets its own at the very end: a copy is whole or not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from coordinator.domain.keeping import Made, kept
from db import keys, medium, snapshot
from db.connection import Database, open_existing
from db.errors import StorageError
from db.files import sync_file, sync_folder, write_atomically
from db.ids import new_id
from db.snapshot import Tally

DATA, KEYS, CARD = "register.db", "keys.json", "copy.json"
LOG = DATA + "-wal"
SUFFIX = ".register"
NO_KEYS, NO_DATA, CHANGED = "copy.no_keys", "copy.no_data", "copy.changed"
_LOCK = "making.lock"
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-(.+?)(\.register)?")
_MOMENT = "%Y%m%d-%H%M%S-%f"
_YOUNG = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CopyInfo:
    """One copy as its card tells it; copies of older versions have none, so their counts are None.

    `made_at` in UTC; `why` "start", "changed", "asked", "before-import" …; `size` in bytes; `fault` "" or a code:
    without its keys, without its data, or its data is not of the size that the card says.
    """

    path: Path
    made_at: datetime
    why: str
    size: int
    fault: str = ""
    tally: Tally | None = None
    register: str = ""
    """The same for all copies of one register: two may share a stick and a name."""

    @property
    def households(self) -> int | None:
        return None if self.tally is None else self.tally.households

    @property
    def people(self) -> int | None:
        return None if self.tally is None else self.tally.people

    @property
    def events(self) -> int | None:
        return None if self.tally is None else self.tally.events


def make_copy(folder: Path, key: bytes, into: Path, why: str, now: datetime) -> Path:
    """Copy the register in `folder` to a new folder under `into`, and let the copies go that are too many there.

    Opens a connection of its own: nobody who writes is kept waiting. Raises StorageError: "disk.full_backup",
    "register.damaged", "register.keys_damaged", "backup.failed" …; `into` is then as before.
    """
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(into)
    path = write_copy(folder, key, free_name(into, why, now), why, now)
    thin_out(into, now, path)
    return path


def write_copy(folder: Path, key: bytes, target: Path, why: str, now: datetime) -> Path:
    """Copy the register in `folder` to the folder `target`, which must not exist. Raises as `make_copy`."""
    with filling(target) as draft, _original(folder, key, draft) as database:
        _fill(draft, database, folder, key, why, now)
    return target


def copy_held(database: Database, folder: Path, key: bytes, into: Path, why: str, now: datetime) -> Path:
    """As `make_copy`, through a connection that keeps all others out."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(into)
    target = free_name(into, why, now)
    with filling(target) as draft:
        _fill(draft, database, folder, key, why, now)
    return target


def _fill(draft: Path, database: Database, folder: Path, key: bytes, why: str, now: datetime) -> None:
    tally = snapshot.copy_verified(database, key, draft / DATA)
    keys.load_slots(folder / KEYS)
    write_atomically(draft / KEYS, (folder / KEYS).read_bytes())
    write_card(draft, key, why, now, tally)


def copy_on(copy: Path, key: bytes, into: Path, now: datetime) -> Path:
    """Carry a finished copy to another folder of copies: written there, read again, checked, counted."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(into)
    target = into / copy.name
    if not target.exists():
        needed = sum(file.stat().st_size for file in copy.iterdir() if file.is_file())
        snapshot.refuse_full(into, needed)
        with filling(target) as draft:
            for file in copy.iterdir():
                if file.name in (DATA, KEYS, CARD):
                    copy_file(file, draft / file.name)
            snapshot.prove_like(draft / DATA, copy / DATA, key)
    thin_out(into, now, target)
    return target


def list_copies(into: Path) -> list[CopyInfo]:
    """The copies in a folder of copies, the newest first; those that are not whole are told as such."""
    try:
        entries = list(into.iterdir())
    except OSError:
        return []
    found = [info_of(entry) for entry in entries if entry.is_dir() and _NAME.fullmatch(entry.name)]
    return sorted(found, key=lambda copy: (copy.made_at, copy.path.name), reverse=True)


def info_of(path: Path) -> CopyInfo:
    """What a folder says of itself as a copy; any register folder can be one."""
    card = _read_card(path)
    data = path / DATA
    size = data.stat().st_size if data.is_file() else 0
    fault = ""
    if not data.is_file():
        fault = NO_DATA
    elif not (path / KEYS).is_file():
        fault = NO_KEYS
    elif "size" in card and card["size"] != size and not (path / LOG).exists():
        fault = CHANGED
    named = _NAME.fullmatch(path.name)
    why = named[2] if named else str(card.get("why", ""))
    return CopyInfo(path, _made_at(path, card), why, size, fault, _tally_of(card), str(card.get("register", "")))


def sweep(into: Path) -> None:
    """Remove what a maker that died has left half made."""
    with suppress(OSError):
        for draft in into.glob(".*.part"):
            remove_if_left(draft)


def remove_if_left(draft: Path) -> None:
    """Remove a half made copy whose maker is no more."""
    with suppress(OSError):
        if draft.is_dir() and _is_left(draft):
            shutil.rmtree(draft, ignore_errors=True)


def thin_out(into: Path, now: datetime, newest: Path) -> None:
    """Let go of the copies that need not be kept; never of `newest`, never of one that is not whole."""
    own = info_of(newest).register
    whole = [copy for copy in list_copies(into) if not copy.fault and copy.register in ("", own)]
    staying = kept([Made(copy.path.name, copy.made_at, copy.why) for copy in whole], now) | {newest.name}
    for copy in whole:
        if copy.path.name not in staying:
            _remove(copy.path)


def _remove(path: Path) -> None:
    # Under another name first: a death in between must not leave half a copy that looks like one.
    going = path.with_name(f".{path.name}.part")
    with suppress(OSError):
        path.rename(going)
        shutil.rmtree(going, ignore_errors=True)


@contextmanager
def _original(folder: Path, key: bytes, draft: Path) -> Iterator[Database]:
    """The register to copy. Where its folder cannot be written, a raw copy of its files is opened instead."""
    source = folder
    if not medium.can_write(folder):
        source = draft / "raw"
        source.mkdir(mode=0o700)
        for name in (DATA, LOG):
            if (folder / name).exists():
                copy_file(folder / name, source / name)
    database = open_existing(source / DATA, key, read_only=True)
    try:
        yield database
    finally:
        database.close()
        if source != folder:
            shutil.rmtree(source)


@contextmanager
def filling(target: Path) -> Iterator[Path]:
    """A folder to fill beside `target`, which takes its name at the end; where something goes wrong it is removed."""
    if target.exists():
        raise StorageError("copy.exists", path=os.fspath(target))
    with workshop(target) as draft:
        yield draft
        (draft / _LOCK).unlink(missing_ok=True)
        sync_folder(draft)
        draft.rename(target)
        sync_folder(target.parent)


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A folder beside `target` for what is half made, gone at the end. A lock in it says that its maker lives."""
    draft = target.with_name(f".{target.name}-{new_id()[-8:]}.part")
    draft.mkdir(mode=0o700)
    lock = FileLock(draft / _LOCK, timeout=0, thread_local=False, mode=0o600, fallback_to_soft=False)
    try:
        with suppress(OSError, NotImplementedError):
            lock.acquire()
        yield draft
    finally:
        lock.release()
        shutil.rmtree(draft, ignore_errors=True)


def copy_file(source: Path, target: Path) -> None:
    """Byte by byte, for its owner only, on the disk when this returns."""
    target.touch(0o600)
    shutil.copyfile(source, target)
    sync_file(target)


def _is_left(draft: Path) -> bool:
    if not (draft / _LOCK).exists():
        # Its maker may be about to lock it, or to give it its name.
        return abs(datetime.now().timestamp() - draft.stat().st_mtime) > _YOUNG.total_seconds()
    lock = FileLock(draft / _LOCK, timeout=0, thread_local=False, mode=0o600, fallback_to_soft=False)
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError):
        return False
    lock.release()
    return True


def free_name(into: Path, why: str, now: datetime) -> Path:
    """The folder that a copy made now shall have; a name not taken yet."""
    moment = now.astimezone(UTC)
    while (target := into / f"{moment:{_MOMENT}}-{why}{SUFFIX}").exists():
        moment += timedelta(microseconds=1)
    return target


def write_card(folder: Path, key: bytes, why: str, now: datetime, tally: Tally) -> None:
    """What `info_of` reads; nothing in it tells of people or of the key."""
    card: dict[str, Any] = {"format": 1, "made_at": now.astimezone(UTC).isoformat(), "why": why}
    card |= {"register": tag_of(key), "size": (folder / DATA).stat().st_size, **tally._asdict()}
    write_atomically(folder / CARD, json.dumps(card, indent=1).encode())


def tag_of(key: bytes, what: bytes = b"register") -> str:
    """A mark that only the holder of the key can make, and that does not give it away."""
    return hashlib.blake2b(what, key=key, digest_size=8).hexdigest()


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads((path / CARD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return card if isinstance(card, dict) else {}


def _tally_of(card: dict[str, Any]) -> Tally | None:
    try:
        tally = Tally(**{name: card[name] for name in Tally._fields})
    except KeyError:
        return None
    whole = (tally.households, tally.people, tally.events, tally.change)
    return tally if all(type(number) is int for number in whole) else None


def _made_at(path: Path, card: dict[str, Any]) -> datetime:
    named = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        if named:
            return datetime.strptime(named[1], _MOMENT).replace(tzinfo=UTC)
    with suppress(ValueError, KeyError, TypeError):
        return datetime.fromisoformat(card["made_at"]).astimezone(UTC)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def same_state(copy: CopyInfo, tally: Tally, key_file: bytes) -> bool:
    """Does this copy hold just this state of the register, with these keys?"""
    if copy.fault or copy.tally is None or (copy.tally.change, copy.tally.action) != (tally.change, tally.action):
        return False
    try:
        return (copy.path / KEYS).read_bytes() == key_file
    except OSError:
        return False
