"""Searching the register before somebody met on the way is written down as new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coordinator.domain.decision import Decision
from coordinator.domain.names import fold
from coordinator.domain.trip import TripStatus, list_number
from coordinator.queries.day_records import DayRecords, head_of, phones_of, read_day
from coordinator.session import Session
from db import search
from db.connection import Database

MOST_FOUND = 30
_PHONE = re.compile(r"[\d\s()+\-]{4,}")


@dataclass(frozen=True, slots=True)
class Known:
    """A household that the words fit. `on_list`: number of the list of the day on which it stands or came along.

    `at_home`: people who could still be taken.
    """

    household_id: str
    number: int
    head: str
    names: tuple[str, ...]
    settlement: str
    address: str
    phones: tuple[str, ...]
    people: int
    at_home: int
    decision: Decision
    on_list: str = ""
    trip_id: str | None = None


def find_known(session: Session, text: str, day: date) -> list[Known]:
    """Households with all words of `text` in names, phones, settlement or address; those on the day's lists first."""
    with session.reading() as db:
        ids = _matching(db, text)
        records = read_day(db, day, ids)
    found = [_known(records, household_id) for household_id in ids]
    return sorted(found, key=lambda known: (not known.on_list, known.at_home == 0, known.number))


def _matching(db: Database, text: str) -> list[str]:
    """A phone is looked for by its last nine digits, so that +380 and spaces do not matter."""
    text = text.strip()
    if _PHONE.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        return search.households_with(db, [digits[-9:]], MOST_FOUND)
    return search.households_with(db, fold(text).split(), MOST_FOUND)


def _known(records: DayRecords, household_id: str) -> Known:
    household, place = records.households[household_id], records.place(household_id)
    trip_id, number = _list_of(records, household_id)
    return Known(
        household_id=household_id,
        number=household.number,
        head=head_of(household).full,
        names=tuple(person.name.full for person in household.people if person.name),
        settlement=place.name if place else household.settlement_text,
        address=household.address.line,
        phones=phones_of(household),
        people=len(household.people),
        at_home=len(records.presence.of(household)),
        decision=household.decision,
        on_list=number,
        trip_id=trip_id,
    )


def _list_of(records: DayRecords, household_id: str) -> tuple[str | None, str]:
    for trip in records.trips:
        if trip.status == TripStatus.CANCELLED:
            continue
        listed = any(stop.household_id == household_id for stop in records.stops[trip.id])
        if listed or any(row.household_id == household_id for row in records.passengers[trip.id]):
            return trip.id, list_number(trip.work_on, trip.number)
    return None, ""
