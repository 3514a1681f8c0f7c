"""The places a register starts with: the shipped gazetteer, and a base and transit centre to be edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from statistics import fmean

from coordinator.domain.fleet import DestinationKind
from coordinator.domain.names import fold, sort_key
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.imports import DECIDED
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import DestinationRow, SettlementAliasRow, SettlementRow
from resources.gazetteer import load_hromadas, load_shipped
from resources.i18n import N_, _

HROMADA_DIGITS = 9
PCODE_DIGITS = 12
_CENTRE = "001"
"""The place of a hromada's main settlement in its own list, after the hromada's digits (KATOTTG)."""
_HUB = "Харків"
_HUBS = ((DestinationKind.BASE, N_("Base, Kharkiv")), (DestinationKind.TRANSIT, N_("Transit centre, Kharkiv")))


def seed(session: Session) -> Outcome[int]:
    """Enter the shipped settlements with their spellings, and base and transit centre in Kharkiv.

    Settlements that are there already stay as they are. Returns how many were entered.
    """
    with session.act("seed") as act:
        known = {row.katottg for row in stores.settlements.all(act.db)}
        shipped = [row for row in load_shipped() if not row["katottg"] or row["katottg"] not in known]
        if known:
            shipped = [row for row in shipped if row["katottg"]]
        rows, aliases = _shipped_rows(shipped, load_hromadas())
        stores.settlements.add(act.db, rows)
        stores.aliases.add(act.db, aliases)
        _seed_hubs(act)
        act.touch(Touched.PLACES | Touched.FLEET)
    return act.outcome(len(rows))


def _shipped_rows(
    shipped: Iterable[Mapping[str, str]], hromadas: Iterable[Mapping[str, str]]
) -> tuple[list[SettlementRow], list[SettlementAliasRow]]:
    centres = {row["code"]: _point(row) for row in hromadas}
    rows: list[SettlementRow] = []
    aliases: list[SettlementAliasRow] = []
    towns: dict[str, SettlementRow] = {}
    for entry in shipped:
        row = _settlement(entry, towns, centres)
        if row.katottg:
            towns[row.katottg] = row
        rows.append(row)
        spellings = filter(None, entry["aliases"].split("|"))
        aliases += [SettlementAliasRow(new_id(), row.id, text, "shipped") for text in spellings]
    return rows, aliases


def _settlement(
    entry: Mapping[str, str],
    towns: Mapping[str, SettlementRow],
    centres: Mapping[str, tuple[float, float] | None],
) -> SettlementRow:
    """One shipped row. Without coordinates it takes its town's or its hromada centre's, marked as estimated."""
    town = towns.get(entry["parent"]) if entry["parent"] else None
    own = _point(entry)
    near = (town.lat, town.lon) if town else centres.get(entry["hromada_code"])
    lat, lon = own or near or (None, None)
    return SettlementRow(
        id=new_id(),
        katottg=entry["katottg"] or None,
        pcode=entry["pcode"],
        name=entry["name_uk"],
        name_en=entry["name_en"],
        kind=entry["kind"],
        hromada=entry["hromada"],
        hromada_code=entry["hromada_code"],
        raion=entry["raion"],
        oblast=entry["oblast"],
        lat=lat,
        lon=lon,
        estimated=own is None and lat is not None,
        population=int(entry["population"]) if entry["population"] else None,
        population_source="GeoNames" if entry["population"] else "",
        parent_id=town.id if town else None,
        sort_key=sort_key(entry["name_uk"]),
    )


def _point(row: Mapping[str, str]) -> tuple[float, float] | None:
    return (float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None


def _seed_hubs(act: Act) -> None:
    """Base and transit centre, unless the register has one of that kind."""
    there = {row.kind for row in stores.destinations.all(act.db)}
    city = next((row for row in stores.settlements.where(act.db, name=_HUB) if row.kind == "city"), None)
    if city is None:
        return
    stores.destinations.add(
        act.db,
        [
            DestinationRow(new_id(), _(name), kind.value, city.id, lat=city.lat, lon=city.lon)
            for kind, name in _HUBS
            if kind.value not in there
        ],
    )


def estimates(rows: Iterable[SettlementRow], changed: Collection[str]) -> Iterator[SettlementRow]:
    """The settlements whose estimate is new or moved, in the hromadas of those `changed` (ids).

    Without coordinates of its own a settlement takes its hromada's centre, or the middle of the
    hromada's settlements that have some; a part takes its town's.
    """
    by_id = {row.id: row for row in rows}
    groups: dict[str, list[SettlementRow]] = {}
    for row in by_id.values():
        groups.setdefault(_hromada_key(row, by_id), []).append(row)
    for key in {_hromada_key(by_id[row_id], by_id) for row_id in changed}:
        centre = _centre(groups[key]) if key else None
        for row in groups[key]:
            town = by_id.get(row.parent_id or "")
            own_town = (town.lat, town.lon) if town and not town.estimated and town.lat is not None else None
            place = own_town or centre
            unknown = row.lat is None or row.estimated
            if unknown and place and (row.lat, row.lon) != place:
                yield row._replace(lat=place[0], lon=place[1], estimated=True)


def _hromada_key(row: SettlementRow, by_id: Mapping[str, SettlementRow]) -> str:
    town = by_id.get(row.parent_id or "")
    code = row.katottg or (town.katottg if town else "") or ""
    return code[:HROMADA_DIGITS] or fold(row.hromada)


def _centre(members: Iterable[SettlementRow]) -> tuple[float, float] | None:
    points = []
    for row in members:
        if row.lat is None or row.lon is None or row.estimated:
            continue
        if (row.katottg or "")[HROMADA_DIGITS:PCODE_DIGITS] == _CENTRE:
            return row.lat, row.lon
        points.append((row.lat, row.lon))
    if not points:
        return None
    return fmean(lat for lat, _lon in points), fmean(lon for _lat, lon in points)


def resolve_settlement(session: Session, text: str, settlement_id: str) -> Outcome[int]:
    """Say which settlement a text of a list means, for all households that have it, and for lists to come.

    Returns how many households were set. UserError "place.gone", "place.text_missing".
    """
    key = fold(text)
    if not key:
        raise UserError("place.text_missing")
    with session.act("resolve_settlement", text=text) as act:
        place = stores.settlements.get(act.db, settlement_id)
        if place is None:
            raise UserError("place.gone")
        act.describe(text=text, settlement=place.name)
        _remember(act, key, text, settlement_id)
        waiting = stores.households.where(act.db, settlement_id=None)
        ids = [row.id for row in waiting if fold(row.settlement_text) == key]
        for household_id in ids:
            stores.households.change(act.db, household_id, settlement_id=settlement_id)
        refresh_keys(act.db, ids)
        act.touch(Touched.HOUSEHOLDS | Touched.PLACES, *ids)
    return act.outcome(len(ids))


def _remember(act: Act, key: str, text: str, settlement_id: str) -> None:
    earlier = [row for row in stores.aliases.where(act.db, source=DECIDED) if fold(row.name) == key]
    stores.aliases.remove(act.db, [row.id for row in earlier])
    stores.aliases.add(act.db, [SettlementAliasRow(new_id(), settlement_id, text, DECIDED)])
