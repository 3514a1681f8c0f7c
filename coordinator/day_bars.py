"""Which figures of the last days may not stand in a report, since they or others that are told would be small."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from coordinator.domain.telling import DayCounts, Depth, days_told
from coordinator.summary_content import DayBar


def withheld_bars(
    bars: Sequence[DayBar], day: date, hidden: Collection[str], children_in_all: int, least: int
) -> dict[date, frozenset[str]]:
    """Day -> fields of its DayBar that are not told; the rule is that of domain.telling.

    `hidden`: columns of the total of `day` that its table keeps back; what the table tells of that day stands there
    in any case, so no other day may hide behind it. `children_in_all`: of the running total of that day.
    """
    if least < 2:
        return {}
    known = [bar for bar in bars if bar.people is not None]
    if not known:
        return {}
    counts = [_earlier(known, children_in_all), *_counts(known, day, hidden, least)]
    told = days_told(_NOBODY, counts, least, apart=True)
    found = {}
    for bar, depth, total in zip(known, told.depths[1:], told.total[1:], strict=True):
        out = set(hidden) & _FIELDS if bar.day == day else set()
        if bar.people and depth < Depth.TOGETHER:
            out.add("people")
        if bar.people and bar.children is not None and depth < Depth.CHILDREN:
            out.add("children")
        if bar.total and not total:
            out.add("total")
        if out:
            found[bar.day] = frozenset(out)
    return found


_FIELDS = {"people", "children", "alone", "total"}
_NOBODY = DayCounts((0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))


def _earlier(known: Sequence[DayBar], children_in_all: int) -> DayCounts:
    """Those of the running total who were moved before the first of these days, as if on one day."""
    people = max(0, (known[0].total or 0) - (known[0].people or 0))
    children = min(people, max(0, children_in_all - sum(bar.children or 0 for bar in known)))
    each = (children, people - children, people, 0)
    return DayCounts((people, people, 0), each, each)


def _counts(known: Sequence[DayBar], day: date, hidden: Collection[str], least: int) -> list[DayCounts]:
    """By the day and by what the total grew. The last number makes a day that the table keeps back join others."""
    made, last = [], max(0, (known[0].total or 0) - (known[0].people or 0))
    for bar in known:
        people, children = bar.people or 0, bar.children or 0
        grown, last = max(0, (bar.total or last) - last), bar.total or last
        back = [1 if bar.day == day and field in hidden else least for field in ("people", "children")]
        each = (children, people - children, grown, min(back))
        made.append(DayCounts((people, grown, back[0]), each, each))
    return made
