"""Everybody of the register, with their household and their facts, kept between two looks: after a change only the
households that it touched are read. For a worker, not for the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar

from coordinator.domain.decision import GONE
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Persons
from coordinator.domain.following import Following
from coordinator.domain.grouped import Stands, grouped
from coordinator.domain.ledger import Fact
from coordinator.domain.person import Birth, age_on
from coordinator.domain.shelves import Shelves
from coordinator.queries.ledger import AS_WRITTEN, Book
from db import fact_queries, import_queries, queries
from db.connection import Database
from db.queries import HouseholdBrief, PersonBrief

T = TypeVar("T")


class Somebody(NamedTuple):
    """A person of a household that stands for itself, and what happened to them, in order."""

    person: PersonBrief
    home: HouseholdBrief
    facts: Sequence[Fact]


class Population:
    """One moment of the register; never changed. `homes`: households that stand for themselves, by their ids."""

    def __init__(
        self, book: Book, mark: int, homes: Shelves[HouseholdBrief], members: Shelves[tuple[PersonBrief, ...]],
        people: Shelves[PersonBrief], following: Following,
    ) -> None:  # fmt: skip
        """`members`: the people of each household, in its order; `mark`: the place in the journal."""
        self.book, self.mark, self.homes = book, mark, homes
        self._members, self._people, self._following = members, people, following

    def persons(self) -> Iterable[str]:
        return self._people

    def people(self) -> Iterable[PersonBrief]:
        """Everybody, also of households that are part of another one now."""
        return self._people.values()

    def of(self, person: str) -> Somebody | None:
        """None: nobody of that id, or their household is part of another one now."""
        row = self._people.get(person)
        home = self.homes.get(row.household_id) if row is not None else None
        return None if row is None or home is None else Somebody(row, home, self.book.ledger.of(person))

    def followed(self, key: Hashable, count: Callable[[], T], follow: Callable[[T, Set[str]], T]) -> T:
        """What is counted from these people, kept: see `Following.get`."""
        return self._following.get(key, count, follow)

    def at(self, book: Book, homes: frozenset[str], db: Database, mark: int) -> Population | None:
        """The population of a later moment, in which only these households are others; None where that is not known."""
        told = book.ledger.people_since(self.book.ledger)
        if told is None:
            return None
        if not told and not homes:
            return Population(book, mark, self.homes, self._members, self._people, self._following)
        fresh = {row.id: row for row in queries.households_with_places(db, homes)}
        found = _by_home(queries.people_brief(db, homes))
        were = [row.id for home in homes for row in self._members.get(home) or ()]
        now = {row.id: row for rows in found.values() for row in rows}
        return Population(
            book, mark, self.homes.but(fresh, homes), self._members.but(found, homes), self._people.but(now, were),
            self._following.after(told | now.keys() | set(were)),
        )  # fmt: skip


def population_of(db: Database, book: Book, before: Population | None = None) -> Population:
    """Everybody, within the reading in which `book` was read. With an earlier moment only what was written since."""
    mark = import_queries.journal_mark(db)
    homes = fact_queries.homes_since(db, before.mark) if before is not None else None
    following = before.at(book, homes, db, mark) if before is not None and homes is not None else None
    if following is not None:
        return following
    members = _by_home(queries.people_brief(db))
    return Population(
        book, mark, Shelves((row.id, row) for row in queries.households_with_places(db)), Shelves(members.items()),
        Shelves((row.id, row) for rows in members.values() for row in rows), Following(),
    )  # fmt: skip


def _by_home(people: Iterable[PersonBrief]) -> dict[str, tuple[PersonBrief, ...]]:
    found: dict[str, list[PersonBrief]] = {}
    for row in people:
        found.setdefault(row.household_id, []).append(row)
    return {home: tuple(rows) for home, rows in found.items()}


def place_of(home: HouseholdBrief) -> str:
    """Its settlement's id, or "text:…" as it was written."""
    return home.settlement_id or AS_WRITTEN + home.settlement_text


def there_by_place(population: Population, until: date | None, day: date) -> dict[str, ByAge[Persons]]:
    """Persons who are there at the end of `until` (None: now), by the place of their household, ages as on `day`.

    The events tell it; of whom none tells anything, their own word or the household's, as in queries.coverage.
    """
    found = grouped(population, ("there", until, day), partial(_there, until, day))
    return {str(place): split for place, split in found.groups.items()}


def _there(until: date | None, day: date, one: Somebody | None) -> Stands | None:
    if one is None:
        return None
    move = last_move(one.facts, until)
    gone = (one.person.decision or one.home.decision) in GONE if move is None else move.kind is not EventKind.RETURNED
    if gone:
        return None
    row = one.person
    birth = Birth(row.birth_on, row.birth_year, row.age, row.age_on, row.stated_child)
    return Stands(age_on(birth, day).group, (place_of(one.home),))


class Move(NamedTuple):
    """What took a person away, and where from; `kind` RETURNED: they are there again."""

    kind: EventKind
    settlement: str | None


def last_move(facts: Sequence[Fact], until: date | None) -> Move | None:
    """What moved a person last until the end of a day; who was moved only later is there. None: nothing tells.

    A transfer moves nobody who was moved before.
    """
    end = until.toordinal() if until else date.max.toordinal()
    last: Move | None = None
    for fact in facts:
        if fact.withdrawn_at is not None:
            continue
        if fact.on > end:
            return last or Move(EventKind.RETURNED, None)
        if not (fact.kind is EventKind.TRANSFERRED and last is not None):
            last = Move(fact.kind, fact.settlement)
    return last
