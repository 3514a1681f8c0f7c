"""coordinator plan FILE --date D: plan the pickups of a day."""

from __future__ import annotations

import argparse
import signal
import sys

from coordinator.domain.days import clock_text
from coordinator.domain.schedule import DayPlan, DayProblem
from coordinator.domain.trip import TripStatus
from coordinator.errors import UserError
from coordinator.planning.effort import Effort
from coordinator.queries.board import BoardTrip, DayBoard, HouseholdLine
from coordinator.queries.problem import build_problem
from coordinator.queries.schedule import day_board
from coordinator.services.schedule import plan_day_for
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui.commands.common import add_date, add_json, add_register, opened, print_json, say
from ui.plan_words import best_words, stays_words, void_words

LEAST, MOST = 1.0, 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser)
    parser.add_argument(
        "--effort", choices=[effort.value for effort in Effort], default=Effort.GOOD.value,
        help=_("quick looks for 5 seconds, good for 30, best for 120; Ctrl+C ends it with the best plan so far"),
    )  # fmt: skip
    parser.add_argument(
        "--seconds", metavar=_("SECONDS"), type=float, help=_("how long to look for a good plan, in seconds")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    seconds = Effort(args.effort).seconds if args.seconds is None else args.seconds
    if not LEAST <= seconds <= MOST:
        raise UserError("plan.seconds", value=seconds, low=LEAST, high=MOST)
    with opened(args) as session:
        session.require_writing()
        day = args.date or session.today()
        problem = build_problem(session, day)
        with Watching(problem) as watching:
            saved = plan_day_for(session, day, seconds, watching, problem=problem).value
        board = day_board(session, day)
    if args.json:
        print_json(as_json(board))
    else:
        _show(board)
    if saved.stays is not None:
        say(stays_words(saved.stays, saved.people))
    if saved.void_lists:
        say(void_words(saved.void_lists))
    return 0


class Watching:
    """Says the best plan so far on a terminal; Ctrl+C ends the search, and what was found is kept."""

    def __init__(self, problem: DayProblem) -> None:
        self._people = {pickup.household_id: pickup.load.people for pickup in problem.pickups}
        self._live = sys.stderr.isatty()
        self._going, self._said = True, ""

    def __enter__(self) -> Watching:
        self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(self, *_error: object) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._said:
            print(file=sys.stderr)

    def _stop(self, *_signal: object) -> None:
        self._going = False

    def __call__(self, share: float, best: DayPlan | None) -> bool:
        if self._live and best is not None:
            served = sum(self._people[stop.household_id] for trip in best.trips for stop in trip.stops)
            words = best_words(served, sum(self._people.values()), len(best.trips))
            line = f"{int(share * 100):3} %  {words}"
            print("\r" + line.ljust(len(self._said)), end="", file=sys.stderr, flush=True)
            self._said = line
        return self._going


def as_json(board: DayBoard) -> dict[str, object]:
    """The plan in plain values: households by number, times as "HH:MM", vehicles by plate."""
    return {
        "date": board.day,
        "trips": [_trip(trip) for trip in board.trips if trip.status is not TripStatus.CANCELLED],
        "left_over": [
            {
                "household": waiting.household.number,
                "reason": {"code": waiting.key, "text": sentence(waiting.key, waiting.facts)},
                "help": {"code": waiting.help[0], "text": sentence(*waiting.help)} if waiting.help else None,
            }
            for waiting in board.waiting
        ],
        "estimated": list(board.estimated),
    }


def _trip(trip: BoardTrip) -> dict[str, object]:
    return {
        "list": trip.list_number,
        "vehicle": trip.plate,
        "driver": trip.driver,
        "depart": clock_text(trip.depart),
        "return": clock_text(trip.back),
        "km": round(trip.km, 1),
        "warnings": [sentence(finding.key, finding.facts) for finding in trip.findings],
        "stops": [
            {
                "household": stop.household.number,
                "arrive": clock_text(stop.arrive),
                "leave": clock_text(stop.leave),
                "people": stop.household.people,
                "seats": stop.household.load.seats,
                "wheelchair": stop.household.load.wheelchair,
                "stretcher": stop.household.load.stretcher,
            }
            for stop in trip.stops
        ],
    }


def _show(board: DayBoard) -> None:
    for trip in board.trips:
        if trip.status is TripStatus.CANCELLED:
            continue
        print(_("Trip {number}: {plate}, {driver}, leaves {depart}, back {back}").format(
            number=trip.number, plate=trip.plate, driver=trip.driver or "–", depart=clock_text(trip.depart),
            back=clock_text(trip.back)))  # fmt: skip
        for stop in trip.stops:
            print(f"  {clock_text(stop.arrive)}–{clock_text(stop.leave)}  {_household(stop.household)}")
        for finding in trip.findings:
            print("  ! " + sentence(finding.key, finding.facts))
    if board.waiting:
        print(_("Left over:"))
    for waiting in board.waiting:
        print(f"  {_household(waiting.household)}")
        print("    " + sentence(waiting.key, waiting.facts))
        if waiting.help:
            print("    " + sentence(*waiting.help))
    total = board.totals.planned
    print(ngettext("Planned: {n} person.", "Planned: {n} people.", total).format(n=total))


def _household(line: HouseholdLine) -> str:
    people = ngettext("{n} person", "{n} people", line.people).format(n=line.people)
    parts = [f"№ {line.number}", line.head, line.settlement, line.address, people]
    return ", ".join(part for part in parts if part)
