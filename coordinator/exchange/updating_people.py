"""The people of a recognised household: who is whom, what the list says more of each, who is new and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from coordinator.domain.joining import (
    better_birth,
    better_name,
    birth_text,
    match_members,
    precision,
    same_birth,
    says_otherwise,
)
from coordinator.domain.person import Birth, Person, PersonName, Relation
from coordinator.domain.spellings import Pool
from coordinator.exchange.incoming import IncomingPerson
from coordinator.exchange.report import News
from coordinator.exchange.update_work import Work

_COLUMNS = {"name": "name", "birth": "birth", "sex": "sex", "relation": "relation", "person_note": "note"}
"""Fields of a person's news -> what they are in the register; needs are two."""


_PARTS: tuple[tuple[str, Pool], ...] = (("surname", "last"), ("given", "first"), ("patronymic", "patronymic"))


class Joined(NamedTuple):
    """See Update."""

    gone: tuple[Person, ...]
    members: tuple[int, ...]


def join_people(work: Work) -> Joined:
    """Complete the members that are known and add the new ones."""
    incoming, known = work.incoming.people, work.before.people
    said: Sequence[IncomingPerson] = work.said.people if work.said else ()
    here = _matched(incoming, known, work)
    earlier = match_members(incoming, said, work.day)
    members = list(known)
    places = [-1] * len(incoming)
    for number, person in enumerate(incoming):
        last = said[earlier[number]] if number in earlier else None
        if number in here:
            places[number] = here[number]
            members[here[number]] = _member(work, members[here[number]], person, last)
        elif last is None and is_wanted(work, person):
            places[number] = len(members)
            members.append(new_person(person, len(members) + 1))
    if tuple(members) != known:
        work.after = replace(work.after, people=tuple(members))
    return Joined(_gone(work, here, earlier), tuple(places))


def _matched(incoming: Sequence[IncomingPerson], known: Sequence[Person], work: Work) -> dict[int, int]:
    """Who is whom: by number where the list has them, the others by name."""
    rest = [number for number in range(len(incoming)) if number not in work.pairs]
    free = [place for place in range(len(known)) if place not in work.pairs.values()]
    found = match_members([incoming[number] for number in rest], [known[place] for place in free], work.day)
    return dict(work.pairs) | {rest[number]: free[place] for number, place in found.items()}


def _gone(work: Work, here: dict[int, int], earlier: dict[int, int]) -> tuple[Person, ...]:
    counted = work.incoming.own is not None and not work.incoming.own.listed
    if work.older or work.said is None or counted:
        return ()
    missing = [person for number, person in enumerate(work.said.people) if number not in earlier.values()]
    still_known = [person for place, person in enumerate(work.before.people) if place not in here.values()]
    left = match_members(missing, still_known, work.day)
    return tuple(still_known[place] for place in sorted(left.values()))


def is_wanted(work: Work, person: IncomingPerson) -> bool:
    """Whether a new member is taken."""
    alone = len([other for other in work.incoming.people if other.row == person.row]) == 1
    return work.takes(News("member", "", person.name.full, person.name.full, row=person.row), adds=alone)


def new_person(person: IncomingPerson, position: int) -> Person:
    """A member of a list who is not in the register yet; the service gives the ids."""
    return Person(
        id="", household_id="", position=position, name=person.name, sex=person.sex, birth=person.birth,
        relation=person.relation, needs=person.needs, needs_raw=person.needs_raw, note=person.note,
        documents=person.documents,
    )  # fmt: skip


def _member(work: Work, old: Person, new: IncomingPerson, said: IncomingPerson | None) -> Person:
    name = _name(work, old, new, said)
    needs_raw = News("needs", old.needs_raw, new.needs_raw, name.full, row=new.row, person_id=old.id)
    after = replace(
        old,
        name=name,
        birth=_birth(work, old, new, said.birth if said else None),
        needs=old.needs | (new.needs - (said.needs if said else frozenset())),
        sex=_coded(work, old, new, said, "sex"),
        relation=_coded(work, old, new, said, "relation"),
        needs_raw=work.newer(needs_raw, said.needs_raw if said else None),
        note=work.noted(old.note, new.note, said.note if said else None),
    )
    for item in _news(old, after, new.row):
        if not work.takes(item, completes=_completes(item, old, after)):
            after = _as_before(after, old, item.field)
    return after


def _as_before(after: Person, old: Person, field: str) -> Person:
    if field == "person":
        return old
    if field == "needs":
        return replace(after, needs=old.needs, needs_raw=old.needs_raw)
    changed: dict[str, Any] = {_COLUMNS[field]: getattr(old, _COLUMNS[field])}
    return replace(after, **changed)


def _completes(news: News, old: Person, after: Person) -> bool:
    """A better name, a birth that is said more precisely, and what was blank."""
    if news.field == "birth":
        return precision(after.birth) > precision(old.birth) and not _contradicts(old.birth, after.birth)
    if news.field == "name":
        return better_name(old.name, after.name) == after.name
    return news.field == "person" or (news.field in ("sex", "relation") and not news.old)


def _name(work: Work, old: Person, new: IncomingPerson, said: IncomingPerson | None) -> PersonName:
    """Completed; a part that the list writes otherwise than it did, and not only in another spelling, is news."""
    completed = better_name(old.name, new.name)
    if said is None or work.older:
        return completed
    corrected = replace(completed, **{
        part: getattr(new.name, part)
        for part, pool in _PARTS
        if all(getattr(name, part) and says_otherwise(getattr(new.name, part), getattr(name, part), pool)
               for name in (said.name, completed))
    })  # fmt: skip
    if corrected == completed:
        return completed
    here = any(says_otherwise(getattr(said.name, part), getattr(completed, part), pool) for part, pool in _PARTS)
    news = _one(old, new, "name", old.name.full, corrected.full)
    return corrected if not here or work.overrules(news, said.name.full) else completed


def _coded(work: Work, old: Person, new: IncomingPerson, said: IncomingPerson | None, field: str) -> Any:
    """The sex, or the relation to the head: a list that says another than it did has corrected it.

    Only who the head is, is decided here.
    """
    was, now, base = (getattr(one, field) if one else "" for one in (old, new, said))
    if not was or not now or was == now:
        return was or now
    if work.older or base in ("", now) or Relation.HEAD in (was, now, base):
        return was
    return now if base == was or work.overrules(_one(old, new, field, was, now), base) else was


def _one(old: Person, new: IncomingPerson, field: str, before: str, now: str) -> News:
    who = better_name(old.name, new.name).full
    return News(field, before, now, who, row=new.row, person_id=old.id)


def _birth(work: Work, person: Person, incoming: IncomingPerson, said: Birth | None) -> Birth:
    """The more precise one; of two equally precise ones the new, where the list changed its own word."""
    old, new = person.birth, incoming.birth
    if same_birth(old, new):
        return old
    news = _one(person, incoming, "birth", birth_text(old), birth_text(new))
    better = better_birth(old, new)
    if better is not old:
        repeated = said is not None and same_birth(said, new) and said.raw == new.raw
        if repeated and precision(old) > 1:
            return old
        changed_here = said is not None and not same_birth(said, old) and _contradicts(old, new)
        return new if not changed_here or said is None or work.overrules(news, birth_text(said)) else old
    if work.older or said is None or precision(new) < precision(old):
        return old
    if precision(new) < precision(said) or same_birth(said, new):
        return old
    return new if same_birth(said, old) or work.overrules(news, birth_text(said)) else old


def _contradicts(old: Birth, new: Birth) -> bool:
    return bool(old.year and new.on and new.on.year != old.year)


def _news(old: Person, after: Person, row: int) -> list[News]:
    who = after.name.full
    pairs = [
        ("name", old.name.full, after.name.full),
        ("birth", birth_text(old.birth), birth_text(after.birth)),
        ("sex", old.sex, after.sex),
        ("relation", old.relation, after.relation),
        ("needs", old.needs_raw or ", ".join(sorted(old.needs)), after.needs_raw or ", ".join(sorted(after.needs))),
        ("person_note", old.note, after.note),
    ]
    news = [News(name, before, now, who, row=row, person_id=old.id) for name, before, now in pairs if before != now]
    return news if news or old == after else [News("person", "", "", who, row=row, person_id=old.id)]
