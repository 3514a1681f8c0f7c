"""Copies by themselves and on request, and the second place that they are carried to.

The register is read over a connection of its own, so a copy keeps nobody waiting and may run in any thread.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator import copies
from coordinator.copies import CopyInfo
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.register import register_folder
from coordinator.session import Session, told
from coordinator.settings import SECOND_PLACE
from db import snapshot, stores
from db.connection import open_existing
from db.files import write_atomically
from db.layout import BACKUPS, DATA, KEYS, SUFFIX
from db.snapshot import Tally

OVERDUE = timedelta(hours=24)
_STATE = "second.json"


@dataclass(frozen=True, slots=True)
class SecondState:
    """How the second place stands.

    `last`: when a copy last came there, or was read there again, whole; `overdue`: never, or over a day ago; `fault`:
    the code of why the last try failed, with its `facts`, "" where it did not.
    """

    place: Path
    last: datetime | None
    overdue: bool
    fault: str = ""
    facts: tuple[tuple[str, object], ...] = ()


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

    Once a day the one in the second place is read again, from its first page to its last.
    Does nothing for a session that only reads: who writes makes the copies.
    """
    if session.read_only is not None:
        return None
    look = _look(session)
    with told():
        keys = (session.folder / KEYS).read_bytes()
        same = _same_state(copies.list_copies(own_folder(session.folder)), look.tally, keys)
        if same is None:
            return backup(session, why)
        if look.place is None or _stands(session, look, keys):
            return None
    return Backup(same, _carry(session, same.path, look.place))


def _same_state(found: list[CopyInfo], now: Tally, key_file: bytes) -> CopyInfo | None:
    return next((copy for copy in found if copies.same_state(copy, now, key_file)), None)


def _stands(session: Session, look: _Look, key_file: bytes) -> bool:
    """Is a copy of this state in the second place, proved there within a day?"""
    assert look.place is not None
    there = _same_state(copies.list_copies(second_folder(session, look.place)), look.tally, key_file)
    state = state_of_place(session.folder, session.keyring.key, look.place, session.clock())
    return there is not None and not state.overdue


def make_a_copy(session: Session, target: Path) -> Outcome[CopyInfo]:
    """Copy the register, data and keys together, to a place that a person chose, as a register to go on with there.

    `target` becomes NAME.register. Logged where the register can be written. UserError "copy.exists",
    "copy.no_folder", "copy.inside", "role.refused" and as `backup`.
    """
    target = register_folder(target)
    _refuse_place(session, target)
    with told():
        for left in target.parent.glob(f".{target.name}-*.part"):
            copies.remove_if_left(left)
        counted = copies.write_register(session.folder, session.keyring.key, target)
    return _logged(session, replace(copies.info_of(target), why="asked", tally=counted))


def backup_to(session: Session, folder: Path) -> Outcome[CopyInfo]:
    """A verified copy in a folder that a person named, where nothing else is touched; logged as `make_a_copy`.

    UserError as `make_a_copy`.
    """
    _refuse_place(session, folder)
    with told():
        key, now = session.keyring.key, session.clock()
        path = copies.add_copy(session.folder, key, folder, "asked", now)
    return _logged(session, copies.info_of(path))


def _refuse_place(session: Session, target: Path) -> None:
    """Who works in the register may carry it away; it opens only with the passphrases of its users."""
    session.require(Right.WRITE)
    if not target.parent.is_dir():
        raise UserError("copy.no_folder", path=str(target.parent))
    if target.resolve().is_relative_to(session.folder.resolve()):
        raise UserError("copy.inside", path=str(target))


def _logged(session: Session, copy: CopyInfo) -> Outcome[CopyInfo]:
    if session.read_only is not None:
        return Outcome(copy)
    with session.act("make_copy", people=copy.people) as act:
        pass
    return act.outcome(copy)


def within_reach(folder: Path) -> bool:
    """Is the register still there, rather than on a stick that was pulled out?"""
    return (folder / DATA).is_file()


def own_folder(folder: Path) -> Path:
    """Where the copies of the register in `folder` lie, in the register itself."""
    return folder / BACKUPS


def copies_in(folder: Path) -> list[CopyInfo]:
    """The copies within the register in `folder`, and what was set aside of damaged ones; the newest first."""
    found = [*copies.list_copies(own_folder(folder)), *copies.list_set_aside(folder)]
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def list_copies(session: Session) -> list[CopyInfo]:
    """As `copies_in`, of the open register."""
    return copies_in(session.folder)


def list_second(session: Session) -> list[CopyInfo]:
    """The copies in the second place, the newest first; none where it is not within reach."""
    place = _look(session).place
    if place is None:
        return []
    return [replace(copy, elsewhere=True) for copy in copies.list_copies(second_folder(session, place))]


def second_folder(session: Session, place: Path) -> Path:
    return folder_in(place, session.folder)


def folder_in(place: Path, folder: Path) -> Path:
    """Where the copies of the register in `folder` lie in a second place."""
    return place / (folder.name.removesuffix(SUFFIX) + copies.COPIES)


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
        write_atomically(own_folder(session.folder) / _STATE, json.dumps(said, indent=1).encode())


def _read_state(folder: Path, key: bytes, place: Path) -> dict[str, Any]:
    """What was noted of this very place; nothing of another one."""
    try:
        said = json.loads((own_folder(folder) / _STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and said.get("place") == _tag(key, place) else {}


def _tag(key: bytes, place: Path) -> str:
    return copies.tag_of(key, str(place).encode())
