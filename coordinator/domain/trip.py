"""What becomes of a trip and of its stops, and what a call to a household brought."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class TripStatus(StrEnum):
    """CANCELLED: printed and then given up; its number stays taken, since its paper may be on the road."""

    PLANNED = "planned"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"


class StopResult(StrEnum):
    """OPEN: nothing has come back yet. OTHER: somebody was there, the note says what happened."""

    OPEN = "open"
    BOARDED = "boarded"
    NOT_HOME = "not_home"
    REFUSED = "refused"
    OTHER = "other"


class CallOutcome(StrEnum):
    """What came of the call that tells a household its pickup."""

    TOLD = "told"
    NOT_REACHED = "not_reached"
    SAID_NO = "said_no"


TAKES_A_PLACE = frozenset({StopResult.OPEN, StopResult.BOARDED})
"""Results for which the household counts as on the trip; the register allows one such stop a day."""

PICKUP_LIST = "pickup-list"
"""The kind under which prints of a driver's list are logged."""

_RANK = {StopResult.OPEN: 0, StopResult.BOARDED: 2}


def goes_backwards(before: StopResult, after: StopResult) -> bool:
    """Takes back something that was said: boarded to not home, anything to open. Such a step needs a reason."""
    return _RANK.get(after, 1) < _RANK.get(before, 1)


def list_number(day: date, number: int) -> str:
    """The number of a trip's list, on paper and on the screen: "2023-08-15/3"."""
    return f"{day.isoformat()}/{number}"
