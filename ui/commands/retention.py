"""coordinator retention FILE: whose personal data are due to be removed, and remove them."""

from __future__ import annotations

import argparse

from coordinator.errors import UserError
from coordinator.queries.retention import RetentionPreview, preview
from coordinator.services import retention
from coordinator.session import Session
from resources.i18n import _
from ui import privacy_words, texts
from ui.commands.common import Progress, add_json, add_register, opened, print_json, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_json(parser)
    days = _("set the term: days after arrival, 0 for never")
    parser.add_argument("--days", metavar=_("DAYS"), type=int, help=days)
    parser.add_argument("--names", choices=("remove", "keep"), help=_("set whether names go too"))
    parser.add_argument("--yes", action="store_true", help=_("remove what is due; this cannot be undone"))


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        shown = preview(session)
        if args.days is not None or args.names is not None:
            days = shown.term if args.days is None else args.days
            names = shown.names if args.names is None else args.names == "remove"
            retention.set_term(session, days, names)
            shown = preview(session)
        if args.yes:
            return _remove(session, shown)
    if args.json:
        print_json(_as_json(shown))
    else:
        print(privacy_words.due(shown))
        for one in shown.households:
            print(f"№ {one.number}  {texts.day_short(one.delivered_on)}  {one.people:3}  {one.settlement}")
    return 0


def _remove(session: Session, shown: RetentionPreview) -> int:
    if shown.pending and not shown.households:
        done = retention.finish(session)
    elif not shown.households:
        raise UserError("retention.never" if shown.term == 0 else "retention.nothing")
    else:
        removed = retention.anonymise(session, shown.ids, Progress(_("Removing personal data"))).value
        say(privacy_words.removed(removed))
        done = removed.overwritten
    say(_("Copies made before still hold them: see coordinator backup --help."))
    if not done:
        raise UserError("retention.unfinished")
    return 0


def _as_json(shown: RetentionPreview) -> dict[str, object]:
    households = [
        {"number": one.number, "people": one.people, "settlement": one.settlement, "delivered_on": one.delivered_on}
        for one in shown.households
    ]
    return {
        "term_days": shown.term, "names": shown.names, "until": shown.until, "unfinished": shown.pending,
        "people": shown.people, "households": households,
    }  # fmt: skip
