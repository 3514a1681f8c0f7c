"""The log of what leaves the register: who, when, what, for whom, how many people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from coordinator.domain.roles import Right
from coordinator.outcome import Outcome
from coordinator.session import Session
from db import outgoing, stores
from db.ids import new_id
from db.rows import PrintedRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `target`: the name of the file, never where it lies. `about`: see PrintedRow.

    `id`: given beforehand where the file itself carries it.
    """

    kind: str
    target: str
    people: int
    day: date | None
    digest: str
    about: dict[str, Any] | None = None
    id: str = ""

    @property
    def recipient(self) -> str:
        return str((self.about or {}).get("recipient", ""))


class NumberTaken(Exception):
    """Another program has given this number to an export of its own; nothing was logged."""


def log_outgoing(session: Session, right: Right, entry: Entry, rows: int, *more: Entry) -> Outcome[None]:
    """One action, told as `entry`. UserError "role.refused", or why the register can only be read; NumberTaken."""
    kind, entries = entry.kind.removeprefix("export:"), (entry, *more)
    people = sum(one.people for one in entries)
    facts: dict[str, Any] = {
        "kind": kind,
        "rows": rows,
        "people": people,
        "target": entry.target,
        "recipient": entry.recipient,
    }
    with session.act("export", right=right, **facts) as act:
        number = (entry.about or {}).get("number")
        if number is not None and number != outgoing.next_number(act.db):
            raise NumberTaken
        logged = [
            PrintedRow(
                one.id or new_id(), one.kind, one.day, None, 1, one.digest, act.now, act.user, one.people, one.target,
                one.about,
            )
            for one in entries
        ]  # fmt: skip
        stores.printed.add(act.db, logged)
    return act.outcome(None)


def digest_of_file(draft: Path) -> str:
    return hashlib.sha256(draft.read_bytes()).hexdigest()
