"""Possible duplicates: shown side by side, made one without losing anything, or remembered as two."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.household import Address, Household
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth, Need, Relation
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.queries import duplicates as queries
from coordinator.queries.household import household_card, load_households
from coordinator.services import decisions, duplicates, history, households
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from db.ids import new_id
from db.rows import PairRow, PassengerRow, StopRow, TripRow, VehicleRow

PHONE = "050 111 22 33"
DAY = date(2023, 8, 15)
UNKNOWN = Birth()


def member(name: str, birth: Birth = UNKNOWN, *needs: Need, relation: Relation = Relation.UNKNOWN) -> MemberDraft:
    return MemberDraft(split_name(name), birth=birth, needs=frozenset(needs), relation=relation)


def add(session: Session, *people: MemberDraft, phone: str = PHONE, **said: object) -> str:
    draft = HouseholdDraft(people=people, contacts=parse_phones(phone), **said)  # type: ignore[arg-type]
    return households.add_household(session, draft).value


def pair(session: Session, first: str, second: str, state: str = "open") -> str:
    row = PairRow(new_id(), first, second, ["phone"], state)
    with session.act("propose_pairs") as act:
        stores.pairs.add(act.db, [row])
    return row.id


def merged(session: Session, first: str, second: str) -> Household:
    duplicates.same(session, pair(session, first, second))
    return household_card(session, first).household


def everything(session: Session) -> list[list[tuple[object, ...]]]:
    """All that an undo has to bring back."""
    kept = (stores.households, stores.people, stores.needs, stores.contacts, stores.decisions, stores.events)
    with session.reading() as db:
        rows = [store.all(db) for store in (*kept, stores.stops, stores.passengers, stores.pairs)]  # type: ignore[attr-defined]
    return [sorted(table, key=str) for table in rows]


def test_the_queue_shows_both_in_full(session: Session) -> None:
    first, second = add(session, member("Коваленко Олена")), add(session, member("Олена"))
    pair_id = pair(session, first, second)
    (view,) = queries.open_pairs(session)
    assert (view.id, view.reasons) == (pair_id, ("phone",))
    assert (view.first.household.id, view.second.household.id) == (first, second)


def test_people_unite_and_the_more_precise_stays(session: Session) -> None:
    known = member("Коваленко О.І.", Birth(year=1980), Need.STEPS)
    first = add(session, known, member("Коваленко Марко", Birth(year=2012)), settlement_text="Подоли")
    newer = member("Коваленко Олена Іванівна", Birth(on=date(1980, 5, 1)), Need.WHEELCHAIR, relation=Relation.HEAD)
    second = add(
        session, newer, member("Коваленко Петро"), phone="0501112233, 0679998877", address=Address("Садова", "12"),
        note="кличуть бабусю", pets="кіт",
    )  # fmt: skip
    one = merged(session, first, second)
    names = [person.name.full for person in one.people]
    assert names == ["Коваленко Олена Іванівна", "Коваленко Марко", "Коваленко Петро"]
    assert one.people[0].birth.on == date(1980, 5, 1) and one.people[0].needs == {Need.STEPS, Need.WHEELCHAIR}
    assert [contact.e164 for contact in one.contacts] == ["+380501112233", "+380679998877"]
    assert (one.address.house, one.note, one.pets, one.settlement_text) == ("12", "кличуть бабусю", "кіт", "Подоли")
    assert [person.relation for person in one.people].count(Relation.HEAD) == 1
    with session.reading() as db:
        row = stores.households.get(db, second)
    assert row is not None and row.merged_into == first
    assert queries.find_known_phone(session, "+38 (067) 999-88-77")[0].id == first


CHILD, ADULT = Birth(stated_child=True), Birth(stated_child=False)


@pytest.mark.parametrize(
    ("listed", "counted", "people"),
    [
        (["Коваленко Олена", "Коваленко Марко"], [ADULT], 2),
        (["Коваленко Олена", "Коваленко Марко"], [CHILD], 2),
        (["Коваленко Олена"], [ADULT, CHILD, CHILD], 4),
        ([""], [ADULT, CHILD], 3),
    ],
)
def test_a_count_does_not_double_those_who_are_named(
    session: Session, listed: list[str], counted: list[Birth], people: int
) -> None:
    births = [Birth(year=1980), Birth(year=2012)] if counted == [CHILD] else [Birth(), Birth()]
    first = add(session, *(member(name, birth) for name, birth in zip(listed, births, strict=False)))
    second = add(session, member("Олена"), *(member("", birth) for birth in counted))
    assert len(merged(session, first, second).people) == people


def test_one_undo_takes_it_apart_again(session: Session) -> None:
    first = add(session, member("Коваленко Олена"), decision=Decision.UNDECIDED)
    second = add(session, member("Олена"), member("", CHILD), phone="0501112233, 0679998877", decision=Decision.PACKED)
    third = add(session, member("Гук Семен"))
    pair(session, second, third)
    pair_id = pair(session, first, second)
    decisions.record_departure(session, second, EventKind.BY_US, DAY)
    before = everything(session)
    duplicates.same(session, pair_id)
    assert household_card(session, first).household.decision is Decision.EVACUATED
    history.undo(session)
    assert everything(session) == before


@pytest.mark.parametrize(
    ("earlier", "later", "stays"),
    [
        (Decision.REFUSED, Decision.PACKED, Decision.PACKED),
        (Decision.PACKED, Decision.UNDECIDED, Decision.UNDECIDED),
        (Decision.PACKED, Decision.NOT_ASKED, Decision.PACKED),
        (Decision.LEFT_THEMSELVES, Decision.WANTS_PICKUP, Decision.LEFT_THEMSELVES),
        (Decision.LEFT_THEMSELVES, Decision.RETURNED, Decision.RETURNED),
    ],
)
def test_the_later_word_stands_and_who_is_gone_is_gone(
    session: Session, earlier: Decision, later: Decision, stays: Decision
) -> None:
    first = add(session, member("Коваленко Олена"), decision=earlier)
    second = add(session, member("Олена"), decision=later)
    merged(session, first, second)
    card = household_card(session, first)
    assert card.household.decision is stays
    assert len(card.decisions) == 2 - (later is Decision.NOT_ASKED)


def test_who_decided_alone_does_so_afterwards(session: Session) -> None:
    first = add(session, member("Коваленко Олена"), member("Коваленко Петро"), decision=Decision.REFUSED)
    second = add(session, member("Коваленко Олена"), member("Коваленко Петро Ілліч"), decision=Decision.REFUSED)
    for home, word in ((second, Decision.UNDECIDED), (first, Decision.PREPARING), (second, Decision.WANTS_PICKUP)):
        decisions.decide_person(session, household_card(session, home).household.people[1].id, Said(word, DAY))
    petro = merged(session, first, second).people[1]
    assert (petro.decision, petro.wants_on) == (Decision.WANTS_PICKUP, DAY)


def test_father_and_son_of_one_name_stay_two(session: Session) -> None:
    name = "Коваленко Іван Іванович"
    first, second = add(session, member(name, Birth(year=1950))), add(session, member(name, Birth(year=1982)))
    assert [person.birth.year for person in merged(session, first, second).people] == [1950, 1982]


def test_a_flat_is_no_flat_of_another_street(session: Session) -> None:
    first = add(session, member("Коваленко Олена"), address=Address("вул. Садова", "5"))
    elsewhere = add(session, member("Коваленко Олена"), address=Address("вул. Миру", "5", "12"))
    there = add(session, member("Коваленко Олена"), address=Address("Садова", "5", "3"))
    assert merged(session, first, elsewhere).address.flat == ""
    assert merged(session, first, there).address.flat == "3"


def test_an_escort_comes_with_its_own_basis(session: Session) -> None:
    mother, son, neighbour = (member(f"Коваленко {name}") for name in ("Олена", "Марко", "Ніна"))
    first, second = add(session, mother, son), add(session, mother, son, neighbour)
    ours, theirs = (household_card(session, home).household.people for home in (first, second))
    with session.act("edit_person") as act:
        stores.people.change(act.db, ours[1].id, escort_id=ours[0].id)
        stores.people.change(act.db, theirs[1].id, escort_id=theirs[2].id, escort_basis="опіка")
    marko = merged(session, first, second).people[1]
    assert (marko.escort_id, marko.escort_basis) == (ours[0].id, "")


def test_the_same_departure_recorded_twice_counts_once(session: Session) -> None:
    first, second = add(session, member("Коваленко Олена")), add(session, member("Коваленко Олена Іванівна"))
    for household_id in (first, second):
        decisions.record_departure(session, household_id, EventKind.BY_US, DAY)
    one = merged(session, first, second)
    events = household_card(session, first).events
    assert {event.person_id for event in events} == {one.people[0].id}
    assert sorted(event.voided for event in events) == [False, True]


def stop(session: Session, household_id: str, number: int, result: str = "open") -> str:
    """A trip of one stop on the day, with everybody of the household aboard where it has boarded."""
    vehicle, trip, row_id = VehicleRow(new_id(), f"AX{number}"), new_id(), new_id()
    with session.act("save_plan") as act:
        stores.vehicles.add(act.db, [vehicle])
        stores.trips.add(act.db, [TripRow(trip, DAY, number, vehicle.id)])
        stores.stops.add(act.db, [StopRow(row_id, trip, DAY, 1, household_id, 500, 510, result)])
        if result == "boarded":
            people = stores.people.where(act.db, household_id=household_id)
            seats = [PassengerRow(new_id(), trip, row_id, person.id, household_id) for person in people]
            stores.passengers.add(act.db, seats)
    return row_id


@pytest.mark.parametrize(
    ("older", "newer", "freed"), [("open", "open", 1), ("open", "boarded", 0), ("boarded", "open", 1)]
)
def test_two_trips_of_one_day_become_one(session: Session, older: str, newer: str, freed: int) -> None:
    first, second = add(session, member("Коваленко Олена")), add(session, member("Олена"))
    stops = [stop(session, first, 1, older), stop(session, second, 2, newer)]
    one = merged(session, first, second)
    with session.reading() as db:
        rows = {row.id: row for row in stores.stops.all(db)}
        seats = stores.passengers.all(db)
    assert {row.household_id for row in rows.values()} == {first}
    assert [rows[row_id].freed for row_id in stops] == [freed == 0, freed == 1]
    assert {seat.person_id for seat in seats} <= {one.people[0].id}


def test_answers_about_the_merged_household_move_with_it(session: Session) -> None:
    first, second, third = (add(session, member(name)) for name in ("Коваленко Олена", "Олена", "Гук Олена"))
    pair(session, first, third)
    pair(session, second, third, "different")
    merged(session, first, second)
    with session.reading() as db:
        states = {(row.first_id, row.second_id): row.state for row in stores.pairs.all(db)}
    assert states == {(first, third): "different", (first, second): "same"}
    assert not queries.open_pairs(session)


def test_not_the_same_is_remembered(session: Session) -> None:
    place = {"settlement_text": "Подоли", "address": Address("Садова", "12")}
    first = add(session, member("Коваленко Олена"), **place)
    second = add(session, member("Коваленко Олена"), **place)
    assert duplicates.record_candidates(session, second).value == 1
    assert duplicates.record_candidates(session, second).value == 0
    (view,) = queries.open_pairs(session)
    duplicates.different(session, view.id)
    assert not queries.open_pairs(session) and not queries.candidates_for(session, second)
    with session.reading() as db:
        assert len(load_households(db, [first, second])) == 2
    with pytest.raises(UserError, match=r"pair\.decided"):
        duplicates.same(session, view.id)


def test_a_pair_that_is_no_more_is_told(session: Session) -> None:
    with pytest.raises(UserError, match=r"pair\.gone"):
        duplicates.same(session, "nothing")


def test_a_known_number_opens_its_household(session: Session) -> None:
    household_id = add(session, member("Коваленко Олена"))
    for typed in ("0501112233", "+38 050 111-22-33", "8 050 111 22 33"):
        assert [one.id for one in queries.find_known_phone(session, typed)] == [household_id]
    assert not queries.find_known_phone(session, "0631112233") and not queries.find_known_phone(session, "сусід")
