"""One household made of two records: the mechanics behind "the same". Runs inside an action of its caller.

The newer record stays, empty, and points to the older one (`merged_into`), so that its history can be read;
everything that hangs on it moves. Nothing is lost: of two values the more precise one is kept, texts are
joined, and a number of unnamed members does not add to members who are named.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Household
from coordinator.domain.joining import better_birth, better_name, joined_text, match_members, missing_phones
from coordinator.domain.person import Person, Relation, Sex
from coordinator.queries.household import load_households
from coordinator.records import need_rows, person_row
from coordinator.session import Act
from db import stores
from db.rows import HouseholdRow, StopRow

_READINESS = (
    Decision.NOT_ASKED, Decision.REFUSED, Decision.UNREACHABLE, Decision.UNDECIDED, Decision.PREPARING,
    Decision.RETURNED, Decision.WANTS_PICKUP, Decision.PACKED, Decision.LEFT_THEMSELVES, Decision.EVACUATED,
)  # fmt: skip
_CLAIMS_THE_DAY = frozenset({"open", "boarded"})


def merge(act: Act, older: HouseholdRow, newer: HouseholdRow) -> None:
    """Move all of `newer` into `older` and mark it as merged."""
    into, other = load_households(act.db, [older.id, newer.id])
    if into.id != older.id:
        into, other = other, into
    who = _join_people(act, into, other, _day_of_count(act, older, newer, into))
    _join_phones(act, into, other)
    _join_fields(act, older, newer, who)
    _move_stops(act, older.id, newer.id)
    _move_rest(act, older.id, newer.id)
    for merged in stores.households.where(act.db, merged_into=newer.id):
        stores.households.change(act.db, merged.id, merged_into=older.id)
    # Its head is a member of the other now, or one with theirs.
    stores.households.change(act.db, newer.id, merged_into=older.id, head_id=None)


def _day_of_count(act: Act, older: HouseholdRow, newer: HouseholdRow, into: Household) -> date:
    """The day to tell children from adults by: when the members without a name were counted."""
    row = older if any(not person.name for person in into.people) else newer
    batch = stores.batches.get(act.db, row.batch_id) if row.batch_id else None
    if row.requested_at is None and batch is not None and batch.list_on:
        return batch.list_on
    return kyiv_day(row.requested_at or row.created_at or act.now)


def _join_people(act: Act, into: Household, other: Household, day: date) -> dict[str, str]:
    """Unite members who are the same person, move the others; returns id in `other` -> id from now on."""
    found = match_members(other.people, into.people, day)
    who = {person.id: into.people[found[i]].id if i in found else person.id for i, person in enumerate(other.people)}
    members = {person.id: person for person in into.people}
    position = max((person.position for person in into.people), default=0)
    for number, person in enumerate(other.people):
        if number in found:
            kept = members[who[person.id]]
            members[kept.id] = _united(kept, person)
        else:
            position += 1
            relation = Relation.UNKNOWN if into.people and person.relation is Relation.HEAD else person.relation
            members[person.id] = replace(person, household_id=into.id, position=position, relation=relation)
    before = {person.id: person for person in (*into.people, *other.people)}
    for member in members.values():
        after = replace(member, escort_id=who.get(member.escort_id or "", member.escort_id))
        if after != before[after.id]:
            stores.people.replace(act.db, person_row(after))
            stores.needs.add(act.db, need_rows(replace(after, needs=after.needs - before[after.id].needs)))
    _move_events(act, who, into.id)
    stores.people.remove(act.db, [old for old, new in who.items() if old != new])
    return who


def _united(kept: Person, newer: Person) -> Person:
    return replace(
        kept,
        name=better_name(kept.name, newer.name),
        birth=better_birth(kept.birth, newer.birth),
        sex=newer.sex if kept.sex is Sex.UNKNOWN else kept.sex,
        relation=newer.relation if kept.relation is Relation.UNKNOWN else kept.relation,
        needs=kept.needs | newer.needs,
        needs_raw=joined_text(kept.needs_raw, newer.needs_raw),
        documents=joined_text(kept.documents, newer.documents),
        note=joined_text(kept.note, newer.note),
        escort_id=kept.escort_id or newer.escort_id,
        escort_basis=kept.escort_basis or newer.escort_basis,
        no_escort_reason=kept.no_escort_reason or newer.no_escort_reason,
    )


def _move_events(act: Act, who: dict[str, str], household_id: str) -> None:
    """Events and seats follow their person; the same move recorded twice counts once."""
    events = [e for e in stores.events.where(act.db, person_id=set(who.values())) if not e.voided]
    seen = {(event.person_id, event.kind, event.occurred_on) for event in events if event.household_id == household_id}
    for event in stores.events.where(act.db, person_id=list(who)):
        person = who[event.person_id]
        again = not event.voided and (person, event.kind, event.occurred_on) in seen
        stores.events.change(
            act.db, event.id, person_id=person, household_id=household_id, voided=event.voided or again
        )
    aboard = {(seat.trip_id, seat.person_id) for seat in stores.passengers.where(act.db, person_id=set(who.values()))}
    for seat in stores.passengers.where(act.db, person_id=list(who)):
        person = who[seat.person_id]
        if person != seat.person_id and (seat.trip_id, person) in aboard:
            stores.passengers.remove(act.db, [seat.id])
        else:
            stores.passengers.change(act.db, seat.id, person_id=person, household_id=household_id)


def _join_phones(act: Act, into: Household, other: Household) -> None:
    """Phones that are new go over; those that both have stay with the merged record."""
    added = list(missing_phones(into.contacts, other.contacts))
    position = len(into.contacts)
    for row in sorted(stores.contacts.where(act.db, household_id=other.id), key=lambda row: row.position):
        contact = next((c for c in added if (c.raw, c.e164, c.note) == (row.raw, row.e164, row.note)), None)
        if contact is not None:
            added.remove(contact)
            position += 1
            stores.contacts.change(act.db, row.id, household_id=into.id, position=position)


def _join_fields(act: Act, older: HouseholdRow, newer: HouseholdRow, who: dict[str, str]) -> None:
    values: dict[str, object] = {
        name: joined_text(getattr(older, name), getattr(newer, name))
        for name in ("note", "pets", "destination_wish", "landmark")
    }
    if older.settlement_id is None:
        values |= {
            "settlement_id": newer.settlement_id,
            "settlement_text": older.settlement_text or newer.settlement_text,
        }
    if not (older.street or older.house or older.address_text):
        values |= {name: getattr(newer, name) for name in ("street", "house", "flat", "address_text")}
    values["flat"] = values.get("flat") or older.flat or (newer.flat if older.house == newer.house else "")
    values["part_stays"] = older.part_stays or newer.part_stays
    values["luggage"] = max((n for n in (older.luggage, newer.luggage) if n is not None), default=None)
    values["head_id"] = older.head_id or who.get(newer.head_id or "")
    values["requested_at"] = _earlier(older.requested_at, newer.requested_at)
    if _counts_more(newer, older):
        decided = ("decision", "wants_on", "refusal_reason", "decided_at", "decided_by")
        values |= {name: getattr(newer, name) for name in decided}
    changed = {name: value for name, value in values.items() if value != getattr(older, name)}
    stores.households.change(act.db, older.id, **changed)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment), default=None)


def _counts_more(one: HouseholdRow, other: HouseholdRow) -> bool:
    """Whether the decision of `one` stands: somebody who is gone is gone, then the later word, then the readier."""
    a, b = Decision(one.decision), Decision(other.decision)
    if Decision.NOT_ASKED in (a, b):
        return b is Decision.NOT_ASKED
    if (a in GONE) != (b in GONE) and Decision.RETURNED not in (a, b):
        return a in GONE
    if one.decided_at and other.decided_at and one.decided_at != other.decided_at:
        return one.decided_at > other.decided_at
    return _READINESS.index(a) > _READINESS.index(b)


def _move_stops(act: Act, older_id: str, newer_id: str) -> None:
    """Stops go over; where both stand on trips of one day, one stop is freed: the one that has not boarded."""
    held = {stop.work_on: stop for stop in stores.stops.where(act.db, household_id=older_id) if _claims(stop)}
    for stop in stores.stops.where(act.db, household_id=newer_id):
        rival = held.get(stop.work_on) if _claims(stop) else None
        if rival and stop.result == "boarded" and rival.result == "open":
            stores.stops.change(act.db, rival.id, freed=True)
            rival = None
        freed = stop.freed or rival is not None
        stores.stops.change(act.db, stop.id, household_id=older_id, freed=freed)


def _claims(stop: StopRow) -> bool:
    return not stop.freed and stop.result in _CLAIMS_THE_DAY


def _move_rest(act: Act, older_id: str, newer_id: str) -> None:
    """Decisions, call notes and left-over entries; one left-over entry a day is enough."""
    for decision in stores.decisions.where(act.db, household_id=newer_id):
        stores.decisions.change(act.db, decision.id, household_id=older_id)
    for notice in stores.notices.where(act.db, household_id=newer_id):
        stores.notices.change(act.db, notice.id, household_id=older_id)
    days = {row.work_on for row in stores.left_overs.where(act.db, household_id=older_id)}
    for row in stores.left_overs.where(act.db, household_id=newer_id):
        if row.work_on in days:
            stores.left_overs.remove(act.db, [row.id])
        else:
            stores.left_overs.change(act.db, row.id, household_id=older_id)
