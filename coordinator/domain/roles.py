"""What a user may do. A role is a rule of this program: whoever holds a key can read the file with other tools."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    VIEWER = "viewer"


class Right(StrEnum):
    """One thing that not everybody may do. Looking at the register needs none."""

    WRITE = "write"
    PRINT = "print"
    EXPORT_COUNTS = "export_counts"
    """Workbooks without personal data."""
    EXPORT_NAMES = "export_names"
    MANAGE_USERS = "manage_users"
    RESTORE = "restore"
    ANONYMISE = "anonymise"
    ERASE = "erase"


GRANTED: Mapping[Role, frozenset[Right]] = {
    Role.COORDINATOR: frozenset(Right),
    Role.OPERATOR: frozenset({Right.WRITE, Right.PRINT, Right.EXPORT_COUNTS}),
    Role.VIEWER: frozenset({Right.EXPORT_COUNTS}),
}


def may(role: Role, right: Right) -> bool:
    return right in GRANTED[role]
