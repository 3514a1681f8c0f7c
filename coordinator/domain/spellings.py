"""One name, several spellings: Ukrainian, Russian, Latin.

People and places of the same name arrive as Олена/Елена, Ківшарівка/Ковшаровка, Kupiansk/Купянск. Two
ways lead from one spelling to another: dictionaries of given names, surnames and patronymics (package
names-translator, MIT), and rules of sound for everything they do not hold. All functions take and
give folded words (names.fold), which carry no apostrophes and no ё or ґ.
"""

from __future__ import annotations

import re

from names_translator.dicts import default_dicts
from translitua import RussianInternationalPassport, UkrainianKMU, translit

from coordinator.domain.dictionary import Pool, families, given_names
from coordinator.domain.romanised import CYRILLIC, latin_key, simplified

__all__ = [
    "Pool", "is_given_name", "is_surname", "latin_key", "looks_like_patronymic", "loose_key", "name_forms", "strict_key"
]  # fmt: skip

_STRICT = str.maketrans({"і": "и", "ї": "и", "ы": "и", "й": "и", "є": "е", "э": "е", "ё": "е", "ь": "", "ъ": ""})
_LOOSE = str.maketrans({"и": "е", "о": "е"})
_ENDINGS = (
    (re.compile(r"(?:их|ие|ии|ои|еи)$"), "ии"),
    (re.compile(r"(?:ое|ее|о)$"), "е"),
    (re.compile(r"ая$"), "а"),
    (re.compile(r"яя$"), "я"),
    (re.compile(r"(?:о|е)вк(?=[аеиу]$)"), "ивк"),
)
_CLUSTERS = (
    (re.compile(r"[сш]ч"), "щ"),
    (re.compile(r"уват"), "оват"),
    (re.compile(r"^ву"), "у"),
    (re.compile(r"^олекс"), "алекс"),
    (re.compile(r"^микол"), "никол"),
    (re.compile(r"^ганн"), "анн"),
    (re.compile(r"^пилип"), "филип"),
    (re.compile(r"^костянт"), "констант"),
    (re.compile(r"ме?ян"), "мен"),
)
_WORDS = {
    "1": "перша", "i": "перша", "перва": "перша",
    "2": "друга", "ii": "друга", "втора": "друга",
    "3": "третя",
    "болша": "велика", "болше": "велике", "болшии": "великии",
}  # fmt: skip
"""Words of place names that Russian translates instead of spelling; strict keys."""
_GENDER = re.compile(r"([сц]к)(?:а|е+)$|(?<=..)(ев|ен)а$|([st]sk|sk)(?:a|aia|i)$|(?<=..)([oei]v|in)a$")
_SOFT_O = re.compile(r"(?<=[бвгґджзклмнпрстфхцчшщ])[йь][оеєё]")
"""Воробйов, Воробьев; Єрьоменко, Еременко."""
_PATRONYMIC = re.compile(
    r".{3,}(?:[оеєйь]вич|[іїоеє]вн[аи]|ічна|ична|инична|ovych|ovich|[ey]vych|[ey]vich|[iy]vna|ovna|evna|ychna|ichna)$"
)
_SHORT_PATRONYMICS = frozenset(
    ("ілліч", "ильич", "кузьмич", "лукич", "фомич", "хомич", "никитич", "микитич", "саввич", "савич", "illich")
)
_SURNAME = re.compile(
    r".{2,}(?:[еє]нко|ко|ук|юк|[сц]ь?к(?:ий|а|ая|ої)|ець|ар|ник|ло|ба|да|[оеєиіїы]в|[иіїы]н|[оеєиіїы][вн]а|[иы]х|ич|ак|як"
    r"|enko|chuk|sky[iy]|ska|ov|ova|ev|eva)$"
)


def strict_key(word: str) -> str:
    """One key for the regular Ukrainian and Russian spelling of a place: Курилівка and Куриловка.

    і/и/ы, є/е/э, -івка/-овка/-евка, -ове/-ово, adjective endings, ь and ъ left out. A Latin word keeps
    its letters. Hyphens count as blanks.
    """
    return " ".join(_strict_word(part) for part in word.replace("-", " ").split())


def _strict_word(word: str) -> str:
    word = word.translate(_STRICT)
    for pattern, replacement in _ENDINGS:
        word = pattern.sub(replacement, word)
    return word


def loose_key(word: str) -> str:
    """A key that forgives shifting vowels too: Ківшарівка and Ковшаровка, Піщане and Песчаное."""
    return " ".join(_loose_word(part) for part in strict_key(word).split())


def _loose_word(word: str) -> str:
    word = _WORDS.get(word, word)
    for pattern, replacement in _CLUSTERS:
        word = pattern.sub(replacement, word)
    return re.sub(r"(.)\1+", r"\1", word.translate(_LOOSE))


def name_forms(word: str, pool: Pool, *, latin: bool = True) -> frozenset[str]:
    """Keys of every spelling of one part of a person's name; two spellings of one name share a key.

    Latin keys begin with "~", so that they never meet Cyrillic ones; they cost most of the time and can
    be left out where no Latin name is about. Keys with "#" are names of the dictionary: Mykola and Николай.
    """
    known = {"#" + name for name in families(word, pool)}
    if not CYRILLIC.search(word):
        return frozenset({"~" + _ungendered(simplified(word), pool), *known})
    russian = _russian(word, pool)
    keys = {_ungendered(_sound(form), pool) for form in (*russian, word)}
    if latin:
        romanised = {translit(word, UkrainianKMU)}
        romanised |= {translit(form, RussianInternationalPassport) for form in (*russian, word)}
        keys |= {"~" + _ungendered(simplified(form), pool) for form in romanised}
    return frozenset(keys | known)


def _sound(word: str) -> str:
    return _loose_word(_strict_word(_SOFT_O.sub("е", word)))


def _russian(word: str, pool: Pool) -> list[str]:
    forms: list[str] = default_dicts().lookup_key(word, pool)
    return [form.lower().replace("ё", "е") for form in forms]


def _ungendered(key: str, pool: Pool) -> str:
    """Surnames of a family differ by gender: Іванова, Новицька and Новицкий lose the ending."""
    return _GENDER.sub(r"\1\2\3\4", key) if pool == "last" else key


def is_given_name(key: str) -> bool:
    """Whether the dictionary of given names has this word, in Ukrainian or in Russian."""
    return key in given_names()


def is_surname(key: str) -> bool:
    """Whether a word ends like a surname."""
    return bool(_SURNAME.fullmatch(key))


def looks_like_patronymic(key: str) -> bool:
    """Whether a word ends like a patronymic; some surnames do too."""
    return bool(_PATRONYMIC.fullmatch(key)) or key in _SHORT_PATRONYMICS
