"""The mark in each workbook that leaves: which register made it, and which export it was.

By it a list that comes back is compared with what was sent. The workbook carries no more than that: what the
register said then stands in the register's own journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TAIL = 12
_STAMP = re.compile(r"\bEC1-([0-9a-f]{8})-(\d{1,9})-([0-9a-f]{12})\b")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`register`: the end of the id of its first action; `number`: of the export in that register, counting from 1;
    `export`: the end of the id of its line in the log, which tells two copies of one register apart."""

    register: str
    number: int
    export: str

    @classmethod
    def of(cls, first_action: str, number: int, export_id: str) -> Stamp:
        return cls(first_action[-8:].rjust(8, "0"), number, export_id[-_TAIL:])

    @property
    def text(self) -> str:
        return f"EC1-{self.register}-{self.number}-{self.export}"


def read_stamp(text: str) -> Stamp | None:
    """The mark somewhere in a text."""
    found = _STAMP.search(text)
    return Stamp(found[1], int(found[2]), found[3]) if found else None


def find_stamp(texts: Iterable[object]) -> Stamp | None:
    """The first mark among cells."""
    return next((stamp for text in texts if isinstance(text, str) and (stamp := read_stamp(text))), None)


def spans(numbers: Iterable[int]) -> str:
    """Whole numbers, shortly: "1-5,7"."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def numbers_in(text: str) -> set[int]:
    """The numbers that `spans` wrote."""
    found: set[int] = set()
    for span in filter(None, text.split(",")):
        first, _, last = span.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found
