"""People met on the way: searched first, then taken along, whether the register knew them or not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from coordinator.domain.decision import Decision
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.domain.trip import TAKES_A_PLACE, StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.queries.presence import Presence
from coordinator.services.boarding import (
    free_other_stops,
    household_of,
    live_trip,
    presence_of,
    refuse_carried,
    set_passengers,
)
from coordinator.services.standing import note_try
from coordinator.services.writing import HouseholdDraft, MemberDraft, write_households
from coordinator.session import Act, Session
from db import stores
from db.rows import TripRow


@dataclass(frozen=True, slots=True)
class Joined:
    """`freed`: numbers of other lists of the day that lost the household."""

    household_id: str
    people: int
    freed: tuple[str, ...] = ()


def join_trip(
    session: Session, trip_id: str, household_id: str, people: Collection[str] | None = None
) -> Outcome[Joined]:
    """A household of the register came along although it was not on this list. `people` None: all at home.

    If it stands on another list of the day, that stop comes free. UserError "results.on_this_list" where it is on
    this one (enter the stop's result), "results.on_another_trip", "results.already_evacuated",
    "results.not_of_household".
    """
    with session.act("join_trip") as act:
        joined = enter_joined(act, trip_id, household_id, people)
        _describe(act, trip_id, household_id)
    return act.outcome(joined)


def enter_joined(act: Act, trip_id: str, household_id: str, people: Collection[str] | None = None) -> Joined:
    """As `join_trip`, inside an action."""
    trip, household = live_trip(act, trip_id), household_of(act, household_id)
    for stop in stores.stops.where(act.db, trip_id=trip_id, household_id=household_id, freed=False):
        if StopResult(stop.result) in TAKES_A_PLACE:
            raise UserError("results.on_this_list", number=household.number)
    presence = presence_of(act, household, trip.work_on)
    chosen = _chosen(household, presence, trip, people)
    refuse_carried(act, chosen, presence, trip.id)
    set_passengers(act, trip, household, None, chosen)
    return Joined(household_id, len(chosen), free_other_stops(act, trip, household, whole_day=False))


def _chosen(household: Household, presence: Presence, trip: TripRow, people: Collection[str] | None) -> list[Person]:
    """Those named; or those at home; or, where all had left on an earlier day, everybody: they had come back."""
    if people is not None:
        chosen = [person for person in household.people if person.id in people]
        if not chosen or len(chosen) < len(set(people)):
            raise UserError("results.not_of_household", number=household.number)
        return chosen
    at_home = list(presence.of(household, trip.id))
    if at_home:
        return at_home
    days = {presence.last[person.id].occurred_on for person in household.people if person.id in presence.last}
    if not household.people or trip.work_on in days:
        raise UserError("results.already_evacuated", number=household.number)
    return list(household.people)


def add_met(session: Session, trip_id: str, draft: HouseholdDraft) -> Outcome[Joined]:
    """People nobody knew came along: a new household, on board. Without a name they are counted all the same."""
    with session.act("add_met") as act:
        joined = enter_met(act, trip_id, draft)
        _describe(act, trip_id, joined.household_id)
    return act.outcome(joined)


def enter_met(act: Act, trip_id: str, draft: HouseholdDraft) -> Joined:
    """As `add_met`, inside an action."""
    trip = live_trip(act, trip_id)
    if draft.decision is Decision.NOT_ASKED:
        draft = replace(draft, decision=Decision.WANTS_PICKUP, wants_on=trip.work_on)
    draft = replace(draft, people=draft.people or (MemberDraft(),))
    (household_id,) = write_households(act, [draft])
    household = household_of(act, household_id)
    set_passengers(act, trip, household, None, household.people)
    return Joined(household_id, len(household.people))


def leave_trip(session: Session, trip_id: str, household_id: str, reason: str = "") -> Outcome[None]:
    """People entered as met were not on board. UserError "results.needs_reason" once the trip has arrived."""
    with session.act("leave_trip") as act:
        trip, household = live_trip(act, trip_id), household_of(act, household_id)
        if trip.status == TripStatus.ARRIVED and not reason.strip():
            raise UserError("results.needs_reason", before=StopResult.BOARDED, after=StopResult.OPEN)
        set_passengers(act, trip, household, None, ())
        _describe(act, trip_id, household_id)
        if reason.strip():
            note_try(act, household_id, reason.strip())
    return act.outcome(None)


def _describe(act: Act, trip_id: str, household_id: str) -> None:
    trip, household = live_trip(act, trip_id), household_of(act, household_id)
    act.describe(list=list_number(trip.work_on, trip.number), number=household.number)
