"""Sheets for calling by hand: the most urgent households dealt out to those who have telephones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import Decision
from coordinator.next_words import reasons_line
from coordinator.paper_content import CallSheet, CallSheetRow, CallSheets
from coordinator.queries.who_next import NextRow, who_next
from coordinator.session import Session


def call_sheets(session: Session, day: date, household_ids: Sequence[str], callers: int = 1) -> CallSheets:
    """A sheet for each of `callers`; households in the order given, dealt out one by one, so that each caller
    begins with the most urgent. Those that have left meanwhile are left out.
    """
    found = {row.id: row for row in who_next(session, day, household_ids)}
    rows = [_row(found[one], session.today()) for one in household_ids if one in found]
    callers = max(1, min(callers, len(rows)))
    sheets = (CallSheet(caller, tuple(rows[caller - 1 :: callers])) for caller in range(1, callers + 1))
    return CallSheets(day, session.clock(), tuple(sheets), session.training)


def _row(row: NextRow, today: date) -> CallSheetRow:
    return CallSheetRow(
        household_number=row.number,
        settlement=row.settlement,
        street_line=row.address,
        contact_name=row.head,
        phones=row.phones,
        people=row.people,
        children=row.children,
        decision=Decision(row.decision),
        wants_on=row.wants_on,
        why=reasons_line(row.parts, today),
        asked=kyiv_day(row.asked_at) if row.asked_at else None,
    )
