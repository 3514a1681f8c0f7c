"""What becomes of a copy of a paper after the trip: it comes back, or is destroyed (DOMAIN: paper)."""

from __future__ import annotations

from enum import StrEnum


class CopyEnd(StrEnum):
    """OUT: nobody has said yet where it is."""

    OUT = "out"
    RETURNED = "returned"
    DESTROYED = "destroyed"
