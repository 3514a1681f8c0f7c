"""coordinator import FILE WORKBOOK: read a workbook into a register, or only say what it would do."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.exchange.incoming import ListKind, Remark
from coordinator.exchange.questions import HARMLESS
from coordinator.exchange.report import ImportReport, RowStatus
from coordinator.queries.reading import open_list
from coordinator.services.exports import export_report, require_report
from coordinator.services.import_errors import export_errors
from coordinator.services.imports import ImportPreview, apply_import, preview_import
from coordinator.session import Session
from coordinator.words import label
from resources.i18n import N_, _, ngettext
from resources.messages import sentence
from ui.commands.common import Progress, add_date, add_json, add_register, opened, print_json, say
from ui.commands.reading_options import add_reading, changed, column_lines, meanings, word_lines
from ui.import_totals import totals_line

SHOWN = 12
"""So many remarks are shown on the terminal; all of them stand in the report."""

PASSWORD_VARIABLE = "COORDINATOR_WORKBOOK_PASSWORD"
TRIES = 3
_NAMED = 4
_UNREADABLE = frozenset({"ask.no_list"})
_HOUSEHOLDS = N_("Households")
_WHAT = {ListKind.FLEET.value: N_("Vehicles"), ListKind.GAZETTEER.value: N_("Settlements")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("workbook", metavar=_("WORKBOOK"), type=Path, help=_("xlsx, xls, xlsb, ods, csv or tsv"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    add_date(parser, "--date", _("the list's date, where it names none itself"))
    parser.add_argument("--strict", action="store_true", help=_("refuse the whole file if any row cannot be used"))
    add_reading(parser)
    parser.add_argument(
        "--errors-to", metavar=_("OUT.xlsx"), type=Path, help=_("write the rows that the sender has to correct")
    )
    parser.add_argument("--report", metavar=_("OUT.xlsx"), type=Path, help=_("write what happened to each row"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        if args.report or args.errors_to:
            require_report(session)
        if not args.dry_run:
            session.require_writing()
        preview = looked_at(session, args)
        if args.errors_to:
            _send_back(session, preview, args.errors_to)
        preview.check(args.strict)
        report = preview.report
        if not args.dry_run:
            report = apply_import(session, preview, Progress(_("Importing")), strict=args.strict).value
        if args.report:
            export_report(session, report, args.workbook.name, args.report)
    if args.json:
        print_json(report.to_json())
    else:
        _show(report, args.dry_run)
    return 0


def _send_back(session: Session, preview: ImportPreview, path: Path) -> None:
    """The workbook for the sender; that there is nothing to correct is only said."""
    try:
        written = export_errors(session, preview, path).value
    except UserError as refused:
        if refused.code != "import.nothing_to_correct":
            raise
        say(sentence(refused.code, refused.facts))
        return
    text = ngettext(
        "{n} row for the sender to correct: {path}", "{n} rows for the sender to correct: {path}", written.rows
    )
    say(text.format(n=written.rows, path=path))


def looked_at(session: Session, args: argparse.Namespace) -> ImportPreview:
    """The preview; the password of a protected workbook comes from the environment, or is asked three times."""
    password = os.environ.get(PASSWORD_VARIABLE, "")
    asks = PASSWORD_VARIABLE not in os.environ
    for tried in range(TRIES + 1):
        try:
            return _previewed(session, args, password)
        except UserError as refused:
            if refused.code not in ("import.password", "import.wrong_password") or not asks:
                raise
            if tried == TRIES:
                break
            say(sentence(refused.code, refused.facts))
            password = _asked(args.workbook.name)
    raise UserError("import.password_not_found", file=args.workbook.name)


def _previewed(session: Session, args: argparse.Namespace, password: str) -> ImportPreview:
    """Read as the command says, as the sender's lists are, or as it is guessed; what is not clear is told.

    UserError "ask.open" where nothing can be read without an answer, and with --strict where anything is not clear.
    """
    day = args.date or session.today()
    found = open_list(
        session, args.workbook, day, password=password, sender=clean(args.sender),
        change=lambda reading, sheets: changed(reading, sheets, args),
    )  # fmt: skip
    unread = [question for question in found.questions if question.code in _UNREADABLE]
    refused = [question for question in found.questions if question.code not in HARMLESS] if args.strict else unread
    if refused:
        raise UserError("ask.open", file=found.original.name, asked=" ".join(map(_told, refused[:_NAMED])))
    # A guess by headers alone makes nobody the sender of a list.
    reading = found.reading if found.known.sure else replace(found.reading, sender="")
    _list(_("Not clear:"), found.questions)
    for line in (*(column_lines(found) if args.dry_run else ()), *word_lines(found)[:SHOWN]):
        say(line)
    return preview_import(
        session, found.original, day, Progress(_("Reading")), reading=reading, words=meanings(args), sheets=found.sheets
    )


def _told(question: Remark) -> str:
    where = f"{question.at.sheet} {question.at.cell}: " if question.at.cell else ""
    return where + sentence(question.code, {"value": question.at.value, **question.facts})


def _asked(name: str) -> str:
    """The password, typed unseen. UserError where nobody can type, and where nothing was typed."""
    if not sys.stdin.isatty():
        raise UserError("import.password_cannot_ask", file=name, variable=PASSWORD_VARIABLE)
    typed = getpass.getpass(_("Password of {file}:").format(file=name) + " ")
    if not typed:
        raise UserError("import.password_not_found", file=name)
    return typed


def _show(report: ImportReport, dry_run: bool) -> None:
    if dry_run:
        print(_("Only looked at: nothing was written."))
    print(_("{kind}: {totals}").format(kind=label(ListKind(report.kind)), totals=totals_line(report)))
    for line in _added(report):
        print(line)
    if report.rows_updated or report.gone:
        text = _("{what}: {new} new, {changed} changed, {completed} only completed, {same} the same, {gone} gone")
        print(text.format(
            what=_(_WHAT.get(report.kind, _HOUSEHOLDS)),
            new=report.entries_with(RowStatus.ADDED), changed=report.entries_with(RowStatus.UPDATED),
            completed=report.entries_with(RowStatus.COMPLETED), same=report.entries_with(RowStatus.UNCHANGED),
            gone=report.gone,
        ))  # fmt: skip
    _list(_("Set aside:"), report.rows_rejected)
    _list(_("To look at:"), report.warnings)
    doubles = len(report.possible_duplicates)
    if doubles:
        text = ngettext("{n} household is possibly known already: see the page Duplicates.",
                        "{n} households are possibly known already: see the page Duplicates.", doubles)  # fmt: skip
        print(text.format(n=doubles))


def _added(report: ImportReport) -> list[str]:
    new = report.added
    counted = [
        (new.households, ngettext("{n} new household", "{n} new households", new.households)),
        (new.people, ngettext("{n} new person", "{n} new people", new.people)),
        (new.children, ngettext("{n} of them a child", "{n} of them children", new.children)),
        (new.wheelchair, ngettext("{n} in a wheelchair", "{n} in wheelchairs", new.wheelchair)),
        (new.stretcher, ngettext("{n} lying", "{n} lying", new.stretcher)),
        (new.vehicles, ngettext("{n} new vehicle", "{n} new vehicles", new.vehicles)),
    ]
    return [text.format(n=n) for n, text in counted if n]


def _list(heading: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    say(heading)
    for remark in remarks[:SHOWN]:
        where = " ".join(part for part in (remark.at.sheet, remark.at.cell) if part)
        told = sentence(remark.code, {"value": remark.at.value, **remark.facts})
        say(f"  {where}: {told}" if where else f"  {told}")
    if len(remarks) > SHOWN:
        more = len(remarks) - SHOWN
        say(ngettext("  and {n} more", "  and {n} more", more).format(n=more))
