"""The workbooks that a training day begins with, as plain rows: written as untidily as real lists are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice
from random import Random

from coordinator.demo.names import IN_RUSSIAN, PLACES_IN_RUSSIAN
from coordinator.demo.people import WAITING, Families, Home
from coordinator.domain.household import Contact, Household
from coordinator.domain.person import Birth, Need, Sex, age_on
from coordinator.exchange.demo_books import HouseholdBlock, PersonLine, RequestLine, SettlementSheet, Value
from coordinator.services.writing import HouseholdDraft, MemberDraft

_NOTES = (
    "речі зібрані, готові", "", "вагаються", "відмова", "", "чоловік залишається з матір’ю", "речі зібрані, готові", "",
)  # fmt: skip
_COMMENTS = ("", "", "вагаються", "", "речі зібрані, готові", "")
_NEEDS = {
    Need.STEPS: "погано ходить, паличка",
    Need.WHEELCHAIR: "інв. візок",
    Need.STRETCHER: "лежача",
    Need.SENSES: "погано чує",
    Need.POWER: "кисневий концентратор",
    Need.COLD_MEDICINE: "інсулін",
    Need.ESCORT: "потрібен супровід",
    Need.DISABILITY: "інвалід 2 гр.",
    Need.PREGNANT: "вагітна",
    Need.INFANT: "немовля",
}
_APOSTROPHES = "'’ʼ`"
_UNREADABLE = "31.02.1958"


def people_sheets(families: Families, homes: Sequence[Home], households: int) -> list[SettlementSheet]:
    """A hromada's list: that many households, shared between the settlements."""
    cards = [make_up for make_up, times in WAITING for _ in range(times)]
    families.random.shuffle(cards)
    share = -(-households // len(homes))
    sheets = []
    for place, home in enumerate(homes):
        wanted = min(share, households - share * place)
        drafts = [families.family(cards[(share * place + number) % len(cards)], home) for number in range(wanted)]
        blocks = [_block(families.random, draft, number) for number, draft in enumerate(drafts)]
        sheets.append(SettlementSheet(home.name, tuple(blocks)))
    return [_with_a_slip(sheets[0]), *sheets[1:]]


def _block(random: Random, draft: HouseholdDraft, number: int) -> HouseholdBlock:
    return HouseholdBlock(
        address=draft.address.text,
        phone=_phone(random, draft.contacts),
        people=tuple(_line(random, member) for member in draft.people),
        pets=draft.pets,
        note=_NOTES[number % len(_NOTES)] if len(draft.people) > 1 else _NOTES[number % 3],
        merged=random.random() < 0.7,
    )


def _line(random: Random, member: MemberDraft) -> PersonLine:
    """As somebody typed it: capitals, initials, a blank at the end, another apostrophe."""
    name, chance = member.name, random.random()
    text = name.full
    if chance < 0.08:
        text = text.upper()
    elif chance < 0.14 and name.patronymic:
        text = f"{name.surname} {name.given[0]}.{name.patronymic[0]}."
    elif chance < 0.2:
        text += " "
    text = text.replace("'", random.choice(_APOSTROPHES))
    sex = {Sex.MALE: "ч", Sex.FEMALE: "ж"}.get(member.sex, "")
    return PersonLine(text, _born(random, member.birth), sex, ", ".join(_NEEDS[need] for need in sorted(member.needs)))


def _born(random: Random, birth: Birth) -> Value:
    if birth.on is not None:
        return f"{birth.on:%d.%m.%Y}" if random.random() < 0.3 else birth.on
    if birth.year is not None:
        return f"{birth.year} р.н." if random.random() < 0.5 else birth.year
    if birth.age is not None:
        return f"{birth.age} років"
    return None


def _phone(random: Random, contacts: Sequence[Contact]) -> Value:
    """Text, a number without its zero, a number with 380, with 8 before it, two in a cell."""
    if not contacts:
        return None
    digits = contacts[0].raw
    if len(contacts) > 1:
        return f"+38{digits}, {contacts[1].raw} ({contacts[1].note})"
    rest = f"{digits[3:6]}-{digits[6:8]}-{digits[8:]}"
    forms: tuple[Value, ...] = (
        float(f"38{digits}"), float(digits), f"8{digits}", f"+38 ({digits[:3]}) {rest}", f"{digits[:3]} {rest}",
    )  # fmt: skip
    return random.choice(forms)


def _with_a_slip(sheet: SettlementSheet) -> SettlementSheet:
    """One birth date of the list does not exist: it is told, and the person is kept."""
    if not sheet.blocks:
        return sheet
    first, *rest = sheet.blocks
    slipped = replace(first.people[0], born=_UNREADABLE)
    return replace(sheet, blocks=(replace(first, people=(slipped, *first.people[1:])), *rest))


def request_lines(families: Families, known: Sequence[Household], calls: int) -> list[RequestLine]:
    """The hotline's log: calls of new families, and of `known` ones that the register has from elsewhere."""
    lines = list(_new_calls(families, calls))
    lines += [_known_call(families, household) for household in known]
    return sorted(lines, key=lambda line: line.came)


def _new_calls(families: Families, calls: int) -> Iterator[RequestLine]:
    random = families.random
    for number, draft in enumerate(islice(families.stream(WAITING), calls)):
        head = draft.people[0]
        name = head.name.given if number % 4 == 1 else head.name.full
        children = sum(age_on(member.birth, families.today).is_child for member in draft.people)
        yield RequestLine(
            came=_came(families),
            name=name,
            settlement=_russian_place(random, draft.settlement_text),
            street=draft.address.street,
            house=draft.address.house,
            flat=draft.address.flat,
            phone=_phone(random, draft.contacts),
            people=len(draft.people),
            children=min(children, len(draft.people) - 1),
            stretcher=sum(Need.STRETCHER in member.needs for member in draft.people),
            wheelchair=sum(Need.WHEELCHAIR in member.needs for member in draft.people),
            pets=draft.pets,
            where=random.choice(("Харьков", "Полтава", "без разницы", "")),
            comment=_COMMENTS[number % len(_COMMENTS)],
        )


def _known_call(families: Families, household: Household) -> RequestLine:
    """The same family, spelt as the hotline spells it."""
    head = next((person for person in household.people if person.id == household.head_id), household.people[0])
    given = IN_RUSSIAN.get(head.name.given, head.name.given)
    return RequestLine(
        came=_came(families),
        name=f"{head.name.surname} {given}".strip(),
        settlement=_russian_place(families.random, household.settlement_text),
        street=household.address.street,
        house=household.address.house,
        flat=household.address.flat,
        phone=_phone(families.random, household.contacts[:1]),
        people=len(household.people),
        children=sum(age_on(person.birth, families.today).is_child for person in household.people),
    )


def _came(families: Families) -> datetime:
    random = families.random
    day = families.today - timedelta(days=random.randint(1, 3))
    return datetime.combine(day, time(random.randint(7, 20), random.randint(0, 59)))


def _russian_place(random: Random, name: str) -> str:
    return PLACES_IN_RUSSIAN.get(name.replace("’", "'"), name) if random.random() < 0.7 else name
