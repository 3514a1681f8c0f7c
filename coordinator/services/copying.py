"""Rows of a table that go to the clipboard: who may copy how many, and the log of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.services.outgoing import Entry, log_outgoing
from coordinator.session import Session

COPIED = "copied"
"""Begins their kinds in the log."""
CLIPBOARD = "clipboard"
FREE_ROWS = 20
"""So many rows of a table may be copied by whoever works with them: a family, a street. More is a list of names."""
FREE_MINUTES = 10
"""FREE_ROWS hold for all that is copied within so many minutes."""


class Copied(NamedTuple):
    """Rows that go to the clipboard, and how many persons they name."""

    rows: int
    people: int


def require_copying(session: Session, rows: int, lately: int) -> None:
    """May these rows, which name people, be copied, `lately` of them having been in the last FREE_MINUTES?

    A coordinator copies any number. Who works with the register copies a few, who only looks one at a time: a
    phone to dial. So does everybody where the register can only be read, since nothing can be logged there.
    UserError "role.refused", "role.copy_one", "role.copied_enough".
    """
    read_only = session.read_only is not None
    if session.may(Right.EXPORT_NAMES) and not read_only:
        return
    if rows > 1 and (read_only or not session.may(Right.WRITE)):
        raise UserError("role.copy_one")
    if rows > FREE_ROWS:
        session.require(Right.EXPORT_NAMES)
    if lately + rows > FREE_ROWS:
        raise UserError("role.copied_enough", most=FREE_ROWS, minutes=FREE_MINUTES)


def log_copied(session: Session, table: str, rows: int, people: int) -> Outcome[None]:
    """Log that a list goes to the clipboard, before it does. UserError as `log_outgoing`."""
    return log_outgoing(session, Right.EXPORT_NAMES, _copied(table, Copied(rows, people)), rows)


def log_few_copied(session: Session, copied: Mapping[str, Copied]) -> Outcome[None]:
    """Log as one action what was copied by a few rows at a time, by table; see `require_copying`."""
    # Every role has this right: whoever may copy has it logged.
    entries = [_copied(table, one) for table, one in copied.items()]
    return log_outgoing(
        session, Right.EXPORT_COUNTS, entries[0], sum(one.rows for one in copied.values()), *entries[1:]
    )


def _copied(table: str, copied: Copied) -> Entry:
    digest = hashlib.sha256(f"{table}:{copied.rows}:{copied.people}".encode()).hexdigest()
    return Entry(f"{COPIED}:{table}", CLIPBOARD, copied.people, None, digest)
