"""Where a household or one of its members stands, what holds them back, and when that makes them ready for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
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


class Obstacle(StrEnum):
    """What keeps people where they are (DOMAIN: the situation)."""

    CANNOT_BE_MOVED = "cannot_be_moved"
    ANIMALS = "animals"
    HOUSE = "house"
    NOWHERE_TO_LIVE = "nowhere_to_live"
    WORK = "work"
    NO_INFORMATION = "no_information"
    USED_TO_SHELLING = "used_to_shelling"
    OTHER = "other"


GONE = frozenset({Decision.LEFT_THEMSELVES, Decision.EVACUATED})
UNSPOKEN = frozenset({Decision.NOT_ASKED, Decision.UNREACHABLE})
"""Decisions that nobody was spoken to about."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a household, or one of its members, said, as somebody records it.

    `reason`, `form_signed` and `children_stay` (how many; None: not told) belong to a refusal. `holds_back` and
    `would_change` None: as known before. `on`: the day they left by themselves or came back.
    """

    decision: Decision
    wants_on: date | None = None
    reason: str = ""
    note: str = ""
    on: date | None = None
    form_signed: bool = False
    children_stay: int | None = None
    holds_back: tuple[Obstacle, ...] | None = None
    would_change: str | None = None

    @property
    def refuses(self) -> bool:
        return self.decision is Decision.REFUSED


@dataclass(frozen=True, slots=True)
class Again:
    """When to ask again, and by whom ("" anyone). `at` None: no date is set any more."""

    at: datetime | None = None
    by: str = ""


def is_ready(decision: Decision, wants_on: date | None, day: date) -> bool:
    """Ready for `day`: packed, or wants pickup on or before it (issue A, point 3).

    A wish without a date ("as soon as possible") is ready on every day.
    """
    if decision is Decision.PACKED:
        return True
    return decision is Decision.WANTS_PICKUP and (wants_on is None or wants_on <= day)


def stands_ready(
    own: Decision | None, own_on: date | None, decision: Decision, wants_on: date | None, day: date
) -> bool:
    """Is a member ready for `day`: by their own word, or without one by that of the household?"""
    return is_ready(decision, wants_on, day) if own is None else is_ready(own, own_on, day)


def obstacles(codes: object) -> tuple[Obstacle, ...]:
    """As the file keeps them: a list of codes, or nothing. A code of a newer program counts as "other"."""
    if not isinstance(codes, list):
        return ()
    known = set(Obstacle)
    return tuple(dict.fromkeys(Obstacle(code) if code in known else Obstacle.OTHER for code in codes))
