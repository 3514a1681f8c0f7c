"""The call list of the day: everybody who is picked up, what came of the call, and when it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.queries.board import BoardStop, BoardTrip, DayBoard, HouseholdLine
from coordinator.queries.schedule import day_board
from coordinator.queries.stop_people import call_times
from coordinator.session import Session
from resources.i18n import N_, _
from ui import texts
from ui.tables.columns import Column
from ui.widgets.schedule import words


@dataclass(frozen=True, slots=True)
class Calls:
    board: DayBoard
    called: dict[str, datetime]


@dataclass(frozen=True, slots=True)
class CallLine:
    """`at` is the moment of the call. `trip` and `stop` as they stand now, or stood when they said no."""

    line: HouseholdLine
    trip: BoardTrip
    stop: BoardStop
    outcome: CallOutcome | None
    at: datetime | None = None

    @property
    def key(self) -> str:
        return self.line.household_id

    @property
    def pickup(self) -> str:
        return words.span(self.stop.arrive, self.stop.leave)


def read_calls(session: Session, day: date) -> Calls:
    """Run it on the reader thread."""
    return Calls(day_board(session, day), call_times(session, day))


def call_lines(calls: Calls) -> list[CallLine]:
    """Those who wait for a trip that has not left, in the order in which they are picked up."""
    lines = [
        CallLine(stop.household, trip, stop, stop.household.notice, calls.called.get(stop.household.household_id))
        for trip in calls.board.trips
        if trip.status is TripStatus.PLANNED
        for stop in trip.stops
        if stop.result is StopResult.OPEN
    ]
    return sorted(lines, key=lambda line: (line.stop.arrive, line.line.number))


def tally(lines: Iterable[CallLine]) -> dict[CallOutcome | None, int]:
    found: dict[CallOutcome | None, int] = {}
    for line in lines:
        found[line.outcome] = found.get(line.outcome, 0) + 1
    return found


def said(line: CallLine) -> str:
    """ "Told 18:04"."""
    if line.outcome is None:
        return words.call(None)
    at = f" {texts.clock(line.at)[:5]}" if line.at else ""
    return f"{words.call(line.outcome)}{at}"


def _sign(line: CallLine) -> tuple[str, str]:
    return words.CALL_SIGNS[line.outcome] if line.outcome else ("", "")


COLUMNS: tuple[Column[CallLine], ...] = (
    Column("pickup", N_("Pickup"), lambda c: c.pickup, sort=lambda c: c.stop.arrive, width=12),
    Column("who", N_("Household"), lambda c: f"{c.line.number}  {words.head(c.line.head)}", width=24),
    Column("phone", N_("Phones"), lambda c: ", ".join(c.line.phones) or _("no phone"), width=17),
    Column("outcome", N_("Call"), said, width=18, icon=lambda c: _sign(c)[0], mark=lambda c: _sign(c)[1]),
    Column("place", N_("Address"), lambda c: words.place(c.line), width=26),
)
