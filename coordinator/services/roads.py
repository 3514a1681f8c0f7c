"""Verbs on roads: what is known of a way between two settlements, and that it is closed or open again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordinator.domain.names import clean
from coordinator.domain.roads import Road, fault_of, meet
from coordinator.domain.schedule import EVERYWHERE
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.problem import rules_of
from coordinator.queries.roads import RoadTrip, load_roads, trips_on_closed_roads
from coordinator.queries.ways import names_of
from coordinator.services.fleet import plate_key
from coordinator.session import Act, Session
from db import queries, stores
from db.ids import new_id
from db.rows import RoadRow


@dataclass(frozen=True, slots=True)
class SavedRoad:
    """`trips` of today and later that are to drive a road that is closed now; the plan leaves them as they are."""

    road_ids: tuple[str, ...]
    trips: tuple[RoadTrip, ...] = ()


def set_road(session: Session, road: Road) -> Outcome[SavedRoad]:
    """Record or change what is known of a way. UserError "road.…" for figures and dates that cannot be,

    "road.twice" where the same is said already, "road.gone", "place.gone".
    """
    rules = rules_of(session)
    with session.act("set_road") as act:
        if road.id is not None and stores.roads.get(act.db, road.id) is None:
            raise UserError("road.gone")
        road_id = write_road(act, road)
        act.touch(Touched.PLACES | Touched.SCHEDULE)
        trips = trips_on_closed_roads(act.db, _days(act, session), rules) if road.closed else []
    return act.outcome(SavedRoad((road_id,), tuple(trips)))


def close_road(session: Session, road: Road, vehicle_ids: Sequence[str] = ()) -> Outcome[SavedRoad]:
    """Close a way, for all vehicles or for these; what was measured of it stays for when it opens again.

    `road` tells the two ends, the days, the source, and with minutes how long the way round takes. `second_id`
    EVERYWHERE closes every way into the first that is not recorded by itself. UserError as `set_road`.
    """
    rules = rules_of(session)
    with session.act("close_road") as act:
        ids = []
        for vehicle_id in vehicle_ids or ("",):
            ids.append(write_road(act, replace(road, id=None, closed=True, vehicle_id=vehicle_id)))
        act.touch(Touched.PLACES | Touched.SCHEDULE)
        trips = trips_on_closed_roads(act.db, _days(act, session), rules)
    return act.outcome(SavedRoad(tuple(ids), tuple(trips)))


def open_road(session: Session, road_id: str) -> Outcome[None]:
    """The way can be driven again from today on; that it was closed before stays recorded. UserError "road.gone"."""
    today = session.today()
    with session.act("open_road") as act:
        row = stores.roads.get(act.db, road_id)
        if row is None or not row.closed:
            raise UserError("road.gone")
        _describe(act, row)
        if row.from_on is not None and row.from_on < today:
            stores.roads.change(act.db, road_id, until_on=today - timedelta(days=1))
        else:
            stores.roads.remove(act.db, [road_id])
        act.touch(Touched.PLACES | Touched.SCHEDULE)
    return act.outcome(None)


def remove_road(session: Session, road_id: str) -> Outcome[None]:
    """Forget what was entered by mistake."""
    with session.act("remove_road") as act:
        row = stores.roads.get(act.db, road_id)
        if row is None:
            raise UserError("road.gone")
        _describe(act, row)
        stores.roads.remove(act.db, [road_id])
        act.touch(Touched.PLACES | Touched.SCHEDULE)
    return act.outcome(None)


def write_road(act: Act, road: Road) -> str:
    """One row, new or changed, inside an action. Both ends must be known, and nothing be said twice."""
    fault = fault_of(road)
    if fault is not None:
        raise UserError(f"road.{fault.value}", minutes=road.minutes, km=road.km)
    row = RoadRow(
        road.id or new_id(), road.first_id, road.second_id, road.minutes, road.km, road.closed, road.vehicle_id or None,
        road.from_on, road.until_on, clean(road.source),
    )  # fmt: skip
    _describe(act, row)
    ends = {end for end in (road.first_id, road.second_id) if end != EVERYWHERE}
    if not road.first_id or names_of(act.db, [row]).keys() < ends:
        raise UserError("place.gone")
    for other in load_roads(act.db, ends):
        if other.id != road.id and meet(other, road):
            raise UserError("road.twice", way=act_name(other.first, other.second))
    if road.id is None:
        stores.roads.add(act.db, [row])
    else:
        stores.roads.replace(act.db, row)
    return row.id


def act_name(first: str, second: str) -> str:
    """ "Куп'янськ – Ківшарівка", or "Ківшарівка" alone for all ways into it."""
    return f"{first} – {second}" if second else first


def vehicles_named(session: Session, plates: str) -> list[str]:
    """Ids of the vehicles of these plates, with commas between; UserError "road.nobody" for one that is none's."""
    with session.reading() as db:
        known = {plate_key(row.plate): row.id for row in stores.vehicles.all(db)}
    wanted = [plate.strip() for plate in plates.replace(";", ",").split(",") if plate.strip()]
    for plate in wanted:
        if plate_key(plate) not in known:
            raise UserError("road.nobody", plate=plate)
    return list(dict.fromkeys(known[plate_key(plate)] for plate in wanted))


def _days(act: Act, session: Session) -> list[date]:
    return queries.days_with_trips(act.db, session.today())


def _describe(act: Act, row: RoadRow) -> None:
    names = names_of(act.db, [row])
    act.describe(way=act_name(names.get(row.first_id, ""), names.get(row.second_id, "")))
