"""How fast the work goes: hours from a request to the pickup, and a modest forecast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil, floor
from typing import NamedTuple

from coordinator.domain.counting import OURS, daily
from coordinator.domain.figures import Households, Persons
from coordinator.domain.ledger import Kinds, Ledger

RATE_DAYS = 7
FEWEST_DAYS = 3
_HOUR = 3600


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between neighbours: the value at place (n - 1) x share of n values in order (as QUARTILE.INC)."""
    place = (len(ordered) - 1) * share
    low, high = ordered[floor(place)], ordered[ceil(place)]
    return low + (high - low) * (place - floor(place))


class Wait(NamedTuple):
    """A household that asked at `requested_at` and was picked up at `picked_up_at`."""

    household_id: str
    requested_at: datetime
    picked_up_at: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours from request to pickup of `households`: the middle one, and the middle half of them. None: of nobody."""

    households: Households
    median: float | None = None
    lower: float | None = None
    upper: float | None = None


def hours_to_pickup(waits: Iterable[Wait]) -> Hours:
    """Of households picked up at or after their request; a request that was written down later says nothing."""
    hours = {
        wait.household_id: (wait.picked_up_at - wait.requested_at).total_seconds() / _HOUR
        for wait in waits
        if wait.picked_up_at >= wait.requested_at
    }
    if not hours:
        return Hours(Households())
    ordered = sorted(hours.values())
    return Hours(Households(list(hours)), quantile(ordered, 0.5), quantile(ordered, 0.25), quantile(ordered, 0.75))


class Unsaid(StrEnum):
    """Why no forecast can be given."""

    FEW_DAYS = "few_days"
    NOBODY_MOVED = "nobody_moved"
    NOBODY_READY = "nobody_ready"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Days until those who are ready today are out, at the rate of the days `since` to `until`; never a promise.

    `rate`: persons a day, the middle of the `days` with a report. `days_left`: whole days; `at_best` and `at_worst`
    at the rates that three quarters and one quarter of those days had (`at_worst` None: at that rate never).
    `unsaid`: why none of it can be said.
    """

    since: date
    until: date
    days: int
    ready: Persons
    rate: float | None = None
    days_left: int | None = None
    at_best: int | None = None
    at_worst: int | None = None
    unsaid: Unsaid | None = None


def forecast(ledger: Ledger, today: date, ready: Persons, kinds: Kinds = OURS) -> Forecast:
    """days = ready persons / median persons a day, rounded up, over the RATE_DAYS whole days before `today`.

    Only days with a report count, today does not: it is not over. The range takes the upper and the lower quartile
    instead of the median. Fewer than FEWEST_DAYS such days, or a median of 0: it cannot be said.
    """
    since, until = today - timedelta(days=RATE_DAYS), today - timedelta(days=1)
    moved = sorted(float(line.now.value) for line in daily(ledger, since, until, kinds) if line is not None)
    told = Forecast(since, until, len(moved), ready)
    if not ready:
        return _unsaid(told, Unsaid.NOBODY_READY)
    if len(moved) < FEWEST_DAYS:
        return _unsaid(told, Unsaid.FEW_DAYS)
    rate = quantile(moved, 0.5)
    if rate == 0:
        return _unsaid(told, Unsaid.NOBODY_MOVED)
    slow = quantile(moved, 0.25)
    return Forecast(
        since, until, len(moved), ready, rate, ceil(ready.value / rate), ceil(ready.value / quantile(moved, 0.75)),
        ceil(ready.value / slow) if slow else None,
    )  # fmt: skip


def _unsaid(told: Forecast, why: Unsaid) -> Forecast:
    return Forecast(told.since, told.until, told.days, told.ready, unsaid=why)
