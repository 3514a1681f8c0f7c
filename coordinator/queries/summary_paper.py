"""The daily summary on one page: the lines of the report to the oblast, added up by hromada."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime

from coordinator.domain.names import sort_key
from coordinator.exchange.hiding import ALL, columns_hidden, hromada
from coordinator.exchange.out_counts import SummaryLine
from coordinator.queries.reports import Report, reports
from coordinator.report_content import ReportContent
from coordinator.report_words import correction_words
from coordinator.session import Session
from coordinator.summary_content import SummaryFigures, SummaryPaper, SummaryRow
from resources.i18n import _

_FIGURES = tuple(field.name for field in fields(SummaryFigures))


def summary_paper(session: Session, day: date) -> SummaryPaper:
    """As the register counts now; small figures hidden as in a report that would be frozen."""
    return content_paper(reports(session, day).draft, session.clock(), session.training)


def report_paper(report: Report, printed_at: datetime, training: bool) -> SummaryPaper:
    """A frozen report on paper, as it was sent."""
    return replace(
        content_paper(report.content, printed_at, training),
        report=report.number,
        corrected="; ".join(correction_words(one, report.content.hide_below) for one in report.content.corrections),
    )


def content_paper(content: ReportContent, printed_at: datetime, training: bool) -> SummaryPaper:
    """What a report says, with the small figures hidden as there."""
    hidden = content.hidden
    rows = (replace(row, hidden=columns_hidden(hidden, hromada(row.name))) for row in by_hromada(content.lines))
    return SummaryPaper(
        day=content.day,
        printed_at=printed_at,
        total=_added(content.lines),
        rows=tuple(rows),
        since=content.since,
        source=_("this register"),
        training=training,
        hidden=columns_hidden(hidden, ALL),
        hide_below=content.hide_below if hidden else 0,
        days=content.days,
        as_of=content.as_of,
    )


def by_hromada(lines: Iterable[SummaryLine]) -> tuple[SummaryRow, ...]:
    """A row a hromada in the order of the alphabet; settlements of which nobody knows it stand last, under ""."""
    found: dict[str, list[SummaryLine]] = {}
    for line in lines:
        found.setdefault(line.hromada, []).append(line)
    names = sorted(found, key=lambda name: (not name, sort_key(name)))
    return tuple(SummaryRow(name, _added(found[name])) for name in names)


def _added(lines: Iterable[SummaryLine]) -> SummaryFigures:
    given = list(lines)
    return SummaryFigures(**{name: sum(getattr(line, name) for line in given) for name in _FIGURES})
