"""What a verb gives back: its value, and what it touched, so that only those views refresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Generic, TypeVar

T = TypeVar("T")


class Touched(Flag):
    """The parts of the register that a view can depend on."""

    NOTHING = 0
    HOUSEHOLDS = auto()
    DECISIONS = auto()
    PLACES = auto()
    FLEET = auto()
    SCHEDULE = auto()
    EVENTS = auto()
    DUPLICATES = auto()
    SETTINGS = auto()
    SHELLING = auto()
    MISSING = auto()
    VIEWS = auto()
    EVERYTHING = (
        HOUSEHOLDS | DECISIONS | PLACES | FLEET | SCHEDULE | EVENTS | DUPLICATES | SETTINGS | SHELLING | MISSING
        | VIEWS
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One committed action as the views hear of it. `households` empty means: any of them."""

    touched: Touched = Touched.NOTHING
    households: frozenset[str] = frozenset()

    def __or__(self, other: Change) -> Change:
        """Both as one. "Any household" beside named ones stays "any"; a change of nothing adds nothing."""
        if not self.touched or not other.touched:
            return self if self.touched else other
        named = self.households and other.households
        return Change(self.touched | other.touched, self.households | other.households if named else frozenset())


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    value: T
    change: Change = field(default_factory=Change)
