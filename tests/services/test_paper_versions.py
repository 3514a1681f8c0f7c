"""A paper as a versioned thing: what each version said is kept, what differs is known, and who was removed is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.events import EventKind
from coordinator.domain.household import Contact
from coordinator.domain.person import Need
from coordinator.domain.schedule import Window
from coordinator.domain.trip import TripStatus
from coordinator.errors import UserError
from coordinator.paper_changes import Kind, What, changes_between
from coordinator.paper_content import ChildEscort, PaperStop, PickupList
from coordinator.paper_keeping import kept, kept_list
from coordinator.queries.confirmations import Standing, check_confirmation
from coordinator.queries.paper_differences import list_differences
from coordinator.queries.papers import issued_list, pickup_lists
from coordinator.queries.results_blank import results_blank
from coordinator.queries.retention import preview
from coordinator.queries.schedule import day_board
from coordinator.register import create_register
from coordinator.services import households, retention
from coordinator.services.confirmations import issue_confirmation
from coordinator.services.decisions import record_departure
from coordinator.services.differences import issue_differences
from coordinator.services.moving import move_household, remove_trip
from coordinator.services.papers import issue_pickup_lists
from coordinator.session import Session
from db import stores
from db.rows import PrintedRow
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, number_of, on_trip
from tests.conftest import PASSPHRASE
from tests.decrypted import decrypted


@pytest.fixture
def vehicle(centre: Session) -> str:
    return add_vehicle(centre, "AX0001AA")


def printed(session: Session) -> list[PrintedRow]:
    with session.reading() as db:
        return sorted(stores.printed.all(db), key=lambda row: row.id)


STOPS = st.builds(
    PaperStop,
    order=st.integers(1, 9),
    household_number=st.integers(1, 9),
    settlement=st.sampled_from(["Подоли", "Ґ'є їʼ", ""]),
    window=st.none() | st.builds(Window, st.integers(0, 700), st.integers(701, 1500)),
    phones=st.lists(st.sampled_from(["050 123 45 67", "дід"]), max_size=2).map(tuple),
    needs=st.lists(st.sampled_from(list(Need)), max_size=3).map(tuple),
    escorts=st.lists(st.builds(ChildEscort, st.text(max_size=3), st.none() | st.text(max_size=3)), max_size=2).map(
        tuple
    ),
    luggage=st.none() | st.integers(0, 9),
    part_stays=st.booleans(),
)
LISTS = st.builds(
    PickupList,
    number=st.just("2023-08-15/1"),
    version=st.integers(1, 9),
    day=st.just(DAY),
    printed_at=st.just(datetime(2023, 8, 14, 15, 22, 1, 7, tzinfo=UTC)),
    stops=st.lists(STOPS, max_size=5, unique_by=lambda stop: stop.household_number).map(tuple),
    departure=st.none() | st.integers(0, 1500),
    void=st.booleans(),
)


@given(LISTS)
def test_what_is_kept_is_what_the_paper_said(paper: PickupList) -> None:
    assert kept_list(kept(paper)) == paper


@given(LISTS, LISTS)
def test_every_household_of_both_versions_is_spoken_of_or_unchanged(old: PickupList, new: PickupList) -> None:
    new = replace(new, void=False)
    changes = changes_between(old, new)
    before, after = ({stop.household_number for stop in paper.stops} for paper in (old, new))
    assert {change.number for change in changes.of(Kind.NEW)} == after - before
    assert {change.number for change in changes.of(Kind.REMOVED)} == before - after
    assert {change.number for change in changes.of(Kind.CHANGED)} <= before & after
    assert not changes_between(new, new)


def test_a_version_is_kept_once_and_copies_are_numbered_on(centre: Session, vehicle: str) -> None:
    on_trip(centre, vehicle, add_household(centre, people=3))
    (draft,) = pickup_lists(centre, DAY)
    assert (draft.draft, draft.version) == (True, 1)

    (issued,) = issue_pickup_lists(centre, DAY, copies=("", "міст")).value
    issue_pickup_lists(centre, DAY)

    first, again = printed(centre)
    assert kept_list(first.content) == replace(issued, copies=("",))
    assert again.content is None
    assert (first.copies, first.about) == (2, {"first_copy": 1, "copies": [{"to": ""}, {"to": "міст"}]})
    assert (again.copies, again.about["first_copy"], again.version) == (1, 3, 1)
    (now,) = pickup_lists(centre, DAY)
    assert (now.draft, now.first_copy) == (False, 4)


def test_fault_73_a_list_printed_and_then_changed_says_what_changed(centre: Session, vehicle: str) -> None:
    stays, leaves, comes = (add_household(centre, name) for name in ("Гай", "Коваль", "Мороз"))
    trip = on_trip(centre, vehicle, stays, leaves)
    other = on_trip(centre, add_vehicle(centre, "AX0002AA"), add_household(centre, "Ткач"))
    issue_pickup_lists(centre, DAY)
    assert day_board(centre, DAY).printed_before_change == ()

    move_household(centre, DAY, leaves, None)
    move_household(centre, DAY, comes, trip)
    households.set_contacts(centre, stays, [Contact("050 000 00 01", "+380500000001")])

    (changed,) = day_board(centre, DAY).printed_before_change
    assert changed.trip_id == trip and changed.version == 1
    paper = issued_list(centre, trip)
    assert paper is not None
    assert [stop.household_number for stop in paper.stops] == [number_of(centre, one) for one in (stays, leaves)]
    assert changed.changes is not None
    found = {change.kind: change for change in changed.changes.stops}
    assert found[Kind.NEW].number == number_of(centre, comes)
    assert found[Kind.REMOVED].number == number_of(centre, leaves)
    assert found[Kind.CHANGED].number == number_of(centre, stays) and What.PHONES in found[Kind.CHANGED].what
    assert [one.trip_id for one in list_differences(centre, DAY, [trip, other])] == [trip]


def test_the_results_sheet_goes_by_the_printed_list(centre: Session, vehicle: str) -> None:
    first, second, third = (add_household(centre, name) for name in ("Гай", "Коваль", "Мороз"))
    trip = on_trip(centre, vehicle, first, second)
    issue_pickup_lists(centre, DAY)
    move_household(centre, DAY, first, None)
    for one in (third, first):
        move_household(centre, DAY, one, trip)

    rows = [(row.stop, row.household) for row in results_blank(centre, DAY) if row.household]

    assert rows == [(n, number_of(centre, one)) for n, one in ((1, first), (2, second), (3, third))]


def test_the_sheet_of_changes_issues_the_next_version(centre: Session, vehicle: str) -> None:
    first = add_household(centre, "Гай")
    trip = on_trip(centre, vehicle, first)
    issue_pickup_lists(centre, DAY)
    move_household(centre, DAY, add_household(centre, "Мороз"), trip)
    drawn = list_differences(centre, DAY)

    issue_differences(centre, DAY, drawn, "changes.pdf")

    (board,) = day_board(centre, DAY).trips
    assert (board.version, board.changed) == (2, False)
    assert printed(centre)[-1].about["difference_from"] == 1
    (later,) = list_differences(centre, DAY)
    assert not later.new.draft and len(later.changes.of(Kind.NEW)) == 1
    issue_differences(centre, DAY, drawn, "again.pdf")
    assert [(row.kind, row.version) for row in printed(centre)][1:] == [("pickup-list", 2), ("difference", 2)]
    households.edit_household(centre, first, landmark="синя хвіртка")
    with pytest.raises(UserError) as told:
        issue_differences(centre, DAY, drawn)
    assert told.value.code == "print.changed_meanwhile"


def test_a_trip_that_was_given_up_makes_its_paper_void(centre: Session, vehicle: str) -> None:
    trip = on_trip(centre, vehicle, add_household(centre))
    issue_pickup_lists(centre, DAY)
    remove_trip(centre, trip)
    (void,) = list_differences(centre, DAY)
    assert void.changes.void and day_board(centre, DAY).trips[0].status is TripStatus.CANCELLED

    issue_differences(centre, DAY, [void])

    assert day_board(centre, DAY).printed_before_change == ()
    assert [one.changes.void for one in list_differences(centre, DAY)] == [True]


def test_who_was_removed_is_gone_from_what_papers_said(tmp_path: Path) -> None:
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: datetime(2023, 10, 20, tzinfo=UTC)) as session:
        add_hubs(session)
        add_settlement(session, "Подоли")
        gone = add_household(session, "Немирович", phone="067 123 45 09", street="вул. Джерельна", children=1)
        stays = add_household(session, "Гай", street="вул. Садова")
        trip = on_trip(session, add_vehicle(session), gone, stays)
        issue_pickup_lists(session, DAY, copies=("", "для Немирович"))
        households.edit_household(session, stays, landmark="синя хвіртка")
        issue_pickup_lists(session, DAY)
        record_departure(session, gone, EventKind.BY_US, DAY)
        confirmed = issue_confirmation(session, gone).value
        retention.set_term(session, 30, names=True)

        assert retention.anonymise(session, preview(session).ids).value.overwritten

        content = decrypted(session.folder, session.keyring.key).decode("utf-8", "ignore")
        for secret in ("Немирович", "Джерельна", "123 45 09"):
            assert secret not in content
        for row in printed(session):
            lost, kept_on = sorted(kept_list(row.content).stops, key=lambda stop: stop.contact_name)
            assert (lost.names, lost.phones, lost.people) == ((), (), 2)
            assert kept_on.contact_name == "Гай Олена"
        checked = check_confirmation(session, confirmed.number, confirmed.code)
        assert checked.standing is Standing.VALID and checked.line is not None
        assert (checked.line.paper.people, checked.line.paper.count, checked.line.paper.address) == ((), 2, "")
        assert trip
