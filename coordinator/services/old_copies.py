"""The copies of a register that were made before something was removed from it, and letting them go.

Only what is proved to be a copy of this register, unchanged and in nobody's hands, is ever removed. Whatever else
opens with its key is told, and left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from coordinator import copies
from coordinator.copies import CopyInfo
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.services.backups import folder_in, own_folder
from coordinator.session import Session, told
from coordinator.settings import SECOND_PLACE
from db.connection import open_existing
from db.layout import DATA
from db.snapshot import Tally

WHY = "after-removal"
_DEPTH = 3
_SALT = 16
_KNOWN = "SELECT 1 FROM change_log WHERE id = ? AND action_id = ?"


class Standing(StrEnum):
    """What a folder is to this register. COPY: its copy as it was made. UNREADABLE: carries its mark or name, and
    does not open with its key. WORKED_IN: opens with its key, and is not as it was made, or was made to be worked in.
    """

    COPY = "copy"
    UNREADABLE = "unreadable"
    WORKED_IN = "worked_in"


@dataclass(frozen=True, slots=True)
class OldCopy:
    """`elsewhere`: in the second place, not in the register's own folder. `made_at` in UTC."""

    folder: Path
    made_at: datetime
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many copies went, and the folders that stayed: damaged, changed, in use, or not to be removed."""

    gone: int
    left: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the copies of one register are looked for; lives longer than the session. `place`: the second place."""

    folder: Path
    key: bytes
    place: Path | None

    def inside(self) -> Iterator[CopyInfo]:
        """Folders of data within the register: its copies, and the files of damaged registers set aside."""
        for folder in _register_folders(own_folder(self.folder)):
            yield copies.info_of(folder)
        yield from copies.list_set_aside(self.folder)

    def elsewhere(self) -> Iterator[CopyInfo]:
        """Folders in the second place that carry this register's mark or a copy's name, or that its key opens."""
        if self.place is None or not self.place.is_dir():
            return
        own, shared = self.folder.resolve(), folder_in(self.place, self.folder)
        named = (entry for entry in _folders(shared) if copies.has_name_of_copy(entry))
        for folder in dict.fromkeys([*named, *_register_folders(self.place)]):
            if not folder.resolve().is_relative_to(own):
                info = copies.info_of(folder)
                if self._is_ours(info, in_shared=folder.parent == shared):
                    yield info

    def standing(self, info: CopyInfo) -> Standing:
        """Opens the folder and counts."""
        if copies.is_set_aside(info.path) and info.register == copies.tag_of(self.key):
            return Standing.WORKED_IN if info.fault == copies.CHANGED else Standing.COPY
        if copies.is_as_made(info, self.key):
            return Standing.COPY
        counted = copies.tally_of(info.path, self.key)
        if counted is None:
            return Standing.UNREADABLE
        without_card = not info.register and not info.fault and copies.has_name_of_copy(info.path)
        return Standing.COPY if without_card and self._knows(counted) else Standing.WORKED_IN

    def _knows(self, counted: Tally) -> bool:
        """Has this register been in that state? Copies of earlier versions have no card that could tell."""
        try:
            with told():
                database = open_existing(self.folder / DATA, self.key, read_only=True)
                try:
                    return bool(database.rows(_KNOWN, (counted.change, counted.action)))
                finally:
                    database.close()
        except UserError:
            return False

    def _is_ours(self, info: CopyInfo, *, in_shared: bool) -> bool:
        if info.register:
            return info.register == copies.tag_of(self.key)
        if in_shared and copies.has_name_of_copy(info.path) and not self._is_of_another(info.path):
            return True
        return copies.tally_of(info.path, self.key) is not None

    def _is_of_another(self, folder: Path) -> bool:
        """Told by the salt that all copies of a register share; a folder without data tells nothing."""
        with suppress(OSError):
            return (folder / DATA).read_bytes()[:_SALT] != (self.folder / DATA).read_bytes()[:_SALT]
        return False


def reach_of(session: Session) -> Reach:
    place = session.setting(SECOND_PLACE)
    return Reach(session.folder, session.keyring.key, Path(place) if place else None)


def old_copies(session: Session) -> tuple[OldCopy, ...]:
    """The copies in the register's folder and in the second place, as far as that is there, the newest first.

    Any of them may hold what was removed since, also what was set aside of damaged registers. Registers that were
    made from this one to be worked in are among those of the second place.
    """
    reach = reach_of(session)
    found = [OldCopy(info.path, info.made_at, False) for info in reach.inside()]
    found += [OldCopy(info.path, info.made_at, True) for info in reach.elsewhere()]
    return tuple(sorted(found, key=lambda copy: copy.made_at, reverse=True))


def worked_in(session: Session) -> tuple[Path, ...]:
    """Registers in the second place that this key opens and that are no copies: nobody but a person removes them."""
    reach = reach_of(session)
    return tuple(info.path for info in reach.elsewhere() if reach.standing(info) is Standing.WORKED_IN)


def let_go(session: Session) -> LetGo:
    """Make a new verified copy in each place, then remove the copies that were there before.

    UserError where a new copy cannot be made: then none is removed. What is not proved to be an unchanged copy of
    this register, what somebody has open and what cannot be removed stays, and is told.
    """
    session.require(Right.ANONYMISE)
    reach = reach_of(session)
    before = [*reach.inside(), *reach.elsewhere()]
    new = session.safe_copy(WHY)
    with told():
        if reach.place is not None and reach.place.is_dir():
            copies.copy_on(new, reach.key, folder_in(reach.place, reach.folder), session.clock())
        left = [info.path for info in before if not _gone(reach, info)]
    return LetGo(len(before) - len(left), tuple(left))


def _gone(reach: Reach, info: CopyInfo) -> bool:
    """Remove it where it may be removed. What the making of the new copy let go of is gone already."""
    if info.path.exists() and reach.standing(info) is Standing.COPY and not copies.in_use(info.path):
        with suppress(OSError):
            copies.remove(info.path)
    return not info.path.exists()


def _register_folders(place: Path) -> Iterator[Path]:
    """Folders with the data of a register in `place`, at most three floors down."""
    waiting = [(place, 0)]
    while waiting:
        folder, depth = waiting.pop()
        if (folder / DATA).is_file():
            yield folder
        if depth < _DEPTH:
            waiting += [(child, depth + 1) for child in _folders(folder)]


def _folders(folder: Path) -> list[Path]:
    """The folders in `folder`; not those that a maker of copies is filling."""
    with suppress(OSError):
        return [
            entry for entry in folder.iterdir() if entry.is_dir() and not entry.is_symlink() and entry.name[0] != "."
        ]
    return []
