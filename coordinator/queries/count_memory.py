"""What the counts are made from, kept in memory between two looks: after a change only what it touched is read.

The facts of events follow the journal, so that it does not matter who has written: this window, another, or a command.
Rows of a closed register go with its session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Set
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from coordinator.domain.counted_parts import BY_CENTRE, BY_OTHERS, BY_THEMSELVES, organisation
from coordinator.domain.counting import ALL_WHO_LEFT
from coordinator.domain.decision import Obstacle
from coordinator.domain.ledger import DayOfFacts
from coordinator.domain.names import sort_key
from coordinator.domain.pace import Wait
from coordinator.domain.published import Jump, Published
from coordinator.domain.standings import Standings
from coordinator.outcome import Change, Touched
from coordinator.queries.ledger import Book, book, book_of, refusal_reasons, standings, waits
from coordinator.queries.population import Population, population_of
from coordinator.queries.published import published_series
from coordinator.session import Session
from coordinator.settings import COUNT_SINCE
from db.connection import Database

T = TypeVar("T")


class Choices(NamedTuple):
    """What facts can be narrowed to: hromadas, organisations (names, or the codes of those without one)."""

    hromadas: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


MADE_OF: Mapping[str, Touched] = {
    "standings": Touched.DECISIONS | Touched.HOUSEHOLDS,
    "refusals": Touched.DECISIONS | Touched.HOUSEHOLDS,
    "published": Touched.EVENTS,
}
"""Which changes make what is remembered stale."""


class CountMemory:
    """`hear` each change, on any thread; the others on the reader thread."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._lock = threading.Lock()
        self._book: Book | None = None
        self._population: Population | None = None
        self._known: dict[str, object] = {}
        self._heard = 0

    def hear(self, change: Change) -> None:
        """A change was committed."""
        with self._lock:
            self._heard += 1
            for name, made_of in MADE_OF.items():
                if change.touched & made_of:
                    self._known.pop(name, None)

    def forget(self) -> None:
        """Read everything anew when asked next."""
        with self._lock:
            self._heard += 1
            self._known.clear()
            self._book = self._population = None

    def book(self, db: Database | None = None) -> Book:
        """All events, as of now; `db`: a reading under way, at whose moment they are then."""
        with self._lock:
            before, heard = self._book, self._heard
        found = book(self.session, before) if db is None else book_of(db, self.session.clock(), before)
        with self._lock:
            if before is not None or heard == self._heard:
                self._book = found
        return found

    def population(self, db: Database | None = None) -> Population:
        """Everybody, with the same events; `db` as in `book`."""
        if db is None:
            with self.session.reading() as reading:
                return self.population(reading)
        with self._lock:
            before, heard = self._population, self._heard
        found = population_of(db, self.book(db), before)
        with self._lock:
            if before is not None or heard == self._heard:
                self._population = found
        return found

    def choices(self) -> Choices:
        """Of the facts as they were read last."""
        days = list(self.book().ledger.days(None, None))
        hromadas = frozenset().union(*(day.kept("hromadas", partial(_hromadas, day)) for day in days))
        carriers = frozenset().union(*(day.kept("carriers", partial(_carriers, day)) for day in days))
        return Choices(tuple(sorted(hromadas, key=sort_key)), _organisations(carriers))

    def standings(self) -> Standings:
        return self._remember("standings", lambda: standings(self.session))

    def refusals(self) -> dict[str, tuple[Obstacle, ...]]:
        """Household -> what holds it back, of those that refuse now."""
        return self._remember("refusals", lambda: refusal_reasons(self.session))

    def waits(self, since: date | None, until: date | None) -> list[Wait]:
        return waits(self.session, since, until)

    def published(self) -> tuple[list[Published], list[Jump]]:
        """What offices published and is in force, by day; and where a total was corrected backwards."""
        return self._remember("published", lambda: published_series(self.session))

    def counting_since(self) -> date | None:
        """The first day of the running total; None: the first day of all."""
        day = self.session.setting(COUNT_SINCE)
        return date.fromisoformat(day) if day else None

    def _remember(self, name: str, read: Callable[[], T]) -> T:
        with self._lock:
            if name in self._known:
                return cast(T, self._known[name])
            heard = self._heard
        found: Any = read()
        with self._lock:
            # What was heard while reading may have come too late for it.
            if heard == self._heard:
                self._known[name] = found
        return cast(T, found)


def _hromadas(day: DayOfFacts) -> frozenset[str]:
    return frozenset(fact.hromada for fact in day.facts if fact.hromada)


def _carriers(day: DayOfFacts) -> frozenset[str]:
    return frozenset(organisation(fact) for fact in day.facts if fact.kind in ALL_WHO_LEFT)


def _organisations(found: Set[str]) -> tuple[str, ...]:
    """Those without a name first, then the names in the order of the alphabet."""
    codes = (BY_CENTRE, BY_OTHERS, BY_THEMSELVES)
    return (*(code for code in codes if code in found), *sorted(found - set(codes), key=sort_key))
