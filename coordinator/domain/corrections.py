"""What has changed of a day since a report said something of it, and when that became known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from coordinator.domain.counting import OURS, THEMSELVES
from coordinator.domain.figures import Persons
from coordinator.domain.ledger import Kinds, Ledger
from coordinator.domain.person import AgeGroup

Days = tuple[tuple[date, int], ...]
"""Kyiv days with persons, in order."""


class Sent(NamedTuple):
    """What was last sent of a day, by the report with this number: persons, children among them."""

    day: date
    report: int
    frozen_at: datetime
    people: int
    children: int
    alone: int
    alone_children: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Persons as sent and as known now. `recorded`: added since, by the day on which they were recorded; `withdrawn`:
    taken out since, by day. What these do not explain comes from records that were united or parted.
    """

    sent: int
    now: int
    recorded: Days = ()
    withdrawn: Days = ()

    @property
    def other(self) -> int:
        added, taken = sum(n for _day, n in self.recorded), sum(n for _day, n in self.withdrawn)
        return self.now - self.sent - added + taken


@dataclass(frozen=True, slots=True)
class Correction:
    """A day of which a report said something else than is known now. Children as (sent, now)."""

    day: date
    report: int
    people: Shift
    children: tuple[int, int]
    alone: Shift
    alone_children: tuple[int, int]


def corrections(ledger: Ledger, sent: Iterable[Sent]) -> list[Correction]:
    """Of the days that were reported those that are known otherwise now, in the order of the days."""
    found = []
    for one in sorted(sent):
        people, children = _shift(ledger, one, OURS, one.people)
        alone, alone_children = _shift(ledger, one, THEMSELVES, one.alone)
        entry = Correction(
            one.day, one.report, people, (one.children, children), alone, (one.alone_children, alone_children)
        )
        if _differs(entry):
            found.append(entry)
    return found


def _differs(one: Correction) -> bool:
    pairs = ((one.people.sent, one.people.now), one.children, (one.alone.sent, one.alone.now), one.alone_children)
    return any(sent != now for sent, now in pairs)


def _shift(ledger: Ledger, sent: Sent, kinds: Kinds, people: int) -> tuple[Shift, int]:
    """The shift of one kind of departure, and the children known now."""
    recorded: dict[str, int] = {}
    groups: dict[str, AgeGroup] = {}
    withdrawn: dict[str, int] = {}
    before: set[str] = set()
    for fact in ledger.within(sent.day, sent.day):
        if fact.kind not in kinds:
            continue
        known_then = fact.recorded_at <= sent.frozen_at
        if fact.withdrawn_at is None:
            groups.setdefault(fact.person_id, fact.group)
            recorded[fact.person_id] = min(fact.recorded_on, recorded.get(fact.person_id, fact.recorded_on))
        elif fact.withdrawn_at > sent.frozen_at and known_then and fact.withdrawn_on is not None:
            withdrawn[fact.person_id] = fact.withdrawn_on
        if known_then and (fact.withdrawn_at is None or fact.withdrawn_at > sent.frozen_at):
            before.add(fact.person_id)
    added = {person: on for person, on in recorded.items() if person not in before}
    taken = {person: on for person, on in withdrawn.items() if person not in recorded}
    children = Persons([person for person, group in groups.items() if group is AgeGroup.CHILD])
    return Shift(people, len(groups), _days(added), _days(taken)), children.value


def _days(persons: Mapping[str, int]) -> Days:
    return tuple((date.fromordinal(on), n) for on, n in sorted(Counter(persons.values()).items()))
