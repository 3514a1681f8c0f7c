"""The register itself: users, drafts, settings, and the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple


class UserRow(NamedTuple):
    """Who may open the register; `role` as coordinator.domain.roles. `active` False: their key was taken away."""

    id: str
    name: str
    role: str
    active: bool = True


class DraftRow(NamedTuple):
    """A half-typed form of one user. Not journalled: nothing of it is part of the register yet."""

    id: str
    user_id: str
    kind: str
    fields: Any
    saved_at: datetime


class SettingRow(NamedTuple):
    id: str
    value: Any


class ActionRow(NamedTuple):
    """One labelled action: who, when, what, from which file."""

    id: str
    label: str
    facts: Any
    done_at: datetime
    done_by: str = ""
    source: str = ""


class ChangeRow(NamedTuple):
    """One row that an action wrote: old and new value of each field, as {"column": [old, new]}."""

    id: int
    action_id: str
    table: str
    row_id: str
    kind: str
    fields: Any
