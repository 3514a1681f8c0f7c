"""Where a household stands, and when that makes it ready for a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Decision(StrEnum):
    NOT_ASKED = "not_asked"
    UNDECIDED = "undecided"
    PREPARING = "preparing"
    PACKED = "packed"
    WANTS_PICKUP = "wants_pickup"
    REFUSED = "refused"
    LEFT_THEMSELVES = "left_themselves"
    EVACUATED = "evacuated"
    RETURNED = "returned"
    UNREACHABLE = "unreachable"


GONE = frozenset({Decision.LEFT_THEMSELVES, Decision.EVACUATED})


def is_ready(decision: Decision, wants_on: date | None, day: date) -> bool:
    """Ready for `day`: packed, or wants pickup on or before it (issue A, point 3).

    A wish without a date ("as soon as possible") is ready on every day.
    """
    if decision is Decision.PACKED:
        return True
    return decision is Decision.WANTS_PICKUP and (wants_on is None or wants_on <= day)
