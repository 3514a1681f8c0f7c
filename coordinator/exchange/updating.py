"""What a recognised household of a list changes in the register.

Three sides are compared: the register, this list, and what the last list of the kind said. What a list only
repeats is no news, and where it says something new of a value that was changed here since, the value
stays and the list's word is told (a note keeps both): hand-made corrections stay. A blank never wipes a value,
a more precise value completes, a new member or phone is added, a member who is missing stays and is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from coordinator.domain.addresses import flats_agree
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Address, Household
from coordinator.domain.joining import (
    better_birth,
    better_name,
    birth_text,
    match_members,
    missing_phones,
    precision,
    replaced_text,
    same_birth,
)
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Person, Relation, Sex
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson
from coordinator.exchange.matching import cached_address_key
from coordinator.exchange.report import News, RowStatus
from coordinator.exchange.statements import bare


@dataclass(frozen=True, slots=True)
class Update:
    """`after`: the household as it will be; people without an id are new. `rows`: status by sheet row.

    `decides`: the decision itself is news. `kept_decision`: the code of the remark why the list's decision was
    not taken. `kept`: old value and the list's, where the old one was changed here since the last list.
    `gone`: members whom the last list named and this one does not.
    """

    after: Household
    news: tuple[News, ...]
    rows: dict[int, RowStatus]
    decides: bool = False
    kept_decision: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def status(self) -> RowStatus:
        """Of the household: a member who is missing is a change to look at, although nothing is written."""
        if self.gone or any(not news.completes for news in self.news):
            return RowStatus.UPDATED
        return RowStatus.COMPLETED if self.news else RowStatus.UNCHANGED


@dataclass(slots=True)
class _Work:
    """An update in the making. `older`: the list is of an earlier day than the last one, so it only completes."""

    before: Household
    incoming: IncomingHousehold
    said: IncomingHousehold | None
    older: bool
    day: date
    decided_on: date | None
    pairs: Mapping[int, int]
    after: Household = field(init=False)
    news: list[News] = field(default_factory=list)
    rows: dict[int, RowStatus] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.after = self.before
        self.rows = dict.fromkeys(self.incoming.rows, RowStatus.UNCHANGED)

    def tell(self, news: News, row: int, status: RowStatus = RowStatus.UPDATED) -> None:
        self.news.append(news)
        if self.rows.get(row) is not RowStatus.ADDED:
            self.rows[row] = status

    def tell_more(self, news: News, row: int, completes: bool) -> None:
        """News that may only complete what is known."""
        news = replace(news, completes=completes)
        only = completes and self.rows.get(row) in (RowStatus.UNCHANGED, RowStatus.COMPLETED)
        self.tell(news, row, RowStatus.COMPLETED if only else RowStatus.UPDATED)

    @property
    def first_row(self) -> int:
        return self.incoming.rows[0]


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
) -> Update:
    """Compare; nothing is written. `day`: the list's own.

    `place_id`, `said_place_id`: the settlements that this list and the last one name, in the register;
    `decided_on`: the day of the word by which the household stands where it does; `pairs`: who is whom among
    the people (index -> index) where their numbers tell it.
    """
    work = _Work(before, incoming, said, older, day, decided_on, pairs or {})
    if said is not None and bare(said) == bare(incoming):
        return Update(before, (), work.rows)
    _place(work, place_id, said_place_id)
    _texts(work)
    _phones(work)
    gone = _people(work)
    decides, kept = _decision(work)
    return Update(work.after, tuple(work.news), work.rows, decides, kept, tuple(dict.fromkeys(work.kept)), gone)


def _brings(work: _Work, old: str, new: str, said: str | None) -> bool:
    """Whether a text of the list is news: not blank, not what is known, not what the last list said already."""
    if not new or fold(new) == fold(old):
        return False
    if not old:
        return said is None or fold(said) != fold(new)
    return not work.older and said is not None and fold(said) != fold(new)


def _newer(work: _Work, old: str, new: str, said: str | None) -> str:
    """The text that stands then; one that was changed here since the last list stays and is remarked on."""
    if not _brings(work, old, new, said):
        return old
    if old and fold(old) != fold(said):
        work.kept.append((old, new))
        return old
    return new


def _noted(work: _Work, old: str, new: str, said: str | None) -> str:
    """A note with the list's news; what was added here stays beside it."""
    return replaced_text(old, said or "", new) if _brings(work, old, new, said) else old


def _place(work: _Work, place_id: str | None, said_place_id: str | None) -> None:
    before, incoming, said = work.before, work.incoming, work.said
    moved = place_id is not None and place_id != before.settlement_id
    repeated = said is not None and fold(said.settlement_text) == fold(incoming.settlement_text)
    brings = moved and (before.settlement_id is None or not (repeated or said is None or work.older))
    if brings and before.settlement_id not in (None, said_place_id):
        work.kept.append((before.settlement_text, incoming.settlement_text))
    elif brings:
        work.after = replace(work.after, settlement_id=place_id, settlement_text=incoming.settlement_text)
        news = News("settlement", before.settlement_text, incoming.settlement_text)
        work.tell_more(news, work.first_row, before.settlement_id is None)
    _address(work)


def _address(work: _Work) -> None:
    old, new = work.before.address, work.incoming.address
    said = work.said.address if work.said else None
    here, there = cached_address_key(old), cached_address_key(new)
    after = old
    if here and there and here[:2] == there[:2] and flats_agree(here, there):
        after = replace(old, flat=old.flat or new.flat)
    elif (there or not here) and _brings(work, old.line, new.line, said.line if said else None):
        if said is None or _same_address(old, said) or not old.line:
            after = replace(new, landmark=old.landmark)
        else:
            work.kept.append((old.line, new.line))
    if after != old:
        same = not old.line or _same_address(old, after)
        work.tell_more(News("address", old.line, after.line), work.first_row, same)
    landmark = _newer(work, old.landmark, new.landmark, said.landmark if said else None)
    if landmark != old.landmark:
        after = replace(after, landmark=landmark)
        work.tell_more(News("landmark", old.landmark, landmark), work.first_row, not old.landmark)
    work.after = replace(work.after, address=after)


def _same_address(one: Address, other: Address) -> bool:
    here, there = cached_address_key(one), cached_address_key(other)
    if here and there:
        return here[:2] == there[:2] and flats_agree(here, there)
    return fold(one.line) == fold(other.line)


def _texts(work: _Work) -> None:
    for name, written in (("pets", _noted), ("destination_wish", _newer), ("note", _noted)):
        old, said = getattr(work.before, name), getattr(work.said, name) if work.said else None
        after = written(work, old, getattr(work.incoming, name), said)
        if after != old:
            changed: dict[str, Any] = {name: after}
            work.after = replace(work.after, **changed)
            # A first note is news of the family; a pet or a wish where none was said only completes.
            work.tell_more(News(name, old, after), work.first_row, not old and name != "note")
    if work.incoming.part_stays and not work.before.part_stays and not (work.said and work.said.part_stays):
        work.after = replace(work.after, part_stays=True)
        work.tell(News("part_stays", "", "+"), work.first_row)


def _phones(work: _Work) -> None:
    known = [*work.before.contacts, *(work.said.contacts if work.said else ())]
    added = missing_phones(known, work.incoming.contacts)
    if added:
        work.after = replace(work.after, contacts=(*work.before.contacts, *added))
        for contact in added:
            first = contact is work.incoming.contacts[0] and bool(known)
            work.tell_more(News("phone", "", contact.e164 or contact.raw), work.first_row, not first)


def _decision(work: _Work) -> tuple[bool, str]:
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
    work.after = replace(work.after, decision=incoming.decision, wants_on=incoming.wants_on)
    work.tell(News("decision", before.decision, incoming.decision), work.first_row)
    return True, ""


def _spoken(household: IncomingHousehold) -> tuple[object, ...]:
    return household.decision, household.wants_on, fold(household.note), household.requested_at


def _people(work: _Work) -> tuple[str, ...]:
    """Complete the members that are known, add the new ones; returns the names of those missing."""
    incoming, known = work.incoming.people, work.before.people
    said: Sequence[IncomingPerson] = work.said.people if work.said else ()
    here = _matched(incoming, known, work)
    earlier = match_members(incoming, said, work.day)
    members = list(known)
    for number, person in enumerate(incoming):
        last = said[earlier[number]] if number in earlier else None
        if number in here:
            place = here[number]
            members[place] = _member(work, members[place], person, last)
        elif last is None:
            members.append(_new_member(work, person, len(members) + 1))
    if tuple(members) != known:
        work.after = replace(work.after, people=tuple(members))
    return _gone(work, here, earlier)


def _matched(incoming: Sequence[IncomingPerson], known: Sequence[Person], work: _Work) -> dict[int, int]:
    """Who is whom: by number where the list has them, the others by name."""
    rest = [number for number in range(len(incoming)) if number not in work.pairs]
    free = [place for place in range(len(known)) if place not in work.pairs.values()]
    found = match_members([incoming[number] for number in rest], [known[place] for place in free], work.day)
    return dict(work.pairs) | {rest[number]: free[place] for number, place in found.items()}


def _gone(work: _Work, here: dict[int, int], earlier: dict[int, int]) -> tuple[str, ...]:
    counted = work.incoming.own is not None and not work.incoming.own.members
    if work.older or work.said is None or counted:
        return ()
    missing = [person for number, person in enumerate(work.said.people) if number not in earlier.values()]
    still_known = [person for place, person in enumerate(work.before.people) if place not in here.values()]
    left = match_members(missing, still_known, work.day)
    return tuple(still_known[place].name.full for place in sorted(left.values()))


def _new_member(work: _Work, person: IncomingPerson, position: int) -> Person:
    member = new_person(person, position)
    alone = len([other for other in work.incoming.people if other.row == person.row]) == 1
    status = RowStatus.ADDED if alone else RowStatus.UPDATED
    work.tell(News("member", "", person.name.full, person.name.full), person.row, status)
    return member


def new_person(person: IncomingPerson, position: int) -> Person:
    """A member of a list who is not in the register yet; the service gives the ids."""
    return Person(
        id="", household_id="", position=position, name=person.name, sex=person.sex, birth=person.birth,
        relation=person.relation, needs=person.needs, needs_raw=person.needs_raw, note=person.note,
    )  # fmt: skip


def _member(work: _Work, old: Person, new: IncomingPerson, said: IncomingPerson | None) -> Person:
    birth = _birth(work, old.birth, new.birth, said.birth if said else None)
    needs = old.needs | (new.needs - (said.needs if said else frozenset()))
    after = replace(
        old,
        name=better_name(old.name, new.name),
        birth=birth,
        needs=needs,
        sex=new.sex if old.sex is Sex.UNKNOWN else old.sex,
        relation=new.relation if old.relation is Relation.UNKNOWN else old.relation,
        needs_raw=_newer(work, old.needs_raw, new.needs_raw, said.needs_raw if said else None),
        note=_noted(work, old.note, new.note, said.note if said else None),
    )
    for item in _member_news(old, after):
        work.tell_more(item, new.row, _completes(item, old, after))
    return after


def _completes(news: News, old: Person, after: Person) -> bool:
    """A better name, a birth that is said more precisely, and what was blank."""
    if news.field == "birth":
        contradicts = old.birth.year and after.birth.on and after.birth.on.year != old.birth.year
        return precision(after.birth) > precision(old.birth) and not contradicts
    return news.field in ("name", "sex", "relation", "person")


def _birth(work: _Work, old: Birth, new: Birth, said: Birth | None) -> Birth:
    """The more precise one; of two equally precise ones the new, where the list changed its own word."""
    if same_birth(old, new):
        return old
    better = better_birth(old, new)
    if better is not old:
        repeated = said is not None and same_birth(said, new) and said.raw == new.raw
        return old if repeated and precision(old) > 1 else better
    if work.older or said is None or precision(new) < precision(old):
        return old
    if precision(said) != precision(new) or same_birth(said, new):
        return old
    if not same_birth(said, old):
        work.kept.append((birth_text(old), birth_text(new)))
        return old
    return new


def _member_news(old: Person, after: Person) -> list[News]:
    who = after.name.full
    pairs = [
        ("name", old.name.full, after.name.full),
        ("birth", birth_text(old.birth), birth_text(after.birth)),
        ("sex", old.sex, after.sex),
        ("relation", old.relation, after.relation),
        ("needs", old.needs_raw or ", ".join(sorted(old.needs)), after.needs_raw or ", ".join(sorted(after.needs))),
        ("person_note", old.note, after.note),
    ]
    news = [News(name, before, now, who) for name, before, now in pairs if before != now]
    return news if news or old == after else [News("person", "", "", who)]
