"""What leaves the register on paper: which paper, which version, when and by whom, and a digest to see what changed.

The log is written first, the paper is drawn or takes its name afterwards: nothing leaves that is not in the log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from coordinator.domain.roles import Right
from coordinator.domain.trip import PICKUP_LIST
from coordinator.errors import UserError
from coordinator.exchange.results_sheet import BlankSheet, write_results_sheet
from coordinator.outcome import Change, Outcome, Touched
from coordinator.paper_content import PickupList
from coordinator.paper_keeping import kept
from coordinator.queries.papers import PickupPapers, digest_of, print_order
from coordinator.queries.problem import rules_of
from coordinator.queries.results_blank import results_blank
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import PrintedRow
from resources.i18n import _

CALL_LIST, STATE, RESULTS_SHEET = "call-list", "state", "results-sheet"
CALL_SHEET, STREET_BOARD = "call-sheet", "street-board"
SUMMARY, DIFFERENCE, DRAFT = "daily-summary", "difference", "pickup-draft"
WALL, CHECKPOINT, REFUSAL, CONFIRMATION = "wall-table", "passenger-list", "refusal-record", "confirmation"
"""Kinds of paper in the log of prints, beside PICKUP_LIST."""
BEYOND_THE_DAY = frozenset({CALL_LIST, STATE, CALL_SHEET, STREET_BOARD})


def right_of(kind: str, *, to_file: bool) -> Right:
    """Everybody who works with the papers prints them, and saves those of a day's trips: pickup lists, results sheet.

    The others name people, or who still lives where, far beyond the trips of a day: as a file each is an export of
    names.
    """
    return Right.EXPORT_NAMES if kind in BEYOND_THE_DAY and to_file else Right.PRINT


def issue_pickup_lists(
    session: Session,
    day: date,
    trip_ids: Collection[str] | None = None,
    target: str = "",
    expected: Sequence[PickupList] | None = None,
    copies: Sequence[str] = ("",),
) -> Outcome[tuple[PickupList, ...]]:
    """Issue the day's lists (of `trip_ids` only): log the print, and return them as they shall be drawn.

    A list that says what its last print said keeps its version, otherwise it gets the next, and the register keeps
    what that version says. `target`: the file's or the printer's name. `copies`: for whom each is, "" the driver.
    `expected`: what was drawn already; UserError "print.changed_meanwhile", and nothing logged, where the register
    says something else now.
    """
    rules = rules_of(session)
    with session.act("print", right=Right.PRINT) as act:
        papers = PickupPapers.read(session, act.db, day, rules)
        trips = papers.trips(trip_ids)
        drafts = [replace(papers.versioned(trip), printed_at=act.now, copies=tuple(copies)) for trip in trips]
        if expected is not None:
            if list(map(_sameness, expected)) != list(map(_sameness, drafts)):
                raise UserError("print.changed_meanwhile", lists=_changed(expected, drafts))
            drafts = [replace(now, printed_at=drawn.printed_at) for now, drawn in zip(drafts, expected, strict=True)]
        for trip, paper in zip(trips, drafts, strict=True):
            log_list(act, trip.id, paper, target)
        people = sum(paper.totals.people for paper in drafts)
        act.describe(kind=PICKUP_LIST, day=day.isoformat(), people=people, target=target)
        act.touch(Touched.SCHEDULE)
    return act.outcome(tuple(replace(paper, draft=False) for paper in drafts))


def log_list(act: Act, trip_id: str, paper: PickupList, target: str, about: Mapping[str, object] | None = None) -> None:
    """One line of the log: a pickup list with its copies. What a new version says is kept with it."""
    given = [{"to": to} for to in paper.copies]
    row = PrintedRow(
        new_id(), PICKUP_LIST, paper.day, trip_id, paper.version, digest_of(paper), act.now, act.user,
        paper.totals.people, target, {"first_copy": paper.first_copy, "copies": given, **(about or {})},
        kept(paper) if paper.draft else None, len(given),
    )  # fmt: skip
    stores.printed.add(act.db, [row])


def _sameness(paper: PickupList) -> tuple[str, int, str]:
    return paper.number, paper.version, digest_of(paper)


def _changed(expected: Sequence[PickupList], lists: Sequence[PickupList]) -> str:
    now = {paper.number: _sameness(paper) for paper in lists}
    old = [paper.number for paper in expected if now.get(paper.number) != _sameness(paper)]
    return ", ".join(old or now)


def log_print(
    session: Session,
    kind: str,
    paper: object,
    *,
    day: date | None = None,
    people: int = 0,
    target: str = "",
    to_file: bool = True,
) -> Outcome[int]:
    """Log the print of any other paper (a dataclass of coordinator.paper_content); returns its version.

    UserError "role.refused" (see right_of), or why the register can only be read.
    """
    on = day.isoformat() if day else ""
    right = right_of(kind, to_file=to_file)
    with session.act("print", right=right, kind=kind, day=on, people=people, target=target) as act:
        rows = stores.printed.where(act.db, kind=kind)
        earlier = [row for row in rows if row.work_on == day and row.trip_id is None]
        last = max(earlier, key=print_order, default=None)
        version = 1 if last is None else last.version + (last.digest != digest_of(paper))
        _log(act, kind, day, None, paper, version, people, target)
    return act.outcome(version)


def issue_results_sheet(
    session: Session, day: date, path: Path, trip_ids: Collection[str] | None = None
) -> Outcome[int]:
    """Write the sheet for the results of the day's trips (of `trip_ids` only), to be filled in, and log it.

    Returns its rows. UserError "print.no_trips", and as `log_print` and `write_workbook`.
    """
    session.require_writing(Right.PRINT)
    rows = results_blank(session, day, trip_ids)
    if not rows:
        raise UserError("print.no_trips", day=day)
    people = sum(row.people or 0 for row in rows)
    changes: list[Change] = []

    def log(_draft: Path, _rows: int) -> None:
        sheet = BlankSheet(tuple(rows))
        changes.append(log_print(session, RESULTS_SHEET, sheet, day=day, people=people, target=path.name).change)

    return Outcome(write_results_sheet(path, _("Results"), rows, log), changes[0])


def _log(
    act: Act, kind: str, day: date | None, trip_id: str | None, paper: object, version: int, people: int, target: str
) -> None:
    row = PrintedRow(new_id(), kind, day, trip_id, version, digest_of(paper), act.now, act.user, people, target)
    stores.printed.add(act.db, [row])
