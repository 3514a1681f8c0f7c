"""coordinator results FILE --date D SHEET.xlsx|-: enter what came back from the trips of a day."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from coordinator.errors import UserError
from coordinator.exchange.report import remark_json
from coordinator.exchange.results_sheet import ResultsRead, read_results, read_results_text
from coordinator.services.results_sheet import ResultsApplied, apply_results
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui.commands.common import add_date, add_json, add_register, opened, print_json, say

STANDARD_INPUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser)
    parser.add_argument("sheet", metavar=_("SHEET"), help=_("the filled sheet, or - for lines on standard input"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    read = _read(args.sheet)
    with opened(args) as session:
        session.require_writing()
        done = apply_results(session, args.date or _day_of(read, session.today()), read, args.sheet).value
    if args.json:
        print_json(as_json(done))
    else:
        _show(done)
    if read.lines and not done.applied and not done.unchanged:
        return 1
    return 0


def _read(sheet: str) -> ResultsRead:
    if sheet != STANDARD_INPUT:
        return read_results(Path(sheet))
    content = sys.stdin.buffer.read()
    if not content.strip():
        raise UserError("results.empty")
    return read_results_text(content)


def _day_of(read: ResultsRead, today: date) -> date:
    """The day that the sheet itself names: results typed after midnight still belong to it."""
    if len(read.days) > 1:
        raise UserError("results.several_days", days=", ".join(day.isoformat() for day in sorted(read.days)))
    return next(iter(read.days), today)


def as_json(done: ResultsApplied) -> dict[str, object]:
    return {
        "rows_read": done.rows_read,
        "applied": done.applied,
        "unchanged": done.unchanged,
        "blank": done.blank,
        "boarded": done.boarded,
        "arrived": list(done.arrived),
        "set_aside": [remark_json(remark) for remark in done.set_aside],
        "warnings": [remark_json(remark) for remark in done.warnings],
    }


def _show(done: ResultsApplied) -> None:
    print(_("{rows} rows = {applied} entered + {same} the same + {aside} set aside + {blank} still open").format(
        rows=done.rows_read, applied=done.applied, same=done.unchanged, aside=len(done.set_aside),
        blank=done.blank))  # fmt: skip
    print(ngettext("{n} person boarded.", "{n} people boarded.", done.boarded).format(n=done.boarded))
    if done.arrived:
        print(_("Arrived: trips {numbers}").format(numbers=", ".join(map(str, done.arrived))))
    for heading, remarks in ((_("Set aside:"), done.set_aside), (_("To look at:"), done.warnings)):
        if remarks:
            say(heading)
        for remark in remarks:
            where = " ".join(part for part in (remark.at.sheet, remark.at.cell) if part)
            say(f"  {where}: {sentence(remark.code, {'value': remark.at.value, **remark.facts})}")
