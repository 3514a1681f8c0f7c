"""Writes resources/names/*.tsv. Run by hand when names-translator changes:

    uv run --group dev python resources/build_names.py

The dictionaries of given names and patronymics come from names-translator (MIT). That package keeps them in a graph
that answers for one word at once, but takes half a second to list them all, which every import would wait for.
Small letters, no apostrophes, ґ and ё as г and е: as the domain compares words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from names_translator.dicts import default_dicts

FOLDER = Path(__file__).parent / "names"
POOLS = ("first", "patronymic")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`"))
_FORGIVEN = str.maketrans("ґё", "ге")


def main() -> None:
    for pool in POOLS:
        (FOLDER / f"{pool}.tsv").write_text("".join(f"{line}\n" for line in lines(pool)), encoding="utf-8", newline="")


def lines(pool: str) -> Iterator[str]:
    """A Ukrainian name and its Russian forms, with tabs between."""
    entries: dict[str, list[str]] = default_dicts().as_dict(pool)
    for ukrainian, russian in entries.items():
        yield "\t".join(map(plain, (ukrainian, *russian)))


def plain(word: str) -> str:
    return word.lower().translate(_APOSTROPHES).translate(_FORGIVEN)


if __name__ == "__main__":
    main()
