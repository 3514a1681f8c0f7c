"""What a copy says of itself: its card, its name, whether it is whole, and whether a folder is a copy at all."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.connection import open_existing
from db.errors import StorageError, storage_faults
from db.files import write_atomically
from db.layout import BACKUPS, DATA, KEYS, LOG, SET_ASIDE
from db.snapshot import Tally, tally

CARD = "copy.json"
COPIES = "-copies"
"""Ends the name of the folder with a register's copies in a second place."""
NO_KEYS, NO_DATA, CHANGED, AS_IT_WAS = "copy.no_keys", "copy.no_data", "copy.changed", "copy.as_it_was"
MOMENT = "%Y%m%d-%H%M%S-%f"
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-(.+?)(\.register)?")
_ASIDE = re.compile(re.escape(SET_ASIDE) + r"(\d{8}-\d{6}-\d{6})")


@dataclass(frozen=True, slots=True)
class CopyInfo:
    """One copy as its card tells it; copies of older versions have none, so their counts are None.

    `made_at` in UTC; `why` "start", "changed", "asked", "before-import" …; `size` in bytes; `fault` "" or a code:
    without its keys, without its data, not as it was made, or the untouched files of a damaged register.
    """

    path: Path
    made_at: datetime
    why: str
    size: int
    fault: str = ""
    tally: Tally | None = None
    register: str = ""
    """The same for all copies of one register: two may share a stick and a name."""
    elsewhere: bool = False
    """It lies in the second place."""

    @property
    def households(self) -> int | None:
        return None if self.tally is None else self.tally.households

    @property
    def people(self) -> int | None:
        return None if self.tally is None else self.tally.people

    @property
    def events(self) -> int | None:
        return None if self.tally is None else self.tally.events


def info_of(path: Path) -> CopyInfo:
    """What a folder says of itself as a copy; any register folder can be one."""
    card = _read_card(path)
    named = _NAME.fullmatch(path.name)
    why = named[2] if named else str(card.get("why", ""))
    size = _size(path / DATA)
    fault = _fault(path, card, size, is_copy=bool(named or card))
    return CopyInfo(path, _made_at(path, card), why, size, fault, _tally_of(card), str(card.get("register", "")))


def _fault(path: Path, card: dict[str, Any], size: int, *, is_copy: bool) -> str:
    if not (path / DATA).is_file():
        return NO_DATA
    # Nobody works in a copy, so a log in it was not there when it was made.
    if is_copy and (card.get("size", size), card.get("log", 0)) != (size, _size(path / LOG)):
        return CHANGED
    if is_set_aside(path):
        return AS_IT_WAS
    return "" if (path / KEYS).is_file() else NO_KEYS


def list_copies(into: Path) -> list[CopyInfo]:
    """The copies in a folder of copies, the newest first; those that are not whole are told as such."""
    try:
        entries = list(into.iterdir())
    except OSError:
        return []
    found = [info_of(entry) for entry in entries if entry.is_dir() and has_name_of_copy(entry)]
    return sorted(found, key=lambda copy: (copy.made_at, copy.path.name), reverse=True)


def list_set_aside(folder: Path) -> list[CopyInfo]:
    """What lies in the register's folder of damaged registers whose place a copy took, the newest first."""
    try:
        entries = [entry for entry in folder.iterdir() if entry.is_dir() and is_set_aside(entry)]
    except OSError:
        return []
    return sorted(map(info_of, entries), key=lambda copy: copy.made_at, reverse=True)


def has_name_of_copy(folder: Path) -> bool:
    return _NAME.fullmatch(folder.name) is not None


def is_set_aside(folder: Path) -> bool:
    return _ASIDE.fullmatch(folder.name) is not None


def is_copy(folder: Path) -> bool:
    """Is this folder a copy, to be looked at and restored but not worked in? Known by its card or its place and name.

    What "Make a copy" makes is no such copy: it carries no card and is a register of its own.
    """
    folder = folder.resolve()
    if (folder / CARD).is_file() or is_set_aside(folder):
        return True
    return is_place_of_copies(folder.parent) and has_name_of_copy(folder)


def is_place_of_copies(folder: Path) -> bool:
    return folder.name == BACKUPS or folder.name.endswith(COPIES)


def is_as_made(copy: CopyInfo, key: bytes) -> bool:
    """Is this a copy of the register with this key, whole and unchanged since it was made? Opens it and counts."""
    if copy.fault or copy.tally is None or copy.register != tag_of(key):
        return False
    return tally_of(copy.path, key) == copy.tally


def tally_of(folder: Path, key: bytes) -> Tally | None:
    """What the data in `folder` count; None where this key does not open them."""
    try:
        with storage_faults():
            database = open_existing(folder / DATA, key, read_only=True)
            try:
                return tally(database)
            finally:
                database.close()
    except StorageError:
        return None


def write_card(folder: Path, key: bytes, why: str, now: datetime, counted: Tally | None) -> None:
    """What `info_of` reads; nothing in it tells of people or of the key."""
    card: dict[str, Any] = {"format": 1, "made_at": now.astimezone(UTC).isoformat(), "why": why}
    card |= {"register": tag_of(key), "size": _size(folder / DATA), "log": _size(folder / LOG)}
    card |= {} if counted is None else counted._asdict()
    write_atomically(folder / CARD, json.dumps(card, indent=1).encode())


def tag_of(key: bytes, what: bytes = b"register") -> str:
    """A mark that only the holder of the key can make, and that does not give it away."""
    return hashlib.blake2b(what, key=key, digest_size=8).hexdigest()


def same_state(copy: CopyInfo, now: Tally, key_file: bytes) -> bool:
    """Does this copy hold just this state of the register, with these keys?"""
    if copy.fault or copy.tally is None or (copy.tally.change, copy.tally.action) != (now.change, now.action):
        return False
    try:
        return (copy.path / KEYS).read_bytes() == key_file
    except OSError:
        return False


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads((path / CARD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return card if isinstance(card, dict) else {}


def _tally_of(card: dict[str, Any]) -> Tally | None:
    try:
        counted = Tally(**{name: card[name] for name in Tally._fields})
    except KeyError:
        return None
    whole = (counted.households, counted.people, counted.events, counted.change)
    return counted if all(type(number) is int for number in whole) else None


def _made_at(path: Path, card: dict[str, Any]) -> datetime:
    named = _NAME.fullmatch(path.name) or _ASIDE.fullmatch(path.name)
    with suppress(ValueError):
        if named:
            return datetime.strptime(named[1], MOMENT).replace(tzinfo=UTC)
    with suppress(ValueError, KeyError, TypeError):
        return datetime.fromisoformat(card["made_at"]).astimezone(UTC)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
