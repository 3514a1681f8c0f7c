"""The counts of the dashboard, the command line and the daily summary, all from one reading of the events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from coordinator.domain.counted_parts import Part, parts
from coordinator.domain.counting import away, running, told_of
from coordinator.domain.days import last_days
from coordinator.domain.decision import GONE
from coordinator.domain.events import Counts, Event, EventKind
from coordinator.domain.figures import ByAge, Households, Persons
from coordinator.domain.grouped import NOBODY
from coordinator.domain.ledger import Ledger
from coordinator.domain.person import SENIOR_AT, AgeGroup, Birth, age_on
from coordinator.domain.tally import tally
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.queries.board import DayBoard
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.ledger import Book, book
from coordinator.queries.population import there_by_place
from coordinator.queries.schedule import board_of
from coordinator.session import Session
from db import queries
from db.connection import Database
from db.queries import EventBrief, HouseholdBrief, PersonBrief

TEN_DAYS = 10


@dataclass(frozen=True, slots=True)
class Today:
    """The working date by its trips."""

    planned: Persons
    boarded: Persons
    arrived: Persons
    open_households: int
    unresolved: Households = Households()
    refused: Households = Households()
    not_home: Households = Households()
    left_over: Households = Households()


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A settlement: people evacuated by us in the period, by age, and people who are still there.

    `key`: its id, or "text:…" as it was written. `settlement`: its name, with its hromada where two have that name.
    """

    key: str
    settlement: str
    moved: ByAge[Persons]
    there: ByAge[Persons]

    @property
    def people(self) -> int:
        return self.moved.value

    @property
    def children(self) -> int:
        return self.moved.children.value

    @property
    def remaining(self) -> int:
        return self.there.value


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the dashboard shows, read at `as_of` for the working date `day`."""

    day: date
    as_of: datetime
    today: Today
    ten_days: Counts
    overall: Counts
    running_total: tuple[tuple[date, int, int], ...]
    by_settlement: tuple[PlaceCount, ...]
    ready_households: int
    ready: Persons
    households: int
    people_there: int
    children_there: int

    @property
    def ready_people(self) -> int:
        return self.ready.value

    def there(self) -> ByAge[Persons]:
        """Who is still there, all settlements together."""
        parts = [place.there for place in self.by_settlement]
        adults, children, unknown = (
            Persons.of(chain.from_iterable(getattr(part, name).ids for part in parts))
            for name in ("adults", "children", "unknown")
        )
        return ByAge(adults, children, unknown)


def events_of(db: Database) -> list[Event]:
    """All events that stand (not voided), with the age of each person on the event's own day."""
    return [_event(brief) for brief in queries.events_brief(db)]


def _event(brief: EventBrief) -> Event:
    age = age_on(_birth(brief), brief.occurred_on)
    return Event(
        person_id=brief.person_id,
        household_id=brief.household_id,
        kind=EventKind(brief.kind),
        occurred_on=brief.occurred_on,
        child=None if age.group is AgeGroup.UNKNOWN else age.is_child,
        settlement_id=brief.settlement_id,
        sex=brief.sex,
        senior=age.years is not None and age.years >= SENIOR_AT,
        disability=bool(brief.disabled),
    )


def _birth(brief: EventBrief | PersonBrief) -> Birth:
    return Birth(brief.birth_on, brief.birth_year, brief.age, brief.age_on, brief.stated_child)


def counts(session: Session, since: date | None = None, until: date | None = None) -> Counts:
    """Counts of a period, both days included; None is open."""
    return tally(book(session).ledger, since, until)


def dashboard(session: Session, day: date, memory: CountMemory | None = None) -> Dashboard:
    """One reading for the whole page, so that its figures agree. The ten days end with `day`.

    `memory`: that of the charts, so that only what was written since anybody looked is read.
    """
    with session.reading() as db:
        found = (memory or CountMemory(session)).population(db)
        board = board_of(session, db, day)
    book, ledger = found.book, found.book.ledger
    since, until = last_days(day, TEN_DAYS)
    there = there_by_place(found, day, day)
    return Dashboard(
        day=day,
        as_of=book.as_of,
        today=_today(board),
        ten_days=tally(ledger, since, until),
        overall=tally(ledger, until=day),
        running_total=tuple((one.day, one.total.value, one.total.children.value) for one in running(ledger, None, day)),
        by_settlement=_by_settlement(book, there, since, until),
        ready_households=board.totals.ready_households,
        ready=board.totals.who_ready,
        households=len(found.homes),
        people_there=sum(split.value for split in there.values()),
        children_there=sum(split.children.value for split in there.values()),
    )


def not_gone(
    households: list[HouseholdBrief], people: list[PersonBrief], ledger: Ledger, until: date | None
) -> list[PersonBrief]:
    """Of these people those who are there at the end of a day.

    The events tell it; of whom none tells anything, their own word or the household's, as in queries.coverage.
    """
    words = {h.id: h.decision for h in households}
    gone, told = away(ledger, until), told_of(ledger)
    return [
        p
        for p in people
        if p.household_id in words
        and (p.id not in gone if p.id in told else (p.decision or words[p.household_id]) not in GONE)
    ]


def _today(board: DayBoard) -> Today:
    """The totals of the schedule page, so that two readers get the same number."""
    live = [stop for trip in board.trips if trip.status is not TripStatus.CANCELLED for stop in trip.stops]
    still_open = sum(1 for stop in live if stop.result is StopResult.OPEN)

    def ended(result: StopResult) -> Households:
        return Households.of(stop.household.household_id for stop in live if stop.result is result)

    totals = board.totals
    return Today(
        totals.who_planned, totals.who_boarded, totals.who_arrived, still_open, ended(StopResult.OPEN),
        ended(StopResult.REFUSED), ended(StopResult.NOT_HOME),
        Households.of(line.household.household_id for line in board.waiting),
    )  # fmt: skip


def _by_settlement(
    found: Book, there: Mapping[str, ByAge[Persons]], since: date, until: date
) -> tuple[PlaceCount, ...]:
    """Where people left last, however the address is corrected later; so the settlements add up to the total.

    `there`: who is still there, by place.
    """
    moved = parts(found.ledger, Part.SETTLEMENT, since, until)
    keys = moved.keys() | there.keys()
    rows = [
        PlaceCount(key, name, moved.get(key, NOBODY), there.get(key, NOBODY)) for key, name in found.names(keys).items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.people, -row.remaining, row.settlement)))
