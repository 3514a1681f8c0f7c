"""Where households stood at the end of each day, and why those who refuse refuse. All of it in households."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.figures import Events, Households


class Turn(NamedTuple):
    """A household's decision became `decision` on the Kyiv day `on` (an ordinal); of one day the last one holds.

    The first turn of a household is the day it came into the register; `id` is then that of the household, as for a
    turn that nobody recorded, and the id of the recorded decision otherwise.
    """

    id: str
    household_id: str
    on: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """Households at the end of `day` by their decision; a decision that nobody has is left out."""

    day: date
    households: Mapping[Decision, Households]


class Standings:
    """Decisions over time. `turns` in the order in which they were taken."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._turns = sorted(turns, key=lambda turn: turn.on)

    @property
    def first(self) -> date | None:
        """The day on which the first household came into the register."""
        return date.fromordinal(self._turns[0].on) if self._turns else None

    def by_day(self, since: date, until: date) -> list[Standing]:
        """One for each day of the period, both included. Days before the first household are empty."""
        now: dict[str, Decision] = {}
        at, found = 0, []
        for on in range(since.toordinal(), until.toordinal() + 1):
            while at < len(self._turns) and self._turns[at].on <= on:
                now[self._turns[at].household_id] = self._turns[at].decision
                at += 1
            found.append(Standing(date.fromordinal(on), _counted(now)))
        return found

    def taken(self, since: date, until: date) -> dict[tuple[date, Decision], Events]:
        """How often a decision was recorded on each day of the period: events, since one household may turn twice.

        Coming into the register is none.
        """
        first, last = since.toordinal(), until.toordinal()
        found: dict[tuple[date, Decision], list[str]] = {}
        for turn in self._turns:
            if first <= turn.on <= last and turn.id != turn.household_id:
                found.setdefault((date.fromordinal(turn.on), turn.decision), []).append(turn.id)
        return {key: Events(ids) for key, ids in found.items()}


def _counted(now: Mapping[str, Decision]) -> dict[Decision, Households]:
    groups: dict[Decision, list[str]] = {}
    for household, decision in now.items():
        groups.setdefault(decision, []).append(household)
    return {decision: Households(ids) for decision, ids in groups.items()}


def refusals(reasons: Mapping[str, Iterable[Obstacle]]) -> dict[Obstacle | None, Households]:
    """Households that refuse now, by what holds them back; a household stands under each of its reasons.

    None: no reason is recorded. So the parts may add up to more than there are households.
    """
    found: dict[Obstacle | None, list[str]] = {}
    for household, obstacles in reasons.items():
        for obstacle in tuple(dict.fromkeys(obstacles)) or (None,):
            found.setdefault(obstacle, []).append(household)
    return {obstacle: Households(ids) for obstacle, ids in found.items()}
