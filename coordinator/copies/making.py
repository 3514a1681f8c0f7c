"""Making copies: under another name, proved, and given their own name at the very end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coordinator.copies.card import CARD, MOMENT, CopyInfo, info_of, list_copies, same_state, write_card
from coordinator.copies.keeping import filling, sweep, thin_out
from db import keys, medium, snapshot
from db.connection import Ask, Database, nobody, open_existing
from db.errors import StorageError
from db.files import sync_file, write_atomically
from db.layout import DATA, KEYS, LOG, SUFFIX
from db.snapshot import Tally

_AGAIN = timedelta(milliseconds=1)


def make_copy(folder: Path, key: bytes, into: Path, why: str, now: datetime, ask: Ask = nobody) -> Path:
    """Copy the register in `folder` to a new folder under `into`, and let the copies go that are too many there.

    Opens a connection of its own: nobody who writes is kept waiting. Raises StorageError: "disk.full_backup",
    "register.damaged", "register.keys_damaged", "backup.failed" …, OSError, and what `ask`, called meanwhile, raises;
    `into` is then as before.
    """
    path = add_copy(folder, key, into, why, now, ask)
    thin_out(into, key, now, path)
    return path


def add_copy(folder: Path, key: bytes, into: Path, why: str, now: datetime, ask: Ask = nobody) -> Path:
    """As `make_copy`, and every copy that is in `into` stays: for a folder that a person named."""
    _prepare(into)
    path = free_name(into, why, now)
    with filling(path) as draft, _original(folder, key, draft) as database:
        counted = _fill(draft, database, folder, key, ask)
        write_card(draft, key, why, now, counted)
    return path


def write_register(folder: Path, key: bytes, target: Path) -> Tally:
    """Copy the register in `folder` to the folder `target`, which must not exist, as a register of its own.

    It carries no card, so it can be worked in. Raises as `make_copy`.
    """
    with filling(target) as draft, _original(folder, key, draft) as database:
        return _fill(draft, database, folder, key)


def copy_held(database: Database, folder: Path, key: bytes, into: Path, why: str, now: datetime) -> Path:
    """As `add_copy`, through a connection that keeps all others out."""
    _prepare(into)
    target = free_name(into, why, now)
    with filling(target) as draft:
        counted = _fill(draft, database, folder, key)
        write_card(draft, key, why, now, counted)
    return target


def copy_on(copy: Path, key: bytes, into: Path, now: datetime) -> Path:
    """Carry a finished copy to another folder of copies: written there, read again, checked, counted.

    One that is there already is read again; where it has gone bad it stays, and another is written beside it.
    """
    _prepare(into)
    made = info_of(copy)
    there = _proved(made, key, into)
    if there is None:
        snapshot.refuse_full(into, sum(file.stat().st_size for file in copy.iterdir() if file.is_file()))
        there = free_name(into, made.why, made.made_at)
        with filling(there) as draft:
            for name in (DATA, KEYS, CARD):
                if (copy / name).is_file():
                    copy_file(copy / name, draft / name)
            snapshot.prove_like(draft / DATA, copy / DATA, key)
    thin_out(into, key, now, there)
    return there


def _proved(made: CopyInfo, key: bytes, into: Path) -> Path | None:
    """This very copy in `into`, where it is still whole: read from its first page to its last."""
    if made.tally is None:
        return None
    key_file = (made.path / KEYS).read_bytes()
    for copy in list_copies(into):
        # One that was written again has the next free name, a millionth of a second on.
        this_one = copy.why == made.why and timedelta() <= copy.made_at - made.made_at < _AGAIN
        if this_one and same_state(copy, made.tally, key_file):
            try:
                snapshot.prove_like(copy.path / DATA, made.path / DATA, key)
            except StorageError:
                continue
            return copy.path
    return None


def _prepare(into: Path) -> None:
    # Without its parents: a register that was erased meanwhile must not come back as a folder.
    into.mkdir(mode=0o700, exist_ok=True)
    sweep(into)


def _fill(draft: Path, database: Database, folder: Path, key: bytes, ask: Ask = nobody) -> Tally:
    counted = snapshot.copy_verified(database, key, draft / DATA, ask)
    keys.load_slots(folder / KEYS)
    write_atomically(draft / KEYS, (folder / KEYS).read_bytes())
    return counted


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


def copy_file(source: Path, target: Path) -> None:
    """Byte by byte, for its owner only, on the disk when this returns."""
    target.touch(0o600)
    shutil.copyfile(source, target)
    sync_file(target)


def free_name(into: Path, why: str, now: datetime) -> Path:
    """The folder that a copy made now shall have; a name not taken yet."""
    moment = now.astimezone(UTC)
    while (target := into / f"{moment:{MOMENT}}-{why}{SUFFIX}").exists():
        moment += timedelta(microseconds=1)
    return target
