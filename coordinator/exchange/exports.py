"""The columns of lists that name people, each declared once. Knows domain objects, not the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from coordinator.domain.decision import Decision
from coordinator.domain.household import Contact, Household, children_among, load_of
from coordinator.domain.person import Person, Relation, Sex, age_on
from coordinator.domain.phones import show_phone
from coordinator.exchange.out_columns import OutColumn, out, usual
from coordinator.exchange.wanted import EVERYTHING, Only
from coordinator.exchange.writing import CellKind, Column
from coordinator.words import DECISIONS, RELATIONS, SEXES, label, needs_line
from resources.i18n import N_, _


def _words(table: Mapping[Decision, str] | Mapping[Sex, str] | Mapping[Relation, str]) -> tuple[str, ...]:
    return tuple(_(text) for text in table.values())


class Leaving(NamedTuple):
    """Somebody left on a day; `carrier`: a vehicle or an organisation, "" where nobody said."""

    day: date
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A household with the names of its place. By person id: `away`, how somebody left who has not come back since;
    `leavings`, every time that somebody left, in order.
    """

    household: Household
    settlement: str
    hromada: str
    katottg: str = ""
    away: Mapping[str, Leaving] = field(default_factory=dict)
    leavings: Mapping[str, Sequence[Leaving]] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """Settlement and address in one line."""
        return ", ".join(part for part in (self.settlement, self.household.address.line) if part)

    def inside(self, only: Only) -> bool:
        """Whether any of the household belongs to the part that is wanted."""
        people = self.household.people
        if not people:
            decided = not only.decisions or self.household.decision in only.decisions
            return decided and not only.left and only.has_place(self.settlement, self.hromada)
        return only.has_place(self.settlement, self.hromada) and any(self.takes(one, only) for one in people)

    def takes(self, person: Person, only: Only) -> bool:
        """Whether this member belongs to it, by their own decision and the days on which they left."""
        decided = not only.decisions or self.household.stands(person) in only.decisions
        return decided and (not only.left or self.leaving(person, only) is not None)

    def leaving(self, person: Person, only: Only) -> Leaving | None:
        """How this member left: the last time within the days that are wanted, whoever came back since included."""
        if not only.left:
            return self.away.get(person.id)
        return next((one for one in reversed(self.leavings.get(person.id, ())) if only.has_day(one.day)), None)


@dataclass(frozen=True, slots=True)
class OnePerson:
    """A row of the name list: its running number, ages on `day`; `left`: how they left, None for who is there."""

    number: int
    located: Located
    person: Person
    day: date
    left: Leaving | None = None

    @property
    def household(self) -> Household:
        return self.located.household


@dataclass(frozen=True, slots=True)
class OneHousehold:
    """A row of the list of households; ages on `day`."""

    number: int
    located: Located
    day: date

    @property
    def household(self) -> Household:
        return self.located.household


def people_of(households: Iterable[Located], day: date, only: Only = EVERYTHING) -> Iterator[OnePerson]:
    """Everybody of the part that is wanted, with running numbers."""
    number = 0
    for located in households:
        if not located.inside(only):
            continue
        for person in located.household.people:
            if located.takes(person, only):
                number += 1
                yield OnePerson(number, located, person, day, located.leaving(person, only))


def households_of(households: Iterable[Located], day: date, only: Only = EVERYTHING) -> Iterator[OneHousehold]:
    inside = (located for located in households if located.inside(only))
    for number, located in enumerate(inside, start=1):
        yield OneHousehold(number, located, day)


def people_list() -> list[OutColumn[OnePerson]]:
    """The name list (DOMAIN: workbooks), with the stable numbers by which it is recognised when it comes back."""
    whole, day, moment = CellKind.INTEGER, CellKind.DATE, CellKind.MOMENT
    return [
        out("number", N_("No."), 6, lambda x: x.number, whole, usual=False),
        out("household", N_("Household No."), 11, lambda x: x.household.number, whole),
        out("member", N_("Member No."), 9, lambda x: x.person.position, whole),
        out("full_name", N_("Surname, name, patronymic"), 34, lambda x: x.person.name.full, usual=False),
        out("surname", N_("Surname"), 20, lambda x: x.person.name.surname),
        out("given", N_("Given name"), 16, lambda x: x.person.name.given),
        out("patronymic", N_("Patronymic"), 20, lambda x: x.person.name.patronymic),
        out("birth_on", N_("Date of birth"), 13, _birth, day),
        out("birth_year", N_("Year of birth"), 9, _birth_year, whole),
        out("birth", N_("Date or year of birth"), 13, _birth_or_year, day, usual=False),
        out("year", N_("Year of birth of everybody"), 9, _year, whole, usual=False),
        out("age", N_("Age"), 6, _years, whole),
        out("sex", N_("Sex"), 12, lambda x: label(x.person.sex), choices=_words(SEXES)),
        out("relation", N_("Relation to the head"), 20, lambda x: label(x.person.relation), choices=_words(RELATIONS)),
        out("escort", N_("Escort of the child"), 26, _escort),
        out("needs", N_("Needs"), 24, lambda x: x.person.needs_raw or needs_line(x.person.needs)),
        out("need_kinds", N_("Kinds of needs"), 24, _need_kinds, usual=False),
        out("documents", N_("Documents in hand"), 20, lambda x: x.person.documents, usual=False),
        out("hromada", N_("Hromada"), 18, lambda x: x.located.hromada),
        out("settlement", N_("Settlement"), 20, lambda x: x.located.settlement),
        out("katottg", N_("KATOTTG"), 22, lambda x: x.located.katottg, usual=False),
        out("address", N_("Address"), 30, lambda x: x.household.address.line),
        out("whole_address", N_("Settlement and address"), 40, lambda x: x.located.line, usual=False),
        out("street", N_("Street"), 22, lambda x: x.household.address.street or x.household.address.text, usual=False),
        out("house", N_("House"), 8, lambda x: x.household.address.house, usual=False),
        out("flat", N_("Flat"), 7, lambda x: x.household.address.flat, usual=False),
        out("landmark", N_("Landmark"), 24, lambda x: x.household.address.landmark, usual=False),
        out("phones", N_("Phone"), 26, lambda x: phones_line(x.household.contacts)),
        out("decision", N_("Decision"), 22, lambda x: label(x.household.stands(x.person)), choices=_words(DECISIONS)),
        out("wants_on", N_("Wants pickup on"), 13, lambda x: x.household.wants_on, day, usual=False),
        out("requested_at", N_("Date of request"), 16, lambda x: x.household.requested_at, moment, usual=False),
        out("part_stays", N_("A part stays"), 9, lambda x: x.household.part_stays or None, usual=False),
        out("pets", N_("Pets"), 20, lambda x: x.household.pets, usual=False),
        out("luggage", N_("Pieces of luggage"), 9, lambda x: x.household.luggage, whole, usual=False),
        out("destination", N_("Where to"), 22, lambda x: x.household.destination_wish, usual=False),
        out("left_on", N_("Evacuated on"), 13, lambda x: x.left and x.left.day, day),
        out("carrier", N_("Carried by"), 20, lambda x: x.left.carrier if x.left else ""),
        out("note", N_("Note"), 36, lambda x: x.household.note),
        out("person_note", N_("Note on the person"), 30, lambda x: x.person.note),
    ]


def household_list() -> list[OutColumn[OneHousehold]]:
    whole, day, moment = CellKind.INTEGER, CellKind.DATE, CellKind.MOMENT
    return [
        out("number", N_("No."), 6, lambda x: x.number, whole, usual=False),
        out("household", N_("Household No."), 11, lambda x: x.household.number, whole),
        out("head", N_("Surname, name, patronymic"), 32, _head),
        out("hromada", N_("Hromada"), 18, lambda x: x.located.hromada),
        out("settlement", N_("Settlement"), 20, lambda x: x.located.settlement),
        out("katottg", N_("KATOTTG"), 22, lambda x: x.located.katottg),
        out("address", N_("Address"), 30, lambda x: x.household.address.line, usual=False),
        out("whole_address", N_("Settlement and address"), 40, lambda x: x.located.line, usual=False),
        out("street", N_("Street"), 22, lambda x: x.household.address.street or x.household.address.text),
        out("house", N_("House"), 8, lambda x: x.household.address.house),
        out("flat", N_("Flat"), 7, lambda x: x.household.address.flat),
        out("landmark", N_("Landmark"), 24, lambda x: x.household.address.landmark, usual=False),
        out("phones", N_("Phone"), 26, lambda x: phones_line(x.household.contacts)),
        out("people", N_("Number of people"), 9, lambda x: len(x.household.people), whole),
        out("children", N_("of them children"), 9, lambda x: children_among(x.household.people, x.day), whole),
        out("wheelchair", N_("Wheelchair"), 10, lambda x: load_of(x.household.people).wheelchair, whole),
        out("stretcher", N_("Lying"), 8, lambda x: load_of(x.household.people).stretcher, whole),
        out("pets", N_("Pets"), 20, lambda x: x.household.pets),
        out("luggage", N_("Pieces of luggage"), 9, lambda x: x.household.luggage, whole, usual=False),
        out("decision", N_("Decision"), 22, lambda x: label(x.household.decision), choices=_words(DECISIONS)),
        out("wants_on", N_("Wants pickup on"), 13, lambda x: x.household.wants_on, day),
        out("requested_at", N_("Date of request"), 16, lambda x: x.household.requested_at, moment),
        out("destination", N_("Where to"), 22, lambda x: x.household.destination_wish),
        out("note", N_("Note"), 40, lambda x: x.household.note),
    ]  # fmt: skip


def people_columns() -> list[Column]:
    return usual(people_list())


def household_columns() -> list[Column]:
    return usual(household_list())


def _birth(x: OnePerson) -> object:
    """The day; where nothing of it could be read, the text as it arrived."""
    birth = x.person.birth
    if birth.on is None and birth.year is None and birth.age is None and birth.stated_child is None:
        return birth.raw
    return birth.on


def _birth_year(x: OnePerson) -> object:
    return None if x.person.birth.on else x.person.birth.year


def _birth_or_year(x: OnePerson) -> object:
    return _birth(x) or x.person.birth.year


def _year(x: OnePerson) -> object:
    return x.person.birth.on.year if x.person.birth.on else x.person.birth.year


def _years(x: OnePerson) -> object:
    age = age_on(x.person.birth, x.day)
    if age.years is not None:
        return age.years if age.years >= 0 else None
    if x.person.birth.stated_child is None:
        return None
    return _("child") if age.is_child else _("adult")


def _need_kinds(x: OnePerson) -> object:
    """Needs by their names. Beside words from which somebody may read some, it is said that there are none."""
    return needs_line(x.person.needs) or (_("none") if x.person.needs_raw else "")


def _escort(x: OnePerson) -> object:
    person = x.person
    if not person.escort_id or not age_on(person.birth, x.day).is_child:
        return ""
    return next((other.name.full for other in x.household.people if other.id == person.escort_id), "")


def _head(x: OneHousehold) -> object:
    found = (person.name.full for person in x.household.people if person.id == x.household.head_id)
    return next(found, "")


def phones_line(contacts: Iterable[Contact]) -> str:
    """All phones of a household in one cell, readable ones in one form, the others as they were written."""
    shown = [f"{show_phone(c.e164) if c.e164 else c.raw}{f' ({c.note})' if c.note else ''}" for c in contacts]
    return ", ".join(shown)


def about_lines(what: str, centre: str, when: datetime, by: str, training: bool) -> list[tuple[str, str]]:
    """What the workbook is, for whoever opens it later."""
    lines = [(_("Contents"), what), (_("Centre"), centre), (_("Written"), f"{when:%d.%m.%Y %H:%M}"), (_("By"), by)]
    if training:
        lines.insert(0, (_("TRAINING"), _("Invented people. Not for use.")))
    return [(title, text) for title, text in lines if text]
