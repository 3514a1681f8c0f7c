"""Cells to values: births, days, moments, times of day. Counts, marks and plates are in `figures`, words in `wording`.

Every reader takes what calamine or a CSV gives (text, float, bool, date, datetime, time, None) and answers
with the value and a problem: "" where all is well, else a code of `resources.messages` for a warning. No
reader raises; what cannot be read stays empty and the caller keeps the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from coordinator.domain.days import KYIV, moments
from coordinator.domain.names import clean
from coordinator.domain.names import fold as fold_words
from coordinator.domain.person import OLDEST, Birth
from coordinator.exchange.reading import CellValue

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_MAC_DAY_ZERO = date(1904, 1, 1)
_SERIALS = range(2200, 73_051)
"""Whole numbers that may be an unformatted date (1906 to 2099); smaller ones may be years."""

MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "січ янв jan", "лют февр фев feb", "берез бер март мар mar", "квіт апр apr", "трав май мая may",
            "черв июн jun", "лип июл jul", "серп авг aug", "верес вер сент сен sep", "жовт окт oct",
            "листоп лист нояб ноя nov", "груд дек dec",
        ),
        start=1,
    )
    for stem in stems.split()
}  # fmt: skip
_STEMS = sorted(MONTHS, key=len, reverse=True)

_DAY_FIRST = re.compile(r"(\d{1,2})\s*([./,\-\s])\s*(\d{1,2})\s*[./,\-\s]\s*(\d{4}|\d{2})(?!\d)")
_PLAIN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?!\d)")
_IN_WORDS = re.compile(r"(\d{1,2})(?:-?(?:го|те|е|th|st|nd|rd))?\s+(?:of\s+)?([^\W\d_]{3,})\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:th|st|nd|rd)?,?\s+(\d{4})(?!\d)")
_YEAR_KNOWN = re.compile(r"(?:00|[_?*xх-]{1,2})[./](?:00|[_?*xх-]{1,2})[./](\d{4})(?!\d)")
_NO_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?!\d)")
_TAIL = r"\s*(?:р|г|рік|року|год|года|year|born)?\.?\s*(?:н|р|нар|рожд|народж\w*|рожд\w*)?\.?"
_ABOUT = r"(?:(?:приблизно|близько|біля|около|примерно|прибл\.?|about|approx\.?|ca?\.?)\s*|[~≈]\s*)?"
_YEAR_ONLY = re.compile(rf"{_ABOUT}(?:\d{{1,2}}[./])?(\d{{4}}){_TAIL}")
_AGE = re.compile(
    rf"{_ABOUT}(\d{{1,3}})\s*(?:р|рік|роки|років|рочк\w*|г|год|года|лет|л|y|yo|yrs?|"
    r"years?)\.?(?: old)?"
)
_SHORT_YEAR = re.compile(r"['’]?(\d{2})(?:\s*[рг]\.?(?:\s*н\.?)?)?")
_MONTHS_OLD = re.compile(rf"{_ABOUT}(\d{{1,2}})\s*(?:міс|мес|months?|m)\w*\.?(?: old)?")
_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.\-год]+\s*(\d{2}))?(?::\d{2})?\s*(am|ам|pm|рм|год|ч|h)?\.?")
# Folding takes the Latin twins of "6am" for Cyrillic letters, hence both spellings.


_LETTER = re.compile(r"[^\W\d_]")


def fold(text: str) -> str:
    """Folded where there are letters to fold; most dates have none."""
    return fold_words(text) if _LETTER.search(text) else text


def shown(value: CellValue) -> str:
    """A cell as text for a message or a note; a day as 14.08.2023."""
    if type(value) is str:
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return clean(value)


def day_of_serial(serial: float, epoch_1904: bool = False) -> date:
    """The day of a spreadsheet's serial number."""
    return (_MAC_DAY_ZERO if epoch_1904 else _EXCEL_DAY_ZERO) + timedelta(days=int(serial))


class DayText(NamedTuple):
    """A day read from text. `unclear`: day and month could change places ("5/3/26")."""

    day: date | None
    found: bool
    unclear: bool = False


def read_day_text(text: str, today: date, month_first: bool = False, ahead: bool = False) -> DayText:
    """A day anywhere in a text. `found` with no day: it looks like a date and is none (31.02).

    Two digits of a year are the last century where the day would lie after `today`'s year, unless `ahead`.
    """
    folded = fold(text)
    if match := _YEAR_FIRST.search(folded):
        return DayText(_day(int(match[1]), int(match[2]), int(match[3])), True)
    if match := _DAY_FIRST.search(folded):
        first, second, year = int(match[1]), int(match[3]), _full_year(match[4], today, ahead)
        slashed = match[2] == "/"
        swap = (match[2] in "/-" and second > 12 >= first) or (slashed and month_first and first <= 12)
        unclear = slashed and first <= 12 and second <= 12 and first != second
        return DayText(_day(year, first, second) if swap else _day(year, second, first), True, unclear)
    for pattern, day, month in ((_IN_WORDS, 1, 2), (_MONTH_FIRST, 2, 1)):
        match = pattern.search(folded)
        number = month_number(match[month]) if match else None
        if match and number:
            return DayText(_day(int(match[3]), number, int(match[day])), True)
    return DayText(None, False)


def month_number(word: str) -> int | None:
    """ "серпня", "августа", "Aug" -> 8."""
    folded = fold(word)
    return next((MONTHS[stem] for stem in _STEMS if folded.startswith(stem)), None)


def _full_year(text: str, today: date, ahead: bool) -> int:
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year + (20 if ahead else 0) else year - 100


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_month_first(texts: Iterable[str]) -> bool | None:
    """Whether a column writes 5/31/1980 (True) or 31/5/1980 (False); None where no date proves it."""
    slashed = (text for text in texts if "/" in text)
    pairs = [(int(m[1]), int(m[3])) for text in slashed if (m := _DAY_FIRST.search(text)) and m[2] == "/"]
    if any(first > 12 for first, _ in pairs):
        return False
    return True if any(second > 12 for _, second in pairs) else None


_YEARS_LATER = 5
"""How long after a list's date births are believed; 2094 is a slip of the pen."""


class BirthRead(NamedTuple):
    birth: Birth
    problem: str = ""


def plain_birth(value: CellValue, list_on: date) -> Birth | None:
    """The birth in a cell that is a day, or a text like "03.05.1980" and nothing else; None where it is doubtful."""
    if isinstance(value, date):
        day: date | None = value.date() if isinstance(value, datetime) else value
    elif type(value) is str and (plain := _PLAIN_DAY.fullmatch(value)):
        day = _day(int(plain[3]), int(plain[2]), int(plain[1]))
    else:
        return None
    return Birth(day) if day is not None and day <= list_on and list_on.year - day.year <= OLDEST else None


def read_birth(value: CellValue, list_on: date, epoch_1904: bool = False, month_first: bool = False) -> BirthRead:
    """A birth date, a year, or an age, from whatever stands in the cell.

    Unreadable (31.02), older than 120 years, or more than five years after the list: nothing but the raw text.
    Up to five years after the list: kept with the raw text and a warning. Lists outlive their date, and a child
    born meanwhile must not count as an adult.
    """
    if plain := plain_birth(value, list_on):
        return BirthRead(plain)
    raw = shown(value)
    if not raw or raw.lower() in ("-", "–", "—", "?", "н/д", "невідомо", "неизвестно", "unknown"):
        return BirthRead(Birth())
    birth = _birth_of(value, raw, list_on, epoch_1904, month_first)
    if birth is None:
        return BirthRead(Birth(raw=raw), "import.birth_unreadable")
    year = birth.birth.on.year if birth.birth.on else birth.birth.year
    if year is not None and list_on.year - year > OLDEST:
        return BirthRead(Birth(raw=raw), "import.birth_too_old")
    if year is not None and year > list_on.year + _YEARS_LATER:
        return BirthRead(Birth(raw=raw), "import.birth_unreadable")
    if (birth.birth.on and birth.birth.on > list_on) or (birth.birth.year or 0) > list_on.year:
        return BirthRead(Birth(birth.birth.on, birth.birth.year, raw=raw), "import.birth_later")
    return birth


def short_year(value: CellValue, list_on: date) -> int | None:
    """The year of two figures in a column of years: "80 р." is 1980, "12" is 2012."""
    found = _SHORT_YEAR.fullmatch(fold(shown(value)))
    if found is None:
        return None
    year = int(found[1])
    return year + (2000 if year <= list_on.year % 100 else 1900)


def _birth_of(value: CellValue, raw: str, list_on: date, epoch_1904: bool, month_first: bool) -> BirthRead | None:
    if isinstance(value, datetime):
        return BirthRead(Birth(on=value.date()))
    if isinstance(value, date):
        return BirthRead(Birth(on=value))
    if isinstance(value, (time, timedelta, bool)):
        return None
    if (plain := _PLAIN_DAY.fullmatch(raw)) and (day := _day(int(plain[3]), int(plain[2]), int(plain[1]))):
        return BirthRead(Birth(on=day))
    text = fold(raw)
    if re.fullmatch(r"\d{4,5}", text):
        return _birth_of_number(int(text), list_on, epoch_1904)
    if match := _YEAR_ONLY.fullmatch(text):
        return BirthRead(Birth(year=int(match[1]))) if int(match[1]) >= 1000 else None
    if match := _AGE.fullmatch(text):
        return _birth_of_age(int(match[1]), list_on)
    if match := _MONTHS_OLD.fullmatch(text):
        return BirthRead(Birth(age=int(match[1]) // 12, age_on=list_on))
    if match := _YEAR_KNOWN.match(text):
        return BirthRead(Birth(year=int(match[1])))
    read = read_day_text(raw, list_on, month_first)
    if read.day is not None:
        return BirthRead(Birth(on=read.day), "import.birth_order" if read.unclear else "")
    return None


def _birth_of_number(number: int, list_on: date, epoch_1904: bool) -> BirthRead | None:
    if number <= list_on.year + _YEARS_LATER:
        return BirthRead(Birth(year=number))
    if number not in _SERIALS:
        return None
    on = day_of_serial(number, epoch_1904)
    return BirthRead(Birth(on=on)) if on.year <= list_on.year + _YEARS_LATER else None


def _birth_of_age(years: int, list_on: date) -> BirthRead | None:
    return BirthRead(Birth(age=years, age_on=list_on)) if years <= OLDEST else None


def read_age(value: CellValue, list_on: date) -> BirthRead:
    """An age in years on the list's day; "8 міс" is 0; a year of birth in an age column is taken as one."""
    raw = shown(value)
    if not raw or fold(raw) in ("-", "?", "н/д"):
        return BirthRead(Birth())
    text = fold(raw).replace(",", ".")
    if re.fullmatch(r"(?:дит|дет|реб|child|доросл|взросл|adult)\w*\.?", text):
        return BirthRead(Birth(stated_child=not text.startswith(("дорос", "взрос", "adult"))))
    if re.fullmatch(r"\d{1,3}(?:\.\d+)?", text):
        found = _birth_of_age(int(float(text)), list_on)
        return found or BirthRead(Birth(raw=raw), "import.birth_unreadable")
    return read_birth(value, list_on)


def read_day(value: CellValue, list_on: date, epoch_1904: bool = False, month_first: bool | None = None) -> date | None:
    """A plain day (a wish, a call). Without a year it is the list's year."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return day_of_serial(value, epoch_1904) if int(value) in _SERIALS else None
    text = shown(value)
    read = read_day_text(text, list_on, bool(month_first), ahead=True)
    if read.found:
        return read.day
    if match := _NO_YEAR.search(text):
        return _day(list_on.year, int(match[2]), int(match[1]))
    words = re.search(r"(\d{1,2})\s+([^\W\d_]{3,})", fold(text))
    month = month_number(words[2]) if words else None
    return _day(list_on.year, month, int(words[1])) if words and month else None


def read_moment(
    value: CellValue, clock: CellValue, list_on: date, epoch_1904: bool = False, month_first: bool | None = None
) -> datetime | None:
    """Day and time of a call, typed as Kyiv time, as an aware UTC moment. `clock` is a time column.

    A time that comes twice that night is the first of the two, one that is left out an hour later: see moment_doubt.
    """
    read = _wall_clock(value, clock, list_on, epoch_1904, month_first)
    return None if read is None else datetime.combine(*read, KYIV).astimezone(UTC)


def moment_doubt(
    value: CellValue, clock: CellValue, list_on: date, epoch_1904: bool = False, month_first: bool | None = None
) -> str:
    """The code to warn with of a time that Kyiv's clocks show twice that night, or never; "" for any other."""
    read = _wall_clock(value, clock, list_on, epoch_1904, month_first)
    if read is None:
        return ""
    found = len(moments(read[0], read[1].hour * 60 + read[1].minute))
    return {0: "import.time_never", 2: "import.time_twice"}.get(found, "")


def _wall_clock(
    value: CellValue, clock: CellValue, list_on: date, epoch_1904: bool, month_first: bool | None
) -> tuple[date, time] | None:
    """The day and the time of day as somebody wrote them; midnight where no time is told."""
    day = read_day(value, list_on, epoch_1904, month_first)
    if day is None:
        return None
    at = read_time(clock)
    if at is None and isinstance(value, datetime):
        at = value.time()
    elif at is None and isinstance(value, float):
        at = read_time(value % 1)
    elif at is None and isinstance(value, str):
        match = re.search(r"(?:^|[\sT])(\d{1,2}):(\d{2})(?:$|[\s:+Z.])", value.strip())
        at = _time(int(match[1]), int(match[2])) if match else None
    return day, at or time()


def read_time(value: CellValue) -> time | None:
    """A time of day: a time cell, a part of a day (0.25), whole hours (6), "6:00", "06.30", "6 pm"."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, timedelta):
        return _time_of_minutes(round(value.total_seconds() / 60))
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        part = value % 1
        return _time(int(value), 0) if part == 0 and 1 <= value <= 24 else _time_of_minutes(round(part * 1440))
    match = _CLOCK.fullmatch(fold(shown(value)))
    if not match:
        return None
    hour = int(match[1]) + (12 if match[3] in ("pm", "рм") and int(match[1]) < 12 else 0)
    return _time(0 if match[3] in ("am", "ам") and hour == 12 else hour, int(match[2] or 0))


def _time(hour: int, minute: int) -> time | None:
    if hour == 24 and minute == 0:
        return time(23, 59)
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def _time_of_minutes(minutes: int) -> time | None:
    return time(23, 59) if minutes == 1440 else _time(minutes // 60, minutes % 60)
