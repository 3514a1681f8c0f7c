"""The marks of a preview: what becomes of a line, and what becomes of a single cell of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from coordinator.exchange.report import RowStatus
from resources.i18n import N_


class Mark(StrEnum):
    """What becomes of a line; the filters of the preview in their order."""

    NEW = "new"
    CHANGED = "changed"
    COMPLETED = "completed"
    SAME = "same"
    GONE = "gone"
    DOUBLE = "double"
    LOOK = "look"
    ASIDE = "aside"
    OUT = "out"
    NO_DATA = "no_data"


WORDS: Mapping[Mark, str] = {
    Mark.NEW: N_("New"),
    Mark.CHANGED: N_("Changed"),
    Mark.COMPLETED: N_("Only completed"),
    Mark.SAME: N_("The same"),
    Mark.GONE: N_("Gone"),
    Mark.DOUBLE: N_("Possibly known"),
    Mark.LOOK: N_("To look at"),
    Mark.ASIDE: N_("Set aside"),
    Mark.OUT: N_("Left out"),
    Mark.NO_DATA: N_("No data"),
}
ICONS: Mapping[Mark, str] = {
    Mark.NEW: "plus",
    Mark.CHANGED: "edit",
    Mark.COMPLETED: "plus",
    Mark.SAME: "check",
    Mark.GONE: "eye-off",
    Mark.DOUBLE: "duplicates",
    Mark.LOOK: "warning",
    Mark.ASIDE: "danger",
    Mark.OUT: "minus",
    Mark.NO_DATA: "minus",
}
ROLES: Mapping[Mark, str] = {
    Mark.NEW: "success",
    Mark.CHANGED: "accent",
    Mark.GONE: "warning",
    Mark.LOOK: "warning",
    Mark.DOUBLE: "warning",
    Mark.ASIDE: "danger",
    Mark.OUT: "muted",
    Mark.SAME: "muted",
    Mark.NO_DATA: "muted",
}
OF_STATUS: Mapping[RowStatus, Mark] = {
    RowStatus.ADDED: Mark.NEW,
    RowStatus.UPDATED: Mark.CHANGED,
    RowStatus.COMPLETED: Mark.COMPLETED,
    RowStatus.UNCHANGED: Mark.SAME,
    RowStatus.SKIPPED: Mark.OUT,
}


class CellMark(StrEnum):
    """What becomes of one cell; of several the last in this order counts."""

    OURS = "ours"
    MORE = "more"
    CHANGED = "changed"
    DECLINED = "declined"
    KEPT = "kept"
    CORRECTED = "corrected"
    LOOK = "look"


CELL_WORDS: Mapping[CellMark, str] = {
    CellMark.OURS: N_("changed here since"),
    CellMark.MORE: N_("says more"),
    CellMark.CHANGED: N_("changes"),
    CellMark.DECLINED: N_("not taken"),
    CellMark.KEPT: N_("the register's stays"),
    CellMark.CORRECTED: N_("corrected here"),
    CellMark.LOOK: N_("to look at"),
}
CELL_ICONS: Mapping[CellMark, str] = {
    CellMark.OURS: "history",
    CellMark.MORE: "plus",
    CellMark.CHANGED: "edit",
    CellMark.DECLINED: "minus",
    CellMark.KEPT: "shield",
    CellMark.CORRECTED: "check",
    CellMark.LOOK: "warning",
}
CELL_ROLES: Mapping[CellMark, str] = {
    CellMark.OURS: "muted",
    CellMark.MORE: "success",
    CellMark.CHANGED: "accent",
    CellMark.DECLINED: "muted",
    CellMark.KEPT: "warning",
    CellMark.CORRECTED: "success",
    CellMark.LOOK: "warning",
}

COLUMN_OF_FIELD: Mapping[str, str] = {
    "settlement": "place",
    "address": "address",
    "landmark": "address",
    "phone": "phones",
    "note": "note",
    "pets": "note",
    "destination_wish": "note",
    "decision": "decision",
    "wants_on": "decision",
    "part_stays": "decision",
}
"""Field of the news -> the column of the preview that carries its mark; those of a person: "people"."""

COLUMN_OF_KEY: Mapping[str, str] = {
    "settlement": "place", "hromada": "place", "address": "address", "street": "address", "house": "address",
    "flat": "address", "landmark": "address", "phone": "phones", "note": "note", "pets": "note",
    "destination": "note", "decision": "decision", "wants_on": "decision", "evacuation_date": "decision",
    "full_name": "title", "surname": "title", "given": "title", "patronymic": "title",
}  # fmt: skip
"""Column of a list -> the column of the preview; of a person's other columns "people"."""


def column_of_field(field: str) -> str:
    return COLUMN_OF_FIELD.get(field, "people")


def column_of_key(key: str) -> str:
    return COLUMN_OF_KEY.get(key, "people")


def stronger(one: CellMark | None, other: CellMark) -> CellMark:
    """Of two marks of one cell the one that is shown."""
    order = list(CellMark)
    return other if one is None or order.index(other) > order.index(one) else one
