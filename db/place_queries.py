"""Hand-written reading of places: which addresses there are in a settlement."""

from __future__ import annotations

from typing import NamedTuple

from db.connection import Database


class AddressCount(NamedTuple):
    """An address without its flat, as it is written, and how many households have it."""

    settlement_id: str
    street: str
    house: str
    address_text: str
    households: int


def addresses_in(database: Database, settlement_id: str | None = None) -> list[AddressCount]:
    """All addresses of a settlement, or of all known settlements; of households merged into others none."""
    only = "settlement_id IS NOT NULL" if settlement_id is None else "settlement_id = ?"
    params = () if settlement_id is None else (settlement_id,)
    found = database.rows(
        f"""SELECT settlement_id, street, house, address_text, count(*) FROM household
           WHERE merged_into IS NULL AND {only} GROUP BY settlement_id, street, house, address_text""",
        params,
    )
    return [AddressCount._make(row) for row in found]


class PersonStanding(NamedTuple):
    """A person's own decision, "" where it is the household's; `wants_on` in ISO form belongs to it."""

    id: str
    household_id: str
    decision: str
    wants_on: str | None


def standing_of_people(database: Database) -> list[PersonStanding]:
    """Everybody of households that were not merged into another."""
    found = database.rows(
        """SELECT p.id, p.household_id, p.decision, p.wants_on FROM person p
           JOIN household h ON h.id = p.household_id WHERE h.merged_into IS NULL"""
    )
    return [PersonStanding._make(row) for row in found]


class PlaceCount(NamedTuple):
    """Where households are: a settlement of the gazetteer, or with `id` None a text that nobody has resolved."""

    id: str | None
    name: str
    hromada: str
    households: int


def places_with_households(database: Database) -> list[PlaceCount]:
    """Every settlement that has households, and every unresolved text, with how many."""
    found = database.rows(
        """SELECT h.settlement_id, coalesce(s.name, h.settlement_text), coalesce(s.hromada, ''), count(*)
           FROM household h LEFT JOIN settlement s ON s.id = h.settlement_id
           WHERE h.merged_into IS NULL GROUP BY h.settlement_id, coalesce(s.name, h.settlement_text)"""
    )
    return [PlaceCount._make(row) for row in found]


def households_in(database: Database, settlement_id: str | None, text: str) -> list[str]:
    """Ids of the households of a settlement, or with None of those whose settlement is written as `text`."""
    if settlement_id is not None:
        where, params = "settlement_id = ?", (settlement_id,)
    else:
        where, params = "settlement_id IS NULL AND settlement_text = ?", (text,)
    return [row[0] for row in database.rows(f"SELECT id FROM household WHERE merged_into IS NULL AND {where}", params)]
