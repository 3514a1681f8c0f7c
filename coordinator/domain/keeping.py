"""Which copies of a register are kept, and which are let go.

Kept are the newest copy of each of the last 48 half-hours, 14 days and 8 weeks in which there is one (days and
weeks of Kyiv), and the last few made for a reason of their own, such as before an import. Only times in which a
copy was made are counted, so weeks without work take nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from coordinator.domain.days import kyiv_day

HALF_HOURS, DAYS, WEEKS, SPECIAL = 48, 14, 8, 10
MOST_KEPT = HALF_HOURS + DAYS + WEEKS + SPECIAL

_ROUTINE = frozenset({"start", "changed"})


class Made(NamedTuple):
    """One copy: its name, the UTC moment it was made at, and why."""

    name: str
    made_at: datetime
    why: str


def kept(copies: Collection[Made], now: datetime) -> set[str]:
    """The names of the copies to keep.

    A copy from the future of `now` was made before the clock was set back: it stays, and takes nobody's place.
    """
    future = {copy.name for copy in copies if copy.made_at > now}
    past = sorted((copy for copy in copies if copy.made_at <= now), key=lambda copy: copy.made_at, reverse=True)
    special = [copy.name for copy in past if copy.why not in _ROUTINE][:SPECIAL]
    return (
        future
        | _newest_of_each(past, _half_hour, HALF_HOURS)
        | _newest_of_each(past, _day, DAYS)
        | _newest_of_each(past, _week, WEEKS)
        | set(special)
    )


def _newest_of_each(newest_first: list[Made], period: Callable[[datetime], object], count: int) -> set[str]:
    newest: dict[object, str] = {}
    for copy in newest_first:
        if len(newest) == count:
            break
        newest.setdefault(period(copy.made_at), copy.name)
    return set(newest.values())


def _half_hour(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp()) // 1800


def _day(moment: datetime) -> date:
    return kyiv_day(moment)


def _week(moment: datetime) -> date:
    day = kyiv_day(moment)
    return day - timedelta(days=day.weekday())
