"""What the title rows above a table, and the sheet's name, say: the list's date and the settlement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from coordinator.domain.names import clean, fold
from coordinator.exchange.values import read_day_text

_AS_OF = re.compile(
    r"(?:\bстаном|\bсостояни\w+|\bas (?:of|at)|\bдата(?: складання| списку| составления)?|"
    r"\bdate)\b(.*)|^\s*на\s+(\d.*)"
)
_SOME_DAY = date(2099, 1, 1)


def list_date(titles: Iterable[str]) -> date | None:
    """The list's own date: "станом на 14.08.2023", "по состоянию на …", "as of 14 August 2023"."""
    for title in titles:
        found = _AS_OF.search(fold(title))
        if found:
            day = read_day_text(found[1] or found[2], _SOME_DAY).day
            if day is not None:
                return day
    return None


_MARKED = re.compile(
    r"(?:^|[\s,(])(?:с|смт|м|с-ще|сел|пгт|г|пос|н\.?\s?п)\.\s*([^\W\d_][^,;:()\d]*)"
    r"|(?:^|[\s,(])(?:село|села|селі|селу|селище|селища|місто|міста|місті|смт|пгт|поселок|"
    r"поселка|город|города|населений пункт|населеного пункту|населенный пункт|village(?: of)?|"
    r"town(?: of)?)[\s:]+([^\W\d_][^,;:()\d]*)",
    re.IGNORECASE,
)
_NOT_PLACE = re.compile(
    r"громад|рад[аи]\b|район|област|обл\b|\bтг\b|\bотг\b|\bмтг\b|hromada|raion|oblast|осіб|"
    r"особ|жител|мешкан|людей|список|списк|евакуац|эвакуац|потреб"
    r"|заявк|станом|состояни|list|people|evacu|додаток|форма|затвердж|разом|дан[іи]\b|довідк|"
    r"реєстр|request|household",
    re.IGNORECASE,
)
_GENERIC_SHEET = re.compile(
    r"\b(?:аркуш|лист|list|sheet|таблиця|table|список|списки|люди|people|persons|households|"
    r"заявки|requests|евакуація|эвакуация|evacuation|всі|all|дані|data"
    r"|report|export|import|звіт|копія|copy|книга|book|тиждень|week|hromada|громада|довідка|с|"
    r"смт|м|село|серпень|серпня|на|від|по)\b",
    re.IGNORECASE,
)


def title_settlement(titles: Sequence[str], sheet_name: str) -> str:
    """The settlement of a sheet, as written: marked in a title ("с. Подоли"), last in a title, or the sheet's name."""
    from_sheet = sheet_settlement(sheet_name)
    for title in titles:
        for marked in _MARKED.finditer(title):
            name = _name_only(clean(marked[1] or marked[2]))
            if name and not _NOT_PLACE.search(name):
                return from_sheet if _same_place(name, from_sheet) else name
    for title in titles:
        name = clean(title.rpartition(",")[2])
        if "," in title and _looks_like_place(name):
            return name
    return from_sheet


def _looks_like_place(name: str) -> bool:
    """One to three words, the first with a capital, none of them about lists or offices."""
    named = name[:1].isupper() and len(name.split()) <= 3
    return named and not _NOT_PLACE.search(name) and not re.search(r"[\d.]", name)


def _name_only(text: str) -> str:
    """The capitalised words at the beginning: "Подоли" of "Подоли станом на"."""
    words = re.split(r"\s(?:станом|на|які|що|по|which|as|who)\b", text, maxsplit=1, flags=re.IGNORECASE)[0].split()
    first_lower = next((place for place, word in enumerate(words) if word[0].islower()), len(words))
    return " ".join(words[: first_lower or len(words)])


def sheet_settlement(sheet_name: str) -> str:
    """A sheet's name as a settlement, "" for names such as "Аркуш1" or "Список"."""
    words = re.sub(r"[\d_().]+", " ", clean(sheet_name))
    name = clean(_GENERIC_SHEET.sub(" ", words)).strip(" -–—,")
    return name if any(char.isalpha() for char in name) and not _NOT_PLACE.search(name) else ""


def _same_place(name: str, sheet: str) -> bool:
    """Whether a title has the sheet's name in another case ("села Ківшарівки")."""
    short, long = sorted((fold(name), fold(sheet)), key=len)
    return len(short) > 3 and long.startswith(short[: max(4, len(short) - 2)]) and len(long) - len(short) < 4
