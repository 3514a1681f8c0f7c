"""How names and other texts are cleaned, searched, sorted and taken apart.

Three forms of one text: `clean` is what people see, `fold` is what search compares, `sort_key` is what
tables, paper and workbooks are ordered by. The last two are stored, because SQLite's LIKE, lower and
ORDER BY know no Cyrillic.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from datetime import date, datetime
from typing import NamedTuple

from coordinator.domain.memory import remembered
from coordinator.domain.person import PersonName
from coordinator.domain.spellings import is_given_name, is_surname, looks_like_patronymic

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
"""The Ukrainian alphabet, in order (DSTU; apostrophes do not count)."""

_APOSTROPHES = "'’ʼ`´‘‛′ʹ＇ʻʽ"
_DROP_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES))
_ANY_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_STAND_IN = re.compile(r"(?<=[^\W\d_])[\"*](?=[^\W\d_])")
"""Quotes and asterisks that lists use for an apostrophe inside a word."""

_LATIN = "ABCEHIKMOPTXYÏabcehikmoptxyï"
_CYRILLIC = "АВСЕНІКМОРТХУЇавсенікмортхуї"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_MIXABLE = re.compile(r"[^\W_]+")
_BESIDE_LATIN = re.compile(r"[A-Za-zÏï][^\W_A-Za-zÏï]|[^\W_A-Za-zÏï][A-Za-zÏï]")
"""A Latin letter beside a digit or a letter that is none: only then is there a word to mend."""
_HAS_LATIN = re.compile(r"[A-Za-zÏï]")
_HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_PLATE = re.compile(rf"\b([{_LATIN}]{{2}})( ?\d{{4}} ?)([{_LATIN}]{{2}})\b")
_HOUSE_LETTER = re.compile(rf"\b(\d+[-/])([{_LATIN}])\b")
_ONLY_LOOKALIKES = re.compile(f"[{_LATIN}{_CYRILLIC}0-9]+")
_PLAIN_CHARS = "[абвгдеєжзиіїйклмнопрстуфхцчшщьюя0-9.,:;/()№+-]+"
_PLAIN = re.compile(f"{_PLAIN_CHARS}(?: {_PLAIN_CHARS})*")
"""Texts that need nothing but lower case: most of them, and ten times quicker."""
_STRESS = str.maketrans(dict.fromkeys("\u0300\u0301"))
_FORGIVEN = str.maketrans("ёґ", "ег")


def clean(text: object) -> str:
    """The form people see: NFC, one blank between words, no invisible characters; None is "".

    A whole number that a workbook kept as a float loses its ".0"; a date becomes ISO text.
    """
    if type(text) is str:
        value = unicodedata.normalize("NFC", text if text.isprintable() else _without_controls(text))
        # Of all blanks only the plain one is printable: most texts need no taking apart.
        plain = "  " not in value and value[:1] != " " and value[-1:] != " " and (value is text or value.isprintable())
        return value if plain else " ".join(value.split())
    if text is None:
        return ""
    if isinstance(text, float):
        if math.isnan(text) or math.isinf(text):
            return ""
        text = int(text) if text.is_integer() else text
    elif isinstance(text, (date, datetime)):
        return text.isoformat()
    return clean(str(text))


def fold(text: object) -> str:
    """The search key. Forgives case, apostrophes, look-alike letters, dashes, blanks, and ё/е, ґ/г.

    Folding twice changes nothing. Words keep their order; punctuation other than apostrophes stays.
    """
    value = text if isinstance(text, str) else clean(text)
    lowered = value.lower()
    if _PLAIN.fullmatch(lowered):
        return lowered
    # Looking for a few letters is quicker than translating each, of which there are none in most texts.
    lowered = _ANY_APOSTROPHE.sub("", lowered).replace("ё", "е").replace("ґ", "г")
    if _PLAIN.fullmatch(lowered):
        return lowered
    while (once := _fold_once(value)) != value:
        value = once
    return value


def _fold_once(value: str) -> str:
    value = _base(value).casefold().translate(_FORGIVEN)
    return _base(value)


def _base(value: str) -> str:
    """What search and sorting share: compatibility form, no apostrophes, one script in a word."""
    value = _without_controls(value).translate(_DROP_APOSTROPHES)
    value = unicodedata.normalize("NFKC", value).translate(_DROP_APOSTROPHES).translate(_STRESS)
    value = _STAND_IN.sub("", value.translate(_DASHES))
    return " ".join(one_script(_without_controls(value)).split())


def _without_controls(value: str) -> str:
    """Tabs and line breaks become blanks; zero-width and other format characters go."""
    if value.isprintable():
        return value
    kept = []
    for char in value:
        category = unicodedata.category(char)
        if category in ("Cc", "Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cf", "Cs"):
            kept.append(char)
    return "".join(kept)


def one_script(value: str) -> str:
    """Words that mix Latin and Cyrillic letters, mended to one script; case is kept.

    A word goes to the script of the letters that have no twin in the other one; a word of twins only, or
    a number with a twin beside it (house 62A, number plates), goes to Cyrillic.
    """
    if not _HAS_LATIN.search(value):
        return value
    for pattern in (_PLATE, _HOUSE_LETTER):
        value = pattern.sub(lambda found: found.group().translate(_TO_CYRILLIC), value)
    return _MIXABLE.sub(_mend, value) if _BESIDE_LATIN.search(value) else value


def _mend(match: re.Match[str]) -> str:
    word = match.group()
    if not _HAS_LATIN.search(word):
        return word
    if _HAS_CYRILLIC.search(word):
        cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
        if not _HAS_LATIN.search(cyrillic):
            return cyrillic
        return latin if not _HAS_CYRILLIC.search(latin) else word
    if any(char.isdecimal() for char in word) and _ONLY_LOOKALIKES.fullmatch(word):
        return word.translate(_TO_CYRILLIC)
    return word


def _sort_codes() -> dict[int, str]:
    letters = ALPHABET.replace("е", "её").replace("є", "єэ").replace("и", "иы").replace("ь", "ъь")
    codes = {ord(letter): chr(0x100 + place) for place, letter in enumerate(letters)}
    codes.update({0x61 + place: chr(0x180 + place) for place in range(26)})
    return codes


_SORT_CODES = _sort_codes()
_LETTERS = re.compile(f"[{ALPHABET}]+(?: [{ALPHABET}]+)*")
"""Names that need nothing but their letters' codes: most of them, and ten times quicker."""
_ONE_BYTE = "cp1251"
"""Has every Ukrainian letter; of bytes Python translates a whole text at once."""
_CODE_OF_BYTE = "".join(_SORT_CODES.get(ord(char), char) for char in bytes(range(256)).decode(_ONE_BYTE, "replace"))


def sort_key(text: str) -> str:
    """A key whose plain (binary) order is the Ukrainian alphabet; apostrophes are ignored.

    Blanks and punctuation sort first, then numbers by value, then Ukrainian, then Latin letters.
    """
    lowered = text.lower()
    if not _LETTERS.fullmatch(lowered):
        lowered = _ANY_APOSTROPHE.sub("", lowered)
    if _LETTERS.fullmatch(lowered):
        return codecs.charmap_decode(lowered.encode(_ONE_BYTE), "strict", _CODE_OF_BYTE)[0]
    value = _base(_base(text).casefold())
    coded = []
    for part in re.split(r"(\d+)", value):
        if part.isdecimal():
            digits = str(int(part)) if len(part) < 1000 else part.lstrip("0")
            coded.append(chr(0x30 + min(len(digits), 0x40)) + digits)
        else:
            coded.append("".join(_sort_char(char) for char in part))
    return " ".join("".join(coded).split(" ")).strip()


def name_key(name: PersonName) -> str:
    """The `sort_key` of the full name; quick, since its words come again and again."""
    surname, given, patronymic = _word_key(name.surname), _word_key(name.given), _word_key(name.patronymic)
    if surname and given and patronymic:
        return f"{surname} {given} {patronymic}"
    return sort_key(name.full)


def _key_of_letters(word: str) -> str:
    """The `sort_key` of words of nothing but letters, which is that of each beside the other; else ""."""
    return sort_key(word) if _LETTERS.fullmatch(_ANY_APOSTROPHE.sub("", word.lower())) else ""


_word_key = remembered(_key_of_letters, 65536)


def _sort_char(char: str) -> str:
    code = _SORT_CODES.get(ord(char))
    if code is not None:
        return code
    if char.isalpha():
        base = unicodedata.normalize("NFKD", char)[0]
        return _SORT_CODES.get(ord(base), char if ord(char) > 0x1FF else chr(0x200 + ord(char)))
    return " "


_PATRONYMIC_TAILS = frozenset({"огли", "оглы", "кизи", "кызы", "заде", "oglu", "ogly", "kyzy", "kizi"})
_NUMBERING = re.compile(r"^\s*\d+\s*[.)]\s*")
_FORMER_SURNAME = re.compile(r"\s*([^\W\d_]\S*)\s*\(\s*([^\W\d_]+)\s*\)(?=\s+\S)")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*(?:[)\]}]|$)|[)\]}]")
_ROLES = frozenset((
    "син", "сын", "дочка", "дочь", "донька", "дружина", "жена", "чоловік", "муж", "мати", "мама", "мать",
    "батько", "отец", "тато", "брат", "сестра", "бабуся", "бабушка", "дід", "дідусь", "дедушка", "онук", "внук",
    "онука", "внучка", "сусідка", "соседка", "сусід", "сосед", "дитина", "ребенок", "діти", "дети", "дорослий",
    "взрослый", "особа", "людина", "человек", "хлопчик", "дівчинка", "мальчик", "девочка",
))  # fmt: skip
"""Words that say who somebody is; written small beside a name they are no part of it."""
_NO_WORDS = frozenset({"р.н", "г.р", "року"})
_CAPITALISED = rf"[А-ЯҐЄІЇ][А-Яа-яҐґЄєІіЇї{_APOSTROPHES}]+(?:-[А-Яа-яҐґЄєІіЇї{_APOSTROPHES}]+)*"
_PLAIN_WORD = re.compile(_CAPITALISED)
"""Three of them are a name as nearly all are written: it needs no looking for remarks, initials or Latin letters."""
_INITIALS = re.compile(r"(?!Р\.Н|[ГҐ]\.Р)(?:[А-ЯҐЄІЇ]\.){2}")
"""But those of "року народження"."""
_NO_NAME = frozenset({"", "-", "?", "невідомо", "неизвестно", "н/д", "нд", "unknown"})


def split_name(text: object) -> PersonName:
    """A name written in one cell, taken apart: surname, given name, patronymic.

    "Прізвище Ім'я По батькові" is the order of official lists; a patronymic in second place or a given
    name before a surname turns it round. Capitals become Title, initials stay initials ("А."), and one
    word alone is a given name only where the dictionaries know it as one. Brackets after the surname hold
    the former one and stay with it; other brackets, numbers and words like "син" are remarks and are left
    out, so a cell of nothing else is an unnamed person: an empty name.
    """
    value = clean(text)
    return plain_name(value) or _with_plain_initials(value) or split_any_name(value)


def plain_name(text: str) -> PersonName | None:
    """The name in a text of three plain words, cleaned or not; None for any other text."""
    words = text.split(" ")
    if len(words) != 3:
        return None
    one, two, three = map(_plain_word, words)
    if one is None or two is None or three is None:
        return None
    if _turned(one, two):
        return PersonName(three.text, one.text, two.text)
    return PersonName(one.text, two.text, three.text)


def _with_plain_initials(text: str) -> PersonName | None:
    """A plain surname and two initials: "Швачка А.С."."""
    surname, _, initials = text.partition(" ")
    if _INITIALS.fullmatch(initials) is None or (told := _plain_word(surname)) is None:
        return None
    return PersonName(told.text, initials[:2], initials[2:])


def split_any_name(value: str) -> PersonName:
    """The name in a clean text that may hold anything."""
    value = one_script(value)
    if fold(value) in _NO_NAME or not any(char.isalpha() for char in value):
        return PersonName()
    words = _words(_without_remarks(_NUMBERING.sub("", value)))
    if not words:
        return PersonName()
    if initials := _with_initials(words):
        return initials
    words = [titled(word) for word in words]
    if len(words) > 2 and fold(words[-1]) in _PATRONYMIC_TAILS:
        words[-2:] = [f"{words[-2]} {words[-1].lower()}"]
        if len(words) >= 3:
            return PersonName(" ".join(words[:-2]), words[-2], words[-1])
    return _in_order(words)


def titled(word: str) -> str:
    """КОВАЛЬ and коваль become Коваль, МАР'ЯНА Мар'яна, a double name by its parts; МакКей stays."""
    if len(word) > 1 and (word.isupper() or word.islower()):
        return re.sub(r"[^\W\d_][^\s(-]*", lambda part: part.group().capitalize(), word)
    return word


def _without_remarks(value: str) -> str:
    former = _FORMER_SURNAME.match(value)
    if former and fold(former.group(2)) in _ROLES:
        former = None
    head = f"{former.group(1)}\u00a0({former.group(2)})" if former else ""
    rest = value[former.end() :] if former else value
    return head + _BRACKETS.sub(" ", rest)


def _words(value: str) -> list[str]:
    value = value.replace(",", " ").strip(" .;:-–—")
    words = [word.replace("\u00a0", " ") for word in value.split(" ") if not any(char.isdecimal() for char in word)]
    words = [word for word in words if not (word.islower() and fold(word).strip(".:-") in _ROLES)]
    return [word for word in words if word.strip(".-–—;:?") and fold(word).rstrip(".") not in _NO_WORDS]


def _with_initials(words: list[str]) -> PersonName | None:
    """Initials with or without dots, before or after: "Швачка А.С.", "А. С. Швачка", "Швачка АС"."""
    short = [word for word in words if "." in word or len(word) == 1]
    long = [word for word in words if word not in short]
    if not long:
        return None
    if not short:
        last = words[-1]
        bare = len(words) == 2 and len(last) == 2 and last.isupper() and not is_given_name(fold(last))
        return PersonName(titled(words[0]), f"{last[0]}.", f"{last[1]}.") if bare else None
    letters = [char for word in short for char in _cyrillic_initials(word, long) if char.isalpha()]
    if len(letters) > 2 or any(len(part) > 1 for word in short for part in word.split(".")):
        return None
    dotted = [f"{letter.upper()}." for letter in letters] + ["", ""]
    if len(long) == 2 and len(letters) == 1:
        return PersonName(titled(long[0]), titled(long[1]), dotted[0])
    return PersonName(" ".join(titled(word) for word in long), dotted[0], dotted[1])


def _cyrillic_initials(word: str, beside: list[str]) -> str:
    """Initials typed with Latin look-alikes beside a Cyrillic surname, in Cyrillic."""
    return word.translate(_TO_CYRILLIC) if any(_HAS_CYRILLIC.search(other) for other in beside) else word


class _Word(NamedTuple):
    """A word of a name: as people see it, and what the dictionaries say."""

    text: str
    given: bool
    patronymic: bool
    surname: bool


def _looked_up(word: str) -> _Word:
    text, key = titled(word), fold(word)
    return _Word(text, is_given_name(key), looks_like_patronymic(key), is_surname(key))


def _looked_up_plain(word: str) -> _Word | None:
    """None for a word that is written otherwise, or is no part of a name."""
    if _PLAIN_WORD.fullmatch(word) is None or fold(word) in _NO_WORDS or fold(word) in _PATRONYMIC_TAILS:
        return None
    return _looked_up(word)


_told, _plain_word = remembered(_looked_up, 65536), remembered(_looked_up_plain, 65536)
"""Names come again and again, surnames too."""


def _in_order(words: list[str]) -> PersonName:
    told = [_told(word) for word in words]
    if len(words) == 1:
        return PersonName(given=words[0]) if told[0].given else PersonName(surname=words[0])
    if len(words) == 2:
        first, second = told
        if second.patronymic and first.given:
            return PersonName(given=words[0], patronymic=words[1])
        if first.given and not second.given and second.surname:
            return PersonName(surname=words[1], given=words[0])
        return PersonName(surname=words[0], given=words[1])
    if _turned(*told[:2]):
        return PersonName(" ".join(words[2:]), words[0], words[1])
    return PersonName(" ".join(words[:-2]), words[-2], words[-1])


def _turned(first: _Word, second: _Word) -> bool:
    """Given name and patronymic before the surname."""
    return second.patronymic and first.given and not second.given
