"""What hangs on a person beside their own row: events, seats, own words, talks, and who is beside whom.

Used inside an action; opens none itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.escorting import is_child
from coordinator.domain.person import Person
from coordinator.domain.splitting import Beside, unguarded
from coordinator.errors import UserError
from coordinator.outcome import Touched
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.session import Act
from db import stores
from db.rows import PersonRow


def move_belongings(act: Act, person_ids: Collection[str], household_id: str) -> None:
    """Events, seats, own words and talks follow people into another household."""
    ids = list(person_ids)
    for event in stores.events.where(act.db, person_id=ids):
        stores.events.change(act.db, event.id, household_id=household_id)
    for seat in stores.passengers.where(act.db, person_id=ids):
        stores.passengers.change(act.db, seat.id, household_id=household_id)
    for entry in stores.decisions.where(act.db, person_id=ids):
        stores.decisions.change(act.db, entry.id, household_id=household_id)
    for talk in stores.attempts.where(act.db, person_id=ids):
        stores.attempts.change(act.db, talk.id, household_id=household_id)
    for row in stores.missing.where(act.db, person_id=ids):
        stores.missing.change(act.db, row.id, household_id=household_id)
    act.touch(Touched.EVENTS | Touched.DECISIONS | Touched.SCHEDULE | Touched.HOUSEHOLDS, household_id)


def rename_belongings(act: Act, who: dict[str, str]) -> None:
    """Two records of one person are one: own words, talks and those they care for name the record that stays."""
    for entry in stores.decisions.where(act.db, person_id=list(who)):
        stores.decisions.change(act.db, entry.id, person_id=who[entry.person_id or ""])
    for talk in stores.attempts.where(act.db, person_id=list(who)):
        stores.attempts.change(act.db, talk.id, person_id=who[talk.person_id or ""])
    for row in stores.missing.where(act.db, person_id=list(who)):
        stores.missing.change(act.db, row.id, person_id=who[row.person_id or ""])
    for ward in stores.people.where(act.db, carer_id=list(who)):
        stores.people.change(act.db, ward.id, carer_id=who[ward.carer_id or ""])
    for ward in stores.people.where(act.db, escort_id=list(who)):
        stores.people.change(act.db, ward.id, escort_id=who[ward.escort_id or ""])


def leave_no_trace(act: Act, person_ids: Collection[str]) -> None:
    """People are about to be taken off: nobody names them any more, as escort, carer or in a talk."""
    ids = list(person_ids)
    for ward in stores.people.where(act.db, escort_id=ids):
        stores.people.change(act.db, ward.id, escort_id=None, escort_basis="")
    for ward in stores.people.where(act.db, carer_id=ids):
        stores.people.change(act.db, ward.id, carer_id=None)
    stores.decisions.remove(act.db, [entry.id for entry in stores.decisions.where(act.db, person_id=ids)])
    stores.missing.remove(act.db, [row.id for row in stores.missing.where(act.db, person_id=ids)])
    for talk in stores.attempts.where(act.db, person_id=ids):
        stores.attempts.change(act.db, talk.id, person_id=None)


def refuse_on_the_way(act: Act, people: Iterable[Person]) -> None:
    """UserError "person.on_the_way" for somebody who is on board of a trip right now."""
    people = list(people)
    carried = Presence.on(act.db, [person.id for person in people], kyiv_day(act.now)).carried
    for person in people:
        if person.id in carried:
            raise UserError("person.on_the_way", name=person.name.full or "–")


def children_alone(act: Act, household_ids: Collection[str]) -> dict[str, Person]:
    """Children of these households without an adult there, a named one elsewhere, or a recorded reason."""
    found: dict[str, Person] = {}
    for household in load_households(act.db, list(household_ids)):
        named = {person.escort_id for person in household.people if person.escort_id}
        there = {row.id for row in stores.people.where(act.db, id=named)}
        found |= {person.id: person for person in unguarded(household.people, there, kyiv_day(act.now))}
    return found


def guard_children(act: Act, household_ids: Collection[str], before: Collection[str], reason: str) -> None:
    """No child is left without an adult by this action, unless the reason is recorded.

    `before`: those who were without one before it. UserError "person.child_alone".
    """
    for child in children_alone(act, household_ids).values():
        if child.id in before:
            continue
        if not reason.strip():
            raise UserError("person.child_alone", name=child.name.full or "–")
        stores.people.change(act.db, child.id, no_escort_reason=reason.strip())


def put_beside(act: Act, row: PersonRow, beside: Beside | None, day: date, person: Person, reason: str) -> None:
    """Write who is with a child, or cares for somebody; where nobody is, why."""
    if not is_child(person, day):
        carer = beside.person_id if beside else None
        if row.carer_id != carer:
            stores.people.change(act.db, row.id, carer_id=carer)
        return
    values: dict[str, object] = (
        {"escort_id": beside.person_id, "escort_basis": beside.basis, "no_escort_reason": ""}
        if beside is not None
        else {"escort_id": None, "escort_basis": "", "no_escort_reason": reason}
    )
    if any(getattr(row, name) != value for name, value in values.items()):
        stores.people.change(act.db, row.id, **values)
