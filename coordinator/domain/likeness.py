"""How alike two people are: surname, given name, patronymic and birth compared apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from coordinator.domain.dictionary import initials_of
from coordinator.domain.memory import remembered
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, PersonName
from coordinator.domain.spellings import Pool, latin_key, loose_key, name_forms

TYPO = 84.0
"""Two spellings of a part of a name at least this alike (of 100) may be one with a slip of the pen."""


class Agreement(IntEnum):
    """Two spellings of one part of a name, or two births."""

    DIFFERENT = 0
    UNKNOWN = 1
    SIMILAR = 2
    SAME = 3


class Grade(IntEnum):
    """What two names share. SURNAME: one family at most; GIVEN: one side says no more than a given name;
    PART: a name that could be the same, with a part missing or only an initial; FULL: all three parts."""

    NONE = 0
    SURNAME = 1
    GIVEN = 2
    PART = 3
    FULL = 4


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One part of a name: folded text, the keys of its spellings, their first letters; `initial`: no more than one.

    `keys` and `marks` are the fewest forms and letters that two spellings of one name have in common, to look it up
    by; an initial has no keys. A vocabulary has one word for each text, so two are told apart by identity, which is
    quick to remember answers by.
    """

    text: str
    forms: frozenset[str]
    letters: frozenset[str]
    initial: bool
    keys: tuple[str, ...]
    marks: tuple[str, ...]


class Span(NamedTuple):
    """A birth, quick to compare: the `day` (None: only a year is known), its `turn` in any year, the `year`
    (0: unknown) and how many years it may be off."""

    day: date | None
    turn: int
    year: int
    slack: int


class Member(NamedTuple):
    surname: Word | None
    given: Word | None
    patronymic: Word | None
    birth: Birth
    head: bool
    span: Span


class Match(NamedTuple):
    """`grade` of the names, `birth` of the births, `heads`: both people are heads of their households."""

    grade: Grade
    birth: Agreement
    heads: bool


class Vocabulary:
    """The spellings of every word met, worked out once. `latin`: some names are in Latin letters."""

    def __init__(self, *, latin: bool) -> None:
        self._latin = latin
        self._plain, self._in_latin = (
            tuple(_Words(self, pool, whole) for pool in ("last", "first", "patronymic")) for whole in (False, True)
        )

    def member(self, name: PersonName, birth: Birth, *, head: bool) -> Member:
        latin = self._latin and name.full.isascii() and not name.full.isdecimal()
        surnames, givens, patronymics = self._in_latin if latin else self._plain
        return Member(
            surnames[name.surname], givens[name.given], patronymics[name.patronymic], birth, head, span_of(birth)
        )

    def word(self, text: str, pool: Pool, latin: bool) -> Word | None:
        """`latin`: the whole name is; then Maxim and Homa, all of letters with Cyrillic twins, stay Latin too."""
        bare = text.split("(")[0]
        key = (bare.lower().replace("'", "") if latin else fold(bare)).rstrip(".").strip()
        return self._made(key, pool) if key else None

    def _made(self, key: str, pool: Pool) -> Word:
        if len(key) == 1:
            letters = _latin_letters(key) if key.isascii() else frozenset({loose_key(key), "~" + latin_key(key)[:1]})
            return Word(key, letters, letters, True, (), self._in_one_script(letters))
        forms = name_forms(key, pool, latin=self._latin)
        letters = frozenset(form[: 2 if form[0] == "~" else 1] for form in forms if form[0] != "#")
        letters |= self._letters_of(forms)
        keys = tuple(form for form in forms if form[0] == "#") or self._in_one_script(forms)
        return Word(key, forms, letters, False, keys, self._in_one_script(letters))

    def _in_one_script(self, forms: frozenset[str]) -> tuple[str, ...]:
        """Where Latin names are about, every word has a Latin form; otherwise none needs one."""
        return tuple(form for form in forms if form[0] != "#" and (form[0] == "~") == self._latin)

    def _letters_of(self, forms: frozenset[str]) -> frozenset[str]:
        """First letters of the names behind a word: Микола is entered as М. and as Н."""
        letters = initials_of(frozenset(form[1:] for form in forms if form[0] == "#"))
        latin = {"~" + latin_key(letter)[:1] for letter in letters} if self._latin else set()
        return frozenset({loose_key(letter) for letter in letters} | latin)


class _Words(dict[str, Word | None]):
    """The words of one part of names, each made when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary, pool: Pool, latin: bool) -> None:
        super().__init__()
        self._vocabulary, self._pool, self._latin = vocabulary, pool, latin

    def __missing__(self, text: str) -> Word | None:
        word = self[text] = self._vocabulary.word(text, self._pool, self._latin)
        return word


def _latin_letters(initial: str) -> frozenset[str]:
    """An initial of a name whose spelling is not known: Y. is Yurii or Yevhen, K. Kateryna or Khrystyna."""
    others = {"y": "e", "j": "e", "i": "e", "k": "h", "c": "tkc"}.get(initial, "")
    return frozenset("~" + letter for letter in (latin_key(initial)[:1], *others))


def may_be_one(one: Member, other: Member) -> bool:
    """A quick look: without a surname or a birth date in common `compare` finds nothing."""
    if words_agree(one.surname, other.surname) is not Agreement.DIFFERENT:
        return True
    return one.birth.on is not None and one.birth.on == other.birth.on


def compare(one: Member, other: Member) -> Match:
    """Two people. Births that cannot be one person's leave no more than a common surname."""
    grade = _grade(one, other)
    birth = births_agree(one.birth, other.birth)
    if grade > Grade.SURNAME and birth is Agreement.DIFFERENT:
        grade = Grade.SURNAME
    return Match(grade, birth, one.head and other.head)


def _grade(one: Member, other: Member) -> Grade:
    surname = words_agree(one.surname, other.surname)
    if surname is Agreement.DIFFERENT and not (one.birth.on and one.birth.on == other.birth.on):
        return Grade.NONE
    given = givens_agree(one.given, other.given)
    patronymic = words_agree(one.patronymic, other.patronymic)
    if surname is Agreement.DIFFERENT:
        married = given is patronymic is Agreement.SAME
        return Grade.PART if married and not _any_initial(one, other) else Grade.NONE
    if Agreement.DIFFERENT in (given, patronymic):
        return Grade.SURNAME if surname >= Agreement.SIMILAR else Grade.NONE
    if surname is Agreement.UNKNOWN:
        return Grade.GIVEN if given >= Agreement.SIMILAR else Grade.NONE
    if given is Agreement.UNKNOWN:
        return Grade.SURNAME
    if patronymic is Agreement.UNKNOWN or _any_initial(one, other):
        return Grade.PART if surname is Agreement.SAME else Grade.SURNAME
    slips = (surname, given, patronymic).count(Agreement.SIMILAR)
    return Grade.FULL if slips < 2 else Grade.SURNAME


def _words_agree(one: Word | None, other: Word | None) -> Agreement:
    if one is None or other is None:
        return Agreement.UNKNOWN
    if one.initial or other.initial:
        return Agreement.SAME if one.letters & other.letters else Agreement.DIFFERENT
    if one.forms & other.forms:
        return Agreement.SAME
    if min(len(one.text), len(other.text)) > 3 and fuzz.ratio(one.text, other.text) >= TYPO:
        return Agreement.SIMILAR
    mixed = one.text.isascii() != other.text.isascii()
    return Agreement.SIMILAR if mixed and one_slip(one, other) else Agreement.DIFFERENT


def one_slip(one: Word, other: Word) -> bool:
    """Whether a single letter (missing, added, another, or two in turned order) parts two words, in any spelling."""
    if min(len(one.text), len(other.text)) < 3:
        return False
    mine, theirs = ({*word.forms, word.text if not word.text.isascii() else ""} for word in (one, other))
    return any(
        OSA.distance(a, b, score_cutoff=1) <= 1
        for a in mine
        for b in theirs
        if a and b and a[0] != "#" != b[0] and (a[0] == "~") == (b[0] == "~")
    )


words_agree = remembered(_words_agree, 1 << 18)
"""(Word, Word) -> Agreement: the same in Ukrainian, Russian or Latin, alike but for a slip, or different."""


def givens_agree(one: Word | None, other: Word | None) -> Agreement:
    """As `words_agree`, but Олександр and Олександра are brother and sister."""
    agreement = words_agree(one, other)
    if agreement is not Agreement.SIMILAR or one is None or other is None:
        return agreement
    return Agreement.DIFFERENT if _by_gender(one.text, other.text) else Agreement.SIMILAR


def _by_gender(one: str, other: str) -> bool:
    """Олександр and Олександра, Євген and Євгенія, Валерій and Валерія."""
    female = [name for name in (one, other) if name[-1] in "аяa"]
    male = [name for name in (one, other) if name[-1] not in "аяa"]
    if not female or not male:
        return False
    stem = male[0].rstrip("йьyio")
    return female[0][:-1].rstrip("іиi") == stem.rstrip("іиi")


def span_of(birth: Birth) -> Span:
    if on := birth.on:
        return Span(on, _NUMBERS[on.month * 32 + on.day], _NUMBERS[on.year], 0)
    if birth.year is not None:
        return Span(None, 0, birth.year, 0)
    if birth.age is not None and birth.age_on is not None:
        return Span(None, 0, birth.age_on.year - birth.age, 2)
    return _NO_SPAN


_NO_SPAN = Span(None, 0, 0, 0)
_NUMBERS = tuple(range(10_000))
"""Each number once: a hundred thousand births would make a few hundred of them again and again."""


def spans_meet(one: Span, other: Span) -> bool:
    """Whether two births can be one person's: dates that differ in the year alone, or in day and month alone, are a
    slip of the pen."""
    day, turn, year, slack = one
    other_day, other_turn, other_year, other_slack = other
    if day and other_day:
        return day == other_day or year == other_year or turn == other_turn
    return not year or not other_year or abs(year - other_year) <= slack + other_slack


def births_agree(one: Birth, other: Birth) -> Agreement:
    """SAME only for two equal dates; a year or an age can only agree (UNKNOWN) or not (DIFFERENT)."""
    if one.on and one.on == other.on:
        return Agreement.SAME
    return Agreement.UNKNOWN if spans_meet(span_of(one), span_of(other)) else Agreement.DIFFERENT


def _any_initial(one: Member, other: Member) -> bool:
    parts = (one.given, one.patronymic, other.given, other.patronymic)
    return any(part is not None and part.initial for part in parts)
