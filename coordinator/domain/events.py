"""Evacuation events and how they are counted.

An event says that one person was moved on a day. A person may have many events; people are counted
distinct in the period, events are all of them, and those who left by themselves never stand inside
`people`. Late corrections change the past, so `occurred_on` (the trip's date) counts and `recorded_at`
only tells when it became known.
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
    """Totals of a period and its days. A day with no event is absent from `by_day`, never a zero.

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


def count(events: Iterable[Event], since: date | None = None, until: date | None = None) -> Counts:
    """Count the events of [since, until], both included."""
    ours: dict[str, bool] = {}
    alone: dict[str, bool] = {}
    known: set[str] = set()
    moves = 0
    days: dict[date, list[Event]] = {}
    for event in events:
        if (since and event.occurred_on < since) or (until and event.occurred_on > until):
            continue
        if event.kind is EventKind.BY_US:
            moves += 1
            ours[event.person_id] = ours.get(event.person_id, False) or bool(event.child)
            days.setdefault(event.occurred_on, []).append(event)
        elif event.kind is EventKind.LEFT_THEMSELVES:
            alone[event.person_id] = alone.get(event.person_id, False) or bool(event.child)
            days.setdefault(event.occurred_on, []).append(event)
        if event.kind in (EventKind.BY_US, EventKind.LEFT_THEMSELVES, EventKind.OTHER_ORGANISATION):
            known.add(event.person_id)
    return Counts(
        since,
        until,
        people=len(ours),
        children=sum(ours.values()),
        events=moves,
        self_evacuated=len(alone),
        self_children=sum(alone.values()),
        by_all_known=len(known),
        by_day=tuple(_day(day, days[day]) for day in sorted(days)),
    )


def _day(day: date, events: list[Event]) -> DayCount:
    ours = {e.person_id: bool(e.child) for e in events if e.kind is EventKind.BY_US}
    alone = {e.person_id: bool(e.child) for e in events if e.kind is EventKind.LEFT_THEMSELVES}
    moves = sum(1 for e in events if e.kind is EventKind.BY_US)
    return DayCount(day, len(ours), sum(ours.values()), moves, len(alone), sum(alone.values()))


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
