"""The dashboard and the daily summary: one reading, and settlements as they were when people left."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.trip import StopResult
from coordinator.queries.counts import Dashboard, dashboard
from coordinator.queries.moving import NewTrip
from coordinator.queries.schedule import day_board
from coordinator.queries.summary import daily_summary
from coordinator.report_book import summary_totals
from coordinator.services import decisions, history, households
from coordinator.services.arrival import trip_arrived
from coordinator.services.moving import move_household
from coordinator.session import Session, change_setting
from coordinator.settings import COUNT_SINCE
from tests.builders import DAY, add_household, add_settlement, add_vehicle, on_trip, record

PETROPAVLIVKA = "Петропавлівка"


@pytest.fixture
def moved_on(centre: Session) -> str:
    """A family that left Подоли; its address was changed afterwards."""
    household = add_household(centre, people=3, children=1)
    decisions.record_departure(centre, household, EventKind.BY_US, DAY)
    households.edit_household(centre, household, settlement_id=add_settlement(centre, PETROPAVLIVKA))
    return household


def by_settlement(page: Dashboard) -> dict[str, tuple[int, int]]:
    return {row.settlement: (row.people, row.children) for row in page.by_settlement}


@pytest.mark.usefixtures("moved_on")
def test_the_past_stays_where_it_happened(centre: Session) -> None:
    assert by_settlement(dashboard(centre, DAY)) == {"Подоли": (3, 1)}
    assert [(line.settlement, line.people, line.total) for line in daily_summary(centre, DAY)] == [("Подоли", 3, 3)]


def test_settlements_add_up_to_the_total_when_somebody_left_from_two(centre: Session, moved_on: str) -> None:
    again = DAY + timedelta(days=3)
    decisions.decide(centre, moved_on, Decision.RETURNED, on=DAY + timedelta(days=1))
    decisions.record_departure(centre, moved_on, EventKind.BY_US, again)

    assert by_settlement(dashboard(centre, again)) == {PETROPAVLIVKA: (3, 1)}
    assert summary_totals(daily_summary(centre, again), again).total == 3
    assert summary_totals(daily_summary(centre, DAY), DAY).people == 3


def test_the_running_total_begins_on_the_day_that_was_set(centre: Session) -> None:
    for house, day in (("1", DAY - timedelta(days=5)), ("2", DAY)):
        household = add_household(centre, house=house)
        decisions.record_departure(centre, household, EventKind.BY_US, day)

    before = daily_summary(centre, DAY)[0].total
    change_setting(centre, COUNT_SINCE, DAY.isoformat())

    assert (before, daily_summary(centre, DAY)[0].total) == (4, 2)


def test_who_is_at_home_is_told_for_the_day_that_is_asked(centre: Session) -> None:
    """A departure of the day after takes nobody off the day before."""
    household, next_day = add_household(centre, people=3), DAY + timedelta(days=1)
    on_trip(centre, add_vehicle(centre), household)
    move_household(centre, next_day, household, NewTrip(add_vehicle(centre, "AX0002BB")), reason="no news of the first")

    decisions.record_departure(centre, household, EventKind.OTHER_ORGANISATION, next_day)

    assert [expected(centre, day) for day in (DAY, next_day)] == [3, 0]


def expected(session: Session, day: date) -> int:
    """People at the stops of the day."""
    return sum(stop.household.people for trip in day_board(session, day).trips for stop in trip.stops)


def test_an_arrival_while_the_page_is_read_does_not_split_it(centre: Session) -> None:
    """Today's arrivals and the ten days are the same people, whenever the trip arrives."""
    household = add_household(centre)
    trip_id = on_trip(centre, add_vehicle(centre), household)
    record(centre, household, StopResult.BOARDED)
    seen: set[tuple[int, int]] = set()
    reading = threading.Event()

    def read() -> None:
        while not reading.is_set():
            page = dashboard(centre, DAY)
            seen.add((page.today.arrived.value, page.ten_days.people))

    reader = threading.Thread(target=read)
    reader.start()
    for _round in range(8):
        trip_arrived(centre, trip_id)
        history.undo(centre)
    reading.set()
    reader.join()

    assert seen <= {(0, 0), (2, 2)}
