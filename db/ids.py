"""Identifiers made by the client: UUIDv7, ordered by time, as 32 hex digits."""

from __future__ import annotations

from uuid6 import uuid7


def new_id() -> str:
    return uuid7().hex
