"""What a split changed, read from the journal: what was before, as far as nobody changed it since."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from db import journal
from db.connection import Database

SAID = (
    "decision", "wants_on", "refusal_reason", "decided_at", "decided_by", "form_signed", "children_stay",
)  # fmt: skip
"""The columns of a household that are one decision."""
WORD = (*SAID, "holds_back", "would_change", "again_at", "again_by", "spoke_at", "spoke_by")
"""With what stands beside it."""


@dataclass(slots=True)
class BeforeSplit:
    """Old and new values of what the split wrote, as the file keeps them: (table, row id) -> column -> (old, new)."""

    written: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    last_change: int = 0

    @classmethod
    def of(cls, db: Database, part_id: str) -> BeforeSplit:
        """Of the split that made this part. Empty where the journal does not know it any more."""
        changes = [change for change, _action in journal.changes_of_rows(db, {"household": [part_id]})]
        for made in reversed([change for change in changes if change.kind == "insert"]):
            found = cls()
            for change in journal.changes_of_action(db, made.action_id):
                found._add(change.table, change.row_id, change.fields)
                found.last_change = change.id
            if found.members(part_id):
                return found
        return cls()

    def _add(self, table: str, row_id: str, fields: dict[str, Any]) -> None:
        columns = self.written.setdefault((table, row_id), {})
        for column, (old, new) in fields.items():
            columns[column] = (columns[column][0] if column in columns else old, new)

    def members(self, part_id: str) -> set[str]:
        """Ids of the people whom the split moved into the part."""
        moved = ("household_id", part_id)
        return {
            row_id
            for (table, row_id), columns in self.written.items()
            if table == "person" and (moved[0], columns.get(moved[0], ("", ""))[1]) == moved
        }

    def pair(self, table: str, row_id: str, column: str) -> tuple[Any, Any] | None:
        """The value before and the one that the split left; None where it wrote none."""
        return self.written.get((table, row_id), {}).get(column)

    def pairs(self, db: Database, table: str, row_ids: Collection[str], column: str) -> dict[str, tuple[Any, Any]]:
        """Before and after the split, of these rows: where it wrote nothing, twice what it found there."""
        found = {row_id: pair for row_id in row_ids if (pair := self.pair(table, row_id, column))}
        for change, _action in journal.changes_of_rows(db, {table: [one for one in row_ids if one not in found]}):
            if change.kind == "update" and change.id > self.last_change and column in change.fields:
                old = change.fields[column][0]
                found.setdefault(change.row_id, (old, old))
        now = journal.values_now(db, table, row_ids)
        return {one: found.get(one, (now[one][column], now[one][column])) for one in now}

    def untouched(self, now: dict[str, Any], table: str, row_id: str, columns: Iterable[str]) -> bool:
        """Do these columns still hold what the split left there? `now`: the row as the file keeps it."""
        written = self.written.get((table, row_id), {})
        return all(column not in written or now.get(column) == written[column][1] for column in columns)

    def back(self, now: dict[str, Any], table: str, row_id: str, columns: Iterable[str]) -> dict[str, Any]:
        """The values before of those columns that nobody changed since, ready for a store."""
        written = self.written.get((table, row_id), {})
        return {
            column: _value(column, written[column][0])
            for column in columns
            if column in written and now.get(column) == written[column][1]
        }


def _value(column: str, raw: Any) -> Any:
    return json.loads(raw) if column == "holds_back" and isinstance(raw, str) else raw
