"""What a column holds, judged by its cells: for headers that nobody knows, or that say something else.

Every test answers for one cell; a column is what most of its cells are. Tests that hardly anything else passes stand
first, so that a phone is no age and a birth date no day of a call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

from coordinator.domain.names import fold, split_name
from coordinator.domain.person import Relation, Sex
from coordinator.domain.phones import parse_phones
from coordinator.domain.spellings import is_given_name, looks_like_patronymic
from coordinator.exchange.addresses import read_address
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.layout import meaningful
from coordinator.exchange.reading import CellValue
from coordinator.exchange.values import read_day_text, shown
from coordinator.exchange.wording import NoteReading, read_needs, read_note, read_relation, read_sex

IsPlace = Callable[[str], bool]
Test = Callable[[CellValue], bool]

SAMPLE = 60
"""Cells of a column that are looked at."""

LEAST = 0.7
"""The part of the cells that must pass; a list has slips and remarks."""

_FEW = 2
_KATOTTG = re.compile(r"UA\d{17}")
_PLATE = re.compile(r"[A-ZА-ЯІЇЄ]{2}\s?\d{4}\s?[A-ZА-ЯІЇЄ]{2}")
_STREET = re.compile(r"\b(?:вул|ул|пров|пер|просп|буд|пл|street|st)\b")
_PLACE = re.compile(r"^(?:с|смт|м|с-ще|сел|пгт|г|село|селище|місто)[. ]")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’ʼ`-]*")
_OLDEST_YEAR, _NEWEST_YEAR = 1905, 2030
_LONG_TEXT = 25
_SOME_DAY = date(2099, 1, 1)
_YEAR = re.compile(r"(?:19|20)\d\d")


def no_place(_text: str) -> bool:
    """Where no gazetteer is at hand."""
    return False


def column_by_contents(values: Iterable[CellValue], kind: ListKind, is_place: IsPlace = no_place) -> str | None:
    """The column that these cells look like; None where nothing fits, or too few are filled."""
    filled = sampled(values)
    if len(filled) < _FEW:
        return None
    tests = _FLEET if kind is ListKind.FLEET else () if kind is ListKind.GAZETTEER else _families(is_place)
    for key, test in tests:
        if part(filled, test) >= LEAST:
            return "requested_on" if key == "birth" and _of_one_year(filled) else key
    return _by_numbers(filled, kind) if tests else None


def _of_one_year(filled: Sequence[CellValue]) -> bool:
    """Days of calls and not of births: all of the year in which the list was written."""
    years = {str(value.year) if isinstance(value, date) else "".join(_YEAR.findall(shown(value))) for value in filled}
    return len(filled) > _FEW and len(years) == 1


def contradicts(key: str, values: Iterable[CellValue]) -> bool:
    """Whether hardly a cell is what the header promises, and most are plainly something else."""
    tests = dict(_CERTAIN)
    filled = sampled(values)
    if key not in tests or len(filled) <= _FEW or part(filled, tests[key]) >= 1 - LEAST:
        return False
    return any(part(filled, test) >= LEAST for other, test in tests.items() if other != key)


def sampled(values: Iterable[CellValue]) -> list[CellValue]:
    """The first filled cells."""
    found: list[CellValue] = []
    for value in values:
        if meaningful(value):
            found.append(value)
            if len(found) == SAMPLE:
                break
    return found


def part(values: Sequence[CellValue], test: Test) -> float:
    """How many of the values pass, 0 to 1."""
    return sum(map(test, values)) / len(values)


def is_phone(value: CellValue) -> bool:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return False
    text = shown(value)
    digits = sum(char.isdecimal() for char in text)
    return digits > 8 and any(contact.e164 for contact in parse_phones(value))


def is_birth(value: CellValue) -> bool:
    """A day or a year in which somebody on a list may have been born, and not the year of the list itself."""
    if isinstance(value, (date, datetime)):
        return _OLDEST_YEAR <= value.year < _NEWEST_YEAR
    text = shown(value)
    if re.fullmatch(r"\d{4}(?:\s*[рг]\.?\s*(?:н\.?)?)?", text):
        return _OLDEST_YEAR <= int(text[:4]) < _NEWEST_YEAR
    return len(text) < _LONG_TEXT and read_day_text(text, _SOME_DAY).found


def is_sex(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) < _LONG_TEXT and read_sex(value) in (Sex.FEMALE, Sex.MALE)


def is_full_name(value: CellValue) -> bool:
    """Two to four words of letters, one of them a given name or a patronymic."""
    if not isinstance(value, str) or any(char.isdigit() for char in value):
        return False
    words = _WORD.findall(fold(value))
    if not 1 < len(words) < 5 or _STREET.search(fold(value)):
        return False
    name = split_name(value)
    known = is_given_name(fold(name.given)) or looks_like_patronymic(fold(name.patronymic))
    return bool(name.given) and (known or (bool(name.surname) and name.given.endswith(".")))


def is_address(value: CellValue) -> bool:
    text = fold(shown(value))
    if not isinstance(value, str) or is_phone(value):
        return False
    read = read_address(text).address
    return bool(_STREET.search(text) or (read.street and read.house and any(char.isalpha() for char in read.street)))


def _one_word(test: Callable[[str], bool]) -> Test:
    def passes(value: CellValue) -> bool:
        text = fold(shown(value))
        return isinstance(value, str) and " " not in text and test(text)

    return passes


def _is_relation(value: CellValue) -> bool:
    text = shown(value)
    known = isinstance(value, str) and len(text) < _LONG_TEXT
    return known and read_relation(text) not in (Relation.OTHER, Relation.UNKNOWN)


def _is_decision(value: CellValue) -> bool:
    return isinstance(value, str) and read_note(value) != NoteReading()


_CERTAIN: tuple[tuple[str, Test], ...] = (
    ("katottg", lambda value: _KATOTTG.fullmatch(shown(value)) is not None),
    ("phone", is_phone),
    ("sex", is_sex),
    ("birth", is_birth),
    ("full_name", is_full_name),
)
_FLEET: tuple[tuple[str, Test], ...] = (
    ("plate", lambda value: _PLATE.fullmatch(shown(value).upper()) is not None),
    ("driver_phone", is_phone),
    ("driver", is_full_name),
)


def _families(is_place: IsPlace) -> tuple[tuple[str, Test], ...]:
    return (
        *_CERTAIN,
        ("patronymic", _one_word(looks_like_patronymic)),
        ("relation", _is_relation),
        ("given", _one_word(is_given_name)),
        ("address", is_address),
        ("settlement", lambda value: bool(_PLACE.match(fold(shown(value)))) or is_place(shown(value))),
        ("needs", lambda value: isinstance(value, str) and bool(read_needs(value))),
        ("decision", _is_decision),
        ("note", lambda value: isinstance(value, str) and len(value) >= _LONG_TEXT),
    )


def _by_numbers(filled: Sequence[CellValue], kind: ListKind) -> str | None:
    """Running numbers, ages, and in a list of requests the count of people."""
    texts = [shown(value) for value in filled]
    if not all(text.isdecimal() and len(text) < 6 for text in texts):
        return None
    numbers = [int(text) for text in texts]
    steps = [after - before for before, after in pairwise(numbers)]
    if numbers[0] < _FEW and steps and all(step in (0, 1) for step in steps) and numbers[-1] > 1:
        return "number"
    if 20 < max(numbers) < 110:
        return "age"
    return "people" if kind is ListKind.REQUESTS and max(numbers) < 16 else None
