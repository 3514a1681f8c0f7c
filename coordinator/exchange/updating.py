"""What a recognised household of a list changes in the register.

Three sides are compared: the register, this list, and what the last list of the kind said. What a list only
repeats is no news, and where it says something new of a value that was changed here since, the value
stays and the list's word is told (a note keeps both): hand-made corrections stay, unless somebody chooses
otherwise. A blank never wipes a value, a more precise value completes, a new member or phone is added, a member
who is missing stays and is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from coordinator.domain.addresses import address_key, flats_agree
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Address, Household
from coordinator.domain.joining import missing_phones
from coordinator.domain.names import fold
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import News
from coordinator.exchange.statements import bare
from coordinator.exchange.update_work import Choices, Update, Work
from coordinator.exchange.updating_people import join_people

_NO_CHOICES: Choices = {}


def update(
    before: Household,
    incoming: IncomingHousehold,
    said: IncomingHousehold | None,
    *,
    place_id: str | None,
    day: date,
    older: bool = False,
    said_place_id: str | None = None,
    decided_on: date | None = None,
    pairs: Mapping[int, int] | None = None,
    choices: Choices = _NO_CHOICES,
) -> Update:
    """Compare; nothing is written. `day`: the list's own.

    `place_id`, `said_place_id`: the settlements that this list and the last one name, in the register;
    `decided_on`: the day of the word by which the household stands where it does; `pairs`: who is whom among
    the people (index -> index) where their numbers tell it.
    """
    work = Work(before, incoming, said, older, day, decided_on, pairs or {}, choices)
    if said is not None and bare(said) == bare(incoming):
        return Update(before, (), work.rows)
    _place(work, place_id, said_place_id)
    _texts(work)
    _phones(work)
    people = join_people(work)
    decides, kept_decision = _decision(work)
    return Update(
        work.after, tuple(work.news), work.rows, decides, kept_decision, tuple(dict.fromkeys(work.kept)),
        tuple(work.declined), people.gone, people.members,
    )  # fmt: skip


def _news(work: Work, field: str, old: str, new: str) -> News:
    """Of the household, in its first row."""
    return News(field, old, new, row=work.first_row)


def _place(work: Work, place_id: str | None, said_place_id: str | None) -> None:
    before, incoming, said = work.before, work.incoming, work.said
    moved = place_id is not None and place_id != before.settlement_id
    repeated = said is not None and fold(said.settlement_text) == fold(incoming.settlement_text)
    brings = moved and (before.settlement_id is None or not (repeated or said is None or work.older))
    news = _news(work, "settlement", before.settlement_text, incoming.settlement_text)
    changed_here = before.settlement_id not in (None, said_place_id)
    brings = brings and (not changed_here or work.overrules(news, said.settlement_text if said else ""))
    if brings and work.takes(news, completes=before.settlement_id is None):
        work.after = replace(work.after, settlement_id=place_id, settlement_text=incoming.settlement_text)
    _address(work)


def _address(work: Work) -> None:
    old = work.before.address
    after = _newer_address(work)
    if after != old:
        same = not old.line or _same_address(old, after)
        if not work.takes(_news(work, "address", old.line, after.line), completes=same):
            after = old
    said = work.said.address.landmark if work.said else None
    news = _news(work, "landmark", old.landmark, work.incoming.address.landmark)
    landmark = work.newer(news, said)
    if landmark != old.landmark and work.takes(news, completes=not old.landmark):
        after = replace(after, landmark=landmark)
    work.after = replace(work.after, address=after)


def _newer_address(work: Work) -> Address:
    old, new = work.before.address, work.incoming.address
    said = work.said.address if work.said else None
    here, there = address_key(old), address_key(new)
    if here and there and here[:2] == there[:2] and flats_agree(here, there):
        return replace(old, flat=old.flat or new.flat)
    if (there or not here) and work.brings(old.line, new.line, said.line if said else None):
        if said is None or _same_address(old, said) or not old.line:
            return replace(new, landmark=old.landmark)
        if work.overrules(_news(work, "address", old.line, replace(new, landmark=old.landmark).line), said.line):
            return replace(new, landmark=old.landmark)
    return old


def _same_address(one: Address, other: Address) -> bool:
    here, there = address_key(one), address_key(other)
    if here and there:
        return here[:2] == there[:2] and flats_agree(here, there)
    return fold(one.line) == fold(other.line)


def _texts(work: Work) -> None:
    for name in ("pets", "destination_wish", "note"):
        old, said = getattr(work.before, name), getattr(work.said, name) if work.said else None
        new = getattr(work.incoming, name)
        wish = name == "destination_wish"
        after = work.newer(_news(work, name, old, new), said) if wish else work.noted(old, new, said)
        # A first note is news of the family; a pet or a wish where none was said only completes.
        if after != old and work.takes(_news(work, name, old, after), completes=not old and name != "note"):
            changed: dict[str, Any] = {name: after}
            work.after = replace(work.after, **changed)
    stays = work.incoming.part_stays and not work.before.part_stays and not (work.said and work.said.part_stays)
    if stays and work.takes(_news(work, "part_stays", "", "+")):
        work.after = replace(work.after, part_stays=True)


def _phones(work: Work) -> None:
    known = [*work.before.contacts, *(work.said.contacts if work.said else ())]
    for contact in missing_phones(known, work.incoming.contacts):
        first = contact is work.incoming.contacts[0] and bool(known)
        if work.takes(_news(work, "phone", "", contact.e164 or contact.raw), completes=not first):
            work.after = replace(work.after, contacts=(*work.after.contacts, contact))


def _decision(work: Work) -> tuple[bool, str]:
    """Whether the decision changes, and the code of the remark where the list's word was not taken.

    It is not where the household has left, or decided after the day of the list.
    """
    before, incoming, said = work.before, work.incoming, work.said
    wants = (incoming.decision, incoming.wants_on)
    if incoming.decision is Decision.NOT_ASKED or wants == (before.decision, before.wants_on):
        return False, ""
    if said is None or work.older:
        news = before.decision is Decision.NOT_ASKED
    else:
        news = _spoken(incoming) != _spoken(said)
    if not news:
        return False, ""
    if before.decision in GONE:
        return False, "import.decision_kept"
    # A workbook of ours has no date of its own: of the same day, the register's word is the newer.
    latest = work.day - timedelta(days=1) if incoming.own else work.day
    if work.decided_on is not None and latest < work.decided_on:
        return False, "import.decision_older"
    if not work.takes(_news(work, "decision", before.decision, incoming.decision)):
        return False, ""
    work.after = replace(work.after, decision=incoming.decision, wants_on=incoming.wants_on)
    return True, ""


def _spoken(household: IncomingHousehold) -> tuple[object, ...]:
    return household.decision, household.wants_on, fold(household.note), household.requested_at
