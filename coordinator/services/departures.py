"""Departures and returns entered by hand: who of a household they move, and what they correct.

Used inside an action; opens none itself. What a trip moved is corrected at its stop, never here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.outcome import Touched
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import EventRow


def record_move(
    act: Act,
    household_id: str,
    kind: EventKind,
    on: date,
    organisation: str = "",
    only: Collection[str] | None = None,
) -> list[str]:
    """One event of each member whom the move takes along: a departure those at home, a return those away.

    `only`: of these members. Read before the decision changes: of people who have left already, another departure
    corrects the last one. Returns the ids of those who moved. UserError "departure.nobody_home",
    "departure.left_later", "departure.not_yet_left", "departure.future".
    """
    if on > kyiv_day(act.now):
        raise UserError("departure.future", day=on)
    (household,) = load_households(act.db, [household_id])
    if only is not None:
        household = _part(household, only)
    repeated = _correct(act, household, kind, on, organisation)
    presence = Presence.on(act.db, [person.id for person in household.people], on)
    moved = _returning(household, presence) if kind is EventKind.RETURNED else _leaving(household, presence)
    if kind is EventKind.RETURNED and not moved and presence.later:
        raise UserError("departure.not_yet_left", number=household.number, day=min(presence.later.values()))
    if kind is not EventKind.RETURNED and household.people and not moved and not repeated:
        raise UserError("departure.nobody_home", number=household.number, day=on)
    events = [
        EventRow(
            new_id(), person.id, household.id, kind.value, on, act.now, settlement_id=household.settlement_id,
            organisation=organisation,
        )
        for person in moved
    ]  # fmt: skip
    stores.events.add(act.db, events)
    act.touch(Touched.EVENTS, household.id)
    return [person.id for person in moved]


def _part(household: Household, only: Collection[str]) -> Household:
    """The household as if these were all, standing where they stand."""
    people = tuple(person for person in household.people if person.id in only)
    decision = household.stands(people[0]) if len(people) == 1 else household.decision
    return replace(household, people=people, decision=decision)


def take_back_departure(act: Act, household_id: str, only: Collection[str] | None = None) -> None:
    """People who were marked as gone are there: their last departure, where entered by hand, did not happen.

    All of the household, or `only` these. UserError "departure.by_trip" where a trip took them: then nobody would
    be at home to be picked up.
    """
    (household,) = load_households(act.db, [household_id])
    if only is not None:
        household = _part(household, only)
    _void(act, _by_hand(_last_move(act, household)))
    presence = Presence.on(act.db, [person.id for person in household.people], kyiv_day(act.now))
    if household.people and not presence.of(household):
        raise UserError("departure.by_trip", number=household.number)


def _leaving(household: Household, presence: Presence) -> list[Person]:
    people = list(presence.of(household))
    for person in people:
        if person.id in presence.later:
            raise UserError("departure.left_later", name=person.name.full or "–", day=presence.later[person.id])
    return people


def _returning(household: Household, presence: Presence) -> list[Person]:
    away = {one for one, event in presence.last.items() if event.kind != EventKind.RETURNED}
    return [person for person in household.people if person.id in away - presence.carried.keys()]


def _correct(act: Act, household: Household, kind: EventKind, on: date, organisation: str) -> bool:
    """Void the last move where this one says it anew; True where the register says all of this already."""
    last = _last_move(act, household)
    if not last:
        return False
    same = all((e.kind, e.occurred_on, e.organisation) == (kind, on, organisation) for e in last)
    if same:
        return True
    returned = last[0].kind == EventKind.RETURNED
    if kind is EventKind.RETURNED:
        anew = returned and household.decision is Decision.RETURNED
    elif returned:
        # Nobody leaves before they came back: the return was the mistake.
        anew = household.decision is Decision.RETURNED and on <= last[0].occurred_on
    else:
        anew = household.decision in GONE
    if anew:
        _void(act, _by_hand(last))
    return anew and returned and kind is not EventKind.RETURNED


def _last_move(act: Act, household: Household) -> list[EventRow]:
    """The events of the latest move of these people: one kind on one day."""
    people = {person.id for person in household.people}
    events = [e for e in stores.events.where(act.db, household_id=household.id, voided=False) if e.person_id in people]
    last = max(events, key=lambda event: (event.occurred_on, event.recorded_at, event.id), default=None)
    return [e for e in events if last and (e.kind, e.occurred_on) == (last.kind, last.occurred_on)]


def _by_hand(events: list[EventRow]) -> list[EventRow]:
    return [event for event in events if event.trip_id is None]


def _void(act: Act, events: list[EventRow]) -> None:
    for event in events:
        stores.events.change(act.db, event.id, voided=True)
        act.touch(Touched.EVENTS, event.household_id)
