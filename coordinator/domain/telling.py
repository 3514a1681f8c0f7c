"""How finely counts may be told to others, so that no small one can be worked out from any of what is told.

Counts of people by age are told at one of four depths: nothing, all ages together, children beside the rest, or each
age. Of counts that somebody could add up or subtract (parts of a whole, days of a running total) those that cannot
be told are left out together with others, until what is left out comes to 0 or to `least` at least, at each depth.
Then whatever follows from what is told is such a sum. A deeper depth leaves out all that a shallower one does.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
Counts = tuple[int, ...]


class Depth(IntEnum):
    """How finely a count is told."""

    NOTHING = 0
    TOGETHER = 1
    CHILDREN = 2
    AGES = 3


class Ages(NamedTuple):
    adults: int = 0
    children: int = 0
    unknown: int = 0

    def at(self, depth: Depth) -> Counts:
        """The numbers that are told at a depth."""
        if depth is Depth.AGES:
            return tuple(self)
        if depth is Depth.CHILDREN:
            return self.children, self.adults + self.unknown
        return (sum(self),)


DEPTHS = (Depth.TOGETHER, Depth.CHILDREN, Depth.AGES)


def may_be_told(counts: Iterable[int], least: int) -> bool:
    return all(count == 0 or count >= least for count in counts)


def depth_alone(ages: Ages, least: int) -> Depth:
    """Of counts that nothing else adds up to."""
    found = Depth.NOTHING
    for depth in DEPTHS:
        if not may_be_told(ages.at(depth), least):
            break
        found = depth
    return found


def depths_of_parts(parts: Mapping[str, Ages], groups: Mapping[str, str], least: int) -> dict[str, Depth]:
    """Of parts that make up groups, and groups that make up a whole; groups and whole are told elsewhere.

    `groups`: part -> group. A group that cannot be told itself has no part that is told.
    """
    found = dict.fromkeys(parts, Depth.NOTHING)
    kept_groups: set[str] = set()
    kept: set[str] = set()
    members: dict[str, list[str]] = {}
    for part in parts:
        members.setdefault(groups.get(part, ""), []).append(part)
    for depth in DEPTHS:
        counts = {part: ages.at(depth) for part, ages in parts.items()}
        sums = {group: _sum(counts[part] for part in of) for group, of in members.items()}
        kept_groups = left_out(sums, least, kept_groups)
        for group, of in members.items():
            inside = {part: counts[part] for part in of}
            kept |= set(of) if group in kept_groups else left_out(inside, least, kept & set(of))
        for part in parts.keys() - kept:
            found[part] = depth
    return found


def left_out(counts: Mapping[Key, Counts], least: int, already: Collection[Key] = ()) -> set[Key]:
    """Which of these are not told: the small ones, and the smallest others until their sum may be known.

    Every one counts somebody, so of as many as their sum each would be known to be 1.
    """
    out = set(already) | {key for key, numbers in counts.items() if not may_be_told(numbers, least)}
    others = sorted(counts.keys() - out, key=lambda key: (-sum(counts[key]), repr(key)))
    while out and others and not _sum_may_be_known([counts[key] for key in out], least):
        out.add(others.pop())
    return out


def _sum_may_be_known(counts: Sequence[Counts], least: int) -> bool:
    together = _sum(counts)
    return may_be_told(together, least) and sum(together) != len(counts)


class DayCounts(NamedTuple):
    """A day with a report: at each of DEPTHS what is told of it, by the day and by what the running totals grow."""

    together: Counts
    children: Counts
    ages: Counts


class DaysTold(NamedTuple):
    """`depths`: of each day. `total`, `children`: whether the running totals stand at its end."""

    depths: list[Depth]
    total: list[bool]
    children: list[bool]


def days_told(before: DayCounts, days: Sequence[DayCounts], least: int, *, apart: bool = False) -> DaysTold:
    """Neighbouring days are put together until what is told of them all together may be known.

    A day is told where it stands alone, a running total at the end of such a stretch. `before`: what the running
    totals began with, which follows from a total and the sum of the days. `apart`: the last day is told elsewhere
    wherever it may be, so that no other day hides behind it.
    """
    depths = [Depth.NOTHING] * len(days)
    ends: dict[Depth, set[int]] = {}
    stretches = [[at] for at in range(len(days))]
    for depth in DEPTHS:
        counts = {at: day[depth - 1] for at, day in enumerate(days)}
        if apart and stretches and stretches[-1] == [len(days) - 1] and may_be_told(counts[len(days) - 1], least):
            stretches = [*_put_together(stretches[:-1], counts, least), stretches[-1]]
        else:
            stretches = _put_together(stretches, counts, least)
        known = may_be_told(before[depth - 1], least) and ends.get(Depth.TOGETHER, True)
        ends[depth] = {stretch[-1] for stretch in stretches} if known else set()
        for stretch in stretches:
            if len(stretch) == 1:
                depths[stretch[0]] = depth
    total, children = (
        [at in ends[depth] for at in range(len(days))] for depth in (Depth.TOGETHER, Depth.CHILDREN)
    )  # fmt: skip
    return DaysTold(depths, total, children)


def _put_together(stretches: Iterable[list[int]], counts: Mapping[int, Counts], least: int) -> list[list[int]]:
    """Longer stretches of these, in order, each of which may be known; none where not even all together may."""
    found: list[list[int]] = []
    open_: list[int] = []
    for stretch in stretches:
        open_ = [*open_, *stretch]
        if may_be_told(_sum(counts[at] for at in open_), least):
            found.append(open_)
            open_ = []
    while open_ and found:
        # What is left over at the end would be known from the sum of all days.
        open_ = [*found.pop(), *open_]
        if may_be_told(_sum(counts[at] for at in open_), least):
            found.append(open_)
            open_ = []
    return found


def _sum(counts: Iterable[Counts]) -> Counts:
    return tuple(map(sum, zip(*counts, strict=True)))
