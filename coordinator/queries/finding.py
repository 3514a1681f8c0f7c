"""What a few letters may mean anywhere in the register: households by number, name or phone, and settlements."""

from __future__ import annotations

from typing import NamedTuple

from coordinator.domain.names import fold
from coordinator.domain.phones import show_phone
from coordinator.domain.searching import search_words
from coordinator.queries.household import load_households
from coordinator.session import Session
from db import queries, search, stores

MOST = 8
LOOKED_AT = 60
"""So many households are read to put the best of them first."""


class FoundHousehold(NamedTuple):
    id: str
    number: int
    head: str
    settlement: str
    phone: str


class FoundPlace(NamedTuple):
    """A settlement in which households stand."""

    name: str
    households: int


class Found(NamedTuple):
    households: tuple[FoundHousehold, ...]
    places: tuple[FoundPlace, ...]


def find_anything(session: Session, text: str) -> Found:
    """The best few of each, the best first; nothing for a text without letters and digits."""
    words = search_words(text)
    if not words:
        return Found((), ())
    with session.reading() as db:
        ids = search.households_with(db, words, LOOKED_AT)
        households = load_households(db, ids)
        counts = queries.households_by_settlement(db)
        names = {row.id: row.name for row in stores.settlements.where(db, id=list(counts))} if counts else {}
    found = []
    for one in households:
        head = next((person.name.full for person in one.people if person.id == one.head_id), "")
        phone = next((show_phone(contact.e164) for contact in one.contacts if contact.e164), "")
        place = names.get(one.settlement_id or "", "") or one.settlement_text
        found.append(FoundHousehold(one.id, one.number, head, place, phone))
    found.sort(key=lambda one: (_distance(one, words), one.number))
    places = [FoundPlace(name, counts[key]) for key, name in names.items() if all(word in fold(name) for word in words)]
    places.sort(key=lambda place: (not fold(place.name).startswith(words[0]), -place.households))
    return Found(tuple(found[:MOST]), tuple(places[:MOST]))


def _distance(one: FoundHousehold, words: list[str]) -> int:
    """The number itself first, then a head whose name begins so, then all others."""
    if [str(one.number)] == words:
        return 0
    head = fold(one.head).split()
    return 1 if all(any(part.startswith(word) for part in head) for word in words) else 2
