"""Reading across tables for the views: hand-written SQL where one SELECT says it better than many rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from db.connection import Database
from db.fields import DayField, MomentField

Ids = Collection[str] | None
"""Households to read; None: all of them. At most 900 at a time, the number of parameters that any build takes."""

_day = DayField().python_value
_moment = MomentField().python_value


class HouseholdBrief(NamedTuple):
    id: str
    number: int
    settlement_id: str | None
    settlement_name: str
    settlement_key: str
    settlement_text: str
    street: str
    house: str
    flat: str
    address_text: str
    landmark: str
    head_id: str | None
    decision: str
    wants_on: date | None
    part_stays: bool
    pets: str
    note: str
    decided_at: datetime | None
    requested_at: datetime | None
    created_at: datetime | None
    again_at: datetime | None
    search_text: str
    sort_key: str
    holds_back: Any
    spoke_at: datetime | None
    again_by: str
    split_from_id: str | None


class PersonBrief(NamedTuple):
    id: str
    household_id: str
    surname: str
    given: str
    patronymic: str
    sex: str
    birth_on: date | None
    birth_year: int | None
    age: int | None
    age_on: date | None
    stated_child: bool | None
    decision: str
    wants_on: date | None


def households_with_places(database: Database, ids: Ids = None) -> list[HouseholdBrief]:
    """Households that stand for themselves (not merged into another), with the name of their settlement."""
    only, params = _only("h.id", ids)
    found = database.rows(
        f"""SELECT h.id, h.number, h.settlement_id, coalesce(s.name, ''), coalesce(s.sort_key, ''),
                  h.settlement_text, h.street, h.house, h.flat, h.address_text, h.landmark, h.head_id, h.decision,
                  h.wants_on, h.part_stays, h.pets, h.note, h.decided_at, h.requested_at, h.created_at,
                  h.again_at, h.search_text, h.sort_key, h.holds_back, h.spoke_at, h.again_by, h.split_from_id
           FROM household h LEFT JOIN settlement s ON s.id = h.settlement_id
           WHERE h.merged_into IS NULL AND {only} ORDER BY h.number""",
        params,
    )
    return [
        HouseholdBrief._make(
            (
                *row[:13],
                _day(row[13]),
                bool(row[14]),
                *row[15:17],
                *(_moment(value) for value in row[17:21]),
                *row[21:23],
                json.loads(row[23]) if row[23] else None,
                _moment(row[24]),
                *row[25:],
            )
        )
        for row in found
    ]


def people_brief(database: Database, ids: Ids = None) -> list[PersonBrief]:
    """All people, or those of some households, in the order of their households and places."""
    only, params = _only("household_id", ids)
    found = database.rows(
        f"""SELECT id, household_id, surname, given, patronymic, sex, birth_on, birth_year, age, age_on, stated_child,
                  decision, wants_on
           FROM person WHERE {only} ORDER BY household_id, position""",
        params,
    )
    return [
        PersonBrief._make(
            (*row[:6], _day(row[6]), *row[7:9], _day(row[9]), _flag(row[10]), row[11], row[12] and _day(row[12]))
        )
        for row in found
    ]


def people_away(database: Database, day: date, ids: Ids = None) -> set[str]:
    """Ids of the people who are not at home on a day: their last event until then took them away, or a trip has them.

    As coordinator.queries.presence, for everybody at once.
    """
    only = "1" if ids is None else "household_id IN (SELECT value FROM json_each(?2))"
    params = (day.isoformat(), *(() if ids is None else (json.dumps(list(ids)),)))
    found = database.rows(
        f"""SELECT person_id FROM (
              SELECT person_id, kind, row_number() OVER (
                PARTITION BY person_id ORDER BY occurred_on DESC, recorded_at DESC, id DESC) AS place
              FROM event WHERE NOT voided AND occurred_on <= ?1 AND {only}) WHERE place = 1 AND kind <> 'returned'
            UNION SELECT p.person_id FROM passenger p JOIN trip t ON t.id = p.trip_id
                  WHERE t.status <> 'arrived' AND t.work_on <= ?1 AND {only}""",
        params,
    )
    return {row[0] for row in found}


def people_told_of(database: Database, ids: Ids = None) -> set[str]:
    """Ids of the people of whom some event in force tells, as coordinator.domain.counting.told_of."""
    only = "1" if ids is None else "household_id IN (SELECT value FROM json_each(?))"
    params = () if ids is None else (json.dumps(list(ids)),)
    return {row[0] for row in database.rows(f"SELECT person_id FROM event WHERE NOT voided AND {only}", params)}


def parts_by_household(database: Database) -> dict[str, list[tuple[str, int]]]:
    """Household -> (id, number) of those that parted from it or that it parted from, none of them merged."""
    found = database.rows(
        """SELECT a.id, b.id, b.number FROM household a JOIN household b ON b.id = a.split_from_id
           WHERE a.merged_into IS NULL AND b.merged_into IS NULL
           UNION SELECT b.id, a.id, a.number FROM household a JOIN household b ON b.id = a.split_from_id
           WHERE a.merged_into IS NULL AND b.merged_into IS NULL ORDER BY 1, 3"""
    )
    return _grouped((one, (other, number)) for one, other, number in found)


def _only(column: str, ids: Ids) -> tuple[str, tuple[str, ...]]:
    return ("1", ()) if ids is None else (f"{column} IN ({', '.join('?' * len(ids))})", tuple(ids))


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def needs_by_household(database: Database, ids: Ids = None) -> dict[str, tuple[str, ...]]:
    """Household id -> the kinds of need of its members, each once, sorted."""
    only, params = _only("p.household_id", ids)
    found = database.rows(
        f"""SELECT DISTINCT p.household_id, n.kind FROM need n JOIN person p ON p.id = n.person_id
           WHERE {only} ORDER BY p.household_id, n.kind""",
        params,
    )
    return {key: tuple(values) for key, values in _grouped(found).items()}


def phones_by_household(database: Database, ids: Ids = None) -> dict[str, list[tuple[str, str]]]:
    """Household id -> (E.164 or "", as written), in order."""
    only, params = _only("household_id", ids)
    sql = f"SELECT household_id, e164, raw FROM contact WHERE {only} ORDER BY household_id, position"
    found = database.rows(sql, params)
    return _grouped((household, (e164, raw)) for household, e164, raw in found)


def next_stops(database: Database, day: date, ids: Ids = None) -> dict[str, date]:
    """Household id -> the first day from `day` on for which it is on a list without a result yet."""
    only, params = _only("household_id", ids)
    found = database.rows(
        f"""SELECT household_id, min(work_on) FROM stop
           WHERE freed = 0 AND result IN ('open', 'boarded') AND work_on >= ? AND {only} GROUP BY household_id""",
        (day.isoformat(), *params),
    )
    return {household_id: cast(date, _day(work_on)) for household_id, work_on in found}


def open_pairs_by_household(database: Database) -> dict[str, int]:
    found = database.rows(
        """SELECT id, count(*) FROM (SELECT first_id AS id FROM pair WHERE state = 'open'
           UNION ALL SELECT second_id FROM pair WHERE state = 'open') GROUP BY id"""
    )
    return dict(found)


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


class EventBrief(NamedTuple):
    person_id: str
    household_id: str
    kind: str
    occurred_on: date
    settlement_id: str | None
    trip_id: str | None
    sex: str
    birth_on: date | None
    birth_year: int | None
    age: int | None
    age_on: date | None
    stated_child: bool | None
    disabled: int


DISABLING = "('wheelchair', 'stretcher', 'disability')"


def events_brief(database: Database) -> list[EventBrief]:
    """Events that were not voided, with what counting needs of the person."""
    found = database.rows(
        f"""SELECT e.person_id, e.household_id, e.kind, e.occurred_on, e.settlement_id, e.trip_id, p.sex,
                   p.birth_on, p.birth_year, p.age, p.age_on, p.stated_child,
                   EXISTS (SELECT 1 FROM need n WHERE n.person_id = p.id AND n.kind IN {DISABLING})
            FROM event e JOIN person p ON p.id = e.person_id WHERE NOT e.voided"""
    )
    return [
        EventBrief._make(
            (*row[:3], _day(row[3]), *row[4:7], _day(row[7]), *row[8:10], _day(row[10]), _flag(row[11]), row[12])
        )
        for row in found
    ]


def plate_by_trip(database: Database) -> dict[str, str]:
    found = database.rows("SELECT t.id, v.plate FROM trip t JOIN vehicle v ON v.id = t.vehicle_id")
    return dict(cast(list[tuple[str, str]], found))


def households_by_settlement(database: Database) -> dict[str, int]:
    """Settlement id -> how many households stand there."""
    found = database.rows(
        """SELECT settlement_id, count(*) FROM household
           WHERE merged_into IS NULL AND settlement_id IS NOT NULL GROUP BY settlement_id"""
    )
    return dict(cast(list[tuple[str, int]], found))


def days_with_trips(database: Database, since: date) -> list[date]:
    """Days from `since` on that have trips."""
    found = database.rows("SELECT DISTINCT work_on FROM trip WHERE work_on >= ? ORDER BY 1", (since.isoformat(),))
    return [cast(date, _day(value)) for (value,) in found]
