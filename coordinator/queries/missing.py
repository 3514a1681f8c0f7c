"""Whom lists no longer name and of whom nobody has said yet what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.decision import GONE
from coordinator.domain.household import Contact
from coordinator.domain.missing import OPEN_QUESTIONS, Answer
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.session import Session
from db import stores


@dataclass(frozen=True, slots=True)
class MissingView:
    """A household, or with `person_id` one of its members, whom `file` (a list of `list_on`) no longer names.

    `asked`: somebody has said that they have to be asked first.
    """

    id: str
    household_id: str
    number: int
    name: str
    settlement: str
    address: str
    contacts: tuple[Contact, ...]
    people: int
    person_id: str | None
    file: str
    list_on: date | None
    asked: bool


def open_missing(session: Session) -> list[MissingView]:
    """The questions that wait, by settlement and number; of those who have left by now there is none."""
    with session.reading() as db:
        rows = stores.missing.where(db, state=OPEN_QUESTIONS)
        households = {one.id: one for one in load_households(db, list({row.household_id for row in rows}))}
        merged = {row.id for row in stores.households.where(db, id=set(households)) if row.merged_into}
        settlements = {one.settlement_id for one in households.values() if one.settlement_id}
        places = {row.id: row.name for row in stores.settlements.where(db, id=settlements)}
        batches = {row.id: row for row in stores.batches.where(db, id={row.batch_id for row in rows})}
        presence = Presence.on(db, [row.person_id for row in rows if row.person_id], session.today())
    views = []
    for row in rows:
        household = households.get(row.household_id)
        if household is None or household.id in merged or household.decision in GONE:
            continue
        person = next((one for one in household.people if one.id == row.person_id), None)
        if row.person_id and (person is None or not presence.is_there(person.id)):
            continue
        head = next((one for one in household.people if one.id == household.head_id), None)
        named = person or head
        batch = batches.get(row.batch_id)
        views.append(
            MissingView(
                row.id, household.id, household.number, named.name.full if named else "",
                places.get(household.settlement_id or "", household.settlement_text), household.address.line,
                household.contacts, 1 if row.person_id else len(household.people), row.person_id,
                batch.file_name if batch else "", batch.list_on if batch else None, row.state == Answer.ASK,
            )
        )  # fmt: skip
    return sorted(views, key=lambda view: (view.settlement, view.number, view.person_id or ""))
