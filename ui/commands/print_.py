"""coordinator print FILE WHAT OUT: every paper as a PDF, and the results sheet as a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from coordinator.errors import UserError
from coordinator.services.papers import issue_results_sheet, right_of
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui.commands import print_lists, print_papers
from ui.commands.common import NO_PASSPHRASE_EXIT, add_date, add_register, opened, say

Printer = Callable[[Session, date, argparse.Namespace], str]
"""Writes the paper to `out`; returns what was written, in words."""


def _results_sheet(session: Session, day: date, args: argparse.Namespace) -> str:
    n = issue_results_sheet(session, day, args.out).value
    return ngettext("a sheet with {n} row to fill in", "a sheet with {n} rows to fill in", n).format(n=n)


PRINTERS: Mapping[str, Printer] = {
    "pickup-lists": print_lists.pickup_lists_,
    "changes": print_lists.changes,
    "everything": print_papers.everything,
    "call-list": print_papers.call_list_,
    "call-sheet": print_papers.call_sheet,
    "results-sheet": _results_sheet,
    "street-board": print_papers.street_board,
    "daily-summary": print_papers.summary,
    "wall": print_papers.wall,
    "passengers": print_papers.passengers,
    "confirmation": print_papers.confirmation,
    "refusal": print_papers.refusal,
}
PAPERS = tuple(PRINTERS)

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "settlement": ("street-board", "everything", "call-list"),
    "trip": ("pickup-lists", "changes", "passengers"),
    "household": ("confirmation", "refusal"),
    "draft": ("pickup-lists",),
    "copy_for": ("pickup-lists",),
    "since": ("changes",),
    "a4": ("wall",),
    "callers": ("call-sheet",),
    "each": ("call-sheet",),
}
"""The papers that an option speaks of; with another one it is refused, not passed over."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("what", metavar=_("WHAT"), choices=PAPERS, help=", ".join(PAPERS))
    parser.add_argument("out", metavar=_("OUT"), type=Path, help=_("the PDF, or the workbook of the results sheet"))
    add_date(parser)
    say_for = _("{what} (for: {papers})")

    def option(name: str, what: str, **how: object) -> None:
        told = say_for.format(what=what, papers=", ".join(OPTIONS[name]))
        parser.add_argument(f"--{name.replace('_', '-')}", help=told, **how)  # type: ignore[arg-type]

    option("settlement", _("only this settlement, by its name"), metavar=_("SETTLEMENT"))
    option(
        "trip",
        _("only this trip, by its number; can be given several times"),
        type=int,
        action="append",
        metavar=_("NUMBER"),
    )
    option("household", _("the household, by its number"), type=int, metavar=_("NUMBER"))
    option("draft", _("a draft that is not issued and gets no version"), action="store_true", default=None)
    option("copy_for", _("one more copy, for whom; can be given several times"), action="append", metavar=_("WHOM"))
    option("since", _("what changed since this version"), type=int, metavar=_("VERSION"))
    option("a4", _("on A4 instead of A3"), action="store_true", default=None)
    option("callers", _("how many callers share the list"), type=int, metavar="N")
    option("each", _("households for each caller, at most"), type=int, metavar="N")


def run(args: argparse.Namespace) -> int:
    _refuse_strange_options(args)
    with opened(args) as session:
        session.require_writing(right_of(print_papers.LOGGED_AS.get(args.what, args.what), to_file=True))
        done = PRINTERS[args.what](session, args.date or session.today(), args)
    say(f"{args.out}: {done}")
    return 0


def _refuse_strange_options(args: argparse.Namespace) -> None:
    """UserError "print.option": an option that does not speak of this paper, or is missing and must be given."""
    for name, papers in OPTIONS.items():
        option = f"--{name.replace('_', '-')}"
        if getattr(args, name) is not None and args.what not in papers:
            raise UserError(
                "print.option", option=option, paper=args.what, papers=", ".join(papers), exit_code=NO_PASSPHRASE_EXIT
            )
    if args.what in OPTIONS["household"] and args.household is None:
        raise UserError("print.needs_household", paper=args.what, exit_code=NO_PASSPHRASE_EXIT)
