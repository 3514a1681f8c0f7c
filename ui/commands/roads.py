"""coordinator roads FILE: what is known of roads; --close, --open, --import, --table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from coordinator.domain.roads import Road
from coordinator.domain.schedule import EVERYWHERE
from coordinator.errors import UserError
from coordinator.queries.imports import load_places
from coordinator.queries.roads import RoadTrip, roads
from coordinator.services.import_roads import import_roads, preview_roads, read_road_file
from coordinator.services.road_book import write_road_book
from coordinator.services.roads import close_road, open_road, vehicles_named
from coordinator.session import Session
from resources.i18n import _
from resources.messages import sentence
from ui.commands.common import add_json, add_register, opened, print_json, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    what = parser.add_mutually_exclusive_group()
    places = {"nargs": 2, "metavar": (_("FROM"), _("TO"))}
    what.add_argument("--close", **places, help=_("close a road from today on; TO “all”: every road into FROM"))
    what.add_argument("--open", **places, help=_("a closed road can be driven again"))
    what.add_argument("--import", dest="book", metavar=_("WORKBOOK"), type=Path, help=_("take in travel times"))
    what.add_argument("--table", metavar=_("WORKBOOK"), type=Path, help=_("write the table to fill in"))
    parser.add_argument("--minutes", type=float, help=_("with --close: how long the way round takes"))
    parser.add_argument("--plates", default="", help=_("with --close: only for these vehicles, with commas between"))
    parser.add_argument("--source", default="", help=_("with --close: who said so"))
    parser.add_argument("--dry-run", action="store_true", help=_("with --import: only say what would change"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        if args.close:
            _close(session, args)
        elif args.open:
            _open(session, args.open)
        elif args.book:
            return _import(session, args)
        elif args.table:
            write_road_book(session, args.table)
            say(_("Saved: {path}").format(path=args.table))
        else:
            _show(roads(session), args.json)
    return 0


def _ends(session: Session, texts: list[str]) -> tuple[str, str]:
    """Ids of both ends; UserError "road.place_…" for a name that is not sure."""
    with session.reading() as db:
        places = load_places(db)
    found = []
    for text in texts:
        answer = places.resolve(text)
        if found and text.lower() in ("all", "усі", "всі"):
            found.append(EVERYWHERE)
        elif answer.place is None:
            named = "; ".join(f"{one.name} ({one.hromada})" for one in answer.candidates)
            detail = f"road.place_{answer.status}" if named else "road.place_unknown.bare"
            raise UserError(detail, text=text, places=named)
        else:
            found.append(answer.place.id)
    return found[0], found[1]


def _close(session: Session, args: argparse.Namespace) -> None:
    first, second = _ends(session, args.close)
    road = Road(None, first, second, minutes=args.minutes, closed=True, from_on=session.today(), source=args.source)
    saved = close_road(session, road, vehicles_named(session, args.plates)).value
    say(_("The road is closed from today on."))
    _tell(saved.trips)


def _tell(trips: Sequence[RoadTrip]) -> None:
    for trip in trips:
        on_road = f" ({_('On the road')})" if trip.departed else ""
        print(_("Trip {list}, {plate}, is to drive there.").format(list=trip.list_number, plate=trip.plate) + on_road)


def _open(session: Session, texts: list[str]) -> None:
    ends = frozenset(_ends(session, texts))
    closed = [road for road in roads(session) if road.closed and road.pair == ends and road.id]
    if not closed:
        raise UserError("road.not_closed")
    for road in closed:
        open_road(session, road.id or "")
    say(_("The road is open again from today on."))


def _import(session: Session, args: argparse.Namespace) -> int:
    preview = preview_roads(session, read_road_file(args.book))
    for problem in preview.problems:
        print(f"{problem.at.sheet}!{problem.at.cell}  {problem.at.value}  {sentence(problem.code, problem.facts)}")
    counts = {"new": len(preview.new), "changed": len(preview.changed), "same": preview.same}
    print(_("New: {new}, changed: {changed}, as before: {same}.").format(**counts))
    if not args.dry_run and (preview.new or preview.changed):
        _tell(import_roads(session, preview).value.trips)
    return 0


def _show(found: list[Road], as_json: bool) -> None:
    if as_json:
        fields = ("first", "second", "minutes", "km", "closed", "plate", "from_on", "until_on", "source")
        print_json([{name: getattr(road, name) for name in fields} for road in found])
        return
    for road in found:
        state = _("closed") if road.closed else _("measured")
        figures = [f"{value:g} {unit}" for value, unit in ((road.minutes, _("min")), (road.km, _("km"))) if value]
        all_there = _("{settlement}: all roads there").format(settlement=road.first)
        name = f"{road.first} – {road.second}" if road.second else all_there
        print("  ".join(part for part in (name, state, " ".join(figures), road.plate, road.source) if part))
    if not found:
        print(_("No road is recorded: times come from the straight line and the speeds in the settings."))
