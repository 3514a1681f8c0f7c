"""Latin spellings brought to one key: passports, banks and foreign lists romanise one name in many ways."""

from __future__ import annotations

import re

from translitua import UkrainianKMU, translit

CYRILLIC = re.compile("[а-яіїєґё]")

_STEPS = (
    (re.compile(r"['’ʼʹ]"), ""),
    (re.compile(r"shch|sch|šč"), "sh"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"g"), "h"),
    (re.compile(r"ck|c(?=[aou]|[^aeiouyhk])"), "k"),
    (re.compile(r"c(?!h)"), "ts"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[jyi]+(?=[aeou])"), "i"),
    (re.compile(r"[jyi]+"), "i"),
    (re.compile(r"ie|(?<=[^aeiou])io|(?<=[csz]h)o"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def latin_key(word: str) -> str:
    """One key for the usual romanisations: Kupiansk, Kupyansk; Cyrillic goes by Resolution 55 first."""
    return simplified(translit(word, UkrainianKMU) if CYRILLIC.search(word) else word)


def simplified(latin: str) -> str:
    """The key of a Latin word: g, kh and h are one letter, so are y, i and j; Solovyov is Soloviev."""
    latin = latin.lower().replace("-", " ")
    for pattern, replacement in _STEPS:
        latin = pattern.sub(replacement, latin)
    return latin
