"""Verbs on where a household and its members stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, UNSPOKEN, Again, Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind
from coordinator.domain.household import children_among
from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.queries.fleet import orders_in_force
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.services.departures import record_move, take_back_departure
from coordinator.services.own_decisions import FOLLOWS, follow_household, rows_of, set_own, settle_own
from coordinator.services.standing import live, note_try, set_decision, set_said
from coordinator.session import Act, Session
from coordinator.standing_notes import CHILDREN_KEPT, coded
from db import stores
from db.rows import HouseholdRow, PersonRow

MOVES = {Decision.LEFT_THEMSELVES: EventKind.LEFT_THEMSELVES, Decision.RETURNED: EventKind.RETURNED}
"""Decisions that are told by something that happened, on a day."""

Members = Mapping[str, Said | None]
"""Member -> their own word; None: as the household."""


def decide(
    session: Session,
    household_id: str,
    decision: Decision,
    *,
    wants_on: date | None = None,
    reason: str = "",
    note: str = "",
    on: date | None = None,
) -> Outcome[None]:
    """As `record_decision`, with what is said most often."""
    return record_decision(session, household_id, Said(decision, wants_on, reason, note, on))


def record_decision(
    session: Session,
    household_id: str,
    said: Said | None,
    *,
    members: Members | None = None,
    again: Again | None = None,
    spoke_by: str = "",
    despite: str = "",
) -> Outcome[None]:
    """Record what a household decided (None: its word stays), and what those of its members who differ did.

    Leaving by themselves is an event of each member who is at home, returning of each who is away; those then follow
    the household. A decision that takes a departure back voids the events of the last one, so that the counts
    follow. `again`: when to ask again (None: as set before). `spoke_by`: who spoke with them ("": this user).
    `despite`: why it is recorded although children stay under a forced order. UserError "household.gone",
    "decision.evacuated_by_trip", "decision.children_kept", and those of `departures`.
    """
    with session.act("decide") as act:
        row = live(act, household_id)
        words = [said, *(members or {}).values()]
        act.describe(number=row.number, decision=next((one.decision.value for one in words if one), ""))
        _enter(act, row, said, members or {}, again, spoke_by)
        keep_children(act, household_id, despite)
    return act.outcome(None)


def decide_person(session: Session, person_id: str, said: Said | None, *, despite: str = "") -> Outcome[None]:
    """Record the own word of one member (None: as the household). UserError as `record_decision`, "person.gone"."""
    with session.act("decide_person") as act:
        person = stores.people.get(act.db, person_id)
        if person is None:
            raise UserError("person.gone")
        row = live(act, person.household_id)
        act.describe(number=row.number, decision=said.decision.value if said else "")
        enter_own(act, row, person, said)
        _spoke(act, row.id, said, "")
        keep_children(act, row.id, despite)
    return act.outcome(None)


def decide_many(
    session: Session, household_ids: Collection[str], said: Said, *, again: Again | None = None, despite: str = ""
) -> Outcome[int]:
    """The same decision for several households, in one action; returns how many.

    Members who differ keep their own word. UserError as `record_decision`: one that cannot be recorded keeps all
    from being recorded, and is named.
    """
    with session.act("decide_many", count=len(household_ids), decision=said.decision.value) as act:
        for household_id in household_ids:
            _enter(act, live(act, household_id), said, {}, again, "")
            keep_children(act, household_id, despite)
    return act.outcome(len(household_ids))


def record_departure(
    session: Session,
    household_id: str,
    kind: EventKind,
    on: date,
    organisation: str = "",
    only: Collection[str] | None = None,
    members: Members | None = None,
) -> Outcome[int]:
    """Record that a household was taken out by another organisation, or by us without a trip on the books.

    Those who are at home on that day, or `only` these of them: the others keep their word, or have that of `members`.
    Returns how many people.
    UserError "departure.kind" for kinds that are no departure, "household.gone", and those of `departures`.
    """
    if kind not in (EventKind.OTHER_ORGANISATION, EventKind.BY_US):
        raise UserError("departure.kind")
    with session.act("record_departure") as act:
        act.describe(number=live(act, household_id).number, kind=kind.value)
        moved = enter_departure(act, household_id, kind, on, organisation, only)
        for person in rows_of(act, members or {}):
            enter_own(act, live(act, household_id), person, (members or {})[person.id])
    return act.outcome(moved)


def enter_departure(
    act: Act,
    household_id: str,
    kind: EventKind,
    on: date,
    organisation: str = "",
    only: Collection[str] | None = None,
) -> int:
    """As `record_departure`, inside an action."""
    moved = record_move(act, household_id, kind, on, organisation, only)
    _settle_word(act, household_id, Decision.EVACUATED, everybody=only is None)
    return len(moved)


def enter_decision(act: Act, row: HouseholdRow, said: Said) -> None:
    """The word of a household with the events that belong to it, inside an action. UserError as `record_decision`."""
    if said.decision is Decision.EVACUATED:
        raise UserError("decision.evacuated_by_trip")
    if said.decision in MOVES:
        moved = record_move(act, row.id, MOVES[said.decision], said.on or kyiv_day(act.now))
        follow_household(act, rows_of(act, moved))
    elif Decision(row.decision) in GONE:
        take_back_departure(act, row.id)
    set_said(act, row.id, said)


def enter_said(act: Act, row: HouseholdRow, said: Said, *, despite: str = "") -> None:
    """As `record_decision`, inside an action."""
    _enter(act, row, said, {}, None, "")
    keep_children(act, row.id, despite)


def enter_own(act: Act, row: HouseholdRow, person: PersonRow, said: Said | None) -> None:
    """The own word of a member with the event that belongs to it, inside an action.

    The household's word is that of those who are at home: where the last one leaves or the first one comes back, it
    follows.
    """
    today = kyiv_day(act.now)
    if said is None:
        if person.decision in GONE and not _by_trip(act, person.id, today):
            take_back_departure(act, row.id, [person.id])
        follow_household(act, [person])
        return
    if said.decision is Decision.EVACUATED:
        raise UserError("decision.evacuated_by_trip")
    if said.decision in MOVES:
        record_move(act, row.id, MOVES[said.decision], said.on or today, only=[person.id])
    elif not Presence.on(act.db, [person.id], today).is_there(person.id):
        take_back_departure(act, row.id, [person.id])
    set_own(act, person, said)
    _settle_word(act, row.id, said.decision)


def _by_trip(act: Act, person_id: str, day: date) -> bool:
    presence = Presence.on(act.db, [person_id], day)
    last = presence.last.get(person_id)
    return person_id in presence.carried or (last is not None and last.trip_id is not None)


def _enter(
    act: Act, row: HouseholdRow, said: Said | None, members: Members, again: Again | None, spoke_by: str
) -> None:
    if said is not None:
        enter_decision(act, row, said)
    for person in sorted(rows_of(act, members), key=lambda one: one.position):
        if person.household_id != row.id:
            raise UserError("person.gone")
        enter_own(act, live(act, row.id), person, members[person.id])
    _spoke(act, row.id, said or next((one for one in members.values() if one), None), spoke_by)
    if again is not None:
        stores.households.change(act.db, row.id, again_at=again.at, again_by=again.by)


def _spoke(act: Act, household_id: str, said: Said | None, by: str) -> None:
    if said is not None and said.decision not in UNSPOKEN:
        stores.households.change(act.db, household_id, spoke_at=act.now, spoke_by=by or act.user)


def _settle_word(act: Act, household_id: str, decision: Decision, *, everybody: bool = False) -> None:
    """Gone is a household of whom nobody is at home, and no other."""
    (household,) = load_households(act.db, [household_id])
    at_home = Presence.on(act.db, [person.id for person in household.people], kyiv_day(act.now)).of(household)
    if everybody or (household.people and not at_home):
        if household.decision not in GONE or everybody:
            set_decision(act, household_id, decision if decision in GONE else Decision.EVACUATED)
        follow_household(act, rows_of(act, [person.id for person in household.people]))
        return
    if household.decision in GONE and decision not in GONE and any(p.decision is decision for p in at_home):
        # Who was told to be gone, and of whom no event says so, stays gone.
        gone = [person.id for person in at_home if person.decision is None]
        for row in rows_of(act, gone):
            set_own(act, row, Said(household.decision))
        set_decision(act, household_id, decision)
        here = [person.id for person in at_home if person.decision is decision]
        follow_household(act, rows_of(act, here))
    if len(at_home) < len(household.people):
        settle_own(act, household, at_home)
        stores.households.change(act.db, household_id, part_stays=True)


def keep_word(act: Act, left: HouseholdRow, home: HouseholdRow, person: PersonRow) -> None:
    """A person who came from another household stands where they stood; the word of both is that of who is there."""
    stood = Decision(person.decision or left.decision)
    differs = (left.decision, left.wants_on) != (home.decision, home.wants_on)
    if person.decision == FOLLOWS and differs and stood is not Decision.EVACUATED:
        set_own(act, person, Said(stood, left.wants_on, left.refusal_reason))
    _settle_word(act, left.id, Decision(left.decision))
    _settle_word(act, home.id, stood)


def _children_kept(act: Act, household_id: str) -> int:
    """Children whom a refusal keeps at home although a forced order holds there: at home, or told."""
    day = kyiv_day(act.now)
    (household,) = load_households(act.db, [household_id])
    refusing = [person for person in household.people if household.stands(person) is Decision.REFUSED]
    if not refusing and household.decision is not Decision.REFUSED:
        return 0
    if orders_in_force(act.db, day).get(household.settlement_id or "") is not OrderKind.FORCED:
        return 0
    at_home = Presence.on(act.db, [person.id for person in refusing], day)
    told = household.children_stay or 0 if household.decision is Decision.REFUSED else 0
    return max(told, children_among((person for person in refusing if at_home.is_there(person.id)), day))


def keep_children(act: Act, household_id: str, despite: str) -> None:
    """A refusal that keeps children where a forced order holds stands with its reason in the history.

    Never a block (DOMAIN: rules): UserError "decision.children_kept" only asks for the reason.
    """
    kept = _children_kept(act, household_id)
    if kept and not despite.strip():
        raise UserError("decision.children_kept", number=live(act, household_id).number, count=kept)
    if kept:
        note_try(act, household_id, coded(CHILDREN_KEPT, kept, words=despite.strip()))
