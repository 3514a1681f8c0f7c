"""How far each settlement is covered: who is known there, ready, refused, gone, and still there.

The one counting rule, in persons, each counted once: somebody has gone by the last event that moved them (being
taken on to another place moves nobody a second time), or where there is none by the decision of their household;
they count where that event took place. Everybody else is still there, where their household lives, and is ready or
has refused by their own decision or else by that of the household. So known = evacuated + left by themselves +
remaining, in each settlement and together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple, cast

from coordinator.domain.decision import GONE, Decision, stands_ready
from coordinator.domain.events import EventKind
from coordinator.domain.figures import Persons, Together
from coordinator.domain.fleet import OrderKind
from coordinator.domain.grouped import Stands, grouped
from coordinator.domain.ledger import Ledger
from coordinator.domain.names import sort_key
from coordinator.domain.person import AgeGroup
from coordinator.queries.fleet import orders_in_force
from coordinator.queries.ledger import AS_WRITTEN
from coordinator.queries.population import Move, Population, Somebody, last_move, place_of
from coordinator.session import Session
from db import queries, stores
from db.connection import Database
from db.place_queries import PersonStanding, standing_of_people
from db.queries import HouseholdBrief, PersonBrief
from db.rows import SettlementRow


@dataclass(frozen=True, slots=True)
class Coverage:
    """One settlement on a day, in persons but for `households`. `id` "": of no settlement that the gazetteer knows.

    `name` is then as it was written. `population` is a published figure with its source, None: nobody has given one.
    `order`: what is ordered there on that day.
    """

    id: str
    name: str
    hromada: str = ""
    katottg: str = ""
    pcode: str = ""
    households: int = 0
    known: int = 0
    ready: int = 0
    refused: int = 0
    evacuated: int = 0
    left_themselves: int = 0
    remaining: int = 0
    population: int | None = None
    population_source: str = ""
    order: OrderKind | None = None


def coverage(session: Session, day: date) -> list[Coverage]:
    """Every settlement where somebody is known or that is under an order on `day`, in the order of the alphabet."""
    with session.reading() as db:
        return coverage_of(db, day)


def coverage_of(db: Database, day: date, population: Population | None = None) -> list[Coverage]:
    """As `coverage`, within a reading that is under way. `population`: where it is known already."""
    places = {row.id: row for row in stores.settlements.all(db)}
    orders = orders_in_force(db, day)
    found = _counts(db, day) if population is None else _counts_of(population, day)
    found |= {place: Counter() for place in orders if place not in found}
    lines = [_line(place, counts, places, orders.get(place)) for place, counts in found.items()]
    return sorted(lines, key=lambda line: (not line.id, sort_key(line.name), line.hromada, line.id))


class CountedPerson(NamedTuple):
    """Where a person counts (the settlement, or "text:…" as it was written), and as what: fields of Coverage."""

    id: str
    place: str
    what: Sequence[str]


def counted_people(
    db: Database, day: date, homes: Mapping[str, HouseholdBrief] | None = None, ledger: Ledger | None = None
) -> Iterator[CountedPerson]:
    """Everybody of the register as coverage counts them; who stands behind each of its figures.

    `homes`, `ledger`: where they are read already.
    """
    if homes is None:
        homes = {row.id: row for row in queries.households_with_places(db)}
    moved = _moved(db, day) if ledger is None else _moved_by(ledger, day)
    for person in standing_of_people(db):
        yield CountedPerson(person.id, *_counted(person, homes[person.household_id], moved.get(person.id), day))


def _moved(db: Database, day: date) -> dict[str, Move]:
    """Person id -> the last move until `day`; who was moved only later is there."""
    found: dict[str, Move] = {}
    events = stores.events.where(db, voided=False)
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at, event.id)):
        kind = EventKind(event.kind)
        if event.occurred_on > day:
            found.setdefault(event.person_id, Move(EventKind.RETURNED, None))
        elif not (kind is EventKind.TRANSFERRED and event.person_id in found):
            found[event.person_id] = Move(kind, event.settlement_id)
    return found


def _moved_by(ledger: Ledger, day: date) -> dict[str, Move]:
    """As `_moved`."""
    found: dict[str, Move] = {}
    last = day.toordinal()
    for fact in ledger.facts:
        if fact.withdrawn_at is not None:
            continue
        if fact.on > last:
            found.setdefault(fact.person_id, Move(EventKind.RETURNED, None))
        elif not (fact.kind is EventKind.TRANSFERRED and fact.person_id in found):
            found[fact.person_id] = Move(fact.kind, fact.settlement)
    return found


def _counted(
    person: PersonStanding | PersonBrief, home: HouseholdBrief, move: Move | None, day: date
) -> tuple[str, list[str]]:
    """Where a person counts, and as what."""
    decision = Decision(home.decision)
    own = Decision(person.decision) if person.decision else None
    stands = own or decision
    if move is None and stands in GONE:
        alone = stands is Decision.LEFT_THEMSELVES
        move = Move(EventKind.LEFT_THEMSELVES if alone else EventKind.BY_US, None)
    if move is not None and move.kind is not EventKind.RETURNED:
        kind = "left_themselves" if move.kind is EventKind.LEFT_THEMSELVES else "evacuated"
        return move.settlement or place_of(home), ["known", kind]
    own_on = date.fromisoformat(person.wants_on) if isinstance(person.wants_on, str) else person.wants_on
    what = ["known", "remaining"]
    if stands_ready(own, own_on, decision, home.wants_on, day):
        what.append("ready")
    elif stands is Decision.REFUSED:
        what.append("refused")
    return place_of(home), what


def _counts(db: Database, day: date) -> dict[str, Counter[str]]:
    homes = {row.id: row for row in queries.households_with_places(db)}
    found = _households(homes.values())
    for one in counted_people(db, day, homes):
        found.setdefault(one.place, Counter()).update(one.what)
    return found


def _counts_of(population: Population, day: date) -> dict[str, Counter[str]]:
    """As `_counts`; only who has changed since it was last asked is looked at."""
    found = _households(population.homes.values())
    for where, split in grouped(population, ("coverage", day), partial(_stands, day)).groups.items():
        place, what = cast(tuple[str, str], where)
        found.setdefault(place, Counter())[what] = split.value
    return found


def ready_people(population: Population, day: date) -> Persons:
    """Who is ready for a day, as the figure of coverage counts them."""
    groups = grouped(population, ("coverage", day), partial(_stands, day)).groups
    found = [split.all for where, split in groups.items() if cast(tuple[str, str], where)[1] == "ready"]
    return Persons(Together(found))


def _stands(day: date, one: Somebody | None) -> Stands | None:
    if one is None:
        return None
    place, what = _counted(one.person, one.home, last_move(one.facts, day), day)
    return Stands(AgeGroup.UNKNOWN, tuple((place, count) for count in what))


def _households(homes: Iterable[HouseholdBrief]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for home in homes:
        found.setdefault(place_of(home), Counter())["households"] += 1
    return found


def _line(
    place: str, counts: Mapping[str, Any], places: Mapping[str, SettlementRow], order: OrderKind | None
) -> Coverage:
    row = places.get(place)
    counted = replace(Coverage("", place.removeprefix(AS_WRITTEN), order=order), **counts)
    if row is None:
        return counted
    return replace(
        counted, id=row.id, name=row.name, hromada=row.hromada, katottg=row.katottg or "", pcode=row.pcode,
        population=row.population, population_source=row.population_source,
    )  # fmt: skip
