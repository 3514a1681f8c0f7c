"""Requests as they came in: from whom, under which reference of theirs, for which household. Each has our number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coordinator.domain.names import clean, fold
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.standing import live
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.numbers import next_request_number
from db.rows import RequestRow


@dataclass(frozen=True, slots=True)
class Request:
    """`organisation`: who sent it ("" the household itself); `reference`: their own number; `channel`: say hotline."""

    organisation: str = ""
    reference: str = ""
    channel: str = ""
    requested_at: datetime | None = None
    note: str = ""


def record_request(session: Session, household_id: str, request: Request) -> Outcome[int]:
    """Enter a request; returns our number of it. UserError "request.twice", "household.gone"."""
    with session.act("record_request") as act:
        number = add_request(act, household_id, request)
    return act.outcome(number)


def add_request(act: Act, household_id: str, request: Request) -> int:
    """As `record_request`, inside an action."""
    household = live(act, household_id)
    _refuse_twice(act, request)
    number = next_request_number(act.db)
    row = RequestRow(
        new_id(), number, household_id, clean(request.organisation), clean(request.reference), clean(request.channel),
        request.requested_at, act.now, act.user, clean(request.note),
    )  # fmt: skip
    stores.requests.add(act.db, [row])
    if request.requested_at and (household.requested_at is None or request.requested_at < household.requested_at):
        stores.households.change(act.db, household_id, requested_at=request.requested_at)
    act.describe(request=number, number=household.number)
    act.touch(Touched.HOUSEHOLDS, household_id)
    return number


def correct_request(session: Session, request_id: str, request: Request) -> Outcome[None]:
    """Change what is known of a request. UserError "request.gone", "request.twice"."""
    with session.act("correct_request") as act:
        old = stores.requests.get(act.db, request_id)
        if old is None:
            raise UserError("request.gone")
        household = live(act, old.household_id)
        act.describe(request=old.number, number=household.number)
        _refuse_twice(act, request, but=request_id)
        stores.requests.change(
            act.db, request_id, organisation=clean(request.organisation), reference=clean(request.reference),
            channel=clean(request.channel), requested_at=request.requested_at, note=clean(request.note),
        )  # fmt: skip
        act.touch(Touched.HOUSEHOLDS, old.household_id)
    return act.outcome(None)


def _refuse_twice(act: Act, request: Request, but: str = "") -> None:
    """One organisation gives a reference once; the same one again is the same request."""
    reference, sender = clean(request.reference), fold(request.organisation)
    if not reference:
        return
    for row in stores.requests.where(act.db, reference=reference):
        if row.id != but and fold(row.organisation) == sender:
            household = stores.households.get(act.db, row.household_id)
            raise UserError(
                "request.twice", organisation=row.organisation or "–", reference=reference, number=row.number,
                household=household.number if household else "–", household_id=row.household_id,
            )  # fmt: skip
