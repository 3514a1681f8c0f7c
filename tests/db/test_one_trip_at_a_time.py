"""Fault 77: the database itself refuses one vehicle or one driver in two trips at once, whatever code writes them."""

from __future__ import annotations

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from coordinator.session import Session
from db import stores
from db.errors import Clash
from db.ids import new_id
from db.rows import DriverRow, HouseholdRow, StopRow, TripRow, VehicleRow
from tests.builders import DAY

DRIVER, OTHER = "d1", "d2"
VAN, BUS = "v1", "v2"


@pytest.fixture
def fleet(session: Session) -> Session:
    with session.act("seed") as act:
        stores.drivers.add(act.db, [DriverRow(DRIVER, "Перший"), DriverRow(OTHER, "Другий")])
        stores.households.add(act.db, [HouseholdRow(f"h{number}", number) for number in range(9)])
        stores.vehicles.add(act.db, [VehicleRow(VAN, "AX0001AA", seats=8), VehicleRow(BUS, "AX0002AA", seats=20)])
    return session


def trip(number: int, vehicle: str, driver: str | None, depart: int, back: int, status: str = "planned") -> TripRow:
    return TripRow(new_id(), DAY, number, vehicle, driver, depart=depart, back=back, status=status)


def add(session: Session, *trips: TripRow) -> None:
    with session.act("seed") as act:
        stores.trips.add(act.db, trips)
        stores.stops.add(act.db, [StopRow(new_id(), one.id, DAY, 1, f"h{one.number}", 0, 0) for one in trips])


@pytest.mark.parametrize(("vehicle", "driver"), [(VAN, None), (VAN, OTHER), (BUS, DRIVER)])
def test_fault_77_two_at_once_are_refused_and_nothing_is_written(fleet: Session, vehicle: str, driver: str) -> None:
    add(fleet, trip(1, VAN, DRIVER, 420, 700))
    with pytest.raises(Clash, match=r"trip\.two_at_once"):
        add(fleet, trip(2, vehicle, driver, 699, 900), trip(3, BUS, None, 1000, 1100))
    with fleet.reading() as db:
        assert [row.number for row in stores.trips.all(db)] == [1]


def test_fault_77_one_household_on_two_trips_is_refused_until_one_lets_it_go(fleet: Session) -> None:
    first, second = trip(1, VAN, DRIVER, 420, 700), trip(2, BUS, OTHER, 800, 900)
    add(fleet, first, second)
    again = StopRow(new_id(), second.id, DAY, 2, "h1", 0, 0)
    with pytest.raises(IntegrityError), fleet.act("seed") as act:
        stores.stops.add(act.db, [again])
    with fleet.act("seed") as act:
        (stands,) = stores.stops.where(act.db, trip_id=first.id)
        stores.stops.change(act.db, stands.id, freed=True)
        stores.stops.add(act.db, [again])


@pytest.mark.parametrize("status", ["cancelled", "arrived"])
def test_one_after_the_other_and_what_is_over_are_allowed(fleet: Session, status: str) -> None:
    add(fleet, trip(1, VAN, DRIVER, 420, 700), trip(2, VAN, DRIVER, 700, 900), trip(3, BUS, OTHER, 420, 700))
    add(fleet, trip(4, VAN, DRIVER, 500, 600, status))


def test_a_recorded_reason_stands(fleet: Session) -> None:
    add(fleet, trip(1, VAN, DRIVER, 420, 700), trip(2, BUS, DRIVER, 600, 900)._replace(override_reason="changes over"))


def test_a_trip_with_nobody_to_fetch_takes_no_time(fleet: Session) -> None:
    add(fleet, trip(1, VAN, DRIVER, 420, 700))
    with fleet.act("seed") as act:
        stores.trips.add(act.db, [trip(2, VAN, DRIVER, 500, 600)])


def test_trips_may_pass_each_other_while_an_action_is_under_way(fleet: Session) -> None:
    first, second = trip(1, VAN, DRIVER, 420, 700), trip(2, VAN, DRIVER, 700, 900)
    add(fleet, first, second)
    with fleet.act("seed") as act:
        stores.trips.change(act.db, first.id, depart=700, back=900)
        stores.trips.change(act.db, second.id, depart=420, back=700)
    with pytest.raises(Clash), fleet.act("seed") as act:
        stores.trips.change(act.db, second.id, depart=420, back=701)
