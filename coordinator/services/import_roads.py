"""Importing travel times: first what a workbook would change, cell by cell; then one action that can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from coordinator.domain.places import Place, Resolution
from coordinator.domain.roads import Road, fault_of
from coordinator.errors import UserError
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.reading import read_workbook
from coordinator.exchange.road_list import RoadCell, RoadList, read_roads
from coordinator.outcome import Outcome, Touched
from coordinator.queries.imports import Places, load_places
from coordinator.queries.problem import rules_of
from coordinator.queries.roads import RoadTrip, load_roads, trips_on_closed_roads
from coordinator.session import Session
from db import queries, stores
from db.connection import Database
from db.ids import new_id
from db.rows import RoadRow

_KATOTTG = re.compile(r"UA\d{17}")
_LATIN = str.maketrans("ИА", "UA")
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class RoadPreview:
    """What an import would do. `new` and `changed`: roads as they will stand; `same`: pairs that say nothing new.

    `problems`: cells whose pair stays out, each with its reason. `file`: the name, without its folder.
    `before`: the `changed` ones as they stood.
    """

    file: str
    new: tuple[Road, ...]
    changed: tuple[Road, ...]
    same: int
    problems: tuple[Remark, ...]
    sheets: tuple[str, ...]
    before: tuple[Road, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many pairs; `trips` of today and later that are to drive a closed road."""

    pairs: int
    trips: tuple[RoadTrip, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadFile:
    """A workbook as it was read; `name` without its folder."""

    name: str
    found: RoadList


def read_road_file(path: Path) -> RoadFile:
    """Read a workbook, without the register.

    UserError "import.…" where the file cannot be read, "road.no_list" where it holds neither a list nor a square.
    """
    found = read_roads(read_workbook(path))
    if not found.sheets:
        raise UserError("road.no_list", file=path.name)
    return RoadFile(path.name, found)


def preview_roads(session: Session, file: RoadFile) -> RoadPreview:
    """Compare a workbook with the register; nothing is written."""
    found = file.found
    with session.reading() as db:
        reading = _Reading(db)
    for cell in found.cells:
        reading.take(cell)
    new, changed, same = reading.compared(file.name)
    before = tuple(reading.there[_key(road)] for road in changed)
    problems = (*found.problems, *reading.problems)
    return RoadPreview(file.name, new, changed, same, problems, tuple(found.sheets), before)


def import_roads(session: Session, preview: RoadPreview) -> Outcome[TakenIn]:
    """Write what a preview showed. UserError "road.outdated" where one changed meanwhile."""
    rules = rules_of(session)
    with session.act("import_roads", file=preview.file, count=len(preview.new) + len(preview.changed)) as act:
        there = {_key(road): road for road in load_roads(act.db)}
        if any(_key(road) in there for road in preview.new) or any(
            there.get(_key(road)) != road for road in preview.before
        ):
            raise UserError("road.outdated")
        stores.roads.add(act.db, [_row(replace(road, id=new_id())) for road in preview.new])
        for road in preview.changed:
            stores.roads.replace(act.db, _row(road))
        act.touch(Touched.PLACES | Touched.SCHEDULE)
        closes = any(road.closed for road in (*preview.new, *preview.changed))
        days = queries.days_with_trips(act.db, session.today()) if closes else []
        trips = trips_on_closed_roads(act.db, days, rules)
    return act.outcome(TakenIn(len(preview.new) + len(preview.changed), tuple(trips)))


_Key = tuple[frozenset[str], bool]


def _key(road: Road) -> _Key:
    """An import speaks of all vehicles and every day: what is said of one vehicle or of some days stays apart."""
    undated = not road.vehicle_id and road.from_on is None and road.until_on is None
    return (road.pair, road.closed) if undated else (frozenset(), road.closed)


class _Reading:
    """The pairs of a file with their settlements found. Both ways are one: the longer figure of two counts."""

    def __init__(self, db: Database) -> None:
        self.places: Places = load_places(db)
        self.codes = {row.katottg: row.id for row in stores.settlements.all(db) if row.katottg}
        self.there = {_key(road): road for road in load_roads(db)}
        self.problems: list[Remark] = []
        self.pairs: dict[_Key, Road] = {}
        self.names: dict[str, str] = {}
        self._told: set[str] = set()

    def take(self, cell: RoadCell) -> None:
        ends = [self._end(text, at) for text, at in zip((cell.first, cell.second), cell.ends, strict=True)]
        if ends[0] is None or ends[1] is None:
            return
        road = Road(None, ends[0], ends[1], minutes=cell.minutes, km=cell.km, closed=cell.closed, source=cell.source)
        fault = fault_of(road)
        if fault is not None:
            self.problems.append(Remark(f"road.{fault.value}", cell.at, {"minutes": cell.minutes, "km": cell.km}))
            return
        key = _key(road)
        held = self.pairs.get(key)
        if held is None:
            self.pairs[key] = road
            return
        if _differ(held.minutes, road.minutes) or _differ(held.km, road.km):
            facts: dict[str, object] = {"way": f"{self.names[ends[0]]} – {self.names[ends[1]]}"}
            self.problems.append(Remark("road.two_figures", cell.at, facts))
        self.pairs[key] = replace(held, minutes=_longer(held.minutes, road.minutes), km=_longer(held.km, road.km))

    def compared(self, file: str) -> tuple[tuple[Road, ...], tuple[Road, ...], int]:
        """New ones, changed ones, and how many say what the register says already. A blank takes nothing away."""
        new, changed, same = [], [], 0
        for key, road in self.pairs.items():
            named = replace(road, first=self.names[road.first_id], second=self.names[road.second_id])
            held = self.there.get(key)
            if held is None:
                new.append(replace(named, source=road.source or file))
                continue
            minutes = held.minutes if road.minutes is None else road.minutes
            km = held.km if road.km is None else road.km
            if (minutes, km) == (held.minutes, held.km):
                same += 1
            else:
                changed.append(replace(held, minutes=minutes, km=km, source=road.source or file))
        return tuple(new), tuple(changed), same

    def _end(self, text: str, at: Cell) -> str | None:
        """The settlement's id; None, told once for each text, where it is not sure."""
        code = re.sub(r"\s", "", text).upper().translate(_LATIN)
        if _KATOTTG.fullmatch(code):
            found = self.places.gazetteer.get(self.codes.get(code))
            answer = Resolution(found, "found") if found else Resolution(None, "unknown")
        else:
            answer = self.places.resolve(text)
        if answer.place is not None:
            self.names[answer.place.id] = answer.place.name
            return answer.place.id
        if text not in self._told:
            self._told.add(text)
            facts: dict[str, object] = {"text": text, "places": _named(answer.candidates)}
            detail = f"road.place_{answer.status}" if answer.candidates else "road.place_unknown.bare"
            self.problems.append(Remark(detail, at, facts))
        return None


def _named(places: Iterable[Place]) -> str:
    """ "Гусинка (Куп'янська), UA…; …": what tells namesakes apart."""
    told = [f"{place.name} ({place.hromada}) {place.katottg}".strip() for place in places]
    return "; ".join(told[:_MOST_NAMED])


def _differ(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one != other


def _longer(one: float | None, other: float | None) -> float | None:
    return max((value for value in (one, other) if value is not None), default=None)


def _row(road: Road) -> RoadRow:
    return RoadRow(
        road.id or "", road.first_id, road.second_id, road.minutes, road.km, road.closed, road.vehicle_id or None,
        road.from_on, road.until_on, road.source,
    )  # fmt: skip
