"""coordinator papers FILE: what was printed, which copies are out; mark those that came back or were destroyed."""

from __future__ import annotations

import argparse

from coordinator.domain.papers import CopyEnd
from coordinator.errors import UserError
from coordinator.queries.print_log import PrintedCopy, print_log
from coordinator.services.paper_copies import end_copies
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts
from ui.action_words import COPY_ENDS, paper_name
from ui.commands.common import add_date, add_json, add_register, opened, print_json, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser, help_text=_("only papers for this day"))
    parser.add_argument("--out", action="store_true", help=_("only copies that are out"))
    for end, text in (
        (CopyEnd.RETURNED, _("this copy came back, as the number of its list and of the copy: 2023-08-15/3 1")),
        (CopyEnd.DESTROYED, _("this copy was destroyed")),
    ):
        parser.add_argument(f"--{end.value}", nargs=2, metavar=(_("LIST"), _("NUMBER")), action="append", help=text)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        for end in (CopyEnd.RETURNED, CopyEnd.DESTROYED):
            for number, copy in getattr(args, end.value) or ():
                _mark(session, number, copy, end)
        copies = print_log(session, args.date, only_out=args.out)
    if args.json:
        print_json([_facts(copy) for copy in copies])
        return 0
    for copy in copies:
        print(_line(copy))
    n = sum(copy.out for copy in copies)
    say(ngettext("{n} copy is out", "{n} copies are out", n).format(n=n))
    return 0


def _mark(session: Session, number: str, copy: str, end: CopyEnd) -> None:
    """The newest print of the list that has this copy. UserError "print.copy_gone"."""
    found = [one for one in print_log(session) if one.list == number and str(one.copy) == copy]
    if not found:
        raise UserError("print.copy_gone")
    end_copies(session, [(found[0].printed_id, found[0].copy)], end)


def _line(copy: PrintedCopy) -> str:
    paper = paper_name("difference" if copy.sheet else copy.kind)
    if copy.list:
        paper = _("{paper} {list}, version {version}").format(paper=paper, list=copy.list, version=copy.version)
    state = _(COPY_ENDS[copy.end])
    if copy.out and copy.newer:
        state = _("out, and a newer version is issued")
    whom = copy.to or (_("driver") if copy.list else "")
    parts = (texts.moment(copy.printed_at), paper, _("copy {n}").format(n=copy.copy), whom, state, copy.target)
    return " | ".join(part for part in parts if part)


def _facts(copy: PrintedCopy) -> dict[str, object]:
    return {
        "kind": copy.kind, "list": copy.list, "day": copy.day, "version": copy.version, "copy": copy.copy,
        "for": copy.to, "printed_at": copy.printed_at, "printed_by": copy.printed_by, "where": copy.target,
        "state": copy.end, "ended_at": copy.ended_at, "newer_version": copy.newer,
    }  # fmt: skip
