"""Whose personal data have served their purpose: all of the household were delivered long enough ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.events import EventKind
from coordinator.domain.retention import last_day
from coordinator.session import Session
from coordinator.settings import RETENTION_DAYS, RETENTION_NAMES
from db import queries, scrubbing, stores
from db.connection import Database
from db.queries import HouseholdBrief
from db.rows import EventRow

PENDING = "retention.pending"
"""Key of the setting that says: removed, but the free pages of the file are not written anew yet."""


@dataclass(frozen=True, slots=True)
class DueHousehold:
    """A household all of whose members have left; `delivered_on` is the day on which the last of them did."""

    household_id: str
    number: int
    head: str
    settlement: str
    people: int
    delivered_on: date


@dataclass(frozen=True, slots=True)
class RetentionPreview:
    """What would be removed now. `term` in days, 0: never; `until`: delivered on this day or before.

    `pending`: an earlier removal is not finished, the file has to be written anew.
    """

    term: int
    names: bool
    until: date | None
    households: tuple[DueHousehold, ...] = field(default_factory=tuple)
    pending: bool = False

    @property
    def people(self) -> int:
        return sum(one.people for one in self.households)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.household_id for one in self.households)


def preview(session: Session, today: date | None = None) -> RetentionPreview:
    """What the term set by the coordinator makes due on `today`. Reads, and changes nothing."""
    term, names = session.setting(RETENTION_DAYS), session.setting(RETENTION_NAMES)
    with session.reading() as db:
        pending = is_pending(db)
        if term == 0:
            return RetentionPreview(0, names, None, pending=pending)
        until = last_day(today or session.today(), term)
        return RetentionPreview(term, names, until, tuple(due(db, until, names=names)), pending)


def is_pending(db: Database) -> bool:
    row = stores.settings.get(db, PENDING)
    return row is not None and bool(row.value)


def due(db: Database, until: date, *, names: bool) -> list[DueHousehold]:
    """Households delivered on `until` or before that still hold what would be removed, by their numbers."""
    holding = scrubbing.holding(db, names=names)
    last = _last_events(stores.events.where(db, voided=False))
    members: dict[str, list[queries.PersonBrief]] = defaultdict(list)
    for person in queries.people_brief(db):
        members[person.household_id].append(person)
    found = []
    for brief in queries.households_with_places(db):
        if brief.id not in holding or Decision(brief.decision) not in GONE:
            continue
        people = members.get(brief.id, [])
        delivered = _delivered_on(brief, (last.get(person.id) for person in people))
        if delivered is not None and delivered <= until:
            place = brief.settlement_name or brief.settlement_text
            head = next((p for p in people if p.id == brief.head_id), people[0] if people else None)
            name = " ".join(part for part in (head.surname, head.given, head.patronymic) if part) if head else ""
            found.append(DueHousehold(brief.id, brief.number, name, place, len(people), delivered))
    return found


def _last_events(events: Iterable[EventRow]) -> dict[str, EventRow]:
    ordered = sorted(events, key=lambda event: (event.occurred_on, event.recorded_at, event.id))
    return {event.person_id: event for event in ordered}


def _delivered_on(brief: HouseholdBrief, last: Iterable[EventRow | None]) -> date | None:
    """The day on which the last member left, or None where somebody did not or came back.

    Of a household without listed members: the day on which it was recorded as gone.
    """
    events = list(last)
    if not events:
        return kyiv_day(brief.decided_at) if brief.decided_at else None
    days = [event.occurred_on for event in events if event is not None and event.kind != EventKind.RETURNED]
    return max(days) if len(days) == len(events) else None
