"""One reading of a working date for the schedule page, made on the reader thread and ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from coordinator.domain.fleet import Driver, Vehicle
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.queries.board import BoardTrip, DayBoard
from coordinator.queries.fleet import drivers, vehicles
from coordinator.queries.open_results import OpenTrip, open_results
from coordinator.queries.papers import pickup_lists
from coordinator.queries.schedule import day_board
from coordinator.queries.stop_people import call_times
from coordinator.session import Session
from ui.widgets.schedule.rows import Row, day_rows
from ui.widgets.schedule.waiting_rows import WaitingRow, waiting_rows


@dataclass(frozen=True, slots=True)
class DayView:
    """`rows` and `waiting` are what the two lists show; `earlier` the unfinished lists of the days before."""

    board: DayBoard
    rows: tuple[Row, ...]
    waiting: tuple[WaitingRow, ...]
    earlier: tuple[OpenTrip, ...]
    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    called: dict[str, datetime]

    def trip(self, trip_id: str | None) -> BoardTrip | None:
        return next((trip for trip in self.board.trips if trip.trip_id == trip_id), None)

    @property
    def live(self) -> tuple[BoardTrip, ...]:
        """The trips that were not given up."""
        return tuple(trip for trip in self.board.trips if trip.status is not TripStatus.CANCELLED)

    @property
    def planned(self) -> frozenset[str]:
        """Households that planning may take to another trip: on one that has not left, and without a result."""
        open_trips = (trip for trip in self.live if trip.status is TripStatus.PLANNED)
        return frozenset(
            stop.household.household_id for trip in open_trips for stop in trip.stops if stop.result is StopResult.OPEN
        )


def read_day_view(session: Session, day: date) -> DayView:
    """Run it on the reader thread."""
    board, fleet = day_board(session, day), vehicles(session)
    papers = {stop.household_number: stop for paper in pickup_lists(session, day) for stop in paper.stops}
    return DayView(
        board,
        day_rows(board.trips, papers, fleet) if board.trips else (),
        waiting_rows(board),
        tuple(open_results(session, day)),
        tuple(fleet),
        tuple(drivers(session)),
        call_times(session, day),
    )
