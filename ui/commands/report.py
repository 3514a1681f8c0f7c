"""coordinator report FILE: the reports that were sent, what one would say now, freezing it, and writing it out."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from coordinator.domain.days import kyiv
from coordinator.errors import UserError
from coordinator.exchange.published_book import write_form
from coordinator.queries.reports import Report, Reports, report_numbered, reports
from coordinator.queries.summary_paper import report_paper
from coordinator.report_book import summary_totals
from coordinator.report_content import ReportContent
from coordinator.report_words import corrections_words, forecast_words, messenger_text
from coordinator.services.papers import SUMMARY, log_print
from coordinator.services.published import import_published
from coordinator.services.report_files import write_report_book
from coordinator.services.reports import freeze_report
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui.commands.common import add_date, add_json, add_register, opened, print_json, say
from ui.probe import explain, look_for_screen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_date(parser)
    parser.add_argument("--freeze", action="store_true", help=_("freeze the report of the day under the next number"))
    parser.add_argument("--to", metavar=_("NAME"), default="", help=_("to whom a frozen report is sent"))
    parser.add_argument("--number", metavar="N", type=int, help=_("an earlier report instead of the draft"))
    parser.add_argument("--workbook", metavar=_("OUT.xlsx"), type=Path, help=_("write the frozen report as a workbook"))
    parser.add_argument("--pdf", metavar=_("OUT.pdf"), type=Path, help=_("write the frozen report on one page"))
    parser.add_argument(
        "--published", metavar=_("FORM.xlsx"), type=Path, help=_("first import counts that offices published")
    )
    parser.add_argument("--form", metavar=_("FORM.xlsx"), type=Path, help=_("write an empty form for such counts"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        if args.form is not None:
            write_form(args.form)
            say(_("Form written: {path}").format(path=args.form))
        if args.published is not None:
            rows = import_published(session, args.published).value
            text = ngettext("{n} published count is here now.", "{n} published counts are here now.", rows)
            say(text.format(n=rows))
        report = _report(session, args)
        _write(session, report, args)
        _tell(session, report, args)
    return 0


def _report(session: Session, args: argparse.Namespace) -> Report | None:
    """The report that is asked for; None: the draft."""
    if args.freeze:
        return freeze_report(session, args.date or session.today(), args.to).value
    if args.number is None:
        return None
    found = report_numbered(session, args.number)
    if found is None:
        raise UserError("report.none", number=args.number)
    return found


def _write(session: Session, report: Report | None, args: argparse.Namespace) -> None:
    if report is None and (args.workbook or args.pdf):
        raise UserError("report.not_frozen", exit_code=2)
    if report is not None and args.workbook:
        write_report_book(session, report, args.workbook)
        say(_("{file} is written.").format(file=args.workbook.name))
    if report is not None and args.pdf:
        _write_page(session, report, args.pdf)
        say(_("{file} is written.").format(file=args.pdf.name))


def _write_page(session: Session, report: Report, out: Path) -> None:
    screen = look_for_screen()
    if not screen.qt_loads:
        raise UserError("print.no_qt", why=explain(screen))
    from ui.paper.output import render
    from ui.paper.summary import summary_document

    paper = report_paper(report, session.clock(), session.training)
    render(summary_document, paper, out, partial(log_print, session, SUMMARY, paper, day=report.day, target=out.name))


def _tell(session: Session, report: Report | None, args: argparse.Namespace) -> None:
    found = reports(session, args.date or session.today())
    if args.json:
        print_json(_as_json(found, report))
        return
    content = report.content if report else found.draft
    print(_text(content, report))
    if report is None:
        if not found.told:
            print(_("Nothing of this day is recorded yet: these zeros say that nobody has told. Frozen, they say "
                    "nobody left."))  # fmt: skip
        print(forecast_words(found.forecast))
    if report is None and found.sent:
        print(_("Sent before:"))
        for one in found.sent:
            at = f"{kyiv(one.frozen_at):%d.%m.%Y %H:%M}"
            print(f"  {one.number:4}  {one.day:%d.%m.%Y}  {at}  {one.frozen_by}  {one.sent_to}".rstrip())
    if found.since_sent:
        print(_("Known otherwise than it was last sent:\n{what}").format(what=corrections_words(found.since_sent)))


def _text(content: ReportContent, report: Report | None) -> str:
    total = summary_totals(content.lines, content.day)
    return messenger_text(content, total, report.number if report else None)


def _as_json(found: Reports, report: Report | None) -> dict[str, object]:
    content = report.content if report else found.draft
    return {
        "number": report.number if report else None,
        "content": content.to_json(),
        "text": _text(content, report),
        "sent": [{"number": one.number, "day": one.day, "sent_to": one.sent_to} for one in found.sent],
        "since_sent": [corrections_words([one]) for one in found.since_sent],
        "forecast": {
            "days_left": found.forecast.days_left,
            "at_best": found.forecast.at_best,
            "at_worst": found.forecast.at_worst,
            "rate": found.forecast.rate,
            "ready": found.forecast.ready.value,
            "unsaid": found.forecast.unsaid,
        },
    }
