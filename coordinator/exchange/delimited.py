"""CSV and TSV as they come: any usual encoding, any usual separator, uneven rows (FAULTS 60, 65)."""

from __future__ import annotations

import csv
import re
from io import StringIO

from coordinator.errors import UserError

_SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 60
"""Lines that the separator is guessed from."""

_LONGEST_CELL = 131_072
_SWALLOWED = 40
"""Line breaks in one cell from which on an unclosed quotation mark is the likelier reason."""

_ESCAPED = re.compile(r"'(?='*[=+\-@\t\r])")


def read_delimited(name: str, content: bytes) -> list[list[str]]:
    """Rows of text cells. UserError where the encoding cannot be read."""
    return split_text(name, decode(name, content))


def split_text(name: str, text: str) -> list[list[str]]:
    """Rows of text cells, by the separator that the text names or that fits it best."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"\"?sep=(.)\"?\s*", first.strip("\r"))
    # Excel's own hint takes a line of the file, so an empty row keeps the numbers right.
    separator = told[1] if told else guess_separator(text)
    rows = _parse(name, "\n" + rest if told else text, separator)
    return [[cell[1:] if _ESCAPED.match(cell) else cell for cell in row] for row in rows]


def decode(name: str, content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, otherwise Windows-1251."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(name, content, "utf-16")
    if wide := _wide_encoding(content):
        return _decoded(name, content, wide)
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return _decoded(name, content, "cp1251")


def _wide_encoding(content: bytes) -> str:
    """UTF-16 without a mark, by every second byte being 0 or 4 (Latin, Cyrillic); "" for other text."""
    start = content[:2000]
    if len(content) % 2 or len(start) < 4:
        return ""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_second = start[first::2]
        if (every_second.count(0) + every_second.count(4)) * 10 > len(every_second) * 8:
            return encoding
    return ""


def _decoded(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).replace("\x00", "")
    except UnicodeDecodeError as unreadable:
        raise UserError("import.encoding", file=name) from unreadable


def guess_separator(text: str) -> str:
    """The separator that splits most of the first lines into the same number of cells."""
    sample = text.splitlines()[:_LOOKED_AT]
    if sum(line.count('"') for line in sample) % 2 == 0:  # Else one is not closed, and would pair the wrong ones.
        sample = re.sub(r'"[^"]*"', "", "\n".join(sample)).splitlines()
    lines = [re.sub(r'"[^"]*"', "", line) for line in sample if line.strip()]

    def agreement(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        common = max(set(counts) - {0}, key=lambda count: (counts.count(count), count), default=0)
        return sum(1 for count in counts if count and count == common), common

    best = max(_SEPARATORS, key=agreement)
    return best if agreement(best)[0] else ","


def _parse(name: str, text: str, separator: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        rows = []
    swallowed = any(cell.count("\n") > _SWALLOWED or len(cell) > _LONGEST_CELL for row in rows for cell in row)
    if rows and not swallowed:
        return rows
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE))
    except csv.Error as broken:
        raise UserError("import.damaged", file=name) from broken
