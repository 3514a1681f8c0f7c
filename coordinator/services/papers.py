"""Prints are logged: which paper, which version, when and by whom, and a digest to see what changed since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from coordinator.domain.trip import PICKUP_LIST
from coordinator.outcome import Outcome, Touched
from coordinator.paper_content import PickupList
from coordinator.queries.papers import PickupPapers, digest_of
from coordinator.queries.problem import rules_of
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import PrintedRow

CALL_LIST, STATE, RESULTS_SHEET = "call-list", "state", "results-sheet"
"""Kinds of paper in the log of prints, beside PICKUP_LIST."""


def issue_pickup_lists(
    session: Session, day: date, trip_ids: Collection[str] | None = None, target: str = ""
) -> Outcome[tuple[PickupList, ...]]:
    """Log the print of the day's lists (of `trip_ids` only) and return them as they shall be drawn.

    A list that says what its last print said keeps its version, otherwise it gets the next. `target`: the file's
    or the printer's name.
    """
    rules = rules_of(session)
    with session.act("print", kind=PICKUP_LIST, day=day.isoformat()) as act:
        papers = PickupPapers.read(session, act.db, day, rules)
        lists = []
        for trip in papers.trips(trip_ids):
            paper = replace(papers.versioned(trip), printed_at=act.now)
            _log(act, PICKUP_LIST, day, trip.id, paper, paper.version, paper.totals.people, target)
            lists.append(paper)
        act.touch(Touched.SCHEDULE)
    return act.outcome(tuple(lists))


def log_print(
    session: Session, kind: str, paper: object, *, day: date | None = None, people: int = 0, target: str = ""
) -> Outcome[int]:
    """Log the print of any other paper (a dataclass of coordinator.paper_content); returns its version."""
    with session.act("print", kind=kind, day=day.isoformat() if day else "") as act:
        rows = stores.printed.where(act.db, kind=kind)
        earlier = [row for row in rows if row.work_on == day and row.trip_id is None]
        last = max(earlier, key=lambda row: (row.printed_at, row.id), default=None)
        version = 1 if last is None else last.version + (last.digest != digest_of(paper))
        _log(act, kind, day, None, paper, version, people, target)
    return act.outcome(version)


def _log(
    act: Act, kind: str, day: date | None, trip_id: str | None, paper: object, version: int, people: int, target: str
) -> None:
    row = PrintedRow(new_id(), kind, day, trip_id, version, digest_of(paper), act.now, act.user, people, target)
    stores.printed.add(act.db, [row])
