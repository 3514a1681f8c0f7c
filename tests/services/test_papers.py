"""What stands on the day's papers, and how their versions follow the register."""

from __future__ import annotations

from dataclasses import fields

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.household import Contact
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.schedule import Load, Window
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.paper_content import ChildEscort, PickupList
from coordinator.queries.moving import NewTrip
from coordinator.queries.papers import call_list, pickup_lists
from coordinator.queries.schedule import day_board
from coordinator.queries.state_paper import state_paper
from coordinator.services import households
from coordinator.services.moving import move_household
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_pickup_lists, log_print
from coordinator.services.results import record_stop
from coordinator.services.writing import MemberDraft
from coordinator.session import Session, change_setting
from coordinator.settings import COORDINATOR_PHONE
from db import stores
from resources import i18n
from tests.builders import (
    DAY,
    add_curfew,
    add_household,
    add_vehicle,
    decide,
    number_of,
    person_ids,
    stop_of,
)


@pytest.fixture
def vehicle(centre: Session) -> str:
    return add_vehicle(centre, "AX0001AA", 8, 1, 1)


def listed(session: Session, vehicle: str, *household_ids: str) -> PickupList:
    """The list of one new trip with these households."""
    trip_id = None
    for household_id in household_ids:
        trip_id = move_household(session, DAY, household_id, trip_id or NewTrip(vehicle)).value
    (paper,) = pickup_lists(session, DAY, [trip_id or ""])
    return paper


def test_a_pickup_list_says_what_the_driver_needs(centre: Session, vehicle: str) -> None:
    change_setting(centre, COORDINATOR_PHONE, "057 700 00 00")
    add_curfew(centre, "Куп'янська", 18 * 60, 6 * 60)
    household = add_household(centre, people=4, children=2, phone="050 123-45-67 (сусідка)", needs=(Need.WHEELCHAIR,))
    households.edit_household(centre, household, landmark="синя хвіртка", pets="кіт", luggage=5)

    paper = listed(centre, vehicle, household)

    (stop,) = paper.stops
    planned = stop_of(centre, household)
    assert (paper.number, paper.version, paper.vehicle) == ("2023-08-15/1", 1, "AX0001AA")
    assert (paper.driver, paper.driver_phone) == ("Водій AX0001AA", "050 700 00 01")
    assert (paper.destination, paper.coordinator_phone) == ("Транзитний центр", "057 700 00 00")
    assert paper.must_be_out_by == 18 * 60 and paper.departure is not None and paper.back_at is not None
    assert stop.window == Window(planned.arrive, planned.leave)
    assert (stop.settlement, stop.hromada, stop.street_line) == ("Подоли", "Куп'янська", "вул. Садова, 1")
    assert (stop.contact_name, stop.phones) == ("Коваль Олена", ("050 123 45 67 (сусідка)",))
    assert (stop.people, stop.adults, stop.children) == (4, 2, 2)
    assert Load(stop.walking, stop.wheelchair, stop.stretcher) == Load(3, 1)
    assert (stop.landmark, stop.pets, stop.luggage, stop.needs) == ("синя хвіртка", "кіт", 5, (Need.WHEELCHAIR,))


def test_it_carries_no_notes_of_the_register_and_no_diagnosis(centre: Session, vehicle: str) -> None:
    household = add_household(centre, note="діабет; їдуть до сестри в Полтаву", needs=(Need.DISABILITY,))
    households.edit_household(centre, household, destination_wish="Полтава, вул. Миру 5")

    paper = listed(centre, vehicle, household)

    text = repr(paper)
    assert paper.stops[0].needs == ()
    assert all(word not in text for word in ("діабет", "Полтав", "disability", "2013", "1983"))
    assert not {"birth", "documents", "destination_wish"} & {field.name for field in fields(paper.stops[0])}


class TestEscorts:
    def test_an_adult_of_the_household_is_offered(self, centre: Session, vehicle: str) -> None:
        paper = listed(centre, vehicle, add_household(centre, people=3, children=1))

        assert paper.stops[0].escorts == (ChildEscort("Коваль Софія", "Коваль Олена"),)
        assert paper.totals.children_alone == 0

    def test_a_named_escort_of_another_household_on_board(self, centre: Session, vehicle: str) -> None:
        aunt, child = add_household(centre, surname="Гай", people=1), add_household(centre, people=1, children=1)
        (aunt_id,), (child_id,) = person_ids(centre, aunt), person_ids(centre, child)
        households.set_escort(centre, child_id, aunt_id, "тітка")

        together = listed(centre, vehicle, child, aunt)

        assert together.stops[0].escorts == (ChildEscort("Коваль Олена", "Гай Олена (тітка)"),)

    def test_an_escort_who_is_not_on_board_does_not_count(self, centre: Session, vehicle: str) -> None:
        aunt, child = add_household(centre, surname="Гай", people=1), add_household(centre, people=1, children=1)
        (aunt_id,), (child_id,) = person_ids(centre, aunt), person_ids(centre, child)
        households.set_escort(centre, child_id, aunt_id, "тітка")

        assert listed(centre, vehicle, child).stops[0].escorts == (ChildEscort("Коваль Олена", None),)

    def test_a_child_alone_is_listed_with_the_reason(self, centre: Session, vehicle: str) -> None:
        child = add_household(centre, people=1, children=1)
        households.set_escort(centre, person_ids(centre, child)[0], None, reason="мати чекає в Харкові")

        paper = listed(centre, vehicle, child)

        assert paper.stops[0].escorts == (ChildEscort("Коваль Олена", None, "мати чекає в Харкові"),)
        assert paper.totals.children_alone == 1

    def test_an_adult_without_a_name_is_an_escort_all_the_same(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre, people=1)
        member = MemberDraft(PersonName(), birth=Birth(stated_child=False))
        households.edit_person(centre, person_ids(centre, household)[0], member)
        child = MemberDraft(PersonName(), birth=Birth(stated_child=True), relation=Relation.CHILD)
        households.add_person(centre, household, child)

        assert listed(centre, vehicle, household).stops[0].escorts == (ChildEscort("", ""),)


class TestVersions:
    def test_the_same_content_keeps_its_version_and_a_change_gets_the_next(self, centre: Session, vehicle: str) -> None:
        household = add_household(centre)
        listed(centre, vehicle, household)

        def printed() -> list[int]:
            return [paper.version for paper in issue_pickup_lists(centre, DAY).value]

        assert (printed(), printed()) == ([1], [1])
        households.set_contacts(centre, household, [Contact("050 000 00 01", "+380500000001")])
        assert [trip.changed for trip in day_board(centre, DAY).trips] == [True]
        assert (printed(), printed()) == ([2], [2])
        (trip,) = day_board(centre, DAY).trips
        assert (trip.version, trip.changed) == (2, False)

    def test_the_language_is_no_change(self, centre: Session, vehicle: str) -> None:
        listed(centre, vehicle, add_household(centre, people=3, children=1, needs=(Need.STRETCHER,)))
        issue_pickup_lists(centre, DAY)

        i18n.set_language("uk")

        assert [trip.changed for trip in day_board(centre, DAY).trips] == [False]

    def test_results_are_no_change(self, centre: Session, vehicle: str) -> None:
        a, b, c = (add_household(centre) for _one in range(3))
        listed(centre, vehicle, a, b, c)
        issue_pickup_lists(centre, DAY)

        for household, result in ((a, StopResult.BOARDED), (b, StopResult.NOT_HOME), (c, StopResult.REFUSED)):
            record_stop(centre, stop_of(centre, household).id, result, note="записка")

        assert [trip.changed for trip in day_board(centre, DAY).trips] == [False]

    def test_each_print_is_logged_with_people_and_target(self, centre: Session, vehicle: str) -> None:
        listed(centre, vehicle, add_household(centre, people=3))

        issue_pickup_lists(centre, DAY, target="lists.pdf")

        with centre.reading() as db:
            (row,) = stores.printed.all(db)
        assert (row.kind, row.work_on, row.people, row.target, row.version) == ("pickup-list", DAY, 3, "lists.pdf", 1)

    def test_other_papers_are_logged_too(self, centre: Session) -> None:
        add_household(centre)
        first = log_print(centre, "everything", state_paper(centre, DAY), day=DAY).value
        again = log_print(centre, "everything", state_paper(centre, DAY), day=DAY).value
        add_household(centre, surname="Гай")
        changed = log_print(centre, "everything", state_paper(centre, DAY), day=DAY).value

        assert (first, again, changed) == (1, 1, 2)


def test_what_a_driver_found_at_the_door_is_told_to_the_next(centre: Session, vehicle: str) -> None:
    household = add_household(centre)
    listed(centre, vehicle, household)
    record_stop(centre, stop_of(centre, household).id, StopResult.NOT_HOME, note="стукати у вікно")
    tomorrow = DAY.replace(day=16)

    move_household(centre, tomorrow, household, NewTrip(vehicle))

    (paper,) = pickup_lists(centre, tomorrow)
    assert paper.stops[0].note == "15.08: стукати у вікно"


def test_the_call_list_has_those_on_trips_by_street_and_the_others_at_the_end(centre: Session, vehicle: str) -> None:
    second = add_household(centre, street="вул. Яблунева", phone="050 123 45 67")
    first = add_household(centre, street="вул. Абрикосова")
    no, left = add_household(centre, street="вул. Вишнева"), add_household(centre, street="вул. Акацієва")
    listed(centre, vehicle, second, first, no)
    set_notice(centre, no, DAY, CallOutcome.SAID_NO)

    rows = call_list(centre, DAY).rows

    assert [row.household_number for row in rows] == [number_of(centre, one) for one in (first, second, left)]
    stop = stop_of(centre, second)
    assert rows[1].pickup == Window(stop.arrive, stop.leave) and rows[2].pickup is None
    assert rows[1].phones == ("050 123 45 67",)


def test_the_whole_state_goes_by_settlement_street_and_house(centre: Session) -> None:
    add_household(centre, house="10")
    add_household(centre, house="2", people=4, children=1)
    gone = add_household(centre, street="вул. Їжакевича", house="5")
    add_household(centre, settlement="Невідоме", street="", house="")
    decide(centre, gone, Decision.LEFT_THEMSELVES)
    add_vehicle(centre)

    paper = state_paper(centre, DAY)

    places = [(one.name, [street.name for street in one.streets]) for one in paper.settlements]
    assert places == [("Невідоме", [""]), ("Подоли", ["вул. Їжакевича", "вул. Садова"])]
    assert [one.address for one in paper.settlements[1].streets[1].households] == ["2", "10"]
    assert [(one.people, one.children) for one in paper.households if one.address == "2"] == [(4, 1)]
    assert sorted(one.decision for one in paper.households) == ["left_themselves", "packed", "packed", "packed"]
    assert [vehicle.plate for vehicle in paper.vehicles] == ["AX0001AA"]
