"""The streets of a settlement as its addresses have them, each in one spelling, and which lie next to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from coordinator.domain.addresses import street_key, street_of
from coordinator.domain.household import Address
from coordinator.domain.names import clean, sort_key
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.place_queries import addresses_in


class KnownStreet(NamedTuple):
    """`name` is the spelling that most addresses have; `beside` are the keys of the streets next to it."""

    key: str
    name: str
    households: int
    beside: frozenset[str] = frozenset()


def streets(session: Session, settlement_id: str) -> list[KnownStreet]:
    """The streets of a settlement in the order of the alphabet."""
    with session.reading() as db:
        known = streets_of(db, settlement_id)
    return sorted(known.values(), key=lambda street: (sort_key(street.name), street.key))


def streets_of(db: Database, settlement_id: str) -> dict[str, KnownStreet]:
    """Street key -> street, from addresses, incidents, links and the list of streets."""
    spelt: dict[str, Counter[str]] = {}
    for row in addresses_in(db, settlement_id):
        name = street_of(Address(row.street, row.house, text=row.address_text))
        if key := street_key(name):
            spelt.setdefault(key, Counter())[name] += row.households
    named = [row.street for row in stores.incidents.where(db, settlement_id=settlement_id)]
    for name in (*named, *(row.name for row in stores.streets.where(db, settlement_id=settlement_id))):
        if key := street_key(name):
            spelt.setdefault(key, Counter())[name] += 0
    beside = links_by_settlement(db, settlement_id).get(settlement_id, {})
    return {
        key: KnownStreet(key, _most_used(names), names.total(), beside.get(key, frozenset()))
        for key, names in spelt.items()
    }


def links_by_settlement(db: Database, settlement_id: str | None = None) -> dict[str, dict[str, frozenset[str]]]:
    """Settlement id -> street key -> the keys of the streets that were linked to it, in both directions."""
    links = stores.street_links
    rows = links.all(db) if settlement_id is None else links.where(db, settlement_id=settlement_id)
    found: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        place = found.setdefault(row.settlement_id, {})
        place.setdefault(row.first, set()).add(row.second)
        place.setdefault(row.second, set()).add(row.first)
    return {place: {key: frozenset(keys) for key, keys in links.items()} for place, links in found.items()}


def as_known(known: Mapping[str, KnownStreet], typed: str) -> str:
    """The spelling by which the register knows the street that was typed; as typed where it knows none."""
    found = known.get(street_key(typed))
    return found.name if found else clean(typed)


def _most_used(names: Counter[str]) -> str:
    """Of equally frequent spellings the one that says most: "вул. Садова" rather than "Садова"."""
    return min(names, key=lambda name: (-names[name], -len(name), name))
