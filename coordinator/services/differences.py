"""Issuing what changed: the sheet that makes a driver's printed list the next version of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.paper_differences import ListDifference, difference_of
from coordinator.queries.papers import PickupPapers, digest_of
from coordinator.queries.problem import rules_of
from coordinator.services.papers import DIFFERENCE, log_list
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import PrintedRow


def issue_differences(session: Session, day: date, drawn: Sequence[ListDifference], target: str = "") -> Outcome[None]:
    """Log these sheets as they were drawn. A version that had not been issued is issued by its sheet, and kept.

    UserError "print.changed_meanwhile", and nothing logged, where the register says something else now.
    """
    rules = rules_of(session)
    with session.act("print", right=Right.PRINT) as act:
        papers = PickupPapers.read(session, act.db, day, rules)
        for sheet in drawn:
            trip = papers.records.trip(sheet.trip_id)
            now = difference_of(papers, trip, sheet.changes.old.version)
            if now is None or digest_of(now.new) != digest_of(sheet.new) or now.new.version != sheet.new.version:
                raise UserError("print.changed_meanwhile", lists=sheet.new.number)
            if now.new.draft:
                new = replace(sheet.new, printed_at=act.now)
                log_list(act, trip.id, new, target, {"difference_from": sheet.changes.old.version})
            else:
                _log_sheet(act, sheet, target)
        people = sum(sheet.new.totals.people for sheet in drawn)
        act.describe(kind=DIFFERENCE, day=day.isoformat(), people=people, target=target)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def _log_sheet(act: Act, sheet: ListDifference, target: str) -> None:
    new = sheet.new
    about = {"difference_from": sheet.changes.old.version, "copies": [{"to": ""}]}
    row = PrintedRow(
        new_id(), DIFFERENCE, new.day, sheet.trip_id, new.version, digest_of(new), act.now, act.user,
        new.totals.people, target, about,
    )  # fmt: skip
    stores.printed.add(act.db, [row])
