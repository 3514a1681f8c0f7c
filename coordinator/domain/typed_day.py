"""A day as people type it: "15", "15.8", "15.08.2023", "+2"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coordinator.domain.names import clean


def read_day(text: str, near: date) -> date | None:
    """The day that was meant. Without a year it is the one nearest to `near`; None where it is no day.

    A day of the month alone is this month's, or the next one's where that lies more than two weeks back.
    """
    value = clean(text).replace("/", ".").replace(",", ".").replace(" ", "").strip(".")
    if shift := re.fullmatch(r"[+-]\d{1,3}", value):
        return near + timedelta(days=int(shift.group()))
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = value.split(".")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:
        year = numbers[2] + 2000 if numbers[2] < 100 else numbers[2]
        return _day(year, numbers[1], numbers[0])
    if len(numbers) == 2:
        years = (near.year - 1, near.year, near.year + 1)
        found = [day for year in years if (day := _day(year, numbers[1], numbers[0])) is not None]
        return min(found, key=lambda day: abs((day - near).days), default=None)
    return _in_month(numbers[0], near)


def _in_month(number: int, near: date) -> date | None:
    here = _day(near.year, near.month, number)
    if here is not None and (near - here).days <= 14:
        return here
    following = near.replace(day=1) + timedelta(days=31)
    return _day(following.year, following.month, number)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
