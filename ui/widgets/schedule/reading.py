"""One reading of a working date for the schedule page, made on the reader thread and ready to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.fleet import Driver, Vehicle
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.paper_content import PaperStop
from coordinator.queries.board import BoardTrip, DayBoard, HouseholdLine
from coordinator.queries.draft import DayDraft
from coordinator.queries.drop_outs import CannotCome, cannot_come
from coordinator.queries.fleet import drivers, vehicles
from coordinator.queries.open_results import OpenTrip, open_results
from coordinator.queries.papers import pickup_lists
from coordinator.queries.schedule import board_and_draft
from coordinator.queries.stop_people import call_times
from coordinator.queries.telling import ToTell, to_tell
from coordinator.session import Session
from resources.i18n import _
from ui import texts
from ui.widgets.board.cards import Lane, lanes_of
from ui.widgets.schedule.rows import Row, day_rows
from ui.widgets.schedule.waiting_rows import WaitingRow, waiting_rows


@dataclass(frozen=True, slots=True)
class DayView:
    """`rows`, `lanes` and `waiting` are what list, board and tray show; `earlier` the unfinished lists of days before.

    `draft`: the day to try things on in memory, None where nothing can be planned yet. `papers` by the number of the
    household; `lines` by its id; `outs`: what is said of vehicles that dropped out, `cannot_come` the same of all with
    the id of the record; `to_tell`: whose pickup a breakdown changed.
    """

    board: DayBoard
    rows: tuple[Row, ...]
    waiting: tuple[WaitingRow, ...]
    earlier: tuple[OpenTrip, ...]
    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    called: dict[str, datetime]
    draft: DayDraft | None = None
    lanes: tuple[Lane, ...] = ()
    papers: dict[int, PaperStop] = field(default_factory=dict)
    lines: dict[str, HouseholdLine] = field(default_factory=dict)
    outs: dict[str, str] = field(default_factory=dict)
    cannot_come: tuple[tuple[str, str], ...] = ()
    to_tell: tuple[ToTell, ...] = ()

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
    (board, draft), fleet = board_and_draft(session, day), vehicles(session)
    missing = cannot_come(session, day)
    outs = {one.vehicle_id: out_words(one) for one in missing if one.vehicle_id}
    papers = {stop.household_number: stop for paper in pickup_lists(session, day) for stop in paper.stops}
    return DayView(
        board,
        day_rows(board.trips, papers, fleet) if board.trips else (),
        waiting_rows(board),
        tuple(open_results(session, day)),
        tuple(fleet),
        tuple(drivers(session)),
        call_times(session, day),
        draft,
        lanes_of(board.trips, papers, fleet, outs),
        papers,
        _lines(board),
        outs,
        tuple((one.id, f"{one.name}: {out_words(one)}") for one in missing),
        tuple(to_tell(session, day)),
    )


def _lines(board: DayBoard) -> dict[str, HouseholdLine]:
    """Those who wait, and those on trips: who was tried in vain and waits again is as they wait."""
    on_trips = (stop.household for trip in board.trips for stop in trip.stops)
    lines = (*on_trips, *(waiting.household for waiting in board.waiting))
    return {line.household_id: line for line in lines}


def out_words(one: CannotCome) -> str:
    """ "out from 08:00: no fuel"."""
    if one.from_minute is not None and one.until_minute is not None:
        times = _("out {start}–{end}: {reason}")
    elif one.until_minute is not None:
        times = _("out until {end}: {reason}")
    else:
        times = _("out from {start}: {reason}") if one.from_minute is not None else _("out all day: {reason}")
    start, end = texts.minute(one.from_minute or 0), texts.minute(one.until_minute or 0)
    return times.format(start=start, end=end, reason=one.reason)
