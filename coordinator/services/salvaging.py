"""A damaged register: what can be read of it becomes a copy, which is restored like any other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from coordinator import copies
from coordinator.copies import CopyInfo
from coordinator.errors import UserError
from coordinator.services.replacing import who_restores
from coordinator.session import Clock, told, utc_now
from db import keys, snapshot
from db import salvage as reading
from db.connection import open_existing, refuse_plaintext
from db.errors import StorageError
from db.ids import new_id
from db.journal import recording
from db.layout import BACKUPS, DATA, KEYS, LOG
from db.rows import ActionRow
from db.salvage import TableRead

__all__ = ["Salvaged", "TableRead", "salvage"]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The new copy, and of each table how many rows were read, lost, and left out with what they belonged to."""

    copy: CopyInfo
    tables: tuple[TableRead, ...]

    @property
    def read(self) -> int:
        return sum(table.read - table.left_out for table in self.tables)

    @property
    def lost(self) -> int:
        return sum(table.lost for table in self.tables)

    @property
    def left_out(self) -> int:
        return sum(table.left_out for table in self.tables)


def salvage(folder: Path, key: bytes, owner: str, clock: Clock = utc_now) -> Salvaged:
    """Write what can be read of the register in `folder` to a new copy "…-salvaged" among its copies.

    The register itself is only read, byte by byte. `owner` is the id of the user whose key it is: as a restore, this
    is for coordinators. UserError "salvage.nothing", "register.no_data", "register.plaintext", "disk.full_backup",
    and of `who_restores`.
    """
    now, into = clock(), folder / BACKUPS
    data = folder / DATA
    if not data.is_file():
        raise UserError("register.no_data", path=str(folder))
    with told():
        refuse_plaintext(data)
        _users, who = who_restores(folder, key, owner)
        into.mkdir(mode=0o700, exist_ok=True)
        copies.sweep(into)
        snapshot.refuse_full(into, 2 * data.stat().st_size)
        target = copies.free_name(into, "salvaged", now)
        with copies.filling(target) as draft:
            tables = _read(folder, key, draft)
            keys.load_slots(folder / KEYS)
            copies.copy_file(folder / KEYS, draft / KEYS)
            _finish(draft, key, tables, who, clock)
        copies.thin_out(into, key, now, target)
    return Salvaged(copies.info_of(target), tuple(tables))


def _read(folder: Path, key: bytes, draft: Path) -> list[TableRead]:
    raw = draft / "raw"
    raw.mkdir(mode=0o700)
    for name in (DATA, LOG):
        if (folder / name).exists():
            copies.copy_file(folder / name, raw / name)
    try:
        tables = reading.salvage(raw / DATA, key, draft / DATA)
    except StorageError as fault:
        raise StorageError(fault.code, **{**fault.facts, "path": str(folder)}) from fault
    shutil.rmtree(raw)
    return tables


def _finish(draft: Path, key: bytes, tables: list[TableRead], who: str, clock: Clock) -> None:
    """Say in its own history what this file is, and prove it like any copy."""
    lost, left_out = sum(table.lost for table in tables), sum(table.left_out for table in tables)
    database = open_existing(draft / DATA, key)
    try:
        facts = {"lost": lost, "left_out": left_out}
        with recording(database, ActionRow(new_id(), "salvage", facts, clock(), who)):
            pass
        if not snapshot.is_whole(database):
            raise UserError("salvage.nothing", path=str(draft))
        tally = snapshot.tally(database)
        snapshot.settle(database)
    finally:
        database.close()
    refuse_plaintext(draft / DATA)
    copies.write_card(draft, key, "salvaged", clock(), tally)
