"""Vehicles and drivers: one plate is one vehicle, a driver is known by the name, and a list overwrites no hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from coordinator.domain.fleet import Vehicle
from coordinator.domain.household import Contact
from coordinator.errors import UserError
from coordinator.exchange.incoming import IncomingList, IncomingVehicle, ListKind
from coordinator.exchange.report import ImportReport
from coordinator.queries.fleet import drivers, vehicles
from coordinator.services import imports
from coordinator.services.fleet import save_vehicle
from coordinator.session import Session

VAN = Vehicle(None, "AX6796AA", "Sprinter", 8, driver="Рубець Артем", phone="050 111 22 33")
ROW = IncomingVehicle(
    "Аркуш", 2, "АХ6796АА", "Sprinter", 8, licence="B", driver="Рубець Артем",
    driver_phone=Contact("0501112233", "+380501112233"),
)  # fmt: skip
_files = count(1)


def only(session: Session) -> Vehicle:
    (one,) = vehicles(session)
    return one


def bring(session: Session, *rows: IncomingVehicle) -> ImportReport:
    placed = tuple(replace(row, row=number) for number, row in enumerate(rows, start=2))
    sha = f"fleet-{next(_files)}"
    incoming = IncomingList(ListKind.FLEET, "fleet.xlsx", sha, None, (), len(rows), vehicles=placed)
    return imports.apply_import(session, imports.preview_list(session, incoming)).value


def test_one_plate_is_one_vehicle_by_hand_and_by_list(session: Session) -> None:
    save_vehicle(session, VAN)
    with pytest.raises(UserError, match=r"vehicle\.plate_twice"):
        save_vehicle(session, replace(VAN, plate="АХ 6796-АА"))
    assert bring(session, ROW).added.vehicles == 0
    assert only(session).plate == "AX6796AA"


def test_another_name_is_another_driver_and_the_former_keeps_the_record(session: Session) -> None:
    save_vehicle(session, VAN)
    before = only(session)
    save_vehicle(session, replace(before, driver="Олег Інший"))
    after = only(session)
    assert after.driver == "Олег Інший" and after.driver_id != before.driver_id
    assert {driver.name for driver in drivers(session)} == {"Рубець Артем", "Олег Інший"}
    save_vehicle(session, replace(after, driver="Рубець Артем"))
    assert only(session).driver_id == before.driver_id and len(drivers(session)) == 2


def test_a_driver_can_be_taken_off_a_vehicle(session: Session) -> None:
    save_vehicle(session, VAN)
    save_vehicle(session, replace(only(session), driver=""))
    assert only(session).driver_id is None and len(drivers(session)) == 1


def test_a_list_that_only_repeats_itself_does_not_undo_a_correction(session: Session) -> None:
    bring(session, ROW)
    save_vehicle(session, replace(only(session), seats=5, driver="Олег Інший", phone="067 999 88 77"))
    report = bring(session, ROW, replace(ROW, plate="АХ0001АА", driver="", driver_phone=None))
    van = next(one for one in vehicles(session) if one.driver)
    assert (van.seats, van.driver) == (5, "Олег Інший")
    assert report.added.vehicles == 1 and not report.rows_updated


def test_what_a_list_says_anew_of_a_corrected_value_is_told(session: Session) -> None:
    bring(session, ROW)
    save_vehicle(session, replace(only(session), seats=5))
    report = bring(session, replace(ROW, seats=7, model="Crafter"))
    assert (only(session).seats, only(session).model) == (5, "Crafter")
    (kept,) = [remark for remark in report.warnings if remark.code == "import.vehicle_kept"]
    assert (kept.facts["old"], kept.facts["new"]) == ("5", "7")
