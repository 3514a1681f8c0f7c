"""Any register, exported and imported into an empty one, is the same data; imported into itself, nothing changes.

The list of people carries these columns and no more: not the history (calls, attempts, trips, earlier decisions),
of events only the day somebody left, as a note; not what single members decided otherwise than their household, nor
where a decision comes from (reasons, the form, whose word it was); no carers, and no reasons why a child has no
escort; no household without people; an escort only by a name that is the only one in the household. Texts are
compared as any list is read: spaces and typed punctuation evened out, a street without "вул.", a telephone that
stands twice once with both notes. The list of households carries counts of people, so it comes back only to its own
register.

`ROUND_TRIPS=500` makes more registers; see CONTRIBUTING.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import Vehicle
from coordinator.domain.household import Address, Contact, Household
from coordinator.domain.names import clean
from coordinator.domain.person import Birth, Need, Person, PersonName, Relation, Sex, age_on
from coordinator.domain.phones import parse_phones
from coordinator.exchange.addresses import read_street
from coordinator.exchange.wanted import Chosen, ExportKind, Wanted
from coordinator.queries.export_content import columns_of
from coordinator.queries.fleet import vehicles
from coordinator.queries.household import load_households
from coordinator.queries.imports import load_places
from coordinator.register import create_register
from coordinator.services import fleet, gazetteer, history, imports
from coordinator.services.exports import send
from coordinator.services.writing import HouseholdDraft, MemberDraft, write_households
from coordinator.session import Session
from db import stores
from resources.i18n import speaking
from tests.conftest import PASSPHRASE

DAY = date(2023, 8, 15)
WHOLE = tuple(
    Chosen(column.key)
    for column in columns_of(ExportKind.PEOPLE)
    if column.key not in ("number", "full_name", "birth", "year", "whole_address", "street", "house", "flat", "katottg")
)
"""Every column that says something of its own."""


def words(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *texts])


NAMES = st.builds(
    PersonName,
    st.sampled_from(["", "Коваленко", "Ґудзь", "О'Браєн", "Нечуй-Левицька", "=Гук", "Де Ля Крус", "Мар’янчук"]),
    st.sampled_from(["Олена", "Марко", "Їжак", "Анна-Марія", "@Іван", "Olena", "Хуан Марія", "Дитина", ""]),
    words("Іванівна", "Львович", "-Олексіївна"),
)
BIRTHS = st.one_of(
    st.just(Birth()),
    st.builds(Birth, on=st.dates(date(1910, 1, 1), date(2023, 8, 1))),
    st.builds(Birth, year=st.integers(1910, 2023)),
    st.builds(Birth, age=st.integers(0, 99), age_on=st.just(DAY)),
    st.builds(Birth, stated_child=st.booleans()),
    st.just(Birth(raw="31.02")),
)
NOTES = words(
    "вчителька", "=1+1", "+ кіт", "- без ліфта", "рядок\nдругий; третій", "не їсть \"м'яса\"", "відмова сусідки",
    "'лапка", "зібрали речі, чекають 16.08", "@ранок", "дуже довга примітка " * 30,
)  # fmt: skip
PEOPLE = st.builds(
    MemberDraft,
    st.one_of(NAMES, st.just(PersonName())),
    st.sampled_from(list(Sex)),
    BIRTHS,
    st.sampled_from(list(Relation)),
    st.frozensets(st.sampled_from(list(Need)), max_size=3),
    words("2 група", "ходить з паличкою", "+"),
    words("паспорт", "паспорт, свідоцтво"),
    NOTES,
)


def escorted(people: list[MemberDraft]) -> tuple[MemberDraft, ...]:
    """Each child with the first of the others who has a name of their own in the household, where there is one."""
    names = [clean(one.name.full) for one in people]
    adults = [
        place for place, one in enumerate(people)
        if names[place] and names.count(names[place]) == 1 and not age_on(one.birth, DAY).is_child
    ]  # fmt: skip
    escort = adults[0] if adults else None
    return tuple(replace(one, escort=escort) if age_on(one.birth, DAY).is_child else one for one in people)


ADDRESSES = st.one_of(
    st.builds(
        Address, st.sampled_from(["Садова", "8 Березня", "пров. Тихий", "=Лісова"]),
        st.sampled_from(["1", "12А", "5/3"]),
        words("7", "12"), st.just(""), words("за школою", "+ синій паркан"),
    ),
    st.builds(lambda text: Address(text=text), words("хата за ставком (синя)", "дача № 3, друга вулиця")),
    st.sampled_from([Address("Садова"), Address("вул. Лісова", "5-А", "2"), Address("", "5"),
                     Address("", "", "", "", "за ставком")]),
)  # fmt: skip
CONTACTS = st.one_of(
    st.sampled_from([parse_phones(text) for text in (
        "", "0501112233", "067 999 88 77 (син), 050 111 22 33", "+48 601 100 200 (донька)", "8 050 111 22 33",
    )]),
    st.just((Contact("у сусідки", ""),)),
    st.just((Contact("0501112233", "+380501112233", "син"), Contact("050 1112233", "+380501112233", "донька"))),
)  # fmt: skip
HOUSEHOLDS = st.builds(
    HouseholdDraft,
    settlement_text=words("Ківшарівка", "Куп'янськ-Вузловий", "Невідоме", "=Загублене"),
    address=ADDRESSES,
    people=st.lists(PEOPLE, min_size=1, max_size=4).map(lambda people: escorted(people)),
    contacts=CONTACTS,
    decision=st.sampled_from(list(Decision)),
    wants_on=st.sampled_from([None, date(2023, 8, 16)]),
    part_stays=st.booleans(),
    pets=words("2 коти", "=кіт", "собака; миша"),
    luggage=st.sampled_from([None, 0, 3]),
    destination_wish=words("Харків", "до дочки, Полтава"),
    note=NOTES,
    requested_at=st.sampled_from([None, datetime(2023, 8, 14, 9, 30, tzinfo=UTC)]),
)
REGISTERS = st.lists(HOUSEHOLDS, min_size=1, max_size=3)
a_few = settings(
    max_examples=int(os.environ.get("ROUND_TRIPS", "12")),
    deadline=None,
    derandomize="ROUND_TRIPS" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, Session, Path]]:
    """Two registers that know the places and nobody, and a folder. Each example leaves them as it found them."""
    folder = tmp_path_factory.mktemp("round")
    with create_register(folder / "one", PASSPHRASE) as one, create_register(folder / "two", PASSPHRASE) as other:
        for session in (one, other):
            gazetteer.seed(session)
        yield one, other, folder


def filled(session: Session, drafts: list[HouseholdDraft]) -> None:
    """All households in one action, so that one undo takes them out again."""
    with session.act("add_household") as act:
        write_households(act, drafts)


def known(session: Session) -> list[Household]:
    with session.reading() as db:
        return load_households(db, [row.id for row in stores.households.all(db)])


def settled(session: Session, draft: HouseholdDraft) -> HouseholdDraft:
    """Where the gazetteer knows the place, the household is there, as the window and every list put it."""
    with session.reading() as db:
        place = load_places(db).resolve(draft.settlement_text).place
    return replace(draft, settlement_id=place.id if place else None)


def person_data(person: Person, people: tuple[Person, ...]) -> object:
    birth = person.birth
    age = age_on(birth, DAY)
    escort = next((place for place, one in enumerate(people) if one.id == person.escort_id), None)
    return (
        *map(clean, (person.name.surname, person.name.given, person.name.patronymic)), person.sex, birth.on, birth.year,
        birth.raw if birth == Birth(raw=birth.raw) else "", age.years, age.group, person.relation, person.needs,
        clean(person.needs_raw), clean(person.documents), clean(person.note), escort,
    )  # fmt: skip


def data_of(session: Session, household: Household) -> object:
    """What is known of a household, whatever it is numbered, with texts as they are read in any list."""
    with session.reading() as db:
        place = stores.settlements.get(db, household.settlement_id) if household.settlement_id else None
    phones = {one.e164 or clean(one.raw): "" for one in household.contacts}
    for one in household.contacts:
        key = one.e164 or clean(one.raw)
        phones[key] = ", ".join(filter(None, (phones[key], clean(one.note))))
    head = next((one.position for one in household.people if one.id == household.head_id), None)
    return (
        head, place.katottg if place else clean(household.settlement_text), read_street(household.address.line),
        clean(household.address.landmark), list(phones.items()),
        household.decision, household.wants_on, household.part_stays, clean(household.pets), household.luggage,
        clean(household.destination_wish), clean(household.note), household.requested_at,
        [person_data(person, household.people) for person in household.people],
    )  # fmt: skip


@a_few
@given(drafts=REGISTERS, suffix=st.sampled_from([".xlsx", ".csv"]), language=st.sampled_from(["en", "uk"]))
def test_fault_69_an_export_imported_into_an_empty_register_is_the_same_data(
    two: tuple[Session, Session, Path], drafts: list[HouseholdDraft], suffix: str, language: str
) -> None:
    one, empty, folder = two
    filled(one, [settled(one, draft) for draft in drafts])
    try:
        path = folder / f"list{suffix}"
        with speaking(language):
            send(one, Wanted(ExportKind.PEOPLE, DAY, columns=WHOLE), path)
        preview = imports.preview_import(empty, path, DAY)
        assert not preview.report.rows_rejected
        imports.apply_import(empty, preview)
        try:
            there = [data_of(empty, household) for household in known(empty)]
            assert there == [data_of(one, household) for household in known(one)]
        finally:
            history.undo(empty)
        assert known(empty) == []
    finally:
        history.undo(one)


@a_few
@given(drafts=REGISTERS, suffix=st.sampled_from([".xlsx", ".csv"]), kind=st.sampled_from(["people", "households"]))
def test_fault_69_an_export_imported_into_its_own_register_changes_nothing(
    two: tuple[Session, Session, Path], drafts: list[HouseholdDraft], suffix: str, kind: str
) -> None:
    one, _empty, folder = two
    filled(one, [settled(one, draft) for draft in drafts])
    try:
        columns = WHOLE if kind == "people" else ()
        path = folder / f"list{suffix}"
        send(one, Wanted(ExportKind(kind), DAY, columns=columns), path)
        before = known(one)
        preview = imports.preview_import(one, path, DAY)
        news = [news for entry in preview.report.entries for news in (*entry.news, *entry.kept, *entry.ours)]
        assert not news and not preview.report.writes and not preview.report.missed
        imports.apply_import(one, preview)
        assert known(one) == before
    finally:
        history.undo(one)


def test_fault_69_the_fleet_comes_back_as_it_was(two: tuple[Session, Session, Path]) -> None:
    one, empty, folder = two
    fleet.save_vehicle(
        one, Vehicle(None, "AX1234KC", "=Sprinter", 16, 1, 1, True, "B", "Група «Приклад»", driver="Ігор Приклад",
                     phone="0671112233", available_from=360, available_until=1080, note="+ генератор"),
    )  # fmt: skip
    path = send(one, Wanted(ExportKind.FLEET, DAY), folder / "fleet.xlsx").value.path
    assert not imports.preview_import(one, path).report.writes
    imports.apply_import(empty, imports.preview_import(empty, path))
    plain = [[replace(one, id=None, driver_id=None) for one in vehicles(session)] for session in (one, empty)]
    assert plain[0] == plain[1]
