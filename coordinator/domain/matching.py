"""Names of commands found by a few letters: words in any order, their beginnings, small slips forgiven."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from rapidfuzz import fuzz

from coordinator.domain.names import fold

T = TypeVar("T")
LEAST = 78
"""How alike text with a slip must be, of 100."""
SHORTEST = 4
"""Letters from which on a slip is forgiven: of three letters one wrong means nothing any more."""


def best_first(query: str, among: Iterable[T], text_of: Callable[[T], str]) -> list[T]:
    """Those that the query may mean, the likeliest first; equally likely ones keep their order. All for no query."""
    words = fold(query).split()
    if not words:
        return list(among)
    scored = [(score(words, fold(text_of(one))), one) for one in among]
    found = [(points, one) for points, one in scored if points > 0]
    return [one for _points, one in sorted(found, key=lambda entry: -entry[0])]


def score(words: list[str], text: str) -> float:
    """0: not meant. Each word of the query must be in the text: a whole word counts most, a slip least."""
    parts = text.split()
    total = 0.0
    for place, word in enumerate(words):
        points = _points(word, parts, text)
        if not points:
            return 0.0
        total += points + (1 if parts[place : place + 1] == [word] else 0)
    return total / len(words) + 10 / (10 + len(parts))


def _points(word: str, parts: list[str], text: str) -> float:
    if word in parts:
        return 100
    if any(part.startswith(word) for part in parts):
        return 90
    if word in text:
        return 70
    if len(word) < SHORTEST:
        return 0
    near = max((fuzz.ratio(word, part[: len(word) + 1]) for part in parts), default=0.0)
    return near / 2 if near >= LEAST else 0
