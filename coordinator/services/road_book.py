"""The table of travel times as a workbook: what is known, and the pairs of which nobody has said anything yet."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from coordinator.domain.names import sort_key
from coordinator.domain.roads import Road
from coordinator.domain.schedule import EVERYWHERE
from coordinator.exchange.writing import CellKind, Column, Note, Sheet, write_workbook
from coordinator.queries.roads import load_roads
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import SettlementRow
from resources.i18n import N_, _, pgettext

MOST_ROWS = 5000
"""Pairs of a hundred settlements: more than anybody fills in."""


def write_road_book(session: Session, path: Path) -> int:
    """A list that comes in again by `preview_roads`; returns its rows. No personal data. UserError as `write_workbook`.

    Settlements with households, those of base and transit centre, each with each other.
    """
    with session.reading() as db:
        rows = _rows(db)
    write_workbook(path, [Sheet(_("Roads"), _columns(), rows)], [_how_to()])
    return len(rows)


def _rows(db: Database) -> list[tuple[object, ...]]:
    places = {row.id: row for row in stores.settlements.all(db)}
    known = [road for road in load_roads(db) if road.second_id != EVERYWHERE and not road.vehicle_id]
    undated = [road for road in known if road.from_on is None and road.until_on is None]
    used = {row.settlement_id for row in stores.households.all(db)}
    used |= {row.settlement_id for row in stores.destinations.all(db) if row.active}
    homes = sorted((places[one] for one in used if one in places), key=lambda row: sort_key(row.name))
    pairs = {road.pair for road in undated}
    rows = [
        _row(places[r.first_id], places[r.second_id], r) for r in undated if {r.first_id, r.second_id} <= places.keys()
    ]
    blank = [_row(a, b) for a, b in combinations(homes, 2) if frozenset((a.id, b.id)) not in pairs]
    return [*rows, *blank[: max(0, MOST_ROWS - len(rows))]]


def _row(first: SettlementRow, second: SettlementRow, road: Road | None = None) -> tuple[object, ...]:
    said = (road.minutes, road.km, _("yes") if road.closed else None, road.source) if road else (None, None, None, None)
    return (first.katottg or "", first.name, second.katottg or "", second.name, *said)


def _columns() -> list[Column]:
    number = CellKind.NUMBER
    return [
        Column("first_code", N_("KATOTTG"), 23, header=pgettext("road", "KATOTTG from")),
        Column("first", N_("Settlement"), 24, header=pgettext("road", "From")),
        Column("second_code", N_("KATOTTG"), 23, header=pgettext("road", "KATOTTG to")),
        Column("second", N_("Settlement"), 24, header=pgettext("road", "To")),
        Column("minutes", N_("Minutes"), 10, number),
        Column("km", N_("km"), 10, number),
        Column("closed", N_("Closed"), 10),
        Column("source", N_("Source"), 30),
    ]


def _how_to() -> Note:
    lines = [
        (_("What this is"), _("Driving times between settlements, both ways alike.")),
        (_("How to fill it in"), _("Write minutes or kilometres, or both. A row without either is passed over.")),
        (_("Closed"), _("“yes” closes the road. Minutes beside it are those of the way round.")),
        (_("A square"), _("Minutes may also stand in a square: settlements above the columns and beside the rows.")),
    ]
    return Note(_("How to fill it in"), lines)
