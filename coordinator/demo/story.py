"""A working day of a training register that runs by itself: lists come in, a plan, the road, what came of it.

Every step goes through the services that a person would use. Paper is drawn elsewhere, between `plan` and `drive`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from coordinator.demo import names
from coordinator.demo.books import people_sheets, request_lines
from coordinator.demo.people import HOMES, Families, Home
from coordinator.demo.register import SEED
from coordinator.domain.household import Address, Household
from coordinator.domain.person import Birth, PersonName, Sex
from coordinator.domain.schedule import Load
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.exchange.demo_books import write_fleet_list, write_people_list, write_requests
from coordinator.exchange.report import ImportReport
from coordinator.queries.board import BoardStop, BoardTrip
from coordinator.queries.fleet import settlements, vehicles
from coordinator.queries.household import load_households
from coordinator.queries.schedule import day_board
from coordinator.services.arrival import trip_arrived
from coordinator.services.exports import Exported, ExportKind, export
from coordinator.services.imports import apply_import, preview_import
from coordinator.services.met import add_met, join_trip
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_results_sheet
from coordinator.services.results import record_stop
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores

LISTED, CALLS, KNOWN_CALLS = 24, 12, 4
"""Households of the hromada's list; calls of new families; calls of families that the register has."""

_LISTED_PLACES = ("Ківшарівка", "Петропавлівка", "Подоли")
_FIRST_PHONE = 60_000
"""Phones of the training register's own families come before."""

ImportProgress = Callable[[float, str], bool]


@dataclass(frozen=True, slots=True)
class Books:
    """The workbooks that came in, in the order in which they are read."""

    people: Path
    requests: Path
    fleet: Path


@dataclass(slots=True)
class Road:
    """What came back from the road, in people; `told`: households that were reached by phone before."""

    told: int = 0
    boarded: int = 0
    not_home: int = 0
    refused: int = 0
    met: int = 0
    joined: int = 0
    arrived_trips: int = 0
    arrived: int = 0


def write_books(session: Session, folder: Path) -> Books:
    """The day's lists, of families that are new and of some whom the register has: their phones are the same."""
    today = session.today()
    homes = _homes(session)
    families = Families(Random(SEED + 1), homes, today, first_phone=_FIRST_PHONE, counted=0)
    books = Books(folder / "incoming-hromada.xlsx", folder / "incoming-hotline.xlsx", folder / "incoming-fleet.xlsx")
    listed = [home for home in homes if home.name in _LISTED_PLACES]
    write_people_list(books.people, today, people_sheets(families, listed, LISTED))
    write_requests(books.requests, request_lines(families, _known(session), CALLS))
    write_fleet_list(books.fleet, [vehicle for vehicle in vehicles(session) if vehicle.active])
    return books


def _homes(session: Session) -> list[Home]:
    weights = {(name, hromada): weight for name, hromada, weight in HOMES}
    return [
        Home(place.id, place.name, place.hromada, weight, False)
        for place in settlements(session)
        if (weight := weights.get((_plain(place.name), _plain(place.hromada)))) and place.lat is not None
    ]


def _plain(name: str) -> str:
    return name.replace("’", "'")


def _known(session: Session) -> list[Household]:
    """Families who have not left, with a phone and a name that the hotline spells in its own way."""
    with session.reading() as db:
        rows = stores.households.where(db, decision=["not_asked", "undecided", "preparing"])
        rows.sort(key=lambda row: row.number)
        found = load_households(db, [row.id for row in rows[: 20 * KNOWN_CALLS]])
    fitting = [one for one in found if one.contacts and one.people and one.people[0].name.given in names.IN_RUSSIAN]
    return fitting[:KNOWN_CALLS]


def take_in(session: Session, book: Path, progress: ImportProgress | None = None) -> ImportReport:
    """Read a workbook and write it, as the wizard does after its preview. UserError as there."""
    preview = preview_import(session, book, session.today(), progress)
    return apply_import(session, preview, progress).value


def drive(session: Session, day: date) -> Road:
    """Call the households of the plan, and bring its trips home: most board, some are not there, one refuses."""
    drive = _Drive(session, day)
    drive.call()
    drive.all_trips()
    return drive.road


class _Drive:
    def __init__(self, session: Session, day: date) -> None:
        self.road = Road()
        self._session, self._day = session, day
        self._trips = [trip for trip in day_board(session, day).trips if trip.status == TripStatus.PLANNED]
        self._doors = 0
        self._freed: set[str] = set()

    def call(self) -> None:
        stops = [stop for trip in self._trips for stop in trip.stops]
        for number, stop in enumerate(stops):
            outcome = CallOutcome.NOT_REACHED if number % 9 == 4 else CallOutcome.TOLD
            set_notice(self._session, stop.household.household_id, self._day, outcome)
            self.road.told += outcome is CallOutcome.TOLD

    def all_trips(self) -> None:
        for number, trip in enumerate(self._trips):
            load = Load()
            for stop in trip.stops:
                if stop.household.household_id not in self._freed:
                    load = load + self._at_the_door(stop)
            load = load + self._join(trip, self._trips[number + 1 :], load)
            self._meet(trip, load)
            self.road.arrived += trip_arrived(self._session, trip.trip_id).value.people
            self.road.arrived_trips += 1

    def _at_the_door(self, stop: BoardStop) -> Load:
        """What came of a stop, and the places that are taken now."""
        self._doors += 1
        people = stop.household.people
        if self._doors % 11 == 5:
            record_stop(self._session, stop.stop_id, StopResult.NOT_HOME, note="хвіртка зачинена, телефон мовчить")
            self.road.not_home += people
            return Load()
        if self._doors % 23 == 9:
            record_stop(self._session, stop.stop_id, StopResult.REFUSED, note="передумали, не хочуть кидати собак")
            self.road.refused += people
            return Load()
        self.road.boarded += record_stop(self._session, stop.stop_id, StopResult.BOARDED).value.boarded
        return stop.household.load

    def _join(self, trip: BoardTrip, later: list[BoardTrip], load: Load) -> Load:
        """Where somebody was not at home, a family of a later list comes along: its own stop comes free."""
        for stop in (stop for other in later for stop in other.stops):
            family = stop.household
            if self.road.joined or family.household_id in self._freed:
                continue
            if (load + family.load).fits(trip.capacity):
                self._freed.add(family.household_id)
                self.road.joined += join_trip(self._session, trip.trip_id, family.household_id).value.people
                return family.load
        return Load()

    def _meet(self, trip: BoardTrip, load: Load) -> None:
        """Once: a woman with a child at the roadside, whom nobody had on a list."""
        if self.road.met or not trip.stops or not (load + Load(seats=2)).fits(trip.capacity):
            return
        mother = MemberDraft(PersonName("Перехресна", "Галина"), Sex.FEMALE, Birth(stated_child=False))
        draft = HouseholdDraft(
            settlement_text=trip.stops[-1].household.settlement,
            address=Address(landmark="зустріли на дорозі"),
            people=(mother, MemberDraft(birth=Birth(stated_child=True))),
        )
        self.road.met += add_met(self._session, trip.trip_id, draft).value.people


def write_blank(session: Session, day: date, trip_ids: Collection[str], path: Path) -> int:
    """The sheet for the results of these trips, to be filled in; returns its rows."""
    return issue_results_sheet(session, day, path, trip_ids).value


def hand_out(session: Session, day: date, folder: Path) -> list[Exported]:
    """One workbook of each kind."""
    return [export(session, kind, folder / f"export-{kind.value}.xlsx", day).value for kind in ExportKind]
