"""Erasing a register for good: its key slots first, then its files, here and in its copies that can be reached.

Without a slot nobody can read the data again, whatever a disk keeps of the files. A crash in between leaves a
register that nobody opens, with a note of what was left to do: erasing it again finishes the work.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from coordinator import copies
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.register import register_folder
from coordinator.services.backups import folder_in, own_folder
from coordinator.services.old_copies import Reach, Standing, reach_of
from coordinator.session import Session, holder_facts, told
from db import keys, occupancy, snapshot
from db.errors import StorageError
from db.files import sync_folder, write_atomically
from db.layout import DATA, KEYS, SUFFIX
from db.occupancy import Holder

NOTE = "erasing.json"
_KEY_FILES = ("keys*.json", ".keys*.json")
_LEAST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a register and its copies.

    `copies`: how many copies in other places went too. `left`: files that could not be removed and hold no key.
    `keyed`: folders whose key file could not be overwritten or removed: they can still be opened. `others`: folders
    that the same passphrases open and that were not touched, since somebody works or has worked in them.
    """

    copies: int
    left: tuple[Path, ...] = ()
    keyed: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Folders in the second place: those that go with the register, and those that are a person's to decide on."""

    condemned: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def erase(session: Session, typed_name: str) -> Erased:
    """Erase the register that `session` has open, and close the session.

    UserError, and nothing is changed: "erase.name" where the name is not its own, "erase.open_elsewhere",
    "erase.open_unnamed", "erase.open_unknown", "erase.copying", "erase.inside", "role.refused", or why the register
    can only be read.
    """
    session.require_writing(Right.ERASE)
    if typed_name.strip() != session.name:
        raise UserError("erase.name", name=session.name)
    reach = reach_of(session)
    _refuse_others(session.others())
    _refuse_copying(reach)
    _refuse_inside(reach)
    found = _sorted_out(reach)
    window = session.close_keeping_the_window()
    if window is None:
        raise UserError("erase.open_unknown")
    with told():
        try:
            _refuse_others(occupancy.holders(reach.folder, reach.key))
            with _nobody_else(reach):
                condemned, keyed = _destroy_all_keys(reach, found)
        finally:
            window.release()
        return _remove_all(reach.folder, condemned, keyed, found.others)


def half_erased(path: Path) -> bool:
    """An erasing of this register began, and its keys are gone: it cannot be opened, only be finished."""
    folder = register_folder(path)
    if not (folder / NOTE).is_file():
        return False
    try:
        return not keys.load_slots(folder / KEYS)
    except StorageError:
        return True


def finish_erasing(path: Path, typed_name: str) -> Erased:
    """Go on where an erasing broke off; nobody has to unlock what cannot be unlocked. UserError "erase.name"."""
    folder = register_folder(path)
    name = folder.name.removesuffix(SUFFIX)
    if typed_name.strip() != name:
        raise UserError("erase.name", name=name)
    if not half_erased(folder):
        raise UserError("erase.not_begun", path=os.fspath(folder))
    with told():
        condemned = [Path(text) for text in json.loads((folder / NOTE).read_text("utf-8"))["copies"]]
        condemned = [copy for copy in condemned if copy.is_dir()]
        return _remove_all(folder, condemned, _destroy_keys([folder, *condemned]), ())


def _refuse_others(others: list[Holder]) -> None:
    if others:
        code = "erase.open_elsewhere" if others[0].user else "erase.open_unnamed"
        raise UserError(code, **holder_facts(others[0]))


def _refuse_inside(reach: Reach) -> None:
    """What lies in the register goes with it: not a copy that somebody works in, or has worked in."""
    for info in reach.inside():
        if copies.in_use(info.path) or reach.standing(info) is Standing.WORKED_IN:
            raise UserError("erase.inside", path=os.fspath(info.path))


def _refuse_copying(reach: Reach) -> None:
    """A copy that is finished after the keys were looked for would keep its own."""
    places = [own_folder(reach.folder)]
    if reach.place is not None:
        places.append(folder_in(reach.place, reach.folder))
    for place in places:
        copies.sweep(place)
        if copies.being_made(place):
            raise UserError("erase.copying")


@contextmanager
def _nobody_else(reach: Reach) -> Iterator[None]:
    """Keep out whoever reads without a mark, such as a copy made by another process. A damaged file needs no guard."""
    alone = None
    try:
        alone = snapshot.open_alone(reach.folder / DATA, reach.key)
    except StorageError as fault:
        if fault.code == "register.busy":
            raise UserError("erase.open_unknown") from fault
    try:
        _refuse_copying(reach)
        yield
    finally:
        if alone is not None:
            alone.close()


def _destroy_all_keys(reach: Reach, found: _Found) -> tuple[list[Path], list[Path]]:
    """Note what is to go, then destroy its keys. Returns these folders, and the key files that could not be written.

    Copies are looked for once more afterwards: one may have been finished meanwhile.
    """
    condemned = [copy for copy in found.condemned if not _somebody_has(copy)]
    found.others.extend(copy for copy in found.condemned if copy not in condemned)
    _note(reach.folder, condemned)
    failed = _destroy_keys([reach.folder, *condemned])
    late = _sorted_out(reach, {*condemned, *found.others})
    found.others.extend(late.others)
    if late.condemned:
        _note(reach.folder, [*condemned, *late.condemned])
        failed += _destroy_keys(late.condemned)
    return [*condemned, *late.condemned], failed


def _sorted_out(reach: Reach, known: Collection[Path] = ()) -> _Found:
    """A damaged copy goes too: what can be read of it could be read by whoever has a passphrase."""
    found = _Found()
    for info in reach.elsewhere():
        if info.path not in known:
            worked_in = reach.standing(info) is Standing.WORKED_IN
            (found.others if worked_in or _somebody_has(info.path) else found.condemned).append(info.path)
    return found


def _somebody_has(folder: Path) -> bool:
    """A place that cannot be written is in nobody's hands: its keys cannot be overwritten either, and that is told."""
    return os.access(folder, os.W_OK) and copies.in_use(folder)


def _note(folder: Path, condemned: list[Path]) -> None:
    write_atomically(folder / NOTE, json.dumps({"copies": [os.fspath(copy.absolute()) for copy in condemned]}).encode())


def _destroy_keys(folders: Iterable[Path]) -> list[Path]:
    """Overwrite every key file with random bytes, the register's own first, each on the disk before the next.

    Returns the files that could not be overwritten.
    """
    failed = []
    for folder in folders:
        for path in _key_files(folder):
            try:
                _overwrite(path)
                sync_folder(path.parent)
            except OSError:
                failed.append(path)
    return failed


def _key_files(folder: Path) -> list[Path]:
    """The key file of the folder, those of copies inside it, and drafts of them that a crash may have left."""
    found = {path for pattern in _KEY_FILES for path in folder.rglob(pattern) if path.is_file()}
    return sorted(found, key=lambda path: (len(path.parts), path.name))


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        size = max(file.seek(0, os.SEEK_END), _LEAST_BYTES)
        file.seek(0)
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())


def _remove_all(folder: Path, condemned: list[Path], failed: list[Path], others: Collection[Path]) -> Erased:
    """The note goes last, so that what broke off is known as such."""
    left: list[Path] = []
    for copy in condemned:
        left += _removed(copy)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name == NOTE):
        if entry.name != NOTE or not left:
            left += _removed(entry)
    if not left:
        left += _removed(folder)
        with suppress(OSError):
            sync_folder(folder.parent)
    keyed = tuple(dict.fromkeys(path.parent for path in failed if path.exists()))
    keyless = tuple(path for path in left if not any(path.is_relative_to(kept) for kept in keyed))
    gone = sum(not copy.exists() for copy in condemned)
    return Erased(gone, keyless, keyed, tuple(others))


def _removed(path: Path) -> list[Path]:
    """Remove a file or a folder; what could not be removed."""
    left: list[Path] = []
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=lambda _call, name, _error: left.append(Path(name)))
    else:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return left
