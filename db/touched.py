"""Which people's events and which days' trips an action wrote: what the rules are asked about when it is taken back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from db.connection import Database
from db.first_values import change_of, with_first_values


def tables(database: Database, action_id: str) -> set[str]:
    """The tables in which an action changed something."""
    return {
        row[0] for row in database.rows('SELECT DISTINCT "table" FROM change_log WHERE action_id = ?', (action_id,))
    }


def people_of_events(database: Database, action_id: str) -> set[str]:
    """Ids of the people whose evacuation events the action wrote: whose they are, and whose they were."""
    return _written(database, action_id, "event", "person_id") | _now(database, action_id, "event", "person_id")


def homes(database: Database, action_id: str) -> set[str]:
    """Ids of the households that the action wrote, or whose people it wrote: as they are, and as they were."""
    found = _rows(database, action_id, "household") | _written(database, action_id, "person", "household_id")
    return found | _now(database, action_id, "person", "household_id")


def days_of_trips(database: Database, action_id: str) -> set[date]:
    """Working dates whose trips may look different: by trips, stops and seats, or by whom an open stop is to fetch."""
    within = tables(database, action_id)
    days: set[Any] = set()
    for table in within & {"trip", "stop"}:
        days |= _written(database, action_id, table, "work_on") | _now(database, action_id, table, "work_on")
    if "passenger" in within:
        trips = _written(database, action_id, "passenger", "trip_id") | _now(
            database, action_id, "passenger", "trip_id"
        )
        days |= _asked(database, "SELECT work_on FROM trip WHERE id IN (SELECT value FROM json_each(?))", trips)
    households = _written(database, action_id, "person", "household_id") if "person" in within else set()
    if "need" in within:
        people = _written(database, action_id, "need", "person_id")
        sql = "SELECT household_id FROM person WHERE id IN (SELECT value FROM json_each(?))"
        households |= _asked(database, sql, people)
    days |= _asked(
        database,
        """SELECT DISTINCT work_on FROM stop
           WHERE freed = 0 AND result = 'open' AND household_id IN (SELECT value FROM json_each(?))""",
        households,
    )
    return {date.fromisoformat(day) for day in days}


def stop_in_the_way(database: Database, action_id: str) -> tuple[int, date, int] | None:
    """A household (number) whose stop the action wrote and which now has another one that day, on a trip (number)."""
    found = database.rows(
        """SELECT h.number, t.work_on, t.number FROM stop s
           JOIN trip t ON t.id = s.trip_id JOIN household h ON h.id = s.household_id
           WHERE s.freed = 0 AND s.result IN ('open', 'boarded')
             AND s.household_id IN (SELECT value FROM json_each(?)) AND s.work_on IN (SELECT value FROM json_each(?))
             AND s.id NOT IN (SELECT row_id FROM change_log WHERE action_id = ? AND +"table" = 'stop')
           ORDER BY t.work_on, t.number LIMIT 1""",
        (
            *(
                _listed(_written(database, action_id, "stop", column) | _now(database, action_id, "stop", column))
                for column in ("household_id", "work_on")
            ),
            action_id,
        ),
    )
    return (found[0][0], date.fromisoformat(found[0][1]), found[0][2]) if found else None


def _written(database: Database, action_id: str, table: str, column: str) -> set[Any]:
    """What the action wrote into a column, and what was there before."""
    # The plus keeps SQLite from the index of all changes by table: one action has far fewer.
    found = database.rows(
        f"""SELECT DISTINCT json_extract(fields, '$.{column}[0]'), json_extract(fields, '$.{column}[1]')
            FROM change_log WHERE action_id = ? AND +"table" = ?""",
        (action_id, table),
    )
    among_many = database.rows(
        """SELECT id, action_id, "table", row_id, kind, fields FROM change_log
           WHERE action_id = ? AND +"table" = ? AND kind = 'insert' AND fields = '{}'""",
        (action_id, table),
    )
    brought = with_first_values(database, [change_of(row) for row in among_many], [column])
    values = {value for row in found for value in row}
    values.update(change.fields[column][1] for change in brought if column in change.fields)
    return values - {None}


def _rows(database: Database, action_id: str, table: str) -> set[Any]:
    sql = 'SELECT DISTINCT row_id FROM change_log WHERE action_id = ? AND +"table" = ?'
    return {row[0] for row in database.rows(sql, (action_id, table))}


def _now(database: Database, action_id: str, table: str, column: str) -> set[Any]:
    found = database.rows(
        f"""SELECT DISTINCT "{column}" FROM "{table}"
            WHERE id IN (SELECT row_id FROM change_log WHERE action_id = ? AND +"table" = ?)""",
        (action_id, table),
    )
    return {row[0] for row in found}


def _asked(database: Database, sql: str, ids: set[Any]) -> set[Any]:
    return {row[0] for row in database.rows(sql, (_listed(ids),))} if ids else set()


def _listed(ids: set[Any]) -> str:
    return json.dumps(sorted(ids))
