"""A file as it was when it was read: opened, and in memory only. It is read again with cells that were corrected."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from coordinator.exchange.clipboard import Copied
from coordinator.exchange.guards import read_bytes
from coordinator.exchange.protected import unprotected

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class Correction(NamedTuple):
    """A cell as somebody corrected it in the preview: where it stands ("E17"), its text in the file, and the new one.

    A new text of "" empties the cell.
    """

    sheet: str
    cell: str
    old: str
    new: str

    @property
    def place(self) -> tuple[int, int]:
        """Row and column, from 0."""
        return place_of(self.cell)

    @property
    def row(self) -> int:
        """As Excel numbers it."""
        return self.place[0] + 1


@dataclass(frozen=True, slots=True)
class Original:
    """`content` is without the password that protected it; `digest` the SHA-256 of the file as it lay there."""

    name: str
    content: bytes
    digest: str
    copied: Copied | None = None

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    @property
    def given_name(self) -> str:
        """What its sender called it, without the ending; "" for copied rows, which nobody called anything."""
        return self.stem if self.copied is None else ""

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix


def original_of(source: Path | Copied | Original, password: str = "") -> Original:
    """Take hold of a file or of copied rows. UserError as `reading.read_workbook`."""
    if isinstance(source, Original):
        return source
    if isinstance(source, Copied):
        content = source.read_bytes()
        return Original(source.name, content, hashlib.sha256(content).hexdigest(), source)
    content = read_bytes(source)
    digest = hashlib.sha256(content).hexdigest()
    return Original(source.name, unprotected(source.name, content, password), digest)


def place_of(cell: str) -> tuple[int, int]:
    """Row and column from 0 of a cell as Excel names it; ValueError for a text that is none."""
    found = _CELL.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def latest(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """One correction a cell, the last; those that give a cell its old text again are none."""
    by_cell = {(one.sheet, one.cell): one for one in corrections}
    return tuple(one for one in by_cell.values() if one.new != one.old)
