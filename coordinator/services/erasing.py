"""Erasing a register for good: its key slots first, then its files, here and in its copies that can be reached.

Without a slot nobody can read the data again, whatever a disk keeps of the files. A crash in between leaves a
register that nobody opens, with a note of what was left to do: erasing it again finishes the work.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.keyring import FILE as KEYS
from coordinator.register import register_folder
from coordinator.services.old_copies import copies_elsewhere
from coordinator.session import Session, holder_facts, told
from db import keys, occupancy
from db.errors import StorageError
from db.files import sync_folder, write_atomically

NOTE = "erasing.json"
_KEY_FILES = ("keys*.json", ".keys*.json")
_LEAST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Erased:
    """`copies`: folders of copies in other places that went too. `left`: files that could not be removed.

    What is left holds no key any more.
    """

    copies: int
    left: tuple[Path, ...] = ()


def erase(session: Session, typed_name: str) -> Erased:
    """Erase the register that `session` has open, and close the session.

    UserError, and nothing is changed: "erase.name" where the name is not its own, "erase.open_elsewhere",
    "role.refused", or why the register can only be read.
    """
    session.require_writing(Right.ERASE)
    if typed_name.strip() != session.name:
        raise UserError("erase.name", name=session.name)
    others = session.others()
    if others:
        raise UserError("erase.open_elsewhere", **holder_facts(others[0]))
    folder, copies = session.folder, copies_elsewhere(session)
    session.close()
    with told():
        lock = occupancy.take_window(folder)
        if lock is None:
            raise UserError("erase.open_elsewhere", who="", host="")
        try:
            note = {"copies": [os.fspath(copy.absolute()) for copy in copies]}
            write_atomically(folder / NOTE, json.dumps(note).encode())
            _destroy_keys([folder, *copies])
        finally:
            lock.release()
        return _remove_all(folder, copies)


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
    name = folder.name.removesuffix(".register")
    if typed_name.strip() != name:
        raise UserError("erase.name", name=name)
    if not half_erased(folder):
        raise UserError("erase.not_begun", path=os.fspath(folder))
    with told():
        copies = [Path(text) for text in json.loads((folder / NOTE).read_text("utf-8"))["copies"]]
        copies = [copy for copy in copies if copy.is_dir()]
        _destroy_keys([folder, *copies])
        return _remove_all(folder, copies)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _destroy_keys(folders: Iterable[Path]) -> None:
    """Overwrite every key file with random bytes, the register's own first, each on the disk before the next."""
    for folder in folders:
        for path in _key_files(folder):
            _overwrite(path)
            sync_folder(path.parent)


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


def _remove_all(folder: Path, copies: list[Path]) -> Erased:
    """The note goes last, so that what broke off is known as such."""
    left: list[Path] = []
    for copy in copies:
        left += _removed(copy)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name == NOTE):
        if entry.name != NOTE or not left:
            left += _removed(entry)
    if not left:
        left += _removed(folder)
        sync_folder(folder.parent)
    return Erased(len(copies), tuple(left))


def _removed(path: Path) -> list[Path]:
    """Remove a file or a folder; what could not be removed."""
    left: list[Path] = []
    if _is_folder(path):
        shutil.rmtree(path, onerror=lambda _call, name, _error: left.append(Path(name)))
    else:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return left
