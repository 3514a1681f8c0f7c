"""The ways of a day as the planner takes them, and the rule of thumb for those that nobody has measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from coordinator.domain.roads import holds_on
from coordinator.domain.schedule import EVERYWHERE, TravelRules, Way
from coordinator.settings import DETOUR, LOCAL_DETOUR, LOCAL_KM, LOCAL_MINUTES, LOCAL_SPEED, SPEED, Option
from db import stores
from db.connection import Database
from db.rows import RoadRow


def travel_rules(value: Callable[[Option[Any]], Any]) -> TravelRules:
    """By the settings that `value` reads."""
    return TravelRules(
        detour=value(DETOUR),
        speed_kmh=value(SPEED),
        local_minutes=value(LOCAL_MINUTES),
        local_km=value(LOCAL_KM),
        local_detour=value(LOCAL_DETOUR),
        local_speed_kmh=value(LOCAL_SPEED),
    )


def default_travel() -> TravelRules:
    """As long as nobody has changed a setting."""
    return travel_rules(lambda option: option.default)


def ways_on(db: Database, day: date, places: Collection[str]) -> tuple[Way, ...]:
    """What is recorded of ways between these settlements and destinations, and holds on `day`.

    A matrix of the whole raion has a hundred thousand of them; a day needs those of its own places.
    """
    near = {*places, EVERYWHERE}
    begun = stores.roads.where(db, first_id=near - {EVERYWHERE}) if places else []
    rows = [row for row in begun if row.second_id in near and holds_on(row.from_on, row.until_on, day)]
    names = names_of(db, rows)
    return tuple(way_of(row, names) for row in rows)


def way_of(row: RoadRow, names: dict[str, str]) -> Way:
    ends = [names.get(row.first_id, ""), names.get(row.second_id, "")]
    name = " – ".join(ends) if row.second_id != EVERYWHERE else f"→ {ends[0]}"
    return Way(row.first_id, row.second_id, row.minutes, row.km, row.closed, row.vehicle_id or "", name)


def names_of(db: Database, rows: Iterable[RoadRow]) -> dict[str, str]:
    """Names of the settlements and destinations at the ends of these rows."""
    wanted = {end for row in rows for end in (row.first_id, row.second_id)} - {EVERYWHERE}
    found = {row.id: row.name for row in stores.settlements.where(db, id=wanted)} if wanted else {}
    return found | ({row.id: row.name for row in stores.destinations.where(db, id=wanted)} if wanted else {})
