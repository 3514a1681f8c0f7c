"""Writing what an import of people or requests planned.

The rows are made first, without any lock; inside the one action they only go into the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from coordinator.domain.decision import Decision
from coordinator.domain.household import Household
from coordinator.domain.missing import NAMED_AGAIN, OPEN
from coordinator.domain.person import Person
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import Candidate, Entry
from coordinator.outcome import Touched
from coordinator.records import contact_rows, need_rows, person_row
from coordinator.services.import_plan import PeoplePlan, PlannedUpdate
from coordinator.services.import_words import NOTHING_CORRECTED, SentWords
from coordinator.services.standing import set_decision
from coordinator.services.writing import Making, NewRows, add_rows, places_of, refresh_keys
from coordinator.session import Act
from db import stores
from db.connection import Database
from db.ids import new_id
from db.numbers import next_household_number
from db.rows import BatchLineRow, MissingRow, PairRow, SettlementRow
from db.stores.base import Store

R = TypeVar("R")
Tick = Callable[[float], None]

_OFTEN = 400
"""Rows after which somebody is asked whether to go on: a few hundredths of a second."""
_LONG = 5000
_AT_ONCE = 2000
"""Rows that go into the file between two such questions; the more at once, the quicker."""


@dataclass(slots=True)
class PreparedPeople:
    """The rows of a plan, which bear the moment `now`. `ids`: key of a new entry ("new:3") -> id of its household."""

    batch_id: str
    now: datetime
    rows: NewRows = field(default_factory=NewRows)
    ids: dict[str, str] = field(default_factory=dict)
    pairs: list[PairRow] = field(default_factory=list)
    missing: list[MissingRow] = field(default_factory=list)
    lines: list[BatchLineRow] = field(default_factory=list)
    entries: tuple[Entry, ...] = ()

    @property
    def at_length(self) -> bool:
        """Whether it takes a while to write them: then a long commit is spread over it."""
        return len(self.lines) > _LONG


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows depend on: the next household's number and the settlements. It holds as long as nobody writes."""

    number: int
    places: dict[str, SettlementRow]


def ground_of(db: Database, plan: PeoplePlan) -> Ground:
    return Ground(next_household_number(db), places_of(db, plan.drafts.values()))


def prepare_people(
    plan: PeoplePlan, ground: Ground, making: Making, batch_id: str, tick: Tick, sent: SentWords = NOTHING_CORRECTED
) -> PreparedPeople:
    """Make all rows; needs no connection."""
    ready = PreparedPeople(batch_id, making.now)
    drafts = plan.drafts.items()
    members = dict(plan.members)
    for number, (place, draft) in enumerate(_asking(drafts, tick, 0, 0.6), start=ground.number):
        first = len(ready.rows.people)
        ready.ids[f"new:{place}"] = add_rows(ready.rows, making, number, draft, batch_id)
        members[place] = tuple([row.id for row in ready.rows.people[first:]])
    ids = ready.ids
    ready.pairs = [
        PairRow(
            new_id(), ids.get(pair.first, pair.first), ids.get(pair.second, pair.second), list(pair.reasons),
            batch_id=batch_id,
        )
        for pair in plan.pairs
    ]  # fmt: skip
    ready.missing = [
        MissingRow(new_id(), batch_id, missed.household_id, missed.person_id, OPEN) for missed in plan.missed
    ]
    ready.lines = list(_lines(plan, ready, members, sent, making.ids, lambda part: tick(0.6 + 0.3 * part)))
    ready.entries = _numbered(plan, ready)
    tick(1)
    return ready


def write_people(act: Act, plan: PeoplePlan, ready: PreparedPeople, tick: Tick) -> None:
    """Write new households, updates, pairs and provenance; the rows of `ready` are gone then."""
    _write_new(act, ready.rows, tick)
    for change in _asking(plan.updates.values(), tick, 0.5, 0.65):
        _write_update(act, change)
    touched = list({change.before.id for change in plan.updates.values()})
    for start in range(0, len(touched), _OFTEN):
        tick(0.65 + 0.1 * start / len(touched))
        refresh_keys(act.db, touched[start : start + _OFTEN])
    act.touch(Touched.HOUSEHOLDS, *touched)
    tick(0.75)
    _write_pairs(act, ready.pairs)
    _write_missing(act, plan, ready.missing)
    _write_lines(act, ready.lines, tick)


def _asking(rows: Iterable[R], tick: Tick, start: float, end: float) -> Iterator[R]:
    """The rows one by one; `tick`, which may stop it all, hears in between how far from `start` to `end` they are."""
    rows = list(rows)
    for number, row in enumerate(rows):
        if number % _OFTEN == 0:
            tick(start + (end - start) * number / len(rows))
        yield row


def _add(act: Act, store: Store[Any], rows: list[Any], tick: Tick, start: float, end: float) -> None:
    """Insert rows, some at a time; `tick`, which may stop it all, hears in between how far it is.

    They are forgotten as they are written: all at once would hold up every other thread for a tenth of a second.
    """
    count = len(rows)
    while rows:
        tick(end - (end - start) * len(rows) / count)
        store.add(act.db, rows[:_AT_ONCE])
        del rows[:_AT_ONCE]


def _write_new(act: Act, rows: NewRows, tick: Tick) -> None:
    act.touch(Touched.HOUSEHOLDS | Touched.DECISIONS, *[row.id for row in rows.households])
    _add(act, stores.households, rows.households, tick, 0, 0.2)
    _add(act, stores.people, rows.people, tick, 0.2, 0.4)
    _add(act, stores.needs, rows.needs, tick, 0.4, 0.42)
    _add(act, stores.contacts, rows.contacts, tick, 0.42, 0.48)
    _add(act, stores.decisions, rows.decisions, tick, 0.48, 0.5)


def _write_update(act: Act, change: PlannedUpdate) -> None:
    before, after = change.before, change.update.after
    columns = {name: value for name, value in _columns(after).items() if value != _columns(before)[name]}
    if before.head_id is None and after.people:
        columns["head_id"] = after.people[0].id
    if columns:
        stores.households.change(act.db, before.id, **columns)
    _write_people(act, before, after)
    added = contact_rows(before.id, after.contacts[len(before.contacts) :])
    stores.contacts.add(act.db, [row._replace(position=row.position + len(before.contacts)) for row in added])
    if change.update.decides:
        set_decision(act, before.id, Decision(after.decision), wants_on=after.wants_on, note=change.note)


def _columns(household: Household) -> dict[str, object]:
    address = household.address
    return {
        "settlement_id": household.settlement_id,
        "settlement_text": household.settlement_text,
        "street": address.street,
        "house": address.house,
        "flat": address.flat,
        "address_text": address.text,
        "landmark": address.landmark,
        "part_stays": household.part_stays,
        "pets": household.pets,
        "luggage": household.luggage,
        "destination_wish": household.destination_wish,
        "note": household.note,
    }


def _write_people(act: Act, before: Household, after: Household) -> None:
    known = {person.id: person for person in before.people}
    fresh = [person for person in after.people if person.id not in known]
    stores.people.add(act.db, [person_row(person) for person in fresh])
    stores.needs.add(act.db, [need for person in fresh for need in need_rows(person)])
    for person in after.people:
        if person.id in known and person != known[person.id]:
            stores.people.replace(act.db, person_row(person))
            _write_needs(act, person, known[person.id])


def _write_needs(act: Act, after: Person, before: Person) -> None:
    add_needs(act, after, before)
    fewer = before.needs - after.needs
    if fewer:
        rows = stores.needs.where(act.db, person_id=before.id)
        stores.needs.remove(act.db, [row.id for row in rows if row.kind in fewer])


def add_needs(act: Act, after: Person, before: Person) -> None:
    """Write the needs that `after` has more."""
    more = replace(after, needs=after.needs - before.needs)
    stores.needs.add(act.db, need_rows(more))


def _write_pairs(act: Act, pairs: Sequence[PairRow]) -> None:
    stores.pairs.add(act.db, pairs)
    if pairs:
        act.touch(Touched.DUPLICATES, *(key for row in pairs for key in (row.first_id, row.second_id)))


def _write_missing(act: Act, plan: PeoplePlan, missing: Sequence[MissingRow]) -> None:
    stores.missing.add(act.db, missing)
    for row in plan.named_again:
        stores.missing.change(act.db, row.id, state=NAMED_AGAIN, decided_at=act.now)
    if missing or plan.named_again:
        act.touch(Touched.MISSING, *(row.household_id for row in (*missing, *plan.named_again)))


def _write_lines(act: Act, lines: list[BatchLineRow], tick: Tick) -> None:
    _add(act, stores.batch_lines, lines, tick, 0.75, 0.97)


def _lines(
    plan: PeoplePlan,
    ready: PreparedPeople,
    members: Mapping[int, tuple[str, ...]],
    sent: SentWords,
    ids: Iterator[str],
    tick: Tick,
) -> Iterator[BatchLineRow]:
    every, batch_id = zip(plan.entries, plan.households, strict=True), ready.batch_id
    for number, (entry, household) in enumerate(_asking(every, tick, 0, 1)):
        household_id: str | None = plan.faces.get(number) or ready.ids.get(f"new:{number}")
        if number in plan.returned:
            # The next list is compared with what its own sender said last, never with our own workbook.
            household_id = None
        status, sheet = dict(entry.rows), entry.sheet
        people = _person_of_row(household, members.get(number, ()))
        for row, raw in sent.lines(household).items():
            yield BatchLineRow(next(ids), batch_id, sheet, row, status[row], household_id, raw, people.get(row))


def _person_of_row(household: IncomingHousehold, members: Sequence[str]) -> dict[int, str | None]:
    """Row -> the person whom it is about; None where it is about several, as a row of counts is."""
    found: dict[int, str | None] = {}
    for person, person_id in zip(household.people, members, strict=False):
        found[person.row] = None if person.row in found else person_id or None
    return found


def _numbered(plan: PeoplePlan, ready: PreparedPeople) -> tuple[Entry, ...]:
    """The entries with the ids and numbers that their households get."""
    numbers = {row.id: row.number for row in ready.rows.households}
    new = [ready.ids.get(f"new:{place}") for place in range(len(plan.entries))]
    by_place = {(entry.sheet, entry.row): made for entry, made in zip(plan.entries, new, strict=True) if made}

    def candidate(found: Candidate) -> Candidate:
        made = found.household_id or by_place[found.sheet, found.row]
        return replace(found, household_id=made, number=found.number or numbers[made])

    numbered = []
    for entry, made in zip(plan.entries, new, strict=True):
        if made or entry.candidates:
            entry = Entry(
                entry.sheet, entry.row, entry.status, entry.rows, entry.title, entry.place, entry.people,
                made or entry.household_id, numbers[made] if made else entry.number, entry.news,
                tuple([candidate(found) for found in entry.candidates]) if entry.candidates else (), entry.typed_place,
                entry.declined, entry.kept, entry.ours,
            )  # fmt: skip
        numbered.append(entry)
    return tuple(numbered)
