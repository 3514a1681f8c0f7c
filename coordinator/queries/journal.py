"""The log of the whole register: every action with who, when and what, and the changes of one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from coordinator.errors import UserError
from coordinator.session import Session
from db import journal, log, undo
from db.connection import Database

MOST = 300
"""Actions of one page."""
SCANNED = 1500
"""Actions looked at in one go while searching, so that other views need not wait long."""
MOST_CHANGES = 200
"""Changes of one action that are shown; an import has a hundred thousand."""


REFERRING = frozenset(
    {"settlement_id", "head_id", "escort_id", "carer_id", "household_id", "merged_into", "split_from_id"}
)
"""Columns whose values are told by the name of the record they refer to."""


class LogKind(StrEnum):
    """The filters of the log."""

    ALL = "all"
    CHANGES = "changes"
    IMPORTS = "imports"
    OUT = "out"
    KEYS = "keys"


_OUT = frozenset({"print", "export"})
_KEYS = frozenset({
    "create_register", "add_user", "remove_user", "set_role", "rename_user", "change_passphrase", "reset_passphrase",
    "recovery_code", "recover", "first_user", "anonymise", "overwrite", "erase", "restore", "salvage", "make_copy",
})  # fmt: skip
_LABELS: dict[LogKind, frozenset[str]] = {
    LogKind.IMPORTS: frozenset({"import", "apply_results"}),
    LogKind.OUT: _OUT,
    LogKind.KEYS: _KEYS,
}


@dataclass(frozen=True, slots=True)
class Logged:
    """One action. `people` and `target` of what was printed or exported: how many stand in it, where it went.

    `taken_back`: undone and not done again; of an undo: done again.
    """

    action_id: str
    place: int
    done_at: datetime
    done_by: str
    label: str
    facts: dict[str, object]
    source: str = ""
    people: int | None = None
    target: str = ""
    kinds: tuple[str, ...] = ()
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions: of a kind, of some people (none: of all), and those whose words `matches` finds."""

    kind: LogKind = LogKind.ALL
    authors: frozenset[str] = frozenset()
    matches: Callable[[Logged], bool] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LogPage:
    """A part of the log, newest first. `before` is where to go on; None at the beginning of the register."""

    entries: tuple[Logged, ...]
    before: int | None


def journal_page(session: Session, wanted: Wanted, before: int | None = None, most: int = MOST) -> LogPage:
    """The next actions before a place (None: the newest). While searching it may come back with few, or none."""
    with session.reading() as db:
        place = log.NEWEST if before is None else before
        found: list[Logged] = []
        scanned = 0
        while len(found) < most and scanned < SCANNED:
            placed = _rows(db, wanted, place)
            entries = _logged(db, placed)
            found += [entry for entry in entries if wanted.matches is None or wanted.matches(entry)]
            scanned += len(placed)
            if len(placed) < MOST:
                return LogPage(tuple(found), None)
            place = placed[-1].place
        return LogPage(tuple(found), place)


def _rows(db: Database, wanted: Wanted, place: int) -> list[log.Placed]:
    without = _OUT | _KEYS if wanted.kind is LogKind.CHANGES else ()
    return log.actions_before(
        db, place, MOST, _LABELS.get(wanted.kind), without, wanted.authors or None
    )  # fmt: skip


def _logged(db: Database, placed: list[log.Placed]) -> list[Logged]:
    ids = [row.action.id for row in placed]
    gone = undo.taken_back(db, ids)
    printed = log.printed_by_action(db, [row.action.id for row in placed if row.action.label in _OUT])
    entries = []
    for place, action in placed:
        out = printed.get(action.id)
        entries.append(
            Logged(
                action.id, place, action.done_at, action.done_by, action.label, action.facts or {}, action.source,
                out.people if out else None, out.targets if out else "",
                tuple(out.kinds.split(",")) if out else (), action.id in gone,
            )
        )  # fmt: skip
    return entries


def journal_authors(session: Session) -> dict[str, int]:
    """Everybody who did something in this register, with how many actions."""
    with session.reading() as db:
        return dict(sorted(log.authors(db).items()))


@dataclass(frozen=True, slots=True)
class RowChange:
    """What an action did to one record: `kind` "insert", "update" or "delete", and column -> old and new value.

    `household_id` is "" where the record belongs to none; `number` is None where the household is gone or merged.
    """

    table: str
    row_id: str
    kind: str
    fields: dict[str, tuple[Any, Any]]
    household_id: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ActionDetail:
    """The first changes of an action and how many there are; `kept`: households an undo left, number -> id or "".

    `names`: what the records are called to which values refer, by their ids.
    """

    entry: Logged
    changes: tuple[RowChange, ...]
    total: int
    kept: tuple[tuple[int, str], ...] = ()
    names: dict[str, str] = field(default_factory=dict)


def action_detail(session: Session, action_id: str) -> ActionDetail:
    """One action in full. UserError "undo.gone"."""
    with session.reading() as db:
        action = undo.action(db, action_id)
        if action is None:
            raise UserError("undo.gone")
        entry = _logged(db, [log.Placed(0, action)])[0]
        kept = _kept(db, entry.facts)
        rows = log.changed_rows(db, action_id, MOST_CHANGES)
        referred = {
            str(value) for *_row, fields in rows for name in REFERRING & fields.keys() for value in fields[name]
        }
        names = log.names_of(db, referred)
        return ActionDetail(entry, _changes(db, rows), log.changes_counted(db, action_id), kept, names)


def _kept(db: Database, facts: dict[str, object]) -> tuple[tuple[int, str], ...]:
    listed = facts.get("households")
    numbers = [int(number) for number in listed] if isinstance(listed, list) else []
    ids = log.ids_of_numbers(db, numbers) if numbers else {}
    return tuple((number, ids.get(number, "")) for number in numbers)


def _changes(db: Database, rows: list[tuple[Any, ...]]) -> tuple[RowChange, ...]:
    owners = [_owner(db, table, row_id, fields) for table, row_id, _kind, fields in rows]
    of_people = log.households_of_people(db, {owner for table, owner in owners if table == "person"})
    ids = [of_people.get(owner, "") if table == "person" else owner for table, owner in owners]
    known = log.households_numbered(db, set(ids))
    found = []
    for (table, row_id, kind, fields), household_id in zip(rows, ids, strict=True):
        number, stands = known.get(household_id, (None, False))
        shown = {column: (values[0], values[1]) for column, values in fields.items()}
        found.append(RowChange(table, row_id, kind, shown, household_id, number if stands else None))
    return tuple(found)


def _owner(db: Database, table: str, row_id: str, fields: dict[str, Any]) -> tuple[str, str]:
    """Whose a record is: ("household", id), ("person", id) or ("", "")."""
    if table in ("household", "person"):
        return table, row_id
    for column, owner in (("household_id", "household"), ("person_id", "person"), ("first_id", "household")):
        values = fields.get(column)
        if values is not None:
            return owner, str(values[1] or values[0])
    now = journal.values_now(db, table, [row_id]).get(row_id, {})
    if now.get("household_id"):
        return "household", str(now["household_id"])
    return ("person", str(now["person_id"])) if now.get("person_id") else ("", "")
