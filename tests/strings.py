"""What the tool `strings` would find in a file: runs of printable characters, in each encoding of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LEAST = 4
ENCODINGS = ("utf-8", "utf-16-le", "cp1251")
_RUN = re.compile(rf"[^\W_][\w '’ʼ.,:+@/()-]{{{LEAST - 1},}}")


def strings(content: bytes) -> Iterator[str]:
    """Runs of at least four letters and digits (with what stands between words) in any of the encodings."""
    for encoding in ENCODINGS:
        for offset in (0, 1) if encoding == "utf-16-le" else (0,):
            yield from _RUN.findall(content[offset:].decode(encoding, errors="replace"))


def holding(files: Iterable[Path], words: Iterable[str]) -> list[tuple[str, str]]:
    """(name of the file, word) for each word that stands in a file or in its name, in capitals or not."""
    wanted = [word.casefold() for word in words]
    found = []
    for file in files:
        text = "\n".join([str(file), *strings(file.read_bytes())]).casefold()
        found += [(file.name, word) for word in wanted if word in text]
    return found


def files_in(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
