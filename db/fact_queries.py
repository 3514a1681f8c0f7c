"""Hand-written reading for the counts: events with their persons, trips that arrived, decisions, pickups."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from db.connection import Database


class EventFact(NamedTuple):
    """An event as the file keeps it, days and moments as text. `place`: the settlement it names, or else the
    household's; `place_text` where nobody has resolved that. `withdrawn_at`: of a voided event, when that was done.
    """

    id: str
    person_id: str
    household_id: str
    kind: str
    occurred_on: str
    recorded_at: str
    withdrawn_at: str | None
    place: str | None
    place_text: str
    organisation: str


_MADE_VOID = """SELECT max(a.done_at) FROM change_log c JOIN action a ON a.id = c.action_id
                WHERE c."table" = 'event' AND c.row_id = e.id AND json_extract(c.fields, '$.voided[1]') = 1"""


class Touched(NamedTuple):
    """Which events may count otherwise since a place of the journal: they, or all of these people, homes and trips
    that go with another vehicle.

    `all`: everything has to be read anew.
    """

    events: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    trips: frozenset[str] = frozenset()
    all: bool = False

    def __bool__(self) -> bool:
        return bool(self.all or self.events or self.people or self.homes or self.trips)


_MANY = 2000
_KEEP_BOOKS = ("event", "person", "need", "household", "trip")
_READ_BY_ALL = ("vehicle", "settlement")


def touched_since(database: Database, mark: int) -> Touched:
    found = database.rows(
        """SELECT "table", row_id, json_extract(fields, '$.person_id[0]'), json_extract(fields, '$.person_id[1]')
           FROM change_log WHERE id > ? AND +"table" IN (SELECT value FROM json_each(?))
             AND ("table" <> 'trip' OR kind <> 'update' OR json_extract(fields, '$.vehicle_id') IS NOT NULL) LIMIT ?""",
        (mark, json.dumps((*_KEEP_BOOKS, *_READ_BY_ALL)), _MANY + 1),
    )
    if len(found) > _MANY or any(row[0] in _READ_BY_ALL for row in found):
        return Touched(all=True)
    ids = {table: {row[1] for row in found if row[0] == table} for table in _KEEP_BOOKS}
    needy = {person for table, _id, was, now in found if table == "need" for person in (was, now) if person}
    kept = json.dumps(list(ids["need"]))
    needy |= {
        row[0]
        for row in database.rows("SELECT person_id FROM need WHERE id IN (SELECT value FROM json_each(?))", (kept,))
    }
    return Touched(
        frozenset(ids["event"]), frozenset(ids["person"] | needy), frozenset(ids["household"]), frozenset(ids["trip"])
    )


def homes_since(database: Database, mark: int) -> frozenset[str] | None:
    """Households that are otherwise since a place of the journal, they or their people; None: it may be all of them."""
    found = database.rows(
        """SELECT "table", row_id, json_extract(fields, '$.household_id[0]'), json_extract(fields, '$.household_id[1]')
           FROM change_log WHERE id > ? AND +"table" IN ('household', 'person', 'settlement') LIMIT ?""",
        (mark, _MANY + 1),
    )
    if len(found) > _MANY or any(row[0] == "settlement" for row in found):
        return None
    homes = {row_id for table, row_id, _was, _now in found if table == "household"}
    homes |= {home for _table, _id, was, now in found for home in (was, now) if home}
    people = json.dumps([row_id for table, row_id, _was, _now in found if table == "person"])
    now = database.rows("SELECT household_id FROM person WHERE id IN (SELECT value FROM json_each(?))", (people,))
    return frozenset(homes | {row[0] for row in now})


_AMONG = (
    "SELECT value FROM json_each(?)",
    "SELECT id FROM event WHERE person_id IN (SELECT value FROM json_each(?))",
    "SELECT id FROM event WHERE household_id IN (SELECT value FROM json_each(?))",
    "SELECT id FROM event WHERE trip_id IN (SELECT value FROM json_each(?))",
)
"""Of `Touched` in its order. The last two walk through all events: asked only where there is anything to ask."""


def event_facts(database: Database, only: Touched | None = None) -> list[EventFact]:
    """All events or those that were touched, also what was withdrawn.

    One whose withdrawal the journal does not tell was never in force.
    """
    among = "1"
    params: tuple[str, ...] = ()
    if only is not None and not only.all:
        asked = [(sql, json.dumps(list(ids))) for sql, ids in zip(_AMONG, only[:4], strict=True) if ids]
        among = f"e.id IN ({' UNION '.join(sql for sql, _ids in asked) or 'NULL'})"
        params = tuple(ids for _sql, ids in asked)
    found = database.rows(
        f"""SELECT e.id, e.person_id, e.household_id, e.kind, e.occurred_on, e.recorded_at,
                   CASE WHEN e.voided THEN coalesce(({_MADE_VOID}), e.recorded_at) END,
                   coalesce(e.settlement_id, h.settlement_id), coalesce(h.settlement_text, ''),
                   CASE WHEN e.organisation = '' THEN coalesce(v.organisation, '') ELSE e.organisation END
            FROM event e LEFT JOIN household h ON h.id = e.household_id
            LEFT JOIN trip t ON t.id = e.trip_id LEFT JOIN vehicle v ON v.id = t.vehicle_id
            WHERE {among}""",
        params,
    )
    return [EventFact._make(row) for row in found]


class PersonFact(NamedTuple):
    """What is known of the age and sex of somebody with an event; days as text, `stated_child` 0, 1 or None."""

    id: str
    sex: str
    birth_on: str | None
    birth_year: int | None
    age: int | None
    age_on: str | None
    stated_child: int | None


def person_facts(database: Database, ids: Collection[str] | None = None) -> list[PersonFact]:
    """Of everybody with an event, or of these."""
    only, params = _only(ids)
    found = database.rows(
        f"SELECT id, sex, birth_on, birth_year, age, age_on, stated_child FROM person WHERE id IN ({only})", params
    )
    return [PersonFact._make(row) for row in found]


def needs_of_moved(database: Database, ids: Collection[str] | None = None) -> list[tuple[str, str]]:
    """(person, kind of need) of everybody with an event, or of these."""
    only, params = _only(ids)
    found = database.rows(f"SELECT person_id, kind FROM need WHERE person_id IN ({only})", params)
    return [(person, kind) for person, kind in found]


def _only(ids: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    if ids is None:
        return "SELECT person_id FROM event", ()
    return "SELECT value FROM json_each(?)", (json.dumps(list(ids)),)


def arrivals(database: Database) -> list[tuple[str, str | None]]:
    """(day of the trip, the moment it was told to have arrived) of trips that arrived."""
    return [(day, at) for day, at in database.rows("SELECT work_on, arrived_at FROM trip WHERE status = 'arrived'")]


def frozen_days(database: Database) -> list[tuple[str, str]]:
    """(day of the report, the moment it was frozen)."""
    return [(day, at) for day, at in database.rows("SELECT work_on, frozen_at FROM report")]


class DecisionFact(NamedTuple):
    """A household's decision as it was recorded, `decided_at` as text; what single members said is left out."""

    id: str
    household_id: str
    kind: str
    decided_at: str


def decision_facts(database: Database) -> list[DecisionFact]:
    """Decisions of households that stand for themselves, in the order in which they were taken."""
    found = database.rows(
        """SELECT d.id, d.household_id, d.kind, d.decided_at FROM decision d JOIN household h ON h.id = d.household_id
           WHERE d.person_id IS NULL AND h.merged_into IS NULL ORDER BY d.decided_at, d.id"""
    )
    return [DecisionFact._make(row) for row in found]


class HouseholdFact(NamedTuple):
    """A household that stands for itself: since when it is known, where it stands, and what holds it back (JSON)."""

    id: str
    known_at: str | None
    decision: str
    decided_at: str | None
    holds_back: str | None
    requested_at: str | None


def household_facts(database: Database) -> list[HouseholdFact]:
    found = database.rows(
        """SELECT id, coalesce(min(created_at, requested_at), created_at, requested_at), decision, decided_at,
                  holds_back, requested_at FROM household WHERE merged_into IS NULL"""
    )
    return [HouseholdFact._make(row) for row in found]


def pickups(database: Database) -> list[tuple[str, str]]:
    """(household, moment) of each stop at which people of a household boarded."""
    found = database.rows(
        """SELECT household_id, result_at FROM stop
           WHERE result = 'boarded' AND freed = 0 AND result_at IS NOT NULL ORDER BY result_at"""
    )
    return [(household, at) for household, at in found]
