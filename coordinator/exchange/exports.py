"""The columns of what goes out, each declared once, and the rows that fill them. Knows domain objects, not the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import Vehicle, exceeds_licence
from coordinator.domain.household import Contact, Household, children_among, load_of
from coordinator.domain.person import Person, Relation, Sex, age_on
from coordinator.domain.phones import show_phone
from coordinator.exchange.writing import CellKind, Column
from coordinator.words import DECISIONS, RELATIONS, SEXES, label, needs_line
from resources.i18n import N_, _


def _words(table: Mapping[Decision, str] | Mapping[Sex, str] | Mapping[Relation, str]) -> tuple[str, ...]:
    return tuple(_(text) for text in table.values())


@dataclass(frozen=True, slots=True)
class Located:
    """A household with the names of its place, and how it left where it did."""

    household: Household
    settlement: str
    hromada: str
    katottg: str = ""
    left_on: Mapping[str, date] | None = None
    carrier: Mapping[str, str] | None = None


def people_columns() -> list[Column]:
    """The name list (DOMAIN: workbooks), with the stable numbers by which it is recognised when it comes back."""
    return [
        Column("household", N_("Household No."), 11, CellKind.INTEGER),
        Column("member", N_("Member No."), 9, CellKind.INTEGER),
        Column("surname", N_("Surname"), 20),
        Column("given", N_("Given name"), 16),
        Column("patronymic", N_("Patronymic"), 20),
        Column("birth_on", N_("Date of birth"), 13, CellKind.DATE),
        Column("birth_year", N_("Year of birth"), 9, CellKind.INTEGER),
        Column("age", N_("Age"), 6, CellKind.INTEGER),
        Column("sex", N_("Sex"), 12, choices=_words(SEXES)),
        Column("relation", N_("Relation to the head"), 20, choices=_words(RELATIONS)),
        Column("escort", N_("Escort of the child"), 26),
        Column("needs", N_("Needs"), 24),
        Column("hromada", N_("Hromada"), 18),
        Column("settlement", N_("Settlement"), 20),
        Column("address", N_("Address"), 30),
        Column("phones", N_("Phone"), 26),
        Column("decision", N_("Decision"), 22, choices=_words(DECISIONS)),
        Column("left_on", N_("Evacuated on"), 13, CellKind.DATE),
        Column("carrier", N_("Carried by"), 20),
        Column("note", N_("Note"), 36),
    ]


def people_rows(households: Iterable[Located], day: date) -> Iterator[list[object]]:
    """A row a person; ages on `day`. What holds for the household stands in each of its rows."""
    for entry in households:
        household = entry.household
        names = {person.id: person.name.full for person in household.people}
        for person in household.people:
            escort = names.get(person.escort_id or "", "") if age_on(person.birth, day).is_child else ""
            yield [
                household.number, person.position, person.name.surname, person.name.given, person.name.patronymic,
                person.birth.on, None if person.birth.on else person.birth.year, _years(person, day),
                label(person.sex), label(person.relation), escort, _needs(person), entry.hromada, entry.settlement,
                household.address.line, phones_line(household.contacts), label(household.stands(person)),
                (entry.left_on or {}).get(person.id), (entry.carrier or {}).get(person.id, ""),
                person.note or household.note,
            ]  # fmt: skip


def _years(person: Person, day: date) -> object:
    age = age_on(person.birth, day)
    if age.years is not None:
        return age.years
    return _("child") if age.is_child else None


def _needs(person: Person) -> str:
    return person.needs_raw or needs_line(person.needs)


def phones_line(contacts: Iterable[Contact]) -> str:
    """All phones of a household in one cell, readable ones in one form, the others as they were written."""
    shown = [f"{show_phone(c.e164) if c.e164 else c.raw}{f' ({c.note})' if c.note else ''}" for c in contacts]
    return ", ".join(shown)


def household_columns() -> list[Column]:
    return [
        Column("household", N_("Household No."), 11, CellKind.INTEGER),
        Column("head", N_("Surname, name, patronymic"), 32),
        Column("hromada", N_("Hromada"), 18),
        Column("settlement", N_("Settlement"), 20),
        Column("katottg", N_("KATOTTG"), 22),
        Column("street", N_("Street"), 22),
        Column("house", N_("House"), 8),
        Column("flat", N_("Flat"), 7),
        Column("phones", N_("Phone"), 26),
        Column("people", N_("Number of people"), 9, CellKind.INTEGER),
        Column("children", N_("of them children"), 9, CellKind.INTEGER),
        Column("wheelchair", N_("Wheelchair"), 10, CellKind.INTEGER),
        Column("stretcher", N_("Lying"), 8, CellKind.INTEGER),
        Column("pets", N_("Pets"), 20),
        Column("decision", N_("Decision"), 22, choices=_words(DECISIONS)),
        Column("wants_on", N_("Wants pickup on"), 13, CellKind.DATE),
        Column("requested_at", N_("Date of request"), 16, CellKind.MOMENT),
        Column("destination", N_("Where to"), 22),
        Column("note", N_("Note"), 40),
    ]


def household_rows(households: Iterable[Located], day: date) -> Iterator[list[object]]:
    """A row a household; children on `day`."""
    for entry in households:
        h = entry.household
        load = load_of(h.people)
        head = next((person for person in h.people if person.id == h.head_id), None)
        yield [
            h.number, head.name.full if head else "", entry.hromada, entry.settlement, entry.katottg,
            h.address.street or h.address.text, h.address.house, h.address.flat, phones_line(h.contacts),
            len(h.people), children_among(h.people, day), load.wheelchair, load.stretcher, h.pets, label(h.decision),
            h.wants_on, h.requested_at, h.destination_wish, h.note,
        ]  # fmt: skip


def fleet_columns() -> list[Column]:
    return [
        Column("plate", N_("Plate"), 12),
        Column("model", N_("Make and model"), 26),
        Column("seats", N_("Passenger seats"), 10, CellKind.INTEGER),
        Column("wheelchair", N_("Wheelchair places"), 10, CellKind.INTEGER),
        Column("stretcher", N_("Stretcher places"), 10, CellKind.INTEGER),
        Column("armoured", N_("Armoured"), 10, choices=(_("yes"), _("no"))),
        Column("licence", N_("Licence category"), 10),
        Column("organisation", N_("Organisation"), 22),
        Column("driver", N_("Driver"), 26),
        Column("phone", N_("Driver's phone"), 18),
        Column("from", N_("Available from"), 10, CellKind.TIME),
        Column("until", N_("Available until"), 10, CellKind.TIME),
        Column("note", N_("Note"), 34),
    ]


def fleet_rows(vehicles: Iterable[Vehicle]) -> Iterator[list[object]]:
    for v in vehicles:
        warning = _("more seats than the licence allows") if exceeds_licence(v.licence, v.seats) else ""
        note = "; ".join(part for part in (v.note, v.licence_reason or warning) if part)
        yield [
            v.plate, v.model, v.seats, v.wheelchair, v.stretcher, v.armoured, v.licence, v.organisation, v.driver,
            show_phone(v.phone) if v.phone.startswith("+") else v.phone, _time(v.available_from),
            _time(v.available_until), note,
        ]  # fmt: skip


def _time(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One settlement of the daily summary. Persons, never names; None: not known."""

    day: date
    hromada: str
    pcode: str
    settlement: str
    katottg: str
    people: int
    women: int
    men: int
    children: int
    seniors: int
    disabled: int
    alone: int
    alone_children: int
    total: int
    total_children: int
    refused: int
    remaining: int
    remaining_source: str


def summary_columns() -> list[Column]:
    """Columns and hashtags of the daily summary to the oblast (HXL standard 1.1, hxlstandard.org)."""
    whole = CellKind.INTEGER
    return [
        Column("day", N_("Date"), 12, CellKind.DATE, tag="#date+occurred"),
        Column("hromada", N_("Hromada"), 20, tag="#adm3+name+i_uk"),
        Column("pcode", N_("P-code"), 14, tag="#adm3+code+v_pcode"),
        Column("settlement", N_("Settlement"), 22, tag="#adm4+name+i_uk"),
        Column("katottg", N_("KATOTTG"), 22, tag="#adm4+code+v_katottg"),
        Column("people", N_("Evacuated that day"), 11, whole, tag="#reached+ind+evacuated"),
        Column("women", N_("Women"), 9, whole, tag="#reached+ind+f+evacuated"),
        Column("men", N_("Men"), 9, whole, tag="#reached+ind+m+evacuated"),
        Column("children", N_("Children 0–17"), 10, whole, tag="#reached+ind+children+evacuated"),
        Column("seniors", N_("60 and older"), 10, whole, tag="#reached+ind+elderly+evacuated"),
        Column("disabled", N_("With a disability"), 11, whole, tag="#reached+ind+disabled+evacuated"),
        Column("alone", N_("Left by themselves"), 11, whole, tag="#affected+ind+displaced+self"),
        Column("alone_children", N_("of them children"), 10, whole, tag="#affected+ind+children+displaced+self"),
        Column("total", N_("Evacuated since the first day"), 12, whole, tag="#reached+ind+evacuated+total"),
        Column("total_children", N_("of them children"), 10, whole, tag="#reached+ind+children+evacuated+total"),
        Column("refused", N_("Households that refused"), 12, whole, tag="#affected+hh+ind+refused"),
        Column("remaining", N_("People remaining"), 11, whole, tag="#affected+ind+remaining"),
        Column("source", N_("Source of “remaining”"), 26, tag="#meta+source"),
    ]


def summary_rows(lines: Iterable[SummaryLine]) -> Iterator[list[object]]:
    for x in lines:
        yield [
            x.day, x.hromada, x.pcode, x.settlement, x.katottg, x.people, x.women, x.men, x.children, x.seniors,
            x.disabled, x.alone, x.alone_children, x.total, x.total_children, x.refused, x.remaining,
            x.remaining_source,
        ]  # fmt: skip


def about_lines(what: str, centre: str, when: datetime, by: str, training: bool) -> list[tuple[str, str]]:
    """What the workbook is, for whoever opens it later."""
    lines = [(_("Contents"), what), (_("Centre"), centre), (_("Written"), f"{when:%d.%m.%Y %H:%M}"), (_("By"), by)]
    if training:
        lines.insert(0, (_("TRAINING"), _("Invented people. Not for use.")))
    return [(title, text) for title, text in lines if text]
