"""Daily reports: what one would say now, those that were sent, and what is known otherwise since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.domain.corrections import Correction, Sent, corrections
from coordinator.domain.counting import OURS, THEMSELVES, daily, running
from coordinator.domain.ledger import Ledger
from coordinator.domain.pace import Forecast, forecast
from coordinator.exchange.hiding import hidden_of
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.coverage import ready_people
from coordinator.queries.ledger import Book
from coordinator.queries.population import Population
from coordinator.queries.summary import counted_since, summary_lines
from coordinator.report_book import summary_totals
from coordinator.report_content import ReportContent
from coordinator.session import Session
from coordinator.settings import HIDE_BELOW
from coordinator.summary_content import DayBar
from db import stores
from db.connection import Database
from db.rows import ReportRow

DAILY = "daily"
"""Kind of a report row."""
CHARTED_DAYS = 14


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was frozen, as it was sent; `definitions` as (term, what is counted)."""

    id: str
    number: int
    day: date
    content: ReportContent
    definitions: tuple[tuple[str, str], ...]
    frozen_at: datetime
    frozen_by: str = ""
    sent_to: str = ""

    @property
    def figures(self) -> Sent:
        """What it says of its own day."""
        total = summary_totals(list(self.content.lines), self.day)
        return Sent(
            self.day, self.number, self.content.as_of, total.people, total.children, total.alone, total.alone_children
        )


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports, newest first; what one on the asked day would say now; what is known otherwise than was sent.

    `forecast` is of the asked day. `told`: whether anything of that day is recorded. What all is counted from is not
    kept: to let go of it takes the window's thread a twentieth of a second.
    """

    sent: tuple[Report, ...]
    draft: ReportContent
    since_sent: tuple[Correction, ...]
    forecast: Forecast
    told: bool


def report_of(row: ReportRow) -> Report:
    terms = tuple((term, text) for term, text in row.definitions)
    content = ReportContent.from_json(row.content)
    return Report(
        row.id, row.number, row.work_on, content, terms, row.frozen_at, row.frozen_by, row.sent_to
    )  # fmt: skip


def sent_reports(db: Database) -> list[Report]:
    """Newest first."""
    rows = stores.reports.where(db, kind=DAILY)
    return [report_of(row) for row in sorted(rows, key=lambda row: -row.number)]


def reports(session: Session, day: date, memory: CountMemory | None = None) -> Reports:
    """`memory`: that of the charts, so that only what was written since anybody looked is read."""
    with session.reading() as db:
        population = (memory or CountMemory(session)).population(db)
        book, sent = population.book, sent_reports(db)
        draft = content_of(session, db, book, day, sent, population)
        ahead = forecast(book.ledger, day, ready_people(population, day))
        return Reports(tuple(sent), draft, draft.corrections, ahead, bool(book.ledger.reported(day, day)))


def report_numbered(session: Session, number: int) -> Report | None:
    with session.reading() as db:
        rows = stores.reports.where(db, kind=DAILY, number=number)
    return report_of(rows[0]) if rows else None


def content_of(
    session: Session, db: Database, book: Book, day: date, sent: list[Report],
    population: Population | None = None, sending: bool = False,
) -> ReportContent:  # fmt: skip
    """What a report of `day` says now, with what is known otherwise than it was last sent, of this day as of others.

    `sending`: it is about to be frozen, and by that the day has a report.
    """
    since, least = counted_since(session), session.setting(HIDE_BELOW)
    lines = tuple(summary_lines(db, book, day, since, population))
    changed, days = corrections(book.ledger, last_said(sent)), bars(book.ledger, day, since)
    if sending and days[-1].people is None:
        days = (*days[:-1], DayBar(day, 0, 0, 0, _until(book.ledger, since, day)))
    return ReportContent(day, book.as_of, since, least, lines, hidden_of(lines, least), days, tuple(changed))


def _until(ledger: Ledger, since: date | None, day: date) -> int | None:
    """The running total of a day on which nobody was moved; None before the count began."""
    if since is not None and day < since:
        return None
    return next((one.total.value for one in reversed(running(ledger, since, day))), 0)


def last_said(sent: list[Report]) -> list[Sent]:
    """Of each reported day what the newest report that speaks of it says: its own, or a correction in a later one."""
    said: dict[date, Sent] = {}
    for report in sorted(sent, key=lambda report: report.number):
        said[report.day] = report.figures
        for one in report.content.corrections:
            said[one.day] = Sent(
                one.day, report.number, report.content.as_of, one.people.now, one.children[1], one.alone.now,
                one.alone_children[1],
            )  # fmt: skip
    return list(said.values())


def bars(ledger: Ledger, day: date, since: date | None) -> tuple[DayBar, ...]:
    """The last days up to `day`, for the charts of a report."""
    first = day - timedelta(days=CHARTED_DAYS - 1)
    totals = {one.day: one.total.value for one in running(ledger, since, day)}
    found = []
    ours, alone = daily(ledger, first, day, OURS), daily(ledger, first, day, THEMSELVES)
    for at, (moved, left) in enumerate(zip(ours, alone, strict=True)):
        on = first + timedelta(days=at)
        if moved is None or left is None:
            found.append(DayBar(on))
        else:
            found.append(DayBar(on, moved.now.value, moved.now.children.value, left.now.value, totals.get(on)))
    return tuple(found)
