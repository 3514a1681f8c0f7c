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
    """Street key -> street, from addresses, incidents and the list of streets."""
    return streets_by_settlement(db, settlement_id).get(settlement_id, {})


def streets_by_settlement(db: Database, settlement_id: str | None = None) -> dict[str, dict[str, KnownStreet]]:
    """As `streets_of`, for one settlement or for all: settlement id -> street key -> street."""
    only = {} if settlement_id is None else {"settlement_id": settlement_id}
    spelt: dict[str, dict[str, Counter[str]]] = {}

    def count(place: str, name: str, households: int) -> None:
        if key := street_key(name):
            spelt.setdefault(place, {}).setdefault(key, Counter())[name] += households

    for row in addresses_in(db, settlement_id):
        count(row.settlement_id, street_of(Address(row.street, row.house, text=row.address_text)), row.households)
    for hit in stores.incidents.where(db, **only):
        count(hit.settlement_id, hit.street, 0)
    for street in stores.streets.where(db, **only):
        count(street.settlement_id, street.name, 0)
    beside = links_by_settlement(db, settlement_id)
    return {
        place: {
            key: KnownStreet(key, _most_used(names), names.total(), beside.get(place, {}).get(key, frozenset()))
            for key, names in streets.items()
        }
        for place, streets in spelt.items()
    }


class StreetLine(NamedTuple):
    """A street as the list of all streets shows it. `beside`: the names of the streets next to it."""

    id: str
    settlement_id: str
    settlement: str
    hromada: str
    name: str
    households: int
    beside: tuple[str, ...]


def all_streets(session: Session) -> list[StreetLine]:
    """Every known street, by settlement and alphabet."""
    with session.reading() as db:
        places = {row.id: row for row in stores.settlements.all(db)}
        found = streets_by_settlement(db)
    lines = []
    for place, known in found.items():
        row = places[place]
        for street in known.values():
            names = sorted((known[key].name for key in street.beside if key in known), key=sort_key)
            key = f"{place}:{street.key}"
            lines.append(StreetLine(key, place, row.name, row.hromada, street.name, street.households, tuple(names)))
    return sorted(lines, key=lambda line: (sort_key(line.settlement), line.settlement_id, sort_key(line.name)))


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
