"""What taking an action back must not do: the rules of the verbs, asked again of the days and people it touches.

Only what the undo itself would break counts: what was so before, by hand with a reason say, is no reason to refuse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from coordinator.domain.events import ChainBreak, EventKind, chain_breaks
from coordinator.domain.schedule import Breach, Finding, Hub, Point
from coordinator.domain.trip import list_number
from coordinator.errors import UserError
from coordinator.queries.day_records import read_day
from coordinator.queries.draft import DayDraft
from coordinator.queries.problem import Rules, Scene
from db import stores, touched
from db.connection import Database

_AT_ONCE = {Breach.OVERLAP: "undo.vehicle_busy", Breach.DRIVER: "undo.driver_busy"}
_FULL = frozenset({Breach.SEATS, Breach.WHEELCHAIR, Breach.STRETCHER})
_ANYWHERE = Hub("", Point(0, 0))
"""Stands for a base or transit centre that is not there: who drives at once, and how many, does not depend on it."""

_Broken = tuple[str, ChainBreak, date]
"""(person id, what is wrong, day)."""
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A breach on a trip, with the number of its list."""

    list: str
    finding: Finding


class RulesAskedAgain:
    """Made before an action is taken back; `judge` afterwards, in the same transaction."""

    def __init__(self, db: Database, action_id: str, rules: Rules) -> None:
        self._db, self._rules = db, rules
        self._people = touched.people_of_events(db, action_id)
        self._days = sorted(touched.days_of_trips(db, action_id))
        self._homes = touched.homes(db, action_id)
        self._chains, self._trips, self._families = self._broken_chains(), self._found(), self._broken_families()

    def judge(self) -> tuple[str, ...]:
        """The numbers of lists that have more people than places now: allowed, as by hand.

        UserError "undo.vehicle_busy", "undo.driver_busy", "undo.left_twice", "undo.not_left", "undo.family".
        """
        now = self._found()
        fresh = [found for key, found in now.items() if key not in self._trips]
        for found in fresh:
            code = _AT_ONCE.get(found.finding.breach)
            if code:
                raise UserError(code, list=found.list, **_plates(found.finding))
        for person_id, what, day in sorted(self._broken_chains() - self._chains):
            raise UserError(f"undo.{what}", number=self._number(person_id), day=day)
        for number, _what in sorted(self._broken_families() - self._families):
            raise UserError("undo.family", number=number)
        return tuple(dict.fromkeys(found.list for found in fresh if found.finding.breach in _FULL))

    def _broken_families(self) -> set[tuple[int, str]]:
        """(number, what is wrong): people in a record that was merged, a part of a split family without people, a
        head who is not one of them.
        """
        people: dict[str, set[str]] = {}
        for person in stores.people.where(self._db, household_id=self._homes) if self._homes else ():
            people.setdefault(person.household_id, set()).add(person.id)
        found = set()
        for row in stores.households.where(self._db, id=self._homes) if self._homes else ():
            members = people.get(row.id, set())
            if row.merged_into is not None and members:
                found.add((row.number, "merged"))
            if row.merged_into is None and row.split_from_id and not members:
                found.add((row.number, "empty"))
            if row.merged_into is None and members and row.head_id is not None and row.head_id not in members:
                found.add((row.number, "head"))
        return found

    def _number(self, person_id: str) -> int:
        person = stores.people.get(self._db, person_id)
        row = stores.households.get(self._db, person.household_id) if person else None
        return row.number if row else 0

    def _broken_chains(self) -> set[_Broken]:
        moves: dict[str, list[tuple[EventKind, date]]] = {}
        events = stores.events.where(self._db, person_id=self._people, voided=False) if self._people else []
        for event in sorted(events, key=attrgetter("occurred_on", "recorded_at", "id")):
            moves.setdefault(event.person_id, []).append((EventKind(event.kind), event.occurred_on))
        return {(person_id, *broken) for person_id, chain in moves.items() for broken in chain_breaks(chain)}

    def _found(self) -> dict[_Key, _Found]:
        """What the checker says of the days' trips, of two at once and of too few places."""
        found: dict[_Key, _Found] = {}
        for day in self._days:
            records = read_day(self._db, day)
            scene = Scene.of(self._db, records, self._rules)
            scene = replace(scene, hubs={kind: scene.hubs.get(kind, _ANYWHERE) for kind in ("base", "transit")})
            for trip_id, findings in DayDraft.of(self._db, records, scene).findings().items():
                listed = list_number(day, records.trip(trip_id).number)
                for one in findings:
                    if one.breach in _AT_ONCE or one.breach in _FULL:
                        found[_key(trip_id, one)] = _Found(listed, one)
        return found


def _key(trip_id: str, finding: Finding) -> _Key:
    """The same breach at another hour is the same one; one more person is not."""
    said = finding.facts.get("taken") if finding.breach in _FULL else finding.facts.get("other")
    return trip_id, finding.breach, finding.facts.get("plate"), said


def _plates(finding: Finding) -> dict[str, object]:
    return {name: finding.facts[name] for name in ("plate", "other") if name in finding.facts}


def two_lists(db: Database, action_id: str) -> UserError | None:
    """Why stops could not come back: their household is on another list of that day by now. None: not that."""
    found = touched.stop_in_the_way(db, action_id)
    if found is None:
        return None
    number, day, trip = found
    return UserError("undo.two_lists", number=number, list=list_number(day, trip))
