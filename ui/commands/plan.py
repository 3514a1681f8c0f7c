"""coordinator plan FILE --date D: plan the pickups of a day."""

from __future__ import annotations

import argparse

from coordinator.domain.days import clock_text
from coordinator.domain.trip import TripStatus
from coordinator.errors import UserError
from coordinator.queries.board import BoardTrip, DayBoard, HouseholdLine
from coordinator.queries.schedule import day_board
from coordinator.services.schedule import plan_day_for
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui.commands.common import Progress, add_date, add_json, add_register, opened, print_json, say
from ui.plan_words import stays_words, void_words

SECONDS, LEAST, MOST = 10.0, 1.0, 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser)
    parser.add_argument(
        "--seconds", metavar=_("SECONDS"), type=float, default=SECONDS, help=_("how long to look for a good plan")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if not LEAST <= args.seconds <= MOST:
        raise UserError("plan.seconds", value=args.seconds, low=LEAST, high=MOST)
    with opened(args) as session:
        session.require_writing()
        day = args.date or session.today()
        saved = plan_day_for(session, day, args.seconds, Progress(_("Planning"))).value
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


def as_json(board: DayBoard) -> dict[str, object]:
    """The plan in plain values: households by number, times as "HH:MM", vehicles by plate."""
    return {
        "date": board.day,
        "trips": [_trip(trip) for trip in board.trips if trip.status is not TripStatus.CANCELLED],
        "left_over": [
            {
                "household": waiting.household.number,
                "reason": {"code": waiting.key, "text": sentence(waiting.key, waiting.facts)},
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
    total = board.totals.planned
    print(ngettext("Planned: {n} person.", "Planned: {n} people.", total).format(n=total))


def _household(line: HouseholdLine) -> str:
    people = ngettext("{n} person", "{n} people", line.people).format(n=line.people)
    parts = [f"№ {line.number}", line.head, line.settlement, line.address, people]
    return ", ".join(part for part in parts if part)
