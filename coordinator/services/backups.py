"""Copies by themselves and on request, and the second place that they are carried to.

The register is read over a connection of its own, so a copy keeps nobody waiting and may run in any thread.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator import copies
from coordinator.copies import DATA, KEYS, CopyInfo
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.register import register_folder
from coordinator.session import Session, told
from coordinator.settings import SECOND_PLACE
from db import snapshot, stores
from db.connection import open_existing
from db.files import write_atomically
from db.snapshot import Tally

FOLDER = "backups"
OVERDUE = timedelta(hours=24)
_STATE = "second.json"


@dataclass(frozen=True, slots=True)
class SecondState:
    """How the second place stands.

    `last`: when a copy last came there whole; `overdue`: never, or over a day ago; `fault`: the code of why the last
    try failed, with its `facts`, "" where it did not.
    """

    place: Path
    last: datetime | None
    overdue: bool
    fault: str = ""
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def reachable(self) -> bool:
        return self.place.is_dir()


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made, or was there already. `fault`: why it is not in the register's own folder but elsewhere."""

    copy: CopyInfo
    second: SecondState | None = None
    fault: UserError | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """What the register says of itself at one moment."""

    tally: Tally
    place: Path | None


def backup(session: Session, why: str = "asked") -> Backup:
    """Make a verified copy in the register's folder and carry it to the second place.

    Where the first place fails (full, not writable), the second is tried; where the second fails, that is noted and
    told by `second_state`. UserError of the first place where both fail: "disk.full_backup", "backup.failed" …
    """
    place = _look(session).place
    try:
        path = session.safe_copy(why)
    except UserError as fault:
        return _elsewhere(session, place, why, fault)
    return Backup(copies.info_of(path), _carry(session, path, place))


def backup_if_changed(session: Session, why: str = "changed") -> Backup | None:
    """A copy, unless there is one of just this state of the register in both places: then None.

    Does nothing for a session that only reads: who writes makes the copies.
    """
    if session.read_only is not None:
        return None
    look = _look(session)
    with told():
        keys = (session.folder / KEYS).read_bytes()
        there = (copy for copy in list_copies(session) if copies.same_state(copy, look.tally, keys))
        same = next(there, None)
    if same is None:
        return backup(session, why)
    if look.place is None or (second_folder(session, look.place) / same.path.name).is_dir():
        return None
    return Backup(same, _carry(session, same.path, look.place))


def make_a_copy(session: Session, target: Path) -> Outcome[CopyInfo]:
    """Copy the register, data and keys together, to a place that a person chose; logged where it can be written.

    `target` becomes NAME.register. UserError "copy.exists", "copy.no_folder", "copy.inside" and as `backup`.
    """
    target = register_folder(target)
    if not target.parent.is_dir():
        raise UserError("copy.no_folder", path=str(target.parent))
    if target.resolve().is_relative_to(session.folder.resolve()):
        raise UserError("copy.inside", path=str(target))
    with told():
        for left in target.parent.glob(f".{target.name}-*.part"):
            copies.remove_if_left(left)
        copies.write_copy(session.folder, session.keyring.key, target, "asked", session.clock())
    info = copies.info_of(target)
    if session.read_only is not None:
        return Outcome(info)
    # Everybody may make one: it opens only with their passphrases. It is logged all the same.
    with session.act("make_copy", right=Right.EXPORT_COUNTS, people=info.people) as act:
        pass
    return act.outcome(info)


def list_copies(session: Session) -> list[CopyInfo]:
    """The copies in the register's own folder, the newest first."""
    return copies.list_copies(session.folder / FOLDER)


def list_second(session: Session) -> list[CopyInfo]:
    """The copies in the second place, the newest first; none where it is not within reach."""
    place = _look(session).place
    return [] if place is None else copies.list_copies(second_folder(session, place))


def second_folder(session: Session, place: Path) -> Path:
    return folder_in(place, session.folder)


def folder_in(place: Path, folder: Path) -> Path:
    """Where the copies of the register in `folder` lie in a second place."""
    return place / f"{folder.name.removesuffix(copies.SUFFIX)}-copies"


def second_state(session: Session) -> SecondState | None:
    """How the second place stands; None where none is chosen."""
    place = _look(session).place
    return None if place is None else state_of_place(session.folder, session.keyring.key, place, session.clock())


def state_of_place(folder: Path, key: bytes, place: Path, now: datetime) -> SecondState:
    """How this second place of the register in `folder` stands."""
    said = _read_state(folder, key, place)
    last = None
    with suppress(KeyError, ValueError, TypeError):
        last = datetime.fromisoformat(said["last"])
    overdue = last is None or abs(now - last) > OVERDUE
    facts = said.get("facts")
    return SecondState(
        place, last, overdue, str(said.get("fault", "")), tuple(facts.items()) if isinstance(facts, dict) else ()
    )


def _look(session: Session) -> _Look:
    with told():
        database = open_existing(session.folder / DATA, session.keyring.key, read_only=True)
        try:
            row = stores.settings.get(database, SECOND_PLACE.key)
            return _Look(snapshot.tally(database), Path(row.value) if row is not None and row.value else None)
        finally:
            database.close()


def _elsewhere(session: Session, place: Path | None, why: str, fault: UserError) -> Backup:
    """A copy straight to the second place, since the first has failed."""
    if place is None or not place.is_dir() or fault.code == "register.damaged":
        raise fault
    try:
        path = session.safe_copy(why, second_folder(session, place))
    except UserError as second:
        _note(session, place, second)
        raise fault from second
    _note(session, place, None)
    return Backup(copies.info_of(path), second_state(session), fault)


def _carry(session: Session, path: Path, place: Path | None) -> SecondState | None:
    if place is None:
        return None
    failed = None
    try:
        if not place.is_dir():
            raise UserError("second.gone")
        with told():
            copies.copy_on(path, session.keyring.key, second_folder(session, place), session.clock())
    except UserError as fault:
        failed = fault
    _note(session, place, failed)
    return state_of_place(session.folder, session.keyring.key, place, session.clock())


def _note(session: Session, place: Path, failed: UserError | None) -> None:
    """Remember how the last try went. The file lies in the open: it names neither the place nor anybody."""
    key = session.keyring.key
    said = _read_state(session.folder, key, place)
    said |= {"place": _tag(key, place), "fault": "", "facts": {}}
    if failed is None:
        said["last"] = session.clock().isoformat()
    else:
        numbers = {name: value for name, value in failed.facts.items() if isinstance(value, int)}
        said |= {"fault": failed.code, "facts": numbers, "failed": session.clock().isoformat()}
    with suppress(OSError):
        write_atomically(session.folder / FOLDER / _STATE, json.dumps(said, indent=1).encode())


def _read_state(folder: Path, key: bytes, place: Path) -> dict[str, Any]:
    """What was noted of this very place; nothing of another one."""
    try:
        said = json.loads((folder / FOLDER / _STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and said.get("place") == _tag(key, place) else {}


def _tag(key: bytes, place: Path) -> str:
    return copies.tag_of(key, str(place).encode())
