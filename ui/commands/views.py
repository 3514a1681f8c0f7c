"""coordinator views FILE: the saved views of the registry, and how many households each finds."""

from __future__ import annotations

import argparse

from coordinator.queries.saved_views import counted_views
from resources.i18n import _
from ui import texts
from ui.commands.common import add_date, add_json, add_register, opened, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        found = counted_views(session, args.date or session.today())
    if args.json:
        print_json([{"view": view.name, "pinned": view.pinned, **count._asdict()} for view, count in found])
        return 0
    for view, count in found:
        print(f"{count.households:7}  {view.name} ({texts.people(count.people)})")
    if not found:
        print(_("There is no saved view yet. Save one on the page Registry with Ctrl+B."))
    return 0
