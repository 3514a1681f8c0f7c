"""Where a household stands, and what road and telephone make of it. Used inside an action; opens none itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.outcome import Touched
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.services.own_decisions import restore_own, rows_of, set_own, settle_own
from coordinator.session import Act
from coordinator.standing_notes import coded, has_code
from db import stores
from db.ids import new_id
from db.rows import DecisionRow, HouseholdRow

_TAKEN_BACK = frozenset({Decision.REFUSED, Decision.EVACUATED})


def live(act: Act, household_id: str) -> HouseholdRow:
    """A household that stands for itself: UserError "household.gone" for one that was merged into another."""
    row = stores.households.get(act.db, household_id)
    if row is None or row.merged_into is not None:
        raise UserError("household.gone")
    return row


def set_said(act: Act, household_id: str, said: Said) -> None:
    """Write the word of a household and its history entry, and no event; used by every verb that changes it.

    Who is gone is not asked again.
    """
    live(act, household_id)
    values: dict[str, object] = {
        "decision": said.decision.value,
        "wants_on": said.wants_on,
        "refusal_reason": said.reason if said.refuses else "",
        "decided_at": act.now,
        "decided_by": act.user,
        "form_signed": said.refuses and said.form_signed,
        "children_stay": said.children_stay if said.refuses else None,
    }
    if said.holds_back is not None:
        values["holds_back"] = [one.value for one in said.holds_back] or None
    if said.would_change is not None:
        values["would_change"] = said.would_change
    if said.decision in GONE:
        values |= {"again_at": None, "again_by": ""}
    stores.households.change(act.db, household_id, **values)
    entry = DecisionRow(
        new_id(), household_id, said.decision.value, said.wants_on, said.reason, act.now, act.user, said.note,
        form_signed=said.form_signed, children_stay=said.children_stay,
        holds_back=[one.value for one in said.holds_back or ()] or None, would_change=said.would_change or "",
    )  # fmt: skip
    stores.decisions.add(act.db, [entry])
    act.touch(Touched.DECISIONS | Touched.HOUSEHOLDS, household_id)


def set_decision(
    act: Act,
    household_id: str,
    decision: Decision,
    *,
    wants_on: date | None = None,
    reason: str = "",
    note: str = "",
) -> None:
    """As `set_said`."""
    set_said(act, household_id, Said(decision, wants_on, reason, note))


def note_try(act: Act, household_id: str, note: str) -> None:
    """The decision stands; the history says what came of the pickup. How long they wait does not start anew."""
    row = stores.households.get(act.db, household_id)
    if row is not None:
        entry = DecisionRow(new_id(), household_id, row.decision, row.wants_on, "", act.now, act.user, note)
        stores.decisions.add(act.db, [entry])
        act.touch(Touched.DECISIONS, household_id)


def restore_decision(act: Act, household_id: str, otherwise: Decision = Decision.WANTS_PICKUP) -> None:
    """The decision before a refusal or an evacuation that turned out wrong, with its own day.

    `otherwise` where the history has none.
    """
    entries = stores.decisions.where(act.db, household_id=household_id, person_id=None)
    before = [entry for entry in entries if Decision(entry.kind) not in _TAKEN_BACK]
    last = max(before, key=lambda entry: (entry.decided_at, entry.id), default=None)
    if last is None:
        set_decision(act, household_id, otherwise)
        return
    set_decision(act, household_id, Decision(last.kind), wants_on=last.wants_on, reason=last.reason)
    stores.households.change(act.db, household_id, decided_at=last.decided_at, decided_by=last.decided_by)


def refuse(act: Act, household: Household, people: Iterable[Person], code: str, day: date, words: str = "") -> None:
    """These people, who were expected, said no on the call or at the door: each where they stand, alone or together."""
    own = [person.id for person in people if person.decision is not None]
    followers = [person for person in people if person.decision is None]
    if followers or not household.people:
        set_decision(act, household.id, Decision.REFUSED, reason=words or coded(code, day))
    for row in rows_of(act, own):
        set_own(act, row, Said(Decision.REFUSED, reason=coded(code, day, words=words)))


def take_back_refusal(act: Act, household_id: str, code: str) -> None:
    """The refusal on the call or at the door (`code`) was none: all stand where they stood before."""
    (household,) = load_households(act.db, [household_id])
    refused = [p.id for p in household.people if p.decision is Decision.REFUSED and has_code(p.refusal_reason, code)]
    if household.decision is Decision.REFUSED and not (refused and _older(act, household_id, refused)):
        restore_decision(act, household_id)
    for row in rows_of(act, refused):
        restore_own(act, row, code)


def _older(act: Act, household_id: str, people: list[str]) -> bool:
    """The household had refused before these people did."""
    entries = stores.decisions.where(act.db, household_id=household_id)
    last = max(entry.decided_at for entry in entries if entry.person_id in people)
    return all(entry.decided_at < last for entry in entries if entry.person_id is None)


def settle_gone(act: Act, household_id: str, otherwise: HouseholdRow | None = None) -> None:
    """Gone is a household of whom nobody is at home: by its events, after people came together or parted.

    `otherwise`: whose word it is where somebody is at home after all.
    """
    (household,) = load_households(act.db, [household_id])
    presence = Presence.on(act.db, [person.id for person in household.people], kyiv_day(act.now))
    at_home, gone = presence.of(household), household.decision in GONE
    if household.people and not at_home and not gone and not presence.carried:
        kinds = {presence.last[person.id].kind for person in household.people}
        alone = kinds == {EventKind.LEFT_THEMSELVES}
        set_decision(act, household_id, Decision.LEFT_THEMSELVES if alone else Decision.EVACUATED)
    # Where no event says who has left, the word of the household is all that is known.
    elif gone and at_home and len(at_home) < len(household.people):
        there = Decision(otherwise.decision) if otherwise else Decision.RETURNED
        wants_on = otherwise.wants_on if otherwise else None
        set_decision(act, household_id, Decision.RETURNED if there in GONE else there, wants_on=wants_on)


def settle_decision(act: Act, household_id: str, day: date, otherwise: Decision = Decision.WANTS_PICKUP) -> None:
    """The decision that the events say: evacuated when everybody left, otherwise as before; a part that left is
    marked, since the others stay ready.
    """
    (household,) = load_households(act.db, [household_id])
    presence = Presence.on(act.db, [person.id for person in household.people], day)
    at_home = presence.of(household)
    settle_own(act, household, at_home)
    if not at_home:
        if household.decision is not Decision.EVACUATED:
            set_decision(act, household_id, Decision.EVACUATED)
        return
    if household.decision is Decision.EVACUATED:
        restore_decision(act, household_id, otherwise)
    if len(at_home) < len(household.people) and not household.part_stays:
        stores.households.change(act.db, household_id, part_stays=True)
    act.touch(Touched.HOUSEHOLDS | Touched.DECISIONS, household_id)
