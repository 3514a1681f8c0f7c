"""Where trips end: free places of a destination are a cap over all trips of the day, and not each takes everybody.

All people of a trip get off at one place. The first destination in the day's order that takes them is theirs: the
transit centre, then the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coordinator.domain.schedule import DayProblem, Hub, Load, Pickup


@dataclass(frozen=True, slots=True)
class Party:
    """Who is on a trip, as a destination sees them."""

    people: int = 0
    pets: bool = False
    wheelchairs: bool = False

    @classmethod
    def of(cls, load: Load, pets: bool) -> Party:
        return cls(load.people, pets, load.wheelchair > 0)

    def __add__(self, other: Party) -> Party:
        return Party(self.people + other.people, self.pets or other.pets, self.wheelchairs or other.wheelchairs)


def party(pickups: Iterable[Pickup]) -> Party:
    return sum((Party.of(pickup.load, pickup.pets) for pickup in pickups), Party())


class Berths:
    """The free places of a day while trips are put together; `taken` people by destination."""

    def __init__(self, problem: DayProblem, taken: Mapping[str, int] | None = None) -> None:
        self.ends = problem.ends
        self.taken = Counter(taken or {})
        self.easy = len(self.ends) == 1 and _open_to_all(self.ends[0])
        """One destination that takes everybody: nothing to look at."""

    def key(self, hub: Hub) -> str:
        """As in `PlannedTrip.destination_id`: "" is the transit centre."""
        return "" if hub is self.ends[0] else hub.destination_id

    def hub(self, key: str) -> Hub:
        return next((hub for hub in self.ends if self.key(hub) == key), self.ends[0])

    def takes(self, hub: Hub, more: Party, on_board: Party) -> bool:
        """Whether a trip to `hub` with `on_board`, who are counted in `taken` already, may bring `more`."""
        together = more + on_board
        if (together.pets and not hub.pets) or (together.wheelchairs and not hub.wheelchairs):
            return False
        return hub.places is None or self.taken[self.key(hub)] + more.people <= hub.places

    def first(self, whole: Party) -> str | None:
        """The first destination for a trip of which nobody is counted yet; None: no one takes them all."""
        return next((self.key(hub) for hub in self.ends if self.takes(hub, whole, Party())), None)

    def room(self) -> int | None:
        """People that all destinations together still take; None: no limit."""
        left = [None if hub.places is None else hub.places - self.taken[self.key(hub)] for hub in self.ends]
        return None if None in left else sum(max(0, one or 0) for one in left)


def _open_to_all(hub: Hub) -> bool:
    return hub.places is None and hub.pets and hub.wheelchairs
