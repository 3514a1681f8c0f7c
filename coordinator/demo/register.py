"""Filling a training register: about a thousand invented people, or any number of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from coordinator.demo.area import read_area, write_area
from coordinator.demo.fleet import SIZE, fleet
from coordinator.demo.happened import write_departures, write_obstacles, write_published, write_returns, write_tries
from coordinator.demo.people import Families
from coordinator.demo.trips import PastDays
from coordinator.demo.waiting import Waiting
from coordinator.domain.fleet import Vehicle
from coordinator.domain.phones import parse_phones
from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Outcome, Touched
from coordinator.register import create_register
from coordinator.services.gazetteer import seed
from coordinator.session import Act, Clock, Session, utc_now
from db import stores
from db.ids import new_id
from db.rows import DriverRow, VehicleRow

PASSPHRASE = "training only"
"""Of every training register: it protects nobody, and is printed."""

PEOPLE = 1000
LEAST_PEOPLE, MOST_PEOPLE = 50, 100_000
SEED = 2023

_WAITING_IN_A_THOUSAND = 190
_BY_THEMSELVES_IN_A_THOUSAND = 40
_MOST_VEHICLES = 40
"""In service today, however large the register: the rest of the fleet of the past days has gone home."""

Progress = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a training register holds. Persons, unless it says households."""

    people: int
    evacuated: int
    left_by_themselves: int
    waiting_households: int
    waiting: int
    vehicles: int


def check_people(people: int) -> None:
    """UserError "demo.people" outside of LEAST_PEOPLE to MOST_PEOPLE."""
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        raise UserError("demo.people", value=people, least=LEAST_PEOPLE, most=MOST_PEOPLE)


def create_training_register(
    folder: Path,
    people: int = PEOPLE,
    *,
    clock: Clock = utc_now,
    random_seed: int = SEED,
    progress: Progress | None = None,
) -> tuple[Session, Filled]:
    """Make, seed and fill a training register, open, with PASSPHRASE.

    UserError "register.exists" for an existing path, and as check_people. Where `progress` answers False,
    Cancelled is raised. A register that could not be filled is not left behind.
    """
    check_people(people)
    session = create_register(folder, PASSPHRASE, training=True, clock=clock)
    try:
        seed(session)
        return session, fill(session, people, random_seed=random_seed, progress=progress).value
    except BaseException:
        session.close()
        shutil.rmtree(session.folder)
        raise


def fill(
    session: Session, people: int = PEOPLE, *, random_seed: int = SEED, progress: Progress | None = None
) -> Outcome[Filled]:
    """Enter invented people, their fleet and the last ten days into a new training register, as one action.

    The same seed, number and day give the same people. ValueError for a register that is no training register:
    invented people never stand beside real ones.
    """
    if not session.training:
        raise ValueError("invented people belong into a training register only")
    random = Random(random_seed)
    with session.act("fill_training", people=people) as act:
        tick = _ticking(progress)
        area = read_area(act)
        write_area(act, random, area.homes, session.today())
        vehicles = _write_fleet(act, random, -(-people // PEOPLE))
        families = Families(random, area.homes, session.today())
        past = PastDays(act, families, area, vehicles, people / PEOPLE).write(lambda part: tick(0.6 * part))
        alone = write_departures(act, families, round(people * _BY_THEMSELVES_IN_A_THOUSAND / PEOPLE))
        tick(0.65)
        waiting = Waiting(act, families).write(round(people * _WAITING_IN_A_THOUSAND / PEOPLE))
        write_returns(act, session.today(), waiting)
        write_obstacles(act, waiting)
        write_tries(act, waiting, past.trips)
        write_published(act, session.today(), people / PEOPLE)
        tick(0.95)
        act.touch(Touched.EVERYTHING)
        still_there = sum(len(one.draft.people) for one in waiting)
    tick(1.0)
    everybody = past.people + alone + still_there
    return act.outcome(Filled(everybody, past.people, alone, len(waiting), still_there, len(vehicles)))


def _ticking(progress: Progress | None) -> Callable[[float], None]:
    def tick(part: float) -> None:
        if progress is not None and not progress(part):
            raise Cancelled

    return tick


def _write_fleet(act: Act, random: Random, times: int) -> list[VehicleRow]:
    drivers: list[DriverRow] = []
    rows: list[VehicleRow] = []
    for number, vehicle in zip(count(), fleet(random, times)):
        driver = _driver_row(vehicle)
        drivers.append(driver)
        rows.append(_vehicle_row(vehicle, driver.id, active=number < max(SIZE, _MOST_VEHICLES)))
    stores.drivers.add(act.db, drivers)
    stores.vehicles.add(act.db, rows)
    return rows


def _driver_row(vehicle: Vehicle) -> DriverRow:
    phones = parse_phones(vehicle.phone)
    return DriverRow(new_id(), vehicle.driver, vehicle.phone, phones[0].e164 if phones else "", vehicle.licence)


def _vehicle_row(vehicle: Vehicle, driver_id: str, active: bool) -> VehicleRow:
    return VehicleRow(
        new_id(), vehicle.plate, vehicle.model, vehicle.seats, vehicle.wheelchair, vehicle.stretcher,
        vehicle.armoured, vehicle.licence, vehicle.organisation, driver_id, vehicle.available_from,
        vehicle.available_until, active, vehicle.licence_reason, vehicle.note,
    )  # fmt: skip
