"""Which copies stay, and what makers that died have left. Only what is proved to be a copy of ours is let go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from coordinator.copies.card import info_of, is_as_made, list_copies, tag_of
from coordinator.domain.keeping import Made, kept
from db import occupancy
from db.errors import StorageError
from db.files import sync_folder
from db.ids import new_id

_LOCK = "making.lock"
_YOUNG = timedelta(minutes=1)


def thin_out(into: Path, key: bytes, now: datetime, newest: Path) -> None:
    """Let go of the copies of this register that need not be kept; never of `newest` or of one that was changed."""
    own = tag_of(key)
    whole = [copy for copy in list_copies(into) if not copy.fault and copy.register == own]
    staying = kept([Made(copy.path.name, copy.made_at, copy.why) for copy in whole], now) | {newest.name}
    for copy in whole:
        if copy.path.name not in staying:
            let_go(copy.path, key)


def let_go(path: Path, key: bytes) -> bool:
    """Remove a copy, unless it was worked in or somebody has it open. Returns whether it is gone."""
    with suppress(OSError):
        if is_as_made(info_of(path), key) and not in_use(path):
            remove(path)
    return not path.exists()


def remove(path: Path) -> None:
    """Remove a folder under another name: a death in between must not leave half a copy that looks like one."""
    going = path.with_name(f".{path.name}.part")
    path.rename(going)
    shutil.rmtree(going, ignore_errors=True)


def in_use(folder: Path) -> bool:
    """Has a process that can write this register open? Where that cannot be found out: yes."""
    try:
        window = occupancy.take_window(folder)
        if window is None:
            return True
        try:
            return bool(occupancy.holders(folder, b""))
        finally:
            window.release()
    except OSError:
        return True


def being_made(into: Path) -> bool:
    """Does somebody fill a copy in this folder now?"""
    with suppress(OSError):
        return any(not _is_left(draft) for draft in into.glob(".*.part") if draft.is_dir())
    return False


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
