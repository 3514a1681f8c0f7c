"""A frozen report leaves as a workbook, with its definitions, or as a text for a messenger. Logged as any export."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from coordinator.domain.days import kyiv
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange.exports import about_lines
from coordinator.exchange.writing import Note, write_workbook
from coordinator.outcome import Change, Outcome
from coordinator.queries.reports import Report
from coordinator.report_book import report_sheets
from coordinator.services.copying import CLIPBOARD
from coordinator.services.exports import WORKBOOK, Exported
from coordinator.services.outgoing import Entry, digest_of_file, log_outgoing
from coordinator.session import Session
from coordinator.settings import CENTRE_NAME
from resources.i18n import _

KIND, TEXT = "report", "report-text"
"""Kinds in the log of what leaves."""


def write_report_book(session: Session, report: Report, path: Path) -> Outcome[Exported]:
    """Write a report to `path` (.xlsx), whole or not at all.

    UserError "report.suffix", "role.refused", why the register can only be read, and as `write_workbook`.
    """
    session.require_writing(Right.EXPORT_COUNTS)
    if path.suffix.lower() != WORKBOOK:
        raise UserError("report.suffix", file=path.name)
    changes: list[Change] = []

    def log(draft: Path, rows: int) -> None:
        about = {"report": report.number, "recipient": report.sent_to}
        entry = Entry(f"export:{KIND}", path.name, 0, report.day, digest_of_file(draft), about)
        changes.append(log_outgoing(session, Right.EXPORT_COUNTS, entry, rows).change)

    rows = write_workbook(path, report_sheets(report.content), [_about(session, report)], None, log)
    return Outcome(Exported(path, rows, 0, report.number), changes[0])


def log_text_copied(session: Session, report: Report | None, day: date, text: str) -> Outcome[None]:
    """Log that the text of a report, or of the draft for `day`, goes to the clipboard, before it does.

    UserError "role.refused", and why the register can only be read: what cannot be logged does not leave.
    """
    about = {"report": report.number, "recipient": report.sent_to} if report else None
    digest = hashlib.sha256(text.encode()).hexdigest()
    entry = Entry(f"export:{TEXT}", CLIPBOARD, 0, day, digest, about)
    return log_outgoing(session, Right.EXPORT_COUNTS, entry, len(text.splitlines()))


def _about(session: Session, report: Report) -> Note:
    day, at = f"{report.day:%d.%m.%Y}", f"{kyiv(report.content.as_of):%d.%m.%Y %H:%M}"
    what = _("Daily report No. {number}: {day}, as of {at}").format(number=report.number, day=day, at=at)
    written = kyiv(session.clock())
    lines = about_lines(what, session.setting(CENTRE_NAME), written, session.user, session.training)
    if report.sent_to:
        lines.append((_("For"), report.sent_to))
    return Note(_("About"), [*lines, *report.definitions])
