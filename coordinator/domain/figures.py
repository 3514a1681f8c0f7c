"""A figure: how many, of what, and the ids behind it. Persons, events and households are types of their own.

Figures of one unit can be joined (`|`: each id once); of two units nothing can be joined, compared or summed, so no
chart and no total ever mixes them. There is no plus: two figures may hold the same person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import ClassVar, Generic, Self, TypeVar


class Unit(StrEnum):
    """What is counted; it stands on every chart and in every table."""

    PERSONS = "persons"
    EVENTS = "events"
    HOUSEHOLDS = "households"


class Figure:
    """`value`: how many; `ids`: of whom, for whoever opens the figure."""

    __slots__ = ("_pool", "value")
    unit: ClassVar[Unit]

    def __init__(self, pool: Collection[str] = ()) -> None:
        """`pool`: ids, each once. Nobody changes it afterwards."""
        self._pool = pool
        self.value = len(pool)

    @classmethod
    def of(cls, ids: Iterable[str]) -> Self:
        """Of ids that may come more than once."""
        return cls(frozenset(ids))

    @property
    def pool(self) -> Collection[str]:
        """The ids as they are kept."""
        return self._pool

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self._pool)

    def __or__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return type(self)(self.ids | other.ids)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.ids == other.ids

    def __hash__(self) -> int:
        return hash((type(self), self.ids))

    def __bool__(self) -> bool:
        return self.value > 0

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value})"


class Together(Collection[str]):
    """The ids of several figures that share none, without a list of their own: the first `count` of `figures`, which
    may grow behind them."""

    __slots__ = ("_figures", "_many", "_size")

    def __init__(self, figures: Sequence[Figure], count: int | None = None, size: int | None = None) -> None:
        """`size`: how many ids they have, where that is known."""
        self._figures, self._many = figures, len(figures) if count is None else count
        self._size = sum(one.value for one in self._parts()) if size is None else size

    def _parts(self) -> Iterable[Figure]:
        return (self._figures[at] for at in range(self._many))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(one.ids for one in self._parts())

    def __contains__(self, one: object) -> bool:
        return any(one in part.ids for part in self._parts())


class Persons(Figure):
    """People, each once; the ids are those of persons."""

    __slots__ = ()
    unit = Unit.PERSONS


class Events(Figure):
    """Moves: somebody who went twice counts twice. The ids are those of evacuation events, or of recorded decisions."""

    __slots__ = ()
    unit = Unit.EVENTS


class Households(Figure):
    """Households, each once."""

    __slots__ = ()
    unit = Unit.HOUSEHOLDS


F = TypeVar("F", bound=Figure)


class ByAge(Generic[F]):
    """Adults, children (under 18) and those whose age nobody knows; nobody stands in two of them."""

    __slots__ = ("adults", "children", "unknown")

    def __init__(self, adults: F, children: F, unknown: F) -> None:
        self.adults, self.children, self.unknown = adults, children, unknown

    @property
    def all(self) -> F:
        return type(self.adults)(Together(self.parts))

    @property
    def value(self) -> int:
        return self.adults.value + self.children.value + self.unknown.value

    @property
    def ids(self) -> frozenset[str]:
        return self.all.ids

    def joined(self, other: ByAge[F]) -> ByAge[F]:
        """Both together, of people who have the same age in both."""
        return ByAge(self.adults | other.adults, self.children | other.children, self.unknown | other.unknown)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByAge) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __repr__(self) -> str:
        return f"ByAge(adults={self.adults}, children={self.children}, unknown={self.unknown})"

    @property
    def parts(self) -> tuple[F, F, F]:
        return self.adults, self.children, self.unknown
