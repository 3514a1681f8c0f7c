"""The copies of a register that were made before something was removed from it, and letting them go."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coordinator.domain.roles import Right
from coordinator.register import DATA
from coordinator.session import Session, told
from coordinator.settings import SECOND_PLACE
from db.connection import open_existing
from db.errors import StorageError

WHY = "after-removal"
_MOMENT = re.compile(r"(\d{8}-\d{6})")
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class OldCopy:
    """`elsewhere`: in the second place, not in the register's own folder. `made_at` in UTC."""

    folder: Path
    made_at: datetime
    elsewhere: bool


def old_copies(session: Session) -> tuple[OldCopy, ...]:
    """All copies of this register within reach, the newest first: any of them may hold what was removed since."""
    found = [OldCopy(folder, _made_at(folder), False) for folder in _register_folders(session.folder / "backups")]
    found += [OldCopy(folder, _made_at(folder), True) for folder in copies_elsewhere(session)]
    return tuple(sorted(found, key=lambda copy: copy.made_at, reverse=True))


def copies_elsewhere(session: Session) -> list[Path]:
    """Folders under the second place that this register's own key opens, as far as the place is there."""
    place = session.setting(SECOND_PLACE)
    if not place or not Path(place).is_dir():
        return []
    found = [folder for folder in _register_folders(Path(place)) if _opens(folder, session.keyring.key)]
    return [folder for folder in found if not folder.resolve().is_relative_to(session.folder.resolve())]


def let_go(session: Session) -> int:
    """Make a new verified copy in each place, then remove all that were there before. Returns how many went.

    UserError where the new copy cannot be made: then none is removed. A copy that cannot be removed stays.
    """
    session.require(Right.ANONYMISE)
    before = old_copies(session)
    session.safe_copy(WHY)
    for parent in {copy.folder.parent for copy in before if copy.elsewhere}:
        session.safe_copy(WHY, parent)
    with told():
        for copy in before:
            shutil.rmtree(copy.folder, ignore_errors=True)
    return sum(not copy.folder.exists() for copy in before)


def _register_folders(place: Path) -> Iterator[Path]:
    """Folders with the data of a register in `place`, at most three floors down."""
    waiting = [(place, 0)]
    while waiting:
        folder, depth = waiting.pop()
        with suppress(OSError):
            if (folder / DATA).is_file():
                yield folder
            if depth < _DEPTH:
                waiting += [
                    (child, depth + 1) for child in folder.iterdir() if child.is_dir() and not child.is_symlink()
                ]


def _opens(folder: Path, key: bytes) -> bool:
    try:
        open_existing(folder / DATA, key, read_only=True).close()
    except (StorageError, OSError):
        return False
    return True


def _made_at(folder: Path) -> datetime:
    """As the name of the copy says it, else as its file does."""
    named = _MOMENT.search(folder.name)
    if named is not None:
        with suppress(ValueError):
            return datetime.strptime(named[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return datetime.fromtimestamp((folder / DATA).stat().st_mtime, UTC)
