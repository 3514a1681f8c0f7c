"""The papers beside the pickup lists, from the terminal."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from coordinator.domain.names import fold
from coordinator.errors import UserError
from coordinator.queries.call_sheets import call_sheets
from coordinator.queries.confirmations import confirmations_of
from coordinator.queries.day_papers import checkpoint_paper, wall_paper
from coordinator.queries.household import household_numbered
from coordinator.queries.papers import call_list
from coordinator.queries.refusals import refusal_paper
from coordinator.queries.schedule import day_board
from coordinator.queries.state_paper import state_paper
from coordinator.queries.street_board import board_places, street_boards
from coordinator.queries.summary_paper import summary_paper
from coordinator.queries.who_next import who_next
from coordinator.services.confirmations import issue_confirmation
from coordinator.services.papers import (
    CALL_LIST,
    CALL_SHEET,
    CHECKPOINT,
    CONFIRMATION,
    REFUSAL,
    STATE,
    STREET_BOARD,
    SUMMARY,
    WALL,
    log_print,
)
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts
from ui.commands.common import say
from ui.probe import explain, look_for_screen

Draw = Callable[[str, object, Path, Callable[[], object]], None]
A_MORNING = 25
T = TypeVar("T")

LOGGED_AS: Mapping[str, str] = {
    "everything": STATE, "street-board": STREET_BOARD, "call-list": CALL_LIST, "call-sheet": CALL_SHEET,
    "daily-summary": SUMMARY, "wall": WALL, "passengers": CHECKPOINT, "refusal": REFUSAL, "confirmation": CONFIRMATION,
}  # fmt: skip
"""The kind of a paper in the log of prints."""


def drawing() -> Draw:
    """The drawing of PDFs, which needs Qt; where Qt cannot be loaded it is told, and which library is missing."""
    screen = look_for_screen()
    if not screen.qt_loads:
        raise UserError("print.no_qt", why=explain(screen))
    from ui.paper.layouts import LAYOUTS
    from ui.paper.output import render

    def draw(what: str, paper: object, out: Path, log: Callable[[], object]) -> None:
        render(LAYOUTS[what], paper, out, log)

    return draw


def _print(
    session: Session, day: date, args: argparse.Namespace, paper: object, people: int = 0, layout: str = ""
) -> None:
    log = partial(log_print, session, LOGGED_AS[args.what], paper, day=day, people=people, target=args.out.name)
    drawing()(layout or args.what, paper, args.out, log)


def everything(session: Session, day: date, args: argparse.Namespace) -> str:
    paper = state_paper(session, day)
    if args.settlement is not None:
        chosen = tuple(one for one in paper.settlements if fold(one.name) == fold(args.settlement))
        paper = replace(paper, settlements=_some(chosen, args.settlement))
    people = sum(household.people for household in paper.households)
    _print(session, day, args, paper, people)
    return _("the whole state by street")


def call_list_(session: Session, day: date, args: argparse.Namespace) -> str:
    paper = call_list(session, day)
    if args.settlement is not None:
        rows = tuple(row for row in paper.rows if fold(row.settlement) == fold(args.settlement))
        paper = replace(paper, rows=_some(rows, args.settlement))
    _print(session, day, args, paper, sum(row.people for row in paper.rows))
    return _("the call list of the day")


def call_sheet(session: Session, day: date, args: argparse.Namespace) -> str:
    """The most urgent of the register, dealt out to the callers."""
    callers, each = max(1, args.callers or 1), max(1, args.each or A_MORNING)
    ids = [row.id for row in who_next(session, day)][: callers * each]
    paper = call_sheets(session, day, ids, callers)
    _print(session, day, args, paper, paper.people)
    n = len(paper.sheets)
    return ngettext("{n} call sheet", "{n} call sheets", n).format(n=n)


def street_board(session: Session, day: date, args: argparse.Namespace) -> str:
    places = board_places(session)
    wanted = [one for one in places if args.settlement is None or fold(one.name) == fold(args.settlement)]
    paper = street_boards(session, day, _some(tuple(wanted), args.settlement or ""))
    _print(session, day, args, paper, paper.people)
    n = len(paper.boards)
    return ngettext("the street board of {n} settlement", "the street boards of {n} settlements", n).format(n=n)


def summary(session: Session, day: date, args: argparse.Namespace) -> str:
    _print(session, day, args, summary_paper(session, day))
    return _("the summary of the day")


def wall(session: Session, day: date, args: argparse.Namespace) -> str:
    paper = wall_paper(session, day)
    _print(session, day, args, paper, layout="wall-a4" if args.a4 else "wall")
    return _("the day's trips for the wall: {trips}").format(trips=texts.trips(len(paper.trips)))


def passengers(session: Session, day: date, args: argparse.Namespace) -> str:
    paper = checkpoint_paper(session, day, trip_ids(session, day, args.trip))
    if not paper.lists:
        raise UserError("print.no_trips", day=day)
    _print(session, day, args, paper, paper.people)
    n = len(paper.lists)
    return ngettext("{n} passenger list", "{n} passenger lists", n).format(n=n)


def confirmation(session: Session, day: date, args: argparse.Namespace) -> str:
    """Issues one; it takes the place of an earlier one of the household."""
    household_id = _household(session, args.household)
    before = confirmations_of(session, household_id)
    drawing()
    paper = issue_confirmation(session, household_id).value
    _print(session, day, args, paper, paper.count)
    if before and before[0].paper.number == paper.replaces:
        say(_("Confirmation no. {number} holds no longer.").format(number=paper.replaces))
    return _("confirmation no. {number}, code {code}").format(number=paper.number, code=paper.code)


def refusal(session: Session, day: date, args: argparse.Namespace) -> str:
    paper = refusal_paper(session, _household(session, args.household))
    _print(session, day, args, paper, len(paper.adults) + len(paper.children))
    n = len(paper.adults)
    return ngettext("a record for {n} adult to sign", "records for {n} adults to sign", n).format(n=n)


def trip_ids(session: Session, day: date, numbers: list[int] | None) -> list[str] | None:
    """Of the trips with these numbers; None: all. UserError "print.no_such_trip"."""
    if numbers is None:
        return None
    by_number = {trip.number: trip.trip_id for trip in day_board(session, day).trips}
    strange = [number for number in numbers if number not in by_number]
    if strange:
        raise UserError("print.no_such_trip", number=strange[0], day=day)
    return [by_number[number] for number in numbers]


def _household(session: Session, number: int) -> str:
    found = household_numbered(session, number)
    if found is None:
        raise UserError("print.no_such_household", number=number)
    return found


def _some(rows: tuple[T, ...], name: str) -> tuple[T, ...]:
    """UserError "print.no_settlement" where there are none."""
    if not rows:
        raise UserError("print.no_settlement", name=name)
    return rows
