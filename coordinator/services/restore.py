"""A copy in the place of the register: what would change, shown first, and the change itself.

What was there is set aside before anything is replaced. Keys and users stay as they are now: a copy brings back
the data, not who may open it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coordinator import copies
from coordinator.copies import CopyInfo
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.register import Access, open_unlocked
from coordinator.services.replacing import Replacing, who_restores
from coordinator.session import Clock, Session, holder_facts, told, utc_now
from db import compare, occupancy, schema, snapshot
from db.connection import Database, open_existing
from db.errors import StorageError
from db.layout import BACKUPS, DATA
from db.occupancy import Holder

LAST_SHOWN = 8
_SALT = 16


@dataclass(frozen=True, slots=True)
class Count:
    """`what`: "households", "people", "events" or "trips". `now` None where the register cannot be read."""

    what: str
    now: int | None
    then: int


@dataclass(frozen=True, slots=True)
class Done:
    """An action that the copy does not know, by label and facts as resources.messages words it."""

    label: str
    facts: dict[str, object]
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TableDifference:
    """Rows of a table that would be lost, that would come back, and that would get their earlier values."""

    table: str
    lost: int
    back: int
    changed: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a restore would change. `readable` False: the register cannot be read, so only the copy is counted.

    `actions`: how many were done since the copy was made, `last` the last of them, newest first.
    """

    copy: CopyInfo
    readable: bool
    counts: tuple[Count, ...]
    actions: int = 0
    last: tuple[Done, ...] = ()
    tables: tuple[TableDifference, ...] = ()
    older_schema: bool = False
    newer_register: bool = False
    """A newer version of the program wrote the register; what that version added would only be set aside."""


class NotRestored(UserError):
    """It failed after the session was closed. The register is as before; `session` has it open again."""

    def __init__(self, fault: UserError, session: Session) -> None:
        super().__init__(fault.code, **fault.facts)
        self.session = session


def difference(folder: Path, key: bytes, copy: Path) -> Difference:
    """Compare the register in `folder` with a copy. Writes nothing; opens connections of its own.

    Raises UserError "copy.no_data", "copy.damaged", "copy.newer", "backup.other_register".
    """
    info = copies.info_of(copy)
    with told():
        then, older = _counts_of_copy(folder, key, copy)
    try:
        with told():
            return _compared(folder, key, info, then, older)
    except UserError:
        return Difference(
            info, False, tuple(Count(what, None, count) for what, count in then.items()), 0, (), (), older
        )


def restore(session: Session, copy: Path) -> Session:
    """Put a copy in the place of the register, and open it again for the same user. `session` is closed then.

    Raises UserError as `difference` and "role.refused", "restore.others_open", "disk.full_backup": the session goes
    on then; NotRestored where it failed later.
    """
    session.require_writing(Right.RESTORE)
    folder, key, owner, clock = session.folder, session.keyring.key, session.user_id, session.clock
    _refuse_others(session.others())
    with told():
        _counts_of_copy(folder, key, copy)
    access = Access.WINDOW if session.is_window else Access.COMMAND
    session.close()
    try:
        restore_closed(folder, key, copy, owner=owner, clock=clock)
    except UserError as fault:
        reopened = open_unlocked(Keyring(folder, key), owner, access=access, clock=clock)
        raise NotRestored(fault, reopened) from fault
    return open_unlocked(Keyring(folder, key), owner, access=access, clock=clock)


def restore_closed(
    folder: Path, key: bytes, copy: Path, *, owner: str, over_newer: bool = False, clock: Clock = utc_now
) -> Path:
    """Put a copy in the place of a register that nobody has open, also of a damaged one.

    Returns where the register as it was lies now: a verified copy, or the untouched files of a damaged one. A death at
    any moment leaves a whole register as it was or as the copy has it, and of a damaged one the files set aside.
    Raises UserError as `restore`, and "restore.newer" for a register that a newer version wrote, unless `over_newer`.
    """
    with told():
        window = occupancy.take_window(folder)
        try:
            others = occupancy.holders(folder, key)
            if window is None or others:
                _refuse_others(others)
                raise UserError("restore.others_unknown")
            occupancy.sweep(folder)
            _counts_of_copy(folder, key, copy)
            return _replace(folder, key, copy, owner, over_newer, clock())
        finally:
            if window is not None:
                window.release()


def _replace(folder: Path, key: bytes, copy: Path, owner: str, over_newer: bool, now: datetime) -> Path:
    users, who = who_restores(folder, key, owner, copy)
    into = folder / BACKUPS
    into.mkdir(mode=0o700, exist_ok=True)
    copies.sweep(into)
    with copies.workshop(into / "restore") as draft:
        replacing = Replacing(folder, key, copies.info_of(copy), users, who, now)
        try:
            current = snapshot.open_alone(folder / DATA, key)
        except StorageError as fault:
            if fault.code == "register.busy":
                raise UserError("restore.others_unknown") from fault
            if fault.code == "disk.failed":
                raise
            return replacing.of_damaged(draft)
        try:
            if snapshot.is_whole(current):
                if schema.is_newer(current) and not over_newer:
                    raise UserError("restore.newer", path=str(folder))
                return replacing.of_whole(current, draft)
        finally:
            current.close()
        return replacing.of_damaged(draft)


def _refuse_others(others: list[Holder]) -> None:
    if others:
        code = "restore.others_open" if others[0].user else "restore.others_unnamed"
        raise UserError(code, **holder_facts(others[0]))


def _counts_of_copy(folder: Path, key: bytes, copy: Path) -> tuple[dict[str, int], bool]:
    """What the copy counts, and whether its schema is an older one; refuses a copy that cannot be restored."""
    data = copy / DATA
    if not data.is_file():
        raise UserError(copies.NO_DATA, path=str(copy))
    try:
        database = open_existing(data, key, read_only=True)
    except StorageError as fault:
        other = fault.code == "register.damaged" and _is_other(folder, key, copy)
        raise UserError("backup.other_register" if other else "copy.damaged", path=str(copy)) from fault
    try:
        if not snapshot.is_whole(database):
            raise UserError("copy.damaged", path=str(copy))
        if schema.is_newer(database):
            raise UserError("copy.newer", path=str(copy))
        return _counts(database), bool(schema.pending(database))
    finally:
        database.close()


def _is_other(folder: Path, key: bytes, copy: Path) -> bool:
    """Is it of another register, rather than damaged? Told by its card, or by the salt that all its copies share."""
    tag = copies.info_of(copy).register
    if tag:
        return tag != copies.tag_of(key)
    with suppress(OSError):
        return (copy / DATA).read_bytes()[:_SALT] != (folder / DATA).read_bytes()[:_SALT]
    return False


def _counts(database: Database) -> dict[str, int]:
    tally = snapshot.tally(database)
    trips = int(database.rows("SELECT count(*) FROM trip")[0][0])
    return {"households": tally.households, "people": tally.people, "events": tally.events, "trips": trips}


def _compared(folder: Path, key: bytes, info: CopyInfo, then: dict[str, int], older: bool) -> Difference:
    database = open_existing(folder / DATA, key, read_only=True)
    try:
        now, newer = _counts(database), schema.is_newer(database)
        with compare.beside(database, info.path / DATA, key):
            actions, last = compare.done_since(database, LAST_SHOWN)
            tables = tuple(TableDifference(*line) for line in compare.rows_apart(database))
    finally:
        database.close()
    counts = tuple(Count(what, now[what], then[what]) for what in then)
    done = tuple(Done(row.label, dict(row.facts or {}), row.done_by, row.done_at) for row in last)
    return Difference(info, True, counts, actions, done, tables, older, newer)
