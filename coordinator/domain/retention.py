"""When personal data have served, and what is left of a birth date for the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from coordinator.domain.person import ADULT_AT, SENIOR_AT, AgeGroup, Birth, age_on

_LEAST = {AgeGroup.ADULT: ADULT_AT, AgeGroup.SENIOR: SENIOR_AT}


def last_day(today: date, term: int) -> date:
    """Who was delivered on this day or before has been away for `term` days."""
    return today - timedelta(days=term)


def age_alone(birth: Birth, event_days: Iterable[date]) -> Birth:
    """Instead of a birth date or year the age on the day of an event, such that on each of these days the person
    stands in the same group (child, adult, 60 and older) as before.

    Of somebody who came of age between two events it is 18 on the first day as an adult. What holds no date or
    year, and somebody without events, stays as it is.
    """
    days = sorted(set(event_days))
    if not days or (birth.on is None and birth.year is None):
        return birth
    ages = [age_on(birth, day) for day in days]
    first, last = ages[0], ages[-1]
    if first.group is last.group:
        at, years = days[0], first.years or 0
        if first.is_child:
            # By the year alone somebody of 18 counts as a child.
            at, years = days[-1], min(last.years or 0, ADULT_AT - 1)
    else:
        at = next(day for day, age in zip(days, ages, strict=True) if age.group is last.group)
        years = _LEAST[last.group]
    return replace(birth, on=None, year=None, age=max(0, years), age_on=at, raw="")
