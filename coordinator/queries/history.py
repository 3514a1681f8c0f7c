"""The history of one household and its people, field by field: who changed what and when, and what can go back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coordinator.domain.household import Household
from coordinator.domain.values_together import PARTS, together
from coordinator.queries.provenance import Origin, origins_of_imports
from db import journal, stores
from db.connection import Database
from db.rows import ActionRow, ChangeRow


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record: table, column, old and new value as the file keeps them.

    `change_id` and `column` are what `restore_value` takes; `restorable`: the old value can be put back and does not
    stand already. `whole`: the record itself came or went, told by what it said. `person_id`: whose it is, "" for
    what belongs to the household; `person`: their name then.
    """

    table: str
    column: str
    old: object
    new: object
    change_id: int = 0
    restorable: bool = False
    person_id: str = ""
    person: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One action that touched the household, newest first; `label` and `facts` as resources.messages words them.

    `origin`: of an import, the row with which it came.
    """

    done_at: datetime
    done_by: str
    label: str
    facts: dict[str, object]
    source: str
    changes: tuple[FieldChange, ...]
    action_id: str = ""
    origin: Origin | None = None


DERIVED = frozenset({"search_text", "sort_key"})

WHOLE_PARTS: dict[str, tuple[str, ...]] = {
    "person": ("surname", "given", "patronymic"),
    "contact": ("raw",),
    "need": ("kind",),
}
"""Parts that come and go as a whole, and the columns that name one. Such a change is told under the first."""

Now = dict[str, dict[str, dict[str, Any]]]
"""Table -> id -> column -> value, as the file keeps it now."""


def history_of(db: Database, household: Household) -> tuple[HistoryEntry, ...]:
    """What was done to the household and its people, those taken off too, newest first."""
    rows = _rows_of(db, household)
    entries: dict[str, tuple[ActionRow, list[ChangeRow]]] = {}
    for change, action in journal.changes_of_rows(db, rows):
        entries.setdefault(action.id, (action, []))[1].append(change)
    now: Now = {table: journal.values_now(db, table, ids) for table, ids in rows.items()}
    names = _names(db, rows["person"], now)
    came = origins_of_imports(db, household.id, [action for action, _changes in entries.values()])
    return tuple(
        HistoryEntry(
            action.done_at, action.done_by, action.label, action.facts or {}, action.source,
            tuple(_field_changes(changes, now, names)), action.id, came.get(action.id),
        )
        for action, changes in reversed(entries.values())
    )  # fmt: skip


def _rows_of(db: Database, household: Household) -> dict[str, set[str]]:
    """Ids by table of all that is or was a part of the household."""
    people = {person.id for person in household.people} | set(journal.removed_parts(db, "person", [household.id]))
    contacts = {row.id for row in stores.contacts.where(db, household_id=household.id)}
    needs = {row.id for row in stores.needs.where(db, person_id=people)}
    return {
        "household": {household.id},
        "person": people,
        "contact": contacts | set(journal.removed_parts(db, "contact", [household.id])),
        "need": needs | set(journal.removed_parts(db, "need", people)),
    }


def _names(db: Database, people: set[str], now: Now) -> dict[str, str]:
    """The full names of all people, of those taken off as they were last."""
    names = {}
    for person_id in people:
        row = now["person"].get(person_id)
        if row is None:
            last = [change for change, _action in journal.changes_of_rows(db, {"person": [person_id]})][-1]
            row = {column: values[0] for column, values in last.fields.items()}
        names[person_id] = " ".join(str(row[part]) for part in WHOLE_PARTS["person"] if row.get(part))
    return names


def _field_changes(changes: list[ChangeRow], now: Now, names: dict[str, str]) -> Iterator[FieldChange]:
    """What one action changed in a household; parts that came with the household itself are no changes."""
    if any(change.table == "household" and change.kind != "update" for change in changes):
        return
    for change in changes:
        if change.kind == "update":
            yield from _updates(change, now, names)
    whole: dict[tuple[str, str], list[ChangeRow]] = defaultdict(list)
    people = {change.row_id for change in changes if change.table == "person" and change.kind != "update"}
    for change in changes:
        owner = _owner(change)
        # What came or went with a person is told with the person.
        if change.kind != "update" and change.table in WHOLE_PARTS and not (change.table == "need" and owner in people):
            whole[change.table, owner].append(change)
    for (table, owner), parts in whole.items():
        yield from _whole(table, owner, parts, now, names)


def _updates(change: ChangeRow, now: Now, names: dict[str, str]) -> Iterator[FieldChange]:
    current = now[change.table].get(change.row_id)
    person = change.row_id if change.table == "person" else ""
    for column, (old, new) in change.fields.items():
        if column not in DERIVED:
            # A value that goes with this one may have changed since, so this one's own is not the whole answer.
            group = [name for name in together(change.table, column) if name in change.fields]
            differs = current is not None and any(current[name] != change.fields[name][0] for name in group)
            yield FieldChange(
                change.table, column, old, new, change.id, differs, person, names.get(person, "")
            )  # fmt: skip


def _owner(change: ChangeRow) -> str:
    """Whose the record is: the person itself, of a need the person, of a phone the household."""
    if change.table == "person" or change.table not in PARTS:
        return change.row_id
    values = change.fields.get(PARTS[change.table], ("", ""))
    return str(values[0] or values[1] or "")


def _whole(table: str, owner: str, parts: list[ChangeRow], now: Now, names: dict[str, str]) -> Iterator[FieldChange]:
    columns = WHOLE_PARTS[table]
    came, went = (_texts(parts, kind, columns) for kind in ("insert", "delete"))
    old, new = ", ".join((went - came).elements()), ", ".join((came - went).elements())
    if not (old or new):
        return
    there = set(now[table])
    missing = any(part.kind == "delete" and part.row_id not in there for part in parts)
    surplus = any(part.kind == "insert" and part.row_id in there for part in parts)
    restorable = missing if table == "person" else missing or surplus
    person = "" if table == "contact" else owner
    yield FieldChange(table, columns[0], old, new, parts[0].id, restorable, person, names.get(person, ""), True)


def _texts(parts: list[ChangeRow], kind: str, columns: tuple[str, ...]) -> Counter[str]:
    """The rows that came ("insert") or went ("delete"), each as the text of its columns."""
    side, empty = (1 if kind == "insert" else 0), (None, None)
    texts = (
        " ".join(str(part.fields[column][side]) for column in columns if part.fields.get(column, empty)[side])
        for part in parts
        if part.kind == kind
    )
    return Counter(text for text in texts if text)
