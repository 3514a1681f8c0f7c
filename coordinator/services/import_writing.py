"""Writing what an import of people or requests planned, inside its one action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from coordinator.domain.decision import Decision
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.exchange.report import Candidate, Entry
from coordinator.exchange.statements import to_lines
from coordinator.outcome import Touched
from coordinator.records import contact_rows, need_rows, person_row
from coordinator.services.decisions import set_decision
from coordinator.services.import_people import PeoplePlan, PlannedUpdate
from coordinator.services.writing import refresh_keys, write_households
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import BatchLineRow, PairRow

Tick = Callable[[float], None]

_CHUNK = 500


def write_people(act: Act, plan: PeoplePlan, batch_id: str, tick: Tick) -> tuple[Entry, ...]:
    """Write new households, updates, pairs and provenance; returns the entries with ids and numbers."""
    ids = _write_drafts(act, plan, batch_id, lambda part: tick(part * 0.7))
    for change in plan.updates.values():
        _write_update(act, change)
    touched = {change.before.id for change in plan.updates.values()}
    refresh_keys(act.db, touched)
    act.touch(Touched.HOUSEHOLDS, *touched)
    tick(0.85)
    _write_pairs(act, plan, ids)
    _write_lines(act, plan, ids, batch_id)
    tick(0.95)
    return _numbered(act, plan, ids)


def _write_drafts(act: Act, plan: PeoplePlan, batch_id: str, tick: Tick) -> dict[str, str]:
    """Key of a new entry ("new:3") -> the id of its household."""
    ids: dict[str, str] = {}
    numbers = list(plan.drafts)
    for start in range(0, len(numbers), _CHUNK):
        tick(start / len(numbers))
        chunk = numbers[start : start + _CHUNK]
        drafts = [replace(plan.drafts[number], batch_id=batch_id) for number in chunk]
        made = write_households(act, drafts)
        ids.update((f"new:{number}", household_id) for number, household_id in zip(chunk, made, strict=True))
    return ids


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
            add_needs(act, person, known[person.id])


def add_needs(act: Act, after: Person, before: Person) -> None:
    """Write the needs that `after` has more."""
    more = replace(after, needs=after.needs - before.needs)
    stores.needs.add(act.db, need_rows(more))


def _write_pairs(act: Act, plan: PeoplePlan, ids: dict[str, str]) -> None:
    rows = [
        PairRow(new_id(), ids.get(pair.first, pair.first), ids.get(pair.second, pair.second), list(pair.reasons))
        for pair in plan.pairs
    ]
    stores.pairs.add(act.db, rows)
    if rows:
        act.touch(Touched.DUPLICATES, *(key for row in rows for key in (row.first_id, row.second_id)))


def _write_lines(act: Act, plan: PeoplePlan, ids: dict[str, str], batch_id: str) -> None:
    stores.batch_lines.add(act.db, _lines(plan, ids, batch_id))


def _lines(plan: PeoplePlan, ids: dict[str, str], batch_id: str) -> Iterator[BatchLineRow]:
    for number, (entry, household) in enumerate(zip(plan.entries, plan.households, strict=True)):
        household_id: str | None = plan.faces.get(number) or ids.get(f"new:{number}")
        if number in plan.returned:
            # The next list is compared with what its own sender said last, never with our own workbook.
            household_id = None
        status = dict(entry.rows)
        for row, raw in to_lines(household).items():
            yield BatchLineRow(new_id(), batch_id, entry.sheet, row, status[row].value, household_id, raw)


def _numbered(act: Act, plan: PeoplePlan, ids: dict[str, str]) -> tuple[Entry, ...]:
    rows = stores.households.where(act.db, id=list(ids.values()))
    numbers = {row.id: row.number for row in rows}
    by_place = {(plan.entries[int(key[4:])].sheet, plan.entries[int(key[4:])].row): made for key, made in ids.items()}

    def candidates(found: Iterable[Candidate]) -> Iterator[Candidate]:
        for candidate in found:
            made = candidate.household_id or by_place[candidate.sheet, candidate.row]
            yield replace(candidate, household_id=made, number=candidate.number or numbers[made])

    entries = []
    for number, entry in enumerate(plan.entries):
        made = ids.get(f"new:{number}")
        if made:
            entry = replace(entry, household_id=made, number=numbers[made])
        entries.append(replace(entry, candidates=tuple(candidates(entry.candidates))))
    return tuple(entries)
