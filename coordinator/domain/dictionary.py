"""Which given name or patronymic a word is, in Ukrainian, Russian or Latin letters.

Sound alone does not lead from Mykola to Николай, or from Elena to Олена. The dictionaries of names-translator
(MIT; listed in resources/names) do: each word is looked up in both directions and gets the Ukrainian names that it
may stand for. They were gathered from declarations and hold slips of the pen too, so a word being there does not
make it a name: `is_common` asks a short list instead.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Literal

from translitua import RussianInternationalPassport, UkrainianKMU, translit

from coordinator.domain.romanised import CYRILLIC, simplified
from resources.names import load_names

Pool = Literal["first", "patronymic", "last"]

_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`"))
_OTHERWISE = {
    "кристина": "христина", "осип": "йосип", "тимофей": "тимофій", "єлизавета": "єлизавета", "елизавета": "єлизавета",
    "alexander": "олександр", "alexandr": "олександр", "aleksander": "олександр", "eugene": "євген",
    "evgeny": "євген", "michael": "михайло", "peter": "петро", "paul": "павло", "nicholas": "микола",
    "george": "георгій", "helen": "олена", "catherine": "катерина", "katerina": "катерина",
    "nikolas": "микола", "andrew": "андрій", "basil": "василь", "theodor": "федір", "fyodor": "федір",
    "pyotr": "петро", "artyom": "артем", "semyon": "семен", "alyona": "альона", "irene": "ірина", "natalie": "наталія",
    "anastasia": "анастасія", "sophia": "софія", "sofie": "софія", "kristina": "христина",
    "ludmila": "людмила", "luba": "любов", "lydia": "лідія", "vasiliy": "василь",
}  # fmt: skip
"""Spellings that neither the dictionary nor the rules of sound lead home."""

_COMMON_NAMES = """
    олександр олексій анатолій андрій антон аркадій арсен арсеній артем артур богдан борис вадим валентин валерій
    василь вячеслав віктор віталій владислав володимир всеволод геннадій георгій гліб григорій давид данило демян
    денис дмитро едуард євген захар зіновій іван ігор ілля йосип кирило костянтин кузьма леонід лев любомир макар
    максим марк марян матвій микита микола мирон мирослав михайло назар нестор олег омелян орест остап павло петро
    пилип платон прохор родіон роман ростислав руслан савелій святослав семен сергій станіслав степан тарас тимофій
    тимур федір філіп юліан юрій юхим яків ярослав
    аліна алла альбіна анастасія ангеліна анжела анна антоніна божена богдана валентина валерія варвара віра
    вікторія віталія владислава галина ганна дарина дарія діана євгенія єва єлизавета емілія жанна зінаїда злата зоя
    інна ірина каріна катерина кіра клавдія ксенія лариса леся лідія ліза лілія любов людмила маргарита марина марія
    мілана мирослава надія наталія неля ніна ніка оксана олександра олена олеся ольга поліна раїса регіна римма
    роксолана руслана світлана сніжана соломія софія степанія стефанія таїсія тамара тетяна уляна христина юлія яна
    ярина ярослава
"""
_COMMON = frozenset(_COMMON_NAMES.split())


def families(word: str, pool: Pool) -> frozenset[str]:
    """The Ukrainian names that a folded word may stand for; empty for a word nobody knows, and for surnames."""
    if pool == "last":
        return frozenset()
    key = word.translate(_APOSTROPHES)
    found = set((_by_word if CYRILLIC.search(key) else _by_sound)(pool).get(_reduced(key), ()))
    if pool == "first" and key in _OTHERWISE:
        found.add(_OTHERWISE[key])
    return frozenset(found)


def initials_of(names: frozenset[str]) -> frozenset[str]:
    """Folded first letters under which the bearers of these Ukrainian names are entered: О and Е for Олена."""
    return frozenset(letter for name in names for letter in _initials().get(name, name[:1]))


def is_common(names: frozenset[str]) -> bool:
    """Whether one of these Ukrainian names is one that thousands bear, and so hardly a slip of the pen."""
    return not names.isdisjoint(_COMMON)


def _reduced(word: str) -> str:
    return word if CYRILLIC.search(word) else simplified(word)


@cache
def _by_word(pool: Pool) -> dict[str, set[str]]:
    """Ukrainian and Russian words -> Ukrainian names."""
    index: dict[str, set[str]] = defaultdict(set)
    for ukrainian, russian in _pool(pool):
        index[ukrainian].add(ukrainian)
        for form in russian:
            index[form].add(ukrainian)
    return dict(index)


@cache
def _by_sound(pool: Pool) -> dict[str, set[str]]:
    """Keys of Latin spellings -> Ukrainian names; only made when a Latin name is about."""
    index: dict[str, set[str]] = defaultdict(set)
    for ukrainian, russian in _pool(pool):
        index[simplified(translit(ukrainian, UkrainianKMU))].add(ukrainian)
        for form in russian:
            index[simplified(translit(form, RussianInternationalPassport))].add(ukrainian)
    return dict(index)


@cache
def _initials() -> dict[str, str]:
    entries = (*_pool("first"), *_pool("patronymic"))
    return {ukrainian: "".join({ukrainian[0], *(form[0] for form in russian)}) for ukrainian, russian in entries}


@cache
def _pool(pool: Pool) -> list[tuple[str, list[str]]]:
    return load_names(pool)


@cache
def given_names() -> frozenset[str]:
    """Every given name of the dictionary, Ukrainian and Russian."""
    return frozenset(form for ukrainian, russian in _pool("first") for form in (ukrainian, *russian))
