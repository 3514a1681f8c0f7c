"""Addresses compared: the same street and house, however they were written."""

from __future__ import annotations

import re
from typing import NamedTuple

from coordinator.domain.household import Address
from coordinator.domain.memory import remembered
from coordinator.domain.names import clean, fold
from coordinator.domain.spellings import loose_key


class AddressKey(NamedTuple):
    """Street (with its kind where it is no ordinary street), house and flat, ready to compare."""

    street: str
    house: str
    flat: str


_KINDS = (
    (re.compile(r"\b(?:вулиця|улица|вул|ул|street|str|st)\b\.?"), ""),
    (re.compile(r"\b(?:провулок|переулок|пров|пер|lane)\b\.?"), "пров "),
    (re.compile(r"\b(?:проспект|просп|пр-т|avenue|ave)\b\.?"), "просп "),
    (re.compile(r"\b(?:площа|площадь|пл)\b\.?"), "пл "),
    (re.compile(r"\b(?:в'?їзд|въезд|вїзд)\b\.?"), "вїзд "),
    (re.compile(r"\b(?:бульвар|бул|б-р)\b\.?"), "бул "),
    (re.compile(r"\b(?:мікрорайон|микрорайон|мкр|м-н)\b\.?"), "мкр "),
)
_HOUSE_WORD = re.compile(r"\b(?:будинок|буд|б|дом|д|house)\b\.?|№")
_FLAT_WORD = re.compile(r"\b(?:квартира|кв|flat|apt)\b\.?\s*№?")
_ORDINAL = re.compile(r"(\d+)\s*-?\s*(?:го|ша|га|тя|та|а|я|ї|й|е|ая|ое|ий|ый)\b")
_IN_ONE = re.compile(
    r"(?P<street>.*?\D.*?)[\s,]+(?:(?:буд|дом|д|б)\.?\s*)?№?\s*(?P<house>\d+\s*-?[а-яіїєa-z]?(?:/\d+[а-яa-z]?)?)"
    r"(?:[\s,]+(?:кв|квартира|flat|apt)\.?\s*(?P<flat>\d+\s*[а-яa-z]?))?[\s,.]*"
)

_IN_ONE_AS_WRITTEN = re.compile(_IN_ONE.pattern, re.IGNORECASE)


def address_key(address: Address) -> AddressKey | None:
    """The key of an address that names a house, or None: a street alone is no address."""
    street, house, flat = _folded(address.street), _folded(address.house), _folded(address.flat)
    if not house and (whole := _IN_ONE.fullmatch(fold(address.text) or street)):
        street, house, flat = whole["street"], whole["house"], flat or whole["flat"] or ""
    if not street or not house or not (house := _house(house)):
        return None
    return AddressKey(_street(street), house, _flat(flat) if flat else "")


def street_key(street: str) -> str:
    """Streets of one key are one street: "вул. Садова", "Садова" and "ул. Садовая". "" where nothing is said."""
    return _street(fold(street))


def street_of(address: Address) -> str:
    """The street as it was written, without house and flat, also where one text holds all of them; "" if unknown."""
    if not address.house and (whole := _IN_ONE_AS_WRITTEN.fullmatch(clean(address.text or address.street))):
        return str(whole["street"]).rstrip(" ,")
    text = clean(address.text)
    return clean(address.street) or (text if any(kind.search(fold(text)) for kind, _name in _KINDS) else "")


def house_of(address: Address) -> str:
    """The house as it was written, also where one text holds street and house; "" if unknown."""
    if address.house:
        return clean(address.house)
    whole = _IN_ONE_AS_WRITTEN.fullmatch(clean(address.text or address.street))
    return str(whole["house"]) if whole else ""


def house_key(house: str) -> str:
    """House numbers of one key are one house: "12 А", "буд. 12а" and "12-а"."""
    return fold(re.sub(r"[\s.,-]", "", _HOUSE_WORD.sub("", fold(house))))


def _flat_key(flat: str) -> str:
    return re.sub(r"[\s.,-]", "", _FLAT_WORD.sub("", flat))


def flats_agree(one: AddressKey, other: AddressKey) -> bool:
    """Equal, or not written on one side."""
    return one.flat == other.flat or not one.flat or not other.flat


def _reduced(street: str) -> str:
    kind = ""
    for pattern, name in _KINDS:
        street, found = pattern.subn(" ", street)
        kind = name if found else kind
    street = _ORDINAL.sub(r"\1", street)
    words = [word for word in re.split(r"[\s.,]+", loose_key(street)) if len(word) > 1 or word.isdecimal()]
    return kind + " ".join(word.rstrip("аеуюя") or word for word in words)


# Streets and numbers are few and come again and again, as whole addresses do not.
_folded = remembered(fold, 20_000)
_street = remembered(_reduced, 20_000)
_house = remembered(house_key, 20_000)
_flat = remembered(_flat_key, 5_000)
