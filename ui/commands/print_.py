"""coordinator print FILE WHAT OUT: pickup lists, the whole state, call list, street board; the results sheet."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from coordinator.domain.names import fold
from coordinator.errors import UserError
from coordinator.paper_content import PickupList
from coordinator.queries.papers import call_list, pickup_lists
from coordinator.queries.state_paper import state_paper
from coordinator.queries.street_board import board_places, street_boards
from coordinator.queries.summary_paper import summary_paper
from coordinator.services.papers import (
    CALL_LIST,
    STATE,
    STREET_BOARD,
    SUMMARY,
    issue_pickup_lists,
    issue_results_sheet,
    log_print,
    right_of,
)
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui.commands.common import add_date, add_register, opened, say
from ui.probe import explain, look_for_screen

PAPERS = ("pickup-lists", "everything", "call-list", "results-sheet", "street-board", "daily-summary")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("what", metavar=_("WHAT"), choices=PAPERS, help=", ".join(PAPERS))
    parser.add_argument("out", metavar=_("OUT"), type=Path, help=_("the PDF, or the workbook of the results sheet"))
    add_date(parser)
    parser.add_argument(
        "--settlement", metavar=_("SETTLEMENT"), help=_("of the street board: only this settlement, by its name")
    )


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        session.require_writing(right_of(_LOGGED_AS.get(args.what, args.what), to_file=True))
        printer = _PRINTERS.get(args.what) or partial(_street_board, settlement=args.settlement)
        done = printer(session, args.date or session.today(), args.out)
    say(f"{args.out}: {done}")
    return 0


def _pickup_lists(session: Session, day: date, out: Path) -> str:
    drawing = _drawing()
    lists = pickup_lists(session, day)
    if not lists:
        raise UserError("print.no_trips", day=day)
    log = partial(issue_pickup_lists, session, day, target=out.name, expected=lists)
    drawing.render_pickup_lists(lists, out, log)
    _say_alone(lists)
    if not all(paper.coordinator_phone for paper in lists):
        say(_("The pickup lists say no phone of the coordinator: a driver in need cannot call."))
        say(_("Set it: coordinator settings FILE centre.phone NUMBER"))
    n = len(lists)
    return ngettext("{n} pickup list", "{n} pickup lists", n).format(n=n)


def _say_alone(lists: list[PickupList]) -> None:
    """Which children have no adult named; the papers are written all the same and say so too."""
    count = sum(paper.totals.children_alone for paper in lists)
    if not count:
        return
    text = ngettext("{n} child travels without a named adult:", "{n} children travel without a named adult:", count)
    say(text.format(n=count))
    for paper in lists:
        numbers = [str(stop.household_number) for stop in paper.stops if stop.children_alone]
        if numbers:
            line = ngettext("  list {list}, household {numbers}", "  list {list}, households {numbers}", len(numbers))
            say(line.format(list=paper.number, numbers=", ".join(numbers)))
    say(_("Name the adults in the window (Schedule, Print) and print these lists again."))


def _everything(session: Session, day: date, out: Path) -> str:
    drawing = _drawing()
    paper = state_paper(session, day)
    people = sum(household.people for household in paper.households)
    log = partial(log_print, session, STATE, paper, day=day, people=people, target=out.name)
    drawing.render_state(paper, out, log)
    return _("the whole state by street")


def _call_list(session: Session, day: date, out: Path) -> str:
    drawing = _drawing()
    paper = call_list(session, day)
    people = sum(row.people for row in paper.rows)
    log = partial(log_print, session, CALL_LIST, paper, day=day, people=people, target=out.name)
    drawing.render_call_list(paper, out, log)
    return _("the call list of the day")


def _results_sheet(session: Session, day: date, out: Path) -> str:
    n = issue_results_sheet(session, day, out).value
    return ngettext("a sheet with {n} row to fill in", "a sheet with {n} rows to fill in", n).format(n=n)


def _street_board(session: Session, day: date, out: Path, settlement: str | None) -> str:
    drawing = _drawing()
    places = board_places(session)
    wanted = [place for place in places if settlement is None or fold(place.name) == fold(settlement)]
    if not wanted:
        raise UserError("print.no_settlement", name=settlement or "")
    paper = street_boards(session, day, wanted)
    log = partial(log_print, session, STREET_BOARD, paper, day=day, people=paper.people, target=out.name)
    drawing.render_street_boards(paper, out, log)
    n = len(paper.boards)
    return ngettext("the street board of {n} settlement", "the street boards of {n} settlements", n).format(n=n)


def _summary(session: Session, day: date, out: Path) -> str:
    drawing = _drawing()
    from ui.paper.summary import summary_document

    paper = summary_paper(session, day)
    log = partial(log_print, session, SUMMARY, paper, day=day, target=out.name)
    drawing.render(summary_document, paper, out, log)
    return _("the summary of the day")


def _drawing() -> Any:
    """The drawing of PDFs, which needs Qt; where Qt cannot be loaded it is told, and which library is missing."""
    screen = look_for_screen()
    if not screen.qt_loads:
        raise UserError("print.no_qt", why=explain(screen))
    from ui.paper import output

    return output


_LOGGED_AS = {"everything": STATE, "street-board": STREET_BOARD}
_PRINTERS: dict[str, Callable[[Session, date, Path], str]] = {
    "pickup-lists": _pickup_lists,
    "everything": _everything,
    "call-list": _call_list,
    "results-sheet": _results_sheet,
    "daily-summary": _summary,
}
