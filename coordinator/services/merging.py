"""One household made of two records: the mechanics behind "the same". Runs inside an action of its caller.

The newer record stays, empty, and points to the older one (`merged_into`), so that its history can be read;
everything that hangs on it moves. Nothing is lost: of two values the more precise one is kept, texts are
joined, and a number of unnamed members does not add to members who are named.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from coordinator.domain.addresses import address_key
from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Household
from coordinator.domain.joining import joined_text, match_members, missing_phones
from coordinator.domain.person import Person, Relation
from coordinator.domain.relations import through
from coordinator.domain.taking import FIELDS, PERSON, Take
from coordinator.queries.household import load_households
from coordinator.records import address_of, need_rows, person_row
from coordinator.services.before_split import SAID
from coordinator.services.belongings import rename_belongings
from coordinator.services.kin import known_in_parts, load_homes
from coordinator.services.standing import settle_gone
from coordinator.services.uniting import as_newer, united
from coordinator.session import Act
from db import stores
from db.rows import HouseholdRow, StopRow

_READINESS = (
    Decision.NOT_ASKED, Decision.REFUSED, Decision.UNREACHABLE, Decision.UNDECIDED, Decision.PREPARING,
    Decision.RETURNED, Decision.WANTS_PICKUP, Decision.PACKED, Decision.LEFT_THEMSELVES, Decision.EVACUATED,
)  # fmt: skip
_CLAIMS_THE_DAY = frozenset({"open", "boarded"})


def merge(act: Act, older: HouseholdRow, newer: HouseholdRow, take: frozenset[Take] = frozenset()) -> None:
    """Move all of `newer` into `older` and mark it as merged. `take`: values of `newer` that stand in place of the
    older ones.
    """
    into, other = load_households(act.db, [older.id, newer.id])
    if into.id != older.id:
        into, other = other, into
    day = _day_of_count(act, older, newer, into)
    other = _to_their_part(act, into, other, day)
    who = _join_people(act, into, other, day, take)
    join_phones(act, into, other)
    _join_fields(act, older, newer, who, take)
    move_stops(act, older.id, newer.id)
    move_rest(act, older.id, newer.id)
    move_parts(act, older, newer)
    for merged in stores.households.where(act.db, merged_into=newer.id):
        stores.households.change(act.db, merged.id, merged_into=older.id)
    # Its head is a member of the other now, or one with theirs.
    stores.households.change(act.db, newer.id, merged_into=older.id, head_id=None)
    settle_gone(act, older.id, newer if Decision(older.decision) in GONE else older)


def _day_of_count(act: Act, older: HouseholdRow, newer: HouseholdRow, into: Household) -> date:
    """The day to tell children from adults by: when the members without a name were counted."""
    row = older if any(not person.name for person in into.people) else newer
    batch = stores.batches.get(act.db, row.batch_id) if row.batch_id else None
    if row.requested_at is None and batch is not None and batch.list_on:
        return batch.list_on
    return kyiv_day(row.requested_at or row.created_at or act.now)


def _join_people(act: Act, into: Household, other: Household, day: date, take: frozenset[Take]) -> dict[str, str]:
    """Unite members who are the same person, move the others; returns id in `other` -> id from now on."""
    found = match_members(other.people, into.people, day)
    who = {person.id: into.people[found[i]].id if i in found else person.id for i, person in enumerate(other.people)}
    other = _related_to(into, other, who)
    members = {person.id: person for person in into.people}
    position = max((person.position for person in into.people), default=0)
    for number, person in enumerate(other.people):
        if number in found:
            kept = members[who[person.id]]
            one = united(act, kept, person, who)
            members[kept.id] = as_newer(one, person) if Take(PERSON, person.id) in take else one
        else:
            position += 1
            members[person.id] = replace(person, household_id=into.id, position=position)
    before = {person.id: person for person in (*into.people, *other.people)}
    for member in members.values():
        after = replace(
            member,
            escort_id=who.get(member.escort_id or "", member.escort_id),
            carer_id=who.get(member.carer_id or "", member.carer_id),
        )
        if after != before[after.id]:
            stores.people.replace(act.db, person_row(after))
            stores.needs.add(act.db, need_rows(replace(after, needs=after.needs - before[after.id].needs)))
    move_events(act, who, into.id)
    rename_belongings(act, {old: new for old, new in who.items() if old != new})
    stores.people.remove(act.db, [old for old, new in who.items() if old != new])
    return who


def _to_their_part(act: Act, into: Household, other: Household, day: date) -> Household:
    """Whom the record that goes has, and another part of the split family has already, is one with them there."""
    known = known_in_parts(act, into, other, day)
    kin = {person.id: person for home in load_homes(act, known.values()) for person in home.people}
    for person in other.people:
        kept = kin.get(known.get(person.id, ""))
        if kept is None:
            continue
        one = united(act, kept, person, known)
        if one != kept:
            stores.people.replace(act.db, person_row(one))
            stores.needs.add(act.db, need_rows(replace(one, needs=one.needs - kept.needs)))
        move_events(act, {person.id: kept.id}, kept.household_id)
        rename_belongings(act, {person.id: kept.id})
        stores.people.remove(act.db, [person.id])
    return replace(other, people=tuple(person for person in other.people if person.id not in known))


def _related_to(into: Household, other: Household, who: dict[str, str]) -> Household:
    """The other household with the relations of its people to the head of the first, where they can be told."""
    if not into.people or into.head_id is None:
        return other
    known = {person.id: person.relation for person in into.people}
    head = who.get(other.head_id or "", "")
    middle = Relation.HEAD if head == into.head_id else known.get(head, Relation.OTHER)
    if middle is Relation.HEAD:
        return other

    def related(person: Person) -> Person:
        if person.id == other.head_id or person.relation is Relation.HEAD:
            return replace(person, relation=middle)
        return replace(person, relation=through(middle, person.relation))

    return replace(other, people=tuple(map(related, other.people)))


def move_events(act: Act, who: dict[str, str], household_id: str) -> None:
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


def join_phones(act: Act, into: Household, other: Household) -> None:
    """Phones that are new go over; those that both have stay with the merged record."""
    added = list(missing_phones(into.contacts, other.contacts))
    position = len(into.contacts)
    for row in sorted(stores.contacts.where(act.db, household_id=other.id), key=lambda row: row.position):
        contact = next((c for c in added if (c.raw, c.e164, c.note) == (row.raw, row.e164, row.note)), None)
        if contact is not None:
            added.remove(contact)
            position += 1
            stores.contacts.change(act.db, row.id, household_id=into.id, position=position)


def _join_fields(
    act: Act, older: HouseholdRow, newer: HouseholdRow, who: dict[str, str], take: frozenset[Take]
) -> None:
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
    values["flat"] = values.get("flat") or older.flat or (newer.flat if _one_house(older, newer) else "")
    values["part_stays"] = older.part_stays or newer.part_stays
    values["luggage"] = max((n for n in (older.luggage, newer.luggage) if n is not None), default=None)
    values["head_id"] = older.head_id or who.get(newer.head_id or "")
    values["requested_at"] = _earlier(older.requested_at, newer.requested_at)
    values["would_change"] = joined_text(older.would_change, newer.would_change)
    values["holds_back"] = list(dict.fromkeys([*(older.holds_back or ()), *(newer.holds_back or ())])) or None
    if _counts_more(newer, older):
        values |= {name: getattr(newer, name) for name in SAID}
    values |= talks(older, newer) | _taken(newer, take)
    changed = {name: value for name, value in values.items() if value != getattr(older, name)}
    stores.households.change(act.db, older.id, **changed)


def _one_house(older: HouseholdRow, newer: HouseholdRow) -> bool:
    here, there = address_key(address_of(older)), address_key(address_of(newer))
    return here is not None and there is not None and here[:2] == there[:2]


_TAKEN: dict[str, tuple[str, ...]] = {
    "settlement": ("settlement_id", "settlement_text"),
    "address": ("street", "house", "flat", "address_text"),
    "decision": SAID,
}


def _taken(newer: HouseholdRow, take: frozenset[Take]) -> dict[str, object]:
    """The columns of the newer record that stand; what it leaves blank wipes nothing."""
    found: dict[str, object] = {}
    for field in (one.field for one in take if one.field in FIELDS):
        values = {name: getattr(newer, name) for name in _TAKEN.get(field, (field,))}
        if any(value not in (None, "", Decision.NOT_ASKED) for value in values.values()):
            found |= values
    return found


def talks(older: HouseholdRow, newer: HouseholdRow) -> dict[str, object]:
    """Who spoke last, and the first date to ask again: none is lost."""
    spoke = max((older, newer), key=lambda row: row.spoke_at.isoformat() if row.spoke_at else "")
    again = min((row for row in (older, newer) if row.again_at), key=lambda row: str(row.again_at), default=older)
    return {
        "spoke_at": spoke.spoke_at, "spoke_by": spoke.spoke_by, "again_at": again.again_at, "again_by": again.again_by,
    }  # fmt: skip


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


def move_stops(act: Act, older_id: str, newer_id: str) -> None:
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


def move_rest(act: Act, older_id: str, newer_id: str) -> None:
    """Decisions, talks, requests, call notes and left-over entries; one left-over entry a day is enough."""
    for decision in stores.decisions.where(act.db, household_id=newer_id):
        stores.decisions.change(act.db, decision.id, household_id=older_id)
    for talk in stores.attempts.where(act.db, household_id=newer_id):
        stores.attempts.change(act.db, talk.id, household_id=older_id)
    for request in stores.requests.where(act.db, household_id=newer_id):
        stores.requests.change(act.db, request.id, household_id=older_id)
    for missing in stores.missing.where(act.db, household_id=newer_id):
        stores.missing.change(act.db, missing.id, household_id=older_id)
    for notice in stores.notices.where(act.db, household_id=newer_id):
        stores.notices.change(act.db, notice.id, household_id=older_id)
    days = {row.work_on for row in stores.left_overs.where(act.db, household_id=older_id)}
    for row in stores.left_overs.where(act.db, household_id=newer_id):
        if row.work_on in days:
            stores.left_overs.remove(act.db, [row.id])
        else:
            stores.left_overs.change(act.db, row.id, household_id=older_id)


def move_parts(act: Act, older: HouseholdRow, newer: HouseholdRow) -> None:
    """What parted from the one parted from the other now; and none from itself."""
    for part in stores.households.where(act.db, split_from_id=newer.id):
        stores.households.change(act.db, part.id, split_from_id=None if part.id == older.id else older.id)
