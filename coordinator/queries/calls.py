"""What call mode shows: whom to call now, everything about one household, and call-backs that are overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coordinator.domain.household import Contact
from coordinator.domain.outreach import Number, Result, Tried, numbers_to_dial
from coordinator.errors import UserError
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.queries.who_next import NextRow, in_order, who_next
from coordinator.session import Session
from db import next_queries, stores
from db.connection import Database
from db.rows import AttemptRow


@dataclass(frozen=True, slots=True)
class CallCard:
    """One household in call mode. `row`: its place and reasons in who is next; None: it is not to be called.

    `numbers` in the order to dial them. `talks` newest first. `children`: those at home, by age today.
    """

    card: HouseholdCard
    row: NextRow | None
    numbers: tuple[Number, ...]
    talks: tuple[AttemptRow, ...]
    children: int

    @property
    def number(self) -> Number | None:
        """The one to dial; None where all are known to be wrong, or there is none."""
        return next((number for number in self.numbers if not number.wrong), None)


def call_queue(session: Session, day: date, me: str = "") -> list[NextRow]:
    """Whom to call, in order: agreed call-backs that are due, first those of `me`; then by who is next.

    Left out: who was tried today and is not due, who is planned for `day`, and whose call was agreed for later.
    """
    now = session.clock()
    rows = [row for row in who_next(session, day) if not row.called and not row.planned and not _later(row, now)]
    return sorted(rows, key=lambda row: (not row.due, _whose(row, me), in_order(row)))


def _whose(row: NextRow, me: str) -> int:
    """Of call-backs that are due: agreed with `me`, with nobody in particular, with somebody else."""
    if not row.due or not row.again_by:
        return 1
    return 0 if row.again_by == me else 2


def overdue(session: Session, day: date) -> list[NextRow]:
    """Call-backs whose time has passed, the oldest first. None is ever left out for being old."""
    rows = [row for row in who_next(session, day) if row.due]
    return sorted(rows, key=lambda row: (row.again_at or datetime.max, row.number))


def overdue_count(session: Session) -> int:
    """How many households stand in `overdue`: whoever agreed on a time is among them, whatever became of them."""
    now = session.clock()
    with session.reading() as db:
        return sum(at <= now for at in next_queries.times_to_ask_again(db))


def call_card(session: Session, household_id: str, day: date) -> CallCard:
    """Everything that whoever calls needs to see. UserError "household.gone"."""
    with session.reading() as db:
        card = household_card(session, household_id)
        if card.household.id != household_id:
            raise UserError("household.gone")
        found = [row for row in who_next(session, day, [household_id]) if row.id == household_id]
        talks = talks_of(db, household_id)
    return CallCard(
        card=card,
        row=found[0] if found else None,
        numbers=tuple(_numbers(card.household.contacts, talks)),
        talks=tuple(talks),
        children=found[0].children if found else 0,
    )


def talks_of(db: Database, household_id: str) -> list[AttemptRow]:
    """Calls, visits and messages of a household, newest first."""
    return sorted(stores.attempts.where(db, household_id=household_id), key=lambda row: row.done_at, reverse=True)


def _numbers(contacts: Sequence[Contact], talks: Sequence[AttemptRow]) -> list[Number]:
    numbers = [Number(contact.raw, contact.e164, contact.note) for contact in contacts]
    return numbers_to_dial(numbers, [Tried(row.phone, Result(row.outcome), row.done_at) for row in talks])


def _later(row: NextRow, now: datetime) -> bool:
    """Agreed for later, and nothing was hit near since."""
    return row.again_at is not None and row.again_at > now and not row.shelled
