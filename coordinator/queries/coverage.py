"""How far each settlement is covered: who is known there, ready, refused, gone, and still there.

The one counting rule, in persons, each counted once: somebody has gone by the last event that moved them (being
taken on to another place moves nobody a second time), or where there is none by the decision of their household;
they count where that event took place. Everybody else is still there, where their household lives, and is ready or
has refused by their own decision or else by that of the household. So known = evacuated + left by themselves +
remaining, in each settlement and together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from coordinator.domain.decision import GONE, Decision, stands_ready
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind
from coordinator.domain.ledger import Ledger
from coordinator.domain.names import sort_key
from coordinator.queries.fleet import orders_in_force
from coordinator.session import Session
from db import queries, stores
from db.connection import Database
from db.place_queries import PersonStanding, standing_of_people
from db.queries import HouseholdBrief
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


def coverage_of(db: Database, day: date) -> list[Coverage]:
    """As `coverage`, within a reading that is under way."""
    places = {row.id: row for row in stores.settlements.all(db)}
    homes = {row.id: row for row in queries.households_with_places(db)}
    orders = orders_in_force(db, day)
    found: dict[str, Counter[str]] = {place: Counter() for place in orders}
    for home in homes.values():
        found.setdefault(_place(home), Counter())["households"] += 1
    for one in counted_people(db, day, homes):
        found.setdefault(one.place, Counter()).update(one.what)
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


@dataclass(frozen=True, slots=True)
class _Move:
    """What took a person away, and where from; `kind` RETURNED: they are there again."""

    kind: EventKind
    settlement_id: str | None


def _moved(db: Database, day: date) -> dict[str, _Move]:
    """Person id -> the last move until `day`; who was moved only later is there."""
    found: dict[str, _Move] = {}
    events = stores.events.where(db, voided=False)
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at, event.id)):
        kind = EventKind(event.kind)
        if event.occurred_on > day:
            found.setdefault(event.person_id, _Move(EventKind.RETURNED, None))
        elif not (kind is EventKind.TRANSFERRED and event.person_id in found):
            found[event.person_id] = _Move(kind, event.settlement_id)
    return found


def _moved_by(ledger: Ledger, day: date) -> dict[str, _Move]:
    """As `_moved`."""
    found: dict[str, _Move] = {}
    last = day.toordinal()
    for fact in ledger.facts:
        if fact.withdrawn_at is not None:
            continue
        if fact.on > last:
            found.setdefault(fact.person_id, _Move(EventKind.RETURNED, None))
        elif not (fact.kind is EventKind.TRANSFERRED and fact.person_id in found):
            found[fact.person_id] = _Move(fact.kind, fact.settlement)
    return found


def _counted(person: PersonStanding, home: HouseholdBrief, move: _Move | None, day: date) -> tuple[str, list[str]]:
    """Where a person counts, and as what."""
    decision = Decision(home.decision)
    own = Decision(person.decision) if person.decision else None
    stands = own or decision
    if move is None and stands in GONE:
        alone = stands is Decision.LEFT_THEMSELVES
        move = _Move(EventKind.LEFT_THEMSELVES if alone else EventKind.BY_US, None)
    if move is not None and move.kind is not EventKind.RETURNED:
        kind = "left_themselves" if move.kind is EventKind.LEFT_THEMSELVES else "evacuated"
        return move.settlement_id or _place(home), ["known", kind]
    own_on = date.fromisoformat(person.wants_on) if person.wants_on else None
    what = ["known", "remaining"]
    if stands_ready(own, own_on, decision, home.wants_on, day):
        what.append("ready")
    elif stands is Decision.REFUSED:
        what.append("refused")
    return _place(home), what


_AS_WRITTEN = "text:"


def _place(home: HouseholdBrief) -> str:
    return home.settlement_id or _AS_WRITTEN + home.settlement_text


def _line(
    place: str, counts: Mapping[str, Any], places: Mapping[str, SettlementRow], order: OrderKind | None
) -> Coverage:
    row = places.get(place)
    counted = replace(Coverage("", place.removeprefix(_AS_WRITTEN), order=order), **counts)
    if row is None:
        return counted
    return replace(
        counted, id=row.id, name=row.name, hromada=row.hromada, katottg=row.katottg or "", pcode=row.pcode,
        population=row.population, population_source=row.population_source,
    )  # fmt: skip
