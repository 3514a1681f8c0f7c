"""One household in full: members, phones, decision, events, doubles and history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.records import household_of, person_of
from coordinator.session import Session
from db import journal, stores
from db.connection import Database
from db.rows import ActionRow, ChangeRow, ContactRow, DecisionRow, EventRow


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record: table, column, old and new value as the file keeps them."""

    table: str
    column: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One action that touched the household, newest first; `label` and `facts` as resources.messages words them."""

    done_at: datetime
    done_by: str
    label: str
    facts: dict[str, object]
    source: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TripOfHousehold:
    trip_id: str
    number: int
    work_on: date
    arrive: int
    plate: str
    result: str


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    household: Household
    settlement: str
    hromada: str
    decisions: tuple[DecisionRow, ...]
    events: tuple[EventRow, ...]
    trips: tuple[TripOfHousehold, ...]
    open_pairs: tuple[str, ...]
    history: tuple[HistoryEntry, ...]


DERIVED = frozenset({"search_text", "sort_key"})

WHOLE_PARTS: dict[str, tuple[str, ...]] = {
    "person": ("surname", "given", "patronymic"),
    "contact": ("raw",),
    "need": ("kind",),
}
"""Parts that come and go as a whole, and the columns that name one. Such a change is told under the first."""


def load_households(db: Database, household_ids: list[str]) -> list[Household]:
    """Households with their members and phones, in the order of their numbers."""
    rows = stores.households.where(db, id=household_ids)
    people = stores.people.where(db, household_id=household_ids)
    kinds: dict[str, list[str]] = {}
    for need in stores.needs.where(db, person_id=[person.id for person in people]):
        kinds.setdefault(need.person_id, []).append(need.kind)
    contacts = stores.contacts.where(db, household_id=household_ids)
    members: dict[str, list[Person]] = {}
    for person in people:
        members.setdefault(person.household_id, []).append(person_of(person, kinds.get(person.id, ())))
    phones: dict[str, list[ContactRow]] = {}
    for contact in contacts:
        phones.setdefault(contact.household_id, []).append(contact)
    rows.sort(key=lambda row: row.number)
    return [household_of(row, members.get(row.id, []), phones.get(row.id, [])) for row in rows]


def household_card(session: Session, household_id: str) -> HouseholdCard:
    """Everything the detail panel shows; UserError "household.gone"."""
    with session.reading() as db:
        found = load_households(db, [household_id])
        if not found:
            raise UserError("household.gone")
        household = found[0]
        place = stores.settlements.get(db, household.settlement_id) if household.settlement_id else None
        decisions = sorted(stores.decisions.where(db, household_id=household_id), key=lambda d: d.decided_at)
        events = sorted(
            stores.events.where(db, household_id=household_id), key=lambda e: (e.occurred_on, e.recorded_at)
        )
        pairs = stores.pairs.where(db, first_id=household_id, state="open")
        pairs += stores.pairs.where(db, second_id=household_id, state="open")
        return HouseholdCard(
            household=household,
            settlement=place.name if place else household.settlement_text,
            hromada=place.hromada if place else "",
            decisions=tuple(reversed(decisions)),
            events=tuple(reversed(events)),
            trips=_trips(db, household_id),
            open_pairs=tuple(pair.id for pair in pairs),
            history=_history(db, household),
        )


def _trips(db: Database, household_id: str) -> tuple[TripOfHousehold, ...]:
    found = []
    for stop in stores.stops.where(db, household_id=household_id, freed=False):
        trip = stores.trips.get(db, stop.trip_id)
        vehicle = stores.vehicles.get(db, trip.vehicle_id) if trip else None
        if trip and vehicle:
            found.append(TripOfHousehold(trip.id, trip.number, trip.work_on, stop.arrive, vehicle.plate, stop.result))
    return tuple(sorted(found, key=lambda trip: trip.work_on, reverse=True))


def _history(db: Database, household: Household) -> tuple[HistoryEntry, ...]:
    entries: dict[str, tuple[ActionRow, list[ChangeRow]]] = {}
    for change, action in journal.changes_of_rows(db, _rows_of(db, household)):
        entries.setdefault(action.id, (action, []))[1].append(change)
    return tuple(
        HistoryEntry(
            action.done_at, action.done_by, action.label, action.facts or {}, action.source, _field_changes(changes)
        )
        for action, changes in reversed(entries.values())
    )  # fmt: skip


def _rows_of(db: Database, household: Household) -> dict[str, set[str]]:
    """Ids by table of all that is or was a part of the household."""
    people = {person.id for person in household.people} | set(journal.removed_parts(db, "person", [household.id]))
    contacts = {row.id for row in stores.contacts.where(db, household_id=household.id)}
    needs = {row.id for row in stores.needs.where(db, person_id=people)}
    return {
        "household": {household.id},
        "person": people,
        "contact": contacts | set(journal.removed_parts(db, "contact", [household.id])),
        "need": needs | set(journal.removed_parts(db, "need", people)),
    }


def _field_changes(changes: list[ChangeRow]) -> tuple[FieldChange, ...]:
    """What one action changed in a household; parts that came with the household itself are no changes."""
    if any(change.table == "household" and change.kind != "update" for change in changes):
        return ()
    found: list[FieldChange] = []
    for change in changes:
        if change.kind == "update":
            found += [
                FieldChange(change.table, column, old, new)
                for column, (old, new) in change.fields.items()
                if column not in DERIVED
            ]
    for table, columns in WHOLE_PARTS.items():
        came, went = (_parts(changes, table, kind, columns) for kind in ("insert", "delete"))
        old, new = ", ".join((went - came).elements()), ", ".join((came - went).elements())
        if old or new:
            found.append(FieldChange(table, columns[0], old, new))
    return tuple(found)


def _parts(changes: list[ChangeRow], table: str, kind: str, columns: tuple[str, ...]) -> Counter[str]:
    """The rows of one table that came ("insert") or went ("delete"), each as the text of its columns."""
    side, empty = (1 if kind == "insert" else 0), (None, None)
    texts = (
        " ".join(str(change.fields[column][side]) for column in columns if change.fields.get(column, empty)[side])
        for change in changes
        if change.table == table and change.kind == kind
    )
    return Counter(text for text in texts if text)
