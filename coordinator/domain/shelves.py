"""A mapping of many keys that is never changed: the next one shares with it all shelves on which nothing is others.

To copy a dict of 100,000 entries, and to free the old one, holds the interpreter for tens of milliseconds in one piece;
a shelf takes a hundredth of a thousandth of a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Generic, TypeVar

V = TypeVar("V")
SHELVES = 512


class Shelves(Collection[str], Generic[V]):
    """Keys and their values; in no order."""

    __slots__ = ("_shelves", "_size")

    def __init__(self, items: Iterable[tuple[str, V]] = ()) -> None:
        self._shelves: list[dict[str, V]] = [{} for _shelf in range(SHELVES)]
        for key, value in items:
            self._shelves[hash(key) % SHELVES][key] = value
        self._size = sum(map(len, self._shelves))

    def but(self, come: Mapping[str, V], gone: Iterable[str] = ()) -> Shelves[V]:
        """These without `gone`, and with `come`."""
        found: Shelves[V] = Shelves.__new__(Shelves)
        found._shelves, found._size = self._shelves.copy(), self._size
        mine: set[int] = set()
        for key in gone:
            found._size -= found._own(key, mine).pop(key, None) is not None
        for key, value in come.items():
            shelf = found._own(key, mine)
            found._size += key not in shelf
            shelf[key] = value
        return found

    def _own(self, key: str, mine: set[int]) -> dict[str, V]:
        """The shelf of a key, no longer shared."""
        at = hash(key) % SHELVES
        if at not in mine:
            mine.add(at)
            self._shelves[at] = self._shelves[at].copy()
        return self._shelves[at]

    def get(self, key: str) -> V | None:
        return self._shelves[hash(key) % SHELVES].get(key)

    def values(self) -> Iterator[V]:
        return chain.from_iterable(shelf.values() for shelf in self._shelves)

    def __contains__(self, key: object) -> bool:
        return key in self._shelves[hash(key) % SHELVES]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._shelves)

    def __len__(self) -> int:
        return self._size
