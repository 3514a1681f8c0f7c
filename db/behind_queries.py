"""The rows behind a figure: persons and households by their ids, read at once however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from db.connection import Database


class PersonBehind(NamedTuple):
    """A person with their household's number; days as text, `place` as far as anybody knows it."""

    id: str
    household_id: str
    number: int
    surname: str
    given: str
    patronymic: str
    birth_on: str | None
    birth_year: int | None
    age: int | None
    age_on: str | None
    stated_child: int | None
    place: str


def people_behind(database: Database, ids: Collection[str]) -> list[PersonBehind]:
    """In the order of their households and places in them; who was deleted since is left out."""
    found = database.rows(
        """SELECT p.id, p.household_id, h.number, p.surname, p.given, p.patronymic, p.birth_on, p.birth_year, p.age,
                  p.age_on, p.stated_child, coalesce(s.name, h.settlement_text)
           FROM person p JOIN household h ON h.id = p.household_id LEFT JOIN settlement s ON s.id = h.settlement_id
           WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY h.number, p.position""",
        (json.dumps(list(ids)),),
    )
    return [PersonBehind._make(row) for row in found]


class HouseholdBehind(NamedTuple):
    id: str
    number: int
    head: str
    place: str
    address: str
    decision: str
    people: int


def households_behind(database: Database, ids: Collection[str]) -> list[HouseholdBehind]:
    """In the order of their numbers."""
    found = database.rows(
        """SELECT h.id, h.number, coalesce(trim(p.surname || ' ' || p.given || ' ' || p.patronymic), ''),
                  coalesce(s.name, h.settlement_text),
                  CASE WHEN h.street = '' THEN h.address_text ELSE trim(h.street || ' ' || h.house) END, h.decision,
                  (SELECT count(*) FROM person o WHERE o.household_id = h.id)
           FROM household h LEFT JOIN settlement s ON s.id = h.settlement_id LEFT JOIN person p ON p.id = h.head_id
           WHERE h.id IN (SELECT value FROM json_each(?)) ORDER BY h.number""",
        (json.dumps(list(ids)),),
    )
    return [HouseholdBehind._make(row) for row in found]
