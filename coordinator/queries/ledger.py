"""The facts behind every figure, read from the register at one moment. For a worker, not for the window's thread."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import Decision, Obstacle, obstacles
from coordinator.domain.events import EventKind
from coordinator.domain.ledger import Fact, Ledger
from coordinator.domain.pace import Wait
from coordinator.domain.person import Age, Birth, Need, Sex, age_on
from coordinator.domain.standings import Standings, Turn
from coordinator.session import Session
from db import fact_queries, import_queries, stores
from db.connection import Database
from db.fact_queries import DecisionFact, EventFact, HouseholdFact, PersonFact, Touched

AS_WRITTEN = "text:"
"""Before a settlement that nobody has resolved."""

_HOUR = len("2023-08-15T06")
_KNOWN_NEEDS = {need.value: need for need in Need}
_KINDS = {kind.value: kind for kind in EventKind}
_SEXES = {sex.value: sex for sex in Sex}
_NONE: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger, when it was read, the settlements it names (id -> name, hromada), and the place in the journal."""

    ledger: Ledger
    as_of: datetime
    places: dict[str, tuple[str, str]]
    mark: int

    def place(self, settlement: str) -> tuple[str, str]:
        """(name, hromada) of a settlement as a fact has it; of one that was only written, its text."""
        return self.places.get(settlement, (settlement.removeprefix(AS_WRITTEN), ""))

    def names(self, settlements: Collection[str]) -> dict[str, str]:
        """Settlement -> its name, with its hromada where another of these has that name too."""
        places = {key: self.place(key) for key in settlements}
        common = Counter(name for name, _hromada in places.values())
        return {
            key: f"{name} ({hromada})" if common[name] > 1 and hromada else name
            for key, (name, hromada) in places.items()
        }


def book(session: Session, before: Book | None = None) -> Book:
    """All facts of the register, now. With an earlier reading only what was written since is read again."""
    with session.reading() as db:
        return book_of(db, session.clock(), before)


def book_of(db: Database, as_of: datetime, before: Book | None = None) -> Book:
    """As `book`, within a reading that is under way."""
    mark = import_queries.journal_mark(db)
    if before is not None:
        touched = fact_queries.touched_since(db, before.mark)
        if not touched.all:
            return _renewed(db, as_of, before, touched, mark)
    places = {row.id: (row.name, row.hromada) for row in stores.settlements.all(db)}
    make = _Facts(places, fact_queries.person_facts(db), fact_queries.needs_of_moved(db))
    facts = [make.fact(row) for row in fact_queries.event_facts(db)]
    return Book(Ledger(facts, _reports(db)), as_of, places, mark)


def _renewed(db: Database, as_of: datetime, before: Book, touched: Touched, mark: int) -> Book:
    """Counts are what the journal says was touched, and everything else as it was."""
    reports = _reports(db)
    if not touched and reports == before.ledger.told:
        return replace(before, as_of=as_of, mark=mark)
    ledger = before.ledger
    events = touched.events | ledger.of_homes(touched.homes)
    rows = fact_queries.event_facts(db, touched._replace(events=events, homes=frozenset()))
    people = {row.person_id for row in rows}
    make = _Facts(before.places, fact_queries.person_facts(db, people), fact_queries.needs_of_moved(db, people))
    return Book(ledger.changed(events, map(make.fact, rows), reports), as_of, before.places, mark)


def _reports(db: Database) -> dict[int, int]:
    """Days that have a report without an event: of trips that arrived, of summaries that were frozen."""
    day_of = _days()
    reports: dict[int, int] = {}
    told = [(day, at or f"{day}T12:00:00Z") for day, at in fact_queries.arrivals(db)]
    for day, at in (*told, *fact_queries.frozen_days(db)):
        on = date.fromisoformat(day).toordinal()
        came = max(on, day_of(at))
        reports[on] = min(came, reports.get(on, came))
    return reports


def _days() -> Callable[[str], int]:
    """Moment as text -> ordinal of its Kyiv day. Kyiv is whole hours from UTC, so that the hour decides."""
    known: dict[str, int] = {}

    def day_of(moment: str) -> int:
        hour = moment[:_HOUR]
        if hour not in known:
            known[hour] = kyiv_day(datetime.fromisoformat(f"{hour}:00:00Z")).toordinal()
        return known[hour]

    return day_of


class _Facts:
    def __init__(
        self,
        places: dict[str, tuple[str, str]],
        people: Iterable[PersonFact],
        needs: Iterable[tuple[str, str]],
    ) -> None:
        self._places, self._day_of = places, _days()
        self._people = {row.id: (_SEXES[row.sex], _birth(row)) for row in people}
        self._needs: dict[str, frozenset[Need]] = {}
        for person, kind in needs:
            if kind in _KNOWN_NEEDS:
                self._needs[person] = self._needs.get(person, _NONE) | {_KNOWN_NEEDS[kind]}
        self._moments: dict[str, datetime] = {}

    def fact(self, row: EventFact) -> Fact:
        occurred = date.fromisoformat(row.occurred_on)
        sex, birth = self._people[row.person_id]
        age: Age = age_on(birth, occurred)
        place = row.place or AS_WRITTEN + row.place_text
        gone = row.withdrawn_at
        return Fact(
            row.id, row.person_id, row.household_id, _KINDS[row.kind], occurred.toordinal(),
            self._moment(row.recorded_at), self._day_of(row.recorded_at), self._moment(gone) if gone else None,
            self._day_of(gone) if gone else None, age.years, age.group, sex,
            self._needs.get(row.person_id, _NONE), place, self._places.get(place, ("", ""))[1],
            row.organisation,
        )  # fmt: skip

    def _moment(self, text: str) -> datetime:
        """All events of an action have one moment."""
        found = self._moments.get(text)
        if found is None:
            found = self._moments[text] = datetime.fromisoformat(text)
        return found


def _birth(row: PersonFact) -> Birth:
    return Birth(
        date.fromisoformat(row.birth_on) if row.birth_on else None, row.birth_year, row.age,
        date.fromisoformat(row.age_on) if row.age_on else None,
        None if row.stated_child is None else bool(row.stated_child),
    )  # fmt: skip


def standings(session: Session) -> Standings:
    """Where every household stood, from the day it came into the register."""
    with session.reading() as db:
        homes, decisions = fact_queries.household_facts(db), fact_queries.decision_facts(db)
    return Standings(_turns(homes, decisions))


def _turns(homes: list[HouseholdFact], decisions: list[DecisionFact]) -> Iterable[Turn]:
    """A household without a recorded decision stands where it stands since the day it is known.

    The last turn is to where it stands now: of two records that were merged not the later word need count.
    """
    day_of = _days()
    told: dict[str, str] = {}
    last: dict[str, DecisionFact] = {}
    for decision in decisions:
        told.setdefault(decision.household_id, decision.decided_at)
        last[decision.household_id] = decision
    for home in homes:
        first = told.get(home.id)
        known = min(filter(None, (home.known_at, home.decided_at, first)), default="1970-01-01T00")
        standing = Decision.NOT_ASKED if first is not None else Decision(home.decision)
        if first is None or day_of(known) < day_of(first):
            yield Turn(home.id, home.id, day_of(known), standing)
    for decision in decisions:
        yield Turn(decision.id, decision.household_id, day_of(decision.decided_at), Decision(decision.kind))
    for home in homes:
        if home.id in last and last[home.id].kind != home.decision:
            yield Turn(home.id, home.id, day_of(last[home.id].decided_at), Decision(home.decision))


def refusal_reasons(session: Session) -> dict[str, tuple[Obstacle, ...]]:
    """Household -> what holds it back, of those that refuse now."""
    with session.reading() as db:
        homes = fact_queries.household_facts(db)
    return {
        home.id: obstacles(json.loads(home.holds_back) if home.holds_back else None)
        for home in homes
        if home.decision == Decision.REFUSED
    }


def waits(session: Session, since: date | None = None, until: date | None = None) -> list[Wait]:
    """Requests and the first pickup after each, of pickups on these days (both included; None is open)."""
    with session.reading() as db:
        asked = {home.id: home.requested_at for home in fact_queries.household_facts(db) if home.requested_at}
        found: dict[str, Wait] = {}
        for household, at in fact_queries.pickups(db):
            requested = asked.get(household)
            if requested and at >= requested and household not in found:
                found[household] = Wait(household, datetime.fromisoformat(requested), datetime.fromisoformat(at))
    return [wait for wait in found.values() if _within(kyiv_day(wait.picked_up_at), since, until)]


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)
