"""Counts that an office published: kept as it said them, with source and time, and never mixed with our own.

An office corrects itself: it may publish another figure of a day later. Both stay; the later one is in force. Or it
corrects a total backwards without a word: then the total of one day, less what was done on it, is not the total of
the day before. That is shown, and never mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from coordinator.domain.days import kyiv_day
from coordinator.errors import UserError


class Told(StrEnum):
    """What can be published of a day. Persons, but for DAYS: so many days, up to that one, the day's figures cover."""

    DAYS = "days"
    DAY_PEOPLE = "day_people"
    DAY_CHILDREN = "day_children"
    DAY_WOMEN = "day_women"
    DAY_DISABLED = "day_disabled"
    TOTAL_PEOPLE = "total_people"
    TOTAL_CHILDREN = "total_children"
    SELF_PEOPLE = "self_people"
    SELF_CHILDREN = "self_children"
    TOGETHER_PEOPLE = "together_people"
    TOGETHER_CHILDREN = "together_children"


_PARTS = (
    (Told.DAY_CHILDREN, Told.DAY_PEOPLE), (Told.DAY_WOMEN, Told.DAY_PEOPLE), (Told.DAY_DISABLED, Told.DAY_PEOPLE),
    (Told.TOTAL_CHILDREN, Told.TOTAL_PEOPLE), (Told.SELF_CHILDREN, Told.SELF_PEOPLE),
    (Told.TOGETHER_CHILDREN, Told.TOGETHER_PEOPLE),
)  # fmt: skip
"""The first are among the second."""


@dataclass(frozen=True, slots=True)
class Published:
    """What `source` said of `day` at `published_at` (None: not known when). What it did not say is not in `figures`.

    `scope`: of which area, in its words. `id` None: not kept yet. `entered_at`: when it came into this register.
    """

    id: str | None
    day: date
    source: str
    figures: Mapping[Told, int] = field(default_factory=dict)
    published_at: datetime | None = None
    scope: str = ""
    note: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""

    @property
    def days(self) -> int:
        return self.figures.get(Told.DAYS, 1)

    def says_the_same(self, other: Published) -> bool:
        mine = (self.day, self.source, self.scope, dict(self.figures), self.published_at)
        return mine == (other.day, other.source, other.scope, dict(other.figures), other.published_at)


FIRST_DAY = date(2014, 1, 1)
"""Nobody published anything of these evacuations before: an earlier day is a slip of the hand."""
MOST_DAYS, MOST_PEOPLE = 366, 10_000_000


def check(one: Published, today: date) -> None:
    """What no office can have said. `field` of an error: the figure that is wrong, "day" or "published_at".

    UserError "published.no_source", "published.no_figures", "published.day", "published.time", "published.days",
    "published.negative", "published.part_more".
    """
    if not one.source.strip():
        raise UserError("published.no_source", field="source")
    if not any(figure is not Told.DAYS for figure in one.figures):
        raise UserError("published.no_figures")
    if not FIRST_DAY <= one.day <= today:
        raise UserError("published.day", field="day", day=one.day)
    if one.published_at is not None and not one.day <= kyiv_day(one.published_at) <= today:
        raise UserError("published.time", field="published_at", at=one.published_at, day=one.day)
    _check_figures(one.figures)


def _check_figures(figures: Mapping[Told, int]) -> None:
    for figure, value in figures.items():
        if figure is Told.DAYS and not 1 <= value <= MOST_DAYS:
            raise UserError("published.days", field=figure.value, value=value, most=MOST_DAYS)
        if not 0 <= value <= MOST_PEOPLE:
            raise UserError("published.negative", field=figure.value, value=value)
    for part, whole in _PARTS:
        if part in figures and whole in figures and figures[part] > figures[whole]:
            raise UserError("published.part_more", field=part.value, part=figures[part], people=figures[whole])


def in_force(told: Iterable[Published]) -> list[Published]:
    """Of each source, area and day what was published last, by day; by the time of entry where that is not known."""
    last: dict[tuple[str, str, date], Published] = {}
    for one in sorted(told, key=_when):
        last[one.scope, one.source, one.day] = one
    return sorted(last.values(), key=lambda one: (one.day, one.source, one.scope))


_NEVER = datetime.combine(date.min, time(), UTC)


def _when(one: Published) -> tuple[datetime, datetime, str]:
    entered = one.entered_at or _NEVER
    return one.published_at or entered, entered, one.id or ""


@dataclass(frozen=True, slots=True)
class Jump:
    """The total of `day` was `said`; by the total of `later`, less what was done since, it must have been `implied`."""

    source: str
    day: date
    said: int
    implied: int
    later: date
    scope: str = ""

    @property
    def by(self) -> int:
        return self.implied - self.said


def jumps(told: Iterable[Published]) -> list[Jump]:
    """Where a source corrected its total backwards; asked only where its days follow each other without a gap."""
    found: list[Jump] = []
    before: dict[tuple[str, str], Published] = {}
    for one in in_force(told):
        key = one.scope, one.source
        last = before.get(key)
        if Told.TOTAL_PEOPLE not in one.figures:
            continue
        before[key] = one
        done = one.figures.get(Told.DAY_PEOPLE)
        if last is None or done is None or (one.day - last.day).days != one.days:
            continue
        said, implied = last.figures[Told.TOTAL_PEOPLE], one.figures[Told.TOTAL_PEOPLE] - done
        if said != implied:
            found.append(Jump(one.source, last.day, said, implied, one.day, one.scope))
    return found
