"""The daily summary on one page: the lines of the report to the oblast, added up by hromada."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from coordinator.domain.names import sort_key
from coordinator.exchange.out_counts import SummaryLine
from coordinator.queries.summary import daily_summary
from coordinator.session import Session
from coordinator.settings import COUNT_SINCE
from coordinator.summary_content import SummaryFigures, SummaryPaper, SummaryRow
from resources.i18n import _

_FIGURES = tuple(field.name for field in fields(SummaryFigures))


def summary_paper(session: Session, day: date) -> SummaryPaper:
    """As the register counts now."""
    lines = daily_summary(session, day)
    since = session.setting(COUNT_SINCE)
    return SummaryPaper(
        day=day,
        printed_at=session.clock(),
        total=_added(lines),
        rows=by_hromada(lines),
        since=date.fromisoformat(since) if since else None,
        source=_("this register"),
        training=session.training,
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
