"""Hand-written reading for "who is next": what the rule needs of every household, a few SELECTs for all of them."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from db.connection import Database
from db.fields import DayField, MomentField

Ids = Collection[str] | None
"""Households to read; None: all of them."""

_day = DayField().python_value
_moment = MomentField().python_value


class Asked(NamedTuple):
    """A household that stands for itself and has not left, with the name of its settlement."""

    id: str
    number: int
    settlement_id: str | None
    settlement: str
    settlement_key: str
    street: str
    house: str
    flat: str
    address_text: str
    head_id: str | None
    decision: str
    part_stays: bool
    split_from_id: str | None
    search_text: str
    sort_key: str
    again_by: str
    wants_on: date | None
    decided_at: datetime | None
    spoke_at: datetime | None
    again_at: datetime | None
    requested_at: datetime | None
    created_at: datetime | None


def households_to_ask(
    database: Database, gone: Collection[str], ids: Ids = None, *, agreed: bool = False
) -> list[Asked]:
    """In the order of their numbers, without those whose decision is one of `gone`.

    `agreed`: these too where somebody set a date to ask them again.
    """
    only, params = _only("h.id", ids)
    kept = "OR h.again_at IS NOT NULL" if agreed else ""
    found = database.rows(
        f"""SELECT h.id, h.number, h.settlement_id, coalesce(s.name, h.settlement_text), coalesce(s.sort_key, ''),
                   h.street, h.house, h.flat, h.address_text, h.head_id, h.decision, h.part_stays, h.split_from_id,
                   h.search_text, h.sort_key, h.again_by, h.wants_on, h.decided_at, h.spoke_at, h.again_at,
                   h.requested_at, h.created_at
            FROM household h LEFT JOIN settlement s ON s.id = h.settlement_id
            WHERE h.merged_into IS NULL AND {only}
              AND (h.decision NOT IN (SELECT value FROM json_each(?)) {kept})
            ORDER BY h.number""",
        (*params, json.dumps(sorted(gone))),
    )
    return [
        Asked._make((*row[:11], bool(row[11]), *row[12:16], _day(row[16]), *map(_moment, row[17:]))) for row in found
    ]


def times_to_ask_again(database: Database) -> list[datetime]:
    """When households are to be asked again."""
    found = database.rows("SELECT again_at FROM household WHERE merged_into IS NULL AND again_at IS NOT NULL")
    return [at for row in found if (at := _moment(row[0])) is not None]


class Member(NamedTuple):
    """`decision` "": as the household."""

    id: str
    household_id: str
    surname: str
    given: str
    patronymic: str
    birth_on: date | None
    birth_year: int | None
    age: int | None
    age_on: date | None
    stated_child: bool | None
    decision: str
    carer_id: str | None


def members(database: Database, ids: Ids = None) -> list[Member]:
    """All people of these households, each household's in their order."""
    only, params = _only("household_id", ids)
    found = database.rows(
        f"""SELECT id, household_id, surname, given, patronymic, birth_on, birth_year, age, age_on, stated_child,
                   decision, carer_id
            FROM person WHERE {only} ORDER BY household_id, position""",
        params,
    )
    return [
        Member._make(
            (*row[:5], _day(row[5]), *row[6:8], _day(row[8]), None if row[9] is None else bool(row[9]), *row[10:])
        )
        for row in found
    ]


def needs_by_person(database: Database, ids: Ids = None) -> dict[str, tuple[str, ...]]:
    """Person id -> the kinds of their needs."""
    only, params = _only("p.household_id", ids)
    found = database.rows(
        f"SELECT n.person_id, n.kind FROM need n JOIN person p ON p.id = n.person_id WHERE {only}", params
    )
    needs: dict[str, tuple[str, ...]] = {}
    for person_id, kind in found:
        needs[person_id] = (*needs.get(person_id, ()), kind)
    return needs


def planned_on(database: Database, day: date) -> set[str]:
    """Households that stand on a trip of the day or boarded one."""
    found = database.rows(
        """SELECT s.household_id FROM stop s JOIN trip t ON t.id = s.trip_id
           WHERE s.work_on = ? AND s.freed = 0 AND s.result IN ('open', 'boarded') AND t.status <> 'cancelled'""",
        (day.isoformat(),),
    )
    return {row[0] for row in found}


def last_tries(database: Database) -> dict[str, datetime]:
    """Household id -> when somebody last called, visited or wrote, whatever came of it."""
    found = database.rows("SELECT household_id, max(done_at) FROM attempt GROUP BY household_id")
    return {household_id: _at(moment) for household_id, moment in found}


class SplitHalf(NamedTuple):
    """Two households that were one, and where the first of them stands."""

    id: str
    other_id: str
    decision: str


def split_halves(database: Database) -> list[SplitHalf]:
    """Both directions of every split: each half with the id of the other."""
    found = database.rows(
        """SELECT a.id, b.id, a.decision FROM household a JOIN household b ON b.id = a.split_from_id
           WHERE a.merged_into IS NULL AND b.merged_into IS NULL
           UNION ALL SELECT b.id, a.id, b.decision FROM household a JOIN household b ON b.id = a.split_from_id
           WHERE a.merged_into IS NULL AND b.merged_into IS NULL"""
    )
    return [SplitHalf._make(row) for row in found]


def _at(moment: Any) -> datetime:
    return datetime.fromisoformat(moment)


def _only(column: str, ids: Ids) -> tuple[str, tuple[str, ...]]:
    if ids is None:
        return "1", ()
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(ids)),)
