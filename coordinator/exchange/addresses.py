"""An address in one cell, taken apart: street, house, flat, a landmark in brackets, and the settlement before it."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from coordinator.domain.household import Address
from coordinator.domain.memory import remembered
from coordinator.domain.names import clean, fold
from coordinator.domain.spellings import strict_key
from coordinator.exchange.reading import CellValue
from coordinator.exchange.values import shown
from resources.gazetteer import load_shipped

_STREET = r"(?:вул(?:иця)?|ул(?:ица)?|street|str|st)"
_OTHER_STREET = (
    r"(?:пров(?:улок)?|пер(?:еулок)?|просп(?:ект)?|пр-т|пр-кт|пл(?:оща|ощадь)?|бул(?:ьвар)?|"
    r"б-р|шосе|шоссе|в.?їзд|въезд|узвіз|наб(?:ережна|ережная)?|м-н|мкр|мікрорайон|микрорайон|"
    r"квартал|тупик|кут|урочище)"
)
_ANY_STREET = rf"(?:{_STREET}|{_OTHER_STREET})"
_PLACE = (
    r"(?:с|смт|м|сел|село|селище|селища|місто|пгт|п|пос|посел(?:ок|ення)|г|гор|город|х|хут|"
    r"хутір|хутор|н\.?\s?п|village|town|city)"
)
_PLACE_PART = re.compile(rf"({_PLACE})(?:\.\s*|\s+)([^\W\d_].*?)(?:\s+(\d.*))?", re.IGNORECASE)
_STREET_WORD = re.compile(rf"{_ANY_STREET}[.\s]", re.IGNORECASE)
_WIDE_PART = re.compile(
    r"\b(?:обл(?:асть|\.)?|р-н|район|громада|тг|отг|мтг|україна|украина|ukraine|oblast|raion|"
    r"hromada)(?![^\W_])|^\d{5}$",
    re.IGNORECASE,
)
_HROMADA = re.compile(r"громада|\b[ом]?тг\b|hromada", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d_]{2}")
"""Of what stands behind a settlement: a street has letters, a number of a house has one at most."""
_BEFORE_STREET = re.compile(rf"\s+(?={_ANY_STREET}(?:\.|\s))", re.IGNORECASE)
_STREET_TYPE = re.compile(rf"^{_STREET}(?:\.\s*|\s+)|\s+(?:street|str\.?|st\.?)$", re.IGNORECASE)
_FLAT = re.compile(
    r"[,\s]+(?:кв(?:артира|-ра)?|apt|apartment|flat)\.?\s*№?\s*([\w/\-]+)\.?\s*$|"
    r"^(?:кв(?:артира)?|flat)\.?\s*№?\s*([\w/\-]+)$",
    re.IGNORECASE,
)
_HOUSE_WORD = r"(?:буд(?:инок)?|будинку|б|д(?:ом)?|house|№)"
_HOUSE = re.compile(
    rf"(?:^|[,\s]+)(?:{_HOUSE_WORD}\.?\s*№?\s*)?"
    r"(\d{1,4}(?:\s?[а-яіїєґa-z](?![^\W\d_]))?(?:\s?[/\-]\s?\d{1,4}[а-яіїєґa-z]?)?"
    r"|(?<=[\s,.])б/н)(?:,?\s*корп(?:ус)?\.?\s*(\w+))?\s*$",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(rf"^(?:{_HOUSE_WORD}|кв(?:артира)?|flat|apt)(?:\.\s*|\s+)№?\s*(?=\S)", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_DITTO = re.compile(
    r"[\"'«»”“„\-–—/\\\s|~]{1,12}|(?:та|то)\s*ж\w*(?:\s+адрес\w*)?|там\s*(?:же|само)|"
    r"т[еа]\s*сам[еа]|тойже|так само|теж|same|ditto|як вище|идем|//",
    re.IGNORECASE,
)
_DITTO_LETTERS = "тТtTсСsSſдДdDяЯиИiI"
"""No other letter and no digit begins such a mark."""

_USUAL = re.compile(r"(?:вул|ул)\. ?([^\W\d_][^\W\d_'’ʼ-]*), (\d{1,4}[а-яіїєґ]?)(?:, кв\. ?(\d{1,4}))?")
"""The commonest form, read at once; the patterns above would come to the same."""


class AddressRead(NamedTuple):
    address: Address
    settlement: str = ""


def is_ditto(value: CellValue) -> bool:
    """A mark for "as above" ("-//-", "там же"), which is no address of its own; one dash alone is nothing."""
    if not isinstance(value, str) or (value[:1].isalnum() and value[0] not in _DITTO_LETTERS):
        return False
    return _ditto_text(value)


def _is_ditto_text(value: str) -> bool:
    text = clean(value)
    return text not in ("", "-", "–", "—") and _DITTO.fullmatch(text) is not None


_ditto_text = remembered(_is_ditto_text, 8192)
"""A cell is looked at several times, and houses and streets come again and again."""

_NOWHERE = AddressRead(Address())


def read_address(text: str) -> AddressRead:
    """Street without "вул.", house, flat; other kinds of street ("пров.") keep their word. `text` as written."""
    return read_shown_address(clean(text))


def read_shown_address(written: str) -> AddressRead:
    """The same of a clean text."""
    if not written:
        return _NOWHERE
    if usual := _USUAL.fullmatch(written):
        return AddressRead(Address(usual[1], usual[2], usual[3] or "", written))
    landmark = "; ".join(part.strip() for part in _BRACKETS.findall(written) if part.strip())
    settlement, rest = _without_places(_BRACKETS.sub(" ", written))
    flat, rest = _take(_FLAT, rest)
    house, rest = _take(_HOUSE, rest)
    street = _STREET_TYPE.sub("", rest.strip(" ,.;")).strip(" ,.;")
    if not house and not re.match(_ANY_STREET, rest.strip(), re.IGNORECASE) and not settlement:
        street = street if "," not in street else ""
    return AddressRead(Address(street, house, flat, written, landmark), settlement)


def _without_places(text: str) -> tuple[str, str]:
    """The settlement named before the street, with its hromada where that is said, and the rest without oblast and
    raion."""
    settlement = hromada = ""
    kept: list[str] = []
    pieces = [piece.strip() for chunk in text.split(",") for piece in _BEFORE_STREET.split(chunk.strip())]
    street_named = any(_STREET_WORD.match(piece) for piece in pieces)
    for part in pieces:
        if not part or _WIDE_PART.search(part):
            hromada = hromada or (part if _HROMADA.search(part) else "")
            continue
        if not settlement and not kept and _is_bare_place(part, pieces):
            settlement = part
            continue
        place = _PLACE_PART.fullmatch(part) if not settlement and not kept and not _STREET_WORD.match(part) else None
        # "М. Грушевського, 5" is a street; "М. Подоли, вул. Садова, 5" is not.
        if place and (place[1].islower() or len(place[1]) > 3 or street_named):
            settlement = part[: place.end(2)]
            kept += [place[3]] if place[3] else []
        else:
            kept.append(part)
    return ", ".join(filter(None, (settlement, hromada if settlement else ""))), ", ".join(kept)


def _is_bare_place(part: str, pieces: list[str]) -> bool:
    """ "Куп'янськ, вул. Миру, 3": a settlement by its name alone, known, and with a street in words behind it or
    nothing at all."""
    behind = pieces[pieces.index(part) + 1 :]
    street = any(_NAMED.search(_NUMBER_WORD.sub("", piece)) for piece in behind)
    alone = part == pieces[-1] and not any(char.isdecimal() for char in part)
    return (street or alone) and not _STREET_WORD.match(part) and is_known_place(part)


def is_known_place(text: str) -> bool:
    """Whether a text is the bare name, or a former or Russian one, of a settlement in the gazetteer that we ship."""
    return strict_key(fold(text)) in _known_places()


@cache
def _known_places() -> frozenset[str]:
    """Settlements of the gazetteer that we ship, under all their names."""
    rows = load_shipped()
    names = {row["name_uk"] for row in rows} | {name for row in rows for name in row["aliases"].split("|")}
    return frozenset(strict_key(fold(name)) for name in names if name)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What the pattern finds at the end of the text, and the text before it."""
    match = pattern.search(text)
    if not match:
        return "", text
    found = [group for group in match.groups() if group]
    value = re.sub(r"\s+", "", found[0]) + (f" корп. {found[1]}" if len(found) > 1 else "")
    return value, text[: match.start()].rstrip(" ,")


def read_street(value: CellValue) -> str:
    """A street column: the name without "вул."."""
    return _street_text(shown(value))


def _street_of(text: str) -> str:
    return _STREET_TYPE.sub("", text).strip(" ,;")


_street_text = remembered(_street_of, 8192)


def read_house(value: CellValue) -> str:
    """A house or flat column: "62", "62а", "5/3" (which spreadsheets turn into the 5th of March)."""
    if isinstance(value, (date, datetime)):
        return f"{value.day}/{value.month}"
    return _house_text(shown(value))


def _house_of(written: str) -> str:
    text = _NUMBER_WORD.sub("", written)
    text = re.sub(r"^(\d+)\.0$", r"\1", text.strip(" ,;"))
    return re.sub(r"(?<=\d)\s+(?=[а-яіїєґА-ЯІЇЄҐa-zA-Z]$)", "", text)


_house_text = remembered(_house_of, 8192)


def address_key(address: Address) -> str:
    """Equal for equal addresses as written; to see whether neighbouring rows repeat one."""
    return fold(" ".join((address.text, address.street, address.house, address.flat)))
