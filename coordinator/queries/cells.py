"""What pasted or filled cells would change: old and new of each, what is the same, and what cannot be used and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from coordinator.domain.decision import Decision
from coordinator.exchange.cells import CellKey, CellRead, Reading, Settled, read_cell, why_read_only
from coordinator.queries.imports import load_places
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.session import Session


class Target(NamedTuple):
    """Text for one cell. `column` is a key of the registry's columns, `shown` what the cell shows now."""

    household_id: str
    column: str
    text: str
    shown: str


class CellEdit(NamedTuple):
    """A value for one field of a household, as `read_cell` gives it."""

    household_id: str
    key: CellKey
    value: Any


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: `edit` where it can be written, else `problem` is the code of why not.

    `remark`: the code of what to look at. `facts` belong to both.
    """

    household_id: str
    number: int
    head: str
    column: str
    old: str
    new: str
    edit: CellEdit | None = None
    problem: str = ""
    remark: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellPlan:
    """`changes` in the order of the cells; `same` already have the value, `blank` were empty and are left alone."""

    changes: tuple[CellChange, ...]
    same: int = 0
    blank: int = 0

    @property
    def edits(self) -> list[CellEdit]:
        return [change.edit for change in self.changes if change.edit is not None]


def plan_cells(
    session: Session, memory: RegistryMemory, targets: Sequence[Target], day: date, *, empty: bool = False
) -> CellPlan:
    """Read every text for its cell; nothing is written. `empty`: an empty text empties its field."""
    with session.reading() as db:
        reading = Reading(day, load_places(db).resolve)
    ids = list(dict.fromkeys(target.household_id for target in targets))
    rows = {row.id: row for row in memory.some(day, ids)}
    changes, same, blank = [], 0, 0
    for target in targets:
        row = rows.get(target.household_id)
        if not target.text.strip() and not empty:
            blank += 1
            continue
        change = _change(row, target, reading) if row is not None else None
        if change is None:
            same += row is not None
        else:
            changes.append(change)
    return CellPlan(tuple(changes), same, blank)


def _change(row: RegistryRow, target: Target, reading: Reading) -> CellChange | None:
    """None: the cell has that value already."""
    made = CellChange(row.id, row.number, row.head, target.column, target.shown, target.text.strip())
    if why := why_read_only(target.column):
        alike = " ".join(target.text.split()) == " ".join(target.shown.split())
        return None if alike else _refused(made, why)
    key = CellKey(target.column)
    read = read_cell(key, target.text, reading)
    if read.problem:
        return _refused(made, read.problem, read.facts)
    if is_same(row, key, read):
        return None
    if key is CellKey.PHONES and read.value and row.phones and not any(contact.e164 for contact in read.value):
        return _refused(made, "cell.phone_replaces", read.facts)
    edit = CellEdit(row.id, key, read.value)
    return CellChange(
        row.id, row.number, row.head, target.column, target.shown, read.shown, edit, "", read.remark, read.facts
    )  # fmt: skip


def is_same(row: RegistryRow, key: CellKey, read: CellRead) -> bool:
    """Would writing this change nothing?"""
    value = read.value
    if key is CellKey.SETTLEMENT and isinstance(value, Settled):
        return (value.id, value.text) == (row.settlement_id, row.settlement)
    if key is CellKey.DECISION:
        return (value.decision.value, value.wants_on) == (row.decision, row.wants_on) and value.on is None
    if key is CellKey.WANTS and value is None:
        return row.decision != Decision.WANTS_PICKUP or row.wants_on is None
    return _HELD[key](row) == read.shown


_HELD: Mapping[CellKey, Callable[[RegistryRow], str]] = {
    CellKey.HEAD: lambda row: row.head,
    CellKey.ADDRESS: lambda row: row.address,
    CellKey.STREET: lambda row: row.street,
    CellKey.HOUSE: lambda row: row.house,
    CellKey.FLAT: lambda row: row.flat,
    CellKey.LANDMARK: lambda row: row.landmark,
    CellKey.WANTS: lambda row: _day(row.wants_on),
    CellKey.AGAIN: lambda row: _day(row.again_on),
    CellKey.PHONES: lambda row: row.phones,
    CellKey.PETS: lambda row: row.pets,
    CellKey.NOTE: lambda row: " ".join(row.note.split()),
}
"""What the field of a row has now, as `CellRead.shown` would say it."""


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _refused(change: CellChange, problem: str, facts: Mapping[str, object] | None = None) -> CellChange:
    return CellChange(
        change.household_id, change.number, change.head, change.column, change.old, change.new,
        problem=problem, facts=facts or {},
    )  # fmt: skip
