"""What was counted once and follows changes, so that a recount costs what has changed and not what there is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Set
from dataclasses import dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")
MANY = 5000
"""After changes of so many people it is quicker to count everything anew."""
UNASKED = 40
"""What nobody asked for during so many changes is forgotten."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was counted before, who has changed since, and for how many changes nobody asked."""

    value: Any
    people: frozenset[str]
    unasked: int


class Following:
    """Belongs to one state of the register, which never changes; `after` makes that of the next."""

    __slots__ = ("_counted", "_earlier")

    def __init__(self) -> None:
        self._counted: dict[Hashable, Any] = {}
        self._earlier: dict[Hashable, _Earlier] = {}

    def after(self, people: frozenset[str]) -> Following:
        """What is known about the state in which these people are others."""
        found = Following()
        found._earlier = {key: _Earlier(value, people, 0) for key, value in self._counted.copy().items()}
        for key, one in self._earlier.copy().items():
            if key not in found._earlier and one.unasked < UNASKED and len(one.people) < MANY:
                found._earlier[key] = _Earlier(one.value, one.people | people, one.unasked + 1)
        return found

    def get(self, key: Hashable, count: Callable[[], T], follow: Callable[[T, Set[str]], T]) -> T:
        """What `count` gives. Where an earlier state has counted it, `follow(that, people)`: only these people are
        others since. Neither may change what it is given."""
        if key not in self._counted:
            earlier = self._earlier.pop(key, None)
            near = earlier is not None and len(earlier.people) < MANY
            self._counted[key] = follow(earlier.value, earlier.people) if earlier and near else count()
        return cast(T, self._counted[key])
