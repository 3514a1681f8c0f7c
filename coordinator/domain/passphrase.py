"""How hard a passphrase is to guess, roughly and without a dictionary.

Guessers try words, years and neighbouring keys before anything else, so a word counts as one choice out of
some 2,000, however long it is, and not as its letters.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from itertools import pairwise

WORD_BITS = 11.0
LETTER_BITS, DIGIT_BITS, SIGN_BITS = 4.7, 3.3, 4.0
REPEATED_BITS = 1.0
LETTERS_A_WORD = 6
FAIR_BITS, STRONG_BITS = 3 * WORD_BITS, 4 * WORD_BITS

_RUNS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+")


class Strength(StrEnum):
    """Three words are fair, four are strong."""

    NONE = "none"
    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(passphrase: str, least: int) -> Strength:
    """How good `passphrase` is where it must have at least `least` signs."""
    text = unicodedata.normalize("NFKC", passphrase).strip()
    if not text:
        return Strength.NONE
    if len(text) < least:
        return Strength.SHORT
    found = bits(text)
    if found < FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if found < STRONG_BITS else Strength.STRONG


def bits(text: str) -> float:
    """The guesses that `text` is worth, as a power of two. What is repeated counts once."""
    runs = dict.fromkeys(run.casefold() for run in _RUNS.findall(text))
    return sum(_letters(run) if run.isalpha() else _signs(run) for run in runs)


def _letters(run: str) -> float:
    words = max(1, round(len(run) / LETTERS_A_WORD))
    return min(words * WORD_BITS, _steps(run, LETTER_BITS))


def _signs(run: str) -> float:
    return _steps(run, DIGIT_BITS if run.isdecimal() else SIGN_BITS)


def _steps(run: str, each: float) -> float:
    """The first sign counts fully; one that repeats the last or follows it in order (1234) hardly counts."""
    easy = sum(abs(ord(sign) - ord(before)) <= 1 for before, sign in pairwise(run))
    return (len(run) - easy) * each + easy * REPEATED_BITS
