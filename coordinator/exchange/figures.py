"""Counts, marks, plates, licences and coordinates, from cells as people fill them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import NamedTuple

from coordinator.domain.names import clean, fold
from coordinator.exchange.reading import CellValue
from coordinator.exchange.values import read_time, shown

MOST_PEOPLE = 99
"""People in one household or seats in one vehicle; more is a phone or a year in the wrong column."""

_WORDS = {
    "один": 1, "одна": 1, "одне": 1, "сам": 1, "сама": 1, "одинокий": 1, "одинока": 1, "two": 2, "двоє": 2, "два": 2,
    "дві": 2, "двое": 2, "две": 2, "троє": 3, "три": 3, "трое": 3, "three": 3, "четверо": 4, "чотири": 4, "четыре": 4,
    "four": 4, "пятеро": 5, "пять": 5, "five": 5, "шестеро": 6, "шість": 6, "шесть": 6, "six": 6, "семеро": 7, "сім": 7,
    "семь": 7, "one": 1, "жодного": 0, "ноль": 0, "нуль": 0,
}  # fmt: skip
_UNIT = r"(?:чол|чел|осіб|особ|люд|діт|дет|дит|реб|ос\b|people|persons?|child|kids|взр|дор|місц|мест|seats?)"
_WITH_UNIT = re.compile(rf"(\d{{1,2}})\s*-?(?:\s*{_UNIT}\w*\.?)?")
_SUM = re.compile(rf"(\d{{1,2}})\s*(?:{_UNIT}\w*\.?)?\s*\+\s*(\d{{1,2}})(?:\s*\+\s*(\d{{1,2}}))?\s*(?:{_UNIT}\w*\.?)?")
_LISTED = re.compile(
    r"(\d{1,2})\s*(?:дорос|взрос|adult)\w*\.?\s*(?:,|і|й|та|и|and)?\s*(\d{1,2})\s*(?:діт|"
    r"дет|дит|реб|child)\w*\.?"
)
_YES = frozenset("+ ++ так да yes y true v x х є есть 1 потрібно потрібен потрібна нужно ✓ ✔ т".split())  # noqa: SIM905
_NO = frozenset("- ні нет no n false 0 немає нема н відсутній відсутня відсутні без не".split())  # noqa: SIM905


class Count(NamedTuple):
    """`people` and, where the cell says it itself ("2+1"), the children among them. `problem` as in values."""

    people: int | None = None
    children: int | None = None
    problem: str = ""


def read_count(value: CellValue) -> Count:
    """How many. A blank or a dash is None without a problem; what is not a plain count is warned about.

    "2+1" is two adults and a child; a half is rounded up (a seat too many is better than one too few);
    a range takes its end; a count with other words takes the only number in them.
    """
    if value is None or isinstance(value, bool):
        return Count(1 if value else None)
    if isinstance(value, (date, time, timedelta)):
        return Count(problem="import.count_unreadable")
    text = fold(shown(value))
    if not text or text in ("-", "?"):
        return Count()
    number = re.fullmatch(r"(-?)\s*(\d+)(?:[.,](\d+))?", text)
    if number:
        return _plain_count(number)
    if found := _WITH_UNIT.fullmatch(text):
        return Count(int(found[1]))
    if text.split()[0] in _WORDS and len(text.split()) <= 2:
        return Count(_WORDS[text.split()[0]])
    if found := _SUM.fullmatch(text) or _LISTED.fullmatch(text):
        parts = [int(part) for part in found.groups() if part]
        return Count(sum(parts), sum(parts[1:]), "import.count_added")
    if found := re.fullmatch(r"(\d{1,2})\s*-\s*(\d{1,2})", text):
        return Count(max(int(found[1]), int(found[2])), problem="import.count_unclear")
    numbers = re.findall(r"(?<![\d.,])\d{1,2}(?![\d.,])", text)
    if len(numbers) == 1:
        return Count(int(numbers[0]), problem="import.count_unclear")
    return Count(problem="import.count_unreadable")


def _plain_count(number: re.Match[str]) -> Count:
    whole = int(number[2]) if len(number[2]) < 9 else MOST_PEOPLE + 1
    half = 1 if int(number[3] or 0) else 0
    if number[1] and whole + half:
        return Count(problem="import.count_negative")
    if whole + half > MOST_PEOPLE:
        return Count(problem="import.count_unreadable")
    return Count(whole + half, problem="import.count_half" if half else "")


def read_yes(value: CellValue) -> bool | None:
    """ "так", "+", "x", TRUE, 1 are True; "ні", "-", 0 and blank are False; other words None."""
    if isinstance(value, bool):
        return value
    if value is None:
        return False
    if isinstance(value, (int, float)):
        return value > 0
    text = fold(shown(value)).strip(" .!")
    if not text or text in _NO:
        return False
    if text in _YES or text.startswith(("так ", "так,", "да,", "yes,", "yes ")):
        return True
    return None


_LATIN = str.maketrans("АВЕІКМНОРСТХ", "ABEIKMHOPCTX")


def read_plate(value: CellValue) -> str:
    """A plate in capitals without blanks and dashes; Ukrainian letters (the twelve with Latin twins) in Latin."""
    text = re.sub(r"[\s\-–—.·]+", "", shown(value).upper())
    latin = text.translate(_LATIN)
    return latin if not re.search(r"[\u0400-\u04ff]", latin) else text


_CATEGORIES = ("D", "D1", "B")
_LICENCE_LETTERS = str.maketrans("ВВДСЕ", "BBDCE")


def read_licence(value: CellValue) -> str:
    """The category that counts for passengers: the highest of D, D1, B in the cell, else the text as written."""
    text = re.sub(r"КАТЕГОР\w*|КАТ\.?|CATEGORY|CAT\.?", " ", shown(value).upper()).translate(_LICENCE_LETTERS)
    found = set(re.findall(r"(?<![^\W\d_])(D1|B1|C1|[BCD])E?(?![^\W_])", text))
    return next((category for category in _CATEGORIES if category in found), clean(value))


def read_hours(value: CellValue) -> tuple[time | None, time | None]:
    """ "06:00-18:00", "з 6 до 18" as two times; None for what is not there."""
    found = re.findall(r"\d{1,2}(?:[:.]\d{2})?", shown(value))
    if len(found) != 2:
        return None, None
    return read_time(found[0]), read_time(found[1])


def read_number(value: CellValue) -> float | None:
    """A decimal number with a point or a comma (coordinates, population); None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    text = shown(value).replace(" ", "").replace(",", ".")
    return float(text) if re.fullmatch(r"-?\d{1,12}(?:\.\d+)?", text) else None
