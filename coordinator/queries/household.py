"""One household in full: members, phones, decision, events, doubles and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.queries.family import Family, family_of
from coordinator.queries.history import HistoryEntry, history_of
from coordinator.queries.provenance import Origins, origins_of
from coordinator.records import household_of, person_of
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import ContactRow, DecisionRow, EventRow, RequestRow


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
    origins: Origins
    contact_ids: tuple[str, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    family: Family = Family(date.min)


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


def household_numbered(session: Session, number: int) -> str | None:
    """The id of the household with this number, or of the one that it was merged into."""
    with session.reading() as db:
        found = stores.households.where(db, number=number)
    return (found[0].merged_into or found[0].id) if found else None


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
            history=history_of(db, household),
            requests=requests_of(db, household_id),
            origins=origins_of(db, household_id, [person.id for person in household.people]),
            contact_ids=tuple(row.id for row in _contacts(db, household_id)),
            family=family_of(db, household, decisions, session.today()),
        )


def _contacts(db: Database, household_id: str) -> list[ContactRow]:
    """In the order of the household's contacts."""
    return sorted(stores.contacts.where(db, household_id=household_id), key=lambda row: row.position)


def requests_of(db: Database, household_id: str) -> tuple[RequestRow, ...]:
    """The requests that came in for a household, newest first."""
    return tuple(sorted(stores.requests.where(db, household_id=household_id), key=lambda row: -row.number))


def _trips(db: Database, household_id: str) -> tuple[TripOfHousehold, ...]:
    found = []
    for stop in stores.stops.where(db, household_id=household_id, freed=False):
        trip = stores.trips.get(db, stop.trip_id)
        vehicle = stores.vehicles.get(db, trip.vehicle_id) if trip else None
        if trip and vehicle:
            found.append(TripOfHousehold(trip.id, trip.number, trip.work_on, stop.arrive, vehicle.plate, stop.result))
    return tuple(sorted(found, key=lambda trip: trip.work_on, reverse=True))
