"""Cells of the results sheet: how results, numbers and times are written by hand."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from coordinator.domain.days import MINUTES_A_DAY, read_clock
from coordinator.domain.names import clean, fold
from coordinator.domain.trip import StopResult
from coordinator.exchange.reading import CellValue
from resources.i18n import LANGUAGES, N_, catalogue


class Unreadable(Exception):
    """A cell that cannot be used: the code of its sentence, and the column."""

    def __init__(self, code: str, column: str) -> None:
        super().__init__(code)
        self.code, self.column = code, column


RESULT_WORDS: dict[StopResult, tuple[str, ...]] = {
    StopResult.BOARDED: (N_("boarded"), "забрали", "забрано", "взяли", "так", "yes", "+", "сіли", "on board"),
    StopResult.REFUSED: (N_("refused"), "refusal", "відмова", "відмовились", "відмовилися", "отказ", "said no"),
    StopResult.NOT_HOME: (
        N_("not home"), "not at home", "немає", "немає вдома", "нема", "не було", "не було вдома", "відсутні",
        "нет дома",
    ),
    StopResult.OTHER: (N_("other"), "інше", "другое", "иное"),
}  # fmt: skip
"""How a result is written. The first word is that of the blank, translated; the others are understood too."""
ALONG_WORDS = (N_("came along"), "met", "з нами", "поїхали з нами", "зустріли", "їдуть з нами", "по дорозі")
ARRIVED_WORDS = (N_("trip arrived"), "arrived", "рейс прибув", "прибув", "прибули", "рейс прибыл", "прибыл")
YES_WORDS = (N_("yes"), "так", "+", "да", "y", "1", "true", "v", "✓", "х", "x")
NO_WORDS = (N_("no"), "ні", "-", "нет", "n", "0", "false")

COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "list": (N_("List"), "list no", "trip", "список", "номер списку", "№ списку", "рейс", "номер рейсу"),
    "stop": (N_("Stop"), "зупинка", "порядок"),
    "household": (
        N_("Household"), "household no", "household number", "домогосподарство", "родина", "№ домогосподарства",
        "номер домогосподарства", "№",
    ),
    "who": (N_("Name"), "who", "піб", "ім'я", "прізвище", "прізвище, ім'я", "хто"),
    "settlement": (N_("Settlement"), "населений пункт", "село", "місто"),
    "address": (N_("Address"), "адреса"),
    "people": (N_("People"), "людей", "люди", "осіб"),
    "members": (N_("Members"), "члени родини", "склад родини", "особи"),
    "result": (N_("Result"), "outcome", "результат"),
    "boarded": (
        N_("Boarded: how many, or which members"), "boarded", "how many boarded", "забрали: скільки або кого",
        "забрали", "скільки забрали", "скільки", "хто сів",
    ),
    "time": (N_("Actual time"), "time", "час", "фактичний час"),
    "note": (N_("Note"), "notes", "comment", "примітка", "примітки", "коментар"),
}  # fmt: skip


@cache
def keys(words: tuple[str, ...]) -> frozenset[str]:
    """The folded words, and what our own catalogues make of the first one: any blank of ours reads back."""
    ours = (catalogue(code).gettext(words[0]) for code in LANGUAGES)
    return frozenset(_key(word) for word in (*words, *ours))


@cache
def column_keys() -> dict[str, str]:
    """A header's key -> the column."""
    return {key: column for column, words in COLUMN_WORDS.items() for key in keys(words)}


_LIST = re.compile(r"(?:(\d{4}-\d{2}-\d{2})\s*/\s*)?(\d{1,4})")
_MEMBERS = re.compile(r"[№#]?\s*\d+(?:\s*[,;+]\s*\d+)*[,;]?")


def key_of(cell: CellValue) -> str:
    """The folded text of a cell, for looking words up."""
    return _key(text_of(cell))


def _key(text: str) -> str:
    return fold(text).strip(" .:!?")


def text_of(cell: CellValue) -> str:
    """The cell as text; a whole number without its ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else clean(cell)


def read_result(said: str) -> StopResult:
    """Unreadable "results.result_unreadable" for any other word."""
    for result, words in RESULT_WORDS.items():
        if said in keys(words):
            return result
    raise Unreadable("results.result_unreadable", "result")


def read_list(cell: CellValue) -> tuple[date | None, int | None]:
    """ "2023-08-15/3" as day and number; 3 or 3.0 as a number of no day; nothing where it is empty."""
    text = text_of(cell)
    if not text:
        return None, None
    match = _LIST.fullmatch(text)
    if match is None:
        raise Unreadable("results.list_unreadable", "list")
    try:
        day = date.fromisoformat(match.group(1)) if match.group(1) else None
    except ValueError:
        raise Unreadable("results.list_unreadable", "list") from None
    return day, int(match.group(2))


def read_count(cell: CellValue, column: str) -> int | None:
    """A whole number, "№ 417" too; None where it is empty."""
    text = text_of(cell).lstrip("№# ")
    if not text:
        return None
    if not text.isdecimal():
        raise Unreadable("results.number_unreadable", column)
    return int(text)


def read_boarded(cell: CellValue) -> tuple[int | None, tuple[int, ...]]:
    """How many (4), or the numbers of the members ("1, 3", "№2"); (None, ()) where it is empty."""
    text = text_of(cell)
    if not text:
        return None, ()
    if text.isdecimal():
        return int(text), ()
    if not _MEMBERS.fullmatch(text):
        raise Unreadable("results.number_unreadable", "boarded")
    return None, tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", text)))


def read_time(cell: CellValue) -> int | None:
    """A time of day in minutes: a time cell, "9:40", "9.40"; None where it is empty."""
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return int(cell.total_seconds()) // 60 % MINUTES_A_DAY
    if isinstance(cell, float) and 0 <= cell < 1:
        return round(cell * MINUTES_A_DAY) % MINUTES_A_DAY
    text = text_of(cell)
    if not text:
        return None
    minutes = None if isinstance(cell, date) else read_clock(text)
    if minutes is None:
        raise Unreadable("results.time_unreadable", "time")
    return minutes
