"""Caches of texts about people: they make a long run quick, and are emptied when it ends or the register closes.

A register that is closed leaves no names, addresses or notes behind in the program's memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar

R = TypeVar("R")


class Cache(Protocol):
    """A function under `functools.lru_cache`."""

    def cache_clear(self) -> None: ...

    def cache_info(self) -> Any: ...


_caches: list[Cache] = []


def remembered(function: Callable[..., R], most: int) -> Callable[..., R]:
    """The function with a cache of `most` answers that `forget` empties."""
    cached: Any = lru_cache(maxsize=most)(function)
    forgettable(cached)
    return cached  # type: ignore[no-any-return]


def forgettable(*caches: Cache) -> None:
    """Caches made elsewhere that hold texts about people."""
    _caches.extend(caches)


def forget() -> None:
    """Empty all of them."""
    for cache in _caches:
        cache.cache_clear()


def remembering() -> int:
    """How many answers are kept at the moment."""
    return sum(cache.cache_info().currsize for cache in _caches)
