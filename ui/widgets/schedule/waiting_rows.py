"""Those who are ready and in no trip, as lines to show: who, where, how long, and why."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.names import fold
from coordinator.domain.schedule import LeftReason
from coordinator.queries.board import BoardStop, DayBoard, WaitingLine
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui.widgets.schedule import words


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """`first`: children or people who cannot walk. `held`: possibly the same family as another household.

    `too_large`: no vehicle takes the family in one piece.
    """

    household_id: str
    number: int
    who: str
    people: str
    where: str
    waits: str
    phone: str
    reason: str
    first: bool
    held: bool
    too_large: bool
    icon: str
    spoken: str
    search: str


def waiting_rows(board: DayBoard) -> tuple[WaitingRow, ...]:
    """In the order of the board: children and people who cannot walk first."""
    tried = {stop.household.household_id: stop for trip in board.trips for stop in trip.stops}
    planned = bool(board.trips) or any(line.reason is not None for line in board.waiting)
    return tuple(_row(line, tried.get(line.household.household_id), planned) for line in board.waiting)


def _row(line: WaitingLine, tried: BoardStop | None, planned: bool) -> WaitingRow:
    household = line.household
    people = words.people(household.people, household.children)
    carried = words.carried(household.load)
    people = f"{people}, {carried}" if carried else people
    days = household.days_waiting
    waits = ngettext("waits {n} day", "waits {n} days", days).format(n=days) if days else _("since today")
    phone = ", ".join(household.phones) or _("no phone")
    reason = _("The day is not planned yet.")
    if planned:
        reason = why_words(line) if tried is None else _tried(tried)
    who = f"{household.number}  {words.head(household.head)}"
    where = words.place(household)
    spoken = ". ".join((words.household(household), people, where, waits, phone, reason))
    held = line.reason is LeftReason.POSSIBLE_DUPLICATE
    return WaitingRow(
        household.household_id, household.number, who, people, where, waits, phone, reason, household.first, held,
        line.reason is LeftReason.TOO_LARGE,
        _icon(line, held), spoken, fold(f"{spoken} {words.digits(household.phones)}"),
    )  # fmt: skip


def why_words(line: WaitingLine) -> str:
    """Why they are left over, and what would help."""
    help_ = sentence(*line.help) if line.help else ""
    return " ".join(filter(None, (sentence(line.key, line.facts), help_)))


def _tried(stop: BoardStop) -> str:
    """A vehicle has been at the door today."""
    came = stop.note or words.result(stop.result)
    return _("A vehicle was there at {time} today: {what}. Plan again, or put them onto a trip.").format(
        time=words.span(stop.arrive, stop.leave), what=came
    )


def _icon(line: WaitingLine, held: bool) -> str:
    load = line.household.load
    if held:
        return "duplicates"
    if load.stretcher:
        return "stretcher"
    if load.wheelchair:
        return "wheelchair"
    return "child" if line.household.children else ""
