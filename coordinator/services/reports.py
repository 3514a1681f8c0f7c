"""Freezing a daily report: what is sent is kept as it was sent, with a number and what each figure counts.

A frozen report is never changed and never taken back; what is known later goes into the next one as a correction.
"""

from __future__ import annotations

from datetime import date

from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.ledger import book_of
from coordinator.queries.reports import DAILY, Report, content_of, report_of, sent_reports
from coordinator.report_words import definitions
from coordinator.session import Session
from db import stores
from db.ids import new_id
from db.rows import ReportRow


def freeze_report(session: Session, day: date, sent_to: str = "") -> Outcome[Report]:
    """Freeze the daily report of `day` with the figures of this moment, under the next number.

    UserError "report.future" for a day that has not begun, "report.same" where the last report of that day says
    exactly this.
    """
    if day > session.today():
        raise UserError("report.future", day=day)
    with session.act("freeze_report", day=day.isoformat()) as act:
        sent = sent_reports(act.db)
        content = content_of(session, act.db, book_of(act.db, act.now), day, sent, sending=True)
        before = next((report for report in sent if report.day == day), None)
        if before is not None and before.content.same_figures(content):
            raise UserError("report.same", number=before.number, day=day)
        number = 1 + max((report.number for report in sent), default=0)
        told = [list(one) for one in definitions(content.since, content.hide_below)]
        row = ReportRow(new_id(), number, DAILY, day, content.to_json(), told, act.now, act.user, sent_to.strip())
        stores.reports.add(act.db, [row])
        act.describe(number=number, day=day.isoformat())
        act.touch(Touched.EVENTS)
    return act.outcome(report_of(row))
