"""Evacuation events, what is told of them when they are counted, and which cannot have happened one after the other.

An event says that one person was moved on a day. How they are counted stands in coordinator.domain.counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    BY_US = "by_us"
    OTHER_ORGANISATION = "other_organisation"
    LEFT_THEMSELVES = "left_themselves"
    TRANSFERRED = "transferred"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Event:
    """One event with what counting needs. `child` is by the age on `occurred_on`; None: unknown."""

    person_id: str
    household_id: str
    kind: EventKind
    occurred_on: date
    child: bool | None
    settlement_id: str | None = None
    sex: str = ""
    senior: bool = False
    disability: bool = False


@dataclass(frozen=True, slots=True)
class DayCount:
    """One operational day (Kyiv calendar day). `people` distinct on that day, `events` by us."""

    day: date
    people: int = 0
    children: int = 0
    events: int = 0
    self_evacuated: int = 0
    self_children: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals of a period and its days. A day without a report is absent from `by_day`, never a zero.

    `people` and `children`: distinct persons evacuated by us. `by_all_known`: distinct persons by us, by
    other organisations or by themselves. `self_evacuated`: distinct persons who left by themselves.
    """

    since: date | None
    until: date | None
    people: int = 0
    children: int = 0
    events: int = 0
    self_evacuated: int = 0
    self_children: int = 0
    by_all_known: int = 0
    by_day: tuple[DayCount, ...] = field(default_factory=tuple)


class ChainBreak(StrEnum):
    """Why a person's events cannot have happened one after the other: gone twice, or back without having gone."""

    LEFT_TWICE = "left_twice"
    NOT_LEFT = "not_left"


_AWAY = frozenset({EventKind.BY_US, EventKind.OTHER_ORGANISATION, EventKind.LEFT_THEMSELVES})


def chain_breaks(moves: Iterable[tuple[EventKind, date]]) -> set[tuple[ChainBreak, date]]:
    """Where one person's events in force, in their order, contradict each other, with the day of the later one.

    A transfer takes nobody from home.
    """
    found: set[tuple[ChainBreak, date]] = set()
    away = False
    for kind, day in moves:
        if kind in _AWAY and away:
            found.add((ChainBreak.LEFT_TWICE, day))
        if kind is EventKind.RETURNED and not away:
            found.add((ChainBreak.NOT_LEFT, day))
        away = kind in _AWAY or (away and kind is not EventKind.RETURNED)
    return found
