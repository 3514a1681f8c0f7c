"""The lines of a trip's results, in the order of the paper: its stops, then people met on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.trip import StopResult, TripStatus
from coordinator.paper_content import PaperStop, PickupList
from coordinator.queries.board import BoardStop, BoardTrip, DayBoard, MetLine
from coordinator.queries.papers import issued_list
from coordinator.queries.schedule import day_board
from coordinator.queries.stop_people import StopPeople, trip_people
from coordinator.session import Session
from resources.i18n import N_, _
from ui.tables.columns import Column
from ui.widgets.schedule import words


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A stop, or (`met`) a household that came along, or (`gone`) one that stands on the paper alone.

    `order`: as it stands on the paper. `on_paper` False: put on the trip after its list was printed. `moved_to`: the
    number of the trip on which one that is `gone` stands now, None: on no trip.
    """

    order: int
    stop: BoardStop | None = None
    met: MetLine | None = None
    gone: PaperStop | None = None
    on_paper: bool = True
    moved_to: int | None = None

    @property
    def key(self) -> str:
        if self.gone is not None:
            return f"gone {self.gone.household_number}"
        return self.stop.stop_id if self.stop else f"met {self.met.household_id if self.met else ''}"

    @property
    def open(self) -> bool:
        return self.stop is not None and self.stop.result is StopResult.OPEN


@dataclass(frozen=True, slots=True)
class TripResults:
    """The day's board, the people of the trip that is shown, and what its driver's list says."""

    board: DayBoard
    trip_id: str
    people: tuple[StopPeople, ...]
    printed: PickupList | None = None


def read_results(session: Session, day: date, trip_id: str) -> TripResults:
    """Run it on the reader thread; "" reads the board alone."""
    board = day_board(session, day)
    known = any(trip.trip_id == trip_id for trip in board.trips)
    if not known:
        return TripResults(board, trip_id, ())
    return TripResults(board, trip_id, trip_people(session, day, trip_id), issued_list(session, trip_id))


def result_rows(trip: BoardTrip, printed: PickupList | None = None, board: DayBoard | None = None) -> list[ResultRow]:
    """In the order of the printed list, however the trip was changed since; stops that it does not have come last.

    A household that the list has and the trip has not stays in its place: the driver may have taken it all the same.
    """
    stops = {stop.household.number: stop for stop in trip.stops}
    came = {met.number for met in trip.met}
    rows: list[ResultRow] = []
    for paper in printed.stops if printed else ():
        if (stop := stops.pop(paper.household_number, None)) is not None:
            rows.append(ResultRow(paper.order, stop))
        elif paper.household_number not in came:
            rows.append(ResultRow(paper.order, gone=paper, moved_to=_trip_of(paper.household_number, board)))
    last = max((row.order for row in rows), default=0)
    rows += [ResultRow(last + n, stop, on_paper=printed is None) for n, stop in enumerate(stops.values(), start=1)]
    return rows + [ResultRow(last + len(stops) + n, met=met) for n, met in enumerate(trip.met, start=1)]


def _trip_of(number: int, board: DayBoard | None) -> int | None:
    for trip in board.trips if board else ():
        if trip.status is not TripStatus.CANCELLED and any(stop.household.number == number for stop in trip.stops):
            return trip.number
    return None


def moved_words(row: ResultRow) -> str:
    """Where a household is that stands on the paper alone."""
    if row.moved_to is None:
        return _("Taken off after the list was printed")
    return _("Now on trip {number}").format(number=row.moved_to)


def _number(row: ResultRow) -> str:
    if row.met is not None:
        return "+"
    return str(row.order) if row.on_paper else "–"


def _who(row: ResultRow) -> str:
    if row.gone is not None:
        return f"{row.gone.household_number}  {words.head(row.gone.contact_name)}"
    line = row.stop.household if row.stop else row.met
    assert line is not None
    return f"{line.number}  {words.head(line.head)}"


def _result(row: ResultRow) -> str:
    if row.gone is not None:
        return moved_words(row)
    if row.stop is None:
        return _("Met on the way")
    return words.what_came(row.stop) or words.result(row.stop.result)


def _sign(row: ResultRow) -> tuple[str, str]:
    if row.gone is not None:
        return "warning", "warning"
    return words.RESULT_SIGNS[row.stop.result] if row.stop else ("success", "success")


def _note(row: ResultRow) -> str:
    if row.stop is None:
        return ""
    said = "" if row.on_paper else _("not on the printed list")
    return ", ".join(part for part in (row.stop.note, said) if part)


def _place(row: ResultRow) -> str:
    if row.gone is not None:
        return ", ".join(part for part in (row.gone.settlement, row.gone.street_line) if part)
    return words.place(row.stop.household) if row.stop else ""


def _people(row: ResultRow) -> str:
    if row.gone is not None:
        return words.people_short(row.gone.people, row.gone.children)
    line = row.stop.household if row.stop else row.met
    assert line is not None
    return words.people_short(line.people, line.children)


COLUMNS: tuple[Column[ResultRow], ...] = (
    Column("order", N_("No."), _number, sort=lambda r: r.order, width=4, always=True),
    Column("time", N_("Time"), lambda r: words.span(r.stop.arrive, r.stop.leave) if r.stop else "", width=10),
    Column("who", N_("Household"), _who, width=23),
    Column("people", N_("People"), _people, width=7, right=True),
    Column("result", N_("Result"), _result, width=14, icon=lambda r: _sign(r)[0], mark=lambda r: _sign(r)[1]),
    Column("note", N_("Note"), _note, width=12),
    Column("place", N_("Address"), _place, width=20),
)
