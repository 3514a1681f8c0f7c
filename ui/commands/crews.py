"""coordinator crews FILE: the crews of a day, what needs attention first; --left, --word, --back."""

from __future__ import annotations

import argparse
from datetime import date

from coordinator.domain.crews import ALARMS, Standing
from coordinator.domain.days import read_clock
from coordinator.domain.schedule import clock
from coordinator.errors import UserError
from coordinator.queries.crews import CrewLine, day_crews
from coordinator.services.crews import crew_word, set_escort, trip_back, trip_departed
from coordinator.session import Session
from resources.i18n import _
from ui import crew_words
from ui.commands.common import add_date, add_json, add_register, opened, print_json, say

ALARM = 3
"""Exit code where a crew is overdue or silent, so that another program can ring a bell."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser)
    what = parser.add_mutually_exclusive_group()
    for name, told in (
        ("--left", _("the crew of this list has left")), ("--word", _("the crew of this list says that all is well")),
        ("--back", _("the crew of this list is back and safe")), ("--escort", _("set who goes along, with --note")),
    ):  # fmt: skip
        what.add_argument(name, metavar=_("LIST"), help=told)
    parser.add_argument("--note", default="", help=_("what the crew said, or who goes along"))
    parser.add_argument("--expected", metavar=_("TIME"), help=_("with --word: back at another time, as 15:30"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        day = args.date or session.today()
        wanted = args.left or args.word or args.back or args.escort
        if wanted:
            _enter(session, args, _trip(session, day, wanted))
            say(_("Saved."))
            return 0
        found = day_crews(session, day).at(session.clock())
    if args.json:
        print_json([_plain(line, one) for line, one in found])
    else:
        _show(found)
    return ALARM if any(one.state in ALARMS for _line, one in found) else 0


def _trip(session: Session, day: date, wanted: str) -> str:
    """The trip of "3" or "2023-08-15/3"; UserError "crew.none"."""
    for line in day_crews(session, day).lines:
        if wanted in (line.list_number, line.list_number.rpartition("/")[2]):
            return line.trip_id
    raise UserError("crew.none", list=wanted)


def _enter(session: Session, args: argparse.Namespace, trip_id: str) -> None:
    if args.left:
        trip_departed(session, trip_id)
    elif args.back:
        trip_back(session, trip_id, args.note)
    elif args.escort:
        set_escort(session, trip_id, args.note)
    else:
        expected = read_clock(args.expected) if args.expected else None
        if args.expected and expected is None:
            raise UserError("time.unreadable", value=args.expected)
        crew_word(session, trip_id, args.note, expected)


def _show(found: list[tuple[CrewLine, Standing]]) -> None:
    for line, one in found:
        word, hits = crew_words.word_words(line.last), crew_words.hit_words(line.hits)
        parts = (
            crew_words.state_words(one), line.list_number, line.plate, line.driver, line.phone, line.escort,
            crew_words.left_words(line), crew_words.where_words(one),
            _("back by {time}").format(time=clock(one.due_back)), word, hits,
        )  # fmt: skip
        print("  ".join(part for part in parts if part))
    if not found:
        print(_("No trips on this day"))


def _plain(line: CrewLine, one: Standing) -> dict[str, object]:
    return {
        "list": line.list_number, "plate": line.plate, "driver": line.driver, "state": one.state.value,
        "minutes": one.minutes, "place": one.place, "planned_departure": clock(line.run.depart),
        "departed_at": line.departed_at, "expected_back": clock(one.due_back),
        "last_word": line.last.said_at if line.last else None, "hits": len(line.hits),
    }  # fmt: skip
