"""Copies that came back or were destroyed after the trip."""

from __future__ import annotations

from collections.abc import Collection

from coordinator.domain.papers import CopyEnd
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.print_log import copies_of
from coordinator.session import Act, Session
from db import stores
from db.rows import PrintedRow

Copy = tuple[str, int]
"""The line of the log of prints, and the number that stands on the copy."""


def end_copies(session: Session, copies: Collection[Copy], end: CopyEnd) -> Outcome[int]:
    """Mark copies as returned or destroyed, or (OUT) as not back after all; returns how many were not so before.

    UserError "print.copy_gone" where the log has no such copy; nothing is marked then.
    """
    with session.act("end_copies", right=Right.PRINT, end=end.value) as act:
        wanted: dict[str, set[int]] = {}
        for printed_id, number in copies:
            wanted.setdefault(printed_id, set()).add(number)
        changed = sum(_end(act, printed_id, numbers, end) for printed_id, numbers in wanted.items())
        act.describe(end=end.value, copies=changed)
        act.touch(Touched.SCHEDULE)
    return act.outcome(changed)


def _end(act: Act, printed_id: str, numbers: set[int], end: CopyEnd) -> int:
    row = stores.printed.get(act.db, printed_id)
    if row is None:
        raise UserError("print.copy_gone")
    about = dict(row.about) if isinstance(row.about, dict) else {}
    given, first = copies_of(row), int(about.get("first_copy", 1))
    if not numbers <= set(range(first, first + len(given))):
        raise UserError("print.copy_gone")
    changed = 0
    for number in numbers:
        said = given[number - first]
        if said.get("end", CopyEnd.OUT) != end:
            changed += 1
            mark = {} if end is CopyEnd.OUT else {"end": end.value, "at": act.now.isoformat(), "by": act.user}
            given[number - first] = {"to": said.get("to", ""), **mark}
    if changed:
        _write(act, row, {**about, "copies": given}, given)
    return changed


def _write(act: Act, row: PrintedRow, about: dict[str, object], given: list[dict[str, str]]) -> None:
    """The paper counts as returned once no copy of it is out."""
    back = act.now if all("end" in said for said in given) else None
    stores.printed.change(act.db, row.id, about=about, returned_at=back)
