"""The people of a household whose list of ours came back: each known by their number, compared value by value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from coordinator.domain.household import Household
from coordinator.domain.joining import birth_text, match_members, precision
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Need, Person, PersonName, Relation, Sex, age_on
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson
from coordinator.exchange.report import News, Side
from coordinator.exchange.returned import in_own_words, pairs_of
from coordinator.exchange.three_way import Base, Sides, compare_household, outcome, sides_of
from coordinator.exchange.update_work import Choices, Update
from coordinator.exchange.updating_people import is_wanted, new_person


def compare(
    before: Household, base: Base, incoming: IncomingHousehold, place_id: str | None, day: date, choices: Choices
) -> Update:
    """What the list changes in the register, and what it does not; nothing is written. See `three_way`.

    `place_id`: the settlement that the list names, in the register; `day`: of the ages, the list's own.
    """
    sides = sides_of(before, base, incoming, day, choices)
    decides, kept_decision = compare_household(sides, place_id)
    people = _listed(sides) if incoming.own is not None and incoming.own.listed else _counted(sides)
    return outcome(sides, decides, kept_decision, gone=people.gone, members=people.places)


class _Joined(NamedTuple):
    gone: tuple[Person, ...] = ()
    places: tuple[int, ...] = ()


class _Who(NamedTuple):
    """For each incoming person the place among ours and among those sent; None: nobody there."""

    ours: int | None
    sent: int | None


def _listed(sides: Sides) -> _Joined:
    """A list with a row a person."""
    members = list(sides.before.people)
    places = []
    found = list(_who_is_whom(sides))
    for who, cells, theirs in zip(found, sides.work.incoming.people, sides.theirs.people, strict=True):
        place = -1
        if who.ours is not None:
            place = who.ours
            sent = sides.sent.people[who.sent] if who.sent is not None else None
            members[place] = _Person(sides, members[place], sent, cells, theirs).compared()
        elif who.sent is not None:
            _told_as_ours(sides, "", sides.sent.people[who.sent].name.full, cells.row)
        elif is_wanted(sides.work, cells):
            place = len(members)
            members.append(new_person(theirs, place + 1))
        places.append(place)
    sides.work.after = replace(sides.work.after, people=tuple(members))
    _added_here(sides, found)
    return _Joined(tuple(_gone(sides, found)), tuple(places))


def _counted(sides: Sides) -> _Joined:
    """A list with a row a household: the head's name, and how many there are."""
    members = list(sides.before.people)
    head = next((place for place, one in enumerate(members) if one.id == sides.before.head_id), None)
    sent = next((one for one in sides.sent.people if one.id == sides.sent.head_id), None)
    first = sides.work.incoming.people[0] if sides.work.incoming.people else None
    if head is not None and sent is not None and first is not None and members[head].id == sent.id:
        members[head] = _Person(sides, members[head], sent, first, first).named(members[head])
    more = len(sides.theirs.people) - max(0, len(members) - len(sides.sent.people))
    for person in sides.theirs.people[-more:] if more > 0 else ():
        if is_wanted(sides.work, person):
            members.append(new_person(person, len(members) + 1))
    sides.work.after = replace(sides.work.after, people=tuple(members))
    return _Joined()


def _who_is_whom(sides: Sides) -> Iterator[_Who]:
    """By the number in the list, whatever place the person has by now; the others by name, with ours and those sent."""
    incoming, sent, ours = sides.work.incoming, sides.sent.people, sides.before.people
    by_number = pairs_of(incoming, sides.sent, sent=True)
    place_of = {person.id: place for place, person in enumerate(ours)}
    claimed = {place_of.get(sent[place].id) for place in by_number.values()}
    rest = [number for number in range(len(incoming.people)) if number not in by_number]
    free = [place for place in range(len(ours)) if place not in claimed]
    named = match_members([incoming.people[number] for number in rest], [ours[place] for place in free], sides.work.day)
    by_name = {rest[number]: free[place] for number, place in named.items()}
    sent_of = {person.id: place for place, person in enumerate(sent)}
    for number in range(len(incoming.people)):
        if number in by_number:
            yield _Who(place_of.get(sent[by_number[number]].id), by_number[number])
        else:
            place = by_name.get(number)
            yield _Who(place, sent_of.get(ours[place].id) if place is not None else None)


def _gone(sides: Sides, found: list[_Who]) -> Iterator[Person]:
    """Members who were in the list and are in it no more, and still here."""
    named = {who.sent for who in found}
    missing = {one.id for place, one in enumerate(sides.sent.people) if place not in named}
    if sides.base.whole:
        yield from (person for person in sides.before.people if person.id in missing)


def _added_here(sides: Sides, found: list[_Who]) -> None:
    """Members whom we added since and the list does not know."""
    named = {who.ours for who in found}
    sent = {person.id for person in sides.sent.people}
    for place, person in enumerate(sides.before.people):
        if person.id not in sent and place not in named:
            _told_as_ours(sides, person.name.full, "", sides.work.first_row)


def _told_as_ours(sides: Sides, old: str, base: str, row: int) -> None:
    sides.ours.append(News("member", old, base, old or base, side=Side.OURS, base=base, row=row))


class _Person:
    """One person on the three sides. `cells`: the row as it was read, `theirs`: without what the list showed.

    `sent` None: we added them since, under the same name; then theirs only completes.
    """

    def __init__(
        self, sides: Sides, ours: Person, sent: Person | None, cells: IncomingPerson, theirs: IncomingPerson
    ) -> None:
        self.sides = sides
        self.ours = ours
        self.sent = sent or Person("", "", 0)
        self.cells = cells
        self.theirs = theirs

    def compared(self) -> Person:
        after = self.named(self.ours)
        after = self._born(after)
        after = self._sexed(after)
        after = self._needing(after)
        after = self._noted(after)
        return self._escorted(after)

    def _noted(self, after: Person) -> Person:
        note = self._news("person_note", self.ours.note, self.theirs.note)
        after = replace(after, note=note.new) if self.sides.takes_text(note, self.sent.note) else after
        documents = self._news("documents", self.ours.documents, self.cells.documents)
        return (
            replace(after, documents=documents.new) if self.sides.takes_text(documents, self.sent.documents) else after
        )

    def _escorted(self, after: Person) -> Person:
        """By name, as lists show it; whoever is not of the household cannot be named in one."""
        people = self.sides.before.people
        name_of = {person.id: person.name.full for person in (*self.sides.sent.people, *people)}
        named = self.sides.work.incoming.people[self.cells.escort].name.full if self.cells.escort is not None else ""
        found = next((person.id for person in people if named and fold(person.name.full) == fold(named)), None)
        old, sent = (name_of.get(side.escort_id or "", "") for side in (self.ours, self.sent))
        news = self._news("escort", old, named if found else "")
        return replace(after, escort_id=found) if self.sides.takes_text(news, sent) else after

    def named(self, after: Person) -> Person:
        said, sent = self.cells.name, self.sent.name
        name = PersonName(said.surname or sent.surname, said.given or sent.given, said.patronymic or sent.patronymic)
        same = not said or fold(said.full) == fold(sent.full)
        news = self._news("name", self.ours.name.full, "" if same else name.full)
        return replace(after, name=name) if self.sides.takes_text(news, sent.full) else after

    def _born(self, after: Person) -> Person:
        sent, ours, said = self.sent.birth, self.ours.birth, self.cells.birth
        news = self._news("birth", birth_text(ours), birth_text(said))
        theirs, more = self._birth_changed(), precision(said) > precision(sent)
        # A year in the place of a day says less: it is not taken without a word.
        moved = _told(ours) != _told(sent) or (theirs and precision(said) < precision(ours))
        taken = self.sides.takes(news, birth_text(sent), theirs=theirs, ours=moved, completes=more)
        return replace(after, birth=said) if taken else after

    def _birth_changed(self) -> bool:
        sent, said = self.sent.birth, self.cells.birth
        if said.on is not None:
            return said.on != sent.on
        if said.year is not None:
            return said.year not in (sent.year, sent.on.year if sent.on else None)
        if precision(sent) > 2:
            return False
        if said.age is not None:
            return said.age != age_on(sent, self.sides.base.day).years
        if said.stated_child is not None:
            return sent.age is None and said.stated_child != sent.stated_child
        return bool(said.raw) and fold(said.raw) != fold(sent.raw) and precision(sent) < 2

    def _sexed(self, after: Person) -> Person:
        sent, ours, said = self.sent, self.ours, self.cells
        news = self._news("sex", ours.sex, said.sex)
        changed = said.sex not in (Sex.UNKNOWN, sent.sex)
        if self.sides.takes(news, sent.sex, theirs=changed, ours=ours.sex != sent.sex, completes=not sent.sex):
            after = replace(after, sex=said.sex)
        news = self._news("relation", ours.relation, said.relation)
        changed = said.relation not in (Relation.UNKNOWN, sent.relation)
        moved = ours.relation != sent.relation
        if self.sides.takes(news, sent.relation, theirs=changed, ours=moved, completes=not sent.relation):
            after = replace(after, relation=said.relation)
        return after

    def _needing(self, after: Person) -> Person:
        sent, ours, said = self.sent, self.ours, self.cells
        raw = "" if in_own_words(said.needs_raw) else said.needs_raw
        read = said.needs if said.needs_read is None else said.needs_read
        if sent.needs_raw:
            changed = bool(said.needs_raw) and fold(said.needs_raw) != fold(sent.needs_raw)
        else:
            changed = bool(said.needs_raw or read) and (read != sent.needs or bool(raw))
        named = said.needs_read is not None and said.needs != sent.needs
        needs = read if changed and not named else said.needs
        if changed and said.needs_read is not None and (named or sent.needs_raw):
            needs = said.needs | read
        raw = raw if changed else ours.needs_raw
        old, base, new = ((ours.needs, ours.needs_raw), (sent.needs, sent.needs_raw), (needs, raw))
        if named and not changed:
            old, base, new = ((one[0], "") for one in (old, base, new))
        news = self._news("needs", _needs_text(*old), _needs_text(*new))
        moved = (ours.needs, fold(ours.needs_raw)) != (sent.needs, fold(sent.needs_raw))
        base_text = _needs_text(*base)
        if self.sides.takes(news, base_text, theirs=changed or named, ours=moved, completes=not base_text):
            return replace(after, needs=needs, needs_raw=raw)
        return after

    def _news(self, name: str, old: str, new: str) -> News:
        who = self.ours.name.full or self.cells.name.full
        return News(name, old, new, who, row=self.cells.row, person_id=self.ours.id)


def _told(birth: Birth) -> tuple[object, ...]:
    return birth.on, birth.year, birth.age, birth.stated_child


def _needs_text(needs: frozenset[Need], raw: str) -> str:
    return raw or ", ".join(sorted(needs))
