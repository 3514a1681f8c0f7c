"""A chart that leaves the register: as a picture or as a workbook, whole or not at all, and logged. No names in it."""

from __future__ import annotations

from pathlib import Path

from coordinator.domain.charts import Chart
from coordinator.domain.days import kyiv
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange.chart_book import chart_notes, chart_sheet
from coordinator.exchange.writing import Ready, write_whole, write_workbook
from coordinator.outcome import Change, Outcome
from coordinator.services.outgoing import Entry, digest_of_file, log_outgoing
from coordinator.session import Session
from coordinator.settings import CENTRE_NAME, HIDE_BELOW

CHART = "chart"
"""Kind in the log of what leaves."""
PICTURES = frozenset({".png", ".svg"})
WORKBOOK = ".xlsx"


def require_chart_export(session: Session, path: Path) -> None:
    """UserError where this user may not take figures out, or "export.chart_suffix". Ask before drawing."""
    session.require_writing(Right.EXPORT_COUNTS)
    if path.suffix.lower() not in PICTURES | {WORKBOOK}:
        raise UserError("export.chart_suffix", file=path.name)


def save_picture(session: Session, chart: Chart, path: Path, picture: bytes) -> Outcome[Path]:
    """Keep a drawn picture of a chart that may leave as `path`.

    UserError as `require_chart_export` and `write_workbook`; "export.chart_changed" where the setting has changed since
    the chart was made.
    """
    require_chart_export(session, path)
    _require_withheld(session, chart)
    changes: list[Change] = []

    def write(draft: Path) -> int:
        draft.write_bytes(picture)
        return len(chart.points)

    write_whole(path, write, _log(session, chart, path, changes))
    return Outcome(path, changes[0])


def save_book(session: Session, chart: Chart, path: Path) -> Outcome[Path]:
    """Write the cells of a chart as a workbook. UserError as `save_picture`."""
    require_chart_export(session, path)
    _require_withheld(session, chart)
    changes: list[Change] = []
    notes = chart_notes(
        chart, session.setting(CENTRE_NAME), kyiv(session.clock()), session.user, session.training
    )  # fmt: skip
    write_workbook(path, [chart_sheet(chart)], notes, ready=_log(session, chart, path, changes))
    return Outcome(path, changes[0])


def _require_withheld(session: Session, chart: Chart) -> None:
    if chart.least is None:
        raise ValueError("a chart that shows small numbers does not leave")
    if chart.least != session.setting(HIDE_BELOW):
        raise UserError("export.chart_changed")


def _log(session: Session, chart: Chart, path: Path, changes: list[Change]) -> Ready:
    def log(draft: Path, rows: int) -> None:
        entry = Entry(f"export:{CHART}", path.name, 0, chart.asked.until, digest_of_file(draft), {"chart": chart.key})
        changes.append(log_outgoing(session, Right.EXPORT_COUNTS, entry, rows).change)

    return log
