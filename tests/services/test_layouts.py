"""Layouts of a vehicle from its record to the day's trips: one for each, and what no layout takes is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.fleet import Vehicle, layouts_text, read_layouts
from coordinator.domain.person import Need
from coordinator.domain.schedule import Breach, Load
from coordinator.errors import UserError
from coordinator.queries.fleet import vehicles
from coordinator.queries.moving import NewTrip, preview_move
from coordinator.queries.schedule import day_board
from coordinator.services.fleet import layouts_of, save_vehicle
from coordinator.services.history import undo
from coordinator.services.moving import move_household
from coordinator.services.settings import set_option
from coordinator.session import Session
from coordinator.settings import LAPS
from tests.builders import DAY, add_household, on_trip


@pytest.fixture
def van(centre: Session) -> str:
    """Four seats, or two of them folded for a wheelchair."""
    record = Vehicle(None, "AX7000AA", seats=4, licence="B", driver="Водій", layouts=layouts_of("2/1"))
    return save_vehicle(centre, record).value


def test_a_trip_with_a_wheelchair_has_the_folded_seats(centre: Session, van: str) -> None:
    rolling, two = add_household(centre, people=1, needs=[Need.WHEELCHAIR]), add_household(centre, people=2)
    trip = on_trip(centre, van, rolling, two)
    (line,) = day_board(centre, DAY).trips
    assert (line.capacity.seats, line.capacity.wheelchair) == (2, 1) and not line.breaches
    third = add_household(centre, people=1)
    assert [one.breach for one in preview_move(centre, DAY, third, trip).breaches] == [Breach.SEATS]
    with pytest.raises(UserError, match=r"plan\.breach"):
        move_household(centre, DAY, third, trip)


def test_layouts_are_changed_and_come_back_by_undo(centre: Session, van: str) -> None:
    (before,) = vehicles(centre)
    save_vehicle(centre, Vehicle(**{**_fields(before), "layouts": layouts_of("3/1/0; 0/0/1"), "space": 6}))
    (after,) = vehicles(centre)
    assert layouts_text(after.layouts) == "3/1/0; 0/0/1" and after.capacity.space == 6
    undo(centre)
    assert vehicles(centre) == [before]


def test_a_lying_person_alone_takes_a_seat_for_the_carer(centre: Session) -> None:
    save_vehicle(centre, Vehicle(None, "AX7001AA", seats=0, stretcher=1, driver="Водій"))
    (ambulance,) = vehicles(centre)
    lying = add_household(centre, people=1, needs=[Need.STRETCHER])
    found = preview_move(centre, DAY, lying, NewTrip(ambulance.id or "")).breaches
    assert [one.breach for one in found] == [Breach.SEATS]


def test_luggage_and_animals_fill_a_vehicle(centre: Session) -> None:
    save_vehicle(centre, Vehicle(None, "AX7002AA", seats=8, space=1, driver="Водій"))
    (car,) = vehicles(centre)
    family = add_household(centre, people=2)
    (found,) = preview_move(centre, DAY, family, NewTrip(car.id or "")).breaches
    assert (found.breach, found.facts["taken"], found.facts["places"]) == (Breach.SPACE, 2, 1)


def test_infants_sit_on_a_lap_where_the_centre_says_so(centre: Session) -> None:
    family = add_household(centre, people=2, children=1)
    on_trip(centre, save_vehicle(centre, Vehicle(None, "AX7003AA", seats=8, driver="Водій")).value, family)
    assert day_board(centre, DAY).trips[0].load.seats == 2
    set_option(centre, LAPS.key, "yes")
    assert day_board(centre, DAY).trips[0].load.seats == 2, "a child of ten has a seat"


def test_text_that_names_no_layouts_is_refused(centre: Session) -> None:
    for text in ("5+", "many", "5/1/0/2", "-1/2"):
        with pytest.raises(UserError, match=r"vehicle\.layouts"):
            layouts_of(text)
    with pytest.raises(UserError, match=r"vehicle\.places"):
        save_vehicle(centre, Vehicle(None, "AX7004AA", seats=8, layouts=layouts_of("500")))


@given(st.lists(st.builds(Load, st.integers(0, 120), st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_layouts_read_back_as_they_are_written(layouts: list[Load]) -> None:
    assert read_layouts(layouts_text(layouts)) == tuple(layouts)


def _fields(vehicle: Vehicle) -> dict[str, object]:
    return {name: getattr(vehicle, name) for name in Vehicle.__slots__}
