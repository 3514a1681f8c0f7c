"""Settlements, and which one a text on a list means.

Names repeat (19 of them inside Kupiansk raion), are renamed while the code stays, and arrive in
Ukrainian, Russian or Latin. The centre's own raion goes first; what stays open is asked, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from coordinator.domain.names import fold
from coordinator.domain.spellings import latin_key, loose_key, strict_key

HOME_CODE = "UA6308"
"""KATOTTG prefix of Kupiansk raion, where the centre works."""

Status = Literal["found", "unknown", "ambiguous", "empty"]


@dataclass(frozen=True, slots=True)
class Place:
    """A settlement, or a part of one that lists name by itself.

    `lat`, `lon`: degrees, WGS 84; None where nothing is known. `estimated`: they are the hromada's centre.
    `home`: inside the centre's raion.
    """

    id: str
    name: str
    katottg: str = ""
    hromada: str = ""
    raion: str = ""
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()
    home: bool = False
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """`place` only when found. `candidates`: the namesakes when ambiguous, near spellings when unknown."""

    place: Place | None
    status: Status
    candidates: tuple[Place, ...] = ()


@dataclass(slots=True)
class _Asked:
    """A folded text taken apart: possible names in order, and what else it says."""

    names: list[str] = field(default_factory=list)
    hromada: str = ""
    raion: str = ""
    kind: str = ""


_HROMADA = re.compile(
    r"(\S+?)\s+(?:(?:сільськ|селищн|міськ|сельск|поселков|городск)\S*\s+)?(?:територіальн\S*\s+|территориальн\S*\s+)?"
    r"(?:громад\S*|о?тг\b\.?|общин\S*)"
)
_RAION = re.compile(r"(\S+?)\s+(?:район\S*|р-?н\S*)")
_OBLAST = re.compile(r"\S+?\s+обл\S*")
_KINDS = {
    "city": ("місто", "мiсто", "город", "гор", "м", "г"),
    "settlement": ("селище міського типу", "селище", "с-ще", "сщ", "смт", "пгт", "поселок", "пос"),
    "": ("село", "сел", "с", "хутір", "хутор", "х", "мікрорайон", "микрорайон", "мкр", "м-н", "village", "town"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_KIND_WORD = re.compile(rf"({'|'.join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))})(?:\.\s*|\s+|$)")
_KIND_AFTER = re.compile(r"\s(?:м|с|смт|пгт|село|місто|город|селище)\.?$")
_STREET = re.compile(r"(?:вул|ул|пров|пер|просп|пл|бул|буд|кв|тел)(?:\.|\s|иця|ица|$)|\d")
_NOTHING = frozenset({"", "-", "?", "невідомо", "неизвестно", "н/д"})
_LONGEST_SHORT_KIND = 4
"""A kind written out may be a name by itself: there is a village Селище."""
_SUGGEST_FROM = 75.0
_SUGGESTIONS = 5

_Index = dict[str, list[Place]]


class Gazetteer:
    """The known settlements, ready to be asked. Built once from the register; `resolve` changes nothing."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_id = {place.id: place for place in places}
        self._exact = self._index(_plain, with_aliases=False)
        self._strict = self._index(lambda name: strict_key(fold(name)), with_aliases=True)
        self._loose = self._index(lambda name: loose_key(fold(name)), with_aliases=True)
        self._latin: _Index | None = None

    def get(self, place_id: str | None) -> Place | None:
        return self._by_id.get(place_id) if place_id else None

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def resolve(self, text: str, hromada: str = "") -> Resolution:
        """Which settlement `text` means. `hromada` (the list's own) decides only between namesakes.

        Names and aliases inside the raion go first, then the rest, then spellings with shifted vowels and
        Latin ones. "смт", "м." and a hromada or raion in the text help to decide.
        """
        asked = _take_apart(fold(text))
        if not asked.names:
            return Resolution(None, "empty")
        asked.hromada = asked.hromada or fold(hromada)
        answers = [self._one(name, asked) for name in asked.names]
        found = [answer.place for answer in answers if answer.place]
        first = next((answer for answer in answers if answer.status != "unknown"), None)
        if first is None:
            return Resolution(None, "unknown", self._near(asked.names[0]))
        if first.status == "ambiguous":
            return _decided_by(first, found)
        parts = [place for place in found if place.kind == "part"]
        same_town = [place for place in parts if first.place and place.hromada == first.place.hromada]
        return Resolution(same_town[0], "found") if same_town else first

    def _one(self, name: str, asked: _Asked) -> Resolution:
        sure = [self._exact.get(_plain(name), []), self._strict.get(strict_key(name), [])]
        unsure = [self._loose.get(loose_key(name), []), self._by_latin(name)]
        for hits in (*sure, *unsure):
            if agreeing := _agreeing(hits, asked):
                return _answer(agreeing, asked)
        for tier in (sure, unsure):
            for home in (True, False):
                for hits in tier:
                    if chosen := [place for place in hits if place.home is home]:
                        return _answer(chosen if home else _towns_first(chosen), asked)
        return Resolution(None, "unknown")

    def _by_latin(self, name: str) -> list[Place]:
        if not name.isascii():
            return []
        if self._latin is None:
            self._latin = self._index(lambda text: latin_key(fold(text)), with_aliases=True)
        return self._latin.get(latin_key(name), [])

    def _near(self, name: str) -> tuple[Place, ...]:
        """Places whose name is spelt alike, home first."""
        matches = process.extract(
            loose_key(name), self._loose.keys(), scorer=fuzz.ratio, limit=3 * _SUGGESTIONS, score_cutoff=_SUGGEST_FROM
        )
        scored = [(score + 10 * place.home, place) for key, score, _ in matches for place in self._loose[key]]
        scored.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].id))
        return tuple({place.id: place for _, place in scored}.values())[:_SUGGESTIONS]

    def _index(self, key: Callable[[str], str], *, with_aliases: bool) -> _Index:
        index: _Index = {}
        for place in self._by_id.values():
            for text in {key(name) for name in (place.name, *(place.aliases if with_aliases else ()))}:
                index.setdefault(text, []).append(place)
        return index


def known_as(name: str, written: str) -> str:
    """The settlement for a driver: its name of today, and the other one where the list wrote that.

    "Мирове (Московка)": places are renamed, and people go on using the name that they know. Another spelling of
    the same name is not repeated.
    """
    if not written or loose_key(fold(name)) == loose_key(fold(written)):
        return name
    return f"{name} ({written})" if name else written


def is_home(katottg: str) -> bool:
    return katottg.startswith(HOME_CODE)


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").split())


def _take_apart(text: str) -> _Asked:
    asked = _Asked()
    if text in _NOTHING:
        return asked
    text, asked.hromada = _lift(_HROMADA, text)
    text, asked.raion = _lift(_RAION, text)
    text = _OBLAST.sub(",", text)
    for part in re.split(r"[,;()/\[\]|]", text):
        name = _KIND_AFTER.sub("", part.strip(' .:"«»“”'))
        while (kind := _KIND_WORD.match(name)) and (kind.end() < len(name) or kind.end() <= _LONGEST_SHORT_KIND):
            asked.kind = asked.kind or _KIND_OF[kind.group(1)]
            name = name[kind.end() :].strip(" .")
        if name and not _STREET.match(name):
            asked.names.append(name)
    return asked


def _lift(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    if not match:
        return text, ""
    return f"{text[: match.start()]},{text[match.end() :]}", match.group(1).strip(" ,.()")


def _agreeing(hits: list[Place], asked: _Asked) -> list[Place]:
    """Those of the hromada or raion that was named (raions of before 2020 are hromadas now), or the city."""
    if asked.hromada and (same := [place for place in hits if _same_area(place.hromada, asked.hromada)]):
        return same
    if asked.raion:
        same = [place for place in hits if _same_area(place.raion, asked.raion)]
        if same := same or [place for place in hits if _same_area(place.hromada, asked.raion)]:
            return same
    return [place for place in hits if asked.kind == place.kind == "city"]


def _same_area(name: str, asked: str) -> bool:
    """Балаклійська, Балаклійський, Балаклейская: one area."""
    word = asked.split()[0] if asked.split() else ""
    return bool(word) and loose_key(fold(name)).rstrip("ае") == loose_key(word).rstrip("ае")


def _towns_first(places: list[Place]) -> list[Place]:
    """Outside the raion, where only destinations lie: Лозова is the city and not one of four villages."""
    cities = [place for place in places if place.kind == "city"]
    return cities if len(cities) == 1 else places


def _answer(places: list[Place], asked: _Asked) -> Resolution:
    if len(places) > 1 and asked.kind:
        places = [place for place in places if place.kind == asked.kind] or places
    if len(places) == 1:
        return Resolution(places[0], "found")
    return Resolution(None, "ambiguous", tuple(places))


def _decided_by(answer: Resolution, others: list[Place]) -> Resolution:
    """Another place in the same text tells the hromada: "Піщане (Курилівка)"."""
    hromadas = {place.hromada for place in others}
    chosen = [place for place in answer.candidates if place.hromada in hromadas]
    return Resolution(chosen[0], "found") if len(chosen) == 1 else answer
