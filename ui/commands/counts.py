"""coordinator counts FILE: the evacuated of a period."""

from __future__ import annotations

import argparse

from coordinator.domain.events import Counts, DayCount
from coordinator.errors import UserError
from coordinator.queries.counts import counts
from resources.i18n import _, ngettext
from ui.commands.common import add_date, add_json, add_register, opened, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser, "--since", _("first day, as 2023-08-09"))
    add_date(parser, "--until", _("last day, as 2023-08-18"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.since and args.until and args.until < args.since:
        raise UserError("period.order")
    with opened(args) as session:
        found = counts(session, args.since, args.until)
    if args.json:
        print_json(as_json(found))
    else:
        _show(found)
    return 0


def as_json(found: Counts) -> dict[str, object]:
    """The counts in plain values. `people` never holds those who left by themselves."""
    return {
        "since": found.since,
        "until": found.until,
        "people": found.people,
        "children": found.children,
        "events": found.events,
        "self_evacuated": found.self_evacuated,
        "self_children": found.self_children,
        "by_all_known": found.by_all_known,
        "by_day": [_day(entry) for entry in found.by_day],
    }


def _day(entry: DayCount) -> dict[str, object]:
    return {
        "date": entry.day,
        "people": entry.people,
        "children": entry.children,
        "events": entry.events,
        "self_evacuated": entry.self_evacuated,
    }


def _show(found: Counts) -> None:
    print(_people(found.people, found.children))
    alone = ngettext("{n} person left by themselves.", "{n} people left by themselves.", found.self_evacuated)
    print(alone.format(n=found.self_evacuated))
    print(_("By all known, other organisations among them: {n}.").format(n=found.by_all_known))
    for entry in found.by_day:
        print(f"{entry.day}  {entry.people:5}  {entry.children:5}  {entry.self_evacuated:5}")
    if found.by_day:
        print(_("Columns: day, people by us, children among them, left by themselves. Persons, not trips."))


def _people(people: int, children: int) -> str:
    text = ngettext(
        "{n} person evacuated by us, {children} of them children.",
        "{n} people evacuated by us, {children} of them children.",
        people,
    )
    return text.format(n=people, children=children)
