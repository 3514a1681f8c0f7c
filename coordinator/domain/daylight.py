"""When a vehicle may be out: daylight, or the hours outside a curfew. Minutes after midnight, Kyiv time."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil, floor

from astral import Observer
from astral.sun import sunrise, sunset

from coordinator.domain.days import KYIV, MINUTES_A_DAY
from coordinator.domain.schedule import Point, Window


def daylight(point: Point, day: date) -> Window:
    """From sunrise to sunset at `point`, the minutes wholly inside; the whole day where it neither rises nor sets."""
    observer = Observer(latitude=point.lat, longitude=point.lon)
    try:
        up = sunrise(observer, day, tzinfo=KYIV)
        down = sunset(observer, day, tzinfo=KYIV)
    except ValueError:
        return Window(0, MINUTES_A_DAY)
    return Window(ceil(_minutes(up)), floor(_minutes(down)))


def usable(day: date, point: Point, curfew: tuple[int, int] | None = None) -> Window:
    """The hours a trip may use on `day`: outside the curfew where one is known, otherwise daylight.

    `curfew` is (start, end) in minutes; 18:00-06:00 (1080, 360) runs over midnight and leaves 06:00-18:00.
    One that lies within a day (10:00-12:00) leaves the longer of the two parts.
    """
    if curfew is None:
        return daylight(point, day)
    start, end = curfew
    if start == end:
        return Window(0, MINUTES_A_DAY)
    if start > end:
        return Window(end, start)
    return Window(0, start) if start >= MINUTES_A_DAY - end else Window(end, MINUTES_A_DAY)


def _minutes(moment: datetime) -> float:
    return moment.hour * 60 + moment.minute + moment.second / 60
