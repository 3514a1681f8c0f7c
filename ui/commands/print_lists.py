"""Pickup lists, and what changed on them, from the terminal."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from functools import partial

from coordinator.errors import UserError
from coordinator.paper_content import PickupList
from coordinator.queries.paper_differences import list_differences
from coordinator.queries.papers import pickup_lists
from coordinator.services.differences import issue_differences
from coordinator.services.papers import DRAFT, issue_pickup_lists, log_print
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui.commands.common import say
from ui.commands.print_papers import drawing, trip_ids


def pickup_lists_(session: Session, day: date, args: argparse.Namespace) -> str:
    """Issues the lists; with --draft they stay drafts."""
    draw = drawing()
    wanted = trip_ids(session, day, args.trip)
    lists = pickup_lists(session, day, wanted)
    if not lists:
        raise UserError("print.no_trips", day=day)
    n = len(lists)
    if args.draft:
        drafts = [replace(paper, draft=True) for paper in lists]
        people = sum(paper.totals.people for paper in drafts)
        log = partial(_log_draft, session, drafts, day, people, args.out.name)
        draw("pickup-lists", drafts, args.out, log)
        return ngettext("{n} draft of a pickup list", "{n} drafts of pickup lists", n).format(n=n)
    copies = ("", *(args.copy_for or ()))
    lists = [replace(paper, copies=copies) for paper in lists]
    issue = partial(issue_pickup_lists, session, day, wanted, target=args.out.name, expected=lists, copies=copies)
    draw("pickup-lists", [replace(paper, draft=False) for paper in lists], args.out, issue)
    _say_alone(lists)
    if not all(paper.coordinator_phone for paper in lists):
        say(_("The pickup lists say no phone of the coordinator: a driver in need cannot call."))
        say(_("Set it: coordinator settings FILE centre.phone NUMBER"))
    return ngettext("{n} pickup list", "{n} pickup lists", n).format(n=n)


def changes(session: Session, day: date, args: argparse.Namespace) -> str:
    """A sheet for each printed list that says something else now; it issues the new version."""
    draw = drawing()
    found = list_differences(session, day, trip_ids(session, day, args.trip), args.since)
    if args.trip is None and args.since is None:
        found = [one for one in found if one.new.draft]
    if not found:
        raise UserError("print.nothing_changed", day=day)
    sheets = [replace(one.changes, new=replace(one.new, draft=False)) for one in found]
    draw("changes", sheets, args.out, partial(issue_differences, session, day, found, args.out.name))
    n = len(found)
    return ngettext("what changed on {n} list", "what changed on {n} lists", n).format(n=n)


def _log_draft(session: Session, drafts: list[PickupList], day: date, people: int, target: str) -> object:
    return log_print(session, DRAFT, drafts[0], day=day, people=people, target=target)


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
