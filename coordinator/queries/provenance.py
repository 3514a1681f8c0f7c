"""Where each value of a household comes from: the file, sheet, row and sender, or who typed it, and when.

Read from the journal, which knows the action that wrote a value last, and from the rows that each import kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coordinator.session import Session
from db import import_queries, journal, stores
from db.connection import Database
from db.rows import ActionRow, BatchLineRow, BatchRow, ChangeRow

Cell = tuple[str, str, str]
"""One value of the register: (table, id, column)."""

_PUTS_BACK = frozenset({"undo", "redo", "restore_value"})
"""Actions that give a value back which somebody else had said."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a value and when; `label` and `facts` of the action as resources.messages words them.

    `file` and what follows where it came with a list: `row` as Excel numbers it (0 where the row is not known),
    `list_on` the list's own day, `corrected` (cell, its text in the file, the corrected text) of cells of that row
    that somebody corrected before it was imported.
    """

    done_at: datetime
    done_by: str
    label: str
    facts: Mapping[str, object]
    file: str = ""
    sheet: str = ""
    row: int = 0
    sender: str = ""
    list_on: date | None = None
    corrected: tuple[tuple[str, str, str], ...] = ()


Origins = Mapping[Cell, Origin]


def origins(session: Session, household_id: str) -> dict[Cell, Origin]:
    """Of each value that the household, its people, phones and needs have now or had."""
    with session.reading() as db:
        people = [person.id for person in stores.people.where(db, household_id=household_id)]
        return origins_of(db, household_id, people)


def origins_of(db: Database, household_id: str, people: Iterable[str]) -> dict[Cell, Origin]:
    """As `origins`, on an open connection."""
    people = list(people)
    rows = {
        "household": {household_id},
        "person": set(people),
        "contact": {row.id for row in stores.contacts.where(db, household_id=household_id)},
        "need": {row.id for row in stores.needs.where(db, person_id=people)},
    }
    last = _last_words(journal.changes_of_rows(db, rows))
    files = _Files(db, {action.id for action in last.values() if action.label == "import"}, household_id)
    owners = {row.id: row.person_id for row in stores.needs.where(db, person_id=people)}
    return {
        cell: files.origin(action, cell[1] if cell[0] == "person" else owners.get(cell[1], ""))
        for cell, action in last.items()
    }


def origins_of_imports(db: Database, household_id: str, actions: Iterable[ActionRow]) -> dict[str, Origin]:
    """Action -> the row with which it brought something to the household, of those of these that are imports."""
    imports = {action.id: action for action in actions if action.label == "import"}
    files = _Files(db, set(imports), household_id)
    return {action_id: files.origin(action, "") for action_id, action in imports.items()}


def _last_words(changes: Iterable[tuple[ChangeRow, ActionRow]]) -> dict[Cell, ActionRow]:
    """The action that said each value as it is now. One that was put back is whose it was before."""
    said: dict[Cell, list[tuple[Any, ActionRow]]] = defaultdict(list)
    for change, action in changes:
        if change.kind == "delete":
            continue
        for column, (_old, new) in change.fields.items():
            earlier = said[change.table, change.row_id, column]
            if action.label in _PUTS_BACK:
                action_then = next((then for value, then in reversed(earlier) if value == new), action)
                earlier.append((new, action_then))
            else:
                earlier.append((new, action))
    return {cell: words[-1][1] for cell, words in said.items()}


class _Files:
    """The imports among some actions, with the rows that named one household or those that were joined to it."""

    def __init__(self, db: Database, imports: set[str], household_id: str) -> None:
        self._batches: dict[str, BatchRow] = {}
        self._senders: dict[str, str] = {}
        self._lines: dict[str, list[BatchLineRow]] = defaultdict(list)
        if not imports:
            return
        found = import_queries.batches_of_actions(db, imports)
        batches = {batch.id: batch for batch in stores.batches.where(db, id=list(found.values()))}
        self._batches = {action: batches[batch] for action, batch in found.items() if batch in batches}
        senders = {batch.sender_id for batch in batches.values() if batch.sender_id}
        self._senders = {row.id: row.name for row in stores.senders.where(db, id=senders)}
        joined = [row.id for row in stores.households.where(db, merged_into=household_id)]
        row = stores.households.get(db, household_id)
        ids = [household_id, *joined, *([row.split_from_id] if row and row.split_from_id else [])]
        for line in stores.batch_lines.where(db, household_id=ids):
            self._lines[line.batch_id].append(line)

    def origin(self, action: ActionRow, person_id: str) -> Origin:
        """`person_id`: whose value it is, "" for one of the household, which stands in its first row."""
        origin = Origin(action.done_at, action.done_by, action.label, action.facts or {}, action.source)
        batch = self._batches.get(action.id)
        if batch is None:
            return origin
        lines = sorted(self._lines[batch.id], key=lambda line: (line.sheet, line.line))
        own = [line for line in lines if person_id and line.person_id == person_id] or lines
        line = own[0] if own else None
        return Origin(
            action.done_at, action.done_by, action.label, action.facts or {}, batch.file_name,
            line.sheet if line else "", line.line if line else 0, self._senders.get(batch.sender_id or "", ""),
            batch.list_on, _corrected(line.raw) if line else (),
        )  # fmt: skip


def _corrected(raw: str) -> tuple[tuple[str, str, str], ...]:
    if '"corrected"' not in raw:
        return ()
    return tuple((cell, old, new) for cell, old, new in json.loads(raw).get("corrected", ()))
