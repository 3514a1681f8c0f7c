"""The lines of a trip's results, in the order of the paper: its stops, then people met on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.trip import StopResult
from coordinator.queries.board import BoardStop, BoardTrip, DayBoard, MetLine
from coordinator.queries.schedule import day_board
from coordinator.queries.stop_people import StopPeople, trip_people
from coordinator.session import Session
from resources.i18n import N_, _
from ui.tables.columns import Column
from ui.widgets.schedule import words


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A stop, or (`met`) a household that came along."""

    order: int
    stop: BoardStop | None = None
    met: MetLine | None = None

    @property
    def key(self) -> str:
        return self.stop.stop_id if self.stop else f"met {self.met.household_id if self.met else ''}"

    @property
    def open(self) -> bool:
        return self.stop is not None and self.stop.result is StopResult.OPEN


@dataclass(frozen=True, slots=True)
class TripResults:
    """The day's board, and the people of the trip that is shown."""

    board: DayBoard
    trip_id: str
    people: tuple[StopPeople, ...]


def read_results(session: Session, day: date, trip_id: str) -> TripResults:
    """Run it on the reader thread; "" reads the board alone."""
    board = day_board(session, day)
    known = any(trip.trip_id == trip_id for trip in board.trips)
    return TripResults(board, trip_id, trip_people(session, day, trip_id) if known else ())


def result_rows(trip: BoardTrip) -> list[ResultRow]:
    rows = [ResultRow(order, stop) for order, stop in enumerate(trip.stops, start=1)]
    return rows + [ResultRow(len(rows) + n, met=met) for n, met in enumerate(trip.met, start=1)]


def _who(row: ResultRow) -> str:
    line = row.stop.household if row.stop else row.met
    assert line is not None
    return f"{line.number}  {words.head(line.head)}"


def _result(row: ResultRow) -> str:
    if row.stop is None:
        return _("Met on the way")
    return words.what_came(row.stop) or words.result(row.stop.result)


def _sign(row: ResultRow) -> tuple[str, str]:
    return words.RESULT_SIGNS[row.stop.result] if row.stop else ("success", "success")


def _people(row: ResultRow) -> str:
    line = row.stop.household if row.stop else row.met
    assert line is not None
    return words.people_short(line.people, line.children)


COLUMNS: tuple[Column[ResultRow], ...] = (
    Column("order", N_("No."), lambda r: str(r.order) if r.stop else "+", sort=lambda r: r.order, width=4, always=True),
    Column("time", N_("Time"), lambda r: words.span(r.stop.arrive, r.stop.leave) if r.stop else "", width=10),
    Column("who", N_("Household"), _who, width=23),
    Column("people", N_("People"), _people, width=7, right=True),
    Column("result", N_("Result"), _result, width=14, icon=lambda r: _sign(r)[0], mark=lambda r: _sign(r)[1]),
    Column("note", N_("Note"), lambda r: r.stop.note if r.stop else "", width=12),
    Column("place", N_("Address"), lambda r: words.place(r.stop.household) if r.stop else "", width=20),
)
