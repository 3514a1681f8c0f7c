"""What speaks for two accounts being of one person, field by field, in points.

A point is a doubling of the odds (Fellegi and Sunter 1969): a field that agrees by chance in one of 30 pairs and
nearly always in two accounts of one person gives five. Phone, address, surname and patronymic are shared by a
family, so they never make a pair alone: the given name and the birth have to bear it, and one that cannot be the
same rules the pair out whatever else agrees. A blank says nothing, for or against.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from coordinator.domain.addresses import AddressKey, flats_agree
from coordinator.domain.dictionary import is_common
from coordinator.domain.likeness import Word, one_slip
from coordinator.domain.memory import remembered
from coordinator.domain.person import Birth


class Degree(StrEnum):
    """How two values agree. ALIKE: but for a slip of the pen; PARTLY: one says less (an initial, only a year)."""

    SAME = "same"
    ALIKE = "alike"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


class Finding(NamedTuple):
    """One field of a comparison: "surname", "given", "patronymic", "birth", "phone", "address" or "settlement"."""

    field: str
    degree: Degree
    points: float


class Profile(NamedTuple):
    """A person ready to compare. `sex`: of given name and patronymic, `line`: of the surname's ending; "" unknown."""

    surname: Word | None
    given: Word | None
    patronymic: Word | None
    birth: Birth
    phones: frozenset[str]
    settlement: str | None
    address: AddressKey | None
    sex: str
    line: str


_SAME, _ALIKE, _PARTLY, _UNKNOWN, _DIFFERENT = Degree

_SURNAME = {_SAME: 8.0, _ALIKE: 6.0, _PARTLY: 3.0, _UNKNOWN: 0.0, _DIFFERENT: -6.0}
"""One of some 300 surnames; a surname is changed at a wedding, so another one does not rule out."""
_GIVEN = {_SAME: 5.0, _ALIKE: 4.0, _PARTLY: 2.5, _UNKNOWN: 0.0}
_PATRONYMIC = {_SAME: 4.5, _ALIKE: 3.5, _PARTLY: 2.5, _UNKNOWN: 0.0, _DIFFERENT: -8.0}
_BIRTH = {_SAME: 12.0, _ALIKE: 4.0, _PARTLY: 5.0, _UNKNOWN: 0.0}
"""A day of some 25,000 (less for the many first of January), a year of some 60."""
_PHONE = {_SAME: 6.0, _UNKNOWN: 0.0, _DIFFERENT: -0.5}
_ADDRESS = {_SAME: 6.0, _PARTLY: 5.0, _UNKNOWN: 0.0, _DIFFERENT: -0.5}
"""Of one house without a flat on a side: PARTLY. People who fled are listed at the old and the new address."""
_SETTLEMENT = {_SAME: 1.5, _UNKNOWN: 0.0, _DIFFERENT: -3.0}
"""Half of all live in one town."""

_APPROXIMATE = 3.0
"""A year that an age leaves open by two."""

_MALE_A = frozenset((
    "микола", "никола", "ілля", "илья", "микита", "никита", "лука", "сава", "савва", "кузьма", "хома", "фома",
    "данила", "гаврила", "олекса", "mykola", "nikita", "mykyta", "illia", "ilya", "ilia", "luka", "sava", "kuzma",
    "khoma", "foma", "danyla", "danila",
))  # fmt: skip
_FEMALE_ELSE = frozenset(("любов", "любовь", "нінель", "liubov", "lyubov", "lubov", "lyubov'"))
_HER_PATRONYMIC = re.compile(r"(?:вна|чна|vna|chna)$")
_HIS_PATRONYMIC = re.compile(r"(?:ич|іч|ych|ich)$")
_HER_SURNAME = re.compile(r"(?:[сц]ь?к(?:а|ая)|[оеє]ва|[иії]на|sk(?:a|aia|aya)|[oe]va|[yi]na)$")
_HIS_SURNAME = re.compile(r"(?:[сц]ь?кий|[оеє]в|[иії]н|sky|sky[iy]|ski[iyj]?|[oe]v|[yi]n)$")


def sex_of(given: Word | None, patronymic: Word | None) -> str:
    """ "f", "m" or "" by the patronymic, or else by a given name that is no slip of the pen."""
    if patronymic and not patronymic.initial:
        if _HER_PATRONYMIC.search(patronymic.text):
            return "f"
        if _HIS_PATRONYMIC.search(patronymic.text):
            return "m"
    if given is None or given.initial:
        return ""
    if not is_common(_names(given)):
        return ""
    female = given.text in _FEMALE_ELSE or (given.text[-1] in "аяa" and given.text not in _MALE_A)
    return "f" if female else "m"


def line_of(surname: Word | None) -> str:
    """ "f" or "m" where the surname's ending tells; "" for most."""
    if surname is None:
        return ""
    return "f" if _HER_SURNAME.search(surname.text) else "m" if _HIS_SURNAME.search(surname.text) else ""


def weighed(one: Profile, other: Profile) -> tuple[Finding, ...] | None:
    """The findings of each field, or None where the two cannot be one person."""
    given = given_degree(one.given, other.given)
    if given is _DIFFERENT or _sexes_differ(one, other):
        return None
    birth, birth_points = birth_degree(one.birth, other.birth)
    if birth is _DIFFERENT:
        return None
    surname, patronymic = part_degree(one.surname, other.surname), part_degree(one.patronymic, other.patronymic)
    if not _conceivable(surname, given, patronymic, birth):
        return None
    phone, address, settlement = _phone(one, other), _address(one, other), _settlement(one, other)
    return (
        Finding("surname", surname, _SURNAME[surname]),
        Finding("given", given, _GIVEN[given]),
        Finding("patronymic", patronymic, _PATRONYMIC[patronymic]),
        Finding("birth", birth, birth_points),
        Finding("phone", phone, _PHONE[phone]),
        Finding("address", address, _ADDRESS[address]),
        Finding("settlement", settlement, _SETTLEMENT[settlement]),
    )


def _conceivable(surname: Degree, given: Degree, patronymic: Degree, birth: Degree) -> bool:
    """What has to hold before phone and address are looked at.

    Without a given name only the day of birth tells two of a family apart. A new surname needs given name,
    patronymic and day of birth; another patronymic the day of birth. More than two slips are another name.
    """
    if given is _UNKNOWN and birth is not _SAME:
        return False
    if surname is _DIFFERENT and not (given is patronymic is birth is _SAME):
        return False
    if patronymic is _DIFFERENT and not (birth is _SAME and surname is given is _SAME):
        return False
    return (surname, given, patronymic).count(_ALIKE) + (birth is _ALIKE) <= 2


def _sexes_differ(one: Profile, other: Profile) -> bool:
    by_name = one.sex and other.sex and one.sex != other.sex
    by_line = one.line and other.line and one.line != other.line
    return bool(by_name or (by_line and not (one.sex and one.sex == other.sex)))


def _part_degree(one: Word | None, other: Word | None) -> Degree:
    if one is None or other is None:
        return _UNKNOWN
    if one.initial or other.initial:
        return _PARTLY if one.letters & other.letters else _DIFFERENT
    if one.forms & other.forms:
        return _SAME
    return _ALIKE if one_slip(one, other) else _DIFFERENT


part_degree = remembered(_part_degree, 1 << 18)
"""(Word, Word) -> Degree of two surnames or patronymics."""


def given_degree(one: Word | None, other: Word | None) -> Degree:
    """As `part_degree`; but two common names that differ by a letter are two people: Інна and Анна.

    Ганна and Анна, which Russian does not tell apart, are only ALIKE where both are written.
    """
    degree = part_degree(one, other)
    if one is None or other is None or one.text == other.text or degree not in (_SAME, _ALIKE):
        return degree
    if degree is _ALIKE:
        return _DIFFERENT if is_common(_names(one)) and is_common(_names(other)) else _ALIKE
    return _ALIKE if is_common(frozenset({one.text})) and is_common(frozenset({other.text})) else _SAME


def _names(word: Word) -> frozenset[str]:
    return frozenset(form[1:] for form in word.forms if form[0] == "#")


def birth_degree(one: Birth, other: Birth) -> tuple[Degree, float]:
    """Two births and what their agreement is worth."""
    if one.on and other.on:
        degree = _SAME if one.on == other.on else _ALIKE if _one_digit(one.on, other.on) else _DIFFERENT
        return degree, _BIRTH.get(degree, 0.0)
    (year, slack), (other_year, other_slack) = _year(one), _year(other)
    if not year or not other_year:
        return _UNKNOWN, 0.0
    if abs(year - other_year) > slack + other_slack:
        return _DIFFERENT, 0.0
    return _PARTLY, _APPROXIMATE if slack + other_slack else _BIRTH[_PARTLY]


def _year(birth: Birth) -> tuple[int, int]:
    """Birth year (0: unknown) and how many years it may be off."""
    if birth.on:
        return birth.on.year, 0
    if birth.year is not None:
        return birth.year, 0
    if birth.age is not None and birth.age_on is not None:
        return birth.age_on.year - birth.age, 2
    return 0, 0


def _one_digit(one: date, other: date) -> bool:
    """One wrong digit, two turned round, or day and month exchanged."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    return bool(OSA.distance(one.strftime("%d%m%Y"), other.strftime("%d%m%Y"), score_cutoff=1) <= 1)


def _phone(one: Profile, other: Profile) -> Degree:
    if not one.phones or not other.phones:
        return _UNKNOWN
    return _DIFFERENT if one.phones.isdisjoint(other.phones) else _SAME


def _address(one: Profile, other: Profile) -> Degree:
    a, b = one.address, other.address
    if a is None or b is None:
        return _UNKNOWN
    if _settlement(one, other) is _DIFFERENT or (a.street, a.house) != (b.street, b.house) or not flats_agree(a, b):
        return _DIFFERENT
    return _SAME if a.flat == b.flat else _PARTLY


def _settlement(one: Profile, other: Profile) -> Degree:
    if one.settlement is None or other.settlement is None:
        return _UNKNOWN
    return _SAME if one.settlement == other.settlement else _DIFFERENT
