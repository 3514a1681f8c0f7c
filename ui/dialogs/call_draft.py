"""What was told in a call, and the household it makes. The rules are those of an imported list of requests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth, Need, Relation
from coordinator.domain.phones import parse_phones
from coordinator.services.requests import Request
from coordinator.services.writing import HouseholdDraft, MemberDraft

SOURCE = "call"


@dataclass(frozen=True, slots=True)
class Call:
    """What stands in the form. `people` are all, `children` among them; the needs are counts of people."""

    phone: str = ""
    settlement_id: str | None = None
    settlement_text: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""
    landmark: str = ""
    contact: str = ""
    people: int = 1
    children: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    steps: int = 0
    pets: str = ""
    decision: Decision = Decision.WANTS_PICKUP
    wants_on: date | None = None
    note: str = ""
    organisation: str = ""
    reference: str = ""

    def request(self, now: datetime) -> Request:
        """The request that the call is: of an organisation under its reference, or of the family itself."""
        return Request(self.organisation, self.reference, SOURCE, now)


def household_draft(call: Call, now: datetime) -> HouseholdDraft:
    """The household of a call at the moment `now` (aware)."""
    return HouseholdDraft(
        settlement_id=call.settlement_id,
        settlement_text="" if call.settlement_id else call.settlement_text,
        address=Address(call.street, call.house, call.flat, landmark=call.landmark),
        people=tuple(_members(call)),
        contacts=_contacts(call),
        decision=call.decision,
        wants_on=call.wants_on if call.decision is Decision.WANTS_PICKUP else None,
        pets=call.pets,
        note=call.note,
        requested_at=now,
        source=SOURCE,
    )


def _contacts(call: Call) -> tuple[Contact, ...]:
    """The phones; where only children go, the name of the one who called is noted with the phone."""
    contacts = parse_phones(call.phone)
    if call.contact and call.people <= call.children:
        return tuple(replace(one, note=one.note or call.contact) for one in contacts)
    return contacts


def _members(call: Call) -> list[MemberDraft]:
    """The one who called, then the other adults, then the children; those without a name are members too."""
    people = max(call.people, call.children, 1 if call.contact else 0)
    adults = people - call.children
    members = [MemberDraft(birth=Birth(stated_child=place >= adults)) for place in range(people)]
    if adults and call.contact:
        members[0] = replace(members[0], name=split_name(call.contact), relation=Relation.HEAD)
    return _with_needs(members, adults, call)


def _with_needs(members: list[MemberDraft], adults: int, call: Call) -> list[MemberDraft]:
    """Adults from the last to the first, then children: one mostly calls for somebody else.

    Who lies or sits in a wheelchair is not counted again among those who walk badly, while others are left.
    """
    order = [*range(adults - 1, -1, -1), *range(adults, len(members))]
    wanted = [Need.STRETCHER] * call.stretcher + [Need.WHEELCHAIR] * call.wheelchair + [Need.STEPS] * call.steps
    places = [order[n % len(order)] for n in range(len(wanted))] if order else []
    for place, need in zip(places, wanted, strict=False):
        members[place] = replace(members[place], needs=members[place].needs | {need})
    return members
